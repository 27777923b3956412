//! Language-neutral tokens: what a translation keeps as it is.

use std::hash::Hasher;

use fnv::FnvHasher;

use crate::locale::Locale;
use crate::text::Span;

/// Something in a block that a translation keeps: code, a link's target, an image, a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Hash of its normalized content; equal tokens have equal kinds and hashes.
    pub hash: u32,
    /// Where it stands; of a number, its block.
    pub span: Span,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A code span, or a line of a code block.
    Code,
    /// A link's target, without locale and fragment.
    Link,
    /// An image's address.
    Image,
    /// A shortcode, component, include or placeholder.
    Placeholder,
    /// An explicit id.
    Id,
    /// A fence's info string, an HTML element's name.
    Label,
    /// A run of digits.
    Number,
}

impl Token {
    /// A token whose content counts with white space folded.
    pub fn new(kind: TokenKind, content: &str, span: Span) -> Self {
        let mut hasher = FnvHasher::default();
        for (index, part) in content.split_ascii_whitespace().enumerate() {
            if index > 0 {
                hasher.write_u8(b' ');
            }
            hasher.write(part.as_bytes());
        }
        Self { kind, hash: fold(hasher.finish()), span }
    }

    /// A link's target or an image's address: locale parts of the path, leading dots, fragment, query and ending do not count.
    pub fn address(kind: TokenKind, address: &str, span: Span) -> Self {
        let mut hasher = FnvHasher::default();
        let path = address.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            // A link within the page: its fragment is a translated heading more often than not.
            hasher.write(b"#");
            return Self { kind, hash: fold(hasher.finish()), span };
        }
        let path = path.trim_end_matches('/');
        let path = [".md", ".mdx", ".html", ".markdown"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        for part in path.split('/') {
            let locale = matches!(part.len(), 2 | 5..=7) && Locale::parse(part).is_some();
            if !locale && !matches!(part, "" | "." | "..") {
                hasher.write(part.as_bytes());
                hasher.write_u8(b'/');
            }
        }
        Self { kind, hash: fold(hasher.finish()), span }
    }
}

/// 64 bits of hash as 32.
pub(super) fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(address: &str) -> u32 {
        Token::address(TokenKind::Link, address, Span::default()).hash
    }

    #[test]
    fn addresses_are_compared_without_locale_and_fragment() {
        assert_eq!(hash("/docs/fr/install#requis"), hash("/docs/install/#requirements"));
        assert_eq!(hash("https://tidewater.example/pt-br/plans"), hash("https://tidewater.example/plans"));
        assert_eq!(hash("../sync/setup.md"), hash("../../sync/setup.md"));
        assert_ne!(hash("/docs/install"), hash("/docs/uninstall"));
        assert_eq!(hash("#a"), hash("#b"));
        assert_ne!(hash("#a"), hash("b"));
    }
}
