//! Which columns of two tables are counterparts, if their order differs or one side lacks a column.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::keys::{Key, Keys, RowPair};
use super::table::odd_column;

/// For rows of certain widths, the counterpart of each of the source's cells, if it is known.
pub(super) type Columns = BTreeMap<(usize, usize), Vec<Option<usize>>>;

/// The keys of the source and the translation.
type BothKeys<'k, 'r, 'd> = (&'k Keys<'r, 'd>, &'k Keys<'r, 'd>);

/// What more pairs of cells of two rows have in common shows no order.
const MOST_EQUAL: usize = 16;
/// How much more alike heads must be in one order than in another to show the order by themselves.
const CLEAR_HEADS: f32 = 0.3;
/// How much more alike they must be where they are, for it to be their columns' figures that were exchanged.
const KEPT_HEADS: f32 = 0.15;
/// Minimum number of rows in which figures of one column are in another one: in a single row, they may be exchanged.
const LEAST_MOVED: u32 = 2;
/// Minimum number of equal figures that show which column is lost.
const LEAST_EQUAL: u32 = 2;

/// The counterparts of columns in pairs of rows of which one lacks a column, and in pairs whose columns are in another
/// order. The work is linear in the number of cells.
pub(super) fn find(keys: BothKeys<'_, '_, '_>, tables: (u32, u32), pairs: &[RowPair]) -> (Columns, Columns) {
    let mut groups: BTreeMap<(usize, usize), Vec<RowPair>> = BTreeMap::new();
    for pair in pairs {
        let widths = (keys.0.of(pair.source).len(), keys.1.of(pair.translation).len());
        groups.entry(widths).or_default().push(*pair);
    }
    let (mut lost, mut moved) = (Columns::new(), Columns::new());
    for (widths, pairs) in groups {
        if widths.0 == widths.1 {
            moved.extend(Order::of(keys, tables, &pairs, widths.0).counterparts().map(|columns| (widths, columns)));
        } else if widths.0.abs_diff(widths.1) == 1 {
            lost.extend(around_lost(keys, &pairs, widths).map(|columns| (widths, columns)));
        }
    }
    (lost, moved)
}

/// The counterparts of the columns of rows of which one lacks a column.
fn around_lost(keys: BothKeys<'_, '_, '_>, pairs: &[RowPair], widths: (usize, usize)) -> Option<Vec<Option<usize>>> {
    let is_source_wide = widths.0 > widths.1;
    let steps = Steps::of(keys, pairs, is_source_wide);
    // If figures do not show which of several columns is lost, lengths do.
    let (source, translation) = (keys.0.document(), keys.1.document());
    let preferred = if is_source_wide {
        odd_column((source, translation), pairs.iter().map(|pair| (pair.source, pair.translation)))
    } else {
        odd_column((translation, source), pairs.iter().map(|pair| (pair.translation, pair.source)))
    };
    let lost = steps.lost(preferred)?;
    let mut counterparts = vec![None; widths.0];
    for narrow in 0..steps.figures.len() {
        let (equal, wide) =
            if narrow < lost { (steps.in_step[narrow], narrow) } else { (steps.shifted[narrow], narrow + 1) };
        // A column without equal figures may have changed along with the table.
        if equal > 0 && equal * 2 >= steps.figures[narrow] {
            let (here, there) = if is_source_wide { (wide, narrow) } else { (narrow, wide) };
            counterparts[here] = Some(there);
        }
    }
    Some(counterparts)
}

/// For each column of the side that lacks one, the number of rows in which it is the same as a column of the other side.
struct Steps {
    /// Rows with figures.
    figures: Vec<u32>,
    /// Rows with the same in the same column.
    in_step: Vec<u32>,
    /// Rows with the same in the next column.
    shifted: Vec<u32>,
}

impl Steps {
    fn of(keys: BothKeys<'_, '_, '_>, pairs: &[RowPair], is_source_wide: bool) -> Self {
        let mut steps = Self { figures: Vec::new(), in_step: Vec::new(), shifted: Vec::new() };
        for pair in pairs {
            let (here, there) = (keys.0.of(pair.source), keys.1.of(pair.translation));
            let (wide, narrow) = if is_source_wide { (here, there) } else { (there, here) };
            for counts in [&mut steps.figures, &mut steps.in_step, &mut steps.shifted] {
                counts.resize(narrow.len(), 0);
            }
            for (column, key) in narrow.iter().enumerate() {
                let Some(key) = key else { continue };
                let (is_in_step, is_shifted) = (wide[column] == Some(*key), wide[column + 1] == Some(*key));
                steps.in_step[column] += u32::from(is_in_step);
                steps.shifted[column] += u32::from(is_shifted);
                steps.figures[column] += u32::from(key.is_number || is_in_step || is_shifted);
            }
        }
        steps
    }

    /// The column, from 0, without which most cells are the same, if most are. Of several ones, `preferred` or else the last.
    fn lost(&self, preferred: usize) -> Option<usize> {
        let sum = |counts: &[u32]| counts.iter().sum::<u32>();
        let mut equal = vec![sum(&self.shifted)];
        for (column, (in_step, shifted)) in self.in_step.iter().zip(&self.shifted).enumerate() {
            equal.push(equal[column] + in_step - shifted);
        }
        let most = *equal.iter().max()?;
        if most < LEAST_EQUAL || most * 3 < sum(&self.figures) * 2 {
            return None;
        }
        if equal.get(preferred) == Some(&most) {
            Some(preferred)
        } else {
            equal.iter().rposition(|&count| count == most)
        }
    }
}

/// What the cells of rows of one width show about the order of their columns.
struct Order<'k, 'r, 'd> {
    keys: BothKeys<'k, 'r, 'd>,
    /// The rows with the heads of the columns, if both sides have them here.
    head: Option<RowPair>,
    /// The first row below them.
    first: Option<RowPair>,
    width: usize,
    /// For columns of the source and the translation, in how many rows they have the same key.
    equal: FxHashMap<(usize, usize), u32>,
    /// For each column of the source, in how many rows it has a figure.
    figures: Vec<u32>,
}

impl<'k, 'r, 'd> Order<'k, 'r, 'd> {
    fn of(keys: BothKeys<'k, 'r, 'd>, tables: (u32, u32), pairs: &[RowPair], width: usize) -> Self {
        let is_head = |pair: &&RowPair| {
            keys.0.rows(tables.0).first() == Some(&pair.source)
                && keys.1.rows(tables.1).first() == Some(&pair.translation)
        };
        let (head, mut body) = (pairs.iter().find(is_head).copied(), pairs.iter().filter(|pair| !is_head(pair)));
        let mut order = Self {
            keys,
            head,
            first: body.clone().next().copied(),
            width,
            equal: FxHashMap::default(),
            figures: vec![0; width],
        };
        body.by_ref().for_each(|pair| order.count(pair));
        order
    }

    fn count(&mut self, pair: &RowPair) {
        let there = places(self.keys.1.of(pair.translation));
        for (key, columns) in places(self.keys.0.of(pair.source)) {
            let counterparts = there.get(&key).map_or(&[][..], Vec::as_slice);
            if columns.len() * counterparts.len() > MOST_EQUAL {
                continue;
            }
            for column in columns {
                counterparts.iter().for_each(|there| *self.equal.entry((column, *there)).or_default() += 1);
                self.figures[column] += u32::from(key.is_number || !counterparts.is_empty());
            }
        }
    }

    fn equal(&self, here: usize, there: usize) -> u32 {
        self.equal.get(&(here, there)).copied().unwrap_or(0)
    }

    /// The counterparts of the columns, if it is clear that they are in another order.
    fn counterparts(&self) -> Option<Vec<Option<usize>>> {
        let mut best = self.best();
        let moved = best.iter().enumerate().filter_map(|(here, there)| Some((here, (*there)?)));
        let moved: Vec<(usize, usize)> = moved.filter(|(here, there)| here != there).collect();
        let (mut equal, mut in_place, mut figures, mut most) = (0, 0, 0, 0);
        for &(here, there) in &moved {
            equal += self.equal(here, there);
            most = most.max(self.equal(here, there).saturating_sub(self.equal(here, here)));
            in_place += self.equal(here, here);
            figures += self.figures[here];
        }
        if moved.is_empty() || equal * 4 < figures * 3 || in_place * 2 > equal {
            return None;
        }
        fill(&mut best);
        let heads = self.heads(&best);
        // Where heads did not move, the figures below them are in the wrong columns.
        let is_clear =
            heads >= CLEAR_HEADS || heads > -KEPT_HEADS && (most >= LEAST_MOVED || self.is_of_other_kinds(&moved));
        is_clear.then_some(best)
    }

    /// For each column of the source, the one that has its figures in most rows, and in at least half unless it is in the same
    /// place.
    fn best(&self) -> Vec<Option<usize>> {
        let rank = |(&(here, there), &count): (&(usize, usize), &u32)| (count, here == there, Reverse((here, there)));
        let mut candidates: Vec<_> = self.equal.iter().map(rank).collect();
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        let (mut best, mut taken) = (vec![None; self.width], vec![false; self.width]);
        for (count, is_in_place, Reverse((here, there))) in candidates {
            let is_likely = is_in_place || count * 2 >= self.figures[here];
            if is_likely && best[here].is_none() && !taken[there] {
                (best[here], taken[there]) = (Some(there), true);
            }
        }
        best
    }

    /// How much more the heads of columns are alike where they moved to than in their places.
    fn heads(&self, counterparts: &[Option<usize>]) -> f32 {
        let Some(head) = self.head else { return 0.0 };
        let here: Vec<Head> = (0..self.width).map(|column| Head::new(self.keys.0.text(head.source, column))).collect();
        let there: Vec<Head> =
            (0..self.width).map(|column| Head::new(self.keys.1.text(head.translation, column))).collect();
        let known = counterparts.iter().enumerate().filter_map(|(from, to)| Some((from, (*to)?)));
        let gains: Vec<f32> = known
            .filter(|(from, to)| from != to)
            .map(|(from, to)| here[from].alike(&there[to]) - here[from].alike(&there[from]))
            .collect();
        gains.iter().sum::<f32>() / gains.len().max(1) as f32
    }

    /// Whether the first row has another kind of quantity in each column that moved than in the one whose place it took: two
    /// percentages may be exchanged by mistake, but hardly a percentage and a price.
    fn is_of_other_kinds(&self, moved: &[(usize, usize)]) -> bool {
        let Some(row) = self.first else { return false };
        let kind = |column: usize| self.keys.0.kind(row.source, column);
        moved.iter().all(|&(from, to)| kind(from) != kind(to) && kind(from) == self.keys.1.kind(row.translation, to))
    }
}

/// Completes an order of columns: what nothing is known about remains in its place, or takes the only one that is left.
fn fill(order: &mut [Option<usize>]) {
    let mut is_taken = vec![false; order.len()];
    order.iter().flatten().for_each(|&place| is_taken[place] = true);
    for (column, place) in order.iter_mut().enumerate() {
        if place.is_none() && !is_taken[column] {
            (*place, is_taken[column]) = (Some(column), true);
        }
    }
    let mut left = (0..order.len()).filter(|place| !is_taken[*place]);
    let mut open = order.iter_mut().filter(|place| place.is_none());
    if let (Some(column), None, Some(place), None) = (open.next(), open.next(), left.next(), left.next()) {
        *column = Some(place);
    }
}

/// The columns of each key of a row.
fn places(row: &[Option<Key>]) -> FxHashMap<Key, Vec<usize>> {
    let mut places: FxHashMap<Key, Vec<usize>> = FxHashMap::default();
    for (column, key) in row.iter().enumerate() {
        if let Some(key) = key {
            places.entry(*key).or_default().push(column);
        }
    }
    places
}

/// The head of a column.
struct Head {
    text: String,
    /// Neighboring letters.
    bigrams: FxHashSet<(char, char)>,
}

impl Head {
    fn new(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let bigrams = letters.windows(2).map(|pair| (pair[0], pair[1])).collect();
        Self { text, bigrams }
    }

    /// The share of neighboring letters that two heads have in common (Dice's coefficient).
    fn alike(&self, other: &Self) -> f32 {
        if self.text == other.text && !self.text.is_empty() {
            return 1.0;
        }
        let common = self.bigrams.intersection(&other.bigrams).count();
        2.0 * common as f32 / (self.bigrams.len() + other.bigrams.len()).max(1) as f32
    }
}
