//! SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; sections of it are named below.

use std::borrow::Cow;
use std::io;

use camino::Utf8Path;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::help;
use super::options::Options;
use super::outcome::Report;
use super::sources::Sources;
use super::utf16::Utf16Columns;
use crate::finding::{Edit, Finding, Fix, Notice, NoticeLevel, Severity};
use crate::json;
use crate::rules::{RULES, Rule};
use crate::sanitize::visible;
use isogloss_text::Range;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
/// The URI base for the root of the repository; readers of the report know where that is.
const ROOT: &str = "%SRCROOT%";
/// The key of fingerprints, with the version of their algorithm (3.27.17).
const FINGERPRINT: &str = "isoglossFingerprint/v1";

/// All characters except the unreserved ones of RFC 3986 and the slash.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: [Value; 1],
    original_uri_base_ids: Value,
    column_kind: &'static str,
    results: Results<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<'a>,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<SarifFix<'a>>,
    /// Only with a baseline (3.27.24).
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: Properties<'a>,
}

/// 3.55: a proposed change, with its applicability as a property.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: Message<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
    properties: Value,
}

/// 3.56: all replacements in one file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

/// 3.57: without content it is a deletion.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    #[serde(skip_serializing_if = "Option::is_none")]
    inserted_content: Option<Content<'a>>,
}

/// What is put into a file: exact, so that it is escaped as JSON and not made visible.
#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Properties<'a> {
    page: &'a str,
    locale: &'a str,
}

#[derive(Serialize)]
struct Message<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    #[serde(rename = "physicalLocation")]
    physical: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// 3.30: lines and columns from 1, the end exclusive; an empty region is a position between characters. Columns are UTF-16 code
/// units, as in code scanning and editors; those of findings are characters.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

pub(super) fn write(report: &Report, sources: &Sources<'_>, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let findings = marked(report);
    let found: Vec<&Rule> =
        RULES.iter().copied().filter(|rule| findings.iter().any(|(finding, _)| finding.rule == rule.id)).collect();
    let notices: Vec<Value> = report.notices.iter().map(|notice| notification(notice, sources)).collect();
    let run = Run {
        tool: json!({"driver": {
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": help::HOME,
            "rules": found.iter().copied().map(descriptor).collect::<Vec<_>>(),
        }}),
        invocations: [json!({
            "executionSuccessful": report.incomplete_notices().next().is_none(),
            "toolExecutionNotifications": notices,
        })],
        original_uri_base_ids: json!({ROOT: {"description": {"text": "The root of the repository"}}}),
        column_kind: "utf16CodeUnits",
        results: Results { findings: &findings, rules: &found, sources, columns: Utf16Columns::new(sources) },
    };
    json::write_line(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

/// All findings with their states: known findings are marked, not omitted. Fixed findings have no location for a
/// result.
fn marked(report: &Report) -> Vec<(&Finding, Option<&'static str>)> {
    let state = |state| report.summary.baseline.as_ref().map(|_| state);
    let new = report.findings.iter().map(|finding| (finding, state("new")));
    let mut all: Vec<_> = new.chain(report.unchanged.iter().map(|finding| (finding, state("unchanged")))).collect();
    if !report.unchanged.is_empty() {
        all.sort_by(|(a, _), (b, _)| a.sort_key().cmp(&b.sort_key()));
    }
    all
}

/// A rule (3.49), with its documentation as help.
fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": help::description(rule)},
        "help": {"text": rule.documentation, "markdown": rule.documentation},
        "helpUri": help::address(rule),
        "defaultConfiguration": {
            "enabled": rule.default.is_some(),
            "level": level(rule.default.unwrap_or(Severity::Warning)),
        },
    })
}

fn notification(notice: &Notice, sources: &Sources<'_>) -> Value {
    let level = match notice.level {
        NoticeLevel::Note => "note",
        NoticeLevel::Warning => "warning",
        NoticeLevel::Incomplete => "error",
    };
    let mut notification = json!({"level": level, "message": {"text": text(&notice.message)}});
    if let Some(path) = &notice.path {
        let location = PhysicalLocation { artifact_location: artifact(&sources.in_repository(path)), region: None };
        notification["locations"] = json!([{"physicalLocation": location}]);
    }
    notification
}

/// All results, built one at a time.
struct Results<'a> {
    findings: &'a [(&'a Finding, Option<&'static str>)],
    rules: &'a [&'a Rule],
    sources: &'a Sources<'a>,
    columns: Utf16Columns<'a>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|(finding, state)| self.result(finding, *state)))
    }
}

impl Results<'_> {
    fn result<'f>(&self, finding: &'f Finding, baseline_state: Option<&'static str>) -> SarifResult<'f> {
        let related = finding.related.iter().enumerate().map(|(index, related)| Location {
            id: Some(index + 1),
            physical: self.physical(finding, &related.path, related.range),
            message: Some(Message { text: text(&related.message) }),
        });
        SarifResult {
            rule_id: finding.rule,
            rule_index: self.rules.iter().position(|rule| rule.id == finding.rule),
            level: level(finding.severity),
            message: Message { text: text(&finding.message) },
            locations: [Location {
                id: None,
                physical: self.physical(finding, &finding.path, finding.range),
                message: None,
            }],
            related_locations: related.collect(),
            partial_fingerprints: json!({FINGERPRINT: finding.fingerprint}),
            fixes: finding.fixes.iter().map(|fix| self.fix(finding, fix)).collect(),
            baseline_state,
            properties: Properties { page: &finding.page, locale: finding.locale.as_str() },
        }
    }

    fn fix<'f>(&self, finding: &Finding, fix: &'f Fix) -> SarifFix<'f> {
        let change = |edits: &'f [Edit]| ArtifactChange {
            artifact_location: artifact(&self.sources.in_repository(&edits[0].path)),
            replacements: edits.iter().map(|edit| self.replacement(finding, edit)).collect(),
        };
        SarifFix {
            description: Message { text: text(&fix.message) },
            artifact_changes: fix.edits.chunk_by(|a, b| a.path == b.path).map(change).collect(),
            properties: json!({"applicability": fix.applicability.as_str()}),
        }
    }

    fn replacement<'f>(&self, finding: &Finding, edit: &'f Edit) -> Replacement<'f> {
        let inserted_content = (!edit.replacement.is_empty()).then_some(Content { text: &edit.replacement });
        Replacement { deleted_region: self.region(finding, &edit.path, edit.range), inserted_content }
    }

    fn physical(&self, finding: &Finding, path: &Utf8Path, range: Range) -> PhysicalLocation {
        PhysicalLocation {
            artifact_location: artifact(&self.sources.in_repository(path)),
            region: Some(self.region(finding, path, range)),
        }
    }

    fn region(&self, finding: &Finding, path: &Utf8Path, range: Range) -> Region {
        let (start_column, end_column) = self.columns.of(finding, path, range);
        Region { start_line: range.start.line, start_column, end_line: range.end.line, end_column }
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn artifact(path: &str) -> ArtifactLocation {
    let encoded = utf8_percent_encode(path, ESCAPED);
    if Utf8Path::new(path).is_absolute() {
        // A drive letter follows an additional slash.
        let slash = if path.starts_with('/') { "" } else { "/" };
        return ArtifactLocation { uri: format!("file://{slash}{encoded}"), uri_base_id: None };
    }
    ArtifactLocation { uri: encoded.to_string(), uri_base_id: Some(ROOT) }
}

/// Plain text, in which `[words](address)` would be a link (3.11.6): a space prevents that.
fn text(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.contains("](") { Cow::Owned(shown.replace("](", "] (")) } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_percent_encoded() {
        for (path, uri, base) in [
            ("docs/fr/plans.md", "docs/fr/plans.md", Some(ROOT)),
            ("docs/a b/50 %#?.md", "docs/a%20b/50%20%25%23%3F.md", Some(ROOT)),
            ("日本/a:b@c.md", "%E6%97%A5%E6%9C%AC/a%3Ab%40c.md", Some(ROOT)),
            ("../fr/a\"<>\\.md", "../fr/a%22%3C%3E%5C.md", Some(ROOT)),
            ("a\u{1B}\n.md", "a%1B%0A.md", Some(ROOT)),
        ] {
            let artifact = artifact(path);
            assert_eq!((artifact.uri.as_str(), artifact.uri_base_id), (uri, base));
        }
        if cfg!(unix) {
            let artifact = artifact("/srv/d ocs/a.md");
            assert_eq!((artifact.uri.as_str(), artifact.uri_base_id), ("file:///srv/d%20ocs/a.md", None));
        }
    }

    #[test]
    fn text_of_documents_makes_no_links() {
        assert_eq!(text("[free](https://tidewater.example) [1] (2)"), "[free] (https://tidewater.example) [1] (2)");
    }
}
