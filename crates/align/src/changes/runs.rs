//! Equal stretches of two sequences, the longest run first.
//!
//! A shortest edit script pairs equal blocks anywhere; a document repeats its small ones (callout markers, the same command
//! twice), which would separate blocks that belong together. The longest common run, and then the longest before and after
//! it (Ratcliff and Metzener 1988, "gestalt pattern matching"), keeps sections whole.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Sequences with more equal pairs of elements than this are compared by a patience diff.
const REPETITIVE: usize = 200_000;
/// Sequences with a larger product of lengths are first split at unique elements: any comparison may take as many steps.
const LONGEST_PRODUCT: usize = 16_000_000;
/// Maximum depth of splits at unique elements; the rest counts as rewritten.
const MOST_SPLITS: usize = 8;

/// A stretch of both sequences, after whether they are equal in it.
pub(super) type Stretch = (bool, Range<usize>, Range<usize>);

/// Equal and unequal stretches of two sequences, in order.
pub(super) fn stretches(old: &[u64], new: &[u64]) -> Vec<Stretch> {
    let prefix = old.iter().zip(new).take_while(|(x, y)| x == y).count();
    let ends = old[prefix..].iter().rev().zip(new[prefix..].iter().rev());
    let suffix = ends.take_while(|(x, y)| x == y).count();
    let (from, to) = (prefix..old.len() - suffix, prefix..new.len() - suffix);
    let mut found = Vec::new();
    push(&mut found, true, 0..prefix, 0..prefix);
    if from.is_empty() || to.is_empty() {
        push(&mut found, false, from.clone(), to.clone());
    } else {
        middle(old, from.clone(), new, to.clone(), &mut found);
    }
    push(&mut found, true, from.end..old.len(), to.end..new.len());
    found
}

fn push(found: &mut Vec<Stretch>, same: bool, from: Range<usize>, to: Range<usize>) {
    if from.is_empty() && to.is_empty() {
        return;
    }
    match found.last_mut() {
        Some(last) if last.0 == same => {
            last.1.end = from.end;
            last.2.end = to.end;
        }
        _ => found.push((same, from, to)),
    }
}

fn middle(old: &[u64], from: Range<usize>, new: &[u64], to: Range<usize>, found: &mut Vec<Stretch>) {
    let mut places: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for index in to.clone() {
        places.entry(new[index]).or_default().push(index);
    }
    let equal: usize = from.clone().filter_map(|index| places.get(&old[index])).map(Vec::len).sum();
    if equal > REPETITIVE || from.len().saturating_mul(to.len()) > LONGEST_PRODUCT {
        return repetitive(old, from, new, to, MOST_SPLITS, found);
    }
    let ends = (from.end, to.end);
    let equals = old.iter().map(|element| places.get(element).map_or(&[][..], Vec::as_slice)).collect();
    let mut search = Search { equals, lengths: vec![(0, 0); new.len()], begun: 0 };
    let mut open = vec![(from, to)];
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    while let Some((from, to)) = open.pop() {
        let (x, y, length) = search.longest(from.clone(), to.clone());
        if length > 0 {
            runs.push((x, y, length));
            open.extend([(from.start..x, to.start..y), (x + length..from.end, y + length..to.end)]);
        }
    }
    runs.sort_unstable();
    let (mut i, mut j) = found.last().map_or((0, 0), |last| (last.1.end, last.2.end));
    for (x, y, length) in runs {
        push(found, false, i..x, j..y);
        push(found, true, x..x + length, y..y + length);
        (i, j) = (x + length, y + length);
    }
    push(found, false, i..ends.0, j..ends.1);
}

/// Stretches of two sequences that are long, or have few unique elements.
fn repetitive(old: &[u64], from: Range<usize>, new: &[u64], to: Range<usize>, splits: usize, found: &mut Vec<Stretch>) {
    if from.len().saturating_mul(to.len()) <= LONGEST_PRODUCT {
        for operation in capture_diff_slices(Algorithm::Patience, &old[from.clone()], &new[to.clone()]) {
            let (tag, x, y) = operation.as_tag_tuple();
            let (x, y) = (from.start + x.start..from.start + x.end, to.start + y.start..to.start + y.end);
            push(found, tag == DiffTag::Equal, x, y);
        }
        return;
    }
    let anchors = if splits == 0 { Vec::new() } else { anchors(old, from.clone(), new, to.clone()) };
    let (mut i, mut j) = (from.start, to.start);
    for (x, y) in anchors.into_iter().chain([(from.end, to.end)]) {
        let is_whole = (i, j) == (from.start, to.start) && (x, y) == (from.end, to.end);
        if is_whole || i == x || j == y {
            push(found, false, i..x, j..y);
        } else {
            repetitive(old, i..x, new, j..y, splits - 1, found);
        }
        if x < from.end && y < to.end {
            push(found, true, x..x + 1, y..y + 1);
        }
        (i, j) = (x + 1, y + 1);
    }
}

/// Elements that are unique in both sequences and in the same order: the longest such chain (Fredman 1975).
fn anchors(old: &[u64], from: Range<usize>, new: &[u64], to: Range<usize>) -> Vec<(usize, usize)> {
    let unique = |all: &[u64], range: Range<usize>| {
        let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
        for index in range {
            places.entry(all[index]).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let (there, here) = (unique(new, to), unique(old, from.clone()));
    let is_unique = |index: &usize| here.get(&old[*index]).is_some_and(|place| *place == Some(*index));
    let pairs = from.filter(is_unique).filter_map(|x| Some((x, (*there.get(&old[x])?)?)));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    // For each length, the pair with the lowest end of a chain of that length; and for each pair, its predecessor.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, y)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < y);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut chain: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |&index| before[index]).map(|index| pairs[index]).collect();
    chain.reverse();
    chain
}

/// Searches runs of equal elements.
struct Search<'p> {
    /// For each element of the old sequence, the positions of equal ones in the new one.
    equals: Vec<&'p [usize]>,
    /// For each position in the new sequence, the length of the run that ends there, and the step that found it.
    lengths: Vec<(usize, usize)>,
    /// Number of steps: one for each element of the old sequence, and one between two searches.
    begun: usize,
}

impl Search<'_> {
    /// The first of the longest runs within two stretches: its start in both, and its length.
    fn longest(&mut self, from: Range<usize>, to: Range<usize>) -> (usize, usize, usize) {
        let mut best = (from.start, to.start, 0);
        self.begun += 1;
        for index in from {
            self.begun += 1;
            let (mut length, mut end) = (0, 0);
            // Backwards, so that results of the previous step are still there.
            for &place in self.equals[index].iter().rev().filter(|place| to.contains(place)) {
                let before = place.checked_sub(1).map_or((0, 0), |before| self.lengths[before]);
                let here = if before.1 + 1 == self.begun { before.0 + 1 } else { 1 };
                self.lengths[place] = (here, self.begun);
                if here >= length {
                    (length, end) = (here, place);
                }
            }
            if length > best.2 {
                best = (index + 1 - length, end + 1 - length, length);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stretches cover both sequences in order, and equal ones are equal.
    fn assert_sound(old: &[u64], new: &[u64]) -> Vec<Stretch> {
        let found = stretches(old, new);
        let (mut i, mut j) = (0, 0);
        for (same, from, to) in &found {
            assert_eq!((from.start, to.start), (i, j));
            assert!(!same || old[from.clone()] == new[to.clone()]);
            (i, j) = (from.end, to.end);
        }
        assert_eq!((i, j), (old.len(), new.len()));
        found
    }

    #[test]
    fn long_repetitive_sequences_keep_what_is_unique() {
        // Two words in pseudo-random order, and every thousandth element unique.
        let sequence = |seed: u64| -> Vec<u64> {
            let mut state = seed;
            let mut next = |index: u64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if index % 1_000 == 500 { 1_000_000 + index } else { state >> 63 }
            };
            (0..30_000).map(&mut next).collect()
        };
        let (old, new) = (sequence(1), sequence(2));
        let found = assert_sound(&old, &new);
        let kept: usize = found.iter().filter(|(same, ..)| *same).map(|(_, from, _)| from.len()).sum();
        assert!(kept > 15_000, "{kept}");
        for index in (500..30_000).step_by(1_000) {
            assert!(found.iter().any(|(same, from, to)| *same && from.contains(&index) && to.contains(&index)));
        }
        // Nothing is unique, and too many elements are equal: everything counts as rewritten.
        let few = |all: &[u64]| all.iter().map(|element| element & 1).collect::<Vec<u64>>();
        assert_sound(&few(&old), &few(&new));
    }

    #[test]
    fn anchors_are_the_longest_chain_in_one_order() {
        let (old, new) = ([7, 1, 2, 3, 4, 9, 9], [3, 7, 1, 9, 2, 4]);
        assert_eq!(anchors(&old, 0..old.len(), &new, 0..new.len()), [(0, 1), (1, 2), (2, 4), (4, 5)]);
        assert_eq!(anchors(&old, 0..0, &new, 0..new.len()), []);
    }
}
