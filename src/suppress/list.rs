//! Finds the text of each item of a list in front matter, so that it can be removed.

use isogloss_document::front_matter::Format;
use isogloss_text::Span;

use crate::rules::{Form, Listing, Name};

/// The listing of the rules that are named at these spans, in order; `None` unless the text of each item is certain.
///
/// It is certain in `[a, "b"]` without comments, and in YAML lists with one item per line.
pub(super) fn listing(text: &str, format: Format, named: &[(Span, Option<usize>)]) -> Option<Listing> {
    let items: Vec<Span> = named.iter().map(|(span, _)| with_quotes(text, *span)).collect();
    let is_sorted = items.is_sorted_by(|a, b| a.end <= b.start);
    if items.is_empty() || !is_sorted || (format == Format::Yaml && has_anchor(&text[..items[0].start as usize])) {
        return None;
    }
    if let Some(whole) = flow(text, &items) {
        let names = named.iter().enumerate().map(|(index, &(span, entry))| {
            let item = items[index];
            let previous = index.checked_sub(1).map(|previous| items[previous]);
            let after_another = previous.map(|previous| Span { start: previous.end, end: item.end });
            let before_another = items.get(index + 1).map(|next| Span { start: item.start, end: next.start });
            Name { span, entry, after_another, before_another }
        });
        return Some(Listing { form: Form::List, whole: Some(whole), names: names.collect() });
    }
    let lines: Option<Vec<Span>> = items.iter().map(|&item| block_line(text, item)).collect();
    let lines = lines.filter(|_| format == Format::Yaml)?;
    let names = named.iter().zip(lines).map(|(&(span, entry), line)| {
        // Without items, a block list is no longer a list.
        Name { span, entry, after_another: Some(line), before_another: Some(line) }
    });
    Some(Listing { form: Form::List, whole: None, names: names.collect() })
}

/// An item including its quotes.
fn with_quotes(text: &str, name: Span) -> Span {
    let before = text[..name.start as usize].chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let is_quoted = before.is_some() && before == text[name.end as usize..].chars().next();
    if is_quoted { Span { start: name.start - 1, end: name.end + 1 } } else { name }
}

/// Whether the text has a YAML anchor, so that a list may also be used elsewhere.
fn has_anchor(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'&', bytes).any(|at| {
        let begins = at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_alphanumeric());
        begins && bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace())
    })
}

/// The text between the brackets of a list, if it contains these items and nothing else.
fn flow(text: &str, items: &[Span]) -> Option<Span> {
    let (first, last) = (items.first()?.start as usize, items.last()?.end as usize);
    let start = text[..first].trim_end();
    let rest = text[last..].trim_start();
    let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    let is_apart = |pair: &[Span]| text[pair[0].end as usize..pair[1].start as usize].trim() == ",";
    let is_list = start.ends_with('[') && rest.starts_with(']') && items.windows(2).all(is_apart);
    is_list.then(|| Span::new(start.len(), text.len() - rest.len()))
}

/// The line of an item, with its line break, if it contains nothing else: `- name # comment`.
fn block_line(text: &str, item: Span) -> Option<Span> {
    let start = text[..item.start as usize].rfind('\n')? + 1;
    let end = item.end as usize + text[item.end as usize..].find('\n')?;
    let mark = text[start..item.start as usize].trim_start().strip_prefix('-')?;
    let rest = &text[item.end as usize..end];
    let is_all = !mark.is_empty() && mark.trim().is_empty();
    let is_end = rest.trim().is_empty() || (rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#'));
    (is_all && is_end).then(|| Span::new(start, end + 1))
}
