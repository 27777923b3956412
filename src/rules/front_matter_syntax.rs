//! `front-matter-syntax`: front matter that does not parse.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::PageView;
use crate::finding::Severity;
use isogloss_document::front_matter::unclosed_fence;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "front-matter-syntax",
    default: Some(Severity::Error),
    summary: "Front matter does not parse",
    documentation: include_str!("../../docs/rules/front-matter-syntax.md"),
    needs: Needs::Text,
};

/// How it looks.
pub(super) const CHECK: Check = Check::Page(check);

/// Identity of unclosed front matter in fingerprints, which must not change with the message.
const UNCLOSED: &str = "the front matter is not closed";

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for version in &page.versions {
        let text = &version.document.text;
        let problem = match &version.document.front_matter {
            Some(front) => {
                front.validate(text).err().map(|problem| (problem.span, problem.message.clone(), problem.message))
            }
            None => {
                unclosed_fence(text).map(|span| (span, UNCLOSED.to_owned(), "front matter is not closed".to_owned()))
            }
        };
        if let Some((span, identity, message)) = problem {
            sink.report(&RULE, Draft::at(version, span, &identity, message));
        }
    }
}
