//! Findings: what the rules report, and where.

pub mod fingerprint;
mod fix;

use std::collections::HashMap;

use camino::Utf8PathBuf;
use serde::Serialize;
use serde_json::{Map, Value};

use fingerprint::Fingerprint;
pub use fix::{Applicability, Edit, Fix};
use isogloss_text::Locale;
use isogloss_text::Range;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run by default.
    Info,
    /// Probably a fault, or one that harms little.
    Warning,
    /// A fault that a reader would suffer from.
    Error,
}

impl Severity {
    /// The word for it, as in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place in one document, with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// As the user wrote the root, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The locale of that document.
    pub locale: Locale,
    /// Where in it.
    pub range: Range,
    /// What stands there, in a few words: "06:00 to 17:30".
    pub message: String,
}

/// One reported problem: exactly one primary location, any number of related ones.
///
/// The field order is the order of the JSON contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// After configuration.
    pub severity: Severity,
    /// One sentence without a full stop, for people.
    pub message: String,
    /// Key of the page: its id, or else its path below the root.
    pub page: String,
    /// Locale of the document at fault.
    pub locale: Locale,
    /// As the user wrote the root, joined with the path below it.
    pub path: Utf8PathBuf,
    /// Where in it.
    pub range: Range,
    /// Other places that explain it; for something absent, the first is where it stands in the reference, or, where all
    /// translations lack it, each is where it should stand.
    pub related: Vec<Related>,
    /// What machines may want to know; keys are documented with the rule.
    pub data: Map<String, Value>,
    /// What it is known by in other runs.
    pub fingerprint: Fingerprint,
    /// Ways to resolve it, the best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    /// What it is known by where the same is told otherwise: at once for all translations, or for each of them. If a baseline
    /// knows all of these, it knows the finding.
    #[serde(skip)]
    pub otherwise: Vec<Fingerprint>,
    /// What to write under the underlined text, in a few words: "read as 06:00 to 17:00:30".
    #[serde(skip)]
    pub label: String,
}

impl Finding {
    /// The order in which findings are reported: by path, then place, then the place beside it (what should stand at one place
    /// comes in the order of the reference), then rule.
    pub fn sort_key(&self) -> (&str, u32, u32, u32, &'static str, &str) {
        let beside = self.related.first().map_or(0, |related| related.range.start.byte);
        (self.path.as_str(), self.range.start.byte, self.range.end.byte, beside, self.rule, &self.message)
    }
}

/// Numbers findings that are alike, so that each has a fingerprint of its own; `findings` are all of a run, in the order of the
/// report.
pub fn number_alike(findings: &mut [Finding]) {
    let mut seen = HashMap::<Fingerprint, u32>::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry(finding.fingerprint).or_insert(0);
        finding.fingerprint = finding.fingerprint.again(*count);
        *count += 1;
    }
}

/// Something worth telling that is no finding: a file that could not be read, a layout that was detected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// Whether the run saw less than it was asked to.
    pub level: NoticeLevel,
    /// The file that it is about, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Utf8PathBuf>,
    /// One clear sentence that says what to do.
    pub message: String,
}

impl Notice {
    /// What could not be seen, though it was asked for.
    pub fn blind(path: Option<Utf8PathBuf>, message: String) -> Self {
        Self { level: NoticeLevel::Blind, path, message }
    }

    /// The message after the file that it is about, which a report calls `path`.
    pub fn sentence(&self, path: Option<&str>) -> String {
        path.map_or_else(|| self.message.clone(), |path| format!("{path}: {}", self.message))
    }
}

/// How serious a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeLevel {
    /// For information: "layout: locale folders".
    Note,
    /// A file was left out or read only in part.
    Warning,
    /// The run could not see what it was asked to judge: exit code 3.
    Blind,
}
