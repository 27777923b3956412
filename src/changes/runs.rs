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

/// Looks for runs of equal elements.
struct Search<'p> {
    /// For each element of the old sequence, where equal ones stand in the new one.
    equals: Vec<&'p [usize]>,
    /// For each place in the new sequence, the length of the run that ends there, and the number of the step that found it.
    lengths: Vec<(usize, usize)>,
    /// How many steps were numbered: one for each element of the old sequence, and one between two searches.
    begun: usize,
}

impl Search<'_> {
    /// The longest run within two stretches, the first of several: where it begins in both, and its length.
    fn longest(&mut self, from: Range<usize>, to: Range<usize>) -> (usize, usize, usize) {
        let mut best = (from.start, to.start, 0);
        self.begun += 1;
        for index in from {
            self.begun += 1;
            let (mut length, mut end) = (0, 0);
            // Backwards, so that what the last step found before a place is still there.
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
