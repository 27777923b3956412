//! Alignment: which block of a translation is the translation of which block of the source.
//!
//! Two documents are two sequences of blocks. Each pair of blocks gets a log-odds score from independent evidence
//! ([`evidence`]), calibrated for the pair of locales on the corpus at hand ([`model`]); a dynamic programme finds the best
//! monotone sequence of pairs and gaps ([`dynamic`]); what is left on both sides and fits is a move ([`moves`]).
//! `docs/alignment.md` gives the formulas and their sources.

mod calibration;
pub mod changes;
mod confidence;
mod dynamic;
mod evidence;
mod headings;
mod leads;
mod merges;
mod model;
mod moves;
mod names;
mod profile;
mod sections;
mod segment;
mod train;

pub use confidence::Absence;
pub use model::Model;
pub use profile::{Outline, Outlined};
pub use train::Trainer;

use std::ops::Range;

use evidence::Scorer;
use isogloss_document::{Document, Kind};
use profile::Profile;

/// Which blocks of two documents belong together.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// In the order of the source; every block is in at most one pair.
    pub pairs: Vec<Pair>,
    /// For each source block, the index of its pair.
    of_source: Vec<Option<u32>>,
    /// For each translation block, the index of its pair.
    of_translation: Vec<Option<u32>>,
}

/// Blocks that say the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Indexes of source blocks: one, or several that the translation merged.
    pub source: Range<u32>,
    /// Indexes of translation blocks: one, or several into which the source's was split.
    pub translation: Range<u32>,
    /// Log-odds, in nats, that they belong together rather than met by chance.
    pub log_odds: f32,
    /// Whether they stand in another order than the pairs around them.
    pub moved: bool,
}

impl Pair {
    /// The probability that goes with the log-odds, with gaps and pairs equally likely beforehand.
    pub fn probability(&self) -> f32 {
        probability(self.log_odds)
    }
}

/// The probability that goes with log-odds in nats.
pub fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl Alignment {
    /// An alignment of documents of so many blocks.
    pub fn new(mut pairs: Vec<Pair>, source: usize, translation: usize) -> Self {
        pairs.sort_by_key(|pair| pair.source.start);
        let mut of_source = vec![None; source];
        let mut of_translation = vec![None; translation];
        for (index, pair) in pairs.iter().enumerate() {
            pair.source.clone().for_each(|block| of_source[block as usize] = Some(index as u32));
            pair.translation.clone().for_each(|block| of_translation[block as usize] = Some(index as u32));
        }
        Self { pairs, of_source, of_translation }
    }

    /// The pair that a source block is in.
    pub fn pair_of_source(&self, block: u32) -> Option<&Pair> {
        self.of_source.get(block as usize).copied().flatten().map(|pair| &self.pairs[pair as usize])
    }

    /// The pair that a translation block is in.
    pub fn pair_of_translation(&self, block: u32) -> Option<&Pair> {
        self.of_translation.get(block as usize).copied().flatten().map(|pair| &self.pairs[pair as usize])
    }

    /// The translation's block that stands for a source block.
    pub fn translation_of(&self, block: u32) -> Option<u32> {
        self.pair_of_source(block).map(|pair| pair.translation.start)
    }

    /// The source's block that a translation block stands for.
    pub fn source_of(&self, block: u32) -> Option<u32> {
        self.pair_of_translation(block).map(|pair| pair.source.start)
    }
}

/// A source and a translation, ready to be aligned.
pub struct Aligner<'a> {
    scorer: Scorer<'a>,
}

impl<'a> Aligner<'a> {
    /// Puts two documents side by side, with the model for their locales.
    pub fn new(source: Outlined<'a>, translation: Outlined<'a>, model: &'a Model) -> Self {
        let (source, translation) =
            (Profile::new(source, model.source()), Profile::new(translation, model.translation()));
        Self { scorer: Scorer::new(model, source, translation) }
    }

    /// How many blocks the source and the translation have.
    pub fn block_counts(&self) -> (usize, usize) {
        (self.scorer.source.blocks().len(), self.scorer.translation.blocks().len())
    }

    /// Aligns them. Time is linear for documents in step, and in the product of the lengths of their stretches that are not
    /// otherwise; memory is linear in the longest of these.
    pub fn align(&self) -> Alignment {
        let scorer = &self.scorer;
        let mut pairs = segment::pairs(scorer);
        moves::uncross(scorer, &mut pairs);
        sections::uncross(scorer, &mut pairs);
        let (source, translation) = self.block_counts();
        // Where all is paired in step, headings with headings, there is nothing left to pair and nothing to settle.
        let is_in_step = |(at, pair): (usize, &Pair)| {
            let (i, j) = (pair.source.start as usize, pair.translation.start as usize);
            i == at && j == at && !pair.moved && scorer.source.is_heading(i) == scorer.translation.is_heading(j)
        };
        let is_done = pairs.len() == source && source == translation && pairs.iter().enumerate().all(is_in_step);
        if !is_done {
            moves::find_by_leads(scorer, &mut pairs);
            merges::find(scorer, &mut pairs);
            moves::find(scorer, &mut pairs);
            headings::settle(scorer, &mut pairs);
        }
        Alignment::new(pairs, source, translation)
    }

    /// How sure it is that the blocks that an alignment of the two leaves without a pair have none. `may_be_merged` says that
    /// they may be part of their neighbours' counterparts, for all that is known beside the two.
    pub fn absence(&self, alignment: &Alignment, may_be_merged: bool) -> Absence {
        confidence::absence(&self.scorer, alignment, may_be_merged)
    }
}

/// Aligns a translation with its source, where nothing else is asked of either.
pub fn align(source: &Document, translation: &Document, model: &Model) -> Alignment {
    Aligner::new((source, &Outline::new(source)), (translation, &Outline::new(translation)), model).align()
}

/// Whether blocks of these kinds may say the same.
fn compatible(source: Kind, translation: Kind) -> bool {
    use Kind::{Component, Heading, Html, Image, Include, Paragraph, Video};
    source == translation
        || matches!(
            (source, translation),
            (Heading(_), Heading(_) | Paragraph)
                | (Paragraph, Heading(_))
                | (Paragraph | Html | Component | Image, Paragraph | Html | Component | Image)
                | (Image | Html | Video | Include | Component, Image | Html | Video | Include | Component)
        )
}
