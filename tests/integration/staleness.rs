//! Changes of the source since the recorded commit, reported at lines of the translation.

use serde_json::Value;

use crate::support::{Run, Tree};

const CHECK: [&str; 5] = ["check", "en=en", "fr=fr", "--format", "json"];

fn page(pin: &str, text: &str) -> String {
    format!("---\nsource-git-commit: {pin}\n---\n{text}")
}

/// An English page that changes from `old` to each text in `new`, one commit each, and its French translation of `old`.
fn changed(old: &str, new: &[&str], french: &str) -> Tree {
    let tree = Tree::new(&[("en/sync.md", old)]);
    tree.git("en", &["init", "--quiet"]);
    let pin = tree.commit("en");
    for text in new {
        tree.write("en/sync.md", text);
        tree.commit("en");
    }
    tree.write("fr/sync.md", page(&pin, french));
    tree
}

/// `line severity rule: message` of all findings except `stale-source`, without commits and dates.
fn reported(run: &Run) -> Vec<String> {
    let finding = |finding: &Value| {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        let message = text("message");
        let words =
            message.split(' ').filter(|word| !word.trim_end_matches([',', ':']).bytes().any(|b| b.is_ascii_digit()));
        let message = words.collect::<Vec<_>>().join(" ");
        format!("{} {} {}: {message}", finding["range"]["start"]["line"], text("severity"), text("rule"))
    };
    let json = run.json();
    let findings = json["findings"].as_array().unwrap().iter();
    findings.filter(|finding| finding["rule"] != "stale-source").map(finding).collect()
}

const OLD: &str = "# Sync

Tidewater watches the folders that you name, and sends what changed.

It [skips](skip.md) hidden files.

## Limits

Ten files are sent at once, the smallest first.

Large files are sent at night.
";

const FRENCH: &str = "# Synchronisation

Tidewater surveille les dossiers que vous nommez, et envoie ce qui a changé.

Il [ignore](skip.md) les fichiers masqués.

## Limites

Dix fichiers sont envoyés à la fois, les plus petits d’abord.

Les gros fichiers sont envoyés la nuit.
";

#[test]
fn changes_of_the_source_are_reported_at_the_lines_of_the_translation() {
    let new = "# Sync

A banner says whether it is on.

Tidewater watches all folders, and sends what changed.

It [skips](hidden.md) hidden files.

## Limits

Ten files are sent at once, the smallest first.
";
    let run = changed(OLD, &[new], FRENCH).isogloss(&CHECK);
    assert_eq!(
        reported(&run),
        [
            "5 error missing-paragraph: missing paragraph, added to English source in “A banner says whether it is on.”",
            "6 warning stale-paragraph: English source reworded since",
            "8 info stale-paragraph: links changed in English source since",
            "14 warning extra-paragraph: paragraph not in English source, removed from English source in “Les gros \
             fichiers sont envoyés la nuit.”",
        ]
        .map(ToOwned::to_owned),
        "{run:?}"
    );
    let json = run.json();
    let find =
        |rule: &str| json["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == rule).unwrap();
    let diff = &find("stale-paragraph")["data"]["diff"];
    assert_eq!(diff[1], serde_json::json!({"removed": "the folders that you name,"}), "{diff}");
    assert_eq!(diff[2], serde_json::json!({"added": "all folders,"}), "{diff}");
    let summary = find("stale-source");
    assert!(summary["message"].as_str().unwrap().ends_with("1 paragraph reworded, 1 added, 1 removed, 1 link changed"));
    assert_eq!(summary["data"]["counts"], serde_json::json!({"wording": 1, "link": 1, "added": 1, "removed": 1}));
}

#[test]
fn what_was_added_names_its_commit_and_what_was_never_translated_does_not() {
    let added = OLD.replace("## Limits", "Ask Larkspur before you share a folder.\n\n## Limits");
    let moved = added.replace("skip.md", "hidden.md");
    let french = FRENCH.replace("Les gros fichiers sont envoyés la nuit.\n", "");
    let tree = changed(OLD, &[&added, &moved], &french);
    let commit = tree.git("en", &["rev-parse", "HEAD~1"]);
    let run = tree.isogloss(&CHECK);
    let json = run.json();
    let missing: Vec<&Value> =
        json["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "missing-paragraph").collect();
    let origins: Vec<_> =
        missing.iter().map(|finding| (&finding["data"]["origin"], &finding["data"]["commit"])).collect();
    assert_eq!(origins, [(&"in-commit".into(), &commit.into()), (&"at-pin".into(), &Value::Null)], "{run:?}");
}

#[test]
fn a_pin_that_was_moved_without_translating_is_an_error_that_says_so() {
    let french = FRENCH.replace("Les gros fichiers sont envoyés la nuit.\n", "");
    let run = changed(OLD, &[], &french).isogloss(&CHECK);
    assert_eq!(
        reported(&run),
        ["13 error missing-paragraph: missing paragraph, although present in the recorded and current commit “Large \
             files are sent at night.”"],
        "{run:?}"
    );
    assert_eq!(run.json()["findings"][0]["data"]["origin"], "current-pin");
}

#[test]
fn what_the_translation_has_already_is_not_stale() {
    let old = format!("{OLD}\n```sh\ntidewater sync\n```\n\nAfter 30 days it is gone.\n");
    let new = format!("{OLD}\n```sh\ntidewater sync --all\n```\n\nAfter 60 days it is gone.\n");
    let french = format!("{FRENCH}\n```sh\ntidewater sync --all\n```\n\nIl disparaît après 60 jours.\n");
    let run = changed(&old, &[&new], &french).isogloss(&CHECK);
    assert_eq!(reported(&run), Vec::<String>::new(), "{run:?}");
    // A paragraph that is already translated although the pin is older is not missing either.
    let new = OLD.replace("## Limits", "Ask Larkspur before you share a folder.\n\n## Limits");
    let french = FRENCH.replace("## Limites", "Demandez à Larkspur avant de partager un dossier.\n\n## Limites");
    let run = changed(OLD, &[&new], &french).isogloss(&CHECK);
    assert_eq!(reported(&run), Vec::<String>::new(), "{run:?}");
}

#[test]
fn a_reworded_number_is_one_finding() {
    let new = OLD.replace("Ten files", "12 files");
    let run = changed(OLD, &[&new], FRENCH).isogloss(&CHECK);
    assert_eq!(reported(&run), ["12 warning stale-paragraph: English source reworded since"], "{run:?}");
    // A number that was already wrong is a separate fault.
    let french = FRENCH.replace("Dix fichiers", "20 fichiers");
    let rules: Vec<String> = changed(OLD, &[&new], &french).isogloss(&CHECK).findings();
    assert!(rules.iter().any(|finding| finding.ends_with(" number-mismatch")), "{rules:?}");
}

#[test]
fn the_level_of_a_class_of_change_can_be_configured() {
    let new = OLD.replace("skip.md", "hidden.md").replace("the smallest first", "the smallest ones first");
    let tree = changed(OLD, &[&new], FRENCH);
    let severities = |configuration: &str| {
        tree.write("isogloss.yaml", configuration);
        let reported = reported(&tree.isogloss(&CHECK));
        reported.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(severities("fail-on: never\n"), ["8 info", "12 warning"]);
    assert_eq!(severities("changes: {link: error, wording: off}\n"), ["8 error"]);
    assert_eq!(severities("rules: {stale-paragraph: error}\n"), ["8 info", "12 error"]);
    assert_eq!(severities("rules: {stale-paragraph: off}\nchanges: {link: error}\n"), Vec::<String>::new());
}

#[test]
fn a_page_that_was_moved_is_followed_by_its_id() {
    let page = |text: &str| format!("---\nexl-id: sync\n---\n{text}");
    let tree = Tree::new(&[("en/old.md", page(OLD))]);
    tree.git("en", &["init", "--quiet"]);
    let pin = tree.commit("en");
    std::fs::remove_file(tree.path().join("en/old.md")).unwrap();
    tree.commit("en");
    tree.write("en/guide/sync.md", page(&OLD.replace("the smallest first", "the smallest ones first")));
    tree.commit("en");
    tree.write("fr/old.md", format!("---\nexl-id: sync\nsource-git-commit: {pin}\n---\n{FRENCH}"));
    let run = tree.isogloss(&CHECK);
    assert_eq!(reported(&run), ["13 warning stale-paragraph: English source reworded since"], "{run:?}");
    let json = run.json();
    let summary =
        json["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "stale-source").unwrap();
    assert_eq!(summary["data"]["moved-from"], "old.md");
    assert_eq!(summary["data"]["commits"], 2);
}

#[test]
fn what_only_moved_is_said_to_have_moved() {
    let moved = OLD
        .replace("It [skips](skip.md) hidden files.\n\n", "")
        .replace("Large files", "It [skips](skip.md) hidden files.\n\nLarge files");
    let json = changed(OLD, &[&moved], FRENCH).isogloss(&CHECK).json();
    let summary =
        json["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "stale-source").unwrap();
    assert!(summary["message"].as_str().unwrap().ends_with("): 1 paragraph moved"), "{summary}");
    assert_eq!((&summary["severity"], &summary["data"]["counts"]), (&"info".into(), &serde_json::json!({"moved": 1})));
}

#[test]
fn a_callout_in_another_dialect_is_not_missed() {
    let alert = |text: &str| format!("# Sync\n\n{{{{% alert title=\"Note\" %}}}} {text} {{{{% /alert %}}}}\n");
    let text = "Tidewater watches the folders that you name, and sends what changed.";
    let french = alert("Tidewater surveille les dossiers que vous nommez, et envoie ce qui a changé.");
    let run = changed(&alert(text), &[&format!("# Sync\n\n> [!NOTE]\n>\n> {text}\n")], &french).isogloss(&CHECK);
    assert_eq!(reported(&run), ["6 info stale-paragraph: markup changed in English source since"], "{run:?}");
}

#[test]
fn a_list_that_is_numbered_no_longer_is_stale_unless_the_translation_follows() {
    let (steps, french) = ("# Sync\n\n1. Open the folder.\n", "# Synchro\n\n1. Ouvrez le dossier.\n");
    let step = steps.replace("1. ", "");
    let run = changed(steps, &[&step], french).isogloss(&CHECK);
    assert_eq!(reported(&run), ["6 warning stale-paragraph: numbers changed in English source since"], "{run:?}");
    let run = changed(steps, &[&step], &french.replace("1. ", "")).isogloss(&CHECK);
    assert!(reported(&run).iter().all(|line| !line.contains("stale-paragraph")), "{run:?}");
}

#[test]
fn a_table_of_html_is_one_finding_with_all_its_rows() {
    let table = |rows: &[&str]| {
        let row = |row: &&str| format!("<tr><td>{row}</td><td>4 h</td></tr>\n");
        format!("# Plans\n\nAll plans have support.\n\n<table>\n{}</table>\n", rows.iter().map(row).collect::<String>())
    };
    let (old, new) = (table(&["Harbour", "Open sea"]), table(&["Harbour", "Lagoon", "Deep sea"]));
    let french =
        table(&["Port", "Haute mer"]).replace("All plans have support.", "Toutes les formules ont une assistance.");
    let run = changed(&old, &[&new], &french).isogloss(&CHECK);
    assert_eq!(reported(&run), ["8 warning stale-paragraph: English source reworded since"], "{run:?}");
}

#[test]
fn a_translation_that_is_ahead_of_a_shallow_history_is_not_called_stale() {
    let tree = changed(OLD, &[&OLD.replace("Ten", "Twelve")], FRENCH);
    let head = tree.git("en", &["rev-parse", "HEAD"]);
    tree.write("fr/sync.md", page(&head, FRENCH));
    std::fs::rename(tree.path().join("en"), tree.path().join("full")).unwrap();
    let full = format!("file://{}/full", tree.path());
    tree.git(".", &["clone", "--quiet", "--depth", "1", &full, "en"]);
    let run = tree.isogloss(&CHECK);
    assert!(reported(&run).iter().all(|line| !line.contains("stale")), "{run:?}");
    assert_ne!(run.code, 3);
}
