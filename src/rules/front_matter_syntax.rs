//! `front-matter-syntax`: front matter that does not parse.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::PageView;
use crate::finding::Severity;
use isogloss_document::front_matter::unclosed_fence;
use isogloss_text::Span;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "front-matter-syntax",
    default: Some(Severity::Error),
    summary: "Front matter does not parse",
    documentation: include_str!("../../docs/rules/front-matter-syntax.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

/// Identity of unclosed front matter in fingerprints, which must not change with the message.
const UNCLOSED: &str = "the front matter is not closed";

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &page.versions {
        let text = &version.document.text;
        let problem = match &version.document.front_matter {
            Some(front) => {
                front.validate(text).err().map(|problem| (problem.span, line_at(text, problem.span), problem.message))
            }
            None => unclosed_fence(text).map(|span| (span, UNCLOSED, "front matter is not closed".to_owned())),
        };
        if let Some((span, identity, message)) = problem {
            sink.report(&RULE, Draft::at(version, span, identity, message));
        }
    }
}

/// The line in which a span starts. It identifies a finding, since the messages of parsers change.
fn line_at(text: &str, span: Span) -> &str {
    let start = text[..span.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}
