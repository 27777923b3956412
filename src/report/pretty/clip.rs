//! The lines of a document that a snippet shows, truncated to the terminal's width around the underlined text.
//!
//! Documents have lines of many thousand characters (table rows, paragraphs in one line), in any script. Columns are
//! those of a terminal, where a wide character takes two and a combining mark none.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::sanitize::replacement;
use isogloss_text::{self, floor_char_boundary};

/// Maximum lines shown of a range.
const MOST_LINES: usize = 3;
/// Replacement of a tab.
const TAB: &str = "    ";
/// Columns between the middle of an underline and its label: `╰──┤ `.
const LABEL_INDENT: usize = 5;
/// An underline with more columns than this has its label near its start rather than in its middle.
const LONG_MARK: usize = 32;
/// Columns of the start of a long underline under whose middle the label hangs.
const HOOK: usize = 16;
/// A label is given this many columns of one line before it is wrapped.
const LABEL_ROOM: usize = 40;
/// A narrower label is not wrapped.
const LEAST_LABEL: usize = 16;
/// Columns of the bracket of a multi-line range.
const BRACKET: usize = 4;
/// Characters per column at which a line counts as full: combining marks have no width, and there may be any number.
const CHARACTERS_PER_COLUMN: usize = 4;

/// Lines of a document as shown: without tabs and unsafe characters, and no wider than the available width.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Clip {
    /// The lines, without a newline at the end.
    pub text: String,
    /// 1-based number of the first.
    pub first_line: u32,
    /// 1-based number of the last.
    pub last_line: u32,
    /// What to underline, in bytes of `text`.
    pub mark: Range<usize>,
    /// Where in `mark` the part ends under whose middle the label hangs: the whole, unless that is long.
    pub hook: usize,
    /// The label in lines that fit.
    pub label: String,
}

/// The available width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room<'a> {
    /// Columns for the text.
    pub columns: usize,
    /// The sign for truncated text.
    pub ellipsis: &'a str,
}

impl Room<'_> {
    fn without(self, columns: usize) -> Self {
        Self { columns: self.columns.saturating_sub(columns), ..self }
    }
}

/// The lines of `source` around `range`; `None` if there is nothing to show: an empty range at the start of the file
/// means the whole file, and a range outside the text means that the text has changed.
pub(super) fn clip(source: &str, range: isogloss_text::Range, label: &str, room: Room<'_>) -> Option<Clip> {
    let (start, end) = (range.start.byte as usize, range.end.byte as usize);
    if end == 0 || end > source.len() || start > end {
        return None;
    }
    let start = floor_char_boundary(source, start);
    let end = floor_char_boundary(source, end);
    let marked = &source[start..end];
    let kept = marked.trim();
    // Ranges of blocks may include the line's end; an underline must not.
    let (start, end) = if kept.is_empty() {
        (start, start)
    } else {
        let lead = marked.len() - marked.trim_start().len();
        (start + lead, start + lead + kept.len())
    };
    let skipped = source[floor_char_boundary(source, range.start.byte as usize)..start].matches('\n').count();
    let line = range.start.line + skipped as u32;
    if source[start..end].contains('\n') {
        Some(clip_lines(source, start..end, line, label, room))
    } else {
        Some(clip_line(source, start..end, line, label, room))
    }
}

/// One line, with the line before it if something is to be inserted.
fn clip_line(source: &str, mark: Range<usize>, line: u32, label: &str, room: Room<'_>) -> Clip {
    let (start, end) = line_around(source, mark.start);
    let mut text = String::new();
    let mut first_line = line;
    if mark.is_empty() && source[start..mark.start].trim().is_empty() {
        let before = lines_before(source, start);
        first_line -= before.len() as u32;
        for line in before {
            push_start(&mut text, line, room);
            text.push('\n');
        }
    }
    let fitted = fit(&source[start..end], &(mark.start - start..mark.end - start), label.width(), room);
    let mark = text.len() + fitted.mark.start..text.len() + fitted.mark.end;
    let hook = text.len() + fitted.hook;
    text.push_str(&fitted.text);
    if mark.is_empty() && mark.end == text.len() {
        // A caret needs a character to point at.
        text.push(' ');
    }
    let label = wrap(label, room.columns.saturating_sub(fitted.middle + LABEL_INDENT));
    Clip { text, first_line, last_line: line, mark, hook, label }
}

/// The first lines of a multi-line range.
fn clip_lines(source: &str, mark: Range<usize>, line: u32, label: &str, room: Room<'_>) -> Clip {
    let room = room.without(BRACKET);
    let (start, _) = line_around(source, mark.start);
    let (_, end) = line_around(source, mark.end);
    let mut text = String::new();
    let mut start_mark = 0;
    let mut lines = source[start..end].split('\n');
    let mut last_line = line;
    for (index, content) in lines.by_ref().take(MOST_LINES).enumerate() {
        if index > 0 {
            text.push('\n');
            last_line += 1;
        }
        // The last one leaves a column for the sign of truncation.
        let room = if index + 1 == MOST_LINES { room.without(room.ellipsis.width() + 1) } else { room };
        push_start(&mut text, content, room);
        if index == 0 {
            // Where the bracket begins is not shown; it must only lie in the first line.
            start_mark = floor_char_boundary(&text, (mark.start - start).min(text.len().saturating_sub(1)));
        }
    }
    if lines.next().is_some() && !text.ends_with(room.ellipsis) {
        text.push(' ');
        text.push_str(room.ellipsis);
    }
    let mark = start_mark..text.len();
    let (hook, label) = (mark.end, wrap(label, room.columns.saturating_sub(BRACKET)));
    Clip { text, first_line: line, last_line, mark, hook, label }
}

/// Start and end of the line that contains `offset`, without trailing whitespace.
fn line_around(source: &str, offset: usize) -> (usize, usize) {
    let start = source[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = source[offset..].find('\n').map_or(source.len(), |at| offset + at);
    (start, offset + source[offset..end].trim_end().len())
}

/// The nearest line with text before the line that starts at `start`, and the blank one between them, if one is.
fn lines_before(source: &str, start: usize) -> Vec<&str> {
    let mut lines = source[..start].split('\n').rev().skip(1).map(str::trim_end);
    match (lines.next(), lines.next()) {
        (Some(near), _) if !near.is_empty() => vec![near],
        (Some(near), Some(far)) if !far.is_empty() => vec![far, near],
        _ => Vec::new(),
    }
}

/// A line truncated around its mark.
struct Fitted {
    text: String,
    mark: Range<usize>,
    /// As in [`Clip`].
    hook: usize,
    /// Column where the label hangs.
    middle: usize,
}

/// The visible part of a line, in bytes and columns.
struct Window {
    start: usize,
    marked_end: usize,
    end: usize,
    left_columns: usize,
    hook_columns: usize,
}

/// Chooses the visible part so that the mark is visible, with text on both sides and its label to the right of its
/// hook.
fn window(line: &str, mark: &Range<usize>, label_columns: usize, room: Room<'_>) -> Window {
    let ellipsis = room.ellipsis.width();
    let (before, after) = (&line[..mark.start], &line[mark.end..]);
    let marked_end = mark.start + fitting_start(&line[mark.clone()], room.columns.saturating_sub(2 * ellipsis));
    // A caret takes a column too.
    let mark_columns = columns(&line[mark.start..marked_end]).max(1);
    let hook_columns = if mark_columns > LONG_MARK.min(room.columns / 2) { HOOK } else { mark_columns };
    let mark_cut = marked_end < mark.end;
    let spare = room.columns.saturating_sub(mark_columns + if mark_cut { ellipsis } else { 0 });
    let hanging = hook_columns / 2 + LABEL_INDENT + label_columns.min(LABEL_ROOM);
    let after_columns = columns(&after[..fitting_start(after, spare)]);
    let left_room = (spare / 2).max(spare - after_columns).min(room.columns.saturating_sub(hanging)).min(spare);

    let mut start = fitting_end(before, left_room);
    if start > 0 {
        start = fitting_end(before, left_room.saturating_sub(ellipsis));
    }
    let left_columns = columns(&line[start..mark.start]) + if start > 0 { ellipsis } else { 0 };
    let mut end = marked_end;
    if !mark_cut {
        let right_room = spare.saturating_sub(left_columns);
        end += fitting_start(after, right_room);
        if end < line.len() {
            end = marked_end + fitting_start(after, right_room.saturating_sub(ellipsis));
        }
    }
    Window { start, marked_end, end, left_columns, hook_columns }
}

/// Truncates a line to the width around its mark.
fn fit(line: &str, mark: &Range<usize>, label_columns: usize, room: Room<'_>) -> Fitted {
    let Window { start, marked_end, end, left_columns, hook_columns } = window(line, mark, label_columns, room);
    let hooked_end = mark.start + fitting_start(&line[mark.start..marked_end], hook_columns);
    let mut text = String::new();
    if start > 0 {
        text.push_str(room.ellipsis);
    }
    push_visible(&mut text, &line[start..mark.start]);
    let mark_start = text.len();
    push_visible(&mut text, &line[mark.start..hooked_end]);
    let hook = text.len();
    push_visible(&mut text, &line[hooked_end..marked_end]);
    let mark_end = text.len();
    push_visible(&mut text, &line[marked_end..end]);
    if end < line.len() {
        text.push_str(room.ellipsis);
    }
    Fitted { text, mark: mark_start..mark_end, hook, middle: left_columns + hook_columns / 2 }
}

/// Appends as much of the start of a line as fits.
fn push_start(text: &mut String, line: &str, room: Room<'_>) {
    let line = line.trim_end();
    let end = fitting_start(line, room.columns);
    if end == line.len() {
        push_visible(text, line);
    } else {
        let end = fitting_start(line, room.columns.saturating_sub(room.ellipsis.width()));
        push_visible(text, &line[..end]);
        text.push_str(room.ellipsis);
    }
}

fn push_visible(text: &mut String, part: &str) {
    for c in part.chars() {
        if c == '\t' {
            text.push_str(TAB);
        } else {
            text.push(replacement(c));
        }
    }
}

/// Columns of a character as shown.
fn column(c: char) -> usize {
    if c == '\t' { TAB.len() } else { replacement(c).width().unwrap_or(0) }
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// Number of bytes of the start of `text` that fit into `room` columns; a character keeps its combining marks.
fn fitting_start(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (count, (at, c)) in text.char_indices().enumerate() {
        used += column(c);
        if used > room || count > room * CHARACTERS_PER_COLUMN {
            return at;
        }
    }
    text.len()
}

/// The byte after which the rest of `text` fits into `room` columns; it is never a combining mark.
fn fitting_end(text: &str, room: usize) -> usize {
    let mut used = 0;
    let mut start = text.len();
    for (count, (at, c)) in text.char_indices().rev().enumerate() {
        let width = column(c);
        used += width;
        if used > room || count > room * CHARACTERS_PER_COLUMN {
            return start;
        }
        if width > 0 || at == 0 {
            start = at;
        }
    }
    start
}

/// The label in lines of at most that many columns, or of [`LEAST_LABEL`].
fn wrap(label: &str, columns: usize) -> String {
    textwrap::wrap(label, columns.max(LEAST_LABEL)).join("\n")
}

#[cfg(test)]
#[path = "clip_tests.rs"]
mod tests;
