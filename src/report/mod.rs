//! Reports: one file per format, one list, and the output around the findings.
//!
//! A format is a function from a [`Report`] to text. Documents are untrusted: every format escapes their text, so that
//! neither a terminal nor a parser interprets it.

mod checkstyle;
mod destination;
mod github;
mod gitlab;
mod help;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod notices;
mod options;
mod pretty;
mod progress;
mod rdjson;
mod sarif;
mod short;
mod sources;
mod summary;
#[cfg(test)]
mod tests;
mod xml;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::io;

use crate::contents::Contents;
use crate::finding::{Finding, Notice, NoticeLevel};

pub use self::destination::{Destination, write_file};
pub use self::github::append_job_summary;
pub(crate) use self::json::{to_text as json_text, write_line as write_json_line};
pub use self::notices::write_notices;
pub use self::options::{Options, Palette};
pub use self::progress::Progress;
pub use self::sources::Sources;
pub(crate) use self::summary::plural;
pub use self::summary::{Counts, LocaleSummary, PageSummary, Summary, write_summary};

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// Counts over the whole run.
    pub summary: Summary,
    /// New findings in the order of [`Finding::sort_key`], with their final severities.
    pub findings: Vec<Finding>,
    /// Known findings that still occur, in the same order.
    pub unchanged: Vec<Finding>,
    /// Notices.
    pub notices: Vec<Notice>,
    /// The contents of the documents.
    pub contents: Contents,
}

impl Report {
    /// Notices about what could not be checked, with which the run must not pass.
    pub fn blind(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.level == NoticeLevel::Blind)
    }
}

/// The rule id of such notices in formats that only have findings.
const INCOMPLETE: &str = "incomplete";

/// An output format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Summary in one line without a full stop.
    pub summary: &'static str,
    /// Writes the report in small pieces, so the writer should buffer. Returns the writer's errors, including a broken
    /// pipe.
    pub write: fn(&Report, &Sources<'_>, Options, &mut dyn io::Write) -> io::Result<()>,
}

/// All formats in the order of the documentation; the first is the default, except on GitHub Actions.
pub static FORMATS: &[Format] = &[
    Format {
        name: "pretty",
        summary: "Human-readable: both sides, with the text in question underlined",
        write: pretty::write,
    },
    Format { name: "short", summary: "One line per finding, for editors and grep", write: short::write },
    Format { name: "json", summary: "The whole report as one JSON object", write: json::write },
    Format { name: "jsonl", summary: "One JSON object per line and finding", write: jsonl::write },
    Format { name: "github", summary: "GitHub Actions annotations, and a job summary", write: github::write },
    Format { name: "gitlab", summary: "GitLab code quality report", write: gitlab::write },
    Format { name: "sarif", summary: "SARIF 2.1.0, for code scanning", write: sarif::write },
    Format { name: "junit", summary: "JUnit XML, for test reports", write: junit::write },
    Format { name: "checkstyle", summary: "Checkstyle XML, which most services can read", write: checkstyle::write },
    Format { name: "rdjson", summary: "Diagnostics for reviewdog", write: rdjson::write },
    Format {
        name: "markdown",
        summary: "Markdown table for a pull request comment, within its length limit",
        write: markdown::write,
    },
    Format {
        name: "html",
        summary: "HTML page with a matrix, filters and both sides of each finding",
        write: html::write,
    },
];

/// The format with that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The path of a notice's file for services that know the repository.
fn path_in_repository<'n>(notice: &'n Notice, sources: &Sources<'_>) -> Option<Cow<'n, str>> {
    notice.path.as_deref().map(|path| sources.in_repository(path))
}

/// The most severe first, otherwise in the given order.
fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| Reverse(finding.severity));
    sorted
}
