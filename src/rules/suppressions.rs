//! The suppressions of a document.

use std::collections::BTreeMap;

use isogloss_text::{Range, Span};

use super::rule::Rule;

/// The scope of a suppression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The text after a comment. Scopes that start later also end later.
    Next(Part),
    /// The text between two comments. Scopes of the same rule do not overlap.
    Between(Part),
    /// The whole document.
    Document,
}

/// A part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where the scope starts for missing text: right after the text before the comment.
    pub gap: u32,
    /// Where the comment starts.
    pub start: u32,
    /// The end, exclusive.
    pub end: u32,
}

impl Part {
    /// Whether it starts at or before a finding with that range. Missing text has an empty range, and may be expected before or
    /// after the comment, as long as there is no text in between.
    pub(crate) fn begins_by(self, range: Range) -> bool {
        let from = if range.start == range.end { self.gap } else { self.start };
        from <= range.start.byte
    }

    /// Whether it contains a finding with that range.
    pub(crate) fn holds(self, range: Range) -> bool {
        self.begins_by(range) && range.start.byte < self.end
    }
}

/// A rule that is suppressed somewhere in a document.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rule.
    pub rule: &'static Rule,
    /// Where the document names it.
    pub span: Span,
    /// Whether it suppressed a finding.
    pub used: bool,
    /// Its scope.
    pub(crate) scope: Scope,
}

/// An invalid suppression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The invalid part.
    pub span: Span,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
}

/// Rules that are listed together: in one comment, or in one list in front matter.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    /// The syntax.
    pub form: Form,
    /// What to remove if no name is needed: the comment, or all items of the list. `None` if that is not certain.
    pub whole: Option<Span>,
    /// The names, in document order.
    pub names: Vec<Name>,
}

/// The syntax of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `<!-- … -->`.
    HtmlComment,
    /// `{/* … */}`.
    MdxComment,
    /// A list in front matter.
    List,
}

/// One name in a [`Listing`].
#[derive(Debug, Clone)]
pub(crate) struct Name {
    /// The name itself.
    pub span: Span,
    /// Index into [`Suppressions::entries`] of the suppression that it starts or ends. `None` if it is invalid.
    pub entry: Option<usize>,
    /// What to remove with the name if a name before it stays. `None` if that would change another name.
    pub after_another: Option<Span>,
    /// The same if only names after it stay.
    pub before_another: Option<Span>,
}

/// The suppressions of a document.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    /// One for each rule and scope.
    pub entries: Vec<Suppression>,
    /// Invalid suppressions.
    pub mistakes: Vec<Mistake>,
    /// The comments and lists that name the rules.
    pub(crate) listings: Vec<Listing>,
    by_rule: BTreeMap<&'static str, OfRule>,
}

/// The suppressions of one rule in a document, as indexes into [`Suppressions::entries`], each list in document order.
#[derive(Debug, Clone, Default)]
struct OfRule {
    next: Vec<usize>,
    between: Vec<usize>,
    document: Option<usize>,
}

impl Suppressions {
    /// Whether a finding of a rule in this document is suppressed. Marks the most specific suppression as used.
    pub fn cover(&mut self, rule: &str, range: Range) -> bool {
        let index = self.covering(rule, range);
        if let Some(index) = index {
            self.entries[index].used = true;
        }
        index.is_some()
    }

    /// The index of the most specific suppression that covers a finding of a rule.
    pub(crate) fn covering(&self, rule: &str, range: Range) -> Option<usize> {
        let of_rule = self.by_rule.get(rule)?;
        let next = self.last_that_holds(&of_rule.next, range);
        next.or_else(|| self.last_that_holds(&of_rule.between, range)).or(of_rule.document)
    }

    /// The last of these scopes that starts before a finding, if it contains the finding.
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

    /// Adds a suppression of `rule`, which is named at `span`, and returns its index.
    pub(crate) fn add(&mut self, rule: &'static Rule, span: Span, scope: Scope) -> usize {
        let (index, of_rule) = (self.entries.len(), self.by_rule.entry(rule.id).or_default());
        match scope {
            Scope::Next(_) => of_rule.next.push(index),
            Scope::Between(_) => of_rule.between.push(index),
            // Only the first has an effect.
            Scope::Document => of_rule.document = of_rule.document.or(Some(index)),
        }
        self.entries.push(Suppression { rule, span, used: false, scope });
        index
    }

    /// Adds an invalid suppression.
    pub(crate) fn mistake(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }
}
