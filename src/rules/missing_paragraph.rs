//! `missing-paragraph`: text that the translation lacks.

use super::absence;
use super::check::Check;
use super::draft::Sink;
use super::lacking::{self, Words};
use super::rule::{Needs, Rule};
use crate::analysis::{Fault, FaultKind, Side};
use crate::analysis::{PageView, PairView};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-paragraph",
    default: Some(Severity::Error),
    summary: "A paragraph, list item, callout or quote of the reference is missing",
    documentation: include_str!("../../docs/rules/missing-paragraph.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    let words = |view: &PairView<'_>, fault: &Fault| Words::of(absence::noun(view, fault, Side::Missing));
    lacking::report(page, &RULE, |kind| kind == FaultKind::Text(Side::Missing), words, sink);
}
