//! The line of a configuration file that has a problem, with its neighbours, truncated for display.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::sanitize::replacement;
use isogloss_text::{self, floor_char_boundary};

/// How many bytes are shown before, of and after the problem, each.
const WIDEST: usize = 120;
/// Marks truncated text.
const ELLIPSIS: char = '…';

/// The lines around a problem, as displayed.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// `path:line:column`, shown in the frame.
    place: String,
    text: String,
    /// From 0.
    first_line: usize,
    /// What to underline, in bytes of `text`.
    pub mark: Range<usize>,
}

impl Excerpt {
    /// The excerpt for `range`, which is on one line, in the file at `path`, which contains `source`.
    pub(super) fn new(path: &str, source: &str, range: isogloss_text::Range) -> Self {
        let at = floor_char_boundary(source, range.start.byte as usize);
        let start = source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = source[at..].find('\n').map_or(source.len(), |newline| at + newline);
        let mut text = String::new();
        let mut first_line = range.start.line as usize - 1;
        if let Some(before) = source[..start].strip_suffix('\n') {
            first_line -= 1;
            push(&mut text, before.rsplit('\n').next().unwrap_or_default());
            text.push('\n');
        }
        let line = source[start..end].trim_end();
        let (at, mark_end) = ((at - start).min(line.len()), (range.end.byte as usize).clamp(at, end) - start);
        let mark_end = floor_char_boundary(line, mark_end.clamp(at, at + WIDEST));
        let from = floor_char_boundary(line, at.saturating_sub(WIDEST));
        if from > 0 {
            text.push(ELLIPSIS);
        }
        text.extend(line[from..at].chars().map(shown));
        let mark_start = text.len();
        text.extend(line[at..mark_end].chars().map(shown));
        let mark = mark_start..text.len();
        push(&mut text, &line[mark_end..]);
        if let Some(after) = source.get(end + 1..).filter(|after| !after.is_empty()) {
            text.push('\n');
            push(&mut text, after.split('\n').next().unwrap_or_default());
        }
        let path: String = path.chars().map(replacement).collect();
        Self { place: format!("{path}:{}:{}", range.start.line, range.start.column), text, first_line, mark }
    }
}

/// Appends the start of a line.
fn push(text: &mut String, line: &str) {
    let line = line.trim_end();
    let end = floor_char_boundary(line, WIDEST);
    text.extend(line[..end].chars().map(shown));
    if end < line.len() {
        text.push(ELLIPSIS);
    }
}

/// Replaces a character that a terminal would interpret, except tabs, which miette expands.
fn shown(c: char) -> char {
    if c == '\t' { c } else { replacement(c) }
}

impl SourceCode for Excerpt {
    /// Always the whole excerpt, however much context is requested.
    fn read_span<'a>(
        &'a self,
        _: &SourceSpan,
        _: usize,
        _: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        Ok(Box::new(MietteSpanContents::new_named(
            self.place.clone(),
            self.text.as_bytes(),
            SourceSpan::new(0.into(), self.text.len()),
            self.first_line,
            0,
            self.text.lines().count(),
        )))
    }
}
