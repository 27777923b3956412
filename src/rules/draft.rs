//! A finding in the making: exactly one primary place, any number of related ones.

use std::rc::Rc;

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Map, Value};

use super::rule::Rule;
use super::suppressions::Suppressions;
use crate::analysis::Version;
use crate::corpus::page::Member;
use crate::finding::fingerprint::{Fingerprint, Shared};
use crate::finding::{Finding, Fix, Related, Severity};
use crate::rules::Levels;
use isogloss_align::changes::Class;
use isogloss_text::Locale;
use isogloss_text::{Position, Range, Span};

/// A finding that a rule reports, before its severity is decided.
#[derive(Debug)]
pub struct Draft {
    locale: Locale,
    path: Utf8PathBuf,
    range: Range,
    message: String,
    label: String,
    related: Vec<Related>,
    data: Map<String, Value>,
    fixes: Vec<Fix>,
    /// How the source changed; empty if it is not about that.
    classes: Vec<Class>,
    at_most: Option<Severity>,
    page: Option<String>,
    /// The locales that the same is told of where it is told otherwise.
    otherwise: Vec<Locale>,
    /// What tells it from other findings of its rule in its document, whatever else changes in the file.
    identity: String,
    /// What the identity goes on with, if that is a text that other findings are about too.
    shared: Option<Rc<Shared>>,
}

impl Draft {
    /// A finding at `span` of a document. `identity` is what stays the same while the file is edited elsewhere: the text at
    /// fault, most often.
    pub fn at(version: &Version<'_>, span: Span, identity: &str, message: String) -> Self {
        let range = version.document.range(span);
        Self::new(version.member, range, identity, message)
    }

    /// A finding about a whole file.
    pub fn on_file(member: &Member, identity: &str, message: String) -> Self {
        Self::new(member, top(), identity, message)
    }

    fn new(member: &Member, range: Range, identity: &str, message: String) -> Self {
        Self {
            locale: member.locale.clone(),
            path: member.path.clone(),
            range,
            message,
            label: String::new(),
            related: Vec::new(),
            data: Map::new(),
            fixes: Vec::new(),
            classes: Vec::new(),
            at_most: None,
            page: None,
            otherwise: Vec::new(),
            identity: identity.to_owned(),
            shared: None,
        }
    }

    /// Lets its identity, which is not empty, go on with a text that other findings are about too.
    #[must_use]
    pub fn sharing(mut self, text: &Rc<Shared>) -> Self {
        self.shared = Some(Rc::clone(text));
        self
    }

    /// Says which locale it is about, where that is not the file's.
    #[must_use]
    pub fn locale(mut self, locale: &Locale) -> Self {
        self.locale = locale.clone();
        self
    }

    /// Says that the same may be told of other locales instead: of each of them.
    #[must_use]
    pub fn otherwise(mut self, locales: impl IntoIterator<Item = Locale>) -> Self {
        self.otherwise.extend(locales);
        self
    }

    /// Says which page it is about, where the sink is not that page's.
    #[must_use]
    pub fn page(mut self, key: &str) -> Self {
        self.page = Some(key.to_owned());
        self
    }

    /// What to write under the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Another place that explains it.
    #[must_use]
    pub fn related(mut self, version: &Version<'_>, span: Span, message: impl Into<String>) -> Self {
        let range = version.document.range(span);
        self.related.push(Related {
            path: version.member.path.clone(),
            locale: version.locale().clone(),
            range,
            message: message.into(),
        });
        self
    }

    /// Another file that explains it.
    #[must_use]
    pub fn related_file(mut self, member: &Member, message: impl Into<String>) -> Self {
        let (path, locale) = (member.path.clone(), member.locale.clone());
        self.related.push(Related { path, locale, range: top(), message: message.into() });
        self
    }

    /// A fact for machines.
    #[must_use]
    pub fn data(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }

    /// A way to resolve it; the best is added first.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Says how the source changed: the gravest level of these classes is the finding's.
    #[must_use]
    pub fn classes(mut self, classes: impl IntoIterator<Item = Class>) -> Self {
        self.classes.extend(classes);
        self
    }

    /// Marks it as resting on a guess, if the source commit of `version` is one: such a finding is no error.
    #[must_use]
    pub fn guessed(self, version: &Version<'_>) -> Self {
        if version.is_guess { self.data("guessed", true).at_most(Severity::Warning) } else { self }
    }

    /// Lowers its severity, whatever the rule's.
    #[must_use]
    pub fn at_most(mut self, severity: Severity) -> Self {
        self.at_most = Some(severity);
        self
    }
}

fn top() -> Range {
    let start = Position { line: 1, column: 1, byte: 0 };
    Range { start, end: start }
}

/// Takes the findings of all rules over one page, and decides their severity: the only place that does.
#[derive(Debug)]
pub struct Sink<'c> {
    levels: &'c Levels,
    page: &'c str,
    findings: Vec<Finding>,
    suppressions: Vec<(&'c Utf8Path, Suppressions)>,
    joins: bool,
}

impl<'c> Sink<'c> {
    /// A sink for the findings of the page with that key.
    pub fn new(levels: &'c Levels, page: &'c str) -> Self {
        Self { levels, page, findings: Vec::new(), suppressions: Vec::new(), joins: true }
    }

    /// The same with what the documents of the page suppress, by their paths.
    #[must_use]
    pub fn suppressing(self, suppressions: Vec<(&'c Utf8Path, Suppressions)>) -> Self {
        Self { suppressions, ..self }
    }

    /// The same; where it does not join, what is a fault of the page is told in each translation, as nobody asked about the
    /// source.
    #[must_use]
    pub fn joining(self, joins: bool) -> Self {
        Self { joins, ..self }
    }

    /// What the documents of the page suppress.
    pub fn take_suppressions(&mut self) -> Vec<(&'c Utf8Path, Suppressions)> {
        std::mem::take(&mut self.suppressions)
    }

    /// Takes a finding of `rule`, unless it is off there.
    pub fn report(&mut self, rule: &Rule, draft: Draft) {
        let Some(level) = self.levels.severity(rule, &draft.path, &draft.locale) else { return };
        let of_classes = draft.classes.iter().filter_map(|class| self.levels.of_change(*class, level)).max();
        let severity = if draft.classes.is_empty() { Some(level) } else { of_classes };
        let Some(severity) = severity else { return };
        let severity = draft.at_most.map_or(severity, |most| severity.min(most));
        let page = draft.page.unwrap_or_else(|| self.page.to_owned());
        let fingerprint = |locale: &Locale| match &draft.shared {
            None => Fingerprint::of(rule.id, &page, locale.as_str(), &draft.identity),
            Some(shared) => Fingerprint::of_shared(rule.id, &page, locale.as_str(), &draft.identity, shared),
        };
        let (otherwise, fingerprint) = (draft.otherwise.iter().map(fingerprint).collect(), fingerprint(&draft.locale));
        self.findings.push(Finding {
            rule: rule.id,
            severity,
            message: draft.message,
            page,
            locale: draft.locale,
            path: draft.path,
            range: draft.range,
            related: draft.related,
            data: draft.data,
            fingerprint,
            fixes: draft.fixes,
            otherwise,
            label: draft.label,
        });
    }

    /// Takes findings whose severity is decided.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Keeps the findings that `keep` says so of.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.findings.retain(keep);
    }

    /// How grave a finding of `rule` would be if those of all locales were asked for; `None` if it is off or suppressed there.
    pub(super) fn standing(&mut self, rule: &Rule, draft: &Draft) -> Option<Severity> {
        let level = self.levels.configured(rule, &draft.path, &draft.locale)?;
        let severity = draft.at_most.map_or(level, |most| level.min(most));
        (!self.suppresses(rule, &draft.path, draft.range)).then_some(severity)
    }

    /// Whether a document suppresses what `rule` finds there.
    pub(super) fn suppresses(&mut self, rule: &Rule, path: &Utf8Path, range: Range) -> bool {
        let of_document = self.suppressions.iter_mut().find(|(document, _)| *document == path);
        of_document.is_some_and(|(_, suppressions)| suppressions.cover(rule.id, range))
    }

    /// Whether what is a fault of the page is reported in the source.
    pub(super) fn joins(&self, rule: &Rule, source: &Version<'_>) -> bool {
        self.joins && self.runs(rule, source)
    }

    /// Whether `rule` reports anything in a document.
    pub(super) fn runs(&self, rule: &Rule, version: &Version<'_>) -> bool {
        self.levels.severity(rule, &version.member.path, version.locale()).is_some()
    }

    /// The findings, in the order in which they were reported.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
    }
}
