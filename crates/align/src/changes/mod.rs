//! What changed between two versions of one source document, block by block, and whether readers would notice.
//!
//! Both versions are in one language, so blocks are matched by their text: first identical ones, then those that read the same,
//! then similar ones, then moved ones (`diff`). How two versions of a block differ is a [`ChangeClass`] (`class`). [`carry`]
//! transfers the alignment of the old version with a translation to the new one. `docs/staleness.md` describes the method.

mod between;
mod carry;
mod change;
mod class;
mod diff;
mod likeness;
mod runs;
#[cfg(test)]
mod tests;
mod unit;
mod words;

pub use carry::carry;
pub use change::{BlockOf, Change, Changes};
pub use class::ChangeClass;
pub use words::{DiffPart, Side, unicode_words, word_diff};
