//! GitLab's code quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

use super::options::Options;
use super::outcome::{INCOMPLETE, Report, path_in_repository};
use super::sources::Sources;
use crate::finding::fingerprint::Fingerprint;
use crate::finding::{Finding, Notice, Severity};
use crate::json;
use crate::sanitize::visible;

#[derive(Serialize)]
struct Issue<'a> {
    description: Cow<'a, str>,
    check_name: &'static str,
    fingerprint: Fingerprint,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: Cow<'a, str>,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    json::write_line(&Issues { report, sources }, out)
}

/// All issues, built one at a time.
struct Issues<'a> {
    report: &'a Report,
    sources: &'a Sources<'a>,
}

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let notices = self.report.incomplete_notices().map(|notice| incomplete(notice, self.sources));
        serializer.collect_seq(notices.chain(self.report.findings.iter().map(|finding| issue(finding, self.sources))))
    }
}

/// What could not be checked, at the first line of its file: a report without issues would look clean.
fn incomplete<'a>(notice: &'a Notice, sources: &Sources<'_>) -> Issue<'a> {
    let path = path_in_repository(notice, sources).unwrap_or(Cow::Borrowed("."));
    Issue {
        description: visible(&notice.message),
        check_name: INCOMPLETE,
        fingerprint: Fingerprint::of(INCOMPLETE, &path, "", &notice.message),
        severity: "blocker",
        location: Location { path, lines: Lines { begin: 1, end: 1 } },
    }
}

fn issue<'a>(finding: &'a Finding, sources: &Sources<'_>) -> Issue<'a> {
    Issue {
        description: visible(&finding.message),
        check_name: finding.rule,
        fingerprint: finding.fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location {
            path: sources.in_repository(&finding.path),
            lines: Lines { begin: finding.range.start.line, end: finding.range.end.line },
        },
    }
}
