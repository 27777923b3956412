//! Aligning two documents, step by step.

use isogloss_document::Document;

use crate::alignment::{Alignment, Pair};
use crate::confidence::Absence;
use crate::evidence::Scorer;
use crate::model::Model;
use crate::profile::{Outline, Outlined, Profile};
use crate::{confidence, headings, merges, moves, sections, segment};

/// A source and a translation to align.
pub struct Aligner<'a> {
    pub(crate) scorer: Scorer<'a>,
}

impl<'a> Aligner<'a> {
    /// Prepares two documents, with the model of their locales.
    pub fn new(source: Outlined<'a>, translation: Outlined<'a>, model: &'a Model) -> Self {
        let (source, translation) =
            (Profile::new(source, model.source()), Profile::new(translation, model.translation()));
        Self { scorer: Scorer::new(model, source, translation) }
    }

    /// The numbers of blocks of the source and the translation.
    pub fn block_counts(&self) -> (usize, usize) {
        (self.scorer.source.blocks().len(), self.scorer.translation.blocks().len())
    }

    /// Aligns them. Time is linear for documents in step, and quadratic in the length of each stretch that is not; memory is
    /// linear.
    pub fn align(&self) -> Alignment {
        let scorer = &self.scorer;
        let mut pairs = segment::pairs(scorer);
        moves::uncross(scorer, &mut pairs);
        sections::uncross(scorer, &mut pairs);
        let (source, translation) = self.block_counts();
        // If all blocks are paired in step, headings with headings, nothing is left to do.
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

    /// How likely it is that blocks without a pair in an alignment of the two really have no counterpart. `may_be_merged` says
    /// that other evidence allows them to be part of their neighbours' counterparts.
    pub fn absence(&self, alignment: &Alignment, may_be_merged: bool) -> Absence {
        confidence::absence(&self.scorer, alignment, may_be_merged)
    }
}

/// Aligns a translation with its source. To align a document several times, keep its [`Outline`] and use an [`Aligner`].
pub fn align(source: &Document, translation: &Document, model: &Model) -> Alignment {
    Aligner::new((source, &Outline::new(source)), (translation, &Outline::new(translation)), model).align()
}
