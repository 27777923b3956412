//! The Reviewdog Diagnostic Format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>.
//!
//! Its columns count bytes of UTF-8. Reviewdog rejects unknown fields, so there are no additional ones.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use camino::Utf8Path;
use serde::{Serialize, Serializer};

use super::help;
use super::options::Options;
use super::outcome::{INCOMPLETE, Report};
use super::sources::Sources;
use crate::finding::{Finding, Fix, Notice, Severity};
use crate::json;
use crate::rules;
use crate::sanitize::visible;

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Source,
    diagnostics: Diagnostics<'a>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: Cow<'a, str>,
    location: Location<'a>,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
}

/// One replacement in the file of the diagnostic; of several suggestions, a reviewer chooses one.
#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    /// As written: reviewdog runs in the same folder as isogloss.
    path: &'a Utf8Path,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let source = Source { name: env!("CARGO_PKG_NAME"), url: help::HOME };
    json::write_line(&DiagnosticResult { source, diagnostics: Diagnostics { report, sources } }, out)
}

/// All diagnostics, built one at a time.
struct Diagnostics<'a> {
    report: &'a Report,
    sources: &'a Sources<'a>,
}

impl Serialize for Diagnostics<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Findings of a file are adjacent, so each file is read once.
        let mut last: Option<(&Utf8Path, Option<Arc<str>>)> = None;
        let findings = self.report.findings.iter().map(|finding| {
            if last.as_ref().is_none_or(|(path, _)| *path != finding.path) {
                last = Some((&finding.path, self.sources.text(&finding.path)));
            }
            diagnostic(finding, last.as_ref().and_then(|(_, text)| text.as_deref()))
        });
        serializer.collect_seq(self.report.incomplete_notices().map(incomplete).chain(findings))
    }
}

/// What could not be checked, at the first line of its file.
fn incomplete(notice: &Notice) -> Diagnostic<'_> {
    let start = || Position { line: 1, column: None };
    Diagnostic {
        message: visible(&notice.message),
        location: Location {
            path: notice.path.as_deref().unwrap_or(Utf8Path::new(".")),
            range: Range { start: start(), end: start() },
        },
        severity: "ERROR",
        code: Code { value: INCOMPLETE, url: None },
        suggestions: Vec::new(),
    }
}

fn diagnostic<'a>(finding: &'a Finding, text: Option<&str>) -> Diagnostic<'a> {
    Diagnostic {
        message: visible(&finding.message),
        location: Location { path: &finding.path, range: range(finding.range, text) },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: finding.rule, url: rules::find(finding.rule).map(help::address) },
        suggestions: finding.fixes.iter().filter_map(|fix| suggestion(fix, &finding.path, text)).collect(),
    }
}

/// A fix as a suggestion, if it is one edit in the file at `path`.
fn suggestion<'a>(fix: &'a Fix, path: &Utf8Path, text: Option<&str>) -> Option<Suggestion<'a>> {
    let [edit] = &fix.edits[..] else { return None };
    let range = range(edit.range, text);
    // Without columns whole lines would be replaced.
    (edit.path == path && range.start.column.is_some()).then_some(Suggestion { range, text: &edit.replacement })
}

/// A range with its columns in bytes, if the text is there to count them in.
fn range(range: isogloss_text::Range, text: Option<&str>) -> Range {
    let isogloss_text::Range { start, end } = range;
    // Without columns a range is read as whole lines: both or none.
    let columns = text.and_then(|text| Some((column(text, start.byte)?, column(text, end.byte)?)));
    Range {
        start: Position { line: start.line, column: columns.map(|(start, _)| start) },
        end: Position { line: end.line, column: columns.map(|(_, end)| end) },
    }
}

/// The column of a byte offset in its line, in bytes from 1; `None` if the file has become shorter.
fn column(text: &str, byte: u32) -> Option<usize> {
    let before = text.as_bytes().get(..byte as usize)?;
    Some(before.len() - memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_bytes_in_the_line() {
        let text = "é\n日本 x\n";
        for (byte, expected) in [(0, Some(1)), (2, Some(3)), (3, Some(1)), (9, Some(7)), (12, Some(1)), (13, None)] {
            assert_eq!(column(text, byte), expected, "{byte}");
        }
    }
}
