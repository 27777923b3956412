//! `extra-block`: code, images, tables and other blocks that the reference lacks.

use super::absence;
use super::check::Check;
use super::draft::Sink;
use super::rule::{Needs, Rule};
use crate::analysis::PairView;
use crate::analysis::{FaultKind, Side};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "extra-block",
    default: Some(Severity::Warning),
    summary: "A code block, image, table, HTML, video or include has no counterpart in the reference",
    documentation: include_str!("../../docs/rules/extra-block.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Object(Side::Extra)) {
        let what = absence::noun(view, fault, Side::Extra);
        sink.report(&RULE, absence::draft(view, fault, Side::Extra, &what, ""));
    }
}
