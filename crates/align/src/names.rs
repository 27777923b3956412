//! Names of blocks in any language: the id of a heading, the first cell of a row, the identifier at the start of an entry,
//! and otherwise the first code.

use std::hash::BuildHasher;
use std::num::NonZeroU64;

use rustc_hash::FxBuildHasher;

use isogloss_document::{Block, BlockKind, Document, TokenKind};
use isogloss_text::Span;

/// Minimum length of code that is not similar by chance, in bytes.
const SHORT: usize = 6;
/// Maximum length of a cell that is a name and not a sentence, in bytes.
const SENTENCE: usize = 64;
/// Minimum length of an identifier, in bytes; a shorter one may be any word.
const IDENTIFIER: usize = 4;

/// Whether an id is derived from the text of a heading: its letters and digits, in lower case.
pub(crate) fn is_derived_from(id: &str, heading: &str) -> bool {
    fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    bare(id).next().is_some() && bare(id).eq(bare(heading))
}

/// Whether code equals other code with an insertion at one place: `sync.keep` and `sync.days.keep`. A replacement does not
/// count, since neighbouring options differ like that.
fn is_renamed(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    if shorter < SHORT || a == b {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a.iter().rev().zip(b.iter().rev()).take(shorter - begin).take_while(|(a, b)| a == b).count();
    begin + end == shorter
}

/// The names of a block, apart from its id.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Name {
    /// The first code without its delimiters; empty if it is short.
    code: Span,
    /// Hash of that code; for a code block, of its first line.
    hash: u32,
    /// Three bytes at each end of that code: an insertion keeps those of at least one end.
    ends: [[u8; SHORT / 2]; 2],
    /// Hash of the lead, if it can be a name.
    pub lead: Option<NonZeroU64>,
}

impl Name {
    /// The names of a block.
    pub(crate) fn new(document: &Document, block: &Block) -> Self {
        let (code, hash) = first_code(document, block).unwrap_or_default();
        let bytes = code.slice(&document.text).as_bytes();
        let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => [*first, *last],
            _ => Default::default(),
        };
        Self { code, hash, ends, lead: lead(document, block) }
    }

    /// Whether the first code of one is that of the other with an insertion; `source` and `translation` are the whole texts.
    #[inline]
    pub(crate) fn is_renamed(&self, other: &Self, source: &str, translation: &str) -> bool {
        let may_be = !self.code.is_empty() && !other.code.is_empty() && self.hash != other.hash;
        may_be
            && self.code.len() != other.code.len()
            && (self.ends[0] == other.ends[0] || self.ends[1] == other.ends[1])
            && is_renamed(self.code.slice(source), other.code.slice(translation))
    }
}

/// The first code of a block without its delimiters, and its hash, if it is not short.
fn first_code(document: &Document, block: &Block) -> Option<(Span, u32)> {
    let token = document.tokens_of(block).iter().find(|token| token.kind == TokenKind::Code)?;
    let is_mark = |c: char| c == '`' || c.is_ascii_whitespace();
    let text = token.span.slice(&document.text).trim_start_matches(is_mark);
    let (start, text) = (token.span.end as usize - text.len(), text.trim_end_matches(is_mark));
    (text.len() >= SHORT).then(|| (Span::new(start, start + text.len()), token.hash))
}

/// Hash of the lead of a block, if it can be a name.
fn lead(document: &Document, block: &Block) -> Option<NonZeroU64> {
    let text = |text: &str| NonZeroU64::new(FxBuildHasher.hash_one(text));
    match block.kind {
        BlockKind::TableRow => first_cell(document, block).and_then(text),
        BlockKind::Paragraph | BlockKind::Heading(_) => identifier(document.plain_of(block)).and_then(text),
        _ => None,
    }
}

/// The text of the first cell of a row, if it can be a name.
fn first_cell<'d>(document: &'d Document, block: &Block) -> Option<&'d str> {
    let text = document.cells_of(block).first()?.plain.slice(document.plain.as_str()).trim();
    (1..=SENTENCE).contains(&text.len()).then_some(text)
}

/// The identifier at the start of a text, such as that of an issue: letters and digits.
fn identifier(text: &str) -> Option<&str> {
    let (mut end, mut has_digit, mut has_letter) = (0, false, false);
    // Byte by byte: most texts begin with a word, which is rejected fast.
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => has_digit = true,
            b'A'..=b'Z' | b'a'..=b'z' => has_letter = true,
            b'-' | b'_' | b'.' => {}
            _ => break,
        }
        end += 1;
    }
    if !has_digit || !has_letter {
        return None;
    }
    let word = text[..end].trim_end_matches('.');
    (word.len() >= IDENTIFIER).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_document::Syntax;

    #[test]
    fn an_id_is_derived_from_a_heading() {
        assert!(is_derived_from("keep-files-for-30-days", "Keep files for 30 days"));
        assert!(is_derived_from("faq_what-s-new", "FAQ: What’s new?"));
        assert!(!is_derived_from("keep-files", "Keep all files"));
        assert!(!is_derived_from("", "…"));
    }

    #[test]
    fn renamed_code_is_recognised() {
        assert!(is_renamed("tide.sync.keep", "tide.sync.days.keep"));
        assert!(is_renamed("keep-deleted-files", "tide.sync.keep-deleted-files"));
        assert!(!is_renamed("tide.sync.keep", "tide.sync.drop"));
        assert!(!is_renamed("tide export --all", "tide import --all"));
        assert!(!is_renamed("keep", "keep-all"));
        assert!(!is_renamed("tide.sync.keep", "tide.sync.keep"));
    }

    #[test]
    fn entries_are_named_by_their_identifiers() {
        let lead = |text: &str| {
            let document = Document::parse(text.to_owned(), Syntax::Markdown);
            Name::new(&document, &document.blocks[0]).lead
        };
        let linked = lead("- **[TIDE-4431](tide-4431.md)**: keeps folders.\n");
        assert!(linked.is_some());
        assert_eq!(linked, lead("- TIDE-4431: Ordner bleiben.\n"));
        assert_eq!(lead("- It keeps TIDE-4431.\n"), None);
        assert_eq!(identifier("TIDE-4431. It"), Some("TIDE-4431"));
        assert_eq!(["H2 is", "2024-11-03", "sync-all", "Ä4431"].map(identifier), [None; 4]);
    }

    #[test]
    fn names_are_compared_by_their_ends_first() {
        let parse = |text: &str| Document::parse(text.to_owned(), Syntax::Markdown);
        let is_renamed = |a: &str, b: &str| {
            let (a, b) = (parse(a), parse(b));
            let name = |document| Name::new(document, &document.blocks[0]);
            name(&a).is_renamed(&name(&b), &a.text, &b.text)
        };
        assert!(is_renamed("Set `tide.sync.keep`.", "Sätt ``tide.sync.days.keep``."));
        assert!(is_renamed("Set `sync-tide`.", "Sätt `sync-all-tide` med `sync-tide`."));
        assert!(!is_renamed("Set `tide.sync.keep`.", "Sätt `tide.sync.keep`."));
        assert!(!is_renamed("Set `tide.sync.keep`.", "Sätt tide.sync.days.keep."));
        assert!(!is_renamed("Set `keep`.", "Sätt `keep-all`."));
    }
}
