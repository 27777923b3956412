//! `docs/rules/*.md`: each page says what its rule is, and its example is checked.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use camino::Utf8Path;

use super::{assert_up_to_date, read, replace_between};
use crate::analysis::pins::HistoryChoice;
use crate::cli::rules::default_level;
use crate::config::Config;
use crate::corpus::walk::Root;
use crate::finding::Finding;
use crate::report::{FORMATS, Options, Report, Sources};
use crate::rules::{RULES, Rule};
use isogloss_text::Locale;

const HEADINGS: [&str; 5] =
    ["## What it reports", "## Why it matters", "## Example", "## How to fix or silence it", "## Data"];
/// Rules whose examples are too short to be distinguished from other faults, and would be too long otherwise: a page must have
/// more that stays than what is moved.
const UNCHECKED: [&str; 2] = ["section-order", "block-order"];
/// The source commit that the examples record.
const COMMIT: &str = "4c1f9e2";

#[test]
fn the_pages_say_what_the_rules_are_and_report() {
    let mut wrong = Vec::new();
    for rule in RULES {
        let path = format!("docs/rules/{}.md", rule.id);
        let page = read(&path);
        let headings: Vec<&str> = page.lines().filter(|line| line.starts_with("## ")).collect();
        let own = headings.iter().filter(|heading| HEADINGS.contains(heading));
        assert!(own.eq(&HEADINGS), "{path} has other headings: {headings:?}");
        let mut page = with_head(rule, &page);
        if !UNCHECKED.contains(&rule.id) {
            match with_output(rule, &page) {
                Ok(checked) => page = checked,
                Err(why) => wrong.push(format!("{path}: {why}")),
            }
        }
        assert_up_to_date(&path, &page);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The page with the rule's id, summary and level.
fn with_head(rule: &Rule, page: &str) -> String {
    let (_, body) = page.split_once(HEADINGS[0]).unwrap();
    format!("# {}\n\n{}.\n\n**Default:** {}\n\n{}{body}", rule.id, rule.summary, default_level(rule), HEADINGS[0])
}

/// The page with what isogloss says about its example.
///
/// # Errors
/// If it says nothing, or with data that the page does not describe.
fn with_output(rule: &'static Rule, page: &str) -> Result<String, String> {
    let (before, after) = page.split_once("\nIsogloss says").ok_or("it shows no output")?;
    let (_, example) = before.split_once("## Example\n").ok_or("the output is in no example")?;
    let (findings, output) = run(rule, example);
    if findings.is_empty() {
        return Err("the example is no finding".to_owned());
    }
    let (_, data) = page.split_once("\n## Data\n").ok_or("it describes no data")?;
    let keys: BTreeSet<&String> = findings.iter().flat_map(|finding| finding.data.keys()).collect();
    if let Some(key) = keys.into_iter().find(|key| !data.contains(&format!("\n- `{key}`: "))) {
        return Err(format!("it does not describe `{key}`"));
    }
    let after = replace_between(after, "```text\n", "```", &output);
    Ok(format!("{before}\nIsogloss says{after}"))
}

/// Checks the example's files with one rule: its findings, and the lines that report them.
fn run(rule: &'static Rule, example: &str) -> (Vec<Finding>, String) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(temporary.path()).unwrap();
    let base = Config::default();
    // What suppresses nothing is known only where the other rules run.
    let alone = rule.id != "unused-suppression";
    let levels = if alone { base.levels.restricted(&[rule], &[], &[]) } else { base.levels };
    let files = files(example);
    // Given by name, since one page is no proof of a layout.
    let tags: BTreeSet<&str> = files.iter().filter_map(|file| Some(file.path.split_once('/')?.0)).collect();
    let roots = tags.iter().map(|tag| Root { locale: Locale::parse(tag), path: folder.join(tag) }).collect();
    let mut config = Config { roots, levels, history: HistoryChoice::Off, ..Config::default() };
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
    (short.write)(&report, &Sources::new(&|_| None), Options::plain(), &mut out).unwrap();
    let output = String::from_utf8(out).unwrap().replace(&format!("{folder}/"), "").replace(commit, COMMIT);
    let Report { findings, .. } = report;
    (findings, output)
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
            name = path.map(|(path, rest)| (path, rest.starts_with(" now"))).or(name);
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

/// Runs git with a fixed date and name, and without the user's configuration.
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
