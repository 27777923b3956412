//! The fixtures: what is planted in them is found where it stands, and nothing else is.

use std::error::Error;

use camino::{Utf8Path, Utf8PathBuf};
use isogloss::analysis::pins::HistoryChoice;
use isogloss::config::Config;
use isogloss::corpus::walk::Root;
use isogloss::finding::Finding;
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::crate_folder;

/// How many lines a finding may be away from what is expected: see `fixtures/README.md`.
const NEAR: u32 = 3;

/// One entry of an `expect.yaml`.
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
    /// For the reader.
    #[serde(rename = "what")]
    _what: Option<String>,
}

/// A difference that is known: the program's fault, not the fixture's. Unused ones fail the test.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    difference: String,
    #[serde(rename = "why")]
    _why: String,
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

/// Checks a folder as the program would if it were started in it.
fn check(folder: &Utf8Path) -> Vec<Finding> {
    let roots = vec![Root { locale: None, path: folder.to_owned() }];
    let file = folder.join("isogloss.yaml");
    let config = if file.is_file() {
        Config::load(&file.into(), roots, &crate_folder()).unwrap()
    } else {
        Config { roots, ..Config::default() }
    };
    // When a fixture was last changed here says nothing about it.
    let config = Config { history: HistoryChoice::Off, ..config };
    isogloss::check(&config, false).unwrap().findings
}

/// What differs between what is found in `folder` and what `expected` lists.
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
        .iter_mut()
        .for_each(|difference| *difference = difference.replace(crate_folder().join("fixtures/").as_str(), ""));
    differences
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let fixtures = crate_folder().join("fixtures");
    let mut folders: Vec<Utf8PathBuf> = fixtures
        .join("cases")
        .read_dir_utf8()
        .unwrap()
        .flat_map(|rule| ["bad", "good"].map(|kind| rule.as_ref().unwrap().path().join(kind)))
        .collect();
    folders.sort();
    let mut found = differences(&fixtures.join("handbook"), &fixtures.join("handbook.faults.yaml"));
    for folder in folders {
        found.extend(differences(&folder, &folder.join("expect.yaml")));
    }
    let known: Vec<Known> = from_yaml(&std::fs::read_to_string(fixtures.join("known.yaml")).unwrap()).unwrap();
    let is_known = |difference: &&String| known.iter().any(|known| difference.starts_with(&known.difference));
    let (_, new): (Vec<&String>, Vec<&String>) = found.iter().partition(is_known);
    assert!(
        new.is_empty(),
        "{} differences:\n{}",
        new.len(),
        new.iter().map(|it| format!("  {it}\n")).collect::<String>()
    );
    let unused = known.iter().find(|known| !found.iter().any(|difference| difference.starts_with(&known.difference)));
    assert!(unused.is_none(), "no longer needed in fixtures/known.yaml: {unused:?}");
}

/// Every rule that needs no history has a case.
#[test]
fn every_rule_has_a_case() {
    let without = ["stale-source", "stale-paragraph", "unknown-source-commit"];
    for rule in isogloss::rules::RULES {
        let has_case = crate_folder().join("fixtures/cases").join(rule.id).is_dir();
        assert_eq!(has_case, !without.contains(&rule.id), "{}", rule.id);
    }
}
