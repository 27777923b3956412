//! Syntax errors in front matter, found by the real parsers.

use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_yaml::Value;

use isogloss_text::{Span, floor_char_boundary};

use super::entry::{Format, FrontMatter};
use super::problem::Problem;
use super::{limits, plain};

/// The first syntax error of front matter, as the real parsers see it.
pub(super) fn validate(front_matter: &FrontMatter, text: &str) -> Result<(), Problem> {
    let content = front_matter.content;
    match front_matter.format {
        Format::Yaml => yaml(front_matter, text, content.slice(text)),
        Format::Toml => {
            limits::toml(text, content)?;
            toml::from_str::<toml::Table>(content.slice(text)).map(drop).map_err(|error| {
                let place = error.span().unwrap_or(0..0);
                let start = floor_char_boundary(text, content.start as usize + place.start);
                let end = floor_char_boundary(text, content.start as usize + place.end).max(start);
                let message = error.message().replace('\n', ", ");
                Problem {
                    span: Span::new(start, end),
                    message: format!("the front matter is not valid TOML: {message}"),
                }
            })
        }
    }
}

fn yaml(front_matter: &FrontMatter, text: &str, content: &str) -> Result<(), Problem> {
    if plain::is_plain(front_matter, content) {
        return Ok(());
    }
    limits::yaml(text, front_matter.content)?;
    let Err(error) = serde_yaml::from_str::<Top>(content) else { return Ok(()) };
    let start = front_matter.content.start as usize;
    let written = error.to_string();
    if let Some(key) = written.strip_prefix("duplicate key: ").map(|rest| cut(rest, " at line "))
        && let Some(second) = front_matter.entries.iter().filter(|entry| entry.key == key).nth(1)
    {
        return Err(Problem { span: second.key_span, message: format!("duplicate key `{key}`") });
    }
    if written.starts_with("found unexpected end of stream")
        && let Some(quote) = unclosed_quote(front_matter, text)
    {
        let message = "the front matter is not valid YAML: this quote is not closed".to_owned();
        return Err(Problem { span: quote, message });
    }
    let offset = error.location().map_or(0, |place| offset_of(content, place.line(), place.column()));
    let at = floor_char_boundary(text, start + offset);
    let reason = explain(cut(&written, " at line "));
    Err(Problem { span: Span::at(at), message: format!("the front matter is not valid YAML: {reason}") })
}

/// The first value with an opening quote but no closing one, including the quote.
fn unclosed_quote(front_matter: &FrontMatter, text: &str) -> Option<Span> {
    let spans = front_matter.entries.iter().filter_map(|entry| {
        let start = (entry.value.start as usize).checked_sub(1)?;
        let quote = *text.as_bytes().get(start)?;
        let closed = text.as_bytes().get(entry.value.end as usize) == Some(&quote);
        (matches!(quote, b'"' | b'\'') && !closed).then(|| Span::new(start, entry.value.end as usize))
    });
    spans.min_by_key(|span| span.start)
}

/// The parser's message, or a clearer one for frequent mistakes.
fn explain(reason: &str) -> &str {
    match reason {
        "mapping values are not allowed in this context" => {
            "a value that contains a colon followed by a space must be quoted"
        }
        "found character that cannot start any token" => {
            "a value that starts with this character must be quoted, and tabs cannot indent"
        }
        "did not find expected key" => "a key is expected here; is a quote before it not closed, or doubled?",
        "could not find expected ':'" => "the previous line is not `key: value`",
        other => other,
    }
}

/// `text` up to `mark`.
fn cut<'text>(text: &'text str, mark: &str) -> &'text str {
    text.split_once(mark).map_or(text, |(before, _)| before)
}

/// Byte offset of a 1-based line and column, in characters.
fn offset_of(content: &str, line: usize, column: usize) -> usize {
    let start: usize = content.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &content[start..];
    let before = column.saturating_sub(1);
    start + rest.char_indices().nth(before).map_or(rest.len(), |(at, _)| at)
}

/// A mapping with any values, or nothing.
pub(super) struct Top;

impl<'de> Deserialize<'de> for Top {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TopVisitor)
    }
}

struct TopVisitor;

impl<'de> Visitor<'de> for TopVisitor {
    type Value = Top;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("lines of `key: value`")
    }

    fn visit_unit<E>(self) -> Result<Top, E> {
        Ok(Top)
    }

    // Content of comments alone arrives as this.
    fn visit_none<E>(self) -> Result<Top, E> {
        Ok(Top)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Top, A::Error> {
        let mut seen: FxHashSet<Value> = FxHashSet::default();
        while let Some(key) = map.next_key::<Value>()? {
            map.next_value::<IgnoredAny>()?;
            if let Some(key) = seen.replace(key) {
                let key = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
                return Err(serde::de::Error::custom(format_args!("duplicate key: {key}")));
            }
        }
        Ok(Top)
    }
}
