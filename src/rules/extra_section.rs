//! `extra-section`: a section that the reference lacks.

use super::draft::Sink;
use super::structure::{FaultKind, Side};
use super::view::PairView;
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "extra-section",
    default: Some(Severity::Warning),
    summary: "A section has no counterpart in the reference",
    documentation: include_str!("../../docs/rules/extra-section.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| matches!(kind, FaultKind::Section(Side::Extra) | FaultKind::Heading(Side::Extra))) {
        let (what, rest) = absence::section_noun(fault);
        sink.report(&RULE, absence::draft(view, fault, Side::Extra, &what, rest));
    }
}
