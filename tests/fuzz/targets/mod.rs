//! The fuzz targets: functions that take any bytes and panic if an invariant is violated.
//!
//! `cargo test --test fuzz` runs them on mutated fixtures, on stable Rust; the package in `fuzz/` runs the same functions under
//! libFuzzer. Inputs are text, in which invalid UTF-8 is replaced, as in decoded files; only git's output is bytes.

mod baseline;
mod configuration;
mod document;
mod front_matter;
mod git_output;
mod pages;
mod pair;
mod quantities;
mod reports;
mod versions;

pub(crate) use quantities::LOCALES;

/// A fuzz target.
pub(crate) struct Target {
    /// The name, also of its folder of regressions and its program in `fuzz/`.
    pub name: &'static str,
    /// Runs one input.
    pub run: fn(&[u8]),
}

/// All targets.
pub(crate) static TARGETS: &[Target] = &[
    Target { name: "document", run: |input| document::run(&text(input)) },
    Target { name: "pair", run: |input| pair::run(&text(input)) },
    Target { name: "reports", run: |input| reports::run(&text(input)) },
    Target { name: "versions", run: |input| versions::run(&text(input)) },
    Target { name: "front_matter", run: |input| front_matter::run(&text(input)) },
    Target { name: "configuration", run: |input| configuration::run(&text(input)) },
    Target { name: "baseline", run: |input| baseline::run(&text(input)) },
    Target { name: "quantities", run: |input| quantities::run(&text(input)) },
    Target { name: "git_output", run: git_output::run },
];

/// The target with this name.
pub(crate) fn find(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("there is no fuzz target `{name}`"))
}

fn text(input: &[u8]) -> String {
    String::from_utf8_lossy(input).into_owned()
}

/// Asserts that a range of bytes is in a text, on character boundaries.
#[track_caller]
fn assert_within(text: &str, start: usize, end: usize) {
    assert!(start <= end && end <= text.len(), "{start}..{end} of {}", text.len());
    assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{start}..{end} is not on characters");
}

/// Asserts that a text contains nothing that a terminal or a CI log would execute, other than line breaks.
#[track_caller]
fn assert_harmless(what: &str, text: &str) {
    let is_obeyed =
        |c: &char| c.is_control() && *c != '\n' || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let found = text.chars().find(is_obeyed);
    assert_eq!(found, None, "{what} has a control character");
    assert!(!text.contains("##[") && !text.contains("##vso["), "{what} has a command: {text}");
}
