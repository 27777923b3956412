//! Neighbouring sections that changed places: for the dynamic programme, two sections that are left out cost more than some
//! poor pairs, so that it pairs them as they stand.

use std::ops::Range;

use super::Pair;
use super::dynamic::{EXTEND, best_path};
use super::evidence::Scorer;
use crate::document::Document;

/// Log-odds below which a pair makes its section suspect.
const POOR: f32 = -1.0;
/// Log-odds of the pairs of two sections, on average, from which they stand where they belong.
const CLEAR: f32 = 2.0;
/// How much better two sections must fit crosswise than straight.
const CROSSED: f32 = 4.0;
/// Sections of more pairs of blocks than this are not tried.
const LONG: usize = 2500;

/// Exchanges neighbouring sections that were paired straight but fit crosswise; `pairs` are in the order of the source.
pub(super) fn uncross(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let source = scorer.source.document;
    if !pairs.iter().any(|pair| pair.log_odds < POOR) {
        return;
    }
    for first in 1..source.sections.len() {
        if let Some(crossed) = crossed(scorer, pairs, first) {
            pairs.retain(|pair| !crossed.holds(pair));
            pairs.extend(crossed.pairs);
            pairs.sort_by_key(|pair| pair.source.start);
        }
    }
}

/// Two neighbouring sections and how they are paired crosswise.
struct Crossed {
    sections: [(Range<usize>, Range<usize>); 2],
    pairs: Vec<Pair>,
}

impl Crossed {
    /// Whether a pair lies in the sections as they were paired straight.
    fn holds(&self, pair: &Pair) -> bool {
        self.sections.iter().any(|(source, translation)| {
            source.contains(&(pair.source.start as usize)) && translation.contains(&(pair.translation.start as usize))
        })
    }
}

/// The source's section `first` and the one after it, if they fit crosswise much better than they are paired.
fn crossed(scorer: &Scorer<'_>, pairs: &[Pair], first: usize) -> Option<Crossed> {
    let (a, b) = neighbours(scorer.source.document, first)?;
    // Nearly all sections are settled by this, without a look at the translation.
    let own = inside(pairs, &(a.start..b.end));
    let is_suspect = |of: &Range<usize>| inside(own, of).iter().any(|pair| pair.log_odds < POOR);
    if !is_suspect(&a) || !is_suspect(&b) {
        return None;
    }
    let other = section_of(scorer.translation.document, own, a.start)?;
    let (x, y) = neighbours(scorer.translation.document, other)?;
    let follows = partner(own, b.start) == Some(y.start);
    if !follows || a.len() * y.len() > LONG || b.len() * x.len() > LONG {
        return None;
    }
    let blocks = a.len() + b.len() + x.len() + y.len();
    let mut crossed = Crossed { sections: [(a.clone(), x.clone()), (b.clone(), y.clone())], pairs: Vec::new() };
    let straight: Vec<&Pair> = own.iter().filter(|pair| crossed.holds(pair)).collect();
    let still_suspect = |of: &Range<usize>| {
        straight.iter().any(|pair| of.contains(&(pair.source.start as usize)) && pair.log_odds < POOR)
    };
    if !still_suspect(&a) || !still_suspect(&b) || straight.len() * 2 < blocks {
        return None;
    }
    let pair_count = straight.len();
    let straight: f32 = straight.iter().map(|pair| pair.log_odds).sum();
    if straight >= CLEAR * pair_count as f32 {
        return None;
    }
    best_path(scorer, a, y, &mut crossed.pairs);
    let kept = crossed.pairs.len();
    best_path(scorer, b, x, &mut crossed.pairs);
    // What is left out is not for nothing, or the poorest pairs would speak for the exchange.
    let left_out = blocks - 2 * crossed.pairs.len();
    if crossed.pairs.iter().map(|pair| pair.log_odds).sum::<f32>() + EXTEND * left_out as f32 <= straight + CROSSED {
        return None;
    }
    crossed.pairs[kept..].iter_mut().for_each(|pair| pair.moved = true);
    Some(crossed)
}

/// Those of `pairs`, in the order of the source, that begin in `source`.
fn inside<'p>(pairs: &'p [Pair], source: &Range<usize>) -> &'p [Pair] {
    let at = |block: usize| pairs.partition_point(|pair| (pair.source.start as usize) < block);
    &pairs[at(source.start)..at(source.end)]
}

/// The translation's block that the pair at a source block begins with.
fn partner(pairs: &[Pair], block: usize) -> Option<usize> {
    let at = pairs.binary_search_by_key(&block, |pair| pair.source.start as usize).ok()?;
    Some(pairs[at].translation.start as usize)
}

/// The blocks of a section and of the one that follows it at the same level.
fn neighbours(document: &Document, section: usize) -> Option<(Range<usize>, Range<usize>)> {
    let first = &document.sections[section];
    let next = &document.sections[document.blocks.get(first.end as usize)?.section as usize];
    if next.level != first.level {
        return None;
    }
    Some((first.heading? as usize..first.end as usize, first.end as usize..next.end as usize))
}

/// The translation's section whose heading is paired with the source's heading.
fn section_of(translation: &Document, pairs: &[Pair], heading: usize) -> Option<usize> {
    let block = partner(pairs, heading)?;
    let section = translation.blocks[block].section as usize;
    (translation.sections[section].heading == Some(block as u32)).then_some(section)
}
