//! Lines with their offsets.

use isogloss_text::Span;

/// One line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'text> {
    /// Byte offset of its first character in the whole text.
    pub start: usize,
    /// Without its line break.
    pub text: &'text str,
}

/// The lines of a part of a text, with their offsets in the whole.
#[derive(Debug, Clone)]
pub(super) struct Lines<'text> {
    pub text: &'text str,
    pub next_start: usize,
    pub end: usize,
}

impl<'text> Lines<'text> {
    pub(super) fn new(text: &'text str, part: Span) -> Self {
        Self { text, next_start: part.start as usize, end: part.end as usize }
    }

    /// Continues with the line after the one that contains the byte before `offset`.
    pub(super) fn skip_past(&mut self, offset: usize) {
        let rest = &self.text.as_bytes()[offset..self.end];
        self.next_start = memchr::memchr(b'\n', rest).map_or(self.end, |at| offset + at + 1);
    }
}

impl<'text> Iterator for Lines<'text> {
    type Item = Line<'text>;

    fn next(&mut self) -> Option<Line<'text>> {
        if self.next_start >= self.end {
            return None;
        }
        let start = self.next_start;
        let rest = &self.text[start..self.end];
        let (line, next) = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(at) => (&rest[..at], start + at + 1),
            None => (rest, self.end),
        };
        self.next_start = next;
        Some(Line { start, text: line.strip_suffix('\r').unwrap_or(line) })
    }
}
