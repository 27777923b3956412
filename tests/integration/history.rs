//! Recorded source commits, tested from the command line with repositories in a temporary folder.

use crate::support::Tree;

fn page(pin: &str, text: &str) -> String {
    format!("---\nsource-git-commit: {pin}\n---\n# Synchro\n\n{text}\n")
}

/// An English checkout with three commits, and a French folder with a page for each state of a pin.
fn corpus() -> Tree {
    let tree = Tree::new(&[
        ("en/sync.md", "# Sync\n\nTidewater watches the folder.\n"),
        ("en/moved.md", "# Sync\n\nRead [how](old.md).\n"),
        ("en/same.md", "# Sync\n\nIt is on.\n"),
    ]);
    tree.git("en", &["init", "--quiet"]);
    let first = tree.commit("en");
    tree.write("en/sync.md", "# Sync\n\nTidewater watches the folder.\n\nIt skips hidden files.\n");
    tree.commit("en");
    tree.write("en/moved.md", "# Sync\n\nRead [how](new.md).\n");
    tree.commit("en");
    tree.write("fr/sync.md", page(&first, "Tidewater surveille le dossier."));
    tree.write("fr/moved.md", page(&first, "Lisez [comment](old.md)."));
    tree.write("fr/same.md", page(&first, "Elle est active."));
    tree
}

const CHECK: [&str; 5] = ["check", "en=en", "fr=fr", "--format", "json"];

#[test]
fn stale_pages_are_distinguished_from_fresh_ones() {
    let run = corpus().isogloss(&CHECK);
    let findings = run.findings();
    let stale: Vec<_> = findings.iter().filter(|finding| finding.ends_with(" stale-source")).collect();
    assert_eq!(stale, ["fr/moved.md:2 stale-source", "fr/sync.md:2 stale-source"], "{findings:?}");
    let json = run.json();
    let severity = |path: &str| {
        let of = |finding: &&serde_json::Value| finding["path"] == path && finding["rule"] == "stale-source";
        json["findings"].as_array().unwrap().iter().find(of).unwrap()["severity"].clone()
    };
    assert_eq!(severity("fr/sync.md"), "warning");
    assert_eq!(severity("fr/moved.md"), "info", "only a link has moved");
    // The paragraph that the source added is missing, and not stale as well.
    let reworded = findings.iter().find(|finding| finding.starts_with("fr/sync.md") && finding.ends_with("-paragraph"));
    assert_eq!(reworded.map(String::as_str), Some("fr/sync.md:7 missing-paragraph"), "{findings:?}");
    assert_eq!(run.code, 1);
}

#[test]
fn without_history_nothing_is_said_of_it() {
    let run = corpus().isogloss(&[&CHECK[..], &["--no-history"]].concat());
    assert!(run.findings().iter().all(|finding| !finding.contains("stale") && !finding.contains("commit")), "{run:?}");
    assert!(run.stderr.lines().all(|line| line.starts_with("note:")), "{}", run.stderr);
}

#[test]
fn a_shallow_clone_is_not_taken_for_a_fresh_page() {
    let tree = corpus();
    std::fs::remove_file(tree.path().join("fr/sync.md")).unwrap();
    std::fs::rename(tree.path().join("en"), tree.path().join("full")).unwrap();
    let full = format!("file://{}/full", tree.path());
    tree.git(".", &["clone", "--quiet", "--depth", "1", &full, "en"]);
    let run = tree.isogloss(&CHECK);
    assert_eq!(run.code, 3, "{run:?}");
    let errors: Vec<_> = run.stderr.lines().filter(|line| line.starts_with("error:")).collect();
    assert_eq!(
        errors,
        [
            "error: cannot look up 2 recorded source commits: the source's clone is shallow and ends before the recorded \
          commit; run `git -C en fetch --unshallow`"
        ]
    );
    assert!(run.findings().iter().all(|finding| !finding.contains("stale-source")), "{run:?}");
    // The suggested command fixes it.
    tree.git(".", &["-C", "en", "fetch", "--quiet", "--unshallow"]);
    let run = tree.isogloss(&CHECK);
    assert!(run.findings().contains(&"fr/moved.md:2 stale-source".to_owned()), "{run:?}");
    assert_ne!(run.code, 3);
}

#[test]
fn an_unknown_commit_is_an_error_and_another_repository_is_named() {
    let tree = corpus();
    tree.write("fr/same.md", page(&"0123456789".repeat(4), "Elle est active."));
    let run = tree.isogloss(&CHECK);
    assert!(run.findings().contains(&"fr/same.md:2 unknown-source-commit".to_owned()), "{run:?}");

    std::fs::remove_dir_all(tree.path().join("en/.git")).unwrap();
    let run = tree.isogloss(&CHECK);
    let expected = "error: en is not in a git repository; pass the one with the source's history as --source-repo";
    assert!(run.stderr.lines().any(|line| line == expected), "{}", run.stderr);
}

#[test]
fn the_history_may_be_given() {
    let tree = corpus();
    tree.git(".", &["clone", "--quiet", "--bare", "en", "elsewhere.git"]);
    std::fs::remove_dir_all(tree.path().join("en/.git")).unwrap();
    let run = tree.isogloss(&[&CHECK[..], &["--source-repo", "elsewhere.git"]].concat());
    assert!(run.findings().contains(&"fr/moved.md:2 stale-source".to_owned()), "{run:?}");
    let given = tree.isogloss(&[&CHECK[..], &["--source-repo", "nowhere"]].concat());
    assert_eq!(given.code, if given.findings().is_empty() { 3 } else { 1 }, "{given:?}");
    assert!(given.stderr.contains("in nowhere: no such folder"), "{given:?}");
}
