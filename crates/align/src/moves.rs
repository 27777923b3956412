//! Moves: unpaired blocks that correspond in different positions.

use std::num::NonZeroU64;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::alignment::Pair;
use crate::dynamic::best_path;
use crate::evidence::Scorer;
use crate::names::Name;

/// Minimum log-odds of a move.
const MOVED: f32 = 3.0;
/// Minimum log-odds of a nearby move: neighbours are swapped more often than unrelated blocks look alike.
const MOVED_NEAR: f32 = 1.5;
/// Minimum log-odds of two swapped neighbours: a removal next to an unrelated addition is rarer still.
const MOVED_NEXT: f32 = 0.5;
/// Minimum log-odds, for each block, of two whole sections of the same shape in any position: a removal and the addition of
/// an unrelated section that looks like it is the rarest case.
const MOVED_WHOLE: f32 = -0.75;
/// Minimum log-odds of a move of the only blocks with the same lead, whose text may have changed.
const SAME_LEAD: f32 = -3.0;
/// Maximum distance of a nearby move, in blocks.
const NEAR: usize = 4;
/// With more pairs of unpaired blocks than this, the document was rewritten, and moves are not searched.
const MANY: usize = 60_000;

/// Log-odds from which two neighbours are not suspected to be swapped.
const CLEAR: f32 = 6.0;

/// Swaps neighbours that were paired straight but fit crosswise: for dynamic programming, two gaps and a move cost more than
/// two poor pairs.
pub(crate) fn uncross(scorer: &Scorer<'_>, pairs: &mut [Pair]) {
    for index in 1..pairs.len() {
        let (i, j) = (pairs[index - 1].source.start as usize, pairs[index - 1].translation.start as usize);
        let follows = pairs[index].source.start as usize == i + 1 && pairs[index].translation.start as usize == j + 1;
        let is_clear = pairs[index - 1..=index].iter().all(|pair| pair.log_odds >= CLEAR);
        if follows && !is_clear && !pairs[index - 1].moved && scorer.kind_is(i, j) && scorer.prefers_swap(i, j) {
            pairs[index - 1] = scorer.make_pair(i, j + 1);
            pairs[index] = Pair { moved: true, ..scorer.make_pair(i + 1, j) };
        }
    }
}

/// Pairs unpaired blocks that correspond in another order: first whole runs, since a section moves as one.
pub(crate) fn find(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (mut source, mut translation) = left_over(scorer, pairs);
    let (rows, columns) = (runs(&source), runs(&translation));
    let size = |runs: &[Range<usize>]| runs.iter().map(Range::len).sum::<usize>();
    if rows.is_empty() || columns.is_empty() || size(&rows) * size(&columns) > MANY {
        return;
    }
    let anchors = Places::new(pairs);
    let mut candidates: Vec<(f32, Vec<Pair>)> = Vec::new();
    for row in &rows {
        for column in &columns {
            let mut found = Vec::new();
            best_path(scorer, row.clone(), column.clone(), &mut found);
            // The header row of a table does not move alone.
            let says_nothing =
                |pair: &Pair| scorer.are_headers(pair.source.start as usize, pair.translation.start as usize);
            if found.iter().all(says_nothing) {
                continue;
            }
            let total: f32 = found.iter().map(|pair| pair.log_odds).sum();
            let is_whole = found.len() > 1
                && found.len() == row.len()
                && found.len() == column.len()
                && scorer.source.is_heading(row.start)
                && scorer.translation.is_heading(column.start);
            let whole = if is_whole { MOVED_WHOLE * found.len() as f32 } else { f32::INFINITY };
            if total >= least(anchors.distance(row.start, column.start)).min(whole) {
                candidates.push((total, found));
            }
        }
    }
    // Stable, so that equals stay in reading order.
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (_, found) in candidates {
        for mut pair in found {
            let (i, j) = (pair.source.start as usize, pair.translation.start as usize);
            if source[i] && translation[j] {
                (source[i], translation[j]) = (false, false);
                pair.moved = true;
                pairs.push(pair);
            }
        }
    }
}

/// Pairs unpaired blocks that alone have a lead, such as the number of an issue; `pairs` are in source order.
pub(crate) fn find_by_leads(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (source, translation) = left_over(scorer, pairs);
    let leads = |names: &[Name], left: Vec<bool>| -> Vec<(NonZeroU64, usize)> {
        let names = names.iter().zip(left).enumerate().filter(|(_, (_, left))| *left);
        names.filter_map(|(block, (name, _))| Some((name.lead?, block))).collect()
    };
    let there: FxHashMap<NonZeroU64, usize> = leads(scorer.translation.names, translation).into_iter().collect();
    for (lead, i) in leads(scorer.source.names, source) {
        let Some(&j) = there.get(&lead).filter(|_| scorer.is_of_one(lead)) else { continue };
        let pair = scorer.make_pair(i, j);
        if pair.log_odds >= SAME_LEAD {
            pairs.push(Pair { moved: true, ..pair });
        }
    }
    pairs.sort_by_key(|pair| pair.source.start);
}

/// The unpaired blocks of each document.
fn left_over(scorer: &Scorer<'_>, pairs: &[Pair]) -> (Vec<bool>, Vec<bool>) {
    let mut source = vec![true; scorer.source.blocks().len()];
    let mut translation = vec![true; scorer.translation.blocks().len()];
    for pair in pairs {
        pair.source.clone().for_each(|block| source[block as usize] = false);
        pair.translation.clone().for_each(|block| translation[block as usize] = false);
    }
    (source, translation)
}

/// Minimum log-odds of a move across this many pairs.
fn least(distance: usize) -> f32 {
    match distance {
        ..=1 => MOVED_NEXT,
        2..=NEAR => MOVED_NEAR,
        _ => MOVED,
    }
}

/// Expected positions of source blocks in the translation.
struct Places {
    pairs: Vec<(usize, usize)>,
}

impl Places {
    /// `pairs` are in order on both sides, except moves.
    fn new(pairs: &[Pair]) -> Self {
        let in_order = pairs.iter().filter(|pair| !pair.moved);
        Self { pairs: in_order.map(|pair| (pair.source.start as usize, pair.translation.start as usize)).collect() }
    }

    /// Number of paired blocks between the expected position of a source block and a translation block.
    fn distance(&self, source: usize, translation: usize) -> usize {
        let before = self.pairs.partition_point(|pair| pair.0 < source);
        let after = self.pairs.partition_point(|pair| pair.1 < translation);
        before.abs_diff(after)
    }
}

/// Runs of unpaired blocks.
fn runs(left: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (block, _) in left.iter().enumerate().filter(|(_, left)| **left) {
        match runs.last_mut() {
            Some(run) if run.end == block => run.end = block + 1,
            _ => runs.push(block..block + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::least;

    #[test]
    fn unrelated_blocks_are_not_a_move_at_any_distance() {
        assert!(least(0) > 0.0);
        assert!((0..20).map(least).is_sorted());
    }
}
