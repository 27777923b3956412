//! Quantities that differ between aligned blocks.

use rustc_hash::{FxHashMap, FxHashSet};

use isogloss_quantities::Category;
use isogloss_text::Span;

use super::readings::Reading;

/// A quantity that one side has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Which rule it belongs to.
    pub category: Category,
    /// The reference's block.
    pub source_block: u32,
    /// The translation's block.
    pub translation_block: u32,
    /// Which of a row's cells it stands in, or 0.
    pub cell: usize,
    /// The reference's reading, if it has one.
    pub source: Option<Reading>,
    /// The translation's reading, if it has one.
    pub translation: Option<Reading>,
    /// Where to look in the reference and in the translation when there is no reading: the cell or block.
    pub around: (Span, Span),
    /// How sure it is, from 0 to 1, that the two blocks belong together, where that is in doubt.
    pub confidence: Option<f32>,
}

/// The mismatches of a comparison by where they stand in the reference, for the other comparisons to look them up.
#[derive(Debug, Default)]
pub struct Index {
    /// By the place of the reference's reading; those without one by their block instead.
    by_place: FxHashMap<(Option<Span>, u32), Vec<u32>>,
    /// Blocks, and cells or blocks around.
    around: FxHashSet<(u32, Span)>,
}

impl Index {
    /// Puts down the mismatches of one comparison.
    pub(super) fn new(mismatches: &[Mismatch]) -> Self {
        let mut index = Self::default();
        for (number, mismatch) in mismatches.iter().enumerate() {
            index.by_place.entry(Self::place(mismatch)).or_default().push(number as u32);
            index.around.insert((mismatch.source_block, mismatch.around.0));
        }
        index
    }

    fn place(mismatch: &Mismatch) -> (Option<Span>, u32) {
        match &mismatch.source {
            Some(reading) => (Some(reading.span), 0),
            None => (None, mismatch.source_block),
        }
    }

    /// Those of `all`, which this is the index of, about the same place of the reference.
    pub(crate) fn about<'c>(&'c self, all: &'c [Mismatch], mismatch: &Mismatch) -> impl Iterator<Item = &'c Mismatch> {
        let numbers = self.by_place.get(&Self::place(mismatch)).into_iter().flatten();
        numbers.map(|&number| &all[number as usize])
    }

    /// Whether there are mismatches in the same block and cell of the reference.
    pub(crate) fn is_around(&self, mismatch: &Mismatch) -> bool {
        self.around.contains(&(mismatch.source_block, mismatch.around.0))
    }
}
