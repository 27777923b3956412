//! Byte offsets to lines and columns and back.
//!
//! Everything inside the program is a byte [`Span`]; only output has [`Position`]s, and only editors [`Utf16Position`]s.

use std::sync::OnceLock;

use serde::Serialize;

use crate::span::{Span, floor_char_boundary};

/// A place in a text, as people and most tools count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// 1-based line.
    pub line: u32,
    /// 1-based column, in Unicode scalar values.
    pub column: u32,
    /// 0-based byte offset from the start of the file.
    pub byte: u32,
}

/// A place in a text as the Language Server Protocol counts it by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Utf16Position {
    /// 0-based line.
    pub line: u32,
    /// 0-based column, in UTF-16 code units.
    pub column: u32,
}

/// The lines and columns of a span; `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Range {
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
}

/// The start of each line of a text. Lines end with `\n`, which includes CRLF; a lone carriage return does not end a line.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    characters: Counter,
    /// Characters that UTF-16 encodes as surrogate pairs.
    pairs: Counter,
}

/// Maximum number of bytes that one lookup counts once the whole text is counted.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Finds the line starts of `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts, characters: Counter::new(characters), pairs: Counter::new(pairs) }
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
        let column = self.characters.between(text, start as usize, offset as usize) + 1;
        Position { line, column, byte: offset }
    }

    /// The position of a byte offset in `text`, which must be the text of the index, in UTF-16 code units.
    pub fn utf16_position(&self, text: &str, offset: u32) -> Utf16Position {
        let offset = floor_char_boundary(text, offset as usize);
        let line = self.line(offset as u32);
        let start = self.starts[line as usize - 1] as usize;
        let column = self.characters.between(text, start, offset) + self.pairs.between(text, start, offset);
        Utf16Position { line: line - 1, column }
    }

    /// The range of a span in `text`.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }
}

/// Counts characters of some kind in a text.
#[derive(Debug, Clone)]
struct Counter {
    count: fn(&[u8]) -> u32,
    /// Their number before each [`STRIDE`] bytes of the text, counted on the first lookup far inside a line.
    before: OnceLock<Vec<u32>>,
}

impl Counter {
    fn new(count: fn(&[u8]) -> u32) -> Self {
        Self { count, before: OnceLock::new() }
    }

    /// Their number between two offsets on the same line.
    fn between(&self, text: &str, from: usize, to: usize) -> u32 {
        let bytes = text.as_bytes();
        if to - from <= 4 * STRIDE {
            return (self.count)(&bytes[from..to]);
        }
        let counts = self.before.get_or_init(|| {
            let chunks = bytes.chunks(STRIDE).scan(0, |before, chunk| {
                *before += (self.count)(chunk);
                Some(*before)
            });
            std::iter::once(0).chain(chunks).collect()
        });
        let before = |offset: usize| {
            let stride = offset / STRIDE;
            counts[stride] + (self.count)(&bytes[stride * STRIDE..offset])
        };
        before(to) - before(from)
    }
}

/// Number of characters that begin in some bytes of a text.
fn characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

/// Number of those that UTF-16 encodes as surrogate pairs: they are four bytes long.
fn pairs(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte >= 0xF0).count() as u32
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
    fn columns_far_inside_a_line_agree_with_counting() {
        let text = format!("é\n{}", "aé日🀰 ".repeat(2000));
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices().step_by(97).skip(1) {
            let column = text[3..at].chars().count() as u32 + 1;
            assert_eq!(index.position(&text, at as u32), Position { line: 2, column, byte: at as u32 });
            let column = text[3..at].encode_utf16().count() as u32;
            assert_eq!(index.utf16_position(&text, at as u32), Utf16Position { line: 1, column });
        }
    }

    #[test]
    fn an_offset_inside_a_character_or_past_the_end_moves_back() {
        let index = LineIndex::new("é");
        assert_eq!(index.position("é", 1).byte, 0);
        assert_eq!(index.position("é", 9).byte, 2);
    }

    #[test]
    fn utf16_columns_count_code_units() {
        let text = "a🀰é\r\n日🀰\n\n🀰";
        let index = LineIndex::new(text);
        for (offset, line, column) in [
            (0, 0, 0),
            (1, 0, 1),
            (5, 0, 3),
            (7, 0, 4),
            (9, 1, 0),
            (12, 1, 1),
            (16, 1, 3),
            (17, 2, 0),
            (18, 3, 0),
            (22, 3, 2),
        ] {
            assert_eq!(index.utf16_position(text, offset), Utf16Position { line, column }, "{offset}");
        }
        // Inside a character, inside CRLF, past the end.
        for (offset, line, column) in [(3, 0, 1), (8, 0, 5), (99, 3, 2)] {
            assert_eq!(index.utf16_position(text, offset), Utf16Position { line, column }, "{offset}");
        }
    }
}
