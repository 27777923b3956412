//! A page and its translations: everything that `isogloss check` does with them, run twice with the same result.

use isogloss::finding::Finding;
use isogloss::report::Report;

use super::{assert_within, document, pages};

pub(super) fn run(text: &str) {
    let report =
        pages::check(text, |view, _| view.versions.iter().for_each(|version| document::check(&version.document)));
    report.findings.iter().for_each(|finding| check(finding, &report));
    let again = pages::check(text, |_, _| {});
    assert_eq!(json(&report.findings), json(&again.findings));
    assert_eq!(report.notices, again.notices);
}

/// Invariants of every finding.
fn check(finding: &Finding, report: &Report) {
    assert!(!finding.message.is_empty(), "{finding:?}");
    let places = finding.related.iter().map(|related| (&related.path, related.range));
    for (path, range) in places.chain([(&finding.path, finding.range)]) {
        let text = report.contents.text(path).unwrap_or_else(|| panic!("{path} has no text"));
        assert_within(&text, range.start.byte as usize, range.end.byte as usize);
        assert!(range.start.line >= 1 && range.start.column >= 1 && range.start.line <= range.end.line, "{finding:?}");
    }
}

fn json(findings: &[Finding]) -> String {
    serde_json::to_string(findings).unwrap_or_else(|error| panic!("{error}"))
}
