//! A rule's documentation, for formats that quote or link it.

use crate::rules::Rule;

/// The project's page.
pub(super) const HOME: &str = concat!("https://crates.io/crates/", env!("CARGO_PKG_NAME"));
/// The files of this version as published.
const FILES: &str =
    concat!("https://docs.rs/crate/", env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), "/source/");

/// The URL of a rule's documentation.
pub(super) fn address(rule: &Rule) -> String {
    format!("{FILES}docs/rules/{}.md", rule.id)
}

/// What a rule reports, in one line of full sentences.
pub(super) fn description(rule: &Rule) -> String {
    let section = rule.documentation.split_once("## What it reports\n\n").map(|(_, section)| section);
    let paragraph = section.and_then(|section| section.split("\n\n").next()).unwrap_or(rule.summary);
    paragraph.replace('\n', " ")
}
