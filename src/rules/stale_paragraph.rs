//! `stale-paragraph`: a paragraph whose source was reworded since the recorded commit.

use super::draft::Sink;
use super::view::PairView;
use super::{Check, Rule};
use crate::finding::Severity;
use crate::history::PinState;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-paragraph",
    default: Some(Severity::Warning),
    summary: "The source of this paragraph was reworded since the recorded commit",
    documentation: include_str!("../../docs/rules/stale-paragraph.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    let Some(PinState::Changed { old, new, .. }) = view.translation.verdict.map(|verdict| &verdict.state) else { return };
    let _ = (old, new, sink);
}
