//! `extra-section`: a section that the reference lacks.

use super::absence;
use super::check::Check;
use super::draft::Sink;
use super::rule::{Needs, Rule};
use crate::analysis::PairView;
use crate::analysis::{FaultKind, Side};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "extra-section",
    default: Some(Severity::Warning),
    summary: "A section has no counterpart in the reference",
    documentation: include_str!("../../docs/rules/extra-section.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| matches!(kind, FaultKind::Section(Side::Extra) | FaultKind::Heading(Side::Extra))) {
        let (what, rest) = absence::section_noun(fault);
        sink.report(&RULE, absence::draft(view, fault, Side::Extra, &what, rest));
    }
}
