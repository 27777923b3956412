//! `missing-block`: code, images, tables and the like that the translation lacks.

use super::draft::Sink;
use super::structure::{FaultKind, Side};
use super::view::PairView;
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-block",
    default: Some(Severity::Error),
    summary: "Code, an image, a table, HTML, a video or an include of the reference is missing",
    documentation: include_str!("../../docs/rules/missing-block.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Object(Side::Missing)) {
        let what = absence::object_noun(view, fault, Side::Missing);
        sink.report(&RULE, absence::draft(view, fault, Side::Missing, &what, ""));
    }
}
