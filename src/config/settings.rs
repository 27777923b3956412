//! The effective configuration and where each value comes from, for people: one YAML document with comments.

use camino::{Utf8Path, Utf8PathBuf};

use super::discover::ConfigFile;
use super::error::ConfigError;
use super::layers::{self, Layer};
use super::raw::{RawConfig, RawOverride, RawRoots, RawRules, Spanned};
use super::read::KEYS;
use super::resolved::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS, FailOn};
use crate::baseline::FILE_NAME;
use crate::json::to_text as json_text;
use crate::rules::Level;
use crate::rules::RULES;
use isogloss_align::changes::ChangeClass;
use isogloss_text::Span;

/// Where a value is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The configuration as given or discovered, or as `extends` leads to it.
    pub file: Utf8PathBuf,
    /// From 1.
    pub line: u32,
}

/// One line of the effective configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// YAML: a key with its value, a list item, or a key whose values follow; indented.
    pub text: String,
    /// Where it is written; `None` for a default, and for a key whose values follow.
    pub origin: Option<Origin>,
    /// Whether it is a value, as opposed to a key whose values follow.
    pub is_value: bool,
}

/// The effective configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The files that were read, each extended by the previous one.
    pub files: Vec<Utf8PathBuf>,
    /// In the order of the documentation.
    pub lines: Vec<Setting>,
}

impl Settings {
    /// The settings of the configuration at `file`, or the defaults without one; paths as in [`Config::load`].
    ///
    /// # Errors
    /// Those of [`Config::load`].
    pub fn load(file: Option<&ConfigFile>, current: &Utf8Path) -> Result<Self, ConfigError> {
        let Some(file) = file else { return Ok(Self::of(&[])) };
        // Report any errors first.
        Config::load(file, Vec::new(), current)?;
        Ok(Self::of(&layers::read_all(file, current)?))
    }

    fn of(layers: &[Layer]) -> Self {
        let mut settings = Self { files: layers.iter().map(|layer| layer.path.clone()).collect(), lines: Vec::new() };
        for &key in KEYS.iter().filter(|key| **key != "extends") {
            match key {
                "rules" => settings.rules(layers),
                "changes" => settings.changes(layers),
                "overrides" => settings.overrides(layers),
                _ => settings.key(key, layers),
            }
        }
        settings
    }

    fn key(&mut self, key: &str, layers: &[Layer]) {
        // These two form one setting: the nearest file that has either of them determines both.
        let together = ["history", "source-repository"];
        let own = [key];
        let keys = if together.contains(&key) { &together[..] } else { &own };
        let is_set = |layer: &&Layer| keys.iter().any(|key| value_of(&layer.raw, key).is_some());
        let written = layers.iter().find(is_set).and_then(|layer| Some((layer, value_of(&layer.raw, key)?)));
        let origin = written.as_ref().and_then(|(layer, _)| {
            // A preset's values come from the line with its name.
            let place = |key: &str| layer.raw.keys.iter().find(|written| written.value == key);
            let place = place(key).or_else(|| place("preset"))?;
            Some(layer.origin(place.span))
        });
        let value = written.map_or_else(|| default_of(key), |(_, value)| value);
        self.push(format!("{key}: {value}").trim_end().to_owned(), origin);
    }

    fn rules(&mut self, layers: &[Layer]) {
        self.head("rules:");
        for rule in RULES {
            let written = layers.iter().find_map(|layer| {
                let entries = layer.raw.rules.iter().flat_map(|rules| &rules.0);
                let (id, level) = entries.into_iter().find(|(id, _)| id.value == rule.id)?;
                Some((layer.origin(id.span), word(&Level::NAMES, (*level)?)))
            });
            let level = written
                .as_ref()
                .map_or_else(|| rule.default.map_or("off", |severity| severity.as_str()), |(_, level)| level);
            self.push(format!("  {}: {level}", rule.id), written.map(|(origin, _)| origin));
        }
    }

    fn changes(&mut self, layers: &[Layer]) {
        let written = ChangeClass::ALL.into_iter().filter_map(|class| {
            layers.iter().find_map(|layer| {
                let mut entries = layer.raw.changes.iter().flat_map(|changes| &changes.0);
                let (name, level) = entries.find(|(name, _)| name.value == class.as_str())?;
                Some((format!("  {}: {}", name.value, word(&Level::NAMES, (*level)?)), layer.origin(name.span)))
            })
        });
        let written: Vec<(String, Origin)> = written.collect();
        if written.is_empty() {
            return self.push("changes: {}".to_owned(), None);
        }
        self.head("changes:");
        written.into_iter().for_each(|(text, origin)| self.push(text, Some(origin)));
    }

    /// Overrides of the last layer first: the nearest win.
    fn overrides(&mut self, layers: &[Layer]) {
        let all = layers.iter().rev().flat_map(|layer| layer.raw.overrides.iter().flatten().map(move |it| (layer, it)));
        let all: Vec<_> = all.collect();
        if all.is_empty() {
            return self.push("overrides: []".to_owned(), None);
        }
        self.head("overrides:");
        for (layer, raw) in all {
            self.push(format!("  - {}", override_(raw)), Some(layer.origin(raw.span)));
        }
    }

    fn head(&mut self, text: &str) {
        self.lines.push(Setting { text: text.to_owned(), origin: None, is_value: false });
    }

    fn push(&mut self, text: String, origin: Option<Origin>) {
        self.lines.push(Setting { text, origin, is_value: true });
    }
}

impl Layer {
    fn origin(&self, span: Span) -> Origin {
        Origin { file: self.path.clone(), line: self.index.line(span.start) }
    }
}

/// A key's value on one line, if the file has it.
fn value_of(raw: &RawConfig, key: &str) -> Option<String> {
    let one = |value: &Option<Spanned<String>>| value.as_ref().map(|value| scalar(&value.value));
    let many = |value: &Option<Vec<Spanned<String>>>| value.as_deref().map(list);
    match key {
        "preset" => raw.preset.as_ref().map(|preset| preset.value.name.to_owned()),
        "source" => one(&raw.source),
        "locales" => many(&raw.locales),
        "roots" => raw.roots.as_ref().map(roots),
        "layout" => one(&raw.layout),
        "id-keys" => many(&raw.id_keys),
        "pin-keys" => many(&raw.pin_keys),
        "pin-pattern" => one(&raw.pin_pattern),
        "history" => raw.history.as_ref().map(|history| history.value.to_string()),
        "source-repository" => one(&raw.source_repository),
        "exclude" => many(&raw.exclude),
        "fail-on" => raw.fail_on.as_ref().map(|fail_on| word(&FailOn::NAMES, fail_on.value).to_owned()),
        "baseline" => one(&raw.baseline),
        _ => None,
    }
}

/// The default of a key; empty if it depends on what is found.
fn default_of(key: &str) -> String {
    let list = |keys: &[&str]| format!("[{}]", keys.join(", "));
    match key {
        "roots" => "[.]".to_owned(),
        "layout" => "auto".to_owned(),
        "id-keys" => list(DEFAULT_ID_KEYS),
        "pin-keys" => list(DEFAULT_PIN_KEYS),
        "history" => "true".to_owned(),
        "exclude" => "[]".to_owned(),
        "fail-on" => word(&FailOn::NAMES, FailOn::default()).to_owned(),
        "baseline" => FILE_NAME.to_owned(),
        _ => String::new(),
    }
}

fn roots(raw: &RawRoots) -> String {
    match raw {
        RawRoots::List(paths) => list(paths),
        RawRoots::Map(entries) => {
            let entry = |(tag, path): &(Spanned<String>, Option<Spanned<String>>)| {
                let path = path.as_ref().map(|path| scalar(&path.value)).unwrap_or_default();
                format!("{}: {path}", scalar(&tag.value))
            };
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn override_(raw: &RawOverride) -> String {
    let mut parts = Vec::new();
    parts.extend(raw.paths.as_deref().map(|paths| format!("paths: {}", list(paths))));
    parts.extend(raw.locales.as_deref().map(|locales| format!("locales: {}", list(locales))));
    if let Some(RawRules(rules)) = &raw.rules {
        let level = |(id, level): &(Spanned<String>, Option<Level>)| {
            Some(format!("{}: {}", scalar(&id.value), word(&Level::NAMES, (*level)?)))
        };
        parts.push(format!("rules: {{{}}}", rules.iter().filter_map(level).collect::<Vec<_>>().join(", ")));
    }
    format!("{{{}}}", parts.join(", "))
}

fn list(items: &[Spanned<String>]) -> String {
    format!("[{}]", items.iter().map(|item| scalar(&item.value)).collect::<Vec<_>>().join(", "))
}

/// A YAML string: plain if unambiguous, and otherwise quoted as in JSON, which YAML accepts too.
fn scalar(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '.' | '/' | '_'))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte))
        && !matches!(
            &*text.to_ascii_lowercase(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | ".inf" | ".nan"
        );
    if plain { text.to_owned() } else { json_text(text) }
}

fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, known)| *known == value).map_or("", |(word, _)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_a_configuration_that_means_the_same() {
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap();
        std::fs::create_dir_all(base.join("docs é: #1")).unwrap();
        let text = "source: en\nlocales: [fr, \"sv\"]\nroots: {en: \"docs é: #1\"}\nid-keys: ['true', a.b]\nhistory: false\n\
                    preset: mdn\npin-pattern: \"https://x.example/{commit}/\"\nchanges: {link: warning}\nrules: {sla-mismatch: off}\noverrides:\n- {paths: [\"**/a*\", 'off'], locales: [sv], rules: {sla-mismatch: info}}\n\
                    - {}\nexclude: ['#x', \"- y\"]\nbaseline: \"a\\u202Eb\"\n";
        std::fs::write(base.join("isogloss.yaml"), text).unwrap();
        let settings = Settings::load(Some(&"isogloss.yaml".into()), base).unwrap();
        let shown: Vec<&str> = settings.lines.iter().map(|line| line.text.as_str()).collect();
        std::fs::write(base.join("shown.yaml"), shown.join("\n")).unwrap();
        let again = Settings::load(Some(&"shown.yaml".into()), base).unwrap();
        assert_eq!(again.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), shown);
        let line = |start: &str| settings.lines.iter().find(|line| line.text.starts_with(start)).unwrap();
        assert_eq!(line("roots").text, "roots: {en: \"docs é: #1\"}");
        assert_eq!(line("baseline").text, "baseline: \"a\\u202eb\"");
        assert_eq!(line("  - {paths").origin, Some(Origin { file: "isogloss.yaml".into(), line: 11 }));
        assert_eq!(line("  sla-mismatch: off").origin.as_ref().map(|origin| origin.line), Some(9));
        assert_eq!(line("  link: warning").origin.as_ref().map(|origin| origin.line), Some(8));
        assert_eq!(line("pin-keys: [l10n.sourceCommit]").origin.as_ref().map(|origin| origin.line), Some(6));
        assert_eq!(line("preset").text, "preset: mdn");
        assert_eq!(line("layout: auto").origin, None);
        assert!(Settings::load(Some(&"gone.yaml".into()), base).is_err());

        std::fs::write(base.join("base.yaml"), "source-repository: .\nsource: sv\n").unwrap();
        std::fs::write(base.join("own.yaml"), "extends: base.yaml\nhistory: false\n").unwrap();
        let extended = Settings::load(Some(&"own.yaml".into()), base).unwrap();
        assert_eq!(extended.files, ["own.yaml", "base.yaml"]);
        let lines: Vec<&str> = extended.lines.iter().map(|line| line.text.as_str()).collect();
        assert!(
            lines.contains(&"source: sv") && lines.contains(&"history: false") && lines.contains(&"source-repository:")
        );

        // The defaults are a valid configuration too.
        let defaults = Settings::load(None, base).unwrap();
        let shown: Vec<&str> = defaults.lines.iter().map(|line| line.text.as_str()).collect();
        std::fs::write(base.join("shown.yaml"), shown.join("\n")).unwrap();
        let config = Config::load(&"shown.yaml".into(), Vec::new(), base).unwrap();
        assert_eq!((config.fail_on, config.id_keys), (Config::default().fail_on, Config::default().id_keys));
    }
}
