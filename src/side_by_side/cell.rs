//! The text of a block as written in its file, wrapped to the width of a column.

use std::ops::Range;

use textwrap::{WordSplitter, wrap};
use unicode_width::UnicodeWidthStr;

use crate::sanitize::replacement;
use isogloss_document::{BlockKind, Document};

/// Replacement of a tab.
const TAB: &str = "    ";
/// The maximum length in bytes of a mark before a block, such as that of a list item.
const LONGEST_MARK: usize = 16;

/// A line of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The line number in the file, at the start of a block.
    pub number: Option<u32>,
    /// The text, safe for a terminal.
    pub text: String,
    /// The parts that differ from the other side, in bytes of `text`.
    pub marks: Vec<Range<usize>>,
}

/// The lines of some blocks, at most `width` columns wide. `marks` are bytes of the file.
pub(super) fn lines(document: &Document, blocks: Range<u32>, marks: &[Range<u32>], width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        let first = lines.len();
        let shown = Shown::of(document, block, marks);
        shown.wrap(width, &mut lines);
        if lines.len() == first {
            lines.push(Line::default());
        }
        lines[first].number = Some(document.lines_of(&document.blocks[block as usize]).0);
    }
    lines
}

/// Text that is safe for a terminal, with its marked parts.
#[derive(Default)]
struct Shown {
    text: String,
    marks: Vec<Range<usize>>,
}

impl Shown {
    /// The text of a block without the blocks inside it. Code keeps its line breaks; other text becomes one line.
    fn of(document: &Document, block: u32, marks: &[Range<u32>]) -> Self {
        let mut shown = Self::default();
        let span = own_span(document, block);
        let block = &document.blocks[block as usize];
        let keeps_lines = matches!(block.kind, BlockKind::Code | BlockKind::Html | BlockKind::Component);
        if !keeps_lines {
            shown.text.push_str(container_mark(document, span.start));
        }
        let mut line_begins = false;
        let marks = disjoint(marks);
        let mut marks = marks.iter().peekable();
        for (at, c) in document.text[span.clone()].char_indices() {
            let at = (span.start + at) as u32;
            while marks.next_if(|mark| mark.end <= at).is_some() {}
            let is_marked = marks.peek().is_some_and(|mark| mark.contains(&at));
            match c {
                '\n' if keeps_lines => shown.text.push('\n'),
                '\r' if keeps_lines => {}
                '\n' => {
                    shown.push(' ', is_marked);
                    line_begins = true;
                }
                // Quote markers and indentation of continuation lines.
                ' ' | '\t' | '\r' | '>' if line_begins => {}
                _ => {
                    line_begins = false;
                    shown.push(c, is_marked);
                }
            }
        }
        shown
    }

    fn push(&mut self, c: char, is_marked: bool) {
        let start = self.text.len();
        if c == '\t' {
            self.text.push_str(TAB);
        } else {
            self.text.push(replacement(c));
        }
        if is_marked {
            match self.marks.last_mut() {
                Some(mark) if mark.end == start => mark.end = self.text.len(),
                _ => self.marks.push(start..self.text.len()),
            }
        }
    }

    /// Wraps the text, and splits marks that span several lines.
    fn wrap(&self, width: usize, lines: &mut Vec<Line>) {
        // No hyphens are inserted, so that each line is a substring of the text.
        let options = textwrap::Options::new(width.max(2)).word_splitter(WordSplitter::NoHyphenation);
        let mut from = 0;
        for text in wrap(&self.text, options) {
            let start = self.text[from..].find(&*text).map_or(from, |at| from + at);
            let end = (start + text.len()).min(self.text.len());
            from = end;
            let (first, last) = (
                self.marks.partition_point(|mark| mark.end <= start),
                self.marks.partition_point(|mark| mark.start < end),
            );
            let inside = |mark: &Range<usize>| mark.start.max(start) - start..mark.end.min(end) - start;
            let marks = self.marks[first..last.max(first)].iter().map(inside).collect();
            lines.push(Line { number: None, text: text.into_owned(), marks });
        }
    }
}

/// The union of ranges, sorted.
fn disjoint(marks: &[Range<u32>]) -> Vec<Range<u32>> {
    let mut marks: Vec<Range<u32>> = marks.iter().filter(|mark| !mark.is_empty()).cloned().collect();
    marks.sort_unstable_by_key(|mark| mark.start);
    marks.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        if joins {
            last.end = last.end.max(next.end);
        }
        joins
    });
    marks
}

/// A block's bytes up to the first block inside it, without trailing white space.
fn own_span(document: &Document, block: u32) -> Range<usize> {
    let span = document.blocks[block as usize].span.range();
    let child = document.blocks.get(block as usize + 1).filter(|next| next.parent == Some(block));
    let end = child.map_or(span.end, |child| span.end.min(child.span.start as usize).max(span.start));
    span.start..span.start + document.text[span.start..end].trim_end().len()
}

/// The marker before a list item or quote: `- `, `1. `, `> `. A block's span starts after it.
fn container_mark(document: &Document, start: usize) -> &str {
    let lines = document.lines();
    let line = lines.line_start(lines.line(start as u32)).unwrap_or(0) as usize;
    let mark = document.text[line..start].trim_start();
    let is_mark = mark.len() <= LONGEST_MARK
        && mark.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '*' | '+' | '.' | ')' | '>' | '#'));
    if is_mark { mark } else { "" }
}

/// At most `most` lines, plus those with marks. Each gap becomes a line with an ellipsis.
pub(super) fn clip(lines: &[Line], most: usize, ellipsis: &str) -> Vec<Line> {
    let mut clipped: Vec<Line> = Vec::with_capacity(lines.len().min(most + 1));
    let mut is_cut = false;
    for (index, line) in lines.iter().enumerate() {
        let is_last = index + 1 == lines.len();
        if index < most || !line.marks.is_empty() || (is_last && !is_cut) || line.number.is_some() {
            clipped.push(line.clone());
            is_cut = false;
        } else if !is_cut {
            clipped.push(Line { text: ellipsis.to_owned(), ..Line::default() });
            is_cut = true;
        }
    }
    clipped
}

/// The underline for a line: `sign` below its marks; `None` if there are none.
pub(super) fn underline(line: &Line, sign: &str) -> Option<String> {
    let mut under = String::new();
    let mut columns = 0;
    for mark in &line.marks {
        let start = line.text[..mark.start].width();
        let width = line.text[mark.clone()].width();
        under.push_str(&" ".repeat(start.saturating_sub(columns)));
        under.push_str(&sign.repeat(width));
        columns = start + width;
    }
    (columns > 0).then_some(under)
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_document::Syntax;

    fn cell(text: &str, marked: &str, width: usize) -> Vec<String> {
        let document = Document::parse(text.to_owned(), Syntax::Markdown);
        let start = text.find(marked).unwrap() as u32;
        let mark = (!marked.is_empty()).then(|| start..start + marked.len() as u32);
        let lines = lines(&document, 0..document.blocks.len() as u32, mark.as_slice(), width);
        assert!(lines.iter().all(|line| line.text.width() <= width), "{lines:?}");
        let with_marks = |line: &Line| {
            let number = line.number.map_or(String::new(), |number| number.to_string());
            std::iter::once(format!("{number}|{}", line.text))
                .chain(underline(line, "^").map(|under| format!("|{under}")))
        };
        lines.iter().flat_map(with_marks).collect()
    }

    #[test]
    fn text_is_broken_by_columns_and_marks_follow_it() {
        for (text, marked, width, shown) in [
            (
                "Open from 9 am\nto 5 pm.\n",
                "9 am\nto 5 pm",
                12,
                vec!["1|Open from 9", "|          ^", "|am to 5 pm.", "|^^^^^^^^^^"],
            ),
            ("日本語の文を折り返す。\n", "折り", 8, vec!["1|日本語の", "|文を折り", "|    ^^^^", "|返す。"]),
            ("- one\n- two\n", "two", 20, vec!["1|- one", "2|- two", "|  ^^^"]),
            (">[!NOTE]\n>\n> Quoted\n> text.\n", "", 20, vec!["1|>[!NOTE]", "3|> Quoted text."]),
            ("```sh\nsync\n\tnow\n```\n", "", 20, vec!["1|```sh", "|sync", "|    now", "|```"]),
            ("a\u{1B}[31mb\u{202E}\n", "", 20, vec!["1|a␛[31mb\u{FFFD}"]),
            ("Donaudampfschifffahrt\n", "", 8, vec!["1|Donaudam", "|pfschiff", "|fahrt"]),
        ] {
            assert_eq!(cell(text, marked, width), shown, "{text:?}");
        }
    }

    #[test]
    fn long_cells_are_cut_and_keep_what_is_marked() {
        let line = |text: &str, is_marked: bool| {
            let marks = if is_marked { std::iter::once(0..1).collect() } else { Vec::new() };
            Line { number: None, text: text.to_owned(), marks }
        };
        let shown = |lines: Vec<Line>| clip(&lines, 1, "…").into_iter().map(|line| line.text).collect::<String>();
        assert_eq!(shown(vec![line("a", false), line("b", false)]), "ab");
        assert_eq!(shown("abcd".chars().map(|c| line(&c.to_string(), false)).collect()), "a…");
        assert_eq!(shown("abcd".chars().map(|c| line(&c.to_string(), c == 'c')).collect()), "a…cd");
    }
}
