//! `section-order`: a section that stands in another place.

use super::check::Check;
use super::draft::Sink;
use super::moved;
use super::rule::{Needs, Rule};
use crate::analysis::FaultKind;
use crate::analysis::PairView;
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "section-order",
    default: Some(Severity::Warning),
    summary: "The same sections in another order",
    documentation: include_str!("../../docs/rules/section-order.md"),
    needs: Needs::Text,
};

/// How it looks.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::SectionOrder) {
        moved::report(view, fault, "the section", &RULE, sink);
    }
}
