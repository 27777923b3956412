//! `date-mismatch`: dates that differ.

use super::check::Check;
use super::draft::Sink;
use super::mismatches;
use super::rule::{Needs, Rule};
use crate::analysis::PairView;
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "date-mismatch",
    default: Some(Severity::Error),
    summary: "A date differs",
    documentation: include_str!("../../docs/rules/date-mismatch.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    mismatches::report(view, Category::Date, &RULE, sink);
}
