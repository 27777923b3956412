//! Offsets of a text that was cut out of another one line by line.

use std::ops::Range;

use isogloss_text::Span;

/// Maps offsets in a parsed text to the file: sorted pairs of both offsets, for the start of each line.
pub(crate) struct LineMap {
    pub lines: Vec<(usize, usize)>,
}

impl LineMap {
    pub(crate) fn at(&self, local: usize) -> usize {
        let line = self.lines.partition_point(|&(start, _)| start <= local).saturating_sub(1);
        self.lines[line].1 + local - self.lines[line].0
    }

    #[inline]
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        // A whole file is contiguous.
        if let [(start, at)] = self.lines[..] {
            let shift = at - start;
            return Span::new(range.start + shift, range.end.max(range.start) + shift);
        }
        let start = self.at(range.start);
        // The end belongs to the line of the last byte, not to the next one.
        let end = if range.end > range.start { self.at(range.end - 1) + 1 } else { start };
        Span::new(start, end.max(start))
    }
}
