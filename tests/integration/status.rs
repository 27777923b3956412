//! How far behind each locale is, with numbers that agree with `check`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::{Run, Tree, crate_folder, isogloss};

const SYNC: &str = "# Sync\n\nTidewater sends what changed.\n\nIt [skips](skip.md) hidden files.\n";
const SYNC_FR: &str = "# Synchro\n\nTidewater envoie ce qui a changé.\n\nIl [ignore](skip.md) les fichiers masqués.\n";

fn page(front: &str, text: &str) -> String {
    format!("---\n{front}---\n{text}")
}

/// Five English pages, one with changed wording and one with a changed link, and a French page for each case.
fn manual() -> Tree {
    let tree = Tree::new(&[("en/missing.md", "# Restore\n\nSeven words stand on this small page.\n")]);
    for name in ["fresh", "stale", "cosmetic", "unpinned"] {
        tree.write(&format!("en/{name}.md"), SYNC);
    }
    tree.git("en", &["init", "--quiet"]);
    let pin = tree.commit("en");
    tree.write("en/stale.md", SYNC.replace("what changed", "all that changed") + "\nLarge files wait for the night.\n");
    tree.write("en/cosmetic.md", SYNC.replace("skip.md", "hidden.md"));
    tree.commit("en");
    let pin = format!("source-git-commit: {pin}\n");
    for (name, front) in [
        ("fresh", pin.clone() + "ht-degree: 100%\n"),
        ("stale", pin.clone() + "ht-degree: '50 %'\n"),
        ("cosmetic", pin.clone()),
        ("unpinned", "ht-degree: some\n".to_owned()),
        ("orphan", pin),
    ] {
        tree.write(&format!("fr/{name}.md"), page(&front, SYNC_FR));
    }
    tree
}

/// The rows of the locales, by tag.
fn rows(run: &Run) -> BTreeMap<String, Value> {
    let json = run.json();
    let rows = json["locales"].as_array().unwrap().iter();
    rows.map(|row| (row["locale"].as_str().unwrap().to_owned(), row.clone())).collect()
}

#[test]
fn pages_are_counted_by_what_became_of_their_source() {
    let tree = manual();
    let run = tree.isogloss(&["status", "en=en", "fr=fr", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:?}");
    // stale.md: 5 words in the reworded paragraph, 6 in the new one. fresh.md has 9 words, and stale.md 16.
    let expected = json!({
        "locale": "fr", "expected": 5, "pages": 4, "coverage": 0.8, "orphans": 1,
        "fresh": 1, "stale": 1, "cosmetic": 1, "unknown": 1, "guessed": 0, "missing": 1,
        "words": {"total": 19, "pages": 8, "missing": 6, "changed": 5},
        "human": {"share": 0.68, "pages": 2},
    });
    assert_eq!(rows(&run)["fr"], expected);
    assert_eq!(run.json()["schema"], 1);
    assert_eq!((&run.json()["unjudged"], &run.json()["source"]), (&Value::Null, &json!("en")));
}

#[test]
fn without_history_freshness_is_not_reported() {
    let tree = manual();
    let run = tree.isogloss(&["status", "en=en", "fr=fr", "--no-history", "--format", "json"]);
    let row = &rows(&run)["fr"];
    assert_eq!(
        (run.code, &row["fresh"], &row["stale"], &row["cosmetic"]),
        (0, &Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!((&row["unknown"], &row["missing"]), (&json!(4), &json!(1)));
    let table = tree.isogloss(&["status", "en=en", "fr=fr", "--no-history"]).stdout;
    assert!(table.contains("freshness unknown: history is disabled"), "{table}");
}

#[test]
fn a_history_that_is_not_there_is_not_passed() {
    let tree = manual();
    std::fs::remove_dir_all(tree.path().join("en/.git")).unwrap();
    let run = tree.isogloss(&["status", "en=en", "fr=fr"]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("error: ") && run.stdout.contains("history is not available"), "{run:?}");

    let tree = Tree::new(&[("en/a.md", "# Sync\n")]);
    let run = tree.isogloss(&["status"]);
    assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{run:?}");
}

#[test]
fn the_numbers_are_those_of_check() {
    let folder = crate_folder().join("fixtures/handbook");
    let run = |command: &str| {
        let arguments = [command, ".", "--no-config", "--no-history", "--format", "json"];
        Run::of(&mut isogloss(folder.as_std_path(), &arguments))
    };
    let (status, check) = (run("status"), run("check"));
    let mut missing: BTreeMap<String, u64> = rows(&status).into_keys().map(|locale| (locale, 0)).collect();
    for finding in check.json()["findings"].as_array().unwrap() {
        if let "missing-section" | "missing-paragraph" | "missing-block" = finding["rule"].as_str().unwrap() {
            *missing.get_mut(finding["locale"].as_str().unwrap()).unwrap() +=
                finding["data"]["blocks"].as_u64().unwrap();
        }
    }
    assert!(missing.values().any(|&count| count > 0), "{missing:?}");
    let reported: BTreeMap<String, u64> =
        rows(&status).into_iter().map(|(locale, row)| (locale, row["missing"].as_u64().unwrap())).collect();
    assert_eq!(reported, missing);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let tree = manual();
    let run = |threads: &str| {
        let mut command = isogloss(tree.path().as_std_path(), &["status", "en=en", "fr=fr", "--format", "json"]);
        Run::of(command.env("RAYON_NUM_THREADS", threads)).stdout
    };
    assert_eq!(run("1"), run("8"));
}

#[test]
fn without_a_source_all_languages_are_counted() {
    let tree =
        Tree::new(&[("fr/a.md", SYNC_FR), ("fr/b.md", SYNC_FR), ("sv/a.md", "# Synk\n\nTidewater skickar allt.\n")]);
    let run = tree.isogloss(&["status", "--format", "json"]);
    let rows = rows(&run);
    let reported =
        |locale: &str| (rows[locale]["pages"].clone(), rows[locale]["coverage"].clone(), rows[locale]["fresh"].clone());
    assert_eq!(reported("fr"), (json!(2), json!(1.0), Value::Null), "{run:?}");
    assert_eq!(reported("sv"), (json!(1), json!(0.5), Value::Null), "{run:?}");
    assert_eq!(run.json()["source"], Value::Null);
}
