//! `isogloss: {ignore: [RULE]}` in front matter, for the whole document.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use toml::de::{DeTable, DeValue};

use super::list;
use super::named::add;
use crate::rules::{Scope, Suppressions};
use isogloss_document::Document;
use isogloss_document::front_matter::Format;
use isogloss_text::{Span, floor_char_boundary};

/// The key for everything addressed to isogloss.
const KEY: &str = "isogloss";
/// The key below it that lists the rules to suppress.
const IGNORE: &str = "ignore";

/// A value, as far as it matters here, with its range in bytes of the front matter's content.
enum Value {
    Map(Vec<(String, Span, Value, Span)>),
    List(Vec<(Value, Span)>),
    Text(String),
    Other,
}

/// Reads the key, if the document has it. Another rule reports front matter that does not parse.
pub(super) fn read(document: &Document, found: &mut Suppressions) {
    let Some(front) = &document.front_matter else { return };
    // The line scan already knows whether the key exists. It usually does not, and nothing is parsed again.
    let nested = |key: &str| key.strip_prefix(KEY).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let toml_table = || front.format == Format::Toml && front.content.slice(&document.text).contains(KEY);
    if !front.entries.iter().any(|entry| nested(&entry.key)) && !toml_table() {
        return;
    }
    if let Err(problem) = front.check_limits(&document.text) {
        return found.mistake(problem.span, format!("{}; the key `{KEY}` has no effect", problem.message));
    }
    let content = front.content.slice(&document.text);
    let value = match front.format {
        Format::Yaml => yaml(content),
        Format::Toml => toml(content),
    };
    let Some((value, span)) = value else { return };
    let mut reader = Reader { start: front.content.start as usize, text: &document.text, format: front.format, found };
    reader.settings(value, span);
}

struct Reader<'r> {
    /// Where the content starts.
    start: usize,
    text: &'r str,
    format: Format,
    found: &'r mut Suppressions,
}

impl Reader<'_> {
    fn settings(&mut self, value: Value, span: Span) {
        let Value::Map(entries) = value else {
            return self.mistake(span, "`isogloss` in front matter must be a map; write `isogloss: {ignore: [RULE]}`");
        };
        for (key, key_span, value, span) in entries {
            match (&*key, value) {
                (IGNORE, Value::List(rules)) => self.rules(&rules),
                (IGNORE, _) => self.mistake(span, "`ignore` must be a list of rules; write `[RULE]`"),
                _ => self
                    .mistake(key_span, format!("unknown key `{key}` of `isogloss` in front matter; expected `ignore`")),
            }
        }
    }

    fn rules(&mut self, rules: &[(Value, Span)]) {
        let named: Vec<_> = rules.iter().map(|(rule, span)| self.rule(rule, *span)).collect();
        let Some(named) = named.into_iter().collect::<Option<Vec<_>>>() else { return };
        self.found.listings.extend(list::listing(self.text, self.format, &named));
    }

    /// Adds one rule. Returns where it is named, if that is certain, and its index.
    fn rule(&mut self, rule: &Value, span: Span) -> Option<(Span, Option<usize>)> {
        let Value::Text(name) = rule else {
            self.mistake(span, "rule id must be a string");
            return None;
        };
        let mut span = self.place(span);
        // The parsers include the quotes, and one of them includes what follows.
        let at = span.slice(self.text).find(name);
        if let Some(at) = at {
            span = Span::new(span.start as usize + at, span.start as usize + at + name.len());
        }
        let index = add(self.found, name, span, Scope::Document);
        at.map(|_| (span, index))
    }

    fn mistake(&mut self, span: Span, message: impl Into<String>) {
        let span = self.place(span);
        self.found.mistake(span, message);
    }

    /// Converts a span of the content to a span of the document, truncated to its first line.
    fn place(&self, span: Span) -> Span {
        let start = floor_char_boundary(self.text, self.start + span.start as usize);
        let end = floor_char_boundary(self.text, self.start + span.end as usize).max(start);
        let line = self.text[start..end].lines().next().unwrap_or_default();
        Span::new(start, start + line.trim_end().len())
    }
}

fn yaml(content: &str) -> Option<(Value, Span)> {
    let documents = MarkedYaml::load_from_str(content).ok()?;
    let YamlData::Mapping(map) = &documents.first()?.data else { return None };
    let (_, node) = map.iter().find(|(key, _)| key.data.as_str() == Some(KEY))?;
    // The parser counts characters, not bytes.
    let bytes: Vec<usize> = content.char_indices().map(|(byte, _)| byte).collect();
    Some(of_yaml(node, &bytes))
}

fn of_yaml(node: &MarkedYaml<'_>, bytes: &[usize]) -> (Value, Span) {
    let byte = |index: usize| bytes.get(index).or(bytes.last()).map_or(0, |&byte| byte);
    let start = byte(node.span.start.index());
    let span = Span::new(start, byte(node.span.end.index()).max(start));
    let value = match &node.data {
        YamlData::Mapping(map) => Value::Map(
            map.iter()
                .map(|(key, value)| {
                    let name = key.data.as_str().unwrap_or_default().to_owned();
                    let ((_, key), (value, span)) = (of_yaml(key, bytes), of_yaml(value, bytes));
                    (name, key, value, span)
                })
                .collect(),
        ),
        YamlData::Sequence(items) => Value::List(items.iter().map(|item| of_yaml(item, bytes)).collect()),
        YamlData::Value(Scalar::String(text)) => Value::Text(text.clone().into_owned()),
        _ => Value::Other,
    };
    (value, span)
}

fn toml(content: &str) -> Option<(Value, Span)> {
    let table = DeTable::parse(content).ok()?;
    let (_, value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == KEY)?;
    Some((of_toml(value.get_ref()), Span::new(value.span().start, value.span().end)))
}

fn of_toml(value: &DeValue<'_>) -> Value {
    let span = |range: std::ops::Range<usize>| Span::new(range.start, range.end.max(range.start));
    match value {
        DeValue::Table(table) => Value::Map(
            table
                .iter()
                .map(|(key, value)| {
                    (key.get_ref().to_string(), span(key.span()), of_toml(value.get_ref()), span(value.span()))
                })
                .collect(),
        ),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| (of_toml(item.get_ref()), span(item.span()))).collect())
        }
        DeValue::String(text) => Value::Text(text.to_string()),
        _ => Value::Other,
    }
}
