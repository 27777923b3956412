//! `missing-translation`: a page that a locale lacks.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::PageView;
use crate::corpus::targets::Targets;
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-translation",
    default: Some(Severity::Info),
    summary: "A page has no version in a locale",
    documentation: include_str!("../../docs/rules/missing-translation.md"),
    needs: Needs::Files,
};

/// Its check.
pub(super) const CHECK: Check = Check::Linked(check);

fn check(view: &PageView<'_>, targets: &Targets<'_>, sink: &mut Sink<'_>) {
    let (corpus, page) = (targets.corpus(), view.page);
    let source = corpus.source.as_ref().and_then(|source| page.member(source));
    let Some(member) = source.or_else(|| page.members.first()) else { return };
    for locale in corpus.missing(page) {
        let message = format!("page has no {} version", locale.name());
        sink.report(&RULE, Draft::on_file(member, "", message).locale(locale));
    }
}
