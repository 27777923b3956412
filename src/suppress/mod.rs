//! Suppressions: what a document says about findings that are right to stand in it.
//!
//! They stand in comments ([`comments`]) and in front matter ([`front_matter`]) of the document that the finding is reported
//! in, and each of them names its rules. Most documents hold none, which costs one search for a word.

mod comments;
mod front_matter;
mod scope;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use camino::Utf8Path;
use memchr::memmem;

use self::scope::{Part, Scope};
use crate::config::nearest::rule_suggestion;
use crate::rules::{self, PageView, Rule, Sink, Version};
use isogloss_document::Document;
use isogloss_text::{Range, Span};

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
    by_rule: BTreeMap<&'static str, OfRule>,
}

/// The suppressions of one rule in a document, as indexes into [`Suppressions::entries`], each list in the document's order.
#[derive(Debug, Clone, Default)]
struct OfRule {
    next: Vec<usize>,
    between: Vec<usize>,
    document: Option<usize>,
}

/// What the documents of a page suppress, by their paths; those that suppress nothing are left out.
pub fn read<'c>(view: &PageView<'c>) -> Vec<(&'c Utf8Path, Suppressions)> {
    let of = |version: &Version<'c>| Some((version.member.path.as_path(), Suppressions::read(&version.document)?));
    view.versions.iter().filter_map(of).collect()
}

/// Takes the findings that documents of the page suppress out of the sink, and reports the suppressions that did nothing.
pub fn suppress(view: &PageView<'_>, sink: &mut Sink<'_>) {
    for (path, mut suppressions) in sink.take_suppressions() {
        sink.retain(|finding| finding.path != path || !suppressions.cover(finding.rule, finding.range));
        let version = view.versions.iter().find(|version| version.member.path == path);
        version.into_iter().for_each(|version| rules::check_suppressions(view, version, &suppressions, sink));
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

    /// Whether a finding of a rule in this document is suppressed; what does so most closely is used from then on.
    pub fn cover(&mut self, rule: &str, range: Range) -> bool {
        let Some(of_rule) = self.by_rule.get(rule) else { return false };
        let index = self
            .last_that_holds(&of_rule.next, range)
            .or_else(|| self.last_that_holds(&of_rule.between, range))
            .or(of_rule.document);
        if let Some(index) = index {
            self.entries[index].used = true;
        }
        index.is_some()
    }

    /// The last of these parts that begins before a finding holds it, or none does.
    fn last_that_holds(&self, indexes: &[usize], range: Range) -> Option<usize> {
        let after = indexes.partition_point(|&index| self.part(index).is_some_and(|part| part.begins_by(range)));
        let index = *indexes[..after].last()?;
        self.part(index)?.holds(range).then_some(index)
    }

    fn part(&self, index: usize) -> Option<Part> {
        match self.entries[index].scope {
            Scope::Next(part) | Scope::Between(part) => Some(part),
            Scope::Document => None,
        }
    }

    /// Adds the rule that is named at `span`, or the mistake that there is none of that name.
    fn add(&mut self, name: &str, span: Span, scope: Scope) {
        let Some(rule) = rules::find(name) else {
            return self.mistake(span, format!("unknown rule `{name}`; {}", rule_suggestion(name)));
        };
        let (index, of_rule) = (self.entries.len(), self.by_rule.entry(rule.id).or_default());
        match scope {
            Scope::Next(_) => of_rule.next.push(index),
            Scope::Between(_) => of_rule.between.push(index),
            // One is enough: another suppresses nothing.
            Scope::Document => of_rule.document = of_rule.document.or(Some(index)),
        }
        self.entries.push(Suppression { rule, span, used: false, scope });
    }

    fn mistake(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }
}
