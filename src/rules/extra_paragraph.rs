//! `extra-paragraph`: text that the reference lacks.

use super::draft::Sink;
use super::structure::{FaultKind, Side};
use super::view::PairView;
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "extra-paragraph",
    default: Some(Severity::Warning),
    summary: "A paragraph, list item, callout or quote has no counterpart in the reference",
    documentation: include_str!("../../docs/rules/extra-paragraph.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Text(Side::Extra)) {
        let what = absence::noun(view, fault, Side::Extra);
        sink.report(&RULE, absence::draft(view, fault, Side::Extra, &what, ""));
    }
}
