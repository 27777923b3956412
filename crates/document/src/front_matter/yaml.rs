//! The line scan for YAML: block mappings with their scalars; everything else is skipped, never misread.

use isogloss_text::Span;

use super::entry::{Entry, LONGEST_KEY};
use super::lines::{Line, Lines};

/// All entries of the YAML in `content`.
pub(super) fn entries(text: &str, content: Span) -> Vec<Entry> {
    let mut scan = Scan {
        lines: Lines::new(text, content),
        maps: Vec::new(),
        pending: None,
        list: None,
        unclosed: false,
        // About as many as there are keys on most pages.
        found: Vec::with_capacity(content.len() / 24),
    };
    while let Some(line) = scan.lines.next() {
        scan.line(line);
    }
    scan.found
}

struct Scan<'text> {
    lines: Lines<'text>,
    /// The open mappings: the indentation of their keys, and their own dotted key with a dot.
    maps: Vec<(usize, String)>,
    /// Index of the previous line's entry, if it has no value: a nested map may follow.
    pending: Option<usize>,
    /// Indentation of a list item: deeper lines belong to it.
    list: Option<usize>,
    /// A flow collection was not closed: later ones end with their line, which keeps the scan linear.
    unclosed: bool,
    found: Vec<Entry>,
}

impl Scan<'_> {
    fn line(&mut self, line: Line<'_>) {
        let content = line.text.trim_start_matches([' ', '\t']);
        let indent = line.text.len() - content.len();
        if content.is_empty() || content.starts_with('#') || self.list.is_some_and(|item| indent > item) {
            return;
        }
        self.list = None;
        if content == "-" || content.starts_with("- ") || content.starts_with("? ") {
            self.list = Some(indent);
            return;
        }
        let pending = self.pending.take();
        while self.maps.last().is_some_and(|(open, _)| *open > indent) {
            self.maps.pop();
        }
        match (self.maps.last(), pending) {
            (Some((open, _)), _) if *open == indent => {}
            (None, _) => self.maps.push((indent, String::new())),
            (Some(_), Some(entry)) => {
                let prefix = format!("{}.", self.found[entry].key);
                self.maps.push((indent, prefix));
            }
            (Some(_), None) => return,
        }
        let Some((key, after)) = split_key(content) else { return };
        let start = line.start + indent;
        let key_span = Span::new(start + key.start, start + key.end);
        let dotted = match self.maps.last() {
            Some((_, prefix)) if !prefix.is_empty() => [prefix, &content[key]].concat(),
            _ => content[key].to_owned(),
        };
        let value = self.value(start + after, line.start + line.text.len(), indent);
        if dotted.len() > LONGEST_KEY {
            return;
        }
        if value.is_empty() {
            self.pending = Some(self.found.len());
        }
        self.found.push(Entry { key: dotted, key_span, value });
    }

    /// The value from `start`, just after the colon, to `end`, the end of the line, or to the end of its continuation lines,
    /// which are skipped.
    fn value(&mut self, start: usize, end: usize, indent: usize) -> Span {
        let text = self.lines.text;
        let mut rest = text[start..end].trim_start();
        while rest.starts_with(['&', '!']) {
            rest = rest.split_once([' ', '\t']).map_or("", |(_, rest)| rest.trim_start());
        }
        let start = end - rest.len();
        match rest.as_bytes().first() {
            None | Some(b'#') => Span::at(start),
            Some(b'|' | b'>') => self.block_scalar(end, indent),
            Some(&quote @ (b'"' | b'\'')) => {
                match closing_quote(&text[start + 1..self.end_of_deeper(end, indent)], quote) {
                    Some(length) => self.closed_at(Span::new(start + 1, start + 1 + length), start + 2 + length),
                    None => Span::new(start + 1, start + rest.trim_end().len().max(1)),
                }
            }
            Some(b'[' | b'{') => {
                let limit = if self.unclosed { end } else { self.lines.end };
                if let Some(length) = flow_length(&text[start..limit]) {
                    self.closed_at(Span::new(start, start + length), start + length)
                } else {
                    self.unclosed = true;
                    Span::new(start, start + rest.trim_end().len())
                }
            }
            Some(_) => self.plain(start, rest, indent),
        }
    }

    /// Continues after the last line of a value that ends at `after`.
    fn closed_at(&mut self, value: Span, after: usize) -> Span {
        if after > self.lines.next_start {
            self.lines.skip_past(after);
        }
        value
    }

    /// The lines of a `|` or `>` scalar after the line that ends at `header_end`.
    fn block_scalar(&mut self, header_end: usize, indent: usize) -> Span {
        let first = self.lines.next_start;
        let end = self.end_of_deeper(header_end, indent);
        self.lines.next_start = self.lines.next_start.max(end);
        let lines = self.lines.text[first.min(end)..end].trim_end();
        let start = end.min(first) + lines.len() - lines.trim_start().len();
        Span::new(start, end.min(first) + lines.len())
    }

    /// A plain scalar, continued by deeper lines.
    fn plain(&mut self, start: usize, rest: &str, indent: usize) -> Span {
        let plain = without_comment(rest);
        let mut end = start + plain.len();
        // Most values end with their line: the next one is not indented.
        let is_last = self.lines.text.as_bytes().get(self.lines.next_start).is_none_or(u8::is_ascii_graphic);
        if !is_last && plain.len() == rest.trim_end().len() {
            let mut ahead = self.lines.clone();
            while let Some(line) = ahead.next() {
                let content = line.text.trim_start();
                if content.starts_with('#') || (!content.is_empty() && line.text.len() - content.len() <= indent) {
                    break;
                }
                if !content.is_empty() {
                    end = line.start + line.text.len() - content.len() + without_comment(content).len();
                    self.lines.next_start = ahead.next_start;
                }
            }
        }
        Span::new(start, end)
    }

    /// The end of the lines after `line_end` that are empty or indented deeper than `indent`.
    fn end_of_deeper(&self, line_end: usize, indent: usize) -> usize {
        let mut ahead = self.lines.clone();
        let mut end = line_end;
        while let Some(line) = ahead.next() {
            let content = line.text.trim_start_matches([' ', '\t']);
            if !content.is_empty() && line.text.len() - content.len() <= indent {
                break;
            }
            end = ahead.next_start;
        }
        end
    }
}

/// The key, without quotes, in a line without indentation, and the offset after its colon.
fn split_key(content: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let bytes = content.as_bytes();
    let ends_key = |colon: usize| matches!(bytes.get(colon + 1), None | Some(b' ' | b'\t'));
    match bytes[0] {
        quote @ (b'"' | b'\'') => {
            let length = closing_quote(&content[1..], quote)?;
            let after = &content[length + 2..];
            let colon = content.len() - after.trim_start().len();
            (bytes.get(colon) == Some(&b':') && ends_key(colon)).then_some((1..length + 1, colon + 1))
        }
        b'[' | b']' | b'{' | b'}' | b',' | b'&' | b'*' | b'!' | b'|' | b'>' | b'%' | b'@' | b'`' | b':' => None,
        _ => {
            let colon = memchr::memchr_iter(b':', bytes).find(|&at| ends_key(at))?;
            let key = content[..colon].trim_end();
            (without_comment(key) == key).then_some((0..key.len(), colon + 1))
        }
    }
}

/// The length of a quoted text up to its closing quote; `None` if it is not closed.
pub(super) fn closing_quote(inside: &str, quote: u8) -> Option<usize> {
    let bytes = inside.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote => {
                // In single quotes, a doubled quote is an escaped one.
                if quote == b'"' || bytes.get(at + 1) != Some(&quote) {
                    return Some(at);
                }
                at += 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The length of a flow collection with its brackets; `None` if it is not closed.
fn flow_length(flow: &str) -> Option<usize> {
    let bytes = flow.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            // An apostrophe inside a word opens nothing.
            quote @ (b'"' | b'\'')
                if at > 0 && matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b',' | b'[' | b'{' | b':') =>
            {
                at += closing_quote(&flow[at + 1..], quote)? + 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// A plain scalar's line without ` # comment` and trailing white space.
fn without_comment(line: &str) -> &str {
    let bytes = line.as_bytes();
    let comment = memchr::memchr_iter(b'#', bytes).find(|&at| at == 0 || matches!(bytes[at - 1], b' ' | b'\t'));
    line[..comment.unwrap_or(line.len())].trim_end()
}
