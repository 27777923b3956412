//! Incomplete clones, and the commands that complete them.

use super::*;

/// A source with three versions of a page, in a folder and at the top.
fn source(sandbox: &Sandbox) -> (Repository<'_>, String) {
    let docs = sandbox.repository("source");
    docs.write("help/late.md", "Later.\n");
    docs.write("help/deep/a.md", "Tidewater 1\n");
    let first = docs.save("top.md", "The same.\n");
    docs.save("help/deep/a.md", "Tidewater 2\n");
    docs.save("help/deep/a.md", "Tidewater 3\n");
    (docs, first)
}

/// Runs the command of a message, which must be a plain `git -C FOLDER …`.
fn run(sandbox: &Sandbox, command: &str) {
    let words: Vec<&str> = command.split(' ').collect();
    assert_eq!(words[..2], ["git", "-C"]);
    sandbox.git(Utf8Path::new(words[2]), FIRST_COMMIT, &words[3..]);
}

#[test]
fn a_shallow_clone_says_how_to_deepen_it() {
    let sandbox = Sandbox::new();
    let (source, first) = source(&sandbox);
    let clone = sandbox.clone(&source, "shallow", &["--depth=1"]);
    let PinState::Unavailable(reason) = clone.state(&first, "help/deep/a.md") else { panic!("judged") };
    let command = format!("git -C {} fetch --unshallow", clone.folder);
    assert_eq!(reason, Unavailable::Shallow { command: command.clone() });
    assert!(reason.to_string().ends_with(&format!("run `{command}`")));
    assert_eq!(clone.state(&clone.head(), "help/deep/a.md"), PinState::Fresh);
    run(&sandbox, &command);
    assert_eq!(clone.state(&first, "help/deep/a.md"), changed("Tidewater 1\n"));
    assert_eq!(clone.state(&"0".repeat(40), "help/deep/a.md"), PinState::UnknownCommit);
}

#[test]
fn a_partial_clone_is_judged_as_far_as_it_goes_and_never_fetched_into() {
    let sandbox = Sandbox::new();
    let (source, first) = source(&sandbox);
    for (name, filter) in [("blobless", "--filter=blob:none"), ("treeless", "--filter=tree:0")] {
        let clone = sandbox.clone(&source, name, &[filter]);
        let objects = clone.git(&["count-objects", "--verbose"]);
        let PinState::Unavailable(reason) = clone.state(&first, "help/deep/a.md") else { panic!("judged: {name}") };
        let command = format!("git -C {} fetch --refetch --no-filter", clone.folder);
        assert_eq!(reason, Unavailable::PartialClone { command: command.clone() });
        // Trees are enough to see that nothing changed, or that a page did not exist.
        let is_blobless = name == "blobless";
        assert_eq!(clone.state(&first, "top.md") == PinState::Fresh, is_blobless);
        assert_eq!(clone.state(&first, "help/none.md"), PinState::GoneAtHead);
        assert_eq!(clone.git(&["count-objects", "--verbose"]), objects, "{name} was fetched into");
        run(&sandbox, &command);
        assert_eq!(clone.state(&first, "help/deep/a.md"), changed("Tidewater 1\n"));
    }
}

#[test]
fn a_moved_page_in_a_blobless_clone_is_followed_if_its_text_stayed() {
    let sandbox = Sandbox::new();
    let source = sandbox.repository("source");
    source.write("b.md", "Larkspur 1\n");
    let first = source.save("a.md", "Tidewater\n");
    source.git(&["mv", "a.md", "c.md"]);
    source.git(&["rm", "--quiet", "b.md"]);
    source.write("d.md", "Nothing like it\n");
    source.commit();
    let clone = sandbox.clone(&source, "blobless", &["--filter=blob:none"]);
    assert_eq!(clone.state(&first, "c.md"), PinState::Fresh);
    assert_eq!(clone.state(&first, "d.md"), PinState::AbsentAtPin);
}

#[test]
fn an_empty_repository_has_no_commits() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.write("a.md", "Tidewater\n");
    let expected = PinState::Unavailable(Unavailable::NoCommits(docs.folder.clone()));
    assert_eq!(docs.state(&"0".repeat(40), "a.md"), expected);
}

#[test]
fn a_repository_of_something_else_is_not_an_unknown_commit() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.save("code.rs", "fn main() {}\n");
    docs.write("unpacked/a.md", "Tidewater\n");
    let expected = PinState::Unavailable(Unavailable::OtherRepository(docs.folder.clone()));
    assert_eq!(docs.state(&"0".repeat(40), "unpacked/a.md"), expected);
    assert_eq!(docs.state(&"0".repeat(40), "code.rs"), PinState::UnknownCommit);
}
