//! `date-mismatch`: dates that differ.

use super::draft::Sink;
use super::view::PairView;
use super::{Check, Rule, quantities};
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "date-mismatch",
    default: Some(Severity::Error),
    summary: "A date differs",
    documentation: include_str!("../../docs/rules/date-mismatch.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    quantities::report(view, Category::Date, &RULE, sink);
}
