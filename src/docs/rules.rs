//! `docs/rules/*.md`: what stands there of a rule is what the rule is, and its example is checked.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use camino::Utf8Path;

use super::{assert_up_to_date, read, replace_between};
use crate::config::{Config, HistoryChoice, Root};
use crate::finding::Finding;
use crate::report::{FORMATS, Options, Report};
use crate::rules::{RULES, Rule};

const HEADINGS: [&str; 5] =
    ["## What it reports", "## Why it matters", "## Example", "## How to fix or silence it", "## Data"];
/// The source commit that the examples record.
const COMMIT: &str = "4c1f9e2";

#[test]
fn the_pages_say_what_the_rules_are() {
    for rule in RULES {
        let path = format!("docs/rules/{}.md", rule.id);
        let page = read(&path);
        let level = rule.default.map_or("off", |severity| severity.as_str());
        let head = format!("# {}\n\n{}.\n\n**Default:** {level}\n\n", rule.id, rule.summary);
        let (_, body) = page.split_once(HEADINGS[0]).unwrap_or_else(|| panic!("{path}: no `{}`", HEADINGS[0]));
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        let own = headings.iter().filter(|heading| HEADINGS.contains(heading));
        assert!(own.eq(&HEADINGS), "{path} has other headings: {headings:?}");
        assert_up_to_date(&path, &format!("{head}{}{body}", HEADINGS[0]));
    }
}

#[test]
fn the_examples_are_what_isogloss_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = format!("docs/rules/{}.md", rule.id);
        let page = read(&path);
        let (_, example) = page.split_once("## Example\n").unwrap();
        let (example, _) = example.split_once("\nIsogloss says").unwrap_or_else(|| panic!("{path}: no output"));
        let (findings, said) = run(rule, example);
        if findings.is_empty() {
            wrong.push(format!("{path}: the example is no finding"));
            continue;
        }
        let (_, data) = page.split_once("\n## Data\n").unwrap();
        let keys: BTreeSet<&String> = findings.iter().flat_map(|finding| finding.data.keys()).collect();
        let unknown = keys.into_iter().filter(|key| !data.contains(&format!("\n- `{key}`: ")));
        wrong.extend(unknown.map(|key| format!("{path}: `{key}` is not described")));
        let (before, after) = page.split_once("\nIsogloss says").unwrap();
        let after = replace_between(after, "```text\n", "```", &said);
        assert_up_to_date(&path, &format!("{before}\nIsogloss says{after}"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Checks the example's files with one rule: its findings, and the lines that tell them.
fn run(rule: &'static Rule, example: &str) -> (Vec<Finding>, String) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(temporary.path()).unwrap();
    let base = Config::default();
    let levels = base.levels.restricted(&[rule], &[], &[]);
    let root = Root { locale: None, path: folder.to_owned() };
    let mut config = Config { roots: vec![root], levels, history: HistoryChoice::Off, ..Config::default() };
    let files = files(example);
    let mut commit = None;
    if example.contains("source-git-commit") && files.iter().any(|file| file.path.starts_with("en/")) {
        config.history = HistoryChoice::Repository(folder.to_owned());
        git(folder, &["init", "--quiet"]);
        write(folder, files.iter().filter(|file| file.path.starts_with("en/") && !file.now), COMMIT);
        commit = Some(save(folder));
    }
    // Ids are cut to the same length as the one in the example.
    let commit = commit.as_deref().map_or(COMMIT, |commit| &commit[..COMMIT.len()]);
    write(folder, files.iter().filter(|file| !file.path.starts_with("en/") || file.now || commit == COMMIT), commit);
    if commit != COMMIT {
        save(folder);
    }

    let report = crate::check(&config, false).unwrap();
    let mut out = Vec::new();
    let short = FORMATS.iter().find(|format| format.name == "short").unwrap();
    (short.write)(&report, &|_| None, Options::plain(), &mut out).unwrap();
    let said = String::from_utf8(out).unwrap().replace(&format!("{folder}/"), "").replace(commit, COMMIT);
    let Report { findings, .. } = report;
    (findings, said)
}

/// A file of an example.
struct File<'e> {
    path: &'e str,
    text: String,
    /// Whether it is the version after the recorded commit.
    now: bool,
}

/// "`path`:" or "`path` now:" with a fenced text below, or a fenced list of paths after "The folders:".
fn files(example: &str) -> Vec<File<'_>> {
    let mut files = Vec::new();
    let mut lines = example.lines();
    let mut name = None;
    while let Some(line) = lines.next() {
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.len() < 3 {
            let path = line.strip_prefix('`').and_then(|line| line.split_once('`'));
            name = path.map(|(path, rest)| (path, rest.contains("now"))).or(name);
            continue;
        }
        let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
        match name.take() {
            Some((path, now)) => files.push(File { path, text: inner.join("\n") + "\n", now }),
            None => files.extend(inner.iter().map(|path| File { path, text: "# Tidewater\n".to_owned(), now: false })),
        }
    }
    files
}

fn write<'e>(folder: &Utf8Path, files: impl Iterator<Item = &'e File<'e>>, commit: &str) {
    for file in files {
        let path = folder.join(file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, file.text.replace(COMMIT, commit)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
}

/// Commits everything, and returns the commit.
fn save(folder: &Utf8Path) -> String {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message=Revise the handbook"]);
    git(folder, &["rev-parse", "HEAD"])
}

/// Runs git with a fixed date and name, and without anybody's configuration.
fn git(folder: &Utf8Path, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE").env_remove("GIT_INDEX_FILE");
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), "Larkspur").env(format!("GIT_{role}_EMAIL"), "docs@larkspur.example");
        git.env(format!("GIT_{role}_DATE"), "2026-03-02T12:00:00+0000");
    }
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
