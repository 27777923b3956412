//! The state of masking: which spans are overwritten, and which constructs were found.

use std::borrow::Cow;
use std::cmp::Reverse;

use isogloss_text::Span;

use crate::block::BlockKind;
use crate::syntax::Syntax;

/// Replaces each byte of an inline construct that is not prose.
pub(crate) const OBJECT: u8 = 0x1A;
/// Replaces each byte that a reader does not see.
pub(crate) const NOTHING: u8 = 0x1C;

/// A construct on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Start of its thematic break, where the parser reports it.
    pub at: u32,
    /// What the construct covers.
    pub span: Span,
    /// The kind of block that it becomes.
    pub kind: BlockKind,
    /// Its name: `NOTE`, `alert`, `Tabs`.
    pub name: Span,
    /// Its visible texts: titles and labels.
    pub titles: Vec<Span>,
}

/// A text with its dialects masked.
#[derive(Debug)]
pub(crate) struct Masked<'t> {
    /// As long as the original.
    pub text: Cow<'t, str>,
    /// Whether multibyte characters are masked, so that a character boundary of `text` may not be one in the original.
    pub splits: bool,
    /// Constructs on lines of their own, in text order.
    pub marks: Vec<Mark>,
    /// Explicit ids inside lines, in text order.
    pub ids: Vec<Span>,
}

/// The state of masking one text.
pub(super) struct Masker<'t> {
    pub text: &'t str,
    fills: Vec<Fill>,
    pub marks: Vec<Mark>,
    pub ids: Vec<Span>,
    pub syntax: Syntax,
    /// The byte that may open an inline construct, as found by the last search.
    opening: usize,
    /// The line of the last lookup.
    line: Option<Line>,
    /// The next of each of [`CLOSES`], as found by the last search.
    closes: [Option<usize>; CLOSES.len()],
}

/// Bytes that close inline constructs.
const CLOSES: [u8; 2] = [b'}', b']'];

/// The bounds of a line, kept because a line may have thousands of constructs.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    /// Start of its text, after container markers.
    text: usize,
    end: usize,
}

/// Bytes to overwrite: a whole construct, which begins and ends with ASCII, or the start of one.
struct Fill {
    span: Span,
    /// ASCII, written first.
    lead: &'static str,
    /// ASCII, written over every other byte except line ends.
    rest: u8,
}

impl<'t> Masker<'t> {
    /// Starts with nothing masked; constructs begin at `from` or later.
    pub(super) fn new(text: &'t str, from: usize, syntax: Syntax) -> Self {
        let (fills, marks, ids) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, fills, marks, ids, syntax, opening: from, line: None, closes: [None; CLOSES.len()] }
    }

    /// Overwrites all constructs.
    pub(super) fn finish(mut self) -> Masked<'t> {
        let (text, splits) = self.masked();
        Masked { text, splits, marks: self.marks, ids: self.ids }
    }

    /// The masked text, and whether multibyte characters are masked.
    fn masked(&mut self) -> (Cow<'t, str>, bool) {
        if self.fills.is_empty() {
            return (self.text.into(), false);
        }
        // Of those with the same start, marks first, then the longest.
        self.fills.sort_unstable_by_key(|fill| (fill.span.start, fill.lead.is_empty(), Reverse(fill.span.end)));
        let mut masked = String::with_capacity(self.text.len());
        let mut splits = false;
        for Fill { span, lead, rest } in &self.fills {
            let (start, end) = (span.start as usize, span.end as usize);
            if masked.len() < end {
                // The previous fill may end inside this one, even inside a character.
                masked.push_str(self.text.get(masked.len()..start).unwrap_or_default());
                masked.push_str(lead.get(masked.len() - start..).unwrap_or_default());
                let over = |byte: &u8| if matches!(byte, b'\n' | b'\r') { *byte } else { *rest };
                let covered = &self.text.as_bytes()[masked.len()..end];
                splits |= !covered.is_ascii();
                masked.extend(covered.iter().map(over).map(char::from));
            }
        }
        masked.push_str(&self.text[masked.len()..]);
        (masked.into(), splits)
    }

    /// The first byte in `at..end` that may open an inline construct. Searches past `end`, since most lines have none.
    pub(super) fn opening(&mut self, at: usize, end: usize) -> Option<usize> {
        if self.opening <= at {
            let bytes = self.text.as_bytes();
            let next = |from: usize| {
                let found = memchr::memchr3(b'{', b'[', b'<', &bytes[from..]);
                found.map_or(bytes.len(), |found| from + found)
            };
            // Most brackets belong to links, and elements are the parser's without JSX.
            let is_other = |at: usize| match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'['), after) => !matches!(after, Some(b'!' | b'^')),
                (Some(b'<'), after) => {
                    !self.syntax.has_jsx()
                        && !after.is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b' '))
                }
                _ => false,
            };
            let mut found = next(at);
            while is_other(found) {
                found = next(found + 1);
            }
            self.opening = found;
        }
        (self.opening < end).then_some(self.opening)
    }

    /// End of the line at `at`: the offset of its newline, or the end of the text.
    pub(super) fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length)
    }

    /// Start of the line at `at`.
    pub(super) fn line_start(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
    }

    /// Overwrites the bytes of a span with an ASCII byte, except line ends.
    pub(super) fn fill(&mut self, span: Span, with: u8) {
        self.fills.push(Fill { span, lead: "", rest: with });
    }

    /// Replaces the construct at `span`, which is alone on its lines, with a thematic break, and lists it.
    pub(super) fn lone(&mut self, span: Span, kind: BlockKind, name: Span, titles: Vec<Span>) {
        self.fill(span, b' ');
        let start = self.line_start(span.start as usize);
        let prefix = &self.text[start..span.start as usize];
        // The break of an indented component must not turn into indented code; in a list, the indentation is the list's.
        let at = if !self.syntax.has_indented_code()
            && columns(prefix) >= 4
            && !prefix.contains('>')
            && !self.in_list(start)
        {
            start
        } else {
            span.start as usize
        };
        if at + 3 <= span.end as usize {
            self.write(at, "***");
            self.marks.push(Mark { at: at as u32, span, kind, name, titles });
        }
    }

    /// Writes ASCII at `at`, on top of any fill.
    pub(super) fn write(&mut self, at: usize, lead: &'static str) {
        self.fills.push(Fill { span: Span::new(at, at + lead.len()), lead, rest: b' ' });
    }

    /// Whether the construct at `span` is alone on its lines, apart from container markers.
    pub(super) fn is_lone(&mut self, span: Span) -> bool {
        let begins = span.len() >= 3 && span.start as usize <= self.line_at(span.start as usize).text;
        begins && self.text[span.end as usize..].lines().next().is_none_or(|rest| rest.trim_start().is_empty())
    }

    /// The line at `at`.
    fn line_at(&mut self, at: usize) -> Line {
        if let Some(line) = self.line.filter(|line| (line.start..=line.end).contains(&at)) {
            return line;
        }
        let (start, end) = (self.line_start(at), self.line_end(at));
        let marks = self.text[start..end].bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        *self.line.insert(Line { start, text: start + marks, end })
    }

    /// Start of the line at `at`, remembered for the next lookup.
    pub(super) fn line_of(&mut self, at: usize) -> usize {
        self.line_at(at).start
    }

    /// The first `byte`, one of [`CLOSES`], from `at` to the end of the line.
    pub(super) fn close(&mut self, at: usize, byte: u8) -> Option<usize> {
        let end = self.line_at(at).end;
        let index = CLOSES.iter().position(|close| *close == byte)?;
        let known = self.closes[index].filter(|close| *close >= at);
        let close = known.unwrap_or_else(|| {
            let found = memchr::memchr(byte, &self.text.as_bytes()[at..]);
            found.map_or(self.text.len(), |length| at + length)
        });
        self.closes[index] = Some(close);
        Some(close).filter(|close| *close < end)
    }

    /// Whether a line may belong to a list: going up, a list marker comes before any line without indentation.
    fn in_list(&self, line: usize) -> bool {
        let mut at = line;
        for _ in 0..200 {
            if at == 0 {
                return false;
            }
            let start = self.line_start(at - 1);
            let above = &self.text[start..at - 1];
            if list_marker(above.trim_start().as_bytes()).is_some() {
                return true;
            }
            if !above.trim().is_empty() && !above.starts_with([' ', '\t']) {
                return false;
            }
            at = start;
        }
        false
    }

    /// Replaces the admonition at `span` with a list item, since its content is indented by four columns.
    pub(super) fn admonition(&mut self, span: Span, name: Span, titles: Vec<Span>) {
        self.fill(span, b' ');
        let at = span.start as usize;
        self.write(at, "-   ***");
        self.marks.push(Mark { at: at as u32 + 4, span, kind: BlockKind::Callout, name, titles });
    }
}

/// Length of the list marker at the start of a line.
pub(super) fn list_marker(line: &[u8]) -> Option<usize> {
    let number = match line.first()? {
        b'-' | b'*' | b'+' => 0,
        b'0'..=b'9' => line.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => return None,
    };
    let is_marked = number == 0 || (number < 10 && matches!(line.get(number), Some(b'.' | b')')));
    (is_marked && matches!(line.get(number + 1), None | Some(b' ' | b'\t' | b'\r'))).then_some(number + 1)
}

/// Width of leading white space in columns, with tab stops of four.
fn columns(prefix: &str) -> usize {
    prefix.bytes().fold(0, |column, byte| if byte == b'\t' { (column / 4 + 1) * 4 } else { column + 1 })
}
