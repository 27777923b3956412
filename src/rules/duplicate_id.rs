//! `duplicate-id`: one id on two pages of a locale.

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
    summary: "One id on two pages of a locale",
    documentation: include_str!("../../docs/rules/duplicate-id.md"),
    needs: Needs::Files,
};

/// How it looks.
pub(super) const CHECK: Check = Check::Corpus(check);

fn check(corpus: &Corpus, sink: &mut Sink<'_>) {
    for duplicate in &corpus.duplicates {
        let id = duplicate.dropped.id.as_deref().unwrap_or_default();
        let message = format!("the id {} is that of {} too", shorten(id), duplicate.kept.path);
        let draft = Draft::on_file(&duplicate.dropped, id, message).related_file(&duplicate.kept, "has the same id");
        sink.report(&RULE, draft.page(id));
    }
}
