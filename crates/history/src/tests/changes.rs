//! The states of a document: every way in which a commit and `HEAD` can differ.

use super::*;

/// Long enough for git to recognise a moved file after a small change.
fn long_page(last: &str) -> String {
    let lines: Vec<_> = (1..20).map(|number| format!("Tidewater syncs folder {number} first.\n")).collect();
    format!("{}{last}\n", lines.concat())
}

#[test]
fn fresh_changed_gone_and_not_yet_there() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.write("help/quotas.md", "Ten folders.\n");
    let first = docs.save("help/sync.md", "Sync is off.\n");
    let second = docs.save("help/sync.md", "Sync is on.\n");
    docs.save("help/new.md", "Just added.\n");
    docs.git(&["rm", "--quiet", "help/quotas.md"]);
    docs.commit();
    docs.write("help/draft.md", "Not committed.\n");

    let cases = [
        (first.as_str(), "help/sync.md", changed("Sync is off.\n")),
        (&first[..7], "help/sync.md", changed("Sync is off.\n")),
        (&first.to_uppercase(), "help/sync.md", changed("Sync is off.\n")),
        (&second, "help/sync.md", PinState::Fresh),
        (&first, "help/quotas.md", PinState::GoneAtHead),
        (&first, "help/new.md", PinState::AbsentAtPin),
        (&first, "help/draft.md", PinState::GoneAtHead),
        (&first, "help", PinState::GoneAtHead),
        (&first, "help/sync.md/deeper.md", PinState::GoneAtHead),
        (&"0".repeat(40), "help/sync.md", PinState::UnknownCommit),
        // The ids of a tree and a blob are not commits.
        (&docs.git(&["rev-parse", "HEAD^{tree}"]), "help/sync.md", PinState::UnknownCommit),
        (&docs.git(&["rev-parse", "HEAD:help/sync.md"])[..9], "help/sync.md", PinState::UnknownCommit),
    ];
    let paths: Vec<_> = cases.iter().map(|(_, path, _)| docs.folder.join(path)).collect();
    let queries: Vec<_> = cases.iter().zip(&paths).map(|((pin, ..), path)| Query { pin, path, id: None }).collect();
    let judged = docs.open().judge(&queries, |_| None).unwrap();
    for (index, (pin, path, state)) in cases.iter().enumerate() {
        let verdict = judged.verdict(index).unwrap();
        assert_eq!(verdict.state, *state, "{pin} {path}");
        assert_eq!(verdict.path.as_deref(), Some(*path));
        assert_eq!(verdict.commit.is_none(), *state == PinState::UnknownCommit);
    }
    let verdict = docs.judge(&first, "help/sync.md");
    let commit = verdict.commit.unwrap();
    assert_eq!((commit.id.as_str(), commit.date().as_str()), (first.as_str(), "2023-11-14"));
}

#[test]
fn hostile_pins_never_reach_git() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.save("a.md", "Tidewater\n");
    let long = "a".repeat(1 << 20);
    for pin in
        ["", "--help", "HEAD", "../..", "-x", "abcdef0\ninfo HEAD", "abcdef0 ", ":/Revise", "main~1", "ａbcdef0", &long]
    {
        assert_eq!(docs.state(pin, "a.md"), PinState::MalformedPin, "{pin:?}");
    }
}

#[test]
fn a_shortened_id_that_two_commits_share_is_ambiguous() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.save("a.md", "Tidewater\n");
    // With these messages, the ids of two empty commits at that second start alike.
    let nothing = docs.git(&["hash-object", "-t", "tree", "-w", "/dev/null"]);
    let ids = ["4060", "8460"].map(|message| docs.git(&["commit-tree", "-m", message, &nothing]));
    assert_eq!(ids[0][..7], ids[1][..7]);
    assert_eq!(docs.state(&ids[0][..7], "a.md"), PinState::AmbiguousCommit);
    assert_eq!(docs.state(&ids[0], "a.md"), PinState::AbsentAtPin);
    assert_eq!(docs.state(&ids[0][..10], "a.md"), PinState::AbsentAtPin);
}

#[test]
fn a_branch_named_like_an_id_does_not_hide_it() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let first = docs.save("a.md", "Tidewater 1\n");
    docs.save("a.md", "Tidewater 2\n");
    docs.git(&["branch", &first[..8]]);
    docs.git(&["branch", "fadedbee"]);
    assert_eq!(docs.state(&first, "a.md"), changed("Tidewater 1\n"));
    assert_eq!(docs.state("fadedbee", "a.md"), PinState::AmbiguousCommit);
    docs.git(&["tag", "--annotate", "--message=One", "v1", &first]);
    let tag = docs.git(&["rev-parse", "v1"]);
    assert_eq!(docs.judge(&tag, "a.md").commit.unwrap().id, first);
}

#[test]
fn rebased_and_collected_commits() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let base = docs.save("a.md", "Tidewater 1\n");
    docs.git(&["checkout", "--quiet", "-b", "topic"]);
    let pin = docs.save("a.md", "Tidewater 2\n");
    docs.git(&["checkout", "--quiet", "main"]);
    docs.save("b.md", "Unrelated\n");
    docs.git_at(FIRST_COMMIT + 90_000, &["rebase", "--quiet", "main", "topic"]);
    assert_ne!(docs.head(), pin);
    assert_eq!(docs.state(&pin, "a.md"), PinState::Fresh);
    assert_eq!([docs.commits(&base, "a.md"), docs.commits(&pin, "a.md")], [Some(1), None]);

    docs.git(&["reflog", "expire", "--expire=all", "--all"]);
    docs.git(&["gc", "--quiet", "--prune=now"]);
    assert_eq!(docs.state(&pin, "a.md"), PinState::UnknownCommit);
    assert_eq!(docs.state(&base, "a.md"), changed("Tidewater 1\n"));
}

#[test]
fn a_merged_branch_counts_by_descent() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let base = docs.save("a.md", "Tidewater 1\n");
    docs.git(&["checkout", "--quiet", "-b", "topic"]);
    let side = docs.save("a.md", "Tidewater 2\n");
    docs.git(&["checkout", "--quiet", "main"]);
    let main = docs.save("b.md", "Unrelated\n");
    docs.git_at(FIRST_COMMIT + 90_000, &["merge", "--quiet", "--no-ff", "--message=Merge", "topic"]);
    docs.save("a.md", "Tidewater 3\n");
    let verdicts = [&base, &side, &main].map(|pin| docs.judge(pin, "a.md"));
    let expected = ["Tidewater 1\n", "Tidewater 2\n", "Tidewater 1\n"];
    for (verdict, old) in verdicts.iter().zip(expected) {
        assert_eq!(verdict.state, changed(old));
    }
    let counts = [&base, &side, &main].map(|pin| docs.commits(pin, "a.md"));
    assert_eq!(counts, [Some(2), Some(1), Some(2)]);
}

#[test]
fn a_moved_document_is_followed_through_all_its_names() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.write("help/kept.md", &format!("Kept.\n{}", long_page("Alpha.")));
    let first = docs.save("help/old name.md", &long_page("Bravo."));
    docs.git(&["mv", "help/old name.md", "help/între.md"]);
    docs.commit();
    fs::create_dir_all(docs.folder.join("help/[new]")).unwrap();
    docs.git(&["mv", "help/între.md", "help/[new]/page.md"]);
    docs.git(&["mv", "help/kept.md", "help/same.md"]);
    docs.save("help/[new]/page.md", &long_page("Charlie."));

    let moved = PinState::Changed { old: long_page("Bravo.").into(), moved_from: Some("help/old name.md".to_owned()) };
    assert_eq!(docs.state(&first, "help/[new]/page.md"), moved);
    assert_eq!(docs.state(&first, "help/same.md"), PinState::Fresh);
}

#[test]
fn a_moved_document_is_recognised_by_its_id() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let page = |id: &str, text: &str| format!("---\nid: {id}\n---\n{text}\n");
    docs.write("help/decoy.md", &page("other", &long_page("Alpha.")));
    let first = docs.save("help/old.md", &page("sync", "Sync is off."));
    // Rewritten and moved, and deleted in another commit.
    docs.git(&["rm", "--quiet", "help/old.md", "help/decoy.md"]);
    docs.commit();
    docs.save("guide/new.md", &page("sync", &long_page("Bravo.")));
    let id_of = |text: &str| text.lines().find_map(|line| line.strip_prefix("id: ")).map(str::to_owned);
    let state = |id: Option<&str>| {
        let path = docs.folder.join("guide/new.md");
        let judged = docs.open().judge(&[Query { pin: &first, path: &path, id }], id_of).unwrap();
        let verdict = judged.verdict(0).unwrap();
        (verdict.state.clone(), judged.revisions(verdict).map(|revisions| revisions.len()))
    };
    let old = page("sync", "Sync is off.").into();
    let moved = PinState::Changed { old, moved_from: Some("help/old.md".to_owned()) };
    assert_eq!(state(Some("sync")), (moved, Some(2)));
    assert_eq!(state(Some("unknown")).0, PinState::AbsentAtPin);
    assert_eq!(state(None).0, PinState::AbsentAtPin);
}

#[test]
fn only_moved_documents_wait_for_the_log() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.write("help/moved.md", &long_page("Alpha."));
    let first = docs.save("help/sync.md", "Sync is off.\n");
    docs.save("help/sync.md", "Sync is on.\n");
    fs::create_dir_all(docs.folder.join("guide")).unwrap();
    docs.git(&["mv", "help/moved.md", "guide/moved.md"]);
    docs.commit();
    let paths = ["help/sync.md", "guide/moved.md", "guide/new.md"].map(|path| docs.folder.join(path));
    let queries = paths.each_ref().map(|path| Query { pin: &first, path, id: None });
    let judged = docs.open().judge(&queries, |_| None).unwrap();
    assert_eq!([0, 1, 2, 3].map(|query| judged.is_late(query)), [false, true, false, false]);
    let states = [0, 1, 2].map(|query| judged.verdict(query).unwrap().state.clone());
    assert_eq!(states, [changed("Sync is off.\n"), PinState::Fresh, PinState::GoneAtHead]);
    assert!(!judged.is_reading());
}

#[test]
fn older_versions_can_be_read_after_the_verdicts() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let first = docs.save("a.md", "Tidewater 1\n");
    let second = docs.save("a.md", "Tidewater 2\n");
    docs.save("a.md", "Tidewater 3\n");
    let path = docs.folder.join("a.md");
    let judged = docs.open().judge(&[Query { pin: &first, path: &path, id: None }], |_| None).unwrap();
    let revisions = judged.revisions(judged.verdict(0).unwrap()).unwrap();
    let texts: Vec<_> = revisions.iter().map(|revision| judged.text(revision.blob.as_deref().unwrap())).collect();
    assert_eq!(texts, [Some("Tidewater 3\n".to_owned()), Some("Tidewater 2\n".to_owned())]);
    assert_eq!(revisions[1].commit.id, second);
    assert_eq!(judged.text(&"0".repeat(40)), None);
    assert_eq!(judged.text(&second), None, "a commit is no text");
}

#[test]
fn a_document_that_was_deleted_and_brought_back_is_compared_by_its_text() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let first = docs.save("a.md", "Tidewater 1\n");
    docs.git(&["rm", "--quiet", "a.md"]);
    let without = docs.commit();
    docs.save("a.md", "Tidewater 1\n");
    assert_eq!(docs.state(&first, "a.md"), PinState::Fresh);
    assert_eq!(docs.state(&without, "a.md"), PinState::AbsentAtPin);
}

#[cfg(unix)]
#[test]
fn odd_paths_and_texts() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("my docs, 'en'");
    let paths =
        ["a b.md", "日本/é.md", "it's \"so\".md", "-x.md", "a:b.md", "x missing", "tab\there.md", "back\\slash.md"];
    for path in paths {
        docs.write(path, "one\n");
    }
    docs.write("two\nlines.md", "one\n");
    docs.write("latin.md", "");
    fs::write(docs.folder.join("latin.md"), b"caf\xe9\n").unwrap();
    let first = docs.commit();
    for path in paths {
        docs.write(path, "two\n");
    }
    docs.save("latin.md", "café\n");
    for path in paths {
        assert_eq!(docs.state(&first, path), changed("one\n"), "{path}");
    }
    assert_eq!(docs.state(&first, "two\nlines.md"), PinState::Unavailable(Unavailable::LineBreakInPath));
    assert_eq!(docs.state(&first, "latin.md"), changed("caf\u{fffd}\n"));
}

#[test]
fn more_requests_than_any_pipe_holds() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let first = docs.save("a.md", &"Tidewater ".repeat(20_000));
    docs.save("a.md", &"Larkspur ".repeat(20_000));
    let pins: Vec<_> = (0..20_000_u32).map(|number| format!("{number:040x}")).collect();
    let path = docs.folder.join("a.md");
    let known = Query { pin: &first, path: &path, id: None };
    let queries: Vec<_> = pins.iter().flat_map(|pin| [Query { pin, path: &path, id: None }, known]).collect();
    let judged = docs.open().judge(&queries, |_| None).unwrap();
    for index in (0..40_000).step_by(2) {
        assert_eq!(judged.verdict(index).unwrap().state, PinState::UnknownCommit);
        let known = &judged.verdict(index + 1).unwrap().state;
        assert!(matches!(known, PinState::Changed { old, .. } if old.starts_with("Tidewater")));
    }
    assert_eq!(judged.verdict(40_000), None);
}
