//! What blocks go by, whatever the language: a heading by its id, a row by its first cell, others by their first code.

use std::cell::OnceCell;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::document::{Block, Document, Token, TokenKind};

/// Code of fewer bytes than this is like other code by chance.
const SHORT: usize = 6;

/// Whether an id is what is made of a heading's text: its letters and digits, in lower case.
pub(super) fn is_made_of(id: &str, heading: &str) -> bool {
    fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    bare(id).next().is_some() && bare(id).eq(bare(heading))
}

/// Whether code is the other with something put in at one place: `sync.keep` and `sync.days.keep`. What was replaced is no sign:
/// options that stand side by side differ like that.
pub(super) fn is_renamed(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    if shorter < SHORT || a == b {
        return false;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let begin = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a.iter().rev().zip(b.iter().rev()).take(shorter - begin).take_while(|(a, b)| a == b).count();
    begin + end == shorter
}

/// The first code of a block.
pub(super) fn first_code<'d>(document: &'d Document, block: &Block) -> Option<&'d Token> {
    document.tokens_of(block).iter().find(|token| token.kind == TokenKind::Code)
}

/// What code says, without its marks.
pub(super) fn code<'d>(document: &'d Document, token: &Token) -> &'d str {
    token.span.slice(&document.text).trim_matches(|c: char| c == '`' || c.is_ascii_whitespace())
}

/// The text of a row's first cell.
pub(super) fn first_cell<'d>(document: &'d Document, block: &Block) -> Option<&'d str> {
    let text = document.cells_of(block).first()?.plain.slice(document.plain.as_str()).trim();
    (!text.is_empty()).then_some(text)
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

/// In how many rows of a document each first cell stands, counted when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct FirstCells(OnceCell<FxHashMap<u64, u32>>);

impl FirstCells {
    /// How many of the document's rows begin with a cell of this text.
    pub fn count(&self, document: &Document, text: &str) -> u32 {
        let counts = self.0.get_or_init(|| {
            let mut counts = FxHashMap::default();
            for text in document.blocks.iter().filter_map(|block| first_cell(document, block)) {
                *counts.entry(hash(text)).or_insert(0) += 1;
            }
            counts
        });
        counts.get(&hash(text)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_a_heading() {
        assert!(is_made_of("keep-files-for-30-days", "Keep files for 30 days"));
        assert!(is_made_of("faq_what-s-new", "FAQ: What’s new?"));
        assert!(!is_made_of("keep-files", "Keep all files"));
        assert!(!is_made_of("", "…"));
    }

    #[test]
    fn code_that_was_renamed_is_known_again() {
        assert!(is_renamed("tide.sync.keep", "tide.sync.days.keep"));
        assert!(is_renamed("keep-deleted-files", "tide.sync.keep-deleted-files"));
        assert!(!is_renamed("tide.sync.keep", "tide.sync.drop"));
        assert!(!is_renamed("tide export --all", "tide import --all"));
        assert!(!is_renamed("keep", "keep-all"));
        assert!(!is_renamed("tide.sync.keep", "tide.sync.keep"));
    }

    #[test]
    fn first_cells_are_counted_once_a_row() {
        let table = "| Plan | Days |\n| --- | --- |\n| Basic | 7 |\n| Basic | 30 |\n| Harbour | 90 |\n";
        let document = Document::parse(table.to_owned(), false);
        let cells = FirstCells::default();
        assert_eq!(["Basic", "Harbour", "7"].map(|text| cells.count(&document, text)), [2, 1, 0]);
    }
}
