//! The fixtures: exactly the faults planted in the handbook are found, and the findings of each case match its snapshot.

use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use std::error::Error;

use camino::{Utf8Path, Utf8PathBuf};
use insta::Settings;
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss::finding::{Edit, Finding, Fix, Related};
use isogloss_text::Range;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::crate_folder;

/// The maximum distance in lines between a finding and an expected fault; see `fixtures/README.md`.
const NEAR: u32 = 3;

/// An entry of `handbook.faults.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    rule: String,
    path: Utf8PathBuf,
    line: u32,
    /// The locale that lacks the page.
    locale: Option<String>,
    /// `path:line` of the counterpart.
    source: Option<String>,
    /// For people who read the file.
    #[serde(rename = "what")]
    _what: Option<String>,
}

impl Expected {
    fn is(&self, finding: &Finding, path: &Utf8Path) -> bool {
        let near = |line: u32, expected: u32| line.abs_diff(expected) <= NEAR;
        let related = |source: &str| {
            let (path, line) = source.rsplit_once(':').unwrap();
            let line = line.parse().unwrap();
            finding
                .related
                .first()
                .is_some_and(|first| first.path.ends_with(path) && near(first.range.start.line, line))
        };
        finding.rule == self.rule
            && path == self.path
            && near(finding.range.start.line, self.line)
            && self.source.as_deref().is_none_or(related)
            && self.locale.as_deref().is_none_or(|tag| finding.locale.as_str() == tag)
    }
}

/// Deserializes a YAML document.
fn from_yaml<T: DeserializeOwned>(text: &str) -> Result<T, Box<dyn Error>> {
    let documents = Yaml::load_from_str(text)?;
    Ok(serde_json::from_value(documents.first().map_or(Value::Null, to_json))?)
}

fn to_json(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Value(Scalar::Boolean(value)) => Value::from(*value),
        Yaml::Value(Scalar::Integer(value)) => Value::from(*value),
        Yaml::Value(Scalar::String(value)) => Value::from(&**value),
        Yaml::Sequence(items) => items.iter().map(to_json).collect(),
        Yaml::Mapping(entries) => {
            let entry = |(key, value): (&Yaml, &Yaml)| Some((key.as_str()?.to_owned(), to_json(value)));
            Value::Object(entries.iter().filter_map(entry).collect())
        }
        _ => Value::Null,
    }
}

/// Checks a folder as if the program were started in it.
fn check(folder: &Utf8Path) -> Vec<Finding> {
    let roots = vec![Root { locale: None, path: folder.to_owned() }];
    let file = folder.join("isogloss.yaml");
    let config = if file.is_file() {
        Config::load(&file.into(), roots, &crate_folder()).unwrap()
    } else {
        Config { roots, ..Config::default() }
    };
    // The dates of changes to the fixtures mean nothing.
    let config = Config { history: HistoryChoice::Off, ..config };
    isogloss::check(&config, false).unwrap().findings
}

/// The differences between the findings in `folder` and the list in `expected`.
fn differences(folder: &Utf8Path, expected: &Utf8Path) -> Vec<String> {
    let text = std::fs::read_to_string(expected).unwrap();
    let mut expected: Vec<Expected> = from_yaml(&text).unwrap_or_else(|error| panic!("{expected}: {error}"));
    let mut differences = Vec::new();
    for finding in check(folder) {
        let path = finding.path.strip_prefix(folder).unwrap();
        if let Some(index) = expected.iter().position(|expected| expected.is(&finding, path)) {
            expected.remove(index);
        } else {
            let Finding { rule, message, range, .. } = &finding;
            differences.push(format!("{}:{}: unexpected {rule}: {message}", finding.path, range.start.line));
        }
    }
    let not_found = |it: &Expected| format!("{}:{}: not found: {}", folder.join(&it.path), it.line, it.rule);
    differences.extend(expected.iter().map(not_found));
    differences
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let fixtures = crate_folder().join("fixtures");
    let found = differences(&fixtures.join("handbook"), &fixtures.join("handbook.faults.yaml"));
    assert!(found.is_empty(), "{} differences:\n  {}", found.len(), found.join("\n  "));
}

/// Rules without a case, because they need the history of a repository.
const WITHOUT_CASE: [&str; 3] = ["stale-source", "stale-paragraph", "unknown-source-commit"];

/// A range as `line:column-line:column`.
fn place(range: Range) -> String {
    let Range { start, end } = range;
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

/// All findings in a folder, without details for programs: fingerprints and data.
fn print(findings: &[Finding], folder: &Utf8Path) -> String {
    let below = |path: &Utf8Path| path.strip_prefix(folder).unwrap().as_str().replace('\\', "/");
    let mut out = String::new();
    for finding in findings {
        let Finding { rule, severity, message, locale, path, range, label, related, fixes, .. } = finding;
        let message = message.replace(folder.join("").as_str(), "");
        writeln!(out, "{}[{rule}] {}:{} ({locale})", severity.as_str(), below(path), place(*range)).unwrap();
        writeln!(out, "  {message}").unwrap();
        if !label.is_empty() {
            writeln!(out, "  label: {label}").unwrap();
        }
        for Related { path, locale, range, message } in related {
            writeln!(out, "  related: {}:{} ({locale}) {message}", below(path), place(*range)).unwrap();
        }
        for Fix { message, applicability, edits } in fixes {
            writeln!(out, "  fix ({}): {message}", applicability.as_str()).unwrap();
            for Edit { path, range, replacement } in edits {
                writeln!(out, "    {}:{} -> {replacement:?}", below(path), place(*range)).unwrap();
            }
        }
    }
    if out.is_empty() { "no findings\n".to_owned() } else { out }
}

/// Compares the findings of a case with its snapshot, `bad.snap` or `good.snap` next to its folder. Returns the differences.
fn check_case(rule: &str, kind: &str) -> Option<String> {
    let case = crate_folder().join("fixtures/cases").join(rule);
    let folder = case.join(kind);
    if !folder.is_dir() {
        return Some(format!("{rule}: no case in {folder}"));
    }
    let findings = check(&folder);
    let count = findings.iter().filter(|finding| finding.rule == rule).count();
    if (count > 0) != (kind == "bad") {
        return Some(format!("{rule}/{kind}: {count} findings of the rule"));
    }
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(&case);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // All cases are compared before the test fails, so that all changes can be reviewed at once.
    let compare = || settings.bind(|| insta::assert_snapshot!(kind, print(&findings, &folder)));
    catch_unwind(AssertUnwindSafe(compare))
        .err()
        .map(|_| format!("{rule}/{kind}: the snapshot differs: see `cargo insta review`"))
}

#[test]
fn every_rule_has_cases_that_print_their_snapshots() {
    let rules = isogloss::rules::RULES.iter().map(|rule| rule.id).filter(|id| !WITHOUT_CASE.contains(id));
    let cases = rules.flat_map(|rule| ["bad", "good"].map(|kind| (rule, kind)));
    let wrong: Vec<String> = cases.filter_map(|(rule, kind)| check_case(rule, kind)).collect();
    assert!(wrong.is_empty(), "{} cases:\n  {}", wrong.len(), wrong.join("\n  "));
}

#[test]
fn every_case_is_of_a_rule() {
    for folder in crate_folder().join("fixtures/cases").read_dir_utf8().unwrap() {
        let folder = folder.unwrap();
        let name = folder.file_name();
        assert!(isogloss::rules::find(name).is_some() && !WITHOUT_CASE.contains(&name), "{name}");
        for file in folder.path().read_dir_utf8().unwrap() {
            let file = file.unwrap();
            let known = ["bad", "good", "bad.snap", "good.snap", "bad.snap.new", "good.snap.new"];
            assert!(known.contains(&file.file_name()), "{}", file.path());
        }
    }
}
