//! `sla-mismatch`: times, availability and percentages that differ.

use super::check::Check;
use super::draft::Sink;
use super::mismatches;
use super::rule::{Needs, Rule};
use crate::analysis::PairView;
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "sla-mismatch",
    default: Some(Severity::Error),
    summary: "A duration, time, opening hours, availability or percentage differs",
    documentation: include_str!("../../docs/rules/sla-mismatch.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    mismatches::report(view, Category::ServiceLevel, &RULE, sink);
}
