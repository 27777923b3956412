//! The configuration as it is written: every value with its place in the file, none of them understood yet.
//!
//! The comments on these types are what `docs/configuration.md` and the JSON schema say.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::preset::{self, Preset};
use super::resolved::{DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS, FailOn};
use crate::baseline::FILE_NAME;
use crate::corpus::layout::LAYOUTS;
use crate::rules::Level;
use crate::rules::RULES;
use isogloss_align::changes::Class;
use isogloss_text::Span;

/// A value and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// Configuration of isogloss, a linter that keeps translated Markdown documentation consistent
#[derive(Debug, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, title = "isogloss.yaml")]
pub struct RawConfig {
    /// Another configuration that this one adds to: a path relative to this file, in the same repository.
    ///
    /// A key of this file stands in place of the other's. Levels under `rules` are taken over one by one, and `overrides` come
    /// after the other's, so that they win. Paths and globs are relative to the file that they stand in.
    #[schemars(extend("examples" = ["../isogloss.yaml"]))]
    pub extends: Option<Spanned<String>>,
    /// What fits sites that are made in a known way; other keys of the file win over it.
    #[schemars(description = preset::description(), schema_with = "preset_schema", extend("examples" = ["hugo"]))]
    pub preset: Option<Spanned<&'static Preset>>,
    /// The locale that the others are translated from.
    ///
    /// Unless it is given or the layout tells it, each page is compared with its most complete and newest version.
    #[schemars(extend("examples" = ["en"]))]
    pub source: Option<Spanned<String>>,
    /// The locales that take part, besides the source. A tag stands for more specific ones too: `fr` for `fr-CA`.
    ///
    /// Unless given, all locales that are found take part.
    #[schemars(with = "Option<Vec<String>>", extend("examples" = [["fr", "sv", "zh-Hans"]]))]
    pub locales: Option<Vec<Spanned<String>>>,
    /// The folders to check: a list, or a map from locale to folder where each holds one locale's documents.
    ///
    /// They are relative to the configuration file's folder, and used where the command line names none. Unless given,
    /// the current folder is checked. They lie in the repository, or in another checkout beside it.
    #[schemars(extend("examples" = [{"en": "docs", "fr": "translations/fr/docs"}]))]
    pub roots: Option<RawRoots>,
    /// How paths encode locale and page: a name, or a pattern with `{locale}` and `{path}`.
    ///
    /// [`LAYOUTS`] has the names.
    #[schemars(description = layout_description(), schema_with = "layout_schema", extend("default" = "auto", "examples" = ["site/{locale}/pages/{path}"]))]
    pub layout: Option<Spanned<String>>,
    /// Front matter keys that hold a page's id; versions with the same id are one page. A dot stands for nesting.
    #[schemars(with = "Option<Vec<String>>", extend("default" = DEFAULT_ID_KEYS, "examples" = [["exl-id", "meta.guid"]]))]
    pub id_keys: Option<Vec<Spanned<String>>>,
    /// Front matter keys that hold the source commit that a translation was made from. A dot stands for nesting.
    #[schemars(with = "Option<Vec<String>>", extend("default" = DEFAULT_PIN_KEYS, "examples" = [["translated_from"]]))]
    pub pin_keys: Option<Vec<Spanned<String>>>,
    /// Where a source commit stands that no key holds: a permalink in the body, as a pattern with `{commit}`.
    ///
    /// `*` stands for a part of one name, and `**` for any. The first place that fits counts; the keys win over it.
    #[schemars(extend("pattern" = "\\{commit\\}", "examples" = ["https://git.tidewater.example/handbook/blob/{commit}/**"]))]
    pub pin_pattern: Option<Spanned<String>>,
    /// Whether to look up recorded source commits in the source's git history.
    #[schemars(extend("default" = true, "examples" = [false]))]
    pub history: Option<Spanned<bool>>,
    /// The checkout whose history holds the recorded source commits, relative to the configuration file's folder.
    ///
    /// Unless given, it is the one that the source's documents are in.
    #[schemars(extend("examples" = ["../handbook-en"]))]
    pub source_repository: Option<Spanned<String>>,
    /// The level of each rule: `error`, `warning`, `info` or `off`. Other rules keep their defaults.
    #[schemars(extend("examples" = [{"number-mismatch": "off", "missing-source-commit": "warning"}]))]
    pub rules: Option<RawRules>,
    /// The level of findings about each class of change in the source.
    ///
    /// [`Class`] has the names.
    #[schemars(description = changes_description(), extend("examples" = [{"link": "warning", "punctuation": "off"}]))]
    pub changes: Option<RawChanges>,
    /// Other levels for some paths and locales. Where several apply to a rule, the last one wins.
    #[schemars(extend("examples" = [[{"paths": ["blog/**"], "locales": ["sv"], "rules": {"missing-translation": "off"}}]]))]
    pub overrides: Option<Vec<RawOverride>>,
    /// Globs of files and folders to leave out, as in `.gitignore`, relative to the configuration file's folder.
    ///
    /// `*` stops at `/`, and `**` does not. A glob without `/` matches at any depth. What `.gitignore` and
    /// `.isoglossignore` name is left out as well.
    #[schemars(with = "Option<Vec<String>>", extend("examples" = [["CHANGELOG.md", "docs/*/drafts"]]))]
    pub exclude: Option<Vec<Spanned<String>>>,
    /// The least severity of a finding that makes the exit code 1; `never` for none.
    #[schemars(schema_with = "fail_on_schema", extend("default" = "error", "examples" = ["warning"]))]
    pub fail_on: Option<Spanned<FailOn>>,
    /// The file of the [baseline](adoption.md): findings that are known, and that later runs do not report.
    ///
    /// It is relative to the configuration file's folder. Unless given, `isogloss-baseline.json` there is used if it exists.
    #[schemars(extend("default" = FILE_NAME, "examples" = ["translations/baseline.json"]))]
    pub baseline: Option<Spanned<String>>,
    /// The keys that the file has, where they are written.
    #[schemars(skip)]
    pub keys: Vec<Spanned<String>>,
}

/// Other levels for some paths and locales.
#[derive(Debug, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, inline)]
pub struct RawOverride {
    /// Globs of the documents that it applies to, written like those of `exclude`. Unless given, all.
    #[schemars(with = "Option<Vec<String>>")]
    pub paths: Option<Vec<Spanned<String>>>,
    /// The locales that it applies to. Unless given, all.
    #[schemars(with = "Option<Vec<String>>")]
    pub locales: Option<Vec<Spanned<String>>>,
    /// The level of each rule there.
    pub rules: Option<RawRules>,
    /// Where it is written.
    #[schemars(skip)]
    pub span: Span,
}

/// Folders to check.
#[derive(Debug)]
pub enum RawRoots {
    /// Where the layout tells the locales.
    List(Vec<Spanned<String>>),
    /// Locale and folder; `None` where that is no string.
    Map(Vec<(Spanned<String>, Option<Spanned<String>>)>),
}

impl JsonSchema for RawRoots {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Roots".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [
            {"type": "array", "items": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ]})
    }
}

/// Rules and their levels; `None` where that is no level.
#[derive(Debug, Default)]
pub struct RawRules(pub Vec<(Spanned<String>, Option<Level>)>);

impl JsonSchema for RawRules {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let levels = Level::NAMES.map(|(name, _)| name);
        let rules: Map<String, Value> = RULES
            .iter()
            .map(|rule| {
                let default = rule.default.map_or("off", |severity| severity.as_str());
                (
                    rule.id.to_owned(),
                    serde_json::json!({"description": rule.summary, "default": default, "enum": levels}),
                )
            })
            .collect();
        json_schema!({"type": "object", "properties": rules, "additionalProperties": false})
    }
}

/// What is said about `changes`: the names are those of the list.
fn changes_description() -> String {
    let mut text = "\
        The level of findings about each class of change in the source: `error`, `warning`, `info` or `off`.\n\n"
        .to_owned();
    for class in Class::ALL {
        text.extend(["- `", class.as_str(), "`: ", class.summary(), "\n"]);
    }
    text + "\n\
        Unless given, changes of wording, code and numbers are at the level of their rule, and all others are info."
}

/// Classes of change and their levels; `None` where that is no level.
#[derive(Debug, Default)]
pub struct RawChanges(pub Vec<(Spanned<String>, Option<Level>)>);

impl JsonSchema for RawChanges {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Changes".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let levels = Level::NAMES.map(|(name, _)| name);
        let classes: Map<String, Value> = Class::ALL
            .iter()
            .map(|class| {
                let about = serde_json::json!({"description": class.summary(), "enum": levels});
                (class.as_str().to_owned(), about)
            })
            .collect();
        json_schema!({"type": "object", "properties": classes, "additionalProperties": false, "title": "change"})
    }
}

/// What is said about `layout`: the names are those of the list.
fn layout_description() -> String {
    let mut text = "\
        How paths encode locale and page: a name, or a pattern with `{locale}` and `{path}`.\n\n- `auto`: Detected\n"
        .to_owned();
    for layout in LAYOUTS {
        text.extend(["- `", layout.name, "`: ", layout.summary, "\n"]);
    }
    text + "\n\
        In a pattern, which is relative to the root, `{locale}` stands for a language tag and `{path}` for the rest,\n\
        which is the same for all versions of a page; `*` stands for a part of one name, and `**` for any folders."
}

fn layout_schema(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<_> = std::iter::once("auto").chain(LAYOUTS.iter().map(|layout| layout.name)).collect();
    json_schema!({"anyOf": [
        {"enum": names},
        {"type": "string", "pattern": "\\{locale\\}.*\\{path\\}|\\{path\\}.*\\{locale\\}"},
    ]})
}

fn preset_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"enum": preset::PRESETS.iter().map(|preset| preset.name).collect::<Vec<_>>()})
}

fn fail_on_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"enum": FailOn::NAMES.map(|(name, _)| name)})
}
