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
#[derive(Debug, Clone, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// Number of characters before each [`STRIDE`] bytes of the text, counted on the first lookup far inside a line.
    counts: OnceLock<Vec<u32>>,
}

/// Maximum number of bytes that one lookup counts once the whole text is counted.
const STRIDE: usize = 1024;

impl LineIndex {
    /// Finds the line starts of `text`.
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

    /// Number of characters between two offsets on the same line.
    fn characters(&self, text: &str, from: usize, to: usize) -> u32 {
        if to - from <= 4 * STRIDE {
            return text[from..to].chars().count() as u32;
        }
        let counts = self.counts.get_or_init(|| {
            let chunks = text.as_bytes().chunks(STRIDE).scan(0, |before, chunk| {
                *before += starts(chunk);
                Some(*before)
            });
            std::iter::once(0).chain(chunks).collect()
        });
        let before = |offset: usize| {
            let stride = offset / STRIDE;
            counts[stride] + starts(&text.as_bytes()[stride * STRIDE..offset])
        };
        before(to) - before(from)
    }

    /// The position of a byte offset in `text`, which must be the text of the index, in UTF-16 code units. Takes time linear in
    /// the length of the line.
    pub fn utf16_position(&self, text: &str, offset: u32) -> Utf16Position {
        let offset = floor_char_boundary(text, offset as usize);
        let line = self.line(offset as u32);
        let before = &text.as_bytes()[self.starts[line as usize - 1] as usize..offset];
        // Characters of four bytes are surrogate pairs.
        let pairs = before.iter().filter(|byte| **byte >= 0xF0).count() as u32;
        Utf16Position { line: line - 1, column: starts(before) + pairs }
    }

    /// The byte offset of a position in `text`, which must be the text of the index. A column past the end of its line is the
    /// end of the line, before its line break; a line past the last one is the end of the text; a column inside a surrogate
    /// pair is the start of its character. Takes time linear in the length of the line.
    pub fn offset_of_utf16(&self, text: &str, position: Utf16Position) -> u32 {
        let Some(&start) = self.starts.get(position.line as usize) else { return text.len() as u32 };
        let next = self.starts.get(position.line as usize + 1).map_or(text.len(), |next| *next as usize);
        let line = &text[start as usize..next];
        let line = line.strip_suffix('\n').map_or(line, |line| line.strip_suffix('\r').unwrap_or(line));
        let mut left = position.column as usize;
        let passed = line.chars().take_while(|c| {
            let fits = c.len_utf16() <= left;
            left = if fits { left - c.len_utf16() } else { 0 };
            fits
        });
        start + passed.map(char::len_utf8).sum::<usize>() as u32
    }

    /// The range of a span in `text`.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range { start: self.position(text, span.start), end: self.position(text, span.end) }
    }
}

/// Number of characters that begin in some bytes of a text.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
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
            let position = Utf16Position { line, column };
            assert_eq!(index.utf16_position(text, offset), position, "{offset}");
            assert_eq!(index.offset_of_utf16(text, position), offset, "{position:?}");
        }
        // Inside a character, inside CRLF, past the end.
        for (offset, line, column) in [(3, 0, 1), (8, 0, 5), (99, 3, 2)] {
            assert_eq!(index.utf16_position(text, offset), Utf16Position { line, column }, "{offset}");
        }
    }

    #[test]
    fn utf16_positions_outside_the_text_move_back_into_it() {
        let text = "a🀰é\r\n日🀰\n\n🀰";
        let index = LineIndex::new(text);
        for (line, column, offset) in
            [(0, 2, 1), (0, 5, 7), (0, 99, 7), (1, 2, 12), (1, 99, 16), (2, 1, 17), (3, 3, 22), (4, 0, 22)]
        {
            assert_eq!(index.offset_of_utf16(text, Utf16Position { line, column }), offset, "{line}:{column}");
        }
        assert_eq!(LineIndex::new("").offset_of_utf16("", Utf16Position { line: 0, column: 1 }), 0);
        assert_eq!(LineIndex::new("a\r").offset_of_utf16("a\r", Utf16Position { line: 0, column: 9 }), 2);
    }
}
