//! The line scan for TOML: tables with their values; multi-line strings and arrays are stepped over.

use isogloss_text::Span;

use super::entry::{Entry, LONGEST_KEY};
use super::lines::Lines;

/// All entries of the TOML in `content`.
pub(super) fn entries(text: &str, content: Span) -> Vec<Entry> {
    let mut lines = Lines::new(text, content);
    let mut found = Vec::new();
    // The table's dotted name with its dot; `None` inside an array of tables, whose keys have several values.
    let mut table = Some(String::new());
    // How far a value may reach; after an array that is not closed, to the end of its line, or this would be quadratic.
    let mut limit = content.end as usize;
    while let Some(line) = lines.next() {
        let trimmed = line.text.trim_start();
        let start = line.start + line.text.len() - trimmed.len();
        if trimmed.starts_with("[[") {
            table = None;
        } else if let Some(header) = trimmed.strip_prefix('[') {
            table = header.split_once(']').map(|(name, _)| dotted(name) + ".");
        } else if let (Some(prefix), Some((key, value))) = (&table, trimmed.split_once('='))
            && !key.starts_with('#')
            && !key.trim().is_empty()
        {
            let written = key.trim_end();
            let name = written.trim_matches(['"', '\'']);
            let name_start = start + written.find(name).unwrap_or(0);
            let value_start = start + key.len() + 1 + value.len() - value.trim_start().len();
            let line_end = line.start + line.text.len();
            let (value, after) = read_value(text, value_start, line_end, limit.max(line_end));
            if after == line_end && text[value_start..line_end].starts_with('[') {
                limit = line_end;
            }
            if prefix.len() + written.len() <= LONGEST_KEY {
                let key = format!("{prefix}{}", dotted(written));
                found.push(Entry { key, key_span: Span::new(name_start, name_start + name.len()), value });
            }
            if after > lines.next_start {
                lines.skip_past(after);
            }
        }
    }
    found
}

/// A dotted key without quotes and spaces around its parts.
fn dotted(key: &str) -> String {
    let parts: Vec<&str> = key.split('.').map(|part| part.trim().trim_matches(['"', '\''])).collect();
    parts.join(".")
}

/// The value from `start` on a line that ends at `line_end`, and the offset after it.
fn read_value(text: &str, start: usize, line_end: usize, limit: usize) -> (Span, usize) {
    let rest = &text[start..limit];
    for (fence, escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        if let Some(inside) = rest.strip_prefix(fence) {
            let within = if fence.len() == 3 { inside } else { &inside[..line_end - start - 1] };
            if let Some(length) = string_length(within, fence, escapes) {
                let first = start + fence.len();
                return (Span::new(first, first + length), first + length + fence.len());
            }
        }
    }
    let line = &text[start..line_end];
    if line.starts_with('[')
        && let Some(length) = array_length(rest)
    {
        return (Span::new(start, start + length), start + length);
    }
    let value = line.split('#').next().unwrap_or(line).trim_end();
    (Span::new(start, start + value.len()), line_end)
}

/// The length of a string up to its closing quotes.
fn string_length(inside: &str, fence: &str, escapes: bool) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at..].starts_with(fence.as_bytes()) {
            return Some(at);
        }
        at += if escapes && bytes[at] == b'\\' { 2 } else { 1 };
    }
    None
}

/// The length of an array with its brackets.
fn array_length(array: &str) -> Option<usize> {
    let bytes = array.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'[' => depth += 1,
            b']' if depth <= 1 => return Some(at + 1),
            b']' => depth -= 1,
            b'#' => at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at - 1),
            quote @ (b'"' | b'\'') => {
                let fence = if quote == b'"' { "\"" } else { "'" };
                at += string_length(&array[at + 1..], fence, quote == b'"')? + 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}
