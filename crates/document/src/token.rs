//! Language-neutral tokens: content that a translation keeps unchanged.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use isogloss_text::Span;
use isogloss_text::words::fold;

use crate::syntax::MARKDOWN_EXTENSIONS;

/// Content of a block that a translation keeps: code, a link target, an image, a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Hash of its normalized content; equal tokens have equal kinds and hashes.
    pub hash: u32,
    /// Its source; for a number, its block.
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
    /// A token with the given content; white space does not count.
    pub fn new(kind: TokenKind, content: &str, span: Span) -> Self {
        let mut hasher = FxHasher::default();
        for part in content.split_ascii_whitespace() {
            hasher.write(part.as_bytes());
        }
        Self { kind, hash: fold(hasher.finish()), span }
    }

    /// A link target or image address, without locales in the path, leading dots, fragment, query and page extension.
    pub(crate) fn address(kind: TokenKind, address: &str, span: Span) -> Self {
        let path = &address[..memchr::memchr2(b'#', b'?', address.as_bytes()).unwrap_or(address.len())];
        let mut hasher = FxHasher::default();
        let path = path.trim_end_matches('/');
        let is_page = |extension: &str| extension == "html" || MARKDOWN_EXTENSIONS.contains(&extension);
        let path = path.rsplit_once('.').filter(|(_, extension)| is_page(extension)).map_or(path, |(path, _)| path);
        let mut from = 0;
        for end in memchr::memchr_iter(b'/', path.as_bytes()).chain([path.len()]) {
            let part = &path[from..end];
            from = end + 1;
            if !matches!(part, "" | "." | "..") && !looks_like_locale(part) {
                hasher.write(part.as_bytes());
            }
        }
        Self { kind, hash: fold(hasher.finish()), span }
    }
}

/// Whether a path component looks like `fr`, `pt-br` or `zh-Hans` and begins with a language. A lookup in the registry of tags
/// would be too slow for every address.
fn looks_like_locale(part: &str) -> bool {
    if !matches!(part.len(), 2 | 5..=7) {
        return false;
    }
    let Some((language, rest)) = part.split_at_checked(2) else { return false };
    (rest.is_empty() || rest.starts_with(['-', '_']) && rest[1..].bytes().all(|byte| byte.is_ascii_alphanumeric()))
        && isolang::Language::from_639_1(&language.to_ascii_lowercase()).is_some()
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
        assert_eq!(hash("/docs/zh-Hans/install"), hash("/docs/EN/install"));
        assert_ne!(hash("/docs/xx/install"), hash("/docs/install"));
        assert_ne!(hash("/docs/install"), hash("/docs/uninstall"));
        assert_eq!(hash("#a"), hash("#b"));
        assert_ne!(hash("#a"), hash("b"));
    }
}
