//! `empty-text`: text of the reference whose counterpart is present but empty.

use super::absence;
use super::check::Check;
use super::draft::Sink;
use super::rule::{Needs, Rule};
use crate::analysis::{FaultKind, PairView, Side};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "empty-text",
    default: Some(Severity::Error),
    summary: "A paragraph, list item or HTML block has text in the reference but is empty here",
    documentation: include_str!("../../docs/rules/empty-text.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Empty) {
        let what = absence::noun(view, fault, Side::Missing);
        sink.report(&RULE, absence::draft(view, fault, Side::Missing, &what, ""));
    }
}
