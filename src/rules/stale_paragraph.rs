//! `stale-paragraph`: a paragraph whose source was reworded since the recorded commit.

use super::draft::{Draft, Sink};
use super::view::PairView;
use super::{Check, Rule};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-paragraph",
    default: Some(Severity::Warning),
    summary: "The source of this paragraph was reworded since the recorded commit",
    documentation: include_str!("../../docs/rules/stale-paragraph.md"),
    check: Check::Pair(check),
};

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    let Some((old, changes)) = &view.translation.changes else { return };
    let since = view.translation.verdict.and_then(|verdict| verdict.commit.as_deref());
    for change in &changes.changed {
        let Some(block) = view.comparison.alignment.translation_of(change.new) else { continue };
        let here = &view.translation.document.blocks[block as usize];
        let (before, after) = (&old.blocks[change.old as usize], &view.reference.document.blocks[change.new as usize]);
        let name = view.reference.locale().name();
        let when = since.map(|commit| format!(" since {}, {}", commit.short(), commit.date())).unwrap_or_default();
        let message = format!("the {name} of this has other {}{when}", change.class.as_str());
        let (was, is) = (before.span.slice(&old.text), after.span.slice(&view.reference.document.text));
        let mut draft = Draft::at(view.translation, here.span, &format!("{was} {is}"), message)
            .label("made from an older text")
            .related(view.reference, after.span, "reads so now")
            .data("class", change.class.as_str())
            .data("old", was)
            .data("new", is);
        if let Some(commit) = since {
            draft = draft.data("since", commit.date());
        }
        if !change.class.matters() {
            draft = draft.at_most(Severity::Info);
        }
        sink.report(&RULE, draft);
    }
}
