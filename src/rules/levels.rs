//! Which rules run, where, and how much their findings matter: the one place that decides it.

use camino::Utf8Path;

use super::rule::Rule;
use crate::corpus::globs::Globs;
use crate::finding::Severity;
use isogloss_align::changes::Class;
use isogloss_text::Locale;

/// What the configuration says of a rule.
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
    /// The words for them, in this order.
    pub const NAMES: [(&'static str, Self); 4] =
        [("error", Self::Error), ("warning", Self::Warning), ("info", Self::Info), ("off", Self::Off)];

    /// The severity of findings at this level; `None` is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

/// The severity of each rule, in general and where overrides say otherwise.
#[derive(Debug, Clone)]
pub struct Levels {
    rules: &'static [&'static Rule],
    /// One a rule, in the order of `rules`.
    general: Vec<Option<Severity>>,
    overrides: Vec<Override>,
    /// Rules that the command line switched off, in the order of the rules: no override brings them back.
    disabled: Vec<bool>,
    /// The locales whose findings were asked for; empty: all.
    reported: Vec<Locale>,
    /// What the configuration says of each class of change in the source, in the order of [`Class::ALL`].
    changes: [Option<Level>; Class::ALL.len()],
}

/// Levels for particular paths and locales.
#[derive(Debug, Clone)]
pub(crate) struct Override {
    /// `None`: every path.
    pub paths: Option<Globs>,
    /// Empty: every locale.
    pub locales: Vec<Locale>,
    /// In the order of [`RULES`]; `None` where the override says nothing.
    pub levels: Vec<Option<Level>>,
}

impl Levels {
    /// Every rule at its own level.
    pub fn of(rules: &'static [&'static Rule]) -> Self {
        Self::new(rules, &vec![None; rules.len()], Vec::new())
    }

    /// The levels of the configuration file: `general` has one entry a rule, in the order of the rules, `None` where the
    /// file says nothing. Of the overrides, later ones win.
    pub(crate) fn new(rules: &'static [&'static Rule], general: &[Option<Level>], overrides: Vec<Override>) -> Self {
        let general = rules.iter().zip(general);
        Self {
            rules,
            general: general.map(|(rule, level)| level.map_or(rule.default, Level::severity)).collect(),
            overrides,
            disabled: vec![false; rules.len()],
            reported: Vec::new(),
            changes: [None; Class::ALL.len()],
        }
    }

    /// Sets the level of some classes of change in the source.
    #[must_use]
    pub(crate) fn with_changes(mut self, changes: impl Iterator<Item = (Class, Level)>) -> Self {
        changes.for_each(|(class, level)| self.changes[class as usize] = Some(level));
        self
    }

    /// Applies the command line. With `selected` rules only these run, at least as warnings if the configuration has
    /// them off; `ignored` ones do not run. With `reported` locales only their findings count.
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

    /// The severity of a finding of `rule` in the document at `path`, as reports print it; `None` if it is off there.
    pub fn severity(&self, rule: &Rule, path: &Utf8Path, locale: &Locale) -> Option<Severity> {
        if self.reports(locale) { self.configured(rule, path, locale) } else { None }
    }

    /// The same if the findings of all locales were asked for.
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

    /// The severity of a finding about a change of the source of some class, where its rule is at `level`: the rule's for what
    /// matters to a reader, at most info for the rest, unless the class is configured; `None` is off.
    pub fn of_change(&self, class: Class, level: Severity) -> Option<Severity> {
        match self.changes[class as usize] {
            Some(configured) => configured.severity(),
            None if class.matters() => Some(level),
            None => Some(level.min(Severity::Info)),
        }
    }

    /// Whether `rule` can report anything at all, so that the work that it needs is worth doing.
    pub fn runs(&self, rule: &Rule) -> bool {
        self.position(rule).is_some_and(|index| {
            let raised = |other: &Override| other.levels[index].is_some_and(|level| level != Level::Off);
            !self.disabled[index] && (self.general[index].is_some() || self.overrides.iter().any(raised))
        })
    }

    /// The locales whose findings were asked for; empty: all.
    pub fn reported(&self) -> &[Locale] {
        &self.reported
    }

    /// Whether findings in documents of `locale` were asked for; the others serve for comparison only.
    pub fn reports(&self, locale: &Locale) -> bool {
        self.reported.is_empty() || self.reported.iter().any(|range| range.covers(locale))
    }

    /// The place of a rule in the list.
    fn position(&self, rule: &Rule) -> Option<usize> {
        self.rules.iter().position(|other| other.id == rule.id)
    }
}
