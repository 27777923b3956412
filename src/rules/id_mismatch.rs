//! `id-mismatch`: two versions of a page with different ids.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::shorten;
use crate::corpus::page::{Corpus, Member};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "id-mismatch",
    default: Some(Severity::Error),
    summary: "Two versions of a page have different ids",
    documentation: include_str!("../../docs/rules/id-mismatch.md"),
    needs: Needs::Files,
};

/// Its check.
pub(super) const CHECK: Check = Check::Corpus(check);

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    for mismatch in &corpus.id_mismatches {
        let id = |member: &Member| shorten(member.id.as_deref().unwrap_or_default());
        let (here, there) = (&mismatch.other, &mismatch.reference);
        let message = format!("page id is `{}`, but its counterpart has `{}`", id(here), id(there));
        let draft = Draft::on_file(here, &id(here), message).related_file(there, "counterpart by path");
        sink.report(&RULE, draft.page(there.id.as_deref().unwrap_or_default()));
    }
}
