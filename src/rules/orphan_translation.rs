//! `orphan-translation`: a translation without a source page.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::PageView;
use crate::corpus::page::{Duplicate, Member};
use crate::corpus::targets::Targets;
use crate::corpus::walk::path_order;
use crate::finding::Severity;
use isogloss_text::Locale;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "orphan-translation",
    default: Some(Severity::Warning),
    summary: "A translation has no source page",
    documentation: include_str!("../../docs/rules/orphan-translation.md"),
    needs: Needs::Files,
};

/// Its check.
pub(super) const CHECK: Check = Check::Linked(check);

fn check(view: &PageView<'_>, targets: &Targets<'_>, sink: &mut Sink<'_>) {
    let (corpus, page) = (targets.corpus(), view.page);
    if !corpus.is_orphan(page) {
        return;
    }
    let name = corpus.source.as_ref().map(Locale::name).unwrap_or_default();
    // A copy with another page's id is only reported as `duplicate-id`.
    let is_copy = |member: &Member| {
        let order = |duplicate: &Duplicate| path_order(duplicate.dropped.path.as_str(), member.path.as_str());
        corpus.duplicates.binary_search_by(order).is_ok()
    };
    for member in page.members.iter().filter(|member| !is_copy(member)) {
        sink.report(&RULE, Draft::on_file(member, "", format!("translation has no {name} source page")));
    }
}
