//! Quantities that differ between aligned blocks.

use rustc_hash::{FxHashMap, FxHashSet};

use isogloss_quantities::Category;
use isogloss_text::Span;

use super::readings::Reading;

/// A quantity that differs, or that one side lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The category, which determines the rule.
    pub category: Category,
    /// The reference's block.
    pub source_block: u32,
    /// The translation's block.
    pub translation_block: u32,
    /// The cell of a row that contains it, or 0.
    pub cell: usize,
    /// The reference's reading, if it has one.
    pub source: Option<Reading>,
    /// The translation's reading, if it has one.
    pub translation: Option<Reading>,
    /// The cell or block on each side, for a side without a reading.
    pub around: (Span, Span),
    /// Whether translators often add it, or leave it out.
    pub is_soft: bool,
    /// The probability that the two blocks are counterparts, if that is doubtful.
    pub doubt: Option<f32>,
    /// The probability that it is no misreading, if they are.
    pub reliability: f32,
    /// Why nothing agreed, if asked for, in a sentence each.
    pub explanation: Vec<String>,
    /// Whether it is reported alone.
    pub cause: Cause,
}

impl Mismatch {
    /// Whether only one side has it.
    pub fn is_one_sided(&self) -> bool {
        self.source.is_some() != self.translation.is_some()
    }

    /// The probability that the two blocks should agree, and do not.
    pub fn confidence(&self) -> f32 {
        self.doubt.unwrap_or(1.0) * self.reliability
    }
}

/// Whether a mismatch is reported, alone or for others that have the same cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cause {
    /// Alone.
    #[default]
    Single,
    /// With this number of others, at their first place.
    First(usize, Extent),
    /// Not reported, because another one is for it.
    Covered,
}

/// The part of a table in which several mismatches have one cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// A row whose cells shifted.
    Row,
    /// A column whose cells shifted, or have other contents.
    Column,
    /// Several columns.
    Columns,
}

/// The mismatches of a comparison by their place in the reference, for lookup by the other comparisons.
#[derive(Debug, Default)]
pub struct Index {
    /// By the span of the reference's reading, or else by block.
    by_place: FxHashMap<(Option<Span>, u32), Vec<u32>>,
    /// Blocks, with their cells or surrounding blocks.
    around: FxHashSet<(u32, Span)>,
}

impl Index {
    /// Indexes the mismatches of one comparison.
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
