//! Malicious repositories that try to run programs, to substitute another history or to hide documents; and damaged ones.

use crate::support::{Run, Tree, isogloss};

const ENGLISH: &str = "# Sync\n\nA pause lasts 24 hours.\n";
const FRENCH: &str = "# Synchro\n\nUne pause dure 24 heures.\n";
const WRONG: &str = "# Synchro\n\nUne pause dure 25 heures.\n";

const SINCE: [&str; 5] = ["check", "--changed-since", "HEAD", "--format", "json"];
const STAGED: [&str; 4] = ["check", "--staged", "--format", "json"];
#[cfg(unix)]
const COMMANDS: [&[&str]; 6] =
    [&SINCE, &STAGED, &["check"], &["status"], &["diff", "fr/sync.md"], &["init", "--print"]];

/// A checkout of two consistent pages.
fn handbook() -> Tree {
    let tree = Tree::new(&[("en/sync.md", ENGLISH), ("fr/sync.md", FRENCH)]);
    tree.git(".", &["init", "--quiet"]);
    tree.commit(".");
    tree
}

/// A checkout with a stale page, and the commit that its translation records.
fn stale() -> (Tree, String) {
    let tree = Tree::new(&[("en/sync.md", "# Sync\n\nTidewater watches the folders that you name.\n")]);
    tree.git(".", &["init", "--quiet"]);
    let pin = tree.commit(".");
    tree.write("en/sync.md", "# Sync\n\nLarkspur looks after whatever was shared with it.\n");
    tree.write("fr/sync.md", pinned(&pin));
    tree.commit(".");
    (tree, pin)
}

fn pinned(pin: &str) -> String {
    format!("---\nsource-git-commit: {pin}\n---\n# Synchro\n\nTidewater surveille les dossiers que vous nommez.\n")
}

fn assert_stale(run: &Run) {
    assert!(run.findings().iter().any(|finding| finding.ends_with(" stale-source")), "{run:?}");
}

fn assert_blind(run: &Run, sentence: &str) {
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.stderr.contains(sentence), "{run:?}");
}

/// A program that creates a file when it runs, and the path of that file.
#[cfg(unix)]
fn trap(tree: &Tree) -> (String, camino::Utf8PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let (trap, mark) = (tree.path().join(".git/trap"), tree.path().join(".git/mark"));
    tree.write(".git/trap", format!("#!/bin/sh\necho x >>'{mark}'\ncat\n"));
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
    (trap.into_string(), mark)
}

/// Makes git assume that files may have changed, so that it has to read them.
#[cfg(unix)]
fn touch(tree: &Tree) {
    for path in ["en/sync.md", "fr/sync.md"] {
        let file = std::fs::File::options().append(true).open(tree.path().join(path)).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn no_program_that_a_repository_names_is_run() {
    let tree = handbook();
    tree.write(".gitattributes", "*.md filter=f diff=d merge=m ident text=auto\n");
    tree.write(".git/info/attributes", "*.md filter=f diff=d\n");
    tree.commit(".");
    let (trap, mark) = trap(&tree);
    let settings = [
        "filter.f.clean",
        "filter.f.smudge",
        "filter.f.process",
        "diff.d.textconv",
        "diff.d.command",
        "diff.external",
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.askPass",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "gpg.program",
        "pager.log",
        "pager.ls-files",
        "interactive.diffFilter",
        "uploadpack.packObjectsHook",
    ];
    for name in settings {
        tree.git(".", &["config", name, &trap]);
    }
    for hooks in [".git/hooks", ".husky"] {
        for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman", "pre-auto-gc"] {
            std::fs::create_dir_all(tree.path().join(hooks)).unwrap();
            std::fs::copy(&trap, tree.path().join(hooks).join(hook)).unwrap();
        }
        for arguments in COMMANDS {
            touch(&tree);
            tree.isogloss(arguments);
            assert!(!mark.exists(), "{arguments:?}");
        }
        tree.git(".", &["config", "core.hooksPath", ".husky"]);
    }
    tree.write("fr/sync.md", WRONG);
    assert_eq!(tree.isogloss(&SINCE).findings(), ["fr/sync.md:3 sla-mismatch"]);
}

#[cfg(unix)]
#[test]
fn nothing_is_run_or_written_that_the_environment_names_for_git() {
    let tree = handbook();
    let (trap, mark) = trap(&tree);
    std::fs::copy(&trap, tree.path().join("git")).unwrap();
    tree.git(".", &["config", "trace2.normalTarget", mark.as_str()]);
    let path = std::env::var("PATH").unwrap();
    for arguments in COMMANDS {
        touch(&tree);
        let mut command = isogloss(tree.path().as_std_path(), arguments);
        for name in ["GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP"] {
            command.env(name, &mark);
        }
        for name in ["GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PAGER", "SSH_ASKPASS"] {
            command.env(name, &trap);
        }
        // The first two entries are the current folder.
        Run::of(command.env("PATH", format!(":.:{path}")));
        assert!(!mark.exists(), "{arguments:?}: {}", std::fs::read_to_string(&mark).unwrap());
    }
}

/// Places a bare repository in a folder of the tree, as a pull request could.
fn embed(tree: &Tree, folder: &str) -> String {
    tree.git("own", &["init", "--quiet"]);
    std::fs::copy(tree.path().join("en/sync.md"), tree.path().join("own/sync.md")).unwrap();
    let head = tree.commit("own");
    tree.git("own", &["config", "core.worktree", "."]);
    tree.git("own", &["config", "core.bare", "false"]);
    for name in ["HEAD", "config", "index", "objects", "refs"] {
        let (from, to) = (tree.path().join("own/.git").join(name), tree.path().join(folder).join(name));
        std::fs::rename(from, to).unwrap();
    }
    std::fs::remove_dir_all(tree.path().join("own")).unwrap();
    head
}

#[test]
fn a_bare_repository_among_the_documents_is_no_history() {
    let (tree, _) = stale();
    let own = embed(&tree, "en");
    tree.write("fr/sync.md", pinned(&own));
    tree.commit(".");
    let run = tree.isogloss(&["check", "en=en", "fr=fr", "--format", "json"]);
    assert_eq!(run.findings(), ["fr/sync.md:2 unknown-source-commit"], "{run:?}");
    // Nor if it is named on the command line.
    let run = tree.isogloss(&["check", "en=en", "fr=fr", "--source-repo", "en"]);
    assert_blind(&run, "en is content of the checkout around it");
}

#[cfg(unix)]
#[test]
fn a_change_is_one_of_the_checkout_and_not_of_a_repository_in_it() {
    let tree = Tree::new(&[("docs/en/sync.md", ENGLISH), ("docs/fr/sync.md", FRENCH), ("en/sync.md", ENGLISH)]);
    tree.git(".", &["init", "--quiet"]);
    let (trap, mark) = trap(&tree);
    tree.write("docs/.gitattributes", "*.md filter=f\n");
    embed(&tree, "docs");
    tree.git(".", &["config", "--file", "docs/config", "filter.f.clean", &trap]);
    tree.git(".", &["config", "--file", "docs/config", "core.fsmonitor", &trap]);
    tree.commit(".");
    tree.write("docs/fr/sync.md", WRONG);
    tree.git(".", &["add", "--all"]);
    for arguments in [&SINCE[..], &STAGED] {
        let run = Run::of(&mut isogloss(tree.path().join("docs").as_std_path(), arguments));
        assert_eq!(run.findings(), ["fr/sync.md:3 sla-mismatch"], "{run:?}");
    }
    assert!(!mark.exists());
}

#[test]
fn worktrees_submodules_and_sibling_checkouts_are_repositories() {
    let tree = handbook();
    tree.git(".", &["worktree", "add", "--quiet", "--detach", "worktree"]);
    tree.git("outer", &["init", "--quiet"]);
    let url = format!("file://{}", tree.path());
    tree.git("outer", &["submodule", "--quiet", "add", &url, "docs"]);
    tree.commit("outer");
    for folder in ["worktree", "outer/docs"] {
        tree.write(&format!("{folder}/fr/sync.md"), WRONG);
        let run = Run::of(&mut isogloss(tree.path().join(folder).as_std_path(), &SINCE));
        assert_eq!(run.findings(), ["fr/sync.md:3 sla-mismatch"], "{run:?}");
    }
    // A checkout inside another one that does not track it.
    let (inner, _) = stale();
    inner.git("around", &["init", "--quiet"]);
    std::fs::rename(inner.path().join(".git"), inner.path().join("en/.git")).unwrap();
    std::fs::rename(inner.path().join("around/.git"), inner.path().join(".git")).unwrap();
    inner.write("en/en/sync.md", inner.read("en/sync.md"));
    assert_stale(&inner.isogloss(&["check", "en=en/en", "fr=fr", "--format", "json"]));
}

#[test]
fn commits_are_what_they_record() {
    let (tree, pin) = stale();
    let check = ["check", "--format", "json"];
    let head = tree.git(".", &["rev-parse", "HEAD"]);
    tree.git(".", &["replace", &pin, &head]);
    assert_stale(&tree.isogloss(&check));
    tree.git(".", &["replace", "--delete", &pin]);
    let blob = |commit: &str| tree.git(".", &["rev-parse", &format!("{commit}:en/sync.md")]);
    tree.git(".", &["replace", &blob(&pin), &blob(&head)]);
    assert_stale(&tree.isogloss(&check));
    tree.write(".git/info/grafts", format!("{head}\n"));
    assert_stale(&tree.isogloss(&check));
    // Names that look like output of git. Windows does not allow them.
    if cfg!(unix) {
        tree.write("\nen/sync.md", "# Sync\n");
        tree.write(&format!("\u{1}{head} 1 .md"), "# Sync\n");
        tree.commit(".");
        assert_stale(&tree.isogloss(&check));
    }
}

#[test]
fn settings_change_nothing_or_are_complained_of() {
    let tree = Tree::new(&[("en/old.md", ENGLISH)]);
    tree.git(".", &["init", "--quiet"]);
    let pin = tree.commit(".");
    tree.git(".", &["mv", "en/old.md", "en/sync.md"]);
    tree.write(
        "fr/sync.md",
        pinned(&pin).replace("Tidewater surveille les dossiers que vous nommez.", "Une pause dure 24 heures."),
    );
    tree.commit(".");
    let check = ["check", "--format", "json"];
    let expected = tree.isogloss(&check);
    assert_eq!((expected.code, expected.findings()), (0, Vec::new()), "{expected:?}");
    let settings = [
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.date", "bogus"),
        ("log.diffMerges", "off"),
        ("format.pretty", "bogus"),
        ("diff.relative", "true"),
        ("diff.orderFile", "nowhere"),
        ("diff.renames", "copies"),
        ("diff.ignoreSubmodules", "all"),
        ("color.ui", "always"),
        ("i18n.logOutputEncoding", "UTF-16"),
    ];
    for (name, value) in settings {
        tree.git(".", &["config", name, value]);
        let run = tree.isogloss(&check);
        assert_eq!((run.code, &run.stdout), (0, &expected.stdout), "{name}: {run:?}");
        tree.git(".", &["config", "--unset", name]);
    }
    for (name, value) in [("diff.algorithm", "bogus"), ("diff.renameLimit", "many"), ("diff.context", "-1")] {
        tree.git(".", &["config", name, value]);
        assert_blind(&tree.isogloss(&check), "git failed in .: fatal: ");
        tree.git(".", &["config", "--unset", name]);
    }
}

/// Runs the program with a git that behaves differently for one of its commands.
#[cfg(unix)]
fn with_git(tree: &Tree, command: &str, behaviour: &str, arguments: &[&str]) -> Run {
    use std::os::unix::fs::PermissionsExt;
    let path = std::env::var("PATH").unwrap();
    let script = format!(
        "#!/bin/sh\nPATH='{path}'\nfor word in \"$@\"; do [ \"$word\" != {command} ] || {{ {behaviour}; }}; done\nexec git \"$@\"\n"
    );
    tree.write("bin/git", script);
    let program = tree.path().join("bin/git");
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = isogloss(tree.path().as_std_path(), arguments);
    Run::of(command.env("PATH", tree.path().join("bin")))
}

#[cfg(unix)]
#[test]
fn a_git_that_fails_is_no_short_history() {
    let (tree, pin) = stale();
    tree.git(".", &["mv", "en/sync.md", "en/moved.md"]);
    tree.git(".", &["mv", "fr/sync.md", "fr/moved.md"]);
    tree.commit(".");
    let check = ["check", "en=en", "fr=fr", "--format", "json"];
    assert_stale(&with_git(&tree, "none", "exit 1", &check));
    let failures = ["kill -9 $$", "exit 3", "echo 'fatal: no luck' >&2; exit 128", "git \"$@\" | head -c 99; exit 0"];
    for failure in failures {
        for command in ["log", "rev-parse", "cat-file"] {
            if command == "rev-parse" && failure.starts_with("git ") {
                continue;
            }
            let failure = if command == "cat-file" { failure.replace("git ", "echo ") } else { failure.to_owned() };
            let run = with_git(&tree, command, &failure, &check);
            assert_eq!(run.code, 3, "{command}, {failure}: {run:?}");
        }
    }
    assert_blind(&with_git(&tree, "log", "exit 0", &check), "git log ended early");
    // If nothing is recorded but there is a history, it must still be readable.
    tree.write("fr/moved.md", "# Synchro\n\nTidewater surveille les dossiers que vous nommez.\n");
    let run = with_git(&tree, "log", "echo 'fatal: no luck' >&2; exit 128", &check);
    assert_blind(&run, ": fatal: no luck");
    assert_eq!(pin.len(), 40);
    for command in ["diff-index", "ls-files", "rev-parse"] {
        for arguments in [&STAGED[..], &SINCE] {
            tree.git(".", &["add", "--all"]);
            let run = with_git(&tree, command, "echo 'fatal: no luck' >&2; exit 128", arguments);
            assert_blind(&run, "fatal: no luck");
        }
    }
}

#[test]
fn a_damaged_object_is_not_taken_for_a_partial_clone() {
    for (of, way) in [
        ("en/sync.md", "cut"),
        ("en/sync.md", "other"),
        ("en/sync.md", "empty"),
        ("en/sync.md", "gone"),
        ("en", "other"),
    ] {
        let (tree, pin) = stale();
        let id = tree.git(".", &["rev-parse", &format!("{pin}:{of}")]);
        let object = tree.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
        let bytes = std::fs::read(&object).unwrap();
        std::fs::remove_file(&object).unwrap();
        match way {
            "cut" => std::fs::write(&object, &bytes[..bytes.len() / 2]).unwrap(),
            "other" => std::fs::write(&object, "no object at all").unwrap(),
            "empty" => std::fs::write(&object, "").unwrap(),
            _ => {}
        }
        let run = tree.isogloss(&["check"]);
        assert_blind(&run, "is damaged (");
        assert!(run.stderr.contains("git -C . fsck") && !run.stderr.contains("partial"), "{of} {way}: {run:?}");
    }
}

#[test]
fn a_document_that_git_tracks_is_checked_despite_gitignore() {
    for (file, pattern) in
        [("fr/.gitignore", "sync.md"), (".gitignore", "/fr/"), (".gitignore", "*.md"), ("fr/.gitignore", "*")]
    {
        let tree = handbook();
        tree.write("fr/sync.md", WRONG);
        tree.write("fr/draft.md", "# Brouillon\n");
        tree.git(".", &["add", "fr/sync.md"]);
        tree.write(file, format!("{pattern}\ndraft.md\n"));
        tree.git(".", &["add", "--force", file]);
        for arguments in
            [&["check", "--format", "json"][..], &["check", "--no-history", "--format", "json"], &STAGED, &SINCE]
        {
            let run = tree.isogloss(arguments);
            assert_eq!((run.code, run.findings()), (1, vec!["fr/sync.md:3 sla-mismatch".to_owned()]), "{run:?}");
        }
        let run = tree.isogloss(&["check"]);
        assert!(run.stderr.contains("despite .gitignore"), "{run:?}");
    }
}

#[test]
fn an_isoglossignore_that_a_change_brings_is_mentioned() {
    let tree = handbook();
    tree.write("en/pause.md", ENGLISH);
    tree.write("fr/pause.md", FRENCH);
    tree.commit(".");
    tree.write("fr/sync.md", WRONG);
    tree.write(".isoglossignore", "fr/sync.md\n");
    tree.git(".", &["add", "--all"]);
    for arguments in [&STAGED[..], &SINCE] {
        let run = tree.isogloss(arguments);
        assert!(run.stderr.contains("skipped 1 changed document: the change also edits an .isoglossignore"), "{run:?}");
    }
    tree.commit(".");
    tree.write("fr/sync.md", WRONG.replace("25", "26"));
    tree.git(".", &["add", "--all"]);
    let run = tree.isogloss(&STAGED);
    assert!(!run.stderr.contains(".isoglossignore"), "a setting like any other: {run:?}");
}

#[test]
fn a_file_with_other_line_breaks_has_not_changed() {
    let tree = handbook();
    tree.write("fr/sync.md", WRONG);
    tree.commit(".");
    tree.write("fr/sync.md", WRONG.replace('\n', "\r\n"));
    assert!(tree.isogloss(&SINCE).findings().is_empty());
    tree.write("fr/sync.md", WRONG.replace('\n', "\r\n") + "\r\n");
    assert_eq!(tree.isogloss(&SINCE).findings(), ["fr/sync.md:3 sla-mismatch"]);
    // The same with longer object names.
    let tree = Tree::new(&[("en/sync.md", ENGLISH), ("fr/sync.md", WRONG)]);
    tree.git(".", &["init", "--quiet", "--object-format=sha256"]);
    tree.git(".", &["add", "--all"]);
    assert_eq!(tree.isogloss(&STAGED).findings(), ["fr/sync.md:3 sla-mismatch"]);
    tree.commit(".");
    assert!(tree.isogloss(&SINCE).findings().is_empty());
    tree.write("fr/sync.md", WRONG.replace("25", "26"));
    assert_eq!(tree.isogloss(&SINCE).findings(), ["fr/sync.md:3 sla-mismatch"]);
}

#[cfg(unix)]
#[test]
fn named_pipes_in_a_repository_do_not_block() {
    let mkfifo = |path: &camino::Utf8Path| {
        let _ = std::fs::remove_file(path);
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    for file in ["index", "HEAD", "config", "packed-refs", "shallow"] {
        let (tree, _) = stale();
        mkfifo(&tree.path().join(".git").join(file));
        for arguments in [&["check"][..], &SINCE, &STAGED] {
            assert_blind(&tree.isogloss(arguments), "is not a regular file");
        }
    }
}
