//! Everything that configures a run.

use crate::analysis::compare::Context;
use crate::analysis::learn::Learned;
use crate::analysis::pins::{self, HistoryChoice, Pins};
use crate::baseline;
use crate::corpus::Request;
use crate::corpus::changed::Selection;
use crate::corpus::globs::Globs;
use crate::corpus::layout;
use crate::corpus::page::Corpus;
use crate::corpus::pin_pattern::PinPattern;
use crate::corpus::walk::Root;
use crate::finding::Severity;
use crate::rules::{Levels, RULES};
use camino::Utf8PathBuf;
use isogloss_text::Locale;

/// Front matter keys that hold a page's id, unless configured.
pub const DEFAULT_ID_KEYS: &[&str] = &["exl-id", "translationKey"];

/// Front matter keys that hold the source commit a translation was made from, unless configured.
pub const DEFAULT_PIN_KEYS: &[&str] =
    &["source-git-commit", "default_lang_commit", "l10n.sourceCommit", "ms.sourcegitcommit"];

/// Everything that configures a run: the file and the command line combined, as the program uses it.
#[derive(Debug, Clone)]
pub struct Config {
    /// The configuration file that was read, relative to the current folder if it was discovered; `None` without one.
    pub file: Option<Utf8PathBuf>,
    /// The locale that the others are translated from; `None` if neither the file nor the command line sets it.
    pub source: Option<Locale>,
    /// The locales to check, each including more specific ones (`fr` includes `fr-CA`). Empty for all that are found. Use
    /// [`Config::takes_part`] to test a locale. Which locales are reported is up to [`Levels`].
    pub locales: Vec<Locale>,
    /// The locales that must have documents, so that none goes unchecked unnoticed; more specific ones count too.
    pub required: Vec<Locale>,
    /// Files and folders to walk, at least one: paths that can be opened, and that reports print unchanged.
    pub roots: Vec<Root>,
    /// How paths encode locale and page.
    pub layout: layout::Choice,
    /// Front matter keys that may hold a page's id, tried in order; a dot means nesting.
    pub id_keys: Vec<String>,
    /// Front matter keys that may hold a source commit, tried in order; a dot means nesting.
    pub pin_keys: Vec<String>,
    /// A pattern for source commits in documents where no key has one, such as a permalink in the body.
    pub pin_pattern: Option<PinPattern>,
    /// Where the source's git history is.
    pub history: HistoryChoice,
    /// Files and folders to skip.
    pub exclude: Globs,
    /// Which rules run, where, and how much their findings matter.
    pub levels: Levels,
    /// The lowest severity that fails the run.
    pub fail_on: FailOn,
    /// Known findings, and the file that lists them.
    pub baseline: baseline::Choice,
    /// Whether the roots on the command line replace those of the file, so that the run may see only part of them.
    pub narrowed: bool,
    /// The change to check; `None` for everything.
    pub change: Option<Selection>,
    /// Whether findings about numbers explain why nothing agreed.
    pub explain: bool,
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
            levels: Levels::of(RULES),
            fail_on: FailOn::default(),
            baseline: baseline::Choice::default(),
            narrowed: false,
            change: None,
            explain: false,
        }
    }
}

impl Config {
    /// Which documents a run looks for.
    pub fn request(&self) -> Request<'_> {
        Request {
            roots: &self.roots,
            exclude: &self.exclude,
            source: self.source.as_ref(),
            locales: &self.locales,
            required: self.levels.reported().iter().chain(&self.required).collect(),
            layout: &self.layout,
            id_keys: &self.id_keys,
            pin_keys: &self.pin_keys,
            pin_pattern: self.pin_pattern.as_ref(),
        }
    }

    /// The context in which every page of a corpus is compared.
    pub fn context<'c>(&'c self, corpus: &'c Corpus, learned: &'c Learned, pins: &'c Pins) -> Context<'c> {
        Context {
            pin_keys: &self.pin_keys,
            pin_pattern: self.pin_pattern.as_ref(),
            explain: self.explain,
            corpus,
            learned,
            pins,
        }
    }

    /// The query for the history. `counts` is whether the commits since the recorded one are needed.
    pub fn history_query(&self, counts: bool) -> pins::HistoryQuery<'_> {
        pins::HistoryQuery { history: &self.history, id_keys: &self.id_keys, guesses: self.change.is_none(), counts }
    }

    /// The file of the baseline.
    pub fn baseline_file(&self) -> baseline::Location<'_> {
        baseline::Location { choice: &self.baseline, configuration: self.file.as_deref() }
    }

    /// Whether documents in `locale` are checked: it is the source, or covered by [`Config::locales`].
    pub fn takes_part(&self, locale: &Locale) -> bool {
        self.locales.is_empty()
            || self.source.as_ref().is_some_and(|source| source.covers(locale))
            || self.locales.iter().any(|range| range.covers(locale))
    }
}

/// The lowest severity that makes the exit code 1.
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
    /// The names in the configuration.
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
