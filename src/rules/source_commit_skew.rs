//! `source-commit-skew`: translations of one page that were made from different source versions.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::{PageView, Pin, Version};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "source-commit-skew",
    default: Some(Severity::Warning),
    summary: "Translations of one page were made from different source versions",
    documentation: include_str!("../../docs/rules/source-commit-skew.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

/// One finding per page, at the translation whose source version the fewest others share. With history, staleness is
/// more exact, so this is only reported if no source can be compared.
fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    let pinned: Vec<(&Version<'_>, &Pin)> =
        page.versions.iter().filter_map(|version| Some((version, version.pin.as_ref()?))).collect();
    if pinned.iter().any(|(version, _)| version.verdict.is_some()) {
        return;
    }
    let same = |a: &Pin, b: &Pin| a.id.starts_with(&b.id) || b.id.starts_with(&a.id);
    let shared = |pin: &Pin| pinned.iter().filter(|(_, other)| same(pin, other)).count();
    let Some((odd, pin)) = pinned.iter().min_by_key(|(_, pin)| shared(pin)) else { return };
    if shared(pin) == pinned.len() {
        return;
    }
    let mut commits: Vec<&str> = Vec::new();
    for (_, pin) in &pinned {
        if !commits.iter().any(|known| known.starts_with(&pin.id) || pin.id.starts_with(known)) {
            commits.push(&pin.id);
        }
    }
    let message = format!("translations of this page made from {} different source versions", commits.len());
    let mut draft = Draft::at(odd, pin.span, &pin.id, message).label("translated from this version");
    for (version, other) in pinned.iter().filter(|(version, _)| version.member != odd.member) {
        let label = if same(pin, other) { "from the same version" } else { "from another version" };
        draft = draft.related(version, other.span, label);
    }
    let locales: serde_json::Map<String, serde_json::Value> =
        pinned.iter().map(|(version, pin)| (version.locale().to_string(), pin.id.clone().into())).collect();
    sink.report(&RULE, draft.data("commits", commits).data("locales", locales));
}
