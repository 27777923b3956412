//! Findings: what rules report, and where.

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
    /// Probably a fault, or a minor one.
    Warning,
    /// A fault that affects readers.
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

/// A location in one document, with a label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The root as the user wrote it, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The locale of that document.
    pub locale: Locale,
    /// The range in the document.
    pub range: Range,
    /// A few words about it: "06:00 to 17:30".
    pub message: String,
}

/// One reported problem, with exactly one primary location and any number of related ones.
///
/// The field order is the order of the JSON contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Id of the rule.
    pub rule: &'static str,
    /// The severity after configuration.
    pub severity: Severity,
    /// One sentence for people, without a full stop.
    pub message: String,
    /// Key of the page: its id, or else its path below the root.
    pub page: String,
    /// Locale of the document at fault.
    pub locale: Locale,
    /// The root as the user wrote it, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The range in the document.
    pub range: Range,
    /// Other locations that explain it. For something missing, the first one is its counterpart in the reference, or, if all
    /// translations lack it, each one is where it is expected.
    pub related: Vec<Related>,
    /// Details for programs; the keys are documented with the rule.
    pub data: Map<String, Value>,
    /// Identifies the finding across runs.
    pub fingerprint: Fingerprint,
    /// Ways to resolve it, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<Fix>,
    /// Fingerprints of the same finding reported differently: once for all translations, or for each of them. A baseline that has
    /// all of these has the finding.
    #[serde(skip)]
    pub otherwise: Vec<Fingerprint>,
    /// A label for the underlined text, in a few words: "read as 06:00 to 17:00:30".
    #[serde(skip)]
    pub label: String,
}

impl Finding {
    /// The order in which findings are reported: by path, then location, then related location (text that is missing at one
    /// location is in the order of the reference), then rule.
    pub fn sort_key(&self) -> (&str, u32, u32, u32, &'static str, &str) {
        let related = self.related.first().map_or(0, |related| related.range.start.byte);
        (self.path.as_str(), self.range.start.byte, self.range.end.byte, related, self.rule, &self.message)
    }
}

/// Numbers identical findings so that their fingerprints differ. `findings` are all findings of a run, in report order.
pub fn number_alike(findings: &mut [Finding]) {
    let mut seen = HashMap::<Fingerprint, u32>::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry(finding.fingerprint).or_insert(0);
        finding.fingerprint = finding.fingerprint.again(*count);
        *count += 1;
    }
}

/// A message that is not a finding: a file that could not be read, a layout that was detected.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Notice {
    /// How serious it is.
    pub level: NoticeLevel,
    /// The file that it is about, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<Utf8PathBuf>,
    /// One clear sentence that says what to do.
    pub message: String,
}

impl Notice {
    /// A notice about something that was requested and could not be checked.
    pub fn incomplete(path: Option<Utf8PathBuf>, message: String) -> Self {
        Self { level: NoticeLevel::Incomplete, path, message }
    }

    /// The message after the name of its file, which a report calls `path`.
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
    /// A file was skipped or only partly read.
    Warning,
    /// The check is incomplete: exit code 3.
    #[serde(rename = "blind")]
    Incomplete,
}
