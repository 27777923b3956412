//! The program in CI services, and the fingerprints that they use.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Run, Tree, isogloss};

const ENGLISH: &str = "# Sync\n\nTidewater keeps 30 versions.\n\nIt never sleeps.\n\nAsk for help at any time.\n";
const FRENCH: &str = "# Synchro\n\nTidewater garde 20 versions.\n\nDemandez de l’aide à tout moment.\n";

fn tree() -> Tree {
    Tree::new(&[("docs/en/a.md", ENGLISH), ("docs/fr/a.md", FRENCH)])
}

/// A run in a subfolder, in a GitHub Actions job.
fn in_a_job(tree: &Tree, below: &str, summary: &str, arguments: &[&str]) -> Run {
    let mut command = isogloss(tree.path().join(below).as_std_path(), arguments);
    let summary = tree.path().join(summary);
    Run::of(command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", summary))
}

#[test]
fn in_github_actions_findings_become_annotations_and_a_summary() {
    let tree = tree();
    tree.write("summary.md", "of another step");
    let run = in_a_job(&tree, "", "summary.md", &["check", "docs"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("::error title=missing-paragraph,file=docs/fr/a.md,line="), "{}", run.stdout);
    assert!(lines[1].starts_with("::warning title=number-mismatch,file=docs/fr/a.md,line=3,"), "{}", run.stdout);
    assert_eq!(lines.len(), 2);
    assert!(run.stderr.contains("1 page in 2 languages: 1 error, 1 warning\n"), "{}", run.stderr);
    let summary = std::fs::read_to_string(tree.path().join("summary.md")).unwrap();
    let (before, rest) = summary.split_once("\n<!-- isogloss -->\n").unwrap();
    assert_eq!(before, "of another step");
    assert!(rest.starts_with("### isogloss: 1 error, 1 warning\n"), "{summary}");
}

#[test]
fn other_formats_and_quiet_runs_leave_the_summary_alone() {
    let tree = tree();
    for arguments in [["check", "docs", "--format=short"], ["check", "docs", "--quiet"]] {
        in_a_job(&tree, "", "summary.md", &arguments);
        assert!(!tree.path().join("summary.md").exists(), "{arguments:?}");
    }
    let run = in_a_job(&tree, "", "no/such/folder/summary.md", &["check", "docs"]);
    assert_eq!(run.code, 1, "a summary that cannot be written fails no run");
    assert!(run.stderr.contains("warning: cannot write the job summary: "), "{}", run.stderr);
}

#[test]
fn services_get_paths_relative_to_the_root_of_the_repository() {
    let tree = tree();
    tree.git("", &["init", "--quiet"]);
    let run = in_a_job(&tree, "docs", "summary.md", &["check", "--no-history", "en", "../docs/fr"]);
    assert!(run.stdout.starts_with("::error title=missing-paragraph,file=docs/fr/a.md,line="), "{}", run.stdout);
    let check = |format: &str| {
        let run =
            isogloss(tree.path().join("docs").as_std_path(), &["check", "--no-history", "--format", format]).output();
        serde_json::from_slice::<Value>(&run.unwrap().stdout).unwrap()
    };
    assert_eq!(check("gitlab")[0]["location"]["path"], "docs/fr/a.md");
    let result = &check("sarif")["runs"][0]["results"][0];
    let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!((&location["uri"], &location["uriBaseId"]), (&"docs/fr/a.md".into(), &"%SRCROOT%".into()));
    // Reviewdog runs in the current folder.
    assert_eq!(check("rdjson")["diagnostics"][0]["location"]["path"], "fr/a.md");
}

fn fingerprints(tree: &Tree) -> Vec<String> {
    let run = tree.isogloss(&["check", "docs", "--format", "json"]);
    let object = run.json();
    let findings = object["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fingerprints_outlive_edits_elsewhere() {
    let tree = tree();
    let before = fingerprints(&tree);
    assert_eq!(before.len(), 2);
    let new = "\n## Sharing\n\nA folder is shared with `tide share`.\n";
    tree.write(
        "docs/en/a.md",
        format!("---\ntitle: Sync\n---\n{}{new}", ENGLISH.replace("never sleeps", "never\nsleeps")),
    );
    tree.write("docs/fr/a.md", format!("---\ntitle: Synchro\n---\n\n\n{FRENCH}{}", new.replace("Sharing", "Partage")));
    assert_eq!(fingerprints(&tree), before);
    tree.write("docs/en/a.md", ENGLISH.replace("never", "hardly ever"));
    tree.write("docs/fr/a.md", FRENCH);
    let after = fingerprints(&tree);
    assert_ne!(after.last(), before.last(), "another paragraph is missing");
}

#[test]
fn equal_findings_have_fingerprints_of_their_own() {
    let tree = Tree::new(&[
        ("docs/en/a.md", "# Sync\n\nTidewater keeps 30 versions.\n\n## Share\n\nTidewater keeps 30 versions.\n"),
        ("docs/fr/a.md", "# Synchro\n\nTidewater garde 20 versions.\n\n## Partage\n\nTidewater garde 20 versions.\n"),
    ]);
    let all = fingerprints(&tree);
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (2, 2));
    // The first one keeps its fingerprint.
    tree.write(
        "docs/fr/a.md",
        "# Synchro\n\nTidewater garde 20 versions.\n\n## Partage\n\nTidewater garde 30 versions.\n",
    );
    assert_eq!(fingerprints(&tree), all[..1]);
}
