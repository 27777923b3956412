//! `unused-suppression`: a suppression without effect.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::removal;
use super::rule::{Needs, Rule};
use super::suppressions::{Suppression, Suppressions};
use crate::analysis::{PageView, Version};
use crate::finding::Severity;
use isogloss_history::PinState;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "unused-suppression",
    default: Some(Severity::Warning),
    summary: "A suppression has no effect",
    documentation: include_str!("../../docs/rules/unused-suppression.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Suppressions(check);

fn check(page: &PageView<'_>, version: &Version<'_>, suppressions: &Suppressions, sink: &mut Sink<'_>) {
    let written = |span: isogloss_text::Span| span.slice(&version.document.text);
    for mistake in &suppressions.mistakes {
        sink.report(&RULE, Draft::at(version, mistake.span, written(mistake.span), mistake.message.clone()));
    }
    let is_reference = version.member == page.reference().member;
    // Documents that were not compared, or only partly, or that are the reference because there is no source, have no findings to
    // suppress.
    let is_judged =
        page.versions.len() > 1 && page.versions.len() == page.page.members.len() && (page.has_source || !is_reference);
    if !is_judged {
        return;
    }
    if suppressions.entries.iter().all(|entry| entry.used) || !sink.runs(&RULE, version) {
        return;
    }
    let is_unused = |entry: &Suppression| !entry.used && looked_for(entry, version, sink);
    let unused: Vec<usize> =
        (0..suppressions.entries.len()).filter(|&index| is_unused(&suppressions.entries[index])).collect();
    let fixes = removal::fixes(version, suppressions, &unused);
    for (&index, fix) in unused.iter().zip(fixes) {
        let entry = &suppressions.entries[index];
        let rule = entry.rule.id;
        let mut message = if rule == RULE.id {
            format!("`{rule}` cannot be suppressed here; set its level in the configuration")
        } else {
            format!("unused suppression of `{rule}`; remove it")
        };
        if is_reference && entry.rule.needs != Needs::Files {
            message += "; suppress findings in a translation in that translation";
        }
        let draft = Draft::at(version, entry.span, written(entry.span), message).data("rule", rule);
        sink.report(&RULE, fix.into_iter().fold(draft, Draft::fix));
    }
}

/// Whether this run could have reported what is suppressed.
fn looked_for(entry: &Suppression, version: &Version<'_>, sink: &Sink<'_>) -> bool {
    let has_history = || version.verdict.is_some_and(|verdict| !matches!(verdict.state, PinState::Unavailable(_)));
    sink.runs(entry.rule, version) && (entry.rule.needs != Needs::History || has_history())
}
