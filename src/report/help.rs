//! A rule's documentation, for formats that quote it or lead there.

use crate::rules::Rule;

/// The program's page.
pub(super) const HOME: &str = concat!("https://crates.io/crates/", env!("CARGO_PKG_NAME"));
/// The files of this very version, as they were published.
const FILES: &str =
    concat!("https://docs.rs/crate/", env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), "/source/");

/// The address of a rule's documentation.
pub(super) fn address(rule: &Rule) -> String {
    format!("{FILES}docs/rules/{}.md", rule.id)
}

/// What a rule reports, in full sentences and one line.
pub(super) fn description(rule: &Rule) -> String {
    let section = rule.documentation.split_once("## What it reports\n\n").map(|(_, section)| section);
    let paragraph = section.and_then(|section| section.split("\n\n").next()).unwrap_or(rule.summary);
    paragraph.replace('\n', " ")
}
