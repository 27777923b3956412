//! A finding before its severity is decided: one primary location, any number of related ones.

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
use isogloss_align::changes::ChangeClass;
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
    /// Classes of change in the source; empty if the finding is not about a change.
    classes: Vec<ChangeClass>,
    at_most: Option<Severity>,
    page: Option<String>,
    /// Locales in which the same fault may be reported instead, for the baseline.
    otherwise: Vec<Locale>,
    /// The part of the fingerprint that distinguishes it from other findings of its rule in its document.
    identity: String,
    /// A text shared with other findings that is appended to the identity.
    shared: Option<Rc<Shared>>,
}

impl Draft {
    /// A finding at `span` of a document. `identity` is text that stays the same while the file is edited elsewhere:
    /// usually the text in question.
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

    /// Appends a text that other findings share to the identity, which must not be empty.
    #[must_use]
    pub fn sharing(mut self, text: &Rc<Shared>) -> Self {
        self.shared = Some(Rc::clone(text));
        self
    }

    /// Sets the locale that the finding is about, if it is not the file's.
    #[must_use]
    pub fn locale(mut self, locale: &Locale) -> Self {
        self.locale = locale.clone();
        self
    }

    /// Adds locales in which the same fault may be reported instead.
    #[must_use]
    pub fn otherwise(mut self, locales: impl IntoIterator<Item = Locale>) -> Self {
        self.otherwise.extend(locales);
        self
    }

    /// Sets the page that the finding is about, if it is not the sink's.
    #[must_use]
    pub fn page(mut self, key: &str) -> Self {
        self.page = Some(key.to_owned());
        self
    }

    /// Sets the label of the underlined text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a related location.
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

    /// Adds a related file.
    #[must_use]
    pub fn related_file(mut self, member: &Member, message: impl Into<String>) -> Self {
        let (path, locale) = (member.path.clone(), member.locale.clone());
        self.related.push(Related { path, locale, range: top(), message: message.into() });
        self
    }

    /// Adds an entry to `data`.
    #[must_use]
    pub fn data(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.data.insert(key.to_owned(), value.into());
        self
    }

    /// Adds a fix; the best one comes first.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Sets the classes of change; the finding gets the highest of their levels.
    #[must_use]
    pub fn classes(mut self, classes: impl IntoIterator<Item = ChangeClass>) -> Self {
        self.classes.extend(classes);
        self
    }

    /// Marks it as estimated if the source commit of `version` is estimated: such a finding is never an error.
    #[must_use]
    pub fn guessed(self, version: &Version<'_>) -> Self {
        if version.is_guess { self.data("guessed", true).at_most(Severity::Warning) } else { self }
    }

    /// Limits its severity, whatever the rule's.
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

/// Collects the findings of all rules on one page. This is the only place that decides severity.
#[derive(Debug)]
pub struct Sink<'c> {
    levels: &'c Levels,
    page: &'c str,
    findings: Vec<Finding>,
    suppressions: Vec<(&'c Utf8Path, Suppressions)>,
    joins: bool,
}

impl<'c> Sink<'c> {
    /// A sink for the findings of the page with this key.
    pub fn new(levels: &'c Levels, page: &'c str) -> Self {
        Self { levels, page, findings: Vec::new(), suppressions: Vec::new(), joins: true }
    }

    /// Adds the suppressions of the page's documents, by path.
    #[must_use]
    pub fn suppressing(self, suppressions: Vec<(&'c Utf8Path, Suppressions)>) -> Self {
        Self { suppressions, ..self }
    }

    /// Sets whether faults that all translations share are reported in the source. If the source is not reported, they
    /// are reported in each translation.
    #[must_use]
    pub fn joining(self, joins: bool) -> Self {
        Self { joins, ..self }
    }

    /// Returns the suppressions of the page's documents.
    pub fn take_suppressions(&mut self) -> Vec<(&'c Utf8Path, Suppressions)> {
        std::mem::take(&mut self.suppressions)
    }

    /// Adds a finding of `rule`, unless the rule is off for it.
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

    /// Adds findings whose severity is decided.
    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Keeps the findings for which `keep` returns true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.findings.retain(keep);
    }

    /// The severity that a finding of `rule` would have if all locales were reported; `None` if it is off or
    /// suppressed.
    pub(super) fn effective_severity(&mut self, rule: &Rule, draft: &Draft) -> Option<Severity> {
        let level = self.levels.configured(rule, &draft.path, &draft.locale)?;
        let severity = draft.at_most.map_or(level, |most| level.min(most));
        (!self.suppresses(rule, &draft.path, draft.range)).then_some(severity)
    }

    /// Whether a document suppresses findings of `rule` in this range.
    pub(super) fn suppresses(&mut self, rule: &Rule, path: &Utf8Path, range: Range) -> bool {
        let of_document = self.suppressions.iter_mut().find(|(document, _)| *document == path);
        of_document.is_some_and(|(_, suppressions)| suppressions.cover(rule.id, range))
    }

    /// Whether faults that all translations share are reported in the source.
    pub(super) fn joins(&self, rule: &Rule, source: &Version<'_>) -> bool {
        self.joins && self.runs(rule, source)
    }

    /// Whether `rule` is on for a document.
    pub(super) fn runs(&self, rule: &Rule, version: &Version<'_>) -> bool {
        self.levels.severity(rule, &version.member.path, version.locale()).is_some()
    }

    /// The findings, in the order in which they were reported.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
    }
}
