//! Equal stretches of two sequences, the longest run first.
//!
//! A shortest edit script takes equal blocks wherever it finds them; a document repeats its small ones (marks of callouts, one
//! command twice), and what belongs together is torn apart. The longest run that stands in both, and then the longest before
//! and after it (Ratcliff and Metzener 1988, "gestalt pattern matching"), keeps sections whole.

use std::ops::Range;

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// Sequences with more equal pairs of elements than this are compared by a patience diff, whose time is bounded.
const REPETITIVE: usize = 200_000;

/// A stretch of both sequences; whether they are equal in it comes first.
pub(super) type Stretch = (bool, Range<usize>, Range<usize>);

/// Stretches of two sequences, equal or not, in order.
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
    if equal > REPETITIVE {
        for operation in capture_diff_slices(Algorithm::Patience, &old[from.clone()], &new[to.clone()]) {
            let (tag, x, y) = operation.as_tag_tuple();
            let (x, y) = (from.start + x.start..from.start + x.end, to.start + y.start..to.start + y.end);
            push(found, tag == DiffTag::Equal, x, y);
        }
        return;
    }
    let ends = (from.end, to.end);
    let mut open = vec![(from, to)];
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    while let Some((from, to)) = open.pop() {
        let (x, y, length) = longest(old, from.clone(), &places, to.clone());
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

/// The longest run of equal elements within two stretches, the first of several: where it begins in both, and its length.
fn longest(
    old: &[u64],
    from: Range<usize>,
    places: &FxHashMap<u64, Vec<usize>>,
    to: Range<usize>,
) -> (usize, usize, usize) {
    let mut best = (from.start, to.start, 0);
    // For each place in the new sequence, the length of the run that ends there and at the last element.
    let mut lengths: FxHashMap<usize, usize> = FxHashMap::default();
    for index in from {
        let mut next = FxHashMap::default();
        for &place in places.get(&old[index]).into_iter().flatten().filter(|place| to.contains(place)) {
            let length = place.checked_sub(1).and_then(|before| lengths.get(&before)).map_or(1, |length| length + 1);
            next.insert(place, length);
            if length > best.2 {
                best = (index + 1 - length, place + 1 - length, length);
            }
        }
        lengths = next;
    }
    best
}
