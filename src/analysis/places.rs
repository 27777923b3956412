//! The place where something that one side lacks is expected there.

use isogloss_document::{BlockKind, Document};
use isogloss_text::Span;

/// The counterpart of a block, and whether it is in another position.
type PairOf<'d> = &'d dyn Fn(u32) -> Option<(u32, bool)>;

/// The places of blocks that one side lacks, requested in reading order, so that no block is visited twice.
pub(super) struct Places<'d> {
    there: &'d Document,
    pair: PairOf<'d>,
    /// Number of blocks on the other side.
    count: u32,
    /// Blocks before this one were visited.
    seen: u32,
    /// The counterpart of the last of those with a counterpart in the same position.
    before: Option<u32>,
    /// No block between the last requested one and this one has a counterpart.
    next: u32,
    /// The place after the last requested counterpart.
    behind: Option<(u32, Span)>,
}

impl<'d> Places<'d> {
    /// Places in `there` of blocks of a document that has `count` of them.
    pub(super) fn new(there: &'d Document, pair: PairOf<'d>, count: u32) -> Self {
        Self { there, pair, count, seen: 0, before: None, next: 0, behind: None }
    }

    /// The place where a block is expected: on the line after the preceding text, or else before the following text.
    pub(super) fn of(&mut self, block: u32) -> Span {
        for seen in self.seen..block {
            self.before = (self.pair)(seen).filter(|(_, moved)| !moved).map(|(there, _)| there).or(self.before);
        }
        self.seen = self.seen.max(block);
        if let Some(neighbour) = self.before {
            return self.behind(neighbour);
        }
        self.next = self.next.max(block + 1);
        while self.next < self.count && (self.pair)(self.next).is_none() {
            self.next += 1;
        }
        match (self.pair)(self.next) {
            Some((neighbour, _)) => {
                let lines = self.there.lines();
                let line = lines.line(self.there.blocks[neighbour as usize].span.start);
                Span::at(lines.line_start(line).unwrap_or(0) as usize)
            }
            None => Span::at(self.there.front_matter.as_ref().map_or(0, |front| front.span.end as usize)),
        }
    }

    /// The line after a block of the other side.
    fn behind(&mut self, neighbour: u32) -> Span {
        if let Some((_, place)) = self.behind.filter(|(known, _)| *known == neighbour) {
            return place;
        }
        let block = &self.there.blocks[neighbour as usize];
        let at = self.next_line(block.span.end);
        let is_below_head = block.kind == BlockKind::TableRow && is_delimiter(&self.there.text[at as usize..]);
        let place = Span::at(if is_below_head { self.next_line(at) } else { at } as usize);
        self.behind = Some((neighbour, place));
        place
    }

    /// The start of the line after the one that contains `at`.
    fn next_line(&self, at: u32) -> u32 {
        let lines = self.there.lines();
        lines.line_start(lines.line(at) + 1).unwrap_or(self.there.text.len() as u32)
    }
}

/// Whether a text starts with the delimiter row of a table.
fn is_delimiter(text: &str) -> bool {
    let line = text.bytes().take_while(|byte| *byte != b'\n');
    let mut has_dash = false;
    for byte in line {
        match byte {
            b'-' => has_dash = true,
            b'|' | b':' | b' ' | b'\t' | b'\r' => {}
            _ => return false,
        }
    }
    has_dash
}
