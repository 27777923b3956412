//! Which rules run, where, and at which severity. This is the only place that decides it.

use camino::Utf8Path;

use super::rule::Rule;
use crate::corpus::globs::Globs;
use crate::finding::Severity;
use isogloss_align::changes::ChangeClass;
use isogloss_text::Locale;

/// The configured level of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its findings are errors.
    Error,
    /// Its findings are warnings.
    Warning,
    /// Its findings are for information.
    Info,
    /// It does not run.
    Off,
}

impl Level {
    /// The names of the levels, in this order.
    pub const NAMES: [(&'static str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("info", Self::Info), ("off", Self::Off)];

    /// The severity of findings at this level; `None` if it is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// The severity of each rule, in general and in overrides.
#[derive(Debug, Clone)]
pub struct Levels {
    rules: &'static [&'static Rule],
    /// One for each rule, in the order of `rules`.
    general: Vec<Option<Severity>>,
    overrides: Vec<Override>,
    /// Rules that the command line disables, in the order of the rules. Overrides do not enable them.
    disabled: Vec<bool>,
    /// The locales to report; if empty, all.
    reported: Vec<Locale>,
    /// The configured level of each class of change in the source, in the order of [`ChangeClass::ALL`].
    changes: [Option<Level>; ChangeClass::ALL.len()],
}

/// Levels for particular paths and locales.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    /// `None` matches every path.
    pub paths: Option<Globs>,
    /// If empty, matches every locale.
    pub locales: Vec<Locale>,
    /// In the order of [`RULES`]; `None` if the override does not set the rule.
    pub levels: Vec<Option<Level>>,
}

impl Levels {
    /// Every rule at its default level.
    pub fn of(rules: &'static [&'static Rule]) -> Self {
        Self::new(rules, &vec![None; rules.len()], Vec::new())
    }

    /// The levels of the configuration file. `general` has one entry for each rule, in the order of the rules, or `None` if the
    /// file does not set it. Later overrides win.
    pub(crate) fn new(rules: &'static [&'static Rule], general: &[Option<Level>], overrides: Vec<Override>) -> Self {
        let general = rules.iter().zip(general);
        Self {
            rules,
            general: general.map(|(rule, level)| level.map_or(rule.default, Level::severity)).collect(),
            overrides,
            disabled: vec![false; rules.len()],
            reported: Vec::new(),
            changes: [None; ChangeClass::ALL.len()],
        }
    }

    /// Sets the level of some classes of change in the source.
    #[must_use]
    pub(crate) fn with_changes(mut self, changes: impl Iterator<Item = (ChangeClass, Level)>) -> Self {
        changes.for_each(|(class, level)| self.changes[class as usize] = Some(level));
        self
    }

    /// Applies the command line. If rules are `selected`, only these run, at least as warnings if the configuration turns them
    /// off; `ignored` ones do not run. If locales are `reported`, only their findings count.
    #[must_use]
    pub fn restricted(mut self, selected: &[&Rule], ignored: &[&Rule], reported: &[Locale]) -> Self {
        let named = |list: &[&Rule], rule: &Rule| list.iter().any(|other| other.id == rule.id);
        for (index, rule) in self.rules.iter().enumerate() {
            self.disabled[index] = named(ignored, rule) || (!selected.is_empty() && !named(selected, rule));
            if named(selected, rule) {
                self.general[index] = self.general[index].or(rule.default).or(Some(Severity::Warning));
            }
        }
        self.reported = reported.to_vec();
        self
    }

    /// The severity of a finding of `rule` in the document at `path`, as shown in reports; `None` if the rule is off there.
    pub fn severity(&self, rule: &Rule, path: &Utf8Path, locale: &Locale) -> Option<Severity> {
        if self.reports(locale) { self.configured(rule, path, locale) } else { None }
    }

    /// The same if all locales were reported.
    pub fn configured(&self, rule: &Rule, path: &Utf8Path, locale: &Locale) -> Option<Severity> {
        let index = self.position(rule)?;
        if self.disabled[index] {
            return None;
        }
        let applies = |other: &&Override| {
            other.levels[index].is_some()
                && (other.locales.is_empty() || other.locales.iter().any(|range| range.covers(locale)))
                && other.paths.as_ref().is_none_or(|globs| globs.is_match(path))
        };
        match self.overrides.iter().rev().find(applies).and_then(|other| other.levels[index]) {
            Some(level) => level.severity(),
            None => self.general[index],
        }
    }

    /// The severity of a finding about a change of that class in the source, for a rule at `level`. Changes that affect readers
    /// have the rule's severity, others at most info, unless the class is configured. `None` if it is off.
    pub fn of_change(&self, class: ChangeClass, level: Severity) -> Option<Severity> {
        match self.changes[class as usize] {
            Some(configured) => configured.severity(),
            None if class.matters() => Some(level),
            None => Some(level.min(Severity::Info)),
        }
    }

    /// Whether `rule` can report anything, so that the work it needs is not done for nothing.
    pub fn runs(&self, rule: &Rule) -> bool {
        self.position(rule).is_some_and(|index| {
            let raised = |other: &Override| other.levels[index].is_some_and(|level| level != Level::Off);
            !self.disabled[index] && (self.general[index].is_some() || self.overrides.iter().any(raised))
        })
    }

    /// The locales to report; if empty, all.
    pub fn reported(&self) -> &[Locale] {
        &self.reported
    }

    /// Whether findings in documents of `locale` are reported. Other documents are only used for comparison.
    pub fn reports(&self, locale: &Locale) -> bool {
        self.reported.is_empty() || self.reported.iter().any(|range| range.covers(locale))
    }

    /// The index of a rule in the list.
    fn position(&self, rule: &Rule) -> Option<usize> {
        self.rules.iter().position(|other| other.id == rule.id)
    }
}
