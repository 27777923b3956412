//! Documentation that comes from the code. `UPDATE_DOCS=1 cargo test` writes what is out of date.

mod readme;
mod rules;

use std::fs;

use camino::Utf8Path;

/// Fails if the file, a path in the repository, does not hold `text`.
#[track_caller]
pub(crate) fn assert_up_to_date(path: &str, text: &str) {
    let file = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, text).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == text, "{path} is out of date: run UPDATE_DOCS=1 cargo test");
}

/// A file of the repository.
#[track_caller]
fn read(path: &str) -> String {
    fs::read_to_string(Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The text with what is after `start` and before the next `end` replaced.
#[track_caller]
fn replace_between(text: &str, start: &str, end: &str, with: &str) -> String {
    let (before, rest) = text.split_once(start).unwrap_or_else(|| panic!("`{start}` is not there"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("`{end}` is not there after `{start}`"));
    format!("{before}{start}{with}{end}{after}")
}
