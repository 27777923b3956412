//! Suppressions: which findings they remove, and that they change nothing else.

use std::collections::BTreeSet;

use isogloss_document::{BlockKind, Document, Syntax};

use crate::support::{Run, Tree, crate_folder};

const ENGLISH: &str = "---\nid: plans\n---\n\n# Plans\n\nTidewater keeps 30 versions of `file`.\n\n\
    Ask the [desk](desk.md) on holidays.\n\n`tidewater answer` takes 4 hours.\n";
const FRENCH: &str = "---\nid: plans\n---\n\n# Offres\n\nTidewater garde 20 versions de `file`.\n\n\
    Une réponse de `tidewater answer` prend 6 heures.\n";

fn tree(english: &str, french: &str) -> Tree {
    let tree = Tree::new(&[("en/plans.md", english), ("fr/plans.md", french)]);
    tree.write("en/pause.md", "# Pause\n\nPause a folder for 4 hours.\n");
    tree.write("fr/pause.md", "# Pause\n\nSuspendez un dossier pendant 4 heures.\n");
    tree.write("sv/pause.md", "# Paus\n\nPausa en mapp i 4 timmar.\n");
    tree
}

/// The rules and lines of the findings.
fn check(tree: &Tree, arguments: &[&str]) -> Vec<String> {
    let run: Run = tree.isogloss(&[&["check", "--quiet", "--format", "short"], arguments].concat());
    let reported = |line: &str| {
        let rule = line.split(['[', ']']).nth(1).unwrap();
        format!("{}:{} {rule}", line.split(':').next().unwrap(), line.split(':').nth(1).unwrap())
    };
    run.stdout.lines().map(reported).collect()
}

#[test]
fn each_form_takes_its_finding_away() {
    let all = [
        "en/plans.md:1 missing-translation",
        "fr/plans.md:7 number-mismatch",
        "fr/plans.md:8 missing-paragraph",
        "fr/plans.md:9 sla-mismatch",
    ];
    assert_eq!(check(&tree(ENGLISH, FRENCH), &[]), all);
    let here = "Une réponse";
    for (what, old, new, expected) in [
        ("next line", here, format!("<!-- isogloss-disable-next-line sla-mismatch -->\n{here}"), "sla-mismatch"),
        ("next block", here, format!("<!-- isogloss-disable-next-line sla-mismatch -->\n\n{here}"), "sla-mismatch"),
        ("MDX", here, format!("{{/* isogloss-disable-next-line sla-mismatch why */}}\n\n{here}"), "sla-mismatch"),
        (
            "missing",
            here,
            format!("<!-- isogloss-disable-next-line missing-paragraph -->\n\n{here}"),
            "missing-paragraph",
        ),
        (
            "around",
            here,
            format!(
                "<!-- isogloss-disable missing-paragraph -->\n\n<!-- isogloss-enable missing-paragraph -->\n\n{here}"
            ),
            "missing-paragraph",
        ),
        ("range", "# Offres", "<!-- isogloss-disable sla-mismatch -->\n\n# Offres".to_owned(), "sla-mismatch"),
        (
            "file",
            "# Offres",
            "# Offres\n\n<!-- isogloss-disable-file number-mismatch -->".to_owned(),
            "number-mismatch",
        ),
        (
            "front matter",
            "id: plans\n",
            "id: plans\nisogloss: {ignore: [number-mismatch]}\n".to_owned(),
            "number-mismatch",
        ),
        (
            "front matter",
            "id: plans\n",
            "isogloss:\n  ignore:\n  - sla-mismatch\nid: plans\n".to_owned(),
            "sla-mismatch",
        ),
        (
            "TOML",
            "---\nid: plans\n---\n",
            "+++\nid = 'plans'\n[isogloss]\nignore = ['sla-mismatch']\n+++\n".to_owned(),
            "sla-mismatch",
        ),
    ] {
        let found = check(&tree(ENGLISH, &FRENCH.replace(old, &new)), &[]);
        let rules = |list: &[String]| -> Vec<String> {
            list.iter().map(|line| line.split(' ').nth(1).unwrap().to_owned()).collect()
        };
        let left: Vec<_> = all.iter().map(ToString::to_string).collect();
        let left: Vec<_> = rules(&left).into_iter().filter(|rule| rule != expected).collect();
        assert_eq!(rules(&found), left, "{what}: {found:?}");
    }
}

#[test]
fn the_source_suppresses_what_is_reported_in_it_and_not_what_is_in_translations() {
    let english = ENGLISH.replace("id: plans\n", "id: plans\nisogloss: {ignore: [missing-translation]}\n");
    let english = english.replace("Ask", "<!-- isogloss-disable-next-line missing-paragraph -->\n\nAsk");
    let found = check(&tree(&english, FRENCH), &[]);
    let expected = [
        "en/plans.md:10 unused-suppression",
        "fr/plans.md:7 number-mismatch",
        "fr/plans.md:8 missing-paragraph",
        "fr/plans.md:9 sla-mismatch",
    ];
    assert_eq!(found, expected);
}

#[test]
fn findings_about_the_corpus_are_suppressed_in_their_file() {
    let tree = tree(ENGLISH, FRENCH);
    tree.write("isogloss.yaml", "source: en\nid-keys: [id]\n");
    let copy = "---\nid: plans\n---\n\n# Plans, again\n\nTidewater keeps 30 versions of `file`.\n";
    tree.write("en/copy.md", copy);
    tree.write("fr/copy.md", FRENCH.replace("plans", "copy").replace("30", "20"));
    let select = ["--select", "duplicate-id,unused-suppression"];
    let found = check(&tree, &select);
    assert_eq!(found.len(), 1, "{found:?}");
    let path = found[0].split(':').next().unwrap();
    tree.write(path, format!("{}\n<!-- isogloss-disable-file duplicate-id -->\n", tree.read(path)));
    assert_eq!(check(&tree, &select), [""; 0]);
}

#[test]
fn only_what_the_run_would_have_found_is_unused() {
    let french = FRENCH.replace("20 versions", "30 versions").replace(
        "# Offres",
        "# Offres\n\n<!-- isogloss-disable-file number-mismatch, stale-paragraph, missing-source-commit -->",
    );
    let tree = tree(ENGLISH, &french);
    let unused = "fr/plans.md:7 unused-suppression";
    let reported = |arguments: &[&str]| check(&tree, arguments).contains(&unused.to_owned());
    assert!(reported(&[]) && reported(&["--locale", "fr"]));
    assert_eq!(check(&tree, &[]).iter().filter(|line| *line == unused).count(), 1, "history was not looked at");
    for arguments in [
        &["--ignore", "number-mismatch"][..],
        &["--select", "sla-mismatch,unused-suppression"],
        &["--locale", "sv"],
        &["--ignore", "unused-suppression"],
        &["fr=fr"],
    ] {
        assert!(!reported(arguments), "{arguments:?}");
    }
    tree.write("isogloss.yaml", "overrides: [{paths: [fr/plans.md], rules: {unused-suppression: off}}]\n");
    assert!(!reported(&[]));
}

#[test]
fn what_is_suppressed_is_not_in_the_baseline_and_the_rest_stays_known() {
    let tree = tree(ENGLISH, FRENCH);
    tree.isogloss(&["check", "--write-baseline"]);
    let here = "Une réponse";
    tree.write(
        "fr/plans.md",
        FRENCH.replace(here, &format!("<!-- isogloss-disable-next-line sla-mismatch -->\n{here}")),
    );
    let run = tree.isogloss(&["check", "--format", "short"]);
    assert_eq!((run.code, &*run.stdout), (0, ""));
    assert!(run.stderr.contains("1 finding in the baseline no longer reported"), "{}", run.stderr);
}

/// Inserts a comment before every paragraph and heading that is not inside another block.
fn commented(text: &str) -> String {
    let document = Document::parse(text.to_owned(), Syntax::Markdown);
    let mut out = String::new();
    let mut at = 0;
    for block in &document.blocks {
        let start = block.span.start as usize;
        let free = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && block.depth == 0;
        if free && start >= at && text[..start].ends_with("\n\n") {
            out.push_str(&text[at..start]);
            out.push_str("<!-- isogloss-disable-next-line id-mismatch nothing differs -->\n\n");
            at = start;
        }
    }
    out + &text[at..]
}

#[test]
fn comments_are_no_content() {
    let handbook = crate_folder().join("fixtures/handbook");
    let findings = |tree: &Tree| -> BTreeSet<String> {
        let run = tree.isogloss(&["check", "--no-history", "--ignore", "unused-suppression", "--format", "json", "."]);
        let reported =
            |finding: &serde_json::Value| format!("{} {} {}", finding["path"], finding["rule"], finding["fingerprint"]);
        run.json()["findings"].as_array().unwrap().iter().map(reported).collect()
    };
    let copy = |comments: &dyn Fn(&str) -> bool| {
        let tree = Tree::new::<&str>(&[]);
        for locale in handbook.read_dir_utf8().unwrap() {
            let locale = locale.unwrap();
            for file in locale.path().read_dir_utf8().unwrap() {
                let file = file.unwrap();
                let text = std::fs::read_to_string(file.path()).unwrap();
                let text = if comments(locale.file_name()) { commented(&text) } else { text };
                tree.write(&format!("{}/{}", locale.file_name(), file.file_name()), text);
            }
        }
        tree
    };
    let plain = findings(&copy(&|_| false));
    assert!(plain.len() > 10);
    let translations = copy(&|locale| locale != "en");
    assert!(translations.read("fr/index.md").matches("isogloss-").count() > 3);
    assert_eq!(findings(&translations), plain);
    assert_eq!(findings(&copy(&|locale| locale == "en")), plain);
}
