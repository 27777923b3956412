//! Reads the text of a configuration file into its raw form, collecting all errors in its structure.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, ScanError, YamlData, YamlLoader};
use saphyr_parser::Parser;

use super::error::Fault;
use super::preset;
use super::raw::{RawChanges, RawConfig, RawOverride, RawRoots, RawRules, Spanned};
use super::resolved::FailOn;
use crate::nearest::suggestion;
use crate::rules::Level;
use isogloss_document::yaml::{self, DEEPEST_CONFIGURATION};
use isogloss_text::Span;

/// Reads as much of `text` as possible, and returns it with all errors in its structure.
pub(super) fn read(text: &str) -> (RawConfig, Vec<Fault>) {
    let mut reader = Reader { places: Places::new(text), faults: Vec::new() };
    let documents = reader.load(text);
    if let Some(second) = documents.get(1) {
        reader.fault(second, "configuration must be a single YAML document");
    }
    let config = documents.first().map(|node| reader.config(node)).unwrap_or_default();
    (config, reader.faults)
}

/// The keys of the file, in the order of the documentation.
pub(super) const KEYS: &[&str] = &[
    "extends",
    "preset",
    "source",
    "locales",
    "roots",
    "layout",
    "id-keys",
    "pin-keys",
    "pin-pattern",
    "history",
    "source-repository",
    "rules",
    "changes",
    "overrides",
    "exclude",
    "fail-on",
    "baseline",
];

/// The keys of an override.
pub(super) const OVERRIDE_KEYS: &[&str] = &["paths", "locales", "rules"];

/// The most entries in a list or map, unless a more specific limit applies.
const MOST_ENTRIES: usize = 1_000;
/// The most globs in one list.
const MOST_GLOBS: usize = 5_000;
/// The most front matter keys to look for in each document.
const MOST_KEYS: usize = 100;

/// Collects faults while reading. Methods return `None` if they have reported a fault or there is no value.
struct Reader<'t> {
    places: Places<'t>,
    faults: Vec<Fault>,
}

type Node<'t> = MarkedYaml<'t>;

impl Reader<'_> {
    fn load<'t>(&mut self, text: &'t str) -> Vec<Node<'t>> {
        if let Err(excess) = yaml::check(text, DEEPEST_CONFIGURATION) {
            self.faults.push(Fault::new(Span::at(self.places.byte(excess.character)), excess.message));
            return Vec::new();
        }
        let error = match Node::load_from_str(text) {
            Ok(documents) => return documents,
            Err(error) => error,
        };
        self.faults.push(Fault::new(self.places.at(&error), error.info()));
        // If the only error is a duplicate key, the rest of the file can still be checked.
        let mut loader = YamlLoader::default();
        loader.allow_duplicate_keys(true);
        match Parser::new_from_str(text).load(&mut loader, true) {
            Ok(()) if loader.error().is_none() => loader.into_documents(),
            _ => Vec::new(),
        }
    }

    fn config(&mut self, node: &Node) -> RawConfig {
        let mut config = RawConfig::default();
        for (key, value) in self.map(node, "the configuration").unwrap_or_default() {
            let name = &*format!("`{}`", key.value);
            match &*key.value {
                "extends" => config.extends = self.string(value, name),
                "preset" => config.preset = self.word(value, name, &preset::names()),
                "source" => config.source = self.string(value, name),
                "locales" => config.locales = self.strings(value, name, MOST_ENTRIES),
                "roots" => config.roots = self.roots(value),
                "layout" => config.layout = self.string(value, name),
                "id-keys" => config.id_keys = self.strings(value, name, MOST_KEYS),
                "pin-keys" => config.pin_keys = self.strings(value, name, MOST_KEYS),
                "pin-pattern" => config.pin_pattern = self.string(value, name),
                "history" => config.history = self.boolean(value, name),
                "source-repository" => config.source_repository = self.string(value, name),
                "rules" => config.rules = self.levels(value, "`rules`", "the level of a rule").map(RawRules),
                "changes" => {
                    config.changes = self.levels(value, "`changes`", "the level of a class of change").map(RawChanges);
                }
                "overrides" => config.overrides = self.overrides(value),
                "exclude" => config.exclude = self.strings(value, name, MOST_GLOBS),
                "fail-on" => config.fail_on = self.word(value, name, &FailOn::NAMES),
                "baseline" => config.baseline = self.string(value, name),
                _ => self.unknown_key(&key, KEYS),
            }
            config.keys.push(key);
        }
        config
    }

    fn overrides(&mut self, node: &Node) -> Option<Vec<RawOverride>> {
        let mut overrides = Vec::new();
        for item in self.list(node, "`overrides`", "a list of maps", MOST_ENTRIES)? {
            let mut raw = RawOverride { span: self.places.span(item), ..RawOverride::default() };
            for (key, value) in self.map(item, "an override").unwrap_or_default() {
                let name = &*format!("`{}`", key.value);
                match &*key.value {
                    "paths" => raw.paths = self.strings(value, name, MOST_GLOBS),
                    "locales" => raw.locales = self.strings(value, name, MOST_ENTRIES),
                    "rules" => raw.rules = self.levels(value, "`rules`", "the level of a rule").map(RawRules),
                    _ => self.unknown_key(&key, OVERRIDE_KEYS),
                }
            }
            overrides.push(raw);
        }
        Some(overrides)
    }

    fn roots(&mut self, node: &Node) -> Option<RawRoots> {
        match &node.data {
            YamlData::Mapping(_) => {
                let entries = self.map(node, "`roots`")?;
                let read = |(key, value)| (key, self.string(value, "a root"));
                Some(RawRoots::Map(entries.into_iter().map(read).collect()))
            }
            YamlData::Sequence(_) => Some(RawRoots::List(self.strings(node, "`roots`", MOST_ENTRIES)?)),
            _ => self.wrong_type(node, "`roots`", "a list of paths or a map from locale to path"),
        }
    }

    /// Names and their levels; `of_what` describes a level in messages.
    fn levels(&mut self, node: &Node, what: &str, of_what: &str) -> Option<Vec<(Spanned<String>, Option<Level>)>> {
        let entries = self.map(node, what)?;
        let read = |(key, value)| (key, self.word(value, of_what, &Level::NAMES).map(|level| level.value));
        Some(entries.into_iter().map(read).collect())
    }

    /// The entries of a map with their keys.
    fn map<'n, 't>(&mut self, node: &'n Node<'t>, what: &str) -> Option<Vec<(Spanned<String>, &'n Node<'t>)>> {
        let YamlData::Mapping(map) = &node.data else { return self.wrong_type(node, what, "a map") };
        self.too_many(node, what, map.len(), MOST_ENTRIES)?;
        let mut entries = Vec::with_capacity(map.len());
        for (key, value) in map {
            if let Some(key) = self.string(key, "a key") {
                entries.push((key, value));
            }
        }
        Some(entries)
    }

    fn list<'n, 't>(&mut self, node: &'n Node<'t>, what: &str, expected: &str, most: usize) -> Option<&'n [Node<'t>]> {
        let YamlData::Sequence(items) = &node.data else { return self.wrong_type(node, what, expected) };
        self.too_many(node, what, items.len(), most)?;
        Some(items)
    }

    fn strings(&mut self, node: &Node, what: &str, most: usize) -> Option<Vec<Spanned<String>>> {
        let items = self.list(node, what, "a list of strings", most)?;
        Some(items.iter().filter_map(|item| self.string(item, "an item")).collect())
    }

    /// Reports a list or map with more entries than can be processed.
    fn too_many(&mut self, node: &Node, what: &str, count: usize, most: usize) -> Option<()> {
        if count > most {
            self.fault(node, &format!("{what} has {count} entries, at most {most} are allowed"));
            return None;
        }
        Some(())
    }

    fn string(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        match &node.data {
            YamlData::Value(Scalar::String(text)) => Some(self.spanned(node, text.clone().into_owned())),
            _ => self.wrong_type(node, what, "a string"),
        }
    }

    fn boolean(&mut self, node: &Node, what: &str) -> Option<Spanned<bool>> {
        match &node.data {
            YamlData::Value(Scalar::Boolean(value)) => Some(self.spanned(node, *value)),
            _ => self.wrong_type(node, what, "`true` or `false`"),
        }
    }

    /// One of a fixed set of words.
    fn word<T: Copy>(&mut self, node: &Node, what: &str, words: &[(&'static str, T)]) -> Option<Spanned<T>> {
        let YamlData::Value(Scalar::String(written)) = &node.data else {
            let words: Vec<_> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            return self.wrong_type(node, what, &format!("one of {}", words.join(", ")));
        };
        if let Some((_, value)) = words.iter().find(|(word, _)| word == written) {
            return Some(self.spanned(node, *value));
        }
        let help = suggestion(written, words.iter().map(|(word, _)| *word));
        self.faults.push(Fault::new(self.places.span(node), format!("{what} cannot be `{written}`")).help(help));
        None
    }

    fn unknown_key(&mut self, key: &Spanned<String>, known: &[&'static str]) {
        let help = suggestion(&key.value, known.iter().copied());
        self.faults.push(Fault::new(key.span, format!("unknown key `{}`", key.value)).help(help));
    }

    /// Reports a value of the wrong type. A key without a value is treated as if it were absent.
    fn wrong_type<T>(&mut self, node: &Node, what: &str, expected: &str) -> Option<T> {
        let (found, help) = match &node.data {
            YamlData::Value(Scalar::Null) => return None,
            YamlData::Value(Scalar::String(text)) if expected.starts_with("a list") => {
                let plain = text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
                ("a string", Some(if plain { format!("write `[{text}]`") } else { format!("write `[{text:?}]`") }))
            }
            YamlData::Value(Scalar::String(_)) => ("a string", None),
            YamlData::Value(Scalar::Boolean(_)) => ("`true` or `false`", None),
            YamlData::Value(Scalar::Integer(_) | Scalar::FloatingPoint(_)) if expected == "a string" => {
                ("a number", Some("put it in quotes".to_owned()))
            }
            YamlData::Value(Scalar::Integer(_) | Scalar::FloatingPoint(_)) => ("a number", None),
            YamlData::Sequence(_) => ("a list", None),
            YamlData::Mapping(_) => ("a map", None),
            _ => ("something else", None),
        };
        let mut fault = Fault::new(self.places.span(node), format!("{what} must be {expected}, not {found}"));
        fault.help = help;
        self.faults.push(fault);
        None
    }

    fn fault(&mut self, node: &Node, message: &str) {
        self.faults.push(Fault::new(self.places.span(node), message));
    }

    fn spanned<T>(&self, node: &Node, value: T) -> Spanned<T> {
        Spanned { value, span: self.places.span(node) }
    }
}

/// Converts the parser's positions, which count characters, to bytes.
struct Places<'t> {
    text: &'t str,
    /// The byte offset of each character, and the text's length.
    bytes: Vec<usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Self {
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { text, bytes }
    }

    fn byte(&self, character: usize) -> usize {
        self.bytes.get(character).copied().unwrap_or(self.text.len())
    }

    /// The span of a value; for a multi-line value, only the part on its first line.
    fn span(&self, node: &Node) -> Span {
        let start = self.byte(node.span.start.index());
        let end = self.byte(node.span.end.index()).max(start);
        let first_line = self.text[start..end].lines().next().unwrap_or_default();
        Span::new(start, start + first_line.trim_end().len())
    }

    fn at(&self, error: &ScanError) -> Span {
        Span::at(self.byte(error.marker().index()))
    }
}
