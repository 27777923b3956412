//! Where the history is, and what the environment and the repository's configuration may not change.

use super::*;

/// A repository with `content/en/a.md` in two versions, and the first commit.
fn site<'a>(sandbox: &'a Sandbox, name: &str) -> (Repository<'a>, String) {
    let site = sandbox.repository(name);
    let first = site.save("content/en/a.md", "Tidewater 1\n");
    site.save("content/en/a.md", "Tidewater 2\n");
    (site, first)
}

fn stale() -> PinState {
    changed("Tidewater 1\n")
}

#[test]
fn the_history_is_found_wherever_it_lives() {
    let sandbox = Sandbox::new();
    let (site, first) = site(&sandbox, "site");
    site.git(&["worktree", "add", "--quiet", "--detach", "../worktree"]);
    sandbox.git(&sandbox.path(""), FIRST_COMMIT, &["clone", "--quiet", "--bare", "site", "bare"]);
    sandbox.git(&sandbox.path(""), FIRST_COMMIT, &["clone", "--quiet", "--bare", "site", "export/en.git"]);
    fs::create_dir_all(sandbox.path("export/en")).unwrap();
    fs::write(sandbox.path("export/en/a.md"), "Tidewater 2\n").unwrap();
    fs::create_dir_all(sandbox.path("flat")).unwrap();

    let cases = [
        ("site", "content/en/a.md", None),
        ("site/content/en", "a.md", None),
        ("worktree/content", "en/a.md", None),
        ("site/content/en", "a.md", Some("site")),
        ("site/content/en", "a.md", Some("site/content")),
        ("site/content/en", "a.md", Some("worktree")),
        ("site/content/en", "a.md", Some("bare")),
        ("site/content/en", "a.md", Some("site/.git")),
        ("content/en", "a.md", Some("bare")),
        ("flat", "content/en/a.md", Some("bare")),
        ("site/../site/content/en", "a.md", None),
    ];
    for (root, path, given) in cases {
        let (root, given) = (sandbox.path(root), given.map(|given| sandbox.path(given)));
        let history = sandbox.open(&root, given.as_deref()).unwrap();
        let verdict = judge(history, &first, &root.join(path));
        assert_eq!(verdict.path.as_deref(), Some("content/en/a.md"), "{root} in {given:?}");
        assert_eq!(verdict.state, stale(), "{root} in {given:?}");
    }
    // A bare repository next to the folder is found by its name.
    let root = sandbox.path("export/en");
    let verdict = judge(sandbox.open(&root, None).unwrap(), &first, &root.join("a.md"));
    assert_eq!(verdict.path.as_deref(), Some("a.md"));
}

#[test]
fn a_detached_head_is_as_good_as_a_branch() {
    let sandbox = Sandbox::new();
    let (site, first) = site(&sandbox, "site");
    site.git(&["checkout", "--quiet", "--detach", &first]);
    assert_eq!(site.state(&first, "content/en/a.md"), PinState::Fresh);
}

#[test]
fn variables_of_a_hook_do_not_lead_elsewhere() {
    let sandbox = Sandbox::new();
    let (site, first) = site(&sandbox, "site");
    let other = sandbox.repository("other");
    other.save("b.md", "Larkspur\n");
    let hook = [
        ("GIT_DIR", other.folder.join(".git")),
        ("GIT_WORK_TREE", other.folder.clone()),
        ("GIT_INDEX_FILE", other.folder.join(".git/index")),
        ("GIT_OBJECT_DIRECTORY", other.folder.join(".git/objects")),
        ("GIT_PREFIX", "content/".into()),
        ("GIT_LITERAL_PATHSPECS", "1".into()),
    ];
    let mut variables = sandbox.variables();
    variables.extend(hook.map(|(name, value)| (name.into(), value.as_os_str().to_owned())));
    let history = History::open_in(&Environment::scrubbed(variables), &site.folder, None).unwrap();
    assert_eq!(judge(history, &first, &site.folder.join("content/en/a.md")).state, stale());
}

#[test]
fn missing_git_folder_and_repository_are_distinct_errors() {
    let sandbox = Sandbox::new();
    let empty = sandbox.path("empty");
    fs::create_dir_all(&empty).unwrap();
    let (site, _) = site(&sandbox, "site");
    let no_path = Environment::scrubbed([(OsString::from("PATH"), empty.as_os_str().to_owned())]);
    assert!(matches!(History::open_in(&no_path, &site.folder, None), Err(HistoryError::NoGit)));
    assert!(matches!(sandbox.open(&empty, None), Err(HistoryError::NotARepository(folder)) if folder == empty));
    let nowhere = sandbox.path("nowhere");
    assert!(matches!(sandbox.open(&nowhere, None), Err(HistoryError::NoSuchFolder(folder)) if folder == nowhere));
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_user_is_refused_with_the_command_that_helps() {
    let sandbox = Sandbox::new();
    let (site, first) = site(&sandbox, "site");
    for path in ["", ".git"] {
        if std::os::unix::fs::chown(site.folder.join(path), Some(12_345), Some(12_345)).is_err() {
            eprintln!("skipped: only root can give a folder away");
            return;
        }
    }
    let Err(HistoryError::Untrusted { command, .. }) = sandbox.open(&site.folder, None) else { panic!("trusted") };
    let real = site.folder.canonicalize_utf8().unwrap();
    assert_eq!(command, format!("git config --global --add safe.directory {real}"));

    let mut variables = sandbox.variables();
    variables.retain(|(name, _)| name != "GIT_CONFIG_GLOBAL");
    variables.push(("GIT_CONFIG_GLOBAL".into(), sandbox.path("configuration").as_os_str().to_owned()));
    let words: Vec<&str> = command.split(' ').skip(1).collect();
    assert!(Command::new("git").env_clear().envs(variables.clone()).args(words).status().unwrap().success());
    let history = History::open_in(&Environment::scrubbed(variables), &site.folder, None).unwrap();
    assert_eq!(judge(history, &first, &site.folder.join("content/en/a.md")).state, stale());
}

/// A git that prints only the first parts of its log, each ended by a NUL, and still exits successfully.
#[cfg(target_os = "linux")]
fn git_with_short_log(sandbox: &Sandbox, parts: usize) -> Environment {
    use std::os::unix::fs::PermissionsExt;

    let (folder, path) = (sandbox.path("bin"), std::env::var("PATH").unwrap());
    fs::create_dir_all(&folder).unwrap();
    let program = folder.join("git");
    let script = format!(
        "#!/bin/sh\nPATH='{path}'\nfor word in \"$@\"; do\n  [ \"$word\" != log ] || {{ git \"$@\" | head -z -n {parts}; exit 0; }}\ndone\nexec git \"$@\"\n"
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut variables = sandbox.variables();
    variables.retain(|(name, _)| name != "PATH");
    variables.push(("PATH".into(), folder.into_os_string()));
    Environment::scrubbed(variables)
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_ends_early_is_a_failure_and_not_a_short_history() {
    let sandbox = Sandbox::new();
    let site = sandbox.repository("site");
    let first = site.save("a.md", "Tidewater 1\n");
    site.git(&["checkout", "--quiet", "-b", "topic"]);
    site.save("a.md", "Tidewater 2\n");
    site.git(&["checkout", "--quiet", "main"]);
    let second = site.save("b.md", "Unrelated\n");
    site.git_at(FIRST_COMMIT + 90_000, &["merge", "--quiet", "--no-ff", "--message=Merge", "topic"]);
    site.save("a.md", "Tidewater 3\n");
    let path = site.folder.join("a.md");
    // Since `first`, git prints four commits and three changes; since `second`, three commits and two changes.
    for (pin, whole) in [(&first, 10), (&second, 7)] {
        let query = Query { pin, path: &path, id: None };
        // A cut before the change of the last commit, which has two parts, is not detectable.
        for parts in (0..=whole).filter(|parts| *parts != whole - 2) {
            let environment = git_with_short_log(&sandbox, parts);
            let history = History::open_in(&environment, &site.folder, None).unwrap();
            let judged = history.judge(&[query], |_| None).unwrap();
            let failures: Vec<&str> = judged.failures().collect();
            let is_whole = parts == whole;
            assert_eq!(failures.is_empty(), is_whole, "{parts} of {whole}: {failures:?}");
            assert!(failures.iter().all(|failure| failure.ends_with("git log ended early")), "{failures:?}");
            assert_eq!(judged.revisions(judged.verdict(0).unwrap()).is_some(), is_whole);
        }
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_the_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;

    let sandbox = Sandbox::new();
    let site = sandbox.repository("site");
    site.write(".gitattributes", "*.md diff=trap filter=trap\n");
    let long = "Tidewater syncs the folders that you name.\n".repeat(9);
    let first = site.save("content/en/old.md", &long);
    site.git(&["mv", "content/en/old.md", "content/en/a.md"]);
    site.save("content/en/a.md", &format!("{long}Always.\n"));

    let (trap, mark) = (sandbox.path("trap"), sandbox.path("mark"));
    fs::write(&trap, format!("#!/bin/sh\necho \"$0 $@\" >> {mark}\n")).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["core.fsmonitor", "core.pager", "core.sshCommand", "gpg.program", "diff.external"] {
        site.git(&["config", name, trap.as_str()]);
    }
    for name in ["diff.trap.textconv", "diff.trap.command", "filter.trap.smudge", "filter.trap.clean", "pager.log"] {
        site.git(&["config", name, trap.as_str()]);
    }
    for name in ["alias.log", "alias.cat-file", "alias.rev-parse"] {
        site.git(&["config", name, &format!("!{trap}")]);
    }
    for (name, value) in
        [("log.showSignature", "true"), ("log.follow", "true"), ("color.ui", "always"), ("diff.renames", "false")]
    {
        site.git(&["config", name, value]);
    }
    for hook in ["post-index-change", "reference-transaction", "post-checkout"] {
        fs::copy(&trap, site.folder.join(".git/hooks").join(hook)).unwrap();
    }
    let _ = fs::remove_file(&mark);

    let verdict = site.judge(&first, "content/en/a.md");
    let moved = matches!(&verdict.state, PinState::Changed { moved_from: Some(old), .. } if old == "content/en/old.md");
    assert!(moved, "{verdict:?}");
    assert_eq!(site.commits(&first, "content/en/a.md"), Some(1));
    assert!(!mark.exists(), "run: {}", fs::read_to_string(&mark).unwrap());
}
