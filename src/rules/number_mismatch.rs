//! `number-mismatch`: counts, sizes, money, versions and ordinals that differ.

use super::check::Check;
use super::draft::Sink;
use super::mismatches;
use super::rule::{Needs, Rule};
use crate::analysis::PairView;
use crate::finding::Severity;
use isogloss_quantities::Category;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "number-mismatch",
    default: Some(Severity::Warning),
    summary: "A count, size, amount of money, version or ordinal differs",
    documentation: include_str!("../../docs/rules/number-mismatch.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    mismatches::report(view, Category::Number, &RULE, sink);
}
