//! `block-order`: blocks that are out of order.

use super::draft::Sink;
use super::structure::FaultKind;
use super::view::PairView;
use super::{Check, Rule, order};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "block-order",
    default: Some(Severity::Warning),
    summary: "Blocks are in a different order than in the reference",
    documentation: include_str!("../../docs/rules/block-order.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::BlockOrder) {
        order::report(view, fault, "block", &RULE, sink);
    }
}
