//! Swapped neighbouring sections: for dynamic programming, skipping two sections costs more than some poor pairs, so it
//! pairs them in place.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::alignment::Pair;
use crate::dynamic::{EXTEND, best_path};
use crate::evidence::Scorer;
use isogloss_document::Document;

/// Log-odds below which a pair makes its section suspect.
const POOR: f32 = -1.0;
/// Log-odds from which a heading is in place, whatever is under it.
const CLEAR: f32 = 5.0;
/// How much better two headings must fit crosswise than straight to make their sections suspect without any poor pair; with
/// poor pairs, an equal fit is enough.
const HEADINGS_CROSSED: f32 = 1.0;
/// How much better two sections must fit crosswise than straight.
const CROSSED: f32 = 4.0;
/// Sections with more pairs of blocks than this are not compared.
const LONG: usize = 2500;

/// Swaps neighbouring sections that were paired straight but fit crosswise; `pairs` are in source order.
pub(crate) fn uncross(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let mut are_crossed = false;
    for first in 1..scorer.source.document.sections.len() {
        if let Some(crossed) = crossed(scorer, pairs, first) {
            let at = |block: usize| pairs.partition_point(|pair| (pair.source.start as usize) < block);
            let own = at(crossed.sections[0].0.start)..at(crossed.sections[1].0.end);
            let mut inside: Vec<Pair> =
                pairs[own.clone()].iter().filter(|pair| !crossed.holds(pair)).cloned().collect();
            inside.extend(crossed.pairs);
            inside.sort_by_key(|pair| pair.source.start);
            pairs.splice(own, inside);
            are_crossed = true;
        }
    }
    if are_crossed {
        keep_best(pairs, |pair| pair.source.start);
        keep_best(pairs, |pair| pair.translation.start);
    }
}

/// Keeps only the best pair of each block of one side: a block outside two sections may have had its counterpart in them.
fn keep_best(pairs: &mut Vec<Pair>, block: impl Fn(&Pair) -> u32) {
    let mut best: FxHashMap<u32, f32> = FxHashMap::default();
    for pair in &*pairs {
        let odds = best.entry(block(pair)).or_insert(pair.log_odds);
        *odds = odds.max(pair.log_odds);
    }
    // The first of two equals.
    pairs.retain(|pair| {
        let is_best = best.get(&block(pair)).is_some_and(|odds| *odds <= pair.log_odds);
        if is_best {
            best.remove(&block(pair));
        }
        is_best
    });
}

/// Two neighbouring sections and their pairs when swapped.
struct Crossed {
    sections: [(Range<usize>, Range<usize>); 2],
    pairs: Vec<Pair>,
}

impl Crossed {
    /// Whether a pair is inside the sections as paired straight.
    fn holds(&self, pair: &Pair) -> bool {
        self.sections.iter().any(|(source, translation)| {
            source.contains(&(pair.source.start as usize)) && translation.contains(&(pair.translation.start as usize))
        })
    }
}

/// The source section `first` and the next one, if they fit crosswise much better than their pairs do.
fn crossed(scorer: &Scorer<'_>, pairs: &[Pair], first: usize) -> Option<Crossed> {
    let (a, b) = neighbours(scorer.source.document, first)?;
    // Rejects nearly all sections without the translation.
    let own = inside(pairs, &(a.start..b.end));
    let headings = [pair_at(own, a.start)?, pair_at(own, b.start)?];
    let is_poor = |of: &Range<usize>| inside(own, of).iter().any(|pair| pair.log_odds < POOR);
    let are_poor = is_poor(&a) && is_poor(&b);
    if !are_poor && headings.iter().any(|pair| pair.log_odds >= CLEAR) {
        return None;
    }
    let other = section_of(scorer.translation.document, headings[0].translation.start)?;
    let (x, y) = neighbours(scorer.translation.document, other)?;
    let follows = headings[1].translation.start as usize == y.start;
    if !follows || a.len() * y.len() > LONG || b.len() * x.len() > LONG {
        return None;
    }
    let fit = |i: &Range<usize>, j: &Range<usize>| scorer.pair(i.start, j.start);
    let least = if are_poor { 0.0 } else { HEADINGS_CROSSED };
    let headings_fit = fit(&a, &y) + fit(&b, &x) >= fit(&a, &x) + fit(&b, &y) + least;
    // Headings with few words may mislead while their content does not.
    let is_suspect = headings_fit || are_poor && fit_better(scorer, own, &a, &y) && fit_better(scorer, own, &b, &x);
    if !is_suspect {
        return None;
    }
    let blocks = a.len() + b.len() + x.len() + y.len();
    // Skipped blocks must cost something, or the poorest pairs would count against their sections.
    let total = |count: usize, odds: f32| odds + EXTEND * (blocks - 2 * count) as f32;
    let mut crossed = Crossed { sections: [(a.clone(), x.clone()), (b.clone(), y.clone())], pairs: Vec::new() };
    let straight: Vec<&Pair> = own.iter().filter(|pair| crossed.holds(pair)).collect();
    // Words were not compared for clear pairs.
    let odds = straight.iter().map(|pair| scorer.pair(pair.source.start as usize, pair.translation.start as usize));
    let straight = total(straight.len(), odds.sum());
    // A heading has few words: it goes with its content.
    crossed.pairs.push(scorer.make_pair(a.start, y.start));
    best_path(scorer, a.start + 1..a.end, y.start + 1..y.end, &mut crossed.pairs);
    let kept = crossed.pairs.len();
    crossed.pairs.push(scorer.make_pair(b.start, x.start));
    best_path(scorer, b.start + 1..b.end, x.start + 1..x.end, &mut crossed.pairs);
    let odds = crossed.pairs.iter().map(|pair| pair.log_odds).sum();
    if total(crossed.pairs.len(), odds) <= straight + CROSSED {
        return None;
    }
    crossed.pairs[kept..].iter_mut().for_each(|pair| pair.moved = true);
    Some(crossed)
}

/// Whether the poorly paired blocks of a section fit much better in the same position of another section.
fn fit_better(scorer: &Scorer<'_>, pairs: &[Pair], section: &Range<usize>, other: &Range<usize>) -> bool {
    let poor = inside(pairs, section).iter().filter(|pair| pair.log_odds < POOR);
    let gain = |pair: &Pair| {
        let i = pair.source.start as usize;
        let j = other.start + i - section.start;
        if other.contains(&j) { scorer.pair(i, j).max(POOR) - pair.log_odds } else { 0.0 }
    };
    poor.map(gain).sum::<f32>() > CROSSED
}

/// Those of `pairs`, in source order, that begin in `source`.
fn inside<'p>(pairs: &'p [Pair], source: &Range<usize>) -> &'p [Pair] {
    let at = |block: usize| pairs.partition_point(|pair| (pair.source.start as usize) < block);
    &pairs[at(source.start)..at(source.end)]
}

/// The pair that begins at a source block.
fn pair_at(pairs: &[Pair], block: usize) -> Option<&Pair> {
    pairs.binary_search_by_key(&block, |pair| pair.source.start as usize).ok().map(|at| &pairs[at])
}

/// The blocks of a section and of the next one at the same level.
fn neighbours(document: &Document, section: usize) -> Option<(Range<usize>, Range<usize>)> {
    let first = &document.sections[section];
    let next = &document.sections[document.blocks.get(first.end as usize)?.section as usize];
    if next.level != first.level {
        return None;
    }
    Some((first.heading? as usize..first.end as usize, first.end as usize..next.end as usize))
}

/// The translation section whose heading is a block.
fn section_of(translation: &Document, block: u32) -> Option<usize> {
    let section = translation.blocks[block as usize].section as usize;
    (translation.sections[section].heading == Some(block)).then_some(section)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_the_translation_keeps_its_best_pair() {
        let pair =
            |i: u32, j: u32, log_odds: f32| Pair { source: i..i + 1, translation: j..j + 1, log_odds, moved: false };
        let mut pairs = vec![pair(0, 1, 2.0), pair(1, 2, 1.0), pair(2, 1, 3.0), pair(3, 2, 1.0)];
        keep_best(&mut pairs, |pair| pair.translation.start);
        let kept: Vec<(u32, u32)> = pairs.iter().map(|pair| (pair.source.start, pair.translation.start)).collect();
        assert_eq!(kept, [(1, 2), (2, 1)]);
    }
}
