//! Unusual and damaged files and folders.

use crate::support::Tree;

const ENGLISH: &str = "# Sync\n\nTidewater keeps 30 versions.\n";
const FRENCH: &str = "# Synchro\n\nTidewater garde 30 versions.\n";

/// A valid page in two languages, so that there is always something to check next to the bad files.
fn sound() -> Tree {
    Tree::new(&[("en/sound.md", ENGLISH), ("fr/sound.md", FRENCH.replace("30", "20").as_str())])
}

/// Checks the folder, and asserts that the valid page's fault is found. Returns the output on standard error.
fn survives(tree: &Tree) -> String {
    let run = tree.isogloss(&["check", "--format", "json"]);
    assert!(run.findings().contains(&"fr/sound.md:3 number-mismatch".to_owned()), "{run:?}");
    assert!(matches!(run.code, 0 | 1 | 3), "{run:?}");
    run.stderr
}

/// The only line that names the file.
fn line_about<'t>(output: &'t str, file: &str) -> &'t str {
    let mut lines = output.lines().filter(|line| line.contains(file));
    let line = lines.next().unwrap_or_else(|| panic!("nothing about {file}: {output}"));
    assert_eq!(lines.next(), None, "{output}");
    line
}

#[test]
fn text_that_is_not_utf8_is_skipped_and_named() {
    let tree = sound();
    tree.write("en/latin.md", b"# Sync\n\ncaf\xe9\n");
    tree.write("fr/latin.md", FRENCH);
    tree.write("en/binary.md", (0..=255_u8).cycle().take(70_000).collect::<Vec<_>>());
    tree.write("fr/binary.md", FRENCH);
    let output = survives(&tree);
    assert!(line_about(&output, "latin.md").contains("line 3 is not valid UTF-8"), "{output}");
    line_about(&output, "binary.md");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_left_out_and_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let tree = sound();
    std::fs::write(tree.path().join("en").as_std_path().join(OsStr::from_bytes(b"caf\xe9.md")), ENGLISH).unwrap();
    assert!(line_about(&survives(&tree), "caf").contains("not valid UTF-8"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_or_nowhere_end() {
    use std::os::unix::fs::symlink;
    let tree = sound();
    symlink("..", tree.path().join("en/up")).unwrap();
    symlink("self.md", tree.path().join("fr/self.md")).unwrap();
    symlink("gone.md", tree.path().join("fr/broken.md")).unwrap();
    let output = survives(&tree);
    for file in ["en/up", "fr/self.md", "fr/broken.md"] {
        assert!(output.contains(file) || output.contains("other file"), "{file}: {output}");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_left_out_and_named() {
    use std::os::unix::fs::PermissionsExt;
    let tree = sound();
    tree.write("en/secret.md", ENGLISH);
    tree.write("fr/secret.md", FRENCH);
    let secret = tree.path().join("fr/secret.md");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&secret).is_ok() {
        println!("skipped: the superuser may read everything");
        return;
    }
    assert!(line_about(&survives(&tree), "secret.md").contains("cannot be read"));
}

#[test]
fn byte_order_marks_line_ends_and_empty_files_are_no_differences() {
    let tree = sound();
    let table = "# Plans\n\n| Plan | Files |\n|---|---|\n| Harbour | 30 |\n\n- one\n- two\n";
    let texts = ["\u{feff}---\ntitle: a\n---\n", "---\r\ntitle: a\r\n---\r\n", ""];
    for (number, head) in texts.iter().enumerate() {
        tree.write(&format!("en/{number}.md"), table);
        let text = if head.contains('\r') { table.replace('\n', "\r\n") } else { table.to_owned() };
        tree.write(&format!("fr/{number}.md"), format!("{head}{text}"));
    }
    for (name, text) in
        [("empty", ""), ("blank", "\n\n \t\n"), ("mark", "\u{feff}"), ("returns", "\r\r\r"), ("zero", "\0")]
    {
        tree.write(&format!("en/{name}.md"), text);
        tree.write(&format!("fr/{name}.md"), "");
    }
    let run = tree.isogloss(&["check", "--format", "json", "--ignore", "extra-paragraph,missing-paragraph"]);
    assert_eq!(run.findings(), ["fr/sound.md:3 number-mismatch"], "{run:?}");
}

#[test]
fn an_empty_translation_of_a_page_is_reported() {
    let tree = sound();
    tree.write("en/empty.md", ENGLISH);
    tree.write("fr/empty.md", "");
    let run = tree.isogloss(&["check", "--format", "json"]);
    assert!(run.findings().iter().any(|finding| finding.starts_with("fr/empty.md:1 missing-")), "{run:?}");
    assert_eq!(run.code, 1);
}

/// One megabyte per side, because tests are not optimized. 50 MB work too, and take about as long in a release build.
#[test]
fn a_huge_file_is_read() {
    let tree = sound();
    let paragraph = "Tidewater keeps 30 versions of every file in the folder, and shows them in the history. ";
    let english = format!("{}\n\n", paragraph.repeat(8)).repeat(1_500);
    tree.write("en/huge.md", format!("# Sync\n\n{english}"));
    tree.write("fr/huge.md", format!("# Synchro\n\n{english}"));
    let line = "x".repeat(1_000_000);
    tree.write("en/line.md", &line);
    tree.write("fr/line.md", &line);
    survives(&tree);
}

#[test]
fn a_document_of_five_thousand_blocks_is_aligned() {
    let tree = sound();
    let text = |words: [&str; 3], skip: usize| {
        let blocks = (0..5_000).filter(|block| block % 1_000 != skip);
        blocks
            .map(|block| match block % 5 {
                0 => format!("## {} {block}\n\n", words[0]),
                1 => format!("- {} `key-{block}`\n\n", words[1]),
                _ => format!("{} {}\n\n", words[2].repeat(1 + block % 7), block % 97),
            })
            .collect::<String>()
    };
    tree.write("en/long.md", text(["Step", "Set", "Tidewater keeps "], 5_000));
    tree.write("fr/long.md", text(["Étape", "Réglez", "Tidewater garde "], 501));
    let run = tree.isogloss(&["check", "--format", "json"]);
    let missing: Vec<_> = run.findings().into_iter().filter(|it| it.ends_with("missing-paragraph")).collect();
    assert_eq!(missing.len(), 5, "{missing:?}");
}

#[test]
fn deep_nesting_is_read() {
    let tree = sound();
    let deep = [
        ("quotes", format!("{} text\n", ">".repeat(5_000))),
        ("items", (0..500).map(|depth| format!("{}- item\n", "  ".repeat(depth))).collect()),
        ("emphasis", format!("{}text{}\n", "*".repeat(10_000), "*".repeat(10_000))),
        ("brackets", format!("{}text{}\n", "[".repeat(10_000), "](a)".repeat(10_000))),
        ("elements", format!("{}text{}\n", "<div>".repeat(5_000), "</div>".repeat(5_000))),
        ("cells", format!("<table>{}\n", "<tr><td><table>".repeat(1_000))),
        ("shortcodes", format!("{}\n", "{{< note >}}\n".repeat(2_000))),
        ("components", format!("{}\n", "<Card>\n".repeat(2_000))),
        ("callouts", ":::note\n".repeat(2_000)),
        ("headings", (0..5_000).map(|number| format!("{} h\n\n", "#".repeat(1 + number % 6))).collect()),
        ("pipes", format!("|a|b|\n|-|-|\n{}\n", "|".repeat(20_000))),
        ("references", (0..2_000).map(|number| format!("[{number}]: a\n\n[^{number}]: note\n\n")).collect::<String>()),
    ];
    for (name, text) in &deep {
        for extension in ["md", "mdx"] {
            tree.write(&format!("en/{name}-{extension}.{extension}"), text);
            tree.write(&format!("fr/{name}-{extension}.{extension}"), text);
        }
    }
    survives(&tree);
}

#[test]
fn front_matter_broken_in_many_ways_never_hides_the_body() {
    let broken = [
        "---\ntitle: \"open\n---\n",
        "---\ntitle: 'open\n---\n",
        "---\n- a\nb: c\n---\n",
        "---\na: b: c\n---\n",
        "---\n\tkey: tab\n---\n",
        "---\nkey: [a, b\n---\n",
        "---\nkey: {a: b\n---\n",
        "---\nkey: *nowhere\n---\n",
        "---\nkey: &a\n  - *a\n---\n",
        "---\n? \n: :\n---\n",
        "---\nkey: !!binary x\n---\n",
        "---\nkey: |\n text\n  more\n less\nx\n---\n",
        "---\n%YAML 9\n---\n",
        "---\nkey: \u{0}\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\n---\n",
        "---\n\n---\n",
        "---\nx\n---\n",
        "+++\ntitle = \n+++\n",
        "+++\n[[a]\n+++\n",
        "+++\na = 1\na = 2\n+++\n",
        "+++\na = \"open\n+++\n",
        "---\r\ntitle: \"open\r\n---\r\n",
        "---\u{20}\ntitle: x\n---\u{20}\n",
        "---\ntitle: x\n...\n",
        "---\ntitle: é日本\u{301}: \"\u{1F469}\n---\n",
    ];
    let tree = sound();
    for (number, head) in broken.iter().enumerate() {
        tree.write(&format!("en/{number:02}.md"), format!("---\ntitle: x\n---\n{ENGLISH}"));
        tree.write(&format!("fr/{number:02}.md"), format!("{head}{}", FRENCH.replace("30", "20")));
    }
    let run = tree.isogloss(&["check", "--format", "json"]);
    let findings = run.findings();
    let unread: Vec<_> = (0..broken.len())
        .filter(|number| {
            let path = format!("fr/{number:02}.md:");
            !findings.iter().any(|finding| finding.starts_with(&path) && finding.ends_with("number-mismatch"))
        })
        .map(|number| broken[number])
        .collect();
    assert!(unread.is_empty(), "the body was not read behind {unread:?}");
    assert!(findings.iter().filter(|finding| finding.ends_with("front-matter-syntax")).count() >= 12, "{findings:?}");
}

/// Unclosed front matter is text, however long the file.
#[test]
fn front_matter_that_is_never_closed_is_text() {
    let tree = sound();
    tree.write("en/open.md", format!("---\ntitle: x\n\n{ENGLISH}"));
    tree.write("fr/open.md", format!("---\ntitle: x\n\n{}", FRENCH.replace("30", "20")));
    let run = tree.isogloss(&["check", "--format", "json"]);
    assert!(run.findings().iter().any(|it| it.starts_with("fr/open.md") && it.ends_with("number-mismatch")), "{run:?}");
}
