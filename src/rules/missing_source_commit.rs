//! `missing-source-commit`: no source commit recorded.

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::PageView;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "missing-source-commit",
    default: None,
    summary: "The translation does not record its source commit",
    documentation: include_str!("../../docs/rules/missing-source-commit.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    for (index, version) in page.versions.iter().enumerate() {
        let is_source = page.has_source && index == page.reference;
        if version.pin.is_none() && !is_source {
            let message = "no source commit recorded".to_owned();
            sink.report(&RULE, Draft::at(version, version.pin_span(), "", message));
        }
    }
}
