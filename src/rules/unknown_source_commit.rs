//! `unknown-source-commit`: a recorded commit that is not in the history.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::{PageView, shorten};
use crate::finding::Severity;
use isogloss_history::PinState;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unknown-source-commit",
    default: Some(Severity::Error),
    summary: "The recorded source commit is not in the history",
    documentation: include_str!("../../docs/rules/unknown-source-commit.md"),
    needs: Needs::History,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &page.versions {
        let (Some(pin), Some(verdict)) = (&version.pin, version.verdict) else { continue };
        let why = match verdict.state {
            PinState::UnknownCommit => "is not in the source history",
            PinState::AmbiguousCommit => "is ambiguous",
            PinState::MalformedPin => "is not a commit id",
            _ => continue,
        };
        let message = format!("recorded source commit `{}` {why}", shorten(&pin.id));
        sink.report(&RULE, Draft::at(version, pin.span, &pin.id, message).label(why));
    }
}
