//! `missing-paragraph`: running text that the translation lacks.

use super::draft::Sink;
use super::structure::{FaultKind, Side};
use super::view::PairView;
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-paragraph",
    default: Some(Severity::Error),
    summary: "A paragraph, list item, callout or quote of the reference is missing",
    documentation: include_str!("../../docs/rules/missing-paragraph.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Text(Side::Missing)) {
        let what = absence::text_noun(view, fault, Side::Missing);
        sink.report(&RULE, absence::draft(view, fault, Side::Missing, &what, ""));
    }
}
