//! `block-order`: blocks that are out of order.

use super::check::Check;
use super::draft::Sink;
use super::moved;
use super::rule::{Needs, Rule};
use crate::analysis::FaultKind;
use crate::analysis::PairView;
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "block-order",
    default: Some(Severity::Warning),
    summary: "Blocks are in a different order than in the reference",
    documentation: include_str!("../../docs/rules/block-order.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::BlockOrder) {
        moved::report(view, fault, "block", &RULE, sink);
    }
}
