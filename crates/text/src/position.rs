//! Byte offsets to lines and columns and back: the only place that knows how.
//!
//! Everything inside the program is a byte [`Span`]; a [`Position`] is made from it when a finding is reported.

use std::sync::OnceLock;

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
    /// How many characters begin before each [`STRIDE`] bytes of the text, counted for the first place far inside a line.
    counts: OnceLock<Vec<u32>>,
}

/// How many bytes are counted for one column at most, once the text has been counted.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Reads the line starts of `text`; lines end with `\n`, so that CRLF files count alike.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts, counts: OnceLock::new() }
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
        let column = self.characters(text, start as usize, offset as usize) + 1;
        Position { line, column, byte: offset }
    }

    /// How many characters stand between two offsets of the same line.
    fn characters(&self, text: &str, from: usize, to: usize) -> u32 {
        if to - from <= 4 * STRIDE {
            return text[from..to].chars().count() as u32;
        }
        let counts = self.counts.get_or_init(|| {
            let chunks = text.as_bytes().chunks(STRIDE).scan(0, |before, chunk| {
                *before += begun(chunk);
                Some(*before)
            });
            std::iter::once(0).chain(chunks).collect()
        });
        let before = |offset: usize| {
            let stride = offset / STRIDE;
            counts[stride] + begun(&text.as_bytes()[stride * STRIDE..offset])
        };
        before(to) - before(from)
    }

    /// The range of a span in `text`.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }
}

/// How many characters begin in some bytes of a text.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
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
    fn columns_far_inside_a_line_are_those_that_counting_gives() {
        let text = format!("é\n{}", "aé日🀰 ".repeat(2000));
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices().step_by(97).skip(1) {
            let column = text[3..at].chars().count() as u32 + 1;
            assert_eq!(index.position(&text, at as u32), Position { line: 2, column, byte: at as u32 });
        }
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_is_moved_back() {
        let index = LineIndex::new("é");
        assert_eq!(index.position("é", 1).byte, 0);
        assert_eq!(index.position("é", 9).byte, 2);
    }
}
