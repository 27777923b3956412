//! `stale-source`: the source changed since the recorded commit.

use super::changes::Changes;
use super::draft::{Draft, Sink};
use super::view::{PageView, Pin, Version};
use super::{Check, Rule};
use crate::finding::Severity;
use crate::history::PinState;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-source",
    default: Some(Severity::Warning),
    summary: "The source changed, in ways that matter to a reader, since the commit that the translation records",
    documentation: include_str!("../../docs/rules/stale-source.md"),
    check: Check::Page(check),
};

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &page.versions {
        let (Some(pin), Some(verdict)) = (&version.pin, version.verdict) else { continue };
        let draft = match &verdict.state {
            PinState::Changed { .. } => {
                let Some((_, changes)) = &version.changes else { continue };
                changed(version, pin, changes)
            }
            PinState::AbsentAtPin => {
                let message = format!("the source page was not there at {}", short(&pin.id));
                Draft::at(version, pin.span, &pin.id, message).label("recorded here")
            }
            _ => continue,
        };
        let draft = match (&verdict.commit, version.commits) {
            (Some(commit), Some(commits)) => draft.data("since", commit.date()).data("commits", commits),
            (Some(commit), None) => draft.data("since", commit.date()),
            _ => draft,
        };
        sink.report(&RULE, draft);
    }
}

fn changed(version: &Version<'_>, pin: &Pin, changes: &Changes) -> Draft {
    let since = match version.verdict.and_then(|verdict| verdict.commit.as_ref()) {
        Some(commit) => format!("{}, {}", commit.short(), commit.date()),
        None => short(&pin.id).to_owned(),
    };
    let commits = match version.commits {
        Some(1) => ", 1 commit".to_owned(),
        Some(commits) if commits > 1 => format!(", {commits} commits"),
        _ => String::new(),
    };
    let message = format!("the source changed since {since}{commits}: {}", changes.describe());
    let draft = Draft::at(version, pin.span, &pin.id, message).label("made from this version");
    let draft = draft.data("classes", changes.classes());
    if changes.matter() { draft } else { draft.at_most(Severity::Info) }
}

fn short(id: &str) -> &str {
    id.get(..7).unwrap_or(id)
}
