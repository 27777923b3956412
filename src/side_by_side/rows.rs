//! Which blocks stand in one row, what is said of them, and which rows are worth showing.

use std::collections::BinaryHeap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::finding::Finding;
use isogloss_align::{Alignment, Pair};
use isogloss_document::{Document, Kind};

/// Blocks that stand beside each other. Both documents can be read downwards: what stands elsewhere on the other side is a
/// row of its own in each of the two places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Blocks of the reference; empty where the translation has something more.
    pub left: Range<u32>,
    /// Blocks of the translation; empty where it lacks something.
    pub right: Range<u32>,
    /// For blocks that stand elsewhere on the other side, the first of these there.
    pub elsewhere: Option<u32>,
    /// Findings about it, as indexes.
    pub findings: Vec<usize>,
}

impl Row {
    fn new(left: Range<u32>, right: Range<u32>) -> Self {
        Self { left, right, elsewhere: None, findings: Vec::new() }
    }

    /// Whether a heading stands in it.
    pub(super) fn is_heading(&self, reference: &Document, translation: &Document) -> bool {
        let is_heading = |document: &Document, blocks: &Range<u32>| {
            !blocks.is_empty() && matches!(document.blocks[blocks.start as usize].kind, Kind::Heading(_))
        };
        is_heading(reference, &self.left) || is_heading(translation, &self.right)
    }
}

/// All rows, in reading order.
pub(super) fn rows(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Row> {
    let mut rows = Vec::with_capacity(alignment.pairs.len());
    let (mut left, mut right) = (0, 0);
    let beside: Vec<&Pair> = alignment.pairs.iter().filter(|pair| !pair.moved).collect();
    for (index, pair) in beside.iter().enumerate() {
        // A pair in the way of the next one stands elsewhere too, whatever it is called.
        let leaps = beside.get(index + 1).is_some_and(|next| next.translation.start < pair.translation.start);
        if leaps || pair.source.start < left || pair.translation.start < right {
            continue;
        }
        gap(alignment, left..pair.source.start, right..pair.translation.start, &mut rows);
        rows.push(Row::new(pair.source.clone(), pair.translation.clone()));
        (left, right) = (pair.source.end, pair.translation.end);
    }
    let ends = (reference.blocks.len() as u32, translation.blocks.len() as u32);
    gap(alignment, left..ends.0, right..ends.1, &mut rows);
    rows
}

/// Blocks between two rows: those of the reference first.
fn gap(alignment: &Alignment, left: Range<u32>, right: Range<u32>, rows: &mut Vec<Row>) {
    for block in left {
        let elsewhere = alignment.translation_of(block);
        rows.push(Row { elsewhere, ..Row::new(block..block + 1, 0..0) });
    }
    for block in right {
        let elsewhere = alignment.source_of(block);
        rows.push(Row { elsewhere, ..Row::new(0..0, block..block + 1) });
    }
}

/// Gives each row the findings about it; returns those about none: they are about the whole document.
pub(super) fn attach(
    rows: &mut [Row],
    reference: &Document,
    translation: &Document,
    findings: &[Finding],
) -> Vec<usize> {
    let mut of_the_whole = Vec::new();
    let here = findings.iter().map(|finding| Some(finding.range));
    // What is missing is at no block of the translation, but at one of the reference.
    let there = findings.iter().map(|finding| finding.related.first().map(|related| related.range));
    let (here, there) = (holding(translation, here), holding(reference, there));
    let of_blocks = |blocks: fn(&Row) -> &Range<u32>| -> FxHashMap<u32, usize> {
        // Of two rows that hold a block, the first is its own.
        rows.iter().enumerate().rev().flat_map(|(row, it)| blocks(it).clone().map(move |block| (block, row))).collect()
    };
    let (left, right) = (of_blocks(|row| &row.left), of_blocks(|row| &row.right));
    for (index, (here, there)) in here.into_iter().zip(there).enumerate() {
        let row = here.and_then(|block| right.get(&block)).or_else(|| left.get(&there?)).copied();
        match row {
            Some(row) => rows[row].findings.push(index),
            None => of_the_whole.push(index),
        }
    }
    of_the_whole
}

/// The innermost block that each of some ranges begins in, if any; in an empty range, nothing begins.
fn holding(document: &Document, ranges: impl Iterator<Item = Option<isogloss_text::Range>>) -> Vec<Option<u32>> {
    let mut wanted: Vec<(u32, usize)> = Vec::new();
    let mut count = 0;
    for (index, range) in ranges.enumerate() {
        count = index + 1;
        wanted.extend(range.filter(|range| range.start.byte < range.end.byte).map(|range| (range.start.byte, index)));
    }
    wanted.sort_unstable();
    let mut begun: Vec<(u32, u32)> =
        document.blocks.iter().enumerate().map(|(index, block)| (block.span.start, index as u32)).collect();
    begun.sort_unstable();
    let mut begun = begun.into_iter().peekable();
    // Blocks that have begun, the last on top; those that have ended are dropped when they come to be looked at.
    let mut open = BinaryHeap::new();
    let mut found = vec![None; count];
    for (at, index) in wanted {
        while let Some((_, block)) = begun.next_if(|(start, _)| *start <= at) {
            open.push(block);
        }
        while open.peek().is_some_and(|&block| document.blocks[block as usize].span.end <= at) {
            open.pop();
        }
        found[index] = open.peek().copied();
    }
    found
}

/// A part of the table: rows that are shown, or a number of them that are not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A row; whether it is only there to show where the others are.
    Row { index: usize, is_context: bool },
    /// Rows that nothing is said of.
    Fold { blocks: usize },
}

/// What is shown: rows with findings, blocks that stand elsewhere or have no counterpart, one row around them and the heading
/// above; with `all`, everything.
pub(super) fn fold(rows: &[Row], reference: &Document, translation: &Document, all: bool) -> Vec<Part> {
    let about = about(rows, reference, translation);
    let mut shown = about.clone();
    let mut heading = None;
    for index in 0..rows.len() {
        if rows[index].is_heading(reference, translation) {
            heading = Some(index);
        }
        if about[index] {
            let near = index.saturating_sub(1)..(index + 2).min(rows.len());
            near.chain(heading).for_each(|near| shown[near] = true);
        }
    }
    let mut parts = Vec::new();
    let mut index = 0;
    while index < rows.len() {
        let hidden = (index..rows.len()).take_while(|&row| !shown[row] && !all).count();
        // A line that says that one row was left out tells less than the row.
        if hidden > 1 {
            parts.push(Part::Fold { blocks: hidden });
            index += hidden;
        } else {
            parts.push(Part::Row { index, is_context: !about[index] });
            index += 1;
        }
    }
    parts
}

/// Which rows are about something: they have findings, stand elsewhere, or lack what a reader would miss.
fn about(rows: &[Row], reference: &Document, translation: &Document) -> Vec<bool> {
    let matters = |document: &Document, blocks: &Range<u32>| {
        blocks.clone().any(|block| document.blocks[block as usize].kind.is_content())
    };
    let is_about = |row: &Row| {
        let lacks = match (row.left.is_empty(), row.right.is_empty()) {
            (true, _) => matters(translation, &row.right),
            (_, true) => matters(reference, &row.left),
            _ => false,
        };
        !row.findings.is_empty() || row.elsewhere.is_some() || lacks
    };
    rows.iter().map(is_about).collect()
}
