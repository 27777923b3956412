//! `heading-level`: a heading with another level than its counterpart.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::FaultKind;
use crate::analysis::PairView;
use crate::finding::Severity;
use isogloss_document::BlockKind;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "heading-level",
    default: Some(Severity::Warning),
    summary: "A heading has a different level than in the reference",
    documentation: include_str!("../../docs/rules/heading-level.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    for fault in view.faults(|kind| kind == FaultKind::Level) {
        let here = &view.translation.document.blocks[fault.blocks[0] as usize];
        let Some(source) = view.comparison.alignment.source_of(fault.blocks[0]) else { continue };
        let there = &view.reference.document.blocks[source as usize];
        let name = view.reference_name();
        let (own, other) = (noun(here.kind), noun(there.kind));
        let message = format!("{own} here, {other} in {name}: “{}”", view.translation.quote(here));
        let identity = view.translation.identity(here);
        let draft = Draft::at(view.translation, here.span, identity, message).label(own).related(
            view.reference,
            there.span,
            other,
        );
        sink.report(&RULE, draft);
    }
}

fn noun(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading(level) => format!("level {level} heading"),
        _ => "plain text".to_owned(),
    }
}
