//! Pages with thousands of blocks, in which faults are still found.

use std::collections::BTreeMap;

use crate::support::Tree;

/// The number of findings for a source and a translation, by rule.
fn counts(source: &str, translation: &str) -> BTreeMap<String, usize> {
    let tree = Tree::new(&[("en/sync.md", source), ("fr/sync.md", translation)]);
    let run = tree.isogloss(&["check", "--no-history", "-s", "en", "--format", "json"]);
    assert!(matches!(run.code, 0 | 1), "{} {}", run.code, run.stderr);
    let mut counts = BTreeMap::new();
    for finding in run.findings() {
        let rule = finding.rsplit(' ').next().unwrap_or_default().to_owned();
        *counts.entry(rule).or_insert(0) += 1;
    }
    counts
}

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

#[test]
fn a_tag_of_thousands_of_attributes_is_read_and_what_follows_is_checked() {
    let attributes = "a=\"x\" ".repeat(20_000);
    let source = format!("# Sync\n\n<div {attributes}>\n\nSet `tide.keep` to 24 hours.\n\n</div>\n");
    let translation = format!("# Synchro\n\nUn <b {attributes}>peu</b>.\n\nMettez `tide.keep` à 25 heures.\n");
    let found = counts(&source, &translation);
    assert_eq!(found.get("sla-mismatch"), Some(&1), "{found:?}");
    let found = counts("# Sync\n\n24 versions.\n", &format!("# Synchro\n\n<div {attributes}>25 versions.</div>\n"));
    assert_eq!(found.get("number-mismatch"), Some(&1), "{found:?}");
}

#[test]
fn paragraphs_against_as_many_blocks_of_html_are_missing_and_extra() {
    let source = many(2_000, |i| format!("Folder {i} is kept in step with all others.\n\n"))
        + "# Keep\n\nSet `tide.keep` to 24 hours.\n";
    let translation = "<hr class=\"wave\">\n\n".repeat(2_000) + "# Garder\n\nMettez `tide.keep` à 25 heures.\n";
    let found = counts(&source, &translation);
    assert_eq!(found.get("sla-mismatch"), Some(&1), "{found:?}");
    assert!(found.contains_key("missing-paragraph") && found.contains_key("extra-block"), "{found:?}");
}

#[test]
fn every_third_of_thousands_of_paragraphs_is_missing() {
    let paragraph = |i: usize| format!("Folder {i} keeps `tide-{}` in step.\n\n", i * i);
    let source = many(3_000, paragraph);
    let translation = many(3_000, |i| if i % 3 == 0 { String::new() } else { paragraph(i) });
    assert_eq!(counts(&source, &translation), [("missing-paragraph".to_owned(), 1_000)].into());
}

#[test]
fn all_of_thousands_of_differing_durations_in_one_paragraph_are_found() {
    let source = many(3_000, |i| format!("{} days, ", i + 1));
    let translation = many(3_000, |i| format!("{} jours, ", i + 100_001));
    let tree = Tree::new(&[("en/sync.md", source), ("fr/sync.md", translation)]);
    let run = tree.isogloss(&["check", "--no-history", "-s", "en", "--format", "json"]);
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    let covered = |finding: &serde_json::Value| 1 + finding["data"]["more"].as_u64().unwrap_or(0);
    assert_eq!(findings.iter().map(covered).sum::<u64>(), 3_000, "{findings:?}");
}

#[test]
fn what_is_nested_thousands_deep_does_not_end_the_run() {
    let deep = [
        "<table><tr><td>".repeat(1_500),
        "<table><tr><td>\n\n".repeat(1_000),
        "<div>\n\n".repeat(2_000),
        "<ul><li><p>".repeat(1_500),
        "> ".repeat(1_500),
        "- ".repeat(1_000),
        "[".repeat(20_000),
        "**a *b ".repeat(5_000),
    ];
    for text in deep {
        let (source, translation) = (format!("24 days\n\n{text}x\n"), format!("25 jours\n\n{text}x\n"));
        let found = counts(&source, &translation);
        assert_eq!(found.get("sla-mismatch"), Some(&1), "{} {found:?}", &text[..16]);
    }
}
