//! Byte offsets to lines and columns and back: the only place that knows how.
//!
//! Everything inside the program is a byte [`Span`]; a [`Position`] is made from it when a finding is reported.

use serde::Serialize;

/// A half-open range of bytes in one text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes. Texts are limited to 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// The empty span at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text that the span covers.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }
}

/// A place in a text, for people and editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in Unicode scalar values.
    pub column: u32,
    /// 0-based byte offset from the start of the file.
    pub byte: u32,
}

/// Two places in a text; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Range {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// Where each line of a text begins.
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text`; lines end with `\n`, so that CRLF files count alike.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// 1-based line of a byte offset.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// Byte offset at which a 1-based line starts, or `None` past the last line.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.starts.get((line as usize).checked_sub(1)?).copied()
    }

    /// Number of lines; a text that ends with a newline has an empty last one.
    pub fn lines(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The position of a byte offset in `text`, which must be the text that the index was made from.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let offset = floor_char_boundary(text, offset as usize) as u32;
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        let column = text[start as usize..offset as usize].chars().count() as u32 + 1;
        Position { line, column, byte: offset }
    }

    /// The range of a span in `text`.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }
}

/// The nearest character boundary at or before `offset`, inside `text`.
pub fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_newlines() {
        let text = "naïve\r\n日本 x\n";
        let index = LineIndex::new(text);
        let at = text.find('x').unwrap() as u32;
        assert_eq!(index.position(text, at), Position { line: 2, column: 4, byte: at });
        assert_eq!(index.lines(), 3);
        assert_eq!(index.position(text, text.len() as u32).line, 3);
        assert_eq!(index.line_start(2), Some(8));
        assert_eq!(index.line_start(4), None);
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_is_moved_back() {
        let index = LineIndex::new("é");
        assert_eq!(index.position("é", 1).byte, 0);
        assert_eq!(index.position("é", 9).byte, 2);
    }
}
