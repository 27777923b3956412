//! Checks limited to changes, tested from the command line with repositories in a temporary folder.

use crate::support::{Run, Tree, isogloss};

const ENGLISH: &str =
    "# Sync\n\nTidewater watches the folder.\n\nIt skips `.tide` files.\n\nA pause lasts 2 hours. See `pause.log`.\n";
const FRENCH: &str = "# Synchro\n\nTidewater surveille le dossier.\n\nElle ignore les fichiers `.tide`.\n\nUne pause dure 2 heures. Voir `pause.log`.\n";
const SWEDISH: &str = "# Synk\n\nTidewater bevakar mappen.\n\nDen hoppar över filer som slutar på `.tide`.\n\nEn paus varar i 2 timmar. Se `pause.log`.\n";
/// The same text without its second paragraph.
const FRENCH_CUT: &str = "# Synchro\n\nTidewater surveille le dossier.\n\nUne pause dure 2 heures. Voir `pause.log`.\n";
const SWEDISH_CUT: &str = "# Synk\n\nTidewater bevakar mappen.\n\nEn paus varar i 2 timmar. Se `pause.log`.\n";

const STAGED: [&str; 5] = ["check", "docs", "--staged", "--format", "json"];
const SINCE: [&str; 6] = ["check", "docs", "--changed-since", "HEAD", "--format", "json"];

/// A checkout of a small handbook in three languages without faults.
fn handbook() -> Tree {
    let tree = Tree::new(&[("README.md", "# Handbook\n")]);
    for page in ["sync.md", "pause.md", "plans/all.md"] {
        tree.write(&format!("docs/en/{page}"), ENGLISH);
        tree.write(&format!("docs/fr/{page}"), FRENCH);
        tree.write(&format!("docs/sv/{page}"), SWEDISH);
    }
    tree.git(".", &["init", "--quiet"]);
    tree.commit(".");
    tree
}

fn assert_findings(run: &Run, expected: &[&str]) {
    assert_eq!(run.findings(), expected, "{run:?}");
}

#[test]
fn what_is_staged_is_read_from_the_index() {
    let tree = handbook();
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.git(".", &["add", "docs/fr/sync.md"]);
    // The fault is fixed and others are added, but none of that is staged.
    tree.write("docs/fr/sync.md", FRENCH);
    tree.write("docs/fr/pause.md", FRENCH_CUT);
    tree.write("docs/sv/sync.md", SWEDISH_CUT);
    tree.write("docs/de/sync.md", "# Sync\n");
    let run = tree.isogloss(&STAGED);
    assert_findings(&run, &["docs/fr/sync.md:4 missing-paragraph"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.json()["summary"]["pages"], 1);
    // The report quotes the staged text.
    let shown = tree.isogloss(&["check", "docs", "--staged"]).stdout;
    assert!(shown.contains("3 │ Tidewater surveille le dossier."), "{shown}");
    assert!(!shown.contains("fichiers `.tide`"), "{shown}");
}

#[test]
fn what_is_not_staged_is_ignored() {
    let tree = handbook();
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.write("README.md", "# The handbook\n");
    tree.git(".", &["add", "README.md"]);
    let run = tree.isogloss(&["check", "docs", "--staged"]);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{run:?}");
    assert_eq!(run.stderr, "note: no staged changes affect the documents\n");
    let quiet = tree.isogloss(&["check", "docs", "--staged", "--quiet"]);
    assert_eq!((quiet.code, quiet.stdout.as_str(), quiet.stderr.as_str()), (0, "", ""));
    // The working tree is checked with other options.
    assert_findings(&tree.isogloss(&SINCE), &["docs/fr/sync.md:4 missing-paragraph"]);
}

#[test]
fn a_staged_translation_brings_what_makes_the_source_the_suspect() {
    let tree = handbook();
    tree.write("docs/fr/pause.md", FRENCH.replace('2', "3"));
    tree.write("docs/sv-FI/pause.md", SWEDISH.replace('2', "3"));
    tree.commit(".");
    tree.write("docs/sv/pause.md", SWEDISH.replace('2', "3"));
    tree.git(".", &["add", "docs/sv/pause.md"]);
    assert_findings(&tree.isogloss(&STAGED), &["docs/en/pause.md:7 sla-mismatch"]);
    let shown = tree.isogloss(&["diff", "docs/sv/pause.md"]).stdout;
    assert!(shown.contains("2 hours here, 3 hours in 3 other languages, which agree"), "{shown}");
}

#[test]
fn a_source_page_brings_all_its_translations_and_a_translation_itself() {
    let tree = handbook();
    tree.write("docs/fr/sync.md", FRENCH.replace('2', "3"));
    tree.write("docs/sv/sync.md", SWEDISH_CUT);
    tree.commit(".");
    tree.write("docs/sv/sync.md", format!("{SWEDISH_CUT}\n"));
    tree.git(".", &["add", "."]);
    assert_findings(&tree.isogloss(&STAGED), &["docs/sv/sync.md:4 missing-paragraph"]);
    tree.write("docs/en/sync.md", format!("{ENGLISH}\n"));
    tree.git(".", &["add", "."]);
    let both = ["docs/fr/sync.md:7 sla-mismatch", "docs/sv/sync.md:4 missing-paragraph"];
    assert_findings(&tree.isogloss(&STAGED), &both);
}

#[test]
fn pages_that_are_deleted_or_moved_are_reported() {
    let tree = handbook();
    tree.git(".", &["rm", "--quiet", "docs/en/pause.md", "docs/fr/plans/all.md"]);
    let run = tree.isogloss(&STAGED);
    let gone = [
        "docs/en/plans/all.md:1 missing-translation",
        "docs/fr/pause.md:1 orphan-translation",
        "docs/sv/pause.md:1 orphan-translation",
    ];
    assert_findings(&run, &gone);
    assert_eq!(run.json()["findings"][0]["locale"], "fr");
    // A file that is staged for deletion may still exist in the working tree, and the other way round.
    tree.write("docs/en/pause.md", ENGLISH);
    std::fs::remove_file(tree.path().join("docs/sv/pause.md")).unwrap();
    assert_findings(&tree.isogloss(&STAGED), &gone);

    let tree = handbook();
    tree.git(".", &["mv", "docs/en/sync.md", "docs/en/syncing.md"]);
    let moved = [
        "docs/en/syncing.md:1 missing-translation",
        "docs/en/syncing.md:1 missing-translation",
        "docs/fr/sync.md:1 orphan-translation",
        "docs/sv/sync.md:1 orphan-translation",
    ];
    assert_findings(&tree.isogloss(&STAGED), &moved);
    assert_findings(&tree.isogloss(&SINCE), &moved);
}

#[test]
fn pages_that_pair_by_id_are_found_wherever_they_are() {
    let with_id = |id: &str, text: &str| format!("---\nexl-id: {id}\n---\n{text}");
    let tree = handbook();
    tree.write("docs/en/old.md", with_id("tide-1", ENGLISH));
    tree.write("docs/fr/new.md", with_id("tide-1", FRENCH));
    tree.write("docs/sv/copy.md", with_id("tide-2", SWEDISH));
    tree.write("docs/sv/copies/copy.md", with_id("tide-3", SWEDISH));
    tree.commit(".");
    tree.write("docs/fr/new.md", with_id("tide-1", FRENCH_CUT));
    tree.write("docs/sv/copies/copy.md", with_id("tide-2", SWEDISH));
    tree.git(".", &["add", "docs/fr/new.md"]);
    assert_findings(&tree.isogloss(&STAGED), &["docs/fr/new.md:7 missing-paragraph"]);
    tree.git(".", &["add", "."]);
    let findings = tree.isogloss(&STAGED).findings();
    assert!(findings.iter().any(|finding| finding.ends_with("duplicate-id")), "{findings:?}");
}

/// Commits one file and not what is staged. For that, git makes a temporary index. The program is the hook.
#[cfg(unix)]
fn commit_of_one_file(tree: &Tree, path: &str) -> Run {
    use std::os::unix::fs::PermissionsExt;
    tree.write(".git/hooks/pre-commit", "#!/bin/sh\nexec \"$ISOGLOSS\" check docs --staged --format short\n");
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(tree.path().join(".git/hooks/pre-commit"), mode).unwrap();
    let mut git = std::process::Command::new("git");
    git.current_dir(tree.path()).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("ISOGLOSS", env!("CARGO_BIN_EXE_isogloss"));
    git.args(["-c", "user.name=Tidewater", "-c", "user.email=docs@tidewater.example"]);
    Run::of(git.args(["commit", "--quiet", "--message", "Shorten", path]))
}

#[test]
fn a_hook_says_which_repository_and_index_are_meant() {
    let tree = handbook();
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.write("docs/sv/sync.md", SWEDISH_CUT);
    tree.git(".", &["add", "docs/sv/sync.md"]);
    #[cfg(unix)]
    {
        let run = commit_of_one_file(&tree, "docs/fr/sync.md");
        assert_ne!(run.code, 0, "{run:?}");
        let output = format!("{}{}", run.stdout, run.stderr);
        assert!(output.contains("docs/fr/sync.md:4"), "{output}");
        assert!(!output.contains("docs/sv/sync.md"), "{output}");
    }
    // The same manually, from outside the top of the working tree.
    let index = tree.path().join("other-index");
    std::fs::copy(tree.path().join(".git/index"), &index).unwrap();
    tree.git(".", &["reset", "--quiet"]);
    let mut command = isogloss(tree.path().as_std_path(), &STAGED);
    command.env("GIT_DIR", tree.path().join(".git")).env("GIT_INDEX_FILE", &index);
    assert_findings(&Run::of(&mut command), &["docs/sv/sync.md:4 missing-paragraph"]);
}

#[test]
fn the_current_folder_and_the_roots_may_be_anywhere_in_the_checkout() {
    let tree = handbook();
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.git(".", &["add", "."]);
    for (folder, roots, path) in [
        ("docs/fr", &["en=../en", "fr=."][..], "./sync.md"),
        ("docs", &["en", "fr"][..], "fr/sync.md"),
        (".", &["docs/en", "docs/fr/sync.md"][..], "docs/fr/sync.md"),
    ] {
        let arguments = [&["check", "--staged", "--format", "json"], roots].concat();
        let run = Run::of(&mut isogloss(tree.path().join(folder).as_std_path(), &arguments));
        assert_findings(&run, &[&format!("{path}:4 missing-paragraph")]);
    }
    let outside = tempfile::tempdir().unwrap();
    let run = tree.isogloss(&["check", "--staged", outside.path().to_str().unwrap()]);
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.starts_with("error: none of the folders to check is in "), "{}", run.stderr);
}

#[test]
fn the_first_commit_has_everything_staged() {
    let tree = Tree::new(&[("docs/en/sync.md", ENGLISH), ("docs/fr/sync.md", FRENCH_CUT)]);
    tree.git(".", &["init", "--quiet"]);
    tree.git(".", &["add", "."]);
    assert_findings(&tree.isogloss(&STAGED), &["docs/fr/sync.md:4 missing-paragraph"]);
}

#[test]
fn a_branch_is_compared_with_where_it_left() {
    let tree = handbook();
    tree.git(".", &["checkout", "--quiet", "-b", "shorter"]);
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.commit(".");
    tree.git(".", &["checkout", "--quiet", "main"]);
    tree.write("docs/sv/sync.md", SWEDISH_CUT);
    tree.commit(".");
    tree.git(".", &["checkout", "--quiet", "shorter"]);
    tree.write("docs/sv/new.md", "# Ny\n\nIcke publicerad.\n");
    let run = tree.isogloss(&["check", "docs", "--changed-since", "main", "--format", "json"]);
    assert_findings(&run, &["docs/fr/sync.md:4 missing-paragraph", "docs/sv/new.md:1 orphan-translation"]);
}

#[test]
fn nothing_passes_if_the_change_cannot_be_determined() {
    let tree = Tree::new(&[("docs/en/sync.md", ENGLISH), ("docs/fr/sync.md", FRENCH)]);
    for arguments in [&["check", "--staged"][..], &["check", "--changed-since", "main"]] {
        let run = tree.isogloss(arguments);
        assert_eq!(run.code, 3, "{run:?}");
        let sentence = "error: the current folder is not in a git checkout, so the changed files cannot be listed; run this inside one\n";
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", sentence));
    }
    let tree = handbook();
    for revision in ["nowhere", "--output=x", "main\nHEAD", ""] {
        let run = tree.isogloss(&["check", "docs", &format!("--changed-since={revision}")]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("no commit `"), "{run:?}");
    }
    assert_eq!(tree.isogloss(&["check", "--staged", "--changed-since", "main"]).code, 2);
    let run = tree.isogloss(&["check", "docs", "fr=dosc/fr", "--staged"]);
    assert_eq!((run.code, run.stderr.as_str()), (2, "error: no such file or folder: `dosc/fr`\n"));
    // A shallow clone may lack the commit, which is not a usage error.
    tree.write("README.md", "# Larkspur's handbook\n");
    tree.commit(".");
    let url = format!("file://{}", tree.path());
    tree.git("clones", &["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let folder = tree.path().join("clones/shallow");
    let run = Run::of(&mut isogloss(folder.as_std_path(), &["check", "docs", "--changed-since", "main~1"]));
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains("run `git fetch --unshallow`"), "{run:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_skipped_and_reported() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let tree = handbook();
    std::fs::write(tree.path().as_std_path().join(OsStr::from_bytes(b"docs/fr/caf\xe9.md")), FRENCH).unwrap();
    tree.write("docs/fr/a\nb \"c\".md", FRENCH);
    tree.write("docs/fr/not-text.md", b"# \xff\xfe\n");
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.git(".", &["add", "."]);
    for arguments in [&STAGED[..], &SINCE] {
        let run = tree.isogloss(arguments);
        let findings = run.findings();
        assert!(findings.contains(&"docs/fr/sync.md:4 missing-paragraph".to_owned()), "{run:?}");
        assert!(findings.contains(&"docs/fr/a\nb \"c\".md:1 orphan-translation".to_owned()), "{run:?}");
        assert!(run.stderr.contains("not valid UTF-8"), "{run:?}");
    }
}

#[test]
fn a_clone_without_old_files_can_determine_what_changed() {
    let tree = handbook();
    tree.git(".", &["config", "uploadpack.allowFilter", "true"]);
    tree.git(".", &["rm", "--quiet", "docs/en/pause.md"]);
    tree.write("docs/fr/sync.md", FRENCH_CUT);
    tree.commit(".");
    let url = format!("file://{}", tree.path());
    tree.git("clones", &["clone", "--quiet", "--filter=blob:none", &url, "blobless"]);
    let folder = tree.path().join("clones/blobless");
    let arguments = ["check", "docs", "--no-history", "--changed-since", "HEAD~1", "--format", "json"];
    let run = Run::of(&mut isogloss(folder.as_std_path(), &arguments));
    let expected = [
        "docs/fr/pause.md:1 orphan-translation",
        "docs/fr/sync.md:4 missing-paragraph",
        "docs/sv/pause.md:1 orphan-translation",
    ];
    assert_findings(&run, &expected);
}
