//! An incomplete check says what it could not check, and does not pass.

use crate::support::{Run, Tree};

const ENGLISH: &str = "# Sync\n\nTidewater answers within 24 hours.\n";
const FRENCH: &str = "# Synchro\n\nTidewater répond sous 24 heures.\n";

/// A page without faults in two languages.
fn sound() -> Tree {
    Tree::new(&[("en/sound.md", ENGLISH), ("fr/sound.md", FRENCH)])
}

/// Asserts that runs exit with 3 and print `expected` on standard error, even with `--quiet`.
fn is_incomplete(tree: &Tree, arguments: &[&str], expected: &str) {
    for quiet in [&[][..], &["--quiet"]] {
        for format in ["pretty", "json", "github"] {
            let arguments = [&["check", "--format", format], arguments, quiet].concat();
            let run = tree.isogloss(&arguments);
            assert_eq!(run.code, 3, "{arguments:?}: {run:?}");
            assert!(run.stderr.contains(expected), "{arguments:?}: {run:?}");
        }
    }
}

fn in_utf16(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn documents_that_are_no_text_are_named() {
    let bare: Vec<u8> = FRENCH.replace('é', "e").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (text, expected) in [
        (&b"# Synchro\n\ncaf\xe9\n"[..], "fr/sound.md: not checked: line 3 is not valid UTF-8"),
        (b"---\ntitle: caf\xe9\n---\n# Synchro\n", "fr/sound.md: not checked: line 2 is not valid UTF-8"),
        (&bare, "fr/sound.md: not checked: binary, or UTF-16 without a byte order mark"),
        (&in_utf16(FRENCH)[..21], "fr/sound.md: not checked: line 1 is not valid UTF-16"),
    ] {
        let tree = sound();
        tree.write("fr/sound.md", text);
        is_incomplete(&tree, &["--no-history"], expected);
    }
}

#[test]
fn utf16_with_a_byte_order_mark_is_read() {
    let tree = sound();
    tree.write("en/plans.md", in_utf16("---\nexl-id: p1\n---\n# Plans\n\nTidewater answers within 24 hours.\n"));
    tree.write("fr/offres.md", in_utf16("---\nexl-id: p1\n---\n# Offres\n\nTidewater répond sous 25 heures.\n"));
    let run = tree.isogloss(&["check", "--no-history", "--format", "json"]);
    assert_eq!(run.findings(), ["fr/offres.md:6 sla-mismatch"]);
    let run = tree.isogloss(&["check", "--no-history"]);
    assert!(run.stdout.contains("répond sous 25 heures"), "{run:?}");
}

#[test]
fn configured_locales_and_roots_without_documents_are_named() {
    let tree = sound();
    tree.write("isogloss.yaml", "source: en\nlocales: [fr, de]\n");
    is_incomplete(&tree, &["--no-history"], "no German documents found; available locales: en, fr");
    // Folders on the command line replace the configured ones.
    assert_eq!(tree.isogloss(&["check", "--no-history", "en", "fr"]).code, 0);

    tree.write("isogloss.yaml", "roots: {en: en, fr: fr, de: de}\n");
    tree.write("de/notes.txt", "no Markdown");
    is_incomplete(&tree, &["--no-history"], "de: no documents found");
    std::fs::remove_file(tree.path().join("isogloss.yaml")).unwrap();
    is_incomplete(&tree, &["--no-history", "en=en", "fr=fr", "de=de"], "de: no documents found");
}

#[test]
fn a_selected_rule_that_needs_the_history_does_not_pass_without_it() {
    let tree = sound();
    let expected = "stale-source did not run: requires the history";
    is_incomplete(&tree, &["--no-history", "--select", "stale-source,sla-mismatch"], expected);
    tree.write("isogloss.yaml", "history: false\n");
    is_incomplete(&tree, &["--select", "stale-source"], expected);
    assert_eq!(tree.isogloss(&["check", "--no-history", "--select", "sla-mismatch"]).code, 0);
}

#[test]
fn findings_decide_the_exit_code_where_there_are_errors_too() {
    let tree = sound();
    tree.write("en/latin.md", b"caf\xe9\n");
    tree.write("fr/sound.md", FRENCH.replace("24", "25"));
    assert_eq!(tree.isogloss(&["check", "--no-history"]).code, 1);
    assert_eq!(tree.isogloss(&["check", "--no-history", "--fail-on", "never"]).code, 3);
}

#[test]
fn status_diff_and_align_are_incomplete_too() {
    let tree = sound();
    tree.write("en/latin.md", ENGLISH);
    tree.write("fr/latin.md", b"caf\xe9\n");
    let is_reported = |run: &Run| run.stderr.contains("fr/latin.md: not checked: line 1 is not valid UTF-8");
    for arguments in [
        &["status", "--no-history"][..],
        &["diff", "--no-history", "en/latin.md"],
        &["align", "en=en", "fr=fr", "--format", "jsonl"],
    ] {
        let run = tree.isogloss(arguments);
        assert!(run.code == 3 && is_reported(&run), "{arguments:?}: {run:?}");
    }
}
