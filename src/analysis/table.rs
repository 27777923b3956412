//! Tables that both sides have, with a column that one side lacks.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::fault::{Fault, FaultKind, Side};
use isogloss_align::Alignment;
use isogloss_document::{Block, BlockKind, Cell, Document};
use isogloss_text::Span;

/// Added to the cost of pairing cells with different figures, as if one were seven times as long as the other.
const OTHER_FIGURES: f64 = 2.0;

/// Rows of a table that lack the same column, each with its counterpart.
struct Uneven {
    table: u32,
    widths: (usize, usize),
    rows: Vec<(u32, u32)>,
}

/// Columns that one side lacks: one fault per column, at the first row of the table, or at the only row that differs.
pub(super) fn columns(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Fault> {
    let mut uneven: Vec<Uneven> = Vec::new();
    for pair in &alignment.pairs {
        let rows = (pair.source.start, pair.translation.start);
        let (a, b) = (&reference.blocks[rows.0 as usize], &translation.blocks[rows.1 as usize]);
        if a.kind != BlockKind::TableRow || b.kind != BlockKind::TableRow {
            continue;
        }
        let widths = (width(a), width(b));
        let (Some(table), true) = (b.table, widths.0 != widths.1) else { continue };
        match uneven.last_mut().filter(|last| (last.table, last.widths.0) == (table, widths.0)) {
            // The other rows of the table lack the same column.
            Some(last) if last.widths == widths => last.rows.push(rows),
            Some(_) => {}
            None => uneven.push(Uneven { table, widths, rows: vec![rows] }),
        }
    }
    let fault = |uneven: Uneven| {
        let (source, here) = uneven.rows[0];
        let is_missing = uneven.widths.0 > uneven.widths.1;
        let (side, block, place) = if is_missing {
            (Side::Missing, source, translation.blocks[here as usize].span)
        } else {
            (Side::Extra, here, reference.blocks[source as usize].span)
        };
        let column = if is_missing {
            odd_column((reference, translation), uneven.rows.iter().copied())
        } else {
            odd_column((translation, reference), uneven.rows.iter().map(|&(source, here)| (here, source)))
        };
        Fault {
            kind: FaultKind::Column(side, column as u32 + 1),
            blocks: vec![block],
            place: Span::new(place.start as usize, place.end as usize),
            confidence: None,
        }
    };
    uneven.into_iter().map(fault).collect()
}

fn width(row: &Block) -> usize {
    (row.cells.1 - row.cells.0) as usize
}

/// The column of the wider rows, from 0, without which the rest matches the narrower ones best, by lengths and figures of
/// cells. The rows of one side have the same width.
pub(super) fn odd_column((wide, narrow): (&Document, &Document), rows: impl Iterator<Item = (u32, u32)>) -> usize {
    // For each column of the narrow side, the costs of pairing its cells in step, and shifted by one.
    let mut costs: Vec<[f64; 2]> = Vec::new();
    for (a, b) in rows {
        let cells = |document: &Document, row: u32| -> Vec<Contents> {
            document.cells_of(&document.blocks[row as usize]).iter().map(|cell| Contents::of(document, *cell)).collect()
        };
        let (wide, narrow) = (cells(wide, a), cells(narrow, b));
        costs.resize(narrow.len(), [0.0; 2]);
        for (column, (cell, costs)) in narrow.iter().zip(&mut costs).enumerate() {
            for (cost, there) in costs.iter_mut().zip(wide.iter().skip(column)) {
                *cost += cell.distance(there);
            }
        }
    }
    // Up to the missing column, cells are in step; after it, they are shifted by one.
    let mut cost: f64 = costs.iter().map(|[_, shifted]| shifted).sum();
    let mut best = (cost, 0);
    for (column, [in_step, shifted]) in costs.into_iter().enumerate() {
        cost += in_step - shifted;
        // Ties go to the last one, because columns are usually lost at the end.
        if cost <= best.0 {
            best = (cost, column + 1);
        }
    }
    best.1
}

/// What is compared of a cell.
struct Contents {
    length: f64,
    digits: String,
    hash: u64,
}

impl Contents {
    fn of(document: &Document, cell: Cell) -> Self {
        let plain = cell.plain.slice(document.plain.as_str());
        let mut hasher = FxHasher::default();
        cell.span.slice(&document.text).trim().hash(&mut hasher);
        Self {
            length: (plain.chars().count() as f64 + 2.0).ln(),
            digits: plain.chars().filter(char::is_ascii_digit).collect(),
            hash: hasher.finish(),
        }
    }

    fn distance(&self, other: &Self) -> f64 {
        if self.hash == other.hash {
            return 0.0;
        }
        let figures = if self.digits == other.digits { 0.0 } else { OTHER_FIGURES };
        (self.length - other.length).abs() + figures
    }
}
