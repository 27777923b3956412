//! Tables that both sides have, with a column that one side lacks.

use super::fault::{Fault, FaultKind, Side};
use isogloss_align::Alignment;
use isogloss_document::{Block, BlockKind, Document};
use isogloss_text::Span;

/// Columns that one side lacks: one fault per column, at the first row of the table, or at the only row that differs.
pub(super) fn columns(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    for pair in &alignment.pairs {
        let (source, here) = (pair.source.start, pair.translation.start);
        let (a, b) = (&reference.blocks[source as usize], &translation.blocks[here as usize]);
        if a.kind != BlockKind::TableRow || b.kind != BlockKind::TableRow {
            continue;
        }
        let (x, y) = (width(a), width(b));
        let (Some(table), true) = (b.table, x != y) else { continue };
        // The other rows of the table lack the same column.
        if last == Some((table, x)) {
            continue;
        }
        last = Some((table, x));
        let (side, blocks) = if x > y { (Side::Missing, vec![source]) } else { (Side::Extra, vec![here]) };
        let column = if x > y {
            odd_column((reference, a), (translation, b))
        } else {
            odd_column((translation, b), (reference, a))
        };
        let place = if x > y { b.span } else { a.span };
        faults.push(Fault {
            kind: FaultKind::Column(side, column),
            blocks,
            place: Span::new(place.start as usize, place.end as usize),
            confidence: None,
        });
    }
    faults
}

fn width(row: &Block) -> usize {
    (row.cells.1 - row.cells.0) as usize
}

/// The column of the wider row, from 1, without which the rest matches the narrower row best, by cell lengths.
pub(super) fn odd_column(wide: (&Document, &Block), narrow: (&Document, &Block)) -> u32 {
    let lengths = |(document, row): (&Document, &Block)| -> Vec<f32> {
        let plain = document.plain.as_str();
        document.cells_of(row).iter().map(|cell| (cell.plain.slice(plain).chars().count() as f32 + 2.0).ln()).collect()
    };
    let (wide, narrow) = (lengths(wide), lengths(narrow));
    // Up to the missing column, cells are in step; after it, they are shifted by one.
    let sums = |further: usize| -> Vec<f64> {
        let differences = wide.iter().skip(further).zip(&narrow).map(|(a, b)| f64::from((a - b).abs()));
        let sums = differences.scan(0.0, |sum, difference| {
            *sum += difference;
            Some(*sum)
        });
        std::iter::once(0.0).chain(sums).collect()
    };
    let (in_step, further) = (sums(0), sums(1));
    let up_to = |sums: &[f64], column: usize| sums[column.min(sums.len() - 1)];
    let cost = |left_out: usize| up_to(&in_step, left_out) + up_to(&further, usize::MAX) - up_to(&further, left_out);
    // Ties go to the last one, because columns are usually lost at the end.
    (0..wide.len()).rev().min_by(|&a, &b| cost(a).total_cmp(&cost(b))).map_or(1, |column| column as u32 + 1)
}
