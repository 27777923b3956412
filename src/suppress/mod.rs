//! Suppressions: what a document says about findings that are right to stand in it.
//!
//! They stand in comments ([`comments`]) and in front matter ([`front_matter`]) of the document that the finding is reported
//! in, and each of them names its rules. Most documents hold none, which costs one search for a word.

mod comments;
mod front_matter;
mod scope;
#[cfg(test)]
mod tests;

use memchr::memmem;

use self::scope::Scope;
use crate::config::nearest::rule_suggestion;
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::{self, PageView, Rule, Sink};
use crate::text::Span;

/// Without this word a document suppresses nothing.
const WORD: &[u8] = b"isogloss";

/// One rule that is not to be reported somewhere in a document.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it is named.
    pub span: Span,
    /// Whether a finding was suppressed by it.
    pub used: bool,
    scope: Scope,
}

/// Something that is written like a suppression and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub span: Span,
    /// How, in one sentence without a full stop.
    pub message: String,
}

/// What one document suppresses.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    /// What is suppressed, one a rule and place.
    pub entries: Vec<Suppression>,
    /// What was meant to suppress something.
    pub mistakes: Vec<Mistake>,
}

/// Takes the findings that documents of the page suppress out of the sink, and reports the suppressions that did nothing.
pub fn suppress(view: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &view.versions {
        let Some(mut suppressions) = Suppressions::read(&version.document) else { continue };
        sink.retain(|finding| finding.path != version.member.path || !suppressions.cover(finding));
        rules::check_suppressions(view, version, &suppressions, sink);
    }
}

impl Suppressions {
    /// What a document suppresses; `None` if it says nothing about it.
    pub fn read(document: &Document) -> Option<Self> {
        memmem::find(document.text.as_bytes(), WORD)?;
        let mut found = Self::default();
        front_matter::read(document, &mut found);
        comments::read(document, &mut found);
        (!found.entries.is_empty() || !found.mistakes.is_empty()).then_some(found)
    }

    /// Whether a finding in this document is suppressed; what suppresses it is used from then on.
    fn cover(&mut self, finding: &Finding) -> bool {
        let mut covered = false;
        for entry in self.entries.iter_mut().filter(|entry| entry.rule.id == finding.rule) {
            if entry.scope.holds(finding.range) {
                entry.used = true;
                covered = true;
            }
        }
        covered
    }

    /// Adds the rule that is named at `span`, or the mistake that there is none of that name.
    fn add(&mut self, name: &str, span: Span, scope: Scope) {
        match rules::find(name) {
            Some(rule) => self.entries.push(Suppression { rule, span, used: false, scope }),
            None => self.mistake(span, format!("there is no rule `{name}`: {}", rule_suggestion(name))),
        }
    }

    fn mistake(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }
}
