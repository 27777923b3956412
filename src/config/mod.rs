//! Configuration: raw (as written in `isogloss.yaml`) to resolved (as the program uses it).
//!
//! The file is found (discovered), read into a raw form, whose values remember where they stand, and resolved together with
//! what it extends and the command line into a [`Config`]. Every mistake in the files is reported, each at its place.
mod discover;
#[cfg(test)]
mod docs;
mod error;
mod excerpt;
mod globs;
mod layers;
mod levels;
pub(crate) mod nearest;
mod preset;
pub mod raw;
mod read;
mod resolve;
mod settings;
#[cfg(test)]
mod tests;

use camino::Utf8PathBuf;

use crate::baseline;
use crate::changed::Asked;
use crate::finding::Severity;
use crate::layout;
use crate::pin_pattern::PinPattern;
use isogloss_text::Locale;

pub use discover::{ConfigFile, FILE_NAMES, discover};
pub use error::{ConfigError, Invalid, Problem};
pub use globs::Globs;
pub use levels::{Level, Levels};
pub use preset::{PRESETS, Preset};
pub use settings::{Origin, Setting, Settings};

/// Front matter keys that hold a page's id, unless configured.
pub const DEFAULT_ID_KEYS: &[&str] = &["exl-id", "translationKey"];

/// Front matter keys that hold the source commit a translation was made from, unless configured.
pub const DEFAULT_PIN_KEYS: &[&str] =
    &["source-git-commit", "default_lang_commit", "l10n.sourceCommit", "ms.sourcegitcommit"];

/// The JSON schema of the configuration file, for editors.
pub fn schema() -> schemars::Schema {
    let generator = schemars::generate::SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<raw::RawConfig>();
    // Every key is optional, which schemars does not see where a key has a schema of our own.
    schema.remove("required");
    schema
}

/// Everything that configures a run: the file and the command line together, as the program uses it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration file that was read, relative to the current folder where it was found; `None` without one.
    pub file: Option<Utf8PathBuf>,
    /// The locale that the others are translated from; `None` where neither the file nor the command line says it.
    pub source: Option<Locale>,
    /// The locales that take part, and all more specific ones (`fr` stands for `fr-CA` too). Empty: all that are found.
    /// Ask [`Config::takes_part`]. Which locales are reported is another matter: [`Levels`] knows.
    pub locales: Vec<Locale>,
    /// The locales that must have documents, so that none goes unchecked unnoticed; all more specific ones do as well.
    pub required: Vec<Locale>,
    /// What to walk, at least one: paths that can be opened as they are, and that reports print as they are.
    pub roots: Vec<Root>,
    /// How paths encode locale and page.
    pub layout: layout::Choice,
    /// Front matter keys that may hold a page's id, first come first served; a dot stands for nesting.
    pub id_keys: Vec<String>,
    /// Front matter keys that may hold a source commit, first come first served; a dot stands for nesting.
    pub pin_keys: Vec<String>,
    /// What a source commit stands in where no key holds one, such as a permalink in the body.
    pub pin_pattern: Option<PinPattern>,
    /// Where the source's git history is.
    pub history: HistoryChoice,
    /// Files and folders to leave out.
    pub exclude: Globs,
    /// Which rules run, where, and how much their findings matter.
    pub levels: Levels,
    /// From which severity on a finding fails the run.
    pub fail_on: FailOn,
    /// Findings that are known, and where they are written.
    pub baseline: baseline::Choice,
    /// Whether the command line names other roots than the file does: the run sees a part of what is configured.
    pub narrowed: bool,
    /// The change that alone is asked about; `None` for everything.
    pub change: Option<Asked>,
}

impl Default for Config {
    /// The current folder, with everything else detected or at its default.
    fn default() -> Self {
        let strings = |list: &[&str]| list.iter().map(ToString::to_string).collect();
        Self {
            file: None,
            source: None,
            locales: Vec::new(),
            required: Vec::new(),
            roots: vec![Root { locale: None, path: Utf8PathBuf::new() }],
            layout: layout::Choice::default(),
            id_keys: strings(DEFAULT_ID_KEYS),
            pin_keys: strings(DEFAULT_PIN_KEYS),
            pin_pattern: None,
            history: HistoryChoice::default(),
            exclude: Globs::default(),
            levels: Levels::default(),
            fail_on: FailOn::default(),
            baseline: baseline::Choice::default(),
            narrowed: false,
            change: None,
        }
    }
}

impl Config {
    /// Whether documents of `locale` are read: it is the source, or covered by [`Config::locales`].
    pub fn takes_part(&self, locale: &Locale) -> bool {
        self.locales.is_empty()
            || self.source.as_ref().is_some_and(|source| source.covers(locale))
            || self.locales.iter().any(|range| range.covers(locale))
    }
}

/// A file or folder to walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The locale of everything in it, where it was said; otherwise the layout has to tell.
    pub locale: Option<Locale>,
    /// As the user wrote it, or joined to the configuration file's folder. Empty is the current folder, so that reports
    /// print what is in it without a prefix.
    pub path: Utf8PathBuf,
}

/// Where to find the git history that recorded source commits are looked up in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HistoryChoice {
    /// The checkout that holds the source root.
    #[default]
    Discover,
    /// The checkout at this path.
    Repository(Utf8PathBuf),
    /// Nowhere: rules that need the history do not run.
    Off,
}

/// From which severity on a finding makes the exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FailOn {
    /// Errors only.
    #[default]
    Error,
    /// Warnings and errors.
    Warning,
    /// Every finding.
    Info,
    /// No finding.
    Never,
}

impl FailOn {
    /// The words for them.
    pub const NAMES: [(&'static str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("info", Self::Info), ("never", Self::Never)];

    /// Whether a finding of `severity` fails the run.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Info => true,
            Self::Never => false,
        }
    }
}
