//! The rows of the table: which blocks share one, which findings belong to it, and whether it is shown.

use std::collections::BinaryHeap;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::finding::Finding;
use isogloss_align::{Alignment, Pair};
use isogloss_document::{BlockKind, Document};

/// Blocks that are shown next to each other. Both documents are in their own order: a moved block has a separate row at each of
/// its two positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Blocks of the reference; empty if the translation has something extra.
    pub left: Range<u32>,
    /// Blocks of the translation; empty if it lacks something.
    pub right: Range<u32>,
    /// For moved blocks, the first counterpart on the other side.
    pub elsewhere: Option<u32>,
    /// Indexes of the findings about it.
    pub findings: Vec<usize>,
}

impl Row {
    fn new(left: Range<u32>, right: Range<u32>) -> Self {
        Self { left, right, elsewhere: None, findings: Vec::new() }
    }

    /// Whether it contains a heading.
    pub(super) fn is_heading(&self, reference: &Document, translation: &Document) -> bool {
        let is_heading = |document: &Document, blocks: &Range<u32>| {
            !blocks.is_empty() && matches!(document.blocks[blocks.start as usize].kind, BlockKind::Heading(_))
        };
        is_heading(reference, &self.left) || is_heading(translation, &self.right)
    }
}

/// All rows, in reading order.
pub(super) fn rows(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Row> {
    let mut rows = Vec::with_capacity(alignment.pairs.len());
    let (mut left, mut right) = (0, 0);
    let in_order: Vec<&Pair> = alignment.pairs.iter().filter(|pair| !pair.moved).collect();
    for (index, pair) in in_order.iter().enumerate() {
        // A pair that crosses the next one is treated as moved, even if it is not marked so.
        let leaps = in_order.get(index + 1).is_some_and(|next| next.translation.start < pair.translation.start);
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

/// The blocks between two rows: first those of the reference.
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

/// Attaches findings to the rows that they are about, and returns the others, which are about the whole document.
pub(super) fn attach(
    rows: &mut [Row],
    reference: &Document,
    translation: &Document,
    findings: &[Finding],
) -> Vec<usize> {
    let mut of_the_whole = Vec::new();
    let here = findings.iter().map(|finding| Some(finding.range));
    // Missing text has no block in the translation, but one in the reference.
    let there = findings.iter().map(|finding| finding.related.first().map(|related| related.range));
    let (here, there) = (holding(translation, here), holding(reference, there));
    let of_blocks = |blocks: fn(&Row) -> &Range<u32>| -> FxHashMap<u32, usize> {
        // If two rows contain a block, the first one gets the finding.
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

/// The innermost block that contains the start of each range, if any; `None` for empty ranges.
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
    // Blocks that have started, the last one on top. Those that have ended are dropped when they reach the top.
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

/// A part of the table: a row that is shown, or a number of rows that are not.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A row; whether it is only context for others.
    Row { index: usize, is_context: bool },
    /// Hidden rows without findings.
    Fold { blocks: usize },
}

/// Selects what to show: rows with findings, blocks that moved or have no counterpart, one row of context around them, and the
/// heading above; with `all`, everything.
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
        // A line that says that one row is hidden would be less useful than the row.
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

/// Which rows are relevant: they have findings, moved, or lack something that a reader would miss.
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
