//! What one document suppresses.

use std::collections::BTreeMap;

use isogloss_text::{Range, Span};

use super::rule::Rule;

/// Where a suppression holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In what follows a comment. Of several, the later begin and end later.
    Next(Part),
    /// Between two comments. Those of one rule share nothing.
    Between(Part),
    /// In the whole document.
    Document,
}

/// A part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where what is missing may be missed: right behind the text before the comment.
    pub gap: u32,
    /// Where the comment begins.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Part {
    /// Whether it begins at or before a finding with that range. What is missing has an empty range: it may have been missed
    /// before the comment or behind it, as long as no text is between.
    pub fn begins_by(self, range: Range) -> bool {
        let from = if range.start == range.end { self.gap } else { self.start };
        from <= range.start.byte
    }

    /// Whether a finding with that range is in it.
    pub fn holds(self, range: Range) -> bool {
        self.begins_by(range) && range.start.byte < self.end
    }
}

/// One rule that is not to be reported somewhere in a document.
#[derive(Debug, Clone)]
pub struct Suppression {
    /// The rule.
    pub rule: &'static Rule,
    /// Where it is named.
    pub span: Span,
    /// Whether a finding was suppressed by it.
    pub used: bool,
    /// Where it holds.
    pub(crate) scope: Scope,
}

/// Something that is written like a suppression and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub span: Span,
    /// How, in one sentence without a full stop.
    pub message: String,
}

/// Names of rules that are written together: in one comment, or in one list of front matter.
#[derive(Debug, Clone)]
pub(crate) struct Listing {
    /// Where they are written.
    pub form: Form,
    /// What to remove once no name is needed: the comment, or all items of the list; `None` where that is not certain.
    pub whole: Option<Span>,
    /// In the document's order.
    pub names: Vec<Name>,
}

/// Where names of rules are written.
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
    /// The suppression that it begins or ends: an index into [`Suppressions::entries`]. `None` for a mistake.
    pub entry: Option<usize>,
    /// What to remove along with the name where a name before it stays; `None` where that would change another name.
    pub after_another: Option<Span>,
    /// The same where only names behind it stay.
    pub before_another: Option<Span>,
}

/// What one document suppresses.
#[derive(Debug, Clone, Default)]
pub struct Suppressions {
    /// What is suppressed, one a rule and place.
    pub entries: Vec<Suppression>,
    /// What was meant to suppress something.
    pub mistakes: Vec<Mistake>,
    /// Where the rules are named.
    pub(crate) listings: Vec<Listing>,
    by_rule: BTreeMap<&'static str, OfRule>,
}

/// The suppressions of one rule in a document, as indexes into [`Suppressions::entries`], each list in the document's order.
#[derive(Debug, Clone, Default)]
struct OfRule {
    next: Vec<usize>,
    between: Vec<usize>,
    document: Option<usize>,
}

impl Suppressions {
    /// Whether a finding of a rule in this document is suppressed; what does so most closely is used from then on.
    pub fn cover(&mut self, rule: &str, range: Range) -> bool {
        let index = self.covering(rule, range);
        if let Some(index) = index {
            self.entries[index].used = true;
        }
        index.is_some()
    }

    /// The index of the suppression that covers a finding of a rule most closely.
    pub(crate) fn covering(&self, rule: &str, range: Range) -> Option<usize> {
        let of_rule = self.by_rule.get(rule)?;
        let next = self.last_that_holds(&of_rule.next, range);
        next.or_else(|| self.last_that_holds(&of_rule.between, range)).or(of_rule.document)
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

    /// Adds `rule`, which is named at `span`.
    pub(crate) fn add(&mut self, rule: &'static Rule, span: Span, scope: Scope) {
        let (index, of_rule) = (self.entries.len(), self.by_rule.entry(rule.id).or_default());
        match scope {
            Scope::Next(_) => of_rule.next.push(index),
            Scope::Between(_) => of_rule.between.push(index),
            // One is enough: another suppresses nothing.
            Scope::Document => of_rule.document = of_rule.document.or(Some(index)),
        }
        self.entries.push(Suppression { rule, span, used: false, scope });
    }

    /// Adds something that is written like a suppression and is none.
    pub(crate) fn mistake(&mut self, span: Span, message: impl Into<String>) {
        self.mistakes.push(Mistake { span, message: message.into() });
    }
}
