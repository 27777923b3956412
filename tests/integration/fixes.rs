//! Applying fixes resolves their findings and changes nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::Tree;

const ENGLISH: &str = "# Plans\n\nTidewater keeps 30 versions.\n\nAn answer takes 4 hours.\n";
const FRENCH: &str = "# Offres\n\nTidewater garde 30 versions.\n\nUne réponse prend 4 heures.\n";

/// The name of a case, a text, and the text after all fixes; `None` if no fixes are offered. Without the history, it is unknown
/// whether `stale-paragraph` is needed.
const CASES: &[(&str, &str, Option<&str>)] = &[
    ("alone", "<!-- isogloss-disable-next-line sla-mismatch why -->\n", Some("")),
    ("alone, several lines", "<!--\n  isogloss-disable-file\n  sla-mismatch\n  why\n-->\n", Some("")),
    ("MDX", "{/* isogloss-disable-next-line sla-mismatch why */}\n", Some("")),
    ("file", "<!--isogloss-disable-file sla-mismatch-->\n", Some("")),
    ("to the end", "<!-- isogloss-disable sla-mismatch -->\n", Some("")),
    ("end of the file", "\n<!-- isogloss-disable-file sla-mismatch -->", Some("\n")),
    ("CRLF", "a\r\n\r\n<!-- isogloss-disable-file sla-mismatch -->\r\nb\r\n", Some("a\r\n\r\nb\r\n")),
    ("between paragraphs", "a\n<!-- isogloss-disable-file sla-mismatch -->\nb\n", Some("a\n\nb\n")),
    ("CRLF between", "a\r\n<!-- isogloss-disable-file sla-mismatch -->\r\nb\r\n", Some("a\r\n\r\nb\r\n")),
    ("MDX between", "a\n{/* isogloss-disable-file sla-mismatch */}\nb\n", None),
    ("in a line", "a <!-- isogloss-disable-next-line sla-mismatch --> b\nc\n", Some("a b\nc\n")),
    ("end of a line", "a  <!-- isogloss-disable-next-line sla-mismatch -->\nc\n", Some("a\nc\n")),
    ("begin of a line", "<!-- isogloss-disable-next-line sla-mismatch --> a\nc\n", None),
    ("in a cell", "| a |\n|---|\n| b <!-- isogloss-disable-file sla-mismatch --> |\n", Some("| a |\n|---|\n| b |\n")),
    ("quote", "> a\n>\n> <!-- isogloss-disable-file sla-mismatch -->\n>\n> b\n", Some("> a\n>\n>\n> b\n")),
    ("quote between", "> a\n> <!-- isogloss-disable-file sla-mismatch -->\n> b\n", Some("> a\n>\n> b\n")),
    ("between quotes", "> a\n\n<!-- isogloss-disable-file sla-mismatch -->\n> b\n", Some("> a\n\n> b\n")),
    ("item", "- a\n  <!-- isogloss-disable-file sla-mismatch -->\n- b\n", Some("- a\n- b\n")),
    ("loose item", "- a\n\n  <!-- isogloss-disable-file sla-mismatch -->\n\n- b\n", Some("- a\n\n\n- b\n")),
    ("between lists", "1. a\n\n<!-- isogloss-disable-file sla-mismatch -->\n\n1. b\n", None),
    ("in HTML", "<div>\n<!-- isogloss-disable-file sla-mismatch -->\n</div>\n", Some("<div>\n</div>\n")),
    (
        "adjacent",
        "a\n<!-- isogloss-disable-file sla-mismatch -->\n<!-- isogloss-disable-file date-mismatch -->\nb\n",
        Some("a\n\nb\n"),
    ),
    ("pair", "<!-- isogloss-disable sla-mismatch -->\n\na\n\n<!-- isogloss-enable sla-mismatch -->\n", Some("\na\n\n")),
    (
        "pair with another",
        "<!-- isogloss-disable sla-mismatch, stale-paragraph, date-mismatch why -->\n\nx\n\n\
         <!-- isogloss-enable date-mismatch, stale-paragraph, sla-mismatch -->\n",
        Some("<!-- isogloss-disable stale-paragraph why -->\n\nx\n\n<!-- isogloss-enable stale-paragraph -->\n"),
    ),
    (
        "pairs in a chain",
        "<!-- isogloss-disable sla-mismatch date-mismatch -->\n\na\n\n<!-- isogloss-enable sla-mismatch -->\n\nb\n\n\
         <!-- isogloss-enable date-mismatch -->\n",
        Some("\na\n\n\nb\n\n"),
    ),
    ("all names", "<!-- isogloss-disable-file sla-mismatch, date-mismatch: why -->\n", Some("")),
    (
        "with a mistake",
        "<!-- isogloss-disable-file sla-mismatch, bogus why -->\n",
        Some("<!-- isogloss-disable-file bogus why -->\n"),
    ),
    (
        "some names",
        "<!-- isogloss-disable-file sla-mismatch, stale-paragraph, date-mismatch: why, though -->\n",
        Some("<!-- isogloss-disable-file stale-paragraph: why, though -->\n"),
    ),
    (
        "disabled twice",
        "<!-- isogloss-disable sla-mismatch -->\n\na\n\n<!-- isogloss-disable sla-mismatch -->\n\nb\n\n\
         <!-- isogloss-enable sla-mismatch -->\n",
        None,
    ),
    ("flow list", "---\nisogloss: {ignore: [sla-mismatch]}\n---\n", Some("---\nisogloss: {ignore: []}\n---\n")),
    (
        "flow list with another",
        "---\nisogloss: {ignore: [sla-mismatch, 'stale-paragraph', \"date-mismatch\"]}\n---\n",
        Some("---\nisogloss: {ignore: ['stale-paragraph']}\n---\n"),
    ),
    (
        "block list",
        "---\nisogloss:\n  ignore:\n    - sla-mismatch # why\n    - stale-paragraph\n---\n",
        Some("---\nisogloss:\n  ignore:\n    - stale-paragraph\n---\n"),
    ),
    ("whole block list", "---\nisogloss:\n  ignore:\n    - sla-mismatch\n---\n", None),
    ("anchor", "---\nisogloss: &x {ignore: [sla-mismatch]}\ncopy: *x\n---\n", None),
    (
        "TOML",
        "+++\n[isogloss]\nignore = [\n  \"sla-mismatch\",\n  \"stale-paragraph\",\n]\n+++\n",
        Some("+++\n[isogloss]\nignore = [\n  \"stale-paragraph\",\n]\n+++\n"),
    ),
    ("TOML with comments", "+++\n[isogloss]\nignore = [\n  \"sla-mismatch\", # why\n]\n+++\n", None),
];

/// A translation that contains the text of a case: as front matter or at the end.
fn french(text: &str) -> String {
    let is_front_matter = text.starts_with(['-', '+']) && text.ends_with("---\n") || text.ends_with("+++\n");
    if is_front_matter { format!("{text}\n{FRENCH}") } else { format!("{FRENCH}\n{text}") }
}

/// Applies all fixes of the findings in a document, each once.
fn apply(text: &str, findings: &[Value]) -> String {
    let fixes = findings.iter().filter_map(|finding| finding["fixes"].as_array()).flatten();
    let edits: BTreeSet<(u64, u64, &str)> = fixes
        .flat_map(|fix| fix["edits"].as_array().unwrap())
        .map(|edit| {
            let byte = |at: &str| edit["range"][at]["byte"].as_u64().unwrap();
            (byte("start"), byte("end"), edit["replacement"].as_str().unwrap())
        })
        .collect();
    let mut out = String::new();
    let mut at = 0;
    for (start, end, replacement) in edits {
        assert!(at <= start as usize, "overlapping edits: {findings:?}");
        out.push_str(&text[at..start as usize]);
        out.push_str(replacement);
        at = end as usize;
    }
    out + &text[at..]
}

/// The findings in the translation of each case: those about unused suppressions, and the fingerprints of the others.
fn check(tree: &Tree) -> Vec<(Vec<Value>, BTreeSet<String>)> {
    let object = tree.isogloss(&["check", "--no-history", "--format", "json", "en", "fr"]).json();
    let mut found = vec![(Vec::new(), BTreeSet::new()); CASES.len()];
    for finding in object["findings"].as_array().unwrap() {
        let Some(name) = finding["path"].as_str().unwrap().strip_prefix("fr/") else { continue };
        let case: &mut (Vec<Value>, BTreeSet<String>) = &mut found[name[..2].parse::<usize>().unwrap()];
        if finding["rule"] == "unused-suppression" {
            case.0.push(finding.clone());
        } else {
            case.1.insert(finding["fingerprint"].to_string());
        }
    }
    found
}

#[test]
fn unused_suppressions_are_removed_and_nothing_else() {
    let tree = Tree::new::<&str>(&[]);
    for (index, (_, text, _)) in CASES.iter().enumerate() {
        tree.write(&format!("en/{index:02}.md"), ENGLISH);
        tree.write(&format!("fr/{index:02}.md"), french(text));
    }
    let before = check(&tree);
    for (index, (name, text, fixed)) in CASES.iter().enumerate() {
        let (findings, _) = &before[index];
        assert!(!findings.is_empty(), "{name}");
        let path = format!("fr/{index:02}.md");
        for edit in findings.iter().filter_map(|finding| finding.pointer("/fixes/0")) {
            assert_eq!(edit["applicability"], "safe");
            assert!(edit["edits"].as_array().unwrap().iter().all(|edit| edit["path"] == path));
        }
        let changed = apply(&tree.read(&path), findings);
        assert_eq!(changed, french(text).replace(text, fixed.unwrap_or(text)), "{name}");
        tree.write(&path, changed);
    }
    for (index, (now, before)) in check(&tree).iter().zip(&before).enumerate() {
        let messages = |findings: &[Value], all: bool| -> Vec<String> {
            let left = findings.iter().filter(|finding| all || finding.get("fixes").is_none());
            left.map(|finding| finding["message"].to_string()).collect()
        };
        assert_eq!(messages(&now.0, true), messages(&before.0, false), "{}", CASES[index].0);
        assert_eq!(now.1, before.1, "{}", CASES[index].0);
    }
}

#[test]
fn a_fix_says_what_it_removes() {
    let french = french(
        "<!-- isogloss-disable sla-mismatch, stale-paragraph -->\n\n<!-- isogloss-enable stale-paragraph, sla-mismatch -->\n\n\
         <!-- isogloss-disable-file date-mismatch, stale-paragraph -->\n<!-- isogloss-disable-file table-shape -->\n",
    );
    let tree = Tree::new(&[("en/a.md", ENGLISH), ("fr/a.md", &french)]);
    let run = tree.isogloss(&["check", "--no-history"]);
    let help = run.stdout.lines().filter(|line| line.starts_with("    help: ")).map(str::trim).collect::<Vec<_>>();
    let expected = [
        "help: remove `sla-mismatch` from the comments",
        "help: remove `date-mismatch` from the comment",
        "help: remove the comment",
    ];
    assert_eq!(help, expected, "{run:?}");
}
