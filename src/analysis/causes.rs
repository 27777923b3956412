//! Mismatches in a table that have one cause, and are one finding: cells that shifted, and columns with other contents.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::keys::digits;
use super::mismatch::{Cause, Extent, Mismatch};
use super::readings::Reading;
use isogloss_document::Document;

/// Minimum number of rows in which a whole column differs for one reason.
const LEAST_ROWS: usize = 3;
/// Minimum number of differing cells of a column that shifted: two may be exchanged.
const LEAST_SHIFTED: usize = 3;

/// Only this many values of a cell are compared, because it may have thousands.
const MOST_COMPARED: usize = 4;

/// The mismatches of a cell, by index, with the values of all readings on each side.
#[derive(Default)]
struct Cell {
    row: u32,
    mismatches: Vec<usize>,
    source: Vec<String>,
    translation: Vec<String>,
    /// Whether the translation has something for everything that the reference has.
    is_other: bool,
}

/// Joins mismatches in tables that have one cause. They are in the order of the reference.
pub(super) fn settle((source, translation): (&Document, &Document), mismatches: &mut [Mismatch]) {
    let mut cells: BTreeMap<(u32, u32, usize), Vec<Cell>> = BTreeMap::new();
    for (index, mismatch) in mismatches.iter().enumerate() {
        let here = source.blocks[mismatch.source_block as usize].table;
        let there = translation.blocks[mismatch.translation_block as usize].table;
        let (Some(here), Some(there), None) = (here, there, mismatch.doubt) else { continue };
        let column = cells.entry((here, there, mismatch.cell)).or_default();
        if column.last().is_none_or(|cell| cell.row != mismatch.source_block) {
            column.push(Cell { row: mismatch.source_block, is_other: true, ..Cell::default() });
        }
        if let Some(cell) = column.last_mut() {
            cell.mismatches.push(index);
            cell.source.extend(mismatch.source.as_ref().map(|reading| value(source, reading)));
            cell.translation.extend(mismatch.translation.as_ref().map(|reading| value(translation, reading)));
            cell.is_other &= mismatch.translation.is_some();
        }
    }
    if cells.is_empty() {
        return;
    }
    let mut rows: FxHashMap<u32, usize> = FxHashMap::default();
    translation.blocks.iter().filter_map(|block| block.table).for_each(|table| *rows.entry(table).or_default() += 1);
    for ((_, there, _), column) in &cells {
        // Without the head.
        let rows = rows.get(there).map_or(0, |rows| rows - 1);
        let is_whole = column.len() >= LEAST_ROWS && column.len() * 4 >= rows * 3;
        if is_whole && column.iter().all(|cell| cell.is_other) {
            join(mismatches, column.iter(), Extent::Column);
        } else {
            for run in shifted(column).filter(|run| run.len() >= LEAST_SHIFTED) {
                join(mismatches, run.iter(), Extent::Column);
            }
        }
    }
    let mut rows: BTreeMap<u32, Vec<Cell>> = BTreeMap::new();
    for cell in cells.into_values().flatten() {
        rows.entry(cell.row).or_default().push(cell);
    }
    for mut row in rows.into_values() {
        row.retain(|cell| cell.mismatches.iter().any(|&index| mismatches[index].cause != Cause::Covered));
        let links = row.windows(2);
        let count =
            |follows: fn(&Cell, &Cell) -> bool| links.clone().filter(|pair| follows(&pair[0], &pair[1])).count();
        let most = count(forth).max(count(back));
        if most > 0 && most * 2 >= links.len() {
            join(mismatches, row.iter(), Extent::Row);
        }
    }
}

/// Whether a cell of the translation has what the one before it in the reference has.
fn forth(before: &Cell, after: &Cell) -> bool {
    has_common(&before.source, &after.translation)
}

/// Whether a cell of the translation has what the one after it in the reference has.
fn back(before: &Cell, after: &Cell) -> bool {
    has_common(&before.translation, &after.source)
}

fn has_common(here: &[String], there: &[String]) -> bool {
    let few = &here[..here.len().min(MOST_COMPARED)];
    few.iter().any(|value| there.iter().take(MOST_COMPARED).any(|other| other == value))
}

/// Runs of differing cells that shifted, all in one direction, or single cells. A row with the same figure as its neighbor
/// does not differ, and does not end a run.
fn shifted(cells: &[Cell]) -> impl Iterator<Item = &[Cell]> {
    let mut rest = cells;
    std::iter::from_fn(move || {
        let run = |follows: fn(&Cell, &Cell) -> bool| {
            1 + rest.windows(2).take_while(|pair| follows(&pair[0], &pair[1])).count()
        };
        let (run, left) = rest.split_at_checked(run(forth).max(run(back)))?;
        rest = left;
        Some(run)
    })
}

/// Reports the mismatches of some cells with the first one.
fn join<'c>(mismatches: &mut [Mismatch], cells: impl Iterator<Item = &'c Cell>, mut extent: Extent) {
    let (mut first, mut more) = (None, 0);
    for &index in cells.flat_map(|cell| &cell.mismatches) {
        match mismatches[index].cause {
            Cause::Covered => continue,
            Cause::Single => more += 1,
            Cause::First(others, _) => {
                more += 1 + others;
                extent = Extent::Columns;
            }
        }
        mismatches[index].cause = Cause::Covered;
        first = first.or(Some(index));
    }
    if let Some(first) = first {
        mismatches[first].cause = if more > 1 { Cause::First(more - 1, extent) } else { Cause::Single };
    }
}

/// The digits of a reading, or else its value in words.
fn value(document: &Document, reading: &Reading) -> String {
    let digits = digits(&reading.said, reading.span.slice(&document.text));
    if digits.is_empty() { reading.said.clone() } else { digits }
}
