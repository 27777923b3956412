//! Everything that configures a run.

use crate::analysis::compare::Context;
use crate::analysis::learn::Learned;
use crate::analysis::pins::{self, HistoryChoice, Pins};
use crate::baseline;
use crate::corpus::Request;
use crate::corpus::changed::Asked;
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
            levels: Levels::of(RULES),
            fail_on: FailOn::default(),
            baseline: baseline::Choice::default(),
            narrowed: false,
            change: None,
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

    /// What all pages of a corpus are compared with.
    pub fn context<'c>(&'c self, corpus: &'c Corpus, learned: &'c Learned, pins: &'c Pins) -> Context<'c> {
        Context { pin_keys: &self.pin_keys, pin_pattern: self.pin_pattern.as_ref(), corpus, learned, pins }
    }

    /// What is asked of the history. `counts` says whether the commits since the recorded one are needed.
    pub fn asked(&self, counts: bool) -> pins::Asked<'_> {
        pins::Asked { history: &self.history, id_keys: &self.id_keys, guesses: self.change.is_none(), counts }
    }

    /// The file of the baseline.
    pub fn baseline_file(&self) -> baseline::Location<'_> {
        baseline::Location { choice: &self.baseline, configuration: self.file.as_deref() }
    }

    /// Whether documents of `locale` are read: it is the source, or covered by [`Config::locales`].
    pub fn takes_part(&self, locale: &Locale) -> bool {
        self.locales.is_empty()
            || self.source.as_ref().is_some_and(|source| source.covers(locale))
            || self.locales.iter().any(|range| range.covers(locale))
    }
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
