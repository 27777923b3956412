//! First steps: `init`, then `check`; and what is installed with the program: completions and manual pages.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::support::{Run, Tree, crate_folder, isogloss};

/// The handbook of the fixtures, in a temporary folder.
fn handbook() -> Tree {
    let tree = Tree::new::<&str>(&[]);
    let fixture = crate_folder().join("fixtures/handbook");
    let mut open = vec![fixture.clone()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
            match entry.path() {
                path if path.is_dir() => open.push(path.to_owned()),
                path => tree.write(path.strip_prefix(&fixture).unwrap().as_str(), std::fs::read(path).unwrap()),
            }
        }
    }
    tree
}

#[test]
fn check_finds_the_same_with_the_file_that_init_writes() {
    let tree = handbook();
    let before = tree.isogloss(&["check", "--format", "json"]);
    let init = tree.isogloss(&["init"]);
    assert_eq!(init.code, 0, "{init:?}");
    assert!(init.stdout.ends_with("Wrote isogloss.yaml. Next: isogloss check\n"), "{}", init.stdout);
    let after = tree.isogloss(&["check", "--format", "json"]);
    assert_eq!((before.code, before.json()), (after.code, after.json()));

    let printed = tree.isogloss(&["init", "--print"]);
    assert_eq!(printed.stdout, std::fs::read_to_string(tree.path().join("isogloss.yaml")).unwrap());
}

#[test]
fn check_finds_the_same_with_the_history() {
    let tree = Tree::new(&[("content/en/sync.md", "# Sync\n\nTidewater keeps 30 versions.\n")]);
    tree.git("", &["init", "--quiet"]);
    let commit = tree.commit("");
    let page = format!("---\ndefault_lang_commit: {commit}\n---\n\n# Synchro\n\nTidewater garde 30 versions.\n");
    tree.write("content/fr/sync.md", page);
    tree.write("content/en/sync.md", "# Sync\n\nTidewater keeps 30 versions of each file.\n");
    tree.commit("");
    let before = tree.isogloss(&["check", "--format", "json"]);
    assert_eq!(before.findings(), ["content/fr/sync.md:2 stale-source", "content/fr/sync.md:7 stale-paragraph"]);
    let init = tree.isogloss(&["init"]);
    assert!(init.stdout.contains("0 translations up to date, 1 outdated"), "{}", init.stdout);
    assert!(init.stdout.contains("preset     hugo (`default_lang_commit` is in 1 document)"), "{}", init.stdout);
    assert_eq!(before.json(), tree.isogloss(&["check", "--format", "json"]).json());
}

#[test]
fn a_commit_in_a_permalink_of_the_body_is_looked_up() {
    let tree = Tree::new(&[("en/sync.md", "# Sync\n\nTidewater keeps 30 versions.\n")]);
    tree.git("", &["init", "--quiet"]);
    let commit = tree.commit("");
    let link = format!("https://git.tidewater.example/handbook/blob/{commit}/en/sync.md");
    tree.write("fr/sync.md", format!("# Synchro\n\nTidewater garde 30 versions.\n\n<!-- {link} -->\n"));
    tree.write("en/sync.md", "# Sync\n\nTidewater keeps 30 versions of each file, also of deleted ones.\n");
    tree.commit("");
    let check = |select: &str| tree.isogloss(&["check", "--format", "json", "--select", select]).findings();
    assert_eq!(check("stale-paragraph"), [""; 0]);
    tree.write("isogloss.yaml", "pin-pattern: https://git.tidewater.example/handbook/blob/{commit}/en/*.md\n");
    assert_eq!(check("stale-paragraph"), ["fr/sync.md:3 stale-paragraph"]);
    assert_eq!(check("missing-source-commit"), [""; 0]);
}

#[test]
fn a_configuration_is_never_replaced_unless_requested() {
    let files =
        [("site/en/sync.md", "# Sync\n"), ("site/fr/sync.md", "# Synchro\n"), ("isogloss.yaml", "fail-on: info\n")];
    let tree = Tree::new(&files);
    let site = |arguments: &[&str]| Run::of(&mut isogloss(tree.path().join("site").as_std_path(), arguments));
    let text = |name: &str| std::fs::read_to_string(tree.path().join("site").join(name)).unwrap_or_default();

    tree.write("site/.isogloss.yaml", "source: fr\n");
    let refused = site(&["init"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    assert!(
        refused.stderr.contains("`.isogloss.yaml` already exists; pass `--force` to replace it"),
        "{}",
        refused.stderr
    );
    assert_eq!(text(".isogloss.yaml"), "source: fr\n");

    let forced = site(&["init", "--force"]);
    assert_eq!(forced.code, 0, "{forced:?}");
    assert!(forced.stdout.contains("`../isogloss.yaml` no longer applies here"), "{}", forced.stdout);
    assert!(text(".isogloss.yaml").contains("\nsource: en\n") && text("isogloss.yaml").is_empty());

    tree.write("site/isogloss.yaml", "");
    let both = site(&["init", "--force"]);
    assert_eq!(both.code, 2);
    assert!(both.stderr.contains("exist; keep one of them"), "{}", both.stderr);
}

#[test]
fn nothing_is_written_where_nothing_can_be_compared() {
    let tree = Tree::new(&[("docs.en/sync.md", "# Sync\n"), ("docs.fr/sync.md", "# Synchro\n")]);
    let run = Run::of(&mut isogloss(tree.path().join("docs.en").as_std_path(), &["init"]));
    assert_eq!((run.code, run.stdout.as_str()), (3, ""));
    let expected = "other languages are next to this folder: run `isogloss init en=. fr=../docs.fr`";
    assert!(run.stderr.contains(expected), "{}", run.stderr);
    assert!(!tree.path().join("docs.en/isogloss.yaml").exists());

    let run = Run::of(&mut isogloss(tree.path().join("docs.en").as_std_path(), &["init", "en=.", "fr=../docs.fr"]));
    assert_eq!(run.code, 0, "{run:?}");
    let run = Run::of(&mut isogloss(tree.path().join("docs.en").as_std_path(), &["check"]));
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn completions_are_scripts_of_their_shells() {
    let tree = Tree::new::<&str>(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = tree.isogloss(&["completions", shell]);
        assert_eq!(run.code, 0, "{shell}: {}", run.stderr);
        // PowerShell and Elvish only get names, no values.
        let values: &[&str] =
            if matches!(shell, "powershell" | "elvish") { &[] } else { &["sla-mismatch", "checkstyle"] };
        for word in ["check", "fail-on"].iter().chain(values) {
            assert!(run.stdout.contains(word), "{shell}: {word}");
        }
        // The shells that can check a script without running it, if they are installed.
        let checker = match shell {
            "bash" | "zsh" => Command::new(shell).arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn(),
            "fish" => Command::new(shell).arg("--no-execute").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn(),
            _ => continue,
        };
        let Ok(mut checker) = checker else { continue };
        checker.stdin.take().unwrap().write_all(run.stdout.as_bytes()).unwrap();
        let output = checker.wait_with_output().unwrap();
        assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn every_subcommand_has_a_manual_page() {
    let tree = Tree::new::<&str>(&[]);
    let program = tree.isogloss(&["man"]).stdout;
    assert!(program.contains("\n.TH isogloss 1 "), "{program}");
    let names: Vec<&str> =
        program.lines().filter_map(|line| line.strip_prefix(r"isogloss\-")?.strip_suffix("(1)")).collect();
    assert!(names.contains(&"check") && names.contains(&"man"), "{names:?}");
    for name in names {
        let page = tree.isogloss(&["man", name]).stdout;
        assert!(page.contains(&format!("\n.TH isogloss-{name} 1 ")), "{page}");
    }
}

#[test]
fn the_short_help_of_check_shows_what_is_needed_first() {
    let tree = Tree::new::<&str>(&[]);
    let options = |argument: &str| {
        let help = tree.isogloss(&["check", argument]).stdout;
        let lines = help.lines().filter_map(|line| line.trim_start().strip_prefix('-'));
        lines.filter(|line| line.contains("--") || line.starts_with('-')).count()
    };
    // Five, plus `--color` and `--help`.
    assert_eq!(options("-h"), 7);
    assert!(options("--help") > 12);
}

#[test]
fn a_source_next_to_english_translations_is_identified_by_its_script() {
    let tree = Tree::new(&[
        ("README.md", "# 潮水\n\n同步两个文件夹。\n\n每天运行一次。\n"),
        ("README.en-US.md", "# Tidewater\n\nSyncs two folders.\n\nRuns once a day.\n"),
        ("plans.md", "# 方案\n\n价格是 5 美元。\n"),
        ("plans.en-US.md", "# Plans\n\nThe price is $6.\n"),
    ]);
    let run = tree.isogloss(&["check", "--format", "short"]);
    assert!(run.stderr.contains("suffix; 2 locales, source assumed to be zh (change it"), "{run:?}");
    assert_eq!(run.stdout, "plans.en-US.md:3:14: warning[number-mismatch]: 6 USD here, 5 USD in Chinese\n", "{run:?}");
}
