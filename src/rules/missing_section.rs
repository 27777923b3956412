//! `missing-section`: a section that the translation lacks.

use super::draft::Sink;
use super::lacking::{self, Words};
use super::structure::{Fault, FaultKind, Side};
use super::view::{PageView, PairView};
use super::{Check, Rule, absence};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-section",
    default: Some(Severity::Error),
    summary: "A section of the reference is missing",
    documentation: include_str!("../../docs/rules/missing-section.md"),
    check: Check::Page(check),
};

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    let wanted = |kind| matches!(kind, FaultKind::Section(Side::Missing) | FaultKind::Heading(Side::Missing));
    lacking::report(page, &RULE, wanted, words, sink);
}

fn words(_: &PairView<'_>, fault: &Fault) -> Words {
    let (what, rest) = absence::section_noun(fault);
    Words { rest, ..Words::of(what) }
}
