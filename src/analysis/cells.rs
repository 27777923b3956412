//! Which cells of two tables are counterparts, where rows or columns are in another order or one side lacks a column.
//!
//! Rows are paired by the alignment and cells by position. Only where this leads to differences, or is impossible, another
//! way is looked for, and it must lead to fewer.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::{self, Columns};
use super::keys::{Key, Keys, RowPair};
use super::mismatch::Mismatch;
use super::readings::Readings;

/// A text in more cells is no name.
const MOST_NAMED: usize = 4;

/// Compares a cell of each of two rows, by index.
type Compare<'c> = &'c dyn Fn(RowPair, (usize, usize), &mut Vec<Mismatch>);

/// Two tables with rows that are pairs.
#[derive(Debug, Default)]
struct Table {
    pairs: Vec<RowPair>,
    found: Vec<Mismatch>,
}

/// Replaces what was found in tables cell by cell, where their cells are counterparts in another order. `pairs` are the rows
/// that were compared; all mismatches are in the order of the reference, before and after.
pub(super) fn settle(
    (source, translation): (&Readings<'_>, &Readings<'_>),
    pairs: &[RowPair],
    found: Vec<Mismatch>,
    compare: Compare<'_>,
) -> Vec<Mismatch> {
    let tables_of = |here: u32, there: u32| {
        let table = |readings: &Readings<'_>, block: u32| readings.document.blocks[block as usize].table;
        Some((table(source, here)?, table(translation, there)?))
    };
    let is_uneven = |pair: &RowPair| source.count(pair.source) != translation.count(pair.translation);
    let of_mismatch = |mismatch: &Mismatch| tables_of(mismatch.source_block, mismatch.translation_block);
    let of_pair = |pair: &RowPair| tables_of(pair.source, pair.translation);
    let differing = found.iter().filter_map(of_mismatch);
    let uneven = pairs.iter().filter(|pair| is_uneven(pair)).filter_map(of_pair);
    let mut tables: BTreeMap<(u32, u32), Table> =
        differing.chain(uneven).map(|tables| (tables, Table::default())).collect();
    if tables.is_empty() {
        return found;
    }
    for pair in pairs {
        if let Some(table) = of_pair(pair).and_then(|key| tables.get_mut(&key)) {
            table.pairs.push(*pair);
        }
    }
    let mut settled = Vec::new();
    for mismatch in found {
        match of_mismatch(&mismatch).and_then(|key| tables.get_mut(&key)) {
            Some(table) => table.found.push(mismatch),
            None => settled.push(mismatch),
        }
    }
    let mut keys = (Keys::new(source), Keys::new(translation));
    for ((here, there), table) in tables {
        keys.0.add(here);
        keys.1.add(there);
        let settling = Settling { keys: (&keys.0, &keys.1), tables: (here, there), compare };
        settled.extend(settling.settle(table));
    }
    settled.sort_by_key(|mismatch| mismatch.source_block);
    settled
}

/// Two tables, with what is known about their cells.
struct Settling<'c, 'r, 'd> {
    keys: (&'c Keys<'r, 'd>, &'c Keys<'r, 'd>),
    tables: (u32, u32),
    compare: Compare<'c>,
}

impl Settling<'_, '_, '_> {
    fn settle(&self, table: Table) -> Vec<Mismatch> {
        let mut best = table.found;
        for (is_aligned, pairs) in [(true, Some(table.pairs.clone())), (false, self.by_name(&table.pairs))] {
            let Some(pairs) = pairs else { continue };
            let (lost, moved) = columns::find(self.keys, self.tables, &pairs);
            // Rows of different widths were not compared yet, so that more may be found in them.
            if is_aligned && !lost.is_empty() {
                best = self.compare(&pairs, &lost);
            } else if !is_aligned {
                self.improve(&mut best, &pairs, &lost);
            }
            if !moved.is_empty() {
                let columns: Columns = lost.into_iter().chain(moved).collect();
                self.improve(&mut best, &pairs, &columns);
            }
        }
        best
    }

    /// Charity: of several ways to compare two tables, the one under which they agree most is right.
    fn improve(&self, best: &mut Vec<Mismatch>, pairs: &[RowPair], columns: &Columns) {
        if !best.is_empty() {
            let found = self.compare(pairs, columns);
            if found.len() < best.len() {
                *best = found;
            }
        }
    }

    fn compare(&self, pairs: &[RowPair], columns: &Columns) -> Vec<Mismatch> {
        let mut found = Vec::new();
        for &pair in pairs {
            let widths = (self.keys.0.of(pair.source).len(), self.keys.1.of(pair.translation).len());
            let mut compare = |here, there| (self.compare)(pair, (here, there), &mut found);
            if let Some(counterparts) = columns.get(&widths) {
                let known = counterparts.iter().enumerate().filter_map(|(here, there)| Some((here, (*there)?)));
                known.for_each(|(here, there)| compare(here, there));
            } else if widths.0 == widths.1 {
                (0..widths.0).for_each(|cell| compare(cell, cell));
            }
        }
        found
    }

    /// The rows, those that share a name paired by it; `None` if all of them are already.
    fn by_name(&self, pairs: &[RowPair]) -> Option<Vec<RowPair>> {
        let aligned: FxHashMap<u32, RowPair> = pairs.iter().map(|pair| (pair.source, *pair)).collect();
        let (mut named, mut taken) = (FxHashMap::<u32, u32>::default(), FxHashSet::default());
        for (row, counterpart) in self.namesakes() {
            if !named.contains_key(&row) && taken.insert(counterpart) {
                named.insert(row, counterpart);
            }
        }
        let mut by_name = Vec::with_capacity(pairs.len());
        for &source in self.keys.0.rows(self.tables.0) {
            let pair = aligned.get(&source).copied();
            match named.get(&source) {
                Some(&translation) => {
                    let same = pair.filter(|pair| pair.translation == translation);
                    by_name.push(same.unwrap_or(RowPair { source, translation, index: None }));
                }
                None => by_name.extend(pair.filter(|pair| !taken.contains(&pair.translation))),
            }
        }
        (by_name != pairs).then_some(by_name)
    }

    /// Rows with the same name, those with most names in common first.
    fn namesakes(&self) -> impl Iterator<Item = (u32, u32)> {
        let names = |keys: &Keys<'_, '_>, table: u32| unique(keys, keys.rows(table));
        let (here, there) = (names(self.keys.0, self.tables.0), names(self.keys.1, self.tables.1));
        let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (name, cells) in here {
            for &(row, column) in &cells {
                // What is in digits may itself be wrong, so that more of the row must agree.
                let is_name = |there: u32| !name.is_number || column == 0 && self.common(row, there) > 1;
                let counterparts = there.get(&name).into_iter().flatten().filter(|(there, _)| is_name(*there));
                for &(counterpart, at) in counterparts {
                    let weight = 1 + u32::from(!name.is_number) + u32::from(at == column);
                    *shared.entry((row, counterpart)).or_default() += weight;
                }
            }
        }
        let mut shared: Vec<((u32, u32), u32)> = shared.into_iter().collect();
        // Stable, so that equals stay in order.
        shared.sort_by_key(|(_, names)| std::cmp::Reverse(*names));
        shared.into_iter().map(|(rows, _)| rows)
    }

    /// The number of different cells that two rows have in common.
    fn common(&self, here: u32, there: u32) -> usize {
        let here: FxHashSet<Key> = self.keys.0.of(here).iter().flatten().copied().collect();
        let there: FxHashSet<Key> = self.keys.1.of(there).iter().flatten().copied().collect();
        here.intersection(&there).count()
    }
}

/// Names of rows, with each row and column: what is in one cell of a column only, below the head.
fn unique(keys: &Keys<'_, '_>, rows: &[u32]) -> FxHashMap<Key, Vec<(u32, usize)>> {
    let mut cells: FxHashMap<(Key, usize), Option<u32>> = FxHashMap::default();
    for &row in rows.iter().skip(1) {
        for (column, key) in keys.of(row).iter().enumerate() {
            if let Some(key) = key {
                cells.entry((*key, column)).and_modify(|row| *row = None).or_insert(Some(row));
            }
        }
    }
    let mut names: FxHashMap<Key, Vec<(u32, usize)>> = FxHashMap::default();
    for ((name, column), row) in cells {
        names.entry(name).or_default().extend(row.map(|row| (row, column)));
    }
    // What is all over the table names nothing.
    names.retain(|_, cells| cells.len() <= MOST_NAMED);
    names
}
