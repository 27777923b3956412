//! GitLab's code quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use std::borrow::Cow;
use std::io;

use serde::{Serialize, Serializer};

use super::{Options, Report, Sources, json};
use crate::finding::{Finding, Severity};
use crate::fingerprint::Fingerprint;
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
    json::write_line(&Issues { findings: &report.findings, sources }, out)
}

/// All issues, made one by one.
struct Issues<'a> {
    findings: &'a [Finding],
    sources: &'a Sources<'a>,
}

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|finding| issue(finding, self.sources)))
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
