//! The scopes of suppressions, in bytes of the document: they depend on the blocks around the comment.

use isogloss_document::{BlockKind, Document};
use isogloss_text::Span;

use crate::rules::Part;

/// The blocks around comments.
pub(super) struct Surroundings<'d> {
    document: &'d Document,
    /// Where the body starts.
    body: u32,
    /// Spans of all blocks with content, by start, and whether a comment can be inside a line of each.
    blocks: Vec<(Span, bool)>,
    /// Their ends, sorted.
    ends: Vec<u32>,
}

impl<'d> Surroundings<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let content = document.blocks.iter().filter(|block| block.kind.is_content());
        let mut blocks: Vec<_> = content.map(|block| (block.span, block.kind != BlockKind::Html)).collect();
        blocks.sort_by_key(|(span, _)| span.start);
        let mut ends: Vec<u32> = blocks.iter().map(|(span, _)| span.end).collect();
        ends.sort_unstable();
        let body = document.front_matter.as_ref().map_or(0, |front| front.span.end);
        Self { document, body, blocks, ends }
    }

    /// From a comment to `end`.
    pub(super) fn from(&self, comment: Span, end: u32) -> Part {
        let before = self.ends.partition_point(|&end| end <= comment.start);
        let gap = before.checked_sub(1).map_or(self.body, |index| self.ends[index]);
        Part { gap, start: comment.start, end }
    }

    /// From a comment to the end of the block that follows; inside a block, to the end of the next line.
    pub(super) fn next(&self, comment: Span) -> Part {
        let text = &self.document.text;
        let started = self.blocks.partition_point(|(span, _)| span.start < comment.start);
        let around = started.checked_sub(1).map(|index| self.blocks[index]);
        if around.is_some_and(|(span, has_lines)| has_lines && span.end > comment.end) {
            let line = self.document.lines().line(comment.end);
            let end = self.document.lines().line_start(line + 2).map_or(text.len() + 1, |start| start as usize);
            return Part { gap: comment.start, start: comment.start, end: end as u32 };
        }
        let next = self.blocks[started..].iter().find(|(span, _)| span.start >= comment.end);
        self.from(comment, next.map_or(self.last(), |(span, _)| span.end))
    }

    /// The end of scopes that reach the end of the document. It is one past the text, to include what is missing at the end.
    pub(super) fn last(&self) -> u32 {
        self.document.text.len() as u32 + 1
    }
}
