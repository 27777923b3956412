//! Matches the units of two versions, from certain to likely.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::likeness::Shingles;
use super::runs::stretches;
use super::unit::Unit;
use isogloss_document::{BlockKind, Document};

/// Minimum similarity of a reworded text.
const REWORDED: f32 = 0.45;
/// Minimum similarity of a reworded text in another position: there are more candidates, and no position to confirm it.
const MOVED: f32 = 0.7;
/// Rewritten stretches with more pairs of units than this are not compared.
const REWRITTEN: usize = 20_000;

/// Minimum number of words of a text that is recognised in another position.
const TELLING: u32 = 4;

/// A unit that is in both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub old: usize,
    pub new: usize,
    /// Whether it is identical apart from white space.
    pub is_exact: bool,
    /// Whether its order differs from that of the others.
    pub moved: bool,
}

/// A version with its units.
type Version<'d> = (&'d Document, &'d [Unit]);

/// The units that are in both versions; each is in at most one match.
pub(super) fn matches(old: Version<'_>, new: Version<'_>) -> Vec<Match> {
    let mut found = Vec::with_capacity(old.1.len().min(new.1.len()));
    let is_same = |x: &Unit, y: &Unit| x.is(old.0, y, new.0);
    let begin = old.1.iter().zip(new.1).take_while(|(x, y)| is_same(x, y)).count();
    let ends = old.1[begin..].iter().rev().zip(new.1[begin..].iter().rev());
    let end = ends.take_while(|(x, y)| is_same(x, y)).count();
    let (rows, columns) = (begin..old.1.len() - end, begin..new.1.len() - end);
    let outer = (0..begin).zip(0..begin).chain((rows.end..old.1.len()).zip(columns.end..new.1.len()));
    found.extend(outer.map(|(x, y)| Match { old: x, new: y, is_exact: true, moved: false }));
    let exact = |(document, units): Version<'_>, range: &Range<usize>| -> Vec<u64> {
        units[range.clone()].iter().map(|unit| unit.exact(document)).collect()
    };
    for (same, x, y) in stretches(&exact(old, &rows), &exact(new, &columns)) {
        let (from, to) = (begin + x.start..begin + x.end, begin + y.start..begin + y.end);
        if same {
            found.extend(from.zip(to).map(|(x, y)| Match { old: x, new: y, is_exact: true, moved: false }));
        } else if !from.is_empty() && !to.is_empty() {
            read_alike(old, from, new, to, &mut found);
        }
    }
    moved(old, new, &mut found);
    found
}

/// Matches units that read the same; only links, attributes or the like changed.
fn read_alike(old: Version<'_>, from: Range<usize>, new: Version<'_>, to: Range<usize>, found: &mut Vec<Match>) {
    // Units without words match nothing here: each gets its own number.
    let keys = |(document, units): Version<'_>, range: &Range<usize>, side: u64| -> Vec<u64> {
        let key = |index: usize| match units[index].content(document).hash {
            0 => (index as u64) << 2 | side << 1,
            content => content,
        };
        range.clone().map(key).collect()
    };
    let (before, after) = (keys(old, &from, 0), keys(new, &to, 1));
    for (same, x, y) in stretches(&before, &after) {
        let (x, y) = (from.start + x.start..from.start + x.end, to.start + y.start..to.start + y.end);
        if same {
            found.extend(x.zip(y).map(|(x, y)| Match { old: x, new: y, is_exact: false, moved: false }));
        } else if !x.is_empty() && !y.is_empty() && x.len() * y.len() <= REWRITTEN {
            reworded(old, x, new, y, found);
        }
    }
}

/// Matches reworded units of two stretches: the monotone pairing with the highest total similarity.
fn reworded(old: Version<'_>, from: Range<usize>, new: Version<'_>, to: Range<usize>, found: &mut Vec<Match>) {
    let (rows, columns) = (from.len(), to.len());
    let (mut a, mut b) = (vec![None; rows], vec![None; columns]);
    let kind = |side: Version<'_>, unit: usize| side.0.blocks[side.1[unit].block as usize].kind;
    let mut likeness = |row: usize, column: usize| -> f32 {
        if !is_comparable(kind(old, from.start + row), kind(new, to.start + column)) {
            return 0.0;
        }
        let (a, b) = (&mut a[row], &mut b[column]);
        let shingles = |side: Version<'_>, unit: usize| Shingles::of(side.0, side.1[unit].block);
        let a = a.get_or_insert_with(|| shingles(old, from.start + row));
        let likeness = a.likeness(b.get_or_insert_with(|| shingles(new, to.start + column)), REWORDED);
        // The marker of a callout is recognised by position rather than text, and may be in another dialect.
        let is_mark =
            kind(old, from.start + row) == BlockKind::Callout || kind(new, to.start + column) == BlockKind::Callout;
        if is_mark { likeness.max(REWORDED) } else { Some(likeness).filter(|l| *l >= REWORDED).unwrap_or(0.0) }
    };
    let alike: Vec<f32> = (0..rows * columns).map(|cell| likeness(cell / columns, cell % columns)).collect();
    let mut best = vec![0.0_f32; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let score = alike[row * columns + column];
            let pair = if score > 0.0 { score + best[at(row + 1, column + 1)] } else { 0.0 };
            best[at(row, column)] = pair.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
        }
    }
    let (begin, mut row, mut column) = (found.len(), 0, 0);
    while row < rows && column < columns {
        let score = alike[row * columns + column];
        if score > 0.0 && best[at(row, column)] == score + best[at(row + 1, column + 1)] {
            found.push(Match { old: from.start + row, new: to.start + column, is_exact: false, moved: false });
            (row, column) = (row + 1, column + 1);
        } else if best[at(row, column)] == best[at(row + 1, column)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    marks_left(old, from, new, to, begin, found);
}

/// Matches unmatched callout markers between the same texts, the most similar first: there, a marker is recognised by
/// position, even if a heading was added before or after it. Matches of the stretch begin at index `begin`.
fn marks_left(
    old: Version<'_>,
    from: Range<usize>,
    new: Version<'_>,
    to: Range<usize>,
    begin: usize,
    found: &mut Vec<Match>,
) {
    let kind = |side: Version<'_>, unit: usize| side.0.blocks[side.1[unit].block as usize].kind;
    let here = found[begin..].to_vec();
    // Each unmatched marker, with the number of matched texts before it.
    let left = |side: Version<'_>, range: Range<usize>, unit_of: fn(&Match) -> usize| -> Vec<(usize, usize)> {
        let is_left =
            |unit: &usize| kind(side, *unit) == BlockKind::Callout && here.iter().all(|one| unit_of(one) != *unit);
        let is_text = |one: &&Match| !matches!(kind(old, one.old), BlockKind::Heading(_));
        let before = |unit: usize| here.iter().filter(is_text).filter(|one| unit_of(one) < unit).count();
        range.filter(is_left).map(|unit| (before(unit), unit)).collect()
    };
    let (rows, columns) = (left(old, from, |one| one.old), left(new, to, |one| one.new));
    let shingles = |side: Version<'_>, unit: usize| Shingles::of(side.0, side.1[unit].block);
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for &(place, x) in &rows {
        for &(_, y) in columns.iter().filter(|(other, _)| *other == place) {
            pairs.push((shingles(old, x).likeness(&shingles(new, y), 0.0), x, y));
        }
    }
    take_best(pairs, |x, y| found.push(Match { old: x, new: y, is_exact: false, moved: true }));
}

/// Takes pairs, the best first, each side of one once.
fn take_best(mut pairs: Vec<(f32, usize, usize)>, mut take: impl FnMut(usize, usize)) {
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut from, mut to) = (FxHashSet::default(), FxHashSet::default());
    for (_, x, y) in pairs {
        if !from.contains(&x) && !to.contains(&y) {
            from.insert(x);
            to.insert(y);
            take(x, y);
        }
    }
}

fn is_comparable(old: BlockKind, new: BlockKind) -> bool {
    use BlockKind::{Callout, Component, Heading};
    old == new || matches!((old, new), (Heading(_), Heading(_)) | (Callout, Component) | (Component, Callout))
}

/// Matches units that are unmatched once on both sides and identical, or read the same: they moved.
fn moved(old: Version<'_>, new: Version<'_>, found: &mut Vec<Match>) {
    let (mut from, mut to) = (vec![true; old.1.len()], vec![true; new.1.len()]);
    for one in found.iter() {
        (from[one.old], to[one.new]) = (false, false);
    }
    let left = |open: &[bool], (document, units): Version<'_>| -> Vec<usize> {
        (0..open.len()).filter(|&unit| open[unit] && units[unit].content(document).words >= TELLING).collect()
    };
    for is_exact in [true, false] {
        let key = |document, unit: &Unit| if is_exact { unit.exact(document) } else { unit.content(document).hash };
        let mut seen: FxHashMap<u64, [(u32, usize); 2]> = FxHashMap::default();
        for (index, side, open) in [(0, old, left(&from, old)), (1, new, left(&to, new))] {
            for unit in open {
                let entry = &mut seen.entry(key(side.0, &side.1[unit])).or_default()[index];
                *entry = (entry.0 + 1, unit);
            }
        }
        let once = seen.into_values().filter(|[a, b]| a.0 == 1 && b.0 == 1).map(|[a, b]| (a.1, b.1));
        let mut pairs: Vec<(usize, usize)> = once.collect();
        pairs.sort_unstable();
        for (x, y) in pairs {
            (from[x], to[y]) = (false, false);
            found.push(Match { old: x, new: y, is_exact, moved: true });
        }
    }
    let (rows, columns) = (left(&from, old), left(&to, new));
    if rows.len() * columns.len() <= REWRITTEN {
        moved_and_reworded((old, &rows), (new, &columns), found);
    }
}

/// Matches moved and reworded units that are similar to only one other unit, the most similar first.
fn moved_and_reworded(
    (old, rows): (Version<'_>, &[usize]),
    (new, columns): (Version<'_>, &[usize]),
    found: &mut Vec<Match>,
) {
    let shingles = |side: Version<'_>, units: &[usize]| -> Vec<Shingles> {
        units.iter().map(|&unit| Shingles::of(side.0, side.1[unit].block)).collect()
    };
    let (a, b) = (shingles(old, rows), shingles(new, columns));
    let kind = |side: Version<'_>, unit: usize| side.0.blocks[side.1[unit].block as usize].kind;
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (row, &x) in rows.iter().enumerate() {
        for (column, &y) in columns.iter().enumerate() {
            if kind(old, x) == kind(new, y) {
                let likeness = a[row].likeness(&b[column], MOVED);
                if likeness >= MOVED {
                    pairs.push((likeness, x, y));
                }
            }
        }
    }
    take_best(pairs, |x, y| found.push(Match { old: x, new: y, is_exact: false, moved: true }));
}
