//! Translations that record no source commit: freshness is estimated from the date of the last change, and marked as estimated.

use serde_json::Value;

use crate::support::{Run, Tree};

const CHECK: [&str; 4] = ["check", "docs", "--format", "json"];
const FRENCH: &str = "# Synchro\n\nTidewater surveille le dossier.\n";

/// A repository whose English page changed after both French ones were made, of which one records its source commit.
fn manual() -> Tree {
    let tree = Tree::new(&[("docs/en/a.md", "# Sync\n\nTidewater watches the folder.\n")]);
    tree.write("docs/en/b.md", "# Sync\n\nTidewater watches the folder.\n");
    tree.git("docs", &["init", "--quiet"]);
    let pin = tree.commit("docs");
    tree.write("docs/fr/a.md", FRENCH);
    tree.write("docs/fr/b.md", format!("---\nsource-git-commit: {pin}\n---\n{FRENCH}"));
    tree.commit("docs");
    for name in ["a", "b"] {
        tree.write(&format!("docs/en/{name}.md"), "# Sync\n\nTidewater watches the whole folder at night.\n");
    }
    tree.commit("docs");
    tree
}

fn stale(run: &Run) -> Vec<(String, String, Value)> {
    let json = run.json();
    let stale = |finding: &&Value| finding["rule"].as_str().is_some_and(|rule| rule.starts_with("stale-"));
    let summary = |finding: &Value| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        (
            format!("{}:{}", text("path"), finding["range"]["start"]["line"]),
            text("severity"),
            finding["data"]["guessed"].clone(),
        )
    };
    json["findings"].as_array().unwrap().iter().filter(stale).map(summary).collect()
}

fn row(path: &str, severity: &str, guessed: Value) -> (String, String, Value) {
    (path.to_owned(), severity.to_owned(), guessed)
}

#[test]
fn a_guess_says_so_and_is_no_error() {
    let tree = manual();
    tree.write("isogloss.yaml", "rules:\n  stale-source: error\n  stale-paragraph: error\n");
    let run = tree.isogloss(&CHECK);
    let expected = [
        row("docs/fr/a.md:1", "warning", Value::Bool(true)),
        row("docs/fr/a.md:3", "warning", Value::Bool(true)),
        row("docs/fr/b.md:2", "error", Value::Null),
        row("docs/fr/b.md:6", "error", Value::Null),
    ];
    assert_eq!(stale(&run), expected, "{run:?}");
    let messages = run.stdout.matches("estimated").count();
    assert_eq!(messages, 2, "{run:?}");
    assert!(stale(&tree.isogloss(&[&CHECK[..], &["--no-history"]].concat())).is_empty());
}

#[test]
fn a_translation_that_is_being_edited_is_not_judged() {
    let tree = manual();
    tree.write("docs/fr/a.md", FRENCH.replace("le dossier", "tout le dossier la nuit"));
    assert!(stale(&tree.isogloss(&CHECK)).iter().all(|(place, ..)| place.starts_with("docs/fr/b.md")));
    // Different line endings are not a change.
    tree.write("docs/fr/a.md", FRENCH.replace('\n', "\r\n"));
    assert_eq!(stale(&tree.isogloss(&CHECK)).len(), 4);
}

#[test]
fn a_reformatting_of_all_texts_leaves_them_in_step() {
    let tree = manual();
    for page in ["en/a", "fr/a"] {
        let path = format!("docs/{page}.md");
        tree.write(&path, tree.read(&path) + "\n");
    }
    tree.commit("docs");
    assert!(stale(&tree.isogloss(&CHECK)).iter().all(|(place, ..)| place.starts_with("docs/fr/b.md")));
}

#[test]
fn a_source_that_was_moved_is_followed() {
    let tree = manual();
    std::fs::create_dir_all(tree.path().join("docs/en/guide")).unwrap();
    std::fs::rename(tree.path().join("docs/en/a.md"), tree.path().join("docs/en/guide/a.md")).unwrap();
    tree.commit("docs");
    std::fs::create_dir_all(tree.path().join("docs/fr/guide")).unwrap();
    std::fs::rename(tree.path().join("docs/fr/a.md"), tree.path().join("docs/fr/guide/a.md")).unwrap();
    tree.commit("docs");
    let places: Vec<String> = stale(&tree.isogloss(&CHECK)).into_iter().map(|(place, ..)| place).collect();
    assert_eq!(places, ["docs/fr/b.md:2", "docs/fr/b.md:6", "docs/fr/guide/a.md:1", "docs/fr/guide/a.md:3"]);
}

#[test]
fn status_counts_what_was_guessed() {
    let tree = manual();
    let run = tree.isogloss(&["status", "docs", "--format", "json"]);
    let french = &run.json()["locales"][0];
    assert_eq!((&french["stale"], &french["guessed"]), (&Value::from(2), &Value::from(1)), "{run:?}");
    let table = tree.isogloss(&["status", "docs"]).stdout;
    assert!(table.contains("1 page without a source commit: freshness estimated"), "{table}");
}

#[test]
fn a_snapshot_is_not_called_fresh_and_no_history_is_no_fault() {
    let tree =
        Tree::new(&[("docs/en/a.md", "# Sync\n\nIt is on.\n"), ("docs/fr/a.md", "# Synchro\n\nElle est active.\n")]);
    let run = tree.isogloss(&CHECK);
    assert_eq!((run.code, stale(&run).len()), (0, 0), "{run:?}");
    tree.git("docs", &["init", "--quiet"]);
    tree.commit("docs");
    let run = tree.isogloss(&["status", "docs", "--format", "json"]);
    let french = &run.json()["locales"][0];
    assert_eq!((&french["fresh"], &french["unknown"]), (&Value::Null, &Value::from(1)), "{run:?}");
    assert_eq!(run.code, 0, "{run:?}");
}
