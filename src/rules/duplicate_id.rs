//! `duplicate-id`: two pages of a locale with the same id.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::shorten;
use crate::corpus::page::Corpus;
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "duplicate-id",
    default: Some(Severity::Error),
    summary: "Two pages of a locale have the same id",
    documentation: include_str!("../../docs/rules/duplicate-id.md"),
    needs: Needs::Files,
};

/// Its check.
pub(super) const CHECK: Check = Check::Corpus(check);

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    for duplicate in &corpus.duplicates {
        let id = duplicate.dropped.id.as_deref().unwrap_or_default();
        let message = format!("page id `{}` already used by `{}`", shorten(id), duplicate.kept.path);
        let draft = Draft::on_file(&duplicate.dropped, id, message).related_file(&duplicate.kept, "same page id");
        sink.report(&RULE, draft.page(id));
    }
}
