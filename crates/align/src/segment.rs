//! Splits two documents into stretches that can be aligned separately: matching blocks at the start and the end are paired
//! directly, a long middle is split at blocks that occur once on both sides (patience diff, Bram Cohen), and only the rest
//! needs dynamic programming.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::alignment::Pair;
use crate::dynamic::best_path;
use crate::evidence::{SURE, Scorer};

/// Number of matching blocks next to a mismatch that dynamic programming may pair again.
const MARGIN: usize = 2;
/// Stretches with more pairs of blocks than this are split.
const LONG: usize = 4096;
/// Maximum depth of splits: deeper anchors would exist only because of the others.
const MOST_SPLITS: u32 = 32;
/// Minimum log-odds of a direct pair in a stretch of unequal lengths, if its neighbours fit worse.
const LIKELY: f32 = 2.0;
/// Minimum gain of a path that skips blocks on both sides of stretches of the same kinds.
const COMPENSATED: f32 = 21.0;
/// Minimum log-odds of a pair that can be an anchor.
const ANCHOR: f32 = 5.0;

/// The pairs of two whole documents, in order.
pub(crate) fn pairs(scorer: &Scorer<'_>) -> Vec<Pair> {
    let mut pairs = Vec::with_capacity(scorer.source.blocks().len());
    solve(scorer, 0..scorer.source.blocks().len(), 0..scorer.translation.blocks().len(), &mut pairs, MOST_SPLITS);
    pairs
}

/// Pairs two stretches, which may be split to a depth of `splits`.
fn solve(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>, pairs: &mut Vec<Pair>, splits: u32) {
    let in_step = source.len() == translation.len();
    let (most, longest) = (source.len().min(translation.len()), source.len().max(translation.len()));
    let begin = pairs.len();
    pairs.extend((0..most).map_while(|k| agrees(scorer, source.start + k, translation.start + k, in_step)));
    if pairs.len() - begin < longest {
        pairs.truncate(pairs.len().saturating_sub(MARGIN).max(begin));
    }
    let prefix = pairs.len() - begin;
    let mut end: Vec<Pair> =
        (1..=most - prefix).map_while(|k| agrees(scorer, source.end - k, translation.end - k, in_step)).collect();
    if prefix + end.len() < longest {
        end.truncate(end.len().saturating_sub(MARGIN));
    }
    let (rows, columns) =
        (source.start + prefix..source.end - end.len(), translation.start + prefix..translation.end - end.len());
    if !rows.is_empty() && !columns.is_empty() {
        middle(scorer, rows, columns, pairs, splits);
    }
    pairs.extend(end.into_iter().rev());
}

/// Pairs the blocks between the matching start and end.
fn middle(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>, pairs: &mut Vec<Pair>, splits: u32) {
    let anchors = if splits > 0 && source.len() * translation.len() > LONG {
        anchors(scorer, source.clone(), translation.clone())
    } else {
        Vec::new()
    };
    if anchors.is_empty() {
        let begin = pairs.len();
        best_path(scorer, source.clone(), translation.clone(), pairs);
        if let Some(straight) = straight(scorer, source, translation, &pairs[begin..]) {
            pairs.truncate(begin);
            pairs.extend(straight);
        }
        return;
    }
    let (mut i, mut j) = (source.start, translation.start);
    for (x, y) in anchors {
        solve(scorer, i..x, j..y, pairs, splits - 1);
        pairs.push(scorer.make_pair(x, y));
        (i, j) = (x + 1, y + 1);
    }
    solve(scorer, i..source.end, j..translation.end, pairs, 0);
}

/// Pairs the n-th block with the n-th, for stretches of the same kinds in which `path` skips a block on each side for little
/// gain: a removal next to an unrelated addition is rarer. Not for blocks with the same names as others on the other side.
fn straight(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>, path: &[Pair]) -> Option<Vec<Pair>> {
    let in_step = source.len() == translation.len() && path.len() < source.len();
    let may_be = |(i, j): (usize, usize)| scorer.kind_is(i, j) && !scorer.are_elsewhere(i, j);
    if !in_step || !source.clone().zip(translation.clone()).all(may_be) {
        return None;
    }
    let pairs: Vec<Pair> = source.zip(translation).map(|(i, j)| scorer.make_pair(i, j)).collect();
    let total = |pairs: &[Pair]| pairs.iter().map(|pair| pair.log_odds).sum::<f32>();
    (total(path) < total(&pairs) + COMPENSATED).then_some(pairs)
}

/// The pair of two blocks at the same distance from the start or the end, if they clearly correspond. `in_step` says that
/// both stretches have the same length, which makes a gap less likely.
fn agrees(scorer: &Scorer<'_>, i: usize, j: usize, in_step: bool) -> Option<Pair> {
    let (log_odds, agrees) = if in_step {
        let log_odds = scorer.pair_unless(i, j, SURE);
        (log_odds, log_odds >= SURE)
    } else {
        let log_odds = scorer.pair(i, j);
        let beats = |i, j| log_odds > scorer.pair_or_never(i, j, log_odds);
        (log_odds, log_odds >= LIKELY && beats(i, j + 1) && beats(i + 1, j))
    };
    agrees.then(|| scorer.pair_with(i, j, log_odds))
}

/// Pairs of blocks whose tokens occur once on both sides, in the longest sequence in order on both.
fn anchors(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>) -> Vec<(usize, usize)> {
    let mut seen: FxHashMap<u64, [(u32, usize); 2]> = FxHashMap::default();
    for i in source {
        if let Some(key) = scorer.source.key(i) {
            let entry = &mut seen.entry(key).or_default()[0];
            *entry = (entry.0 + 1, i);
        }
    }
    for j in translation {
        if let Some(key) = scorer.translation.key(j)
            && let Some(entry) = seen.get_mut(&key)
        {
            entry[1] = (entry[1].0 + 1, j);
        }
    }
    let once = seen.into_values().filter(|[a, b]| a.0 == 1 && b.0 == 1).map(|[a, b]| (a.1, b.1));
    let mut candidates: Vec<(usize, usize)> = once.filter(|&(i, j)| scorer.pair(i, j) >= ANCHOR).collect();
    candidates.sort_unstable();
    increasing(&candidates)
}

/// The longest subsequence that increases on both sides, by patience sorting.
fn increasing(candidates: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    for (index, &(_, j)) in candidates.iter().enumerate() {
        let pile = tops.partition_point(|&top| candidates[top].1 < j);
        before.push(pile.checked_sub(1).map(|pile| tops[pile]));
        if pile == tops.len() {
            tops.push(index);
        } else {
            tops[pile] = index;
        }
    }
    let mut chain = Vec::with_capacity(tops.len());
    let mut next = tops.last().copied();
    while let Some(index) = next {
        chain.push(candidates[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::increasing;

    #[test]
    fn the_longest_increasing_run_is_found() {
        let pairs = [(0, 5), (1, 1), (2, 2), (3, 9), (4, 3), (5, 4)];
        assert_eq!(increasing(&pairs), [(1, 1), (2, 2), (4, 3), (5, 4)]);
        assert!(increasing(&[]).is_empty());
    }
}
