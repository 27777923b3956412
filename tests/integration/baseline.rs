//! Adopting isogloss with a baseline: known findings are not reported, new ones are, and resolved ones are noted.

use serde_json::Value;

use crate::support::{Run, Tree};

const FILE: &str = "isogloss-baseline.json";

/// Two pages in three languages; French lacks a paragraph and has another number, Swedish has other hours.
fn tree() -> Tree {
    Tree::new(&[
        (
            "en/plans.md",
            "# Plans\n\nTidewater keeps 30 versions of each file.\n\nIt is closed on holidays.\n\nOpen from 9 am to 5 pm.\n",
        ),
        ("fr/plans.md", "# Offres\n\nTidewater garde 20 versions de chaque fichier.\n\nOuvert de 9 h à 17 h.\n"),
        (
            "sv/plans.md",
            "# Planer\n\nTidewater sparar 30 versioner av varje fil.\n\nStängt på helgdagar.\n\nÖppet 9.00–18.00.\n",
        ),
        ("en/pause.md", "# Pause\n\nPause a folder for 4 hours.\n"),
        ("fr/pause.md", "# Pause\n\nSuspendez un dossier pendant 4 heures.\n"),
        ("sv/pause.md", "# Paus\n\nPausa en mapp i 4 timmar.\n"),
    ])
}

fn rules(run: &Run) -> Vec<&str> {
    run.stdout.lines().map(|line| line.split(['[', ']']).nth(1).unwrap()).collect()
}

/// The output of `check --format short` with further arguments.
fn check(tree: &Tree, arguments: &[&str]) -> Run {
    tree.isogloss(&[&["check", "--format", "short"], arguments].concat())
}

#[test]
fn a_second_run_is_silent_and_reports_only_what_is_new() {
    let tree = tree();
    let first = check(&tree, &["--write-baseline"]);
    assert_eq!((first.code, &*first.stdout), (0, ""), "{}", first.stderr);
    assert!(first.stderr.contains(&format!("note: {FILE}: wrote 3 findings: 3 added, 0 removed")));
    let written = tree.read(FILE);
    assert_eq!(written.lines().count(), 3 + 2, "{written}");

    let second = check(&tree, &[]);
    assert_eq!((second.code, &*second.stdout), (0, ""));
    assert!(second.stderr.ends_with("2 pages in 3 languages: no new findings (3 findings in the baseline)\n"));
    assert_eq!(check(&tree, &["--no-baseline"]).stdout.lines().count(), 3);

    // In one file, text moves and changes elsewhere; in another one, there is a new fault.
    let french = tree.read("fr/plans.md");
    tree.write("fr/plans.md", french.replace("# Offres\n", "---\ntitle: Offres\n---\n\n# Les offres\n"));
    tree.write("sv/pause.md", "# Paus\n\nPausa en mapp i 5 timmar.\n");
    let third = check(&tree, &[]);
    assert_eq!((third.code, rules(&third)), (1, vec!["sla-mismatch"]), "{}", third.stdout);
    assert!(third.stdout.starts_with("sv/pause.md:3:"));
    assert!(third.stderr.contains("2 pages in 3 languages: 1 error (3 findings in the baseline)"), "{}", third.stderr);

    assert_eq!(check(&tree, &["--write-baseline"]).code, 0);
    let lines = |text: &str| text.lines().map(|line| line.trim_end_matches(',').to_owned()).collect::<Vec<_>>();
    let (before, after) = (lines(&written), lines(&tree.read(FILE)));
    assert_eq!(after.iter().filter(|line| !before.contains(line)).count(), 1, "one line is added: {after:?}");
    assert!(before.iter().all(|line| after.contains(line)));
}

#[test]
fn what_was_fixed_is_reported_and_dropped_when_the_baseline_is_rewritten() {
    let tree = tree();
    check(&tree, &["--write-baseline"]);
    let french = tree.read("fr/plans.md");
    tree.write("fr/plans.md", french.replace("20 versions", "30 versions"));
    let notice = format!(
        "note: {FILE}: 1 finding in the baseline no longer reported; run `isogloss check --write-baseline` to remove it"
    );
    let run = check(&tree, &[]);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains(&notice), "{}", run.stderr);
    // Runs that are limited to another language or rule do not look for it, and quiet runs do not say so.
    for arguments in [&["--locale", "sv"][..], &["--select", "date-mismatch"], &["--quiet"]] {
        assert!(!check(&tree, arguments).stderr.contains("no longer reported"), "{arguments:?}");
    }
    std::fs::remove_file(tree.path().join("sv/plans.md")).unwrap();
    let run = check(&tree, &["--fail-on", "never"]);
    assert!(run.stderr.contains("2 findings in the baseline no longer reported"), "{}", run.stderr);

    let run = check(&tree, &["--write-baseline", "--locale", "fr"]);
    assert!(run.stderr.contains("wrote 2 findings: 0 added, 1 removed"), "{}", run.stderr);
    assert!(tree.read(FILE).contains(r#""locale":"sv","rule":"sla-mismatch""#), "it was not looked for");
}

#[test]
fn a_broken_or_foreign_baseline_is_one_error_and_is_not_written_over() {
    let tree = tree();
    check(&tree, &["--write-baseline"]);
    let merged = tree.read(FILE).replacen('\n', "\n<<<<<<< HEAD\n", 1);
    for (text, message) in [
        (&*merged, "isogloss-baseline.json:2: invalid baseline: expected value;"),
        ("{\"name\": \"site\"}", "isogloss-baseline.json:1: invalid baseline: missing field"),
        ("{\"isogloss-baseline\": 7}", "isogloss-baseline.json:1: unsupported baseline version 7, expected"),
    ] {
        tree.write(FILE, text);
        for arguments in [&[][..], &["--write-baseline"]] {
            let run = check(&tree, arguments);
            assert_eq!((run.code, &*run.stdout), (2, ""), "{text}");
            assert!(run.stderr.starts_with("error: ") && run.stderr.lines().count() == 1, "{}", run.stderr);
            assert!(run.stderr.contains(message), "{}", run.stderr);
            assert_eq!(tree.read(FILE), text);
        }
    }
    std::fs::remove_file(tree.path().join(FILE)).unwrap();
    let run = check(&tree, &["--baseline", "none.json"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot read the baseline `none.json`: "), "{}", run.stderr);
    let run = check(&tree, &["--write-baseline=no/such/folder/b.json"]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(run.stderr.contains("cannot write the baseline `no/such/folder/b.json`: "), "{}", run.stderr);
}

#[test]
fn the_file_is_at_the_configured_path() {
    let tree = tree();
    tree.write("isogloss.yaml", "source: en\nroots: [.]\n");
    let run = tree.isogloss(&["check", "--write-baseline=known.json"]);
    assert!(run.stderr.contains("to use it, pass `--baseline`"), "{}", run.stderr);
    assert_eq!(check(&tree, &[]).code, 1, "it is not found by itself");
    assert_eq!(check(&tree, &["--baseline", "known.json"]).code, 0);

    tree.write("isogloss.yaml", "source: en\nroots: [.]\nbaseline: known.json\n");
    assert_eq!(check(&tree, &[]).code, 0);
    let run = check(&tree, &["--write-baseline=known.json"]);
    assert!(!run.stderr.contains("later runs"), "{}", run.stderr);
    std::fs::remove_file(tree.path().join("known.json")).unwrap();
    assert_eq!(check(&tree, &[]).code, 2, "it is named, and not there");
    assert_eq!(check(&tree, &["--write-baseline"]).code, 0);
    assert_eq!(check(&tree, &[]).code, 0);

    // A run on some of the folders.
    std::fs::remove_file(tree.path().join("known.json")).unwrap();
    tree.write("isogloss.yaml", "source: en\nroots: [.]\n");
    check(&tree, &["--write-baseline"]);
    assert!(tree.path().join(FILE).exists());
    let run = check(&tree, &["en=en", "sv=sv"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
}

#[test]
fn a_run_that_sees_nothing_writes_nothing() {
    let tree = Tree::new(&[("en/plans.md", "# Plans\n\nTidewater keeps 30 versions.\n")]);
    let run = check(&tree, &["--write-baseline"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("not written"), "{}", run.stderr);
    assert!(!tree.path().join(FILE).exists());
}

#[test]
fn formats_for_programs_include_what_is_known() {
    let tree = tree();
    let run = tree.isogloss(&["check", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(json["summary"].get("baseline").is_none());
    check(&tree, &["--write-baseline"]);
    tree.write("sv/pause.md", "# Paus\n\nPausa en mapp i 5 timmar.\n");
    let french = tree.read("fr/plans.md");
    tree.write("fr/plans.md", french.replace("20 versions", "30 versions"));

    let read = |format| serde_json::from_str::<Value>(&tree.isogloss(&["check", "--format", format]).stdout).unwrap();
    let json = read("json");
    assert_eq!(json["summary"]["baseline"], serde_json::json!({"file": FILE, "unchanged": 2, "gone": 1}));
    assert_eq!((json["findings"].as_array().unwrap().len(), &json["summary"]["errors"]), (1, &1.into()));
    let sarif = read("sarif");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let states: Vec<_> = results
        .iter()
        .map(|result| (result["ruleId"].as_str().unwrap(), result["baselineState"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("missing-paragraph", "unchanged"), ("sla-mismatch", "new"), ("sla-mismatch", "unchanged")]);
    let described = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(described.len(), 2);
}
