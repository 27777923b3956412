//! What all translations of a page lack is reported once, in the source; what only some lack is reported in each of them.

use serde_json::{Value, json};

use crate::support::Tree;

const ENGLISH: &str =
    "# Sync\n\nTidewater watches `harbour`.\n\nIt skips `.tide` files.\n\nA pause lasts 2 hours. See `pause.log`.\n";
const GERMAN: &str = "# Abgleich\n\nTidewater überwacht `harbour`.\n\nEs lässt `.tide`-Dateien aus.\n\nEine Pause dauert 2 Stunden. Siehe `pause.log`.\n";
const FRENCH: &str = "# Synchro\n\nTidewater surveille `harbour`.\n\nElle ignore les fichiers `.tide`.\n\nUne pause dure 2 heures. Voir `pause.log`.\n";
const SWEDISH: &str = "# Synk\n\nTidewater bevakar `harbour`.\n\nDen hoppar över `.tide`-filer.\n\nEn paus varar i 2 timmar. Se `pause.log`.\n";
const ALL: [(&str, &str); 4] = [("en", ENGLISH), ("de", GERMAN), ("fr", FRENCH), ("sv", SWEDISH)];
/// Occurs in line 5 of each text.
const SKIPPED: &str = ".tide";

/// A text without its paragraph about skipped files.
fn cut(text: &str) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").filter(|paragraph| !paragraph.contains(SKIPPED)).collect();
    paragraphs.join("\n\n")
}

/// The page in all languages, without one paragraph in the translations of these locales.
fn page(lacking: &[&str]) -> Tree {
    let text = |(locale, text): (&str, &str)| {
        (format!("{locale}/sync.md"), if lacking.contains(&locale) { cut(text) } else { text.to_owned() })
    };
    let tree = Tree::new(&[("README.md", "# Handbook\n")]);
    ALL.map(text).iter().for_each(|(path, text)| tree.write(path, text));
    tree
}

fn check(tree: &Tree, arguments: &[&str]) -> Vec<Value> {
    let run = tree.isogloss(&[&["check", "--source", "en", "--format", "json"], arguments].concat());
    run.json()["findings"].as_array().unwrap().clone()
}

/// `path:line rule severity locales` of findings.
fn reported(findings: &[Value]) -> Vec<String> {
    let line = |finding: &Value| {
        let (place, text) = (&finding["range"]["start"]["line"], |key: &str| finding[key].as_str().unwrap());
        let locales = finding["data"]["locales"].as_array().into_iter().flatten();
        let locales: Vec<&str> = locales.map(|locale| locale.as_str().unwrap()).collect();
        let line = format!("{}:{place} {} {} {}", text("path"), text("rule"), text("severity"), locales.join(","));
        line.trim_end().to_owned()
    };
    findings.iter().map(line).collect()
}

fn message(finding: &Value) -> &str {
    finding["message"].as_str().unwrap()
}

const OF_ALL: &str = "en/sync.md:5 missing-paragraph error de,fr,sv";

#[test]
fn what_all_lack_is_one_finding_in_the_source() {
    let tree = page(&["de", "fr", "sv"]);
    let found = check(&tree, &[]);
    assert_eq!(reported(&found), [OF_ALL]);
    assert_eq!(message(&found[0]), "paragraph missing from all 3 translations: “It skips `.tide` files.”");
    let related = found[0]["related"].as_array().unwrap();
    let places: Vec<_> =
        related.iter().map(|it| (it["path"].as_str().unwrap(), &it["range"]["start"]["line"])).collect();
    assert_eq!(places, [("de/sync.md", &json!(4)), ("fr/sync.md", &json!(4)), ("sv/sync.md", &json!(4))]);
    assert!(related.iter().all(|place| place["message"] == "expected here"));
    assert_eq!(found[0]["data"]["blocks"], 1);
    let least = found[0]["data"]["confidence"].as_f64().unwrap();
    let own = |locale: &str| check(&tree, &["--locale", locale])[0]["data"]["confidence"].as_f64().unwrap();
    assert_eq!(least, ["de", "fr", "sv"].map(own).into_iter().reduce(f64::min).unwrap());

    let sarif: Value = serde_json::from_str(&tree.isogloss(&["check", "--format", "sarif"]).stdout).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["relatedLocations"].as_array().unwrap().len(), 3);
    let shown = tree.isogloss(&["diff", "fr/sync.md"]).stdout;
    assert!(shown.contains("paragraph missing from all 3 translations"), "{shown}");
}

#[test]
fn what_one_has_is_lost_in_each_of_the_others() {
    let own = ["de/sync.md:4 missing-paragraph error", "fr/sync.md:4 missing-paragraph error"];
    assert_eq!(reported(&check(&page(&["de", "fr"]), &[])), own);
    // With only one translation, the fault is in the translation.
    let tree = page(&["fr"]);
    for locale in ["de", "sv"] {
        std::fs::remove_dir_all(tree.path().join(locale)).unwrap();
    }
    assert_eq!(reported(&check(&tree, &[])), [own[1]]);
}

#[test]
fn a_translation_that_others_are_compared_with_is_no_source() {
    let tree = page(&["fr", "sv"]);
    std::fs::remove_dir_all(tree.path().join("en")).unwrap();
    let own = ["fr/sync.md:4 missing-paragraph error", "sv/sync.md:4 missing-paragraph error"];
    assert_eq!(reported(&check(&tree, &[])), own);
}

#[test]
fn a_longer_run_is_another_fault_and_no_block_is_reported_twice() {
    let tree = page(&["de", "fr", "sv"]);
    let without_pause = |text: &str| cut(text).split("\n\n").take(2).collect::<Vec<_>>().join("\n\n") + "\n";
    tree.write("sv/sync.md", without_pause(SWEDISH));
    let found = check(&tree, &[]);
    let own = ["de/sync.md:4", "fr/sync.md:4", "sv/sync.md:4"].map(|place| format!("{place} missing-paragraph error"));
    assert_eq!(reported(&found), own);
    let blocks: Vec<_> = found.iter().map(|finding| &finding["data"]["blocks"]).collect();
    assert_eq!(blocks, [1, 1, 2]);
    tree.write("de/sync.md", without_pause(GERMAN));
    tree.write("fr/sync.md", without_pause(FRENCH));
    let found = check(&tree, &[]);
    assert_eq!(reported(&found), [OF_ALL]);
    assert!(message(&found[0]).starts_with("2 paragraphs missing from all 3 translations: "), "{found:?}");
}

#[test]
fn sections_tables_rows_and_code_are_reported_alike() {
    let english = "# Plans\n\n| Plan | Price |\n| --- | --- |\n| Port | €4.50 |\n| Pier | €8 |\n| Quay | €12 |\n\nAsk us:\n\n```sh\ntidewater ask\n```\n\n## Refunds {#refunds}\n\nThey take 10 days.\n\n## Storage {#storage}\n\nIt is 1 TB.\n\n| Size | Region |\n| --- | --- |\n| 3 TB | Baltic |\n";
    let french = "# Offres\n\n| Offre | Prix |\n| --- | --- |\n| Port | 4,50 € |\n| Quay | 12 € |\n\nDemandez-nous :\n\n## Stockage {#storage}\n\nIl est de 1 To.\n";
    let swedish = "# Planer\n\n| Plan | Pris |\n| --- | --- |\n| Port | 4,50 € |\n| Quay | 12 € |\n\nFråga oss:\n\n## Lagring {#storage}\n\nDen är på 1 TB.\n";
    let tree = Tree::new(&[("en/plans.md", english), ("fr/plans.md", french), ("sv/plans.md", swedish)]);
    let found = check(&tree, &[]);
    let messages: Vec<&str> = found.iter().map(message).collect();
    assert_eq!(
        messages,
        [
            "table row 2 missing from both translations: “Pier €8”",
            "code block missing from both translations",
            "section missing from both translations: “Refunds”",
            "table missing from both translations: “Size Region”",
        ]
    );
    assert!(found.iter().all(|finding| finding["path"] == "en/plans.md"), "{found:?}");
    assert_eq!((&found[0]["data"]["row"], &found[0]["data"]["kind"]), (&json!(2), &json!("missing")));
}

#[test]
fn with_one_selected_locale_it_is_reported_there() {
    let tree = page(&["de", "fr", "sv"]);
    assert_eq!(reported(&check(&tree, &["--locale", "fr"])), ["fr/sync.md:4 missing-paragraph error"]);
    let own = ["fr/sync.md:4 missing-paragraph error", "sv/sync.md:4 missing-paragraph error"];
    assert_eq!(reported(&check(&tree, &["--locale", "fr,sv"])), own);
    assert_eq!(reported(&check(&tree, &["--locale", "en"])), [OF_ALL]);
    assert_eq!(reported(&check(&tree, &["--locale", "en,fr"])), [OF_ALL]);
}

#[test]
fn levels_are_those_of_the_translations_and_no_graver_than_the_sources() {
    let tree = page(&["de", "fr", "sv"]);
    let with = |overrides: &str| {
        tree.write("isogloss.yaml", format!("source: en\noverrides: [{overrides}]\n"));
        reported(&check(&tree, &[]))
    };
    let level = |locales: &str, level: &str| format!("{{locales: [{locales}], rules: {{missing-paragraph: {level}}}}}");
    let joint = |severity: &str, locales: &str| vec![format!("en/sync.md:5 missing-paragraph {severity} {locales}")];
    let own = |locale: &str| format!("{locale}/sync.md:4 missing-paragraph error");
    assert_eq!(with(&level("fr", "off")), joint("error", "de,sv"));
    assert_eq!(with(&level("\"de\", fr", "off")), [own("sv")]);
    assert_eq!(with(&level("fr", "warning")), joint("error", "de,fr,sv"));
    assert_eq!(with(&level("\"de\", fr, sv", "warning")), joint("warning", "de,fr,sv"));
    assert_eq!(with(&level("en", "info")), joint("info", "de,fr,sv"));
    assert_eq!(with(&level("en", "off")), ["de", "fr", "sv"].map(own));
    assert_eq!(with("{paths: [\"sv/**\"], rules: {missing-paragraph: off}}"), joint("error", "de,fr"));
}

#[test]
fn each_document_suppresses_its_part() {
    const COMMENT: &str = "<!-- isogloss-disable-next-line missing-paragraph on purpose -->\n\n";
    let tree = page(&["de", "fr", "sv"]);
    let silence = |locale: &str, before: &str| {
        let path = format!("{locale}/sync.md");
        tree.write(&path, tree.read(&path).replacen(before, &format!("{COMMENT}{before}"), 1));
    };
    silence("fr", "Une pause");
    assert_eq!(reported(&check(&tree, &[])), ["en/sync.md:5 missing-paragraph error de,sv"]);
    assert_eq!(reported(&check(&tree, &["--locale", "en"])), ["en/sync.md:5 missing-paragraph error de,sv"]);
    silence("de", "Eine Pause");
    assert_eq!(reported(&check(&tree, &[])), ["sv/sync.md:4 missing-paragraph error"]);

    let tree = page(&["de", "fr", "sv"]);
    tree.write("en/sync.md", ENGLISH.replace("It skips", &format!("{COMMENT}It skips")));
    assert_eq!(check(&tree, &[]), [Value::Null; 0]);
    assert_eq!(check(&tree, &["--locale", "fr"]), [Value::Null; 0], "however it would be reported");
    // If one of them has it, the others lost it.
    tree.write("de/sync.md", GERMAN);
    assert_eq!(
        reported(&check(&tree, &[])),
        [
            "en/sync.md:5 unused-suppression warning",
            "fr/sync.md:4 missing-paragraph error",
            "sv/sync.md:4 missing-paragraph error"
        ]
    );
}

#[test]
fn a_baseline_recognizes_it_wherever_it_is_reported() {
    let tree = page(&["de", "fr", "sv"]);
    assert!(check(&tree, &["--write-baseline"]).is_empty());
    let known = tree.read("isogloss-baseline.json");
    assert_eq!(known.matches("missing-paragraph").count(), 1, "{known}");
    // One selected language; another language that lacks it; one that has it again.
    assert_eq!(check(&tree, &["--locale", "fr"]), [Value::Null; 0]);
    tree.write(
        "nl/sync.md",
        "# Synchronisatie\n\nTidewater bewaakt `harbour`.\n\nEen pauze duurt 2 uur. Zie `pause.log`.\n",
    );
    let all = check(&tree, &["--no-baseline"]);
    assert_eq!(reported(&all), ["en/sync.md:5 missing-paragraph error de,fr,nl,sv"]);
    assert!(known.contains(all[0]["fingerprint"].as_str().unwrap()), "{known}");
    assert_eq!(check(&tree, &[]), [Value::Null; 0]);
    tree.write("fr/sync.md", FRENCH);
    assert_eq!(check(&tree, &["--no-baseline"]).len(), 3);
    assert_eq!(check(&tree, &[]), [Value::Null; 0]);

    // A baseline with a finding for each translation also covers one for all of them, unless another translation joins.
    let tree = page(&["de", "fr"]);
    check(&tree, &["--write-baseline"]);
    std::fs::remove_dir_all(tree.path().join("sv")).unwrap();
    assert_eq!(check(&tree, &["--ignore", "missing-translation"]), [Value::Null; 0]);
    tree.write("sv/sync.md", cut(SWEDISH));
    assert_eq!(reported(&check(&tree, &[])), [OF_ALL]);
}

#[test]
fn a_change_brings_it_where_it_is_made() {
    for (path, text, expected) in [
        ("fr/sync.md", cut(FRENCH) + "\n", &["fr/sync.md:4 missing-paragraph error"][..]),
        ("en/sync.md", format!("{ENGLISH}\n"), &[OF_ALL]),
        ("fr/other.md", "# Autre\n\nTexte.\n".to_owned(), &[]),
    ] {
        let tree = page(&["de", "fr", "sv"]);
        for locale in ["en", "fr"] {
            tree.write(&format!("{locale}/other.md"), "# Other\n\nText.\n");
        }
        tree.git(".", &["init", "--quiet"]);
        tree.commit(".");
        tree.write(path, text);
        tree.git(".", &["add", "."]);
        for arguments in [&["--staged"][..], &["--changed-since", "HEAD"]] {
            let arguments = [arguments, &["--no-history", "--ignore", "missing-translation"]].concat();
            assert_eq!(reported(&check(&tree, &arguments)), expected, "{path} {arguments:?}");
        }
    }
}

/// The English page before and after a paragraph was added, with both commits, and translations that record one of them.
fn with_pins(pins: &[(&str, bool)]) -> (Tree, String) {
    let tree = Tree::new(&[("en/sync.md", cut(ENGLISH))]);
    tree.git(".", &["init", "--quiet"]);
    let before = tree.commit(".");
    tree.write("en/sync.md", ENGLISH);
    let with = tree.commit(".");
    // A later change, so that the second pin is not the current source either.
    tree.write("en/sync.md", ENGLISH.replace("watches", "looks after"));
    tree.commit(".");
    for (locale, has) in pins {
        let text = ALL.iter().find(|(other, _)| other == locale).unwrap().1;
        let pin = if *has { &with } else { &before };
        tree.write(&format!("{locale}/sync.md"), format!("---\nsource-git-commit: {pin}\n---\n{}", cut(text)));
    }
    (tree, with)
}

fn missing(tree: &Tree) -> Vec<Value> {
    check(tree, &["--select", "missing-paragraph"])
}

#[test]
fn the_history_says_when_the_source_added_it() {
    let (tree, commit) = with_pins(&[("de", false), ("fr", false), ("sv", false)]);
    let found = missing(&tree);
    assert_eq!(reported(&found), [OF_ALL]);
    let message_text = message(&found[0]);
    assert!(
        message_text.starts_with(&format!("paragraph missing from all 3 translations, added in {} (", &commit[..7])),
        "{message_text}"
    );
    let data = &found[0]["data"];
    assert_eq!((&data["origin"], &data["commit"]), (&json!("in-commit"), &json!(commit)));
    // A translation without a pin does not contradict the others.
    tree.write("de/sync.md", cut(GERMAN));
    assert_eq!(missing(&tree)[0]["data"]["commit"], json!(commit));
}

#[test]
fn what_was_there_when_a_translation_was_made_was_lost_in_it() {
    let (tree, _) = with_pins(&[("de", false), ("fr", true), ("sv", false)]);
    let found = missing(&tree);
    assert_eq!(
        reported(&found),
        ["en/sync.md:5 missing-paragraph error de,sv", "fr/sync.md:7 missing-paragraph error"]
    );
    assert_eq!(found[1]["data"]["origin"], "at-pin");
    let (tree, _) = with_pins(&[("fr", true), ("sv", false)]);
    assert_eq!(
        reported(&missing(&tree)),
        ["fr/sync.md:7 missing-paragraph error", "sv/sync.md:7 missing-paragraph error"]
    );
}
