//! The configuration as written: every value with its position in the file, nothing interpreted yet.
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
use isogloss_align::changes::ChangeClass;
use isogloss_text::Span;

/// A value and its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its position in the file.
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
    /// Another configuration to extend: a path relative to this file, in the same repository.
    ///
    /// Keys of this file replace those of the other one. Levels under `rules` are merged one by one, and `overrides` are
    /// appended to the other file's, so they win. Paths and globs are relative to the file that contains them.
    #[schemars(extend("examples" = ["../isogloss.yaml"]))]
    pub extends: Option<Spanned<String>>,
    /// Defaults for a known kind of site; other keys of the file override them.
    #[schemars(description = preset::description(), schema_with = "preset_schema", extend("examples" = ["hugo"]))]
    pub preset: Option<Spanned<&'static Preset>>,
    /// The locale that the others are translated from.
    ///
    /// If it is neither set nor known from the layout, each page is compared with its most complete and newest version.
    #[schemars(extend("examples" = ["en"]))]
    pub source: Option<Spanned<String>>,
    /// The locales to check, in addition to the source. A tag includes more specific ones: `fr` includes `fr-CA`.
    ///
    /// By default all locales that are found.
    #[schemars(with = "Option<Vec<String>>", extend("examples" = [["fr", "sv", "zh-Hans"]]))]
    pub locales: Option<Vec<Spanned<String>>>,
    /// The folders to check: a list, or a map from locale to folder if each folder has the documents of one locale.
    ///
    /// They are relative to the configuration file's folder, and ignored if the command line names folders. By default
    /// the current folder is checked. They must be in the repository, or in another checkout next to it.
    #[schemars(extend("examples" = [{"en": "docs", "fr": "translations/fr/docs"}]))]
    pub roots: Option<RawRoots>,
    /// How paths encode locale and page: a name, or a pattern with `{locale}` and `{path}`.
    ///
    /// [`LAYOUTS`] has the names.
    #[schemars(description = layout_description(), schema_with = "layout_schema", extend("default" = "auto", "examples" = ["site/{locale}/pages/{path}"]))]
    pub layout: Option<Spanned<String>>,
    /// Front matter keys with a page's id; versions with the same id are one page. A dot means nesting.
    #[schemars(with = "Option<Vec<String>>", extend("default" = DEFAULT_ID_KEYS, "examples" = [["exl-id", "meta.guid"]]))]
    pub id_keys: Option<Vec<Spanned<String>>>,
    /// Front matter keys with the source commit that a translation was made from. A dot means nesting.
    #[schemars(with = "Option<Vec<String>>", extend("default" = DEFAULT_PIN_KEYS, "examples" = [["translated_from"]]))]
    pub pin_keys: Option<Vec<Spanned<String>>>,
    /// A permalink in the body that contains the source commit, as a pattern with `{commit}`.
    ///
    /// `*` matches part of one name, and `**` any text. The first match is used, unless a key has the commit.
    #[schemars(extend("pattern" = "\\{commit\\}", "examples" = ["https://git.tidewater.example/handbook/blob/{commit}/**"]))]
    pub pin_pattern: Option<Spanned<String>>,
    /// Whether to look up recorded source commits in the source's git history.
    #[schemars(extend("default" = true, "examples" = [false]))]
    pub history: Option<Spanned<bool>>,
    /// The checkout with the history of recorded source commits, relative to the configuration file's folder.
    ///
    /// By default the one that contains the source's documents.
    #[schemars(extend("examples" = ["../handbook-en"]))]
    pub source_repository: Option<Spanned<String>>,
    /// The level of each rule: `error`, `warning`, `info` or `off`. Other rules keep their defaults.
    #[schemars(extend("examples" = [{"number-mismatch": "off", "missing-source-commit": "warning"}]))]
    pub rules: Option<RawRules>,
    /// The level of findings about each class of change in the source.
    ///
    /// [`ChangeClass`] has the names.
    #[schemars(description = changes_description(), extend("examples" = [{"link": "warning", "punctuation": "off"}]))]
    pub changes: Option<RawChanges>,
    /// Levels for particular paths and locales. If several apply to a rule, the last one wins.
    #[schemars(extend("examples" = [[{"paths": ["blog/**"], "locales": ["sv"], "rules": {"missing-translation": "off"}}]]))]
    pub overrides: Option<Vec<RawOverride>>,
    /// Globs of files and folders to skip, as in `.gitignore`, relative to the configuration file's folder.
    ///
    /// `*` does not match `/`, and `**` does. A glob without `/` matches at any depth. Whatever `.gitignore` and
    /// `.isoglossignore` match is skipped as well.
    #[schemars(with = "Option<Vec<String>>", extend("examples" = [["CHANGELOG.md", "docs/*/drafts"]]))]
    pub exclude: Option<Vec<Spanned<String>>>,
    /// The lowest severity that makes the exit code 1; `never` for none.
    #[schemars(schema_with = "fail_on_schema", extend("default" = "error", "examples" = ["warning"]))]
    pub fail_on: Option<Spanned<FailOn>>,
    /// The [baseline](adoption.md) file: known findings, which are not reported.
    ///
    /// Relative to the configuration file's folder. By default `isogloss-baseline.json` in that folder, if it exists.
    #[schemars(extend("default" = FILE_NAME, "examples" = ["translations/baseline.json"]))]
    pub baseline: Option<Spanned<String>>,
    /// The keys in the file, with their positions.
    #[schemars(skip)]
    pub keys: Vec<Spanned<String>>,
}

/// Levels for particular paths and locales.
#[derive(Debug, Default, JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields, inline)]
pub struct RawOverride {
    /// Globs of the documents that it applies to, with the syntax of `exclude`. By default all.
    #[schemars(with = "Option<Vec<String>>")]
    pub paths: Option<Vec<Spanned<String>>>,
    /// The locales that it applies to. By default all.
    #[schemars(with = "Option<Vec<String>>")]
    pub locales: Option<Vec<Spanned<String>>>,
    /// The level of each rule for them.
    pub rules: Option<RawRules>,
    /// Its position in the file.
    #[schemars(skip)]
    pub span: Span,
}

/// Folders to check.
#[derive(Debug)]
pub enum RawRoots {
    /// For layouts that determine the locales.
    List(Vec<Spanned<String>>),
    /// Locale and folder; `None` if the folder is not a string.
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

/// Rules and their levels; `None` if it is not a level.
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

/// The description of `changes` for the schema, with the names from the list.
fn changes_description() -> String {
    let mut text = "\
        The level of findings for each class of change in the source: `error`, `warning`, `info` or `off`.\n\n"
        .to_owned();
    for class in ChangeClass::ALL {
        text.extend(["- `", class.as_str(), "`: ", class.summary(), "\n"]);
    }
    text + "\n\
        By default, changes of wording, code and numbers have the level of their rule, and all others are info."
}

/// Classes of change and their levels; `None` if it is not a level.
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
        let classes: Map<String, Value> = ChangeClass::ALL
            .iter()
            .map(|class| {
                let about = serde_json::json!({"description": class.summary(), "enum": levels});
                (class.as_str().to_owned(), about)
            })
            .collect();
        json_schema!({"type": "object", "properties": classes, "additionalProperties": false, "title": "change"})
    }
}

/// The description of `layout` for the schema, with the names from the list.
fn layout_description() -> String {
    let mut text = "\
        How paths encode locale and page: a name, or a pattern with `{locale}` and `{path}`.\n\n- `auto`: detected\n"
        .to_owned();
    for layout in LAYOUTS {
        text.extend(["- `", layout.name, "`: ", layout.summary, "\n"]);
    }
    text + "\n\
        Patterns are relative to the root. `{locale}` matches a language tag and `{path}` the rest, which is the same\n\
        for all versions of a page; `*` matches part of one name, and `**` any folders."
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
