//! Command lines, as data in `tests/cmd`, and those that cannot be described as data.

use std::io::Read;
use std::process::Stdio;

use crate::support::{Tree, isogloss};

/// `TRYCMD=overwrite cargo test` updates the files; review each change.
#[test]
fn command_lines_print_and_end_as_described() {
    let cases = trycmd::TestCases::new();
    cases.default_bin_path(env!("CARGO_BIN_EXE_isogloss"));
    cases.insert_var("[VERSION]", env!("CARGO_PKG_VERSION")).unwrap();
    // trycmd can set variables, but not unset them. The program treats empty ones as unset.
    for name in ["CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        cases.env(name, "");
    }
    cases.env("TERM", "dumb").env("COLUMNS", "100");
    cases.case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}

/// Enough findings to fill a pipe, whose buffer has 64 KiB.
fn many_findings() -> Tree {
    let tree = Tree::new::<&str>(&[]);
    let english = "Tidewater keeps 30 versions of each file for 90 days.\n\n".repeat(20);
    let french = "Tidewater garde 20 versions de chaque fichier durant 60 jours.\n\n".repeat(20);
    for page in 0..100 {
        tree.write(&format!("en/{page}.md"), &english);
        tree.write(&format!("fr/{page}.md"), &french);
    }
    tree
}

#[test]
fn a_closed_pipe_is_no_error_and_hides_none() {
    let tree = many_findings();
    // What fits into the buffer is written before the pipe is closed.
    for format in isogloss::report::FORMATS.iter().filter(|format| format.name != "markdown") {
        let arguments = ["check", ".", "--format", format.name, "--format", "jsonl=all.jsonl"];
        let mut child = isogloss(tree.path().as_std_path(), &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 64];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {stderr}", format.name);
        let file = tree.path().join("all.jsonl");
        assert!(std::fs::read_to_string(&file).unwrap().lines().count() >= 100, "{}", format.name);
        std::fs::remove_file(file).unwrap();
        assert!(!stderr.contains("panicked") && !stderr.contains("pipe"), "{}: {stderr}", format.name);
    }
}

#[test]
fn a_report_goes_to_a_file_and_another_to_standard_output() {
    let tree = many_findings();
    let run =
        tree.isogloss(&["check", "--format", "short", "--format", "json=findings.json", "--format", "jsonl=all.jsonl"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let object: serde_json::Value =
        serde_json::from_slice(&std::fs::read(tree.path().join("findings.json")).unwrap()).unwrap();
    let findings = object["findings"].as_array().unwrap().len();
    let lines = std::fs::read_to_string(tree.path().join("all.jsonl")).unwrap();
    assert_eq!((run.stdout.lines().count(), lines.lines().count()), (findings, findings));
    assert_eq!(object["schema"], 1);

    let run = tree.isogloss(&["check", "--format", "json=no/such/folder/findings.json"]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.lines().last().unwrap().starts_with("error: cannot write `no/such/folder/findings.json`"),
        "{}",
        run.stderr
    );
}

#[test]
fn surroundings_do_not_change_what_is_printed() {
    let tree = Tree::new(&[
        ("en/a.md", "# Plans\n\nOpen from 9 am to 5 pm.\n"),
        ("fr/a.md", "# Offres\n\nOuvert de 9 h à 18 h.\n"),
    ]);
    let plain = tree.isogloss(&["check"]);
    assert_eq!(plain.code, 1);
    for (name, value) in [
        ("CI", "true"),
        ("GITHUB_ACTIONS", "false"),
        ("GITHUB_STEP_SUMMARY", "summary.md"),
        ("GITLAB_CI", "true"),
        ("NO_COLOR", "1"),
        ("TERM", "dumb"),
        ("LC_ALL", "fr_FR.UTF-8"),
        ("GIT_DIR", "/nowhere"),
        ("RUST_LOG", "trace"),
    ] {
        let output = isogloss(tree.path().as_std_path(), &["check"]).env(name, value).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), plain.stdout, "{name}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), plain.stderr, "{name}");
    }
}

/// Asserts that one sentence says why a check is incomplete.
fn assert_one_sentence(tree: &Tree, arguments: &[&str]) {
    let run = tree.isogloss(arguments);
    assert_eq!(run.code, 3, "{arguments:?}: {run:?}");
    let output = run.stderr.lines().filter(|line| line.starts_with("error: ")).count();
    assert_eq!(output, 1, "one sentence for {arguments:?}, and not: {}", run.stderr);
    assert!(!run.stdout.contains("no findings"), "one sentence for {arguments:?}, and not: {}", run.stdout);
}

#[test]
fn a_blind_run_says_why_in_one_sentence() {
    let tree = Tree::new(&[("one/en/a.md", "# Sync\n"), ("none/a.txt", "Sync\n")]);
    std::fs::create_dir(tree.path().join("empty")).unwrap();
    for root in ["one", "none", "empty"] {
        assert_one_sentence(&tree, &["check", root]);
    }
}

#[test]
fn a_locale_that_is_not_there_is_not_passed() {
    let tree = Tree::new(&[("en/a.md", "# Sync\n"), ("fr/a.md", "# Synchro\n")]);
    assert_one_sentence(&tree, &["check", "--locale", "sv"]);
}
