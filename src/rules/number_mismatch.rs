//! `number-mismatch`: other numbers that differ.

use super::draft::Sink;
use super::view::PairView;
use super::{Check, Rule, quantities};
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "number-mismatch",
    default: Some(Severity::Warning),
    summary: "A count, size, amount of money, version or ordinal differs",
    documentation: include_str!("../../docs/rules/number-mismatch.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    quantities::report(view, Category::Number, &RULE, sink);
}
