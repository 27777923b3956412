//! `sla-mismatch`: times, availability and percentages that differ.

use super::draft::Sink;
use super::view::PairView;
use super::{Check, Rule, quantities};
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "sla-mismatch",
    default: Some(Severity::Error),
    summary: "A duration, time, opening hours, availability or percentage differs",
    documentation: include_str!("../../docs/rules/sla-mismatch.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    quantities::report(view, Category::ServiceLevel, &RULE, sink);
}
