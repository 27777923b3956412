//! `missing-section`: a heading with its text that the translation lacks.

use super::draft::Sink;
use super::structure::{FaultKind, Side};
use super::view::PairView;
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    default: Some(Severity::Error),
    summary: "A heading with its text stands in the reference but not here",
    documentation: include_str!("../../docs/rules/missing-section.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in
        view.faults(|kind| matches!(kind, FaultKind::Section(Side::Missing) | FaultKind::Heading(Side::Missing)))
    {
        let alone = fault.kind == FaultKind::Heading(Side::Missing);
        let what = if alone { "the heading" } else { "the section" };
        let rest = if alone { "; its text is there" } else { "" };
        sink.report(&RULE, absence::draft(view, fault, Side::Missing, what, rest));
    }
}
