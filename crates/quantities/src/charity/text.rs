//! What is compared.

use crate::boundary::{ends_word, starts_word};
use crate::meaning::Quantity;
use crate::normalise::Normalised;
use crate::reader::Reader;
use crate::sense::{Sense, Word};

/// A text with its quantities, as one side of a comparison.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The reader of the text's language.
    pub reader: &'static Reader,
    /// The text that the quantities were read from.
    pub text: &'a str,
    /// The number that marks it as an item of a list, with its sign, such as `4.`; empty if there is none.
    pub mark: &'a str,
    /// Where its links lead.
    pub addresses: Vec<&'a str>,
    /// What it has in code.
    pub code: Vec<&'a str>,
    /// The quantities of `text`.
    pub quantities: &'a [Quantity],
}

/// A side of a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl Text<'_> {
    /// Whether the language's data has this meaning for a word near a quantity.
    pub(super) fn has_near(&self, quantity: &Quantity, wanted: Word, side: Side) -> bool {
        /// How many characters are read.
        const NEAR: usize = 16;
        let (start, end) = (quantity.span.start as usize, quantity.span.end as usize);
        let near = match side {
            Side::Before => {
                let before = &self.text[..start];
                let first = before.char_indices().rev().take(NEAR).last().map_or(start, |(at, _)| at);
                &before[first..]
            }
            Side::After => {
                let after = &self.text[end..];
                &after[..after.char_indices().nth(NEAR).map_or(after.len(), |(at, _)| at)]
            }
        };
        let chars = Normalised::new(near).chars;
        let trie = &self.reader.language.lexicon.trie;
        (0..chars.len()).filter(|&at| starts_word(&chars, at)).any(|at| {
            let mut found = false;
            trie.each(&chars, at, |end, senses| {
                found |= ends_word(&chars, end) && senses.contains(&Sense::Word(wanted));
            });
            found
        })
    }
}
