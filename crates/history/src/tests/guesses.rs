//! Translations that record no source commit.

use camino::Utf8PathBuf;

use super::{FIRST_COMMIT, Repository, Sandbox};
use crate::{Guesses, Unpinned};

/// The guesses for some translations in `fr`, in the source's repository or another.
fn guesses(source: &Repository<'_>, root: &Utf8PathBuf, names: &[&str]) -> Guesses {
    let paths: Vec<Utf8PathBuf> = names.iter().map(|name| root.join(name)).collect();
    let unpinned: Vec<Unpinned<'_>> = paths.iter().map(|path| Unpinned { root, path }).collect();
    source.sandbox.open(&source.folder, None).unwrap().guess(&unpinned, &[])
}

/// The commit that is guessed for one translation, and whether the history starts with it.
fn guess(source: &Repository<'_>, root: &Utf8PathBuf) -> Option<(String, bool)> {
    let found = guesses(source, root, &["a.md"]).found.remove(0)?;
    Some((found.commit, found.begins))
}

#[test]
fn the_source_is_taken_as_it_was_when_the_translation_was_last_changed() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    let fr = docs.folder.join("fr");
    docs.save("en/a.md", "Sync is on.\n");
    assert_eq!(guess(&docs, &fr), None, "it is not there yet");
    docs.write("fr/a.md", "La synchro est active.\n");
    assert_eq!(guess(&docs, &fr), None, "it is not committed yet");
    let translated = docs.commit();
    docs.save("en/a.md", "Sync is off.\n");
    assert_eq!(guess(&docs, &fr), Some((translated, false)));
    docs.write("en/a.md", "Sync is off .\n");
    docs.write("fr/a.md", "La synchro est active .\n");
    let both = docs.commit();
    docs.save("en/b.md", "More.\n");
    assert_eq!(guess(&docs, &fr), Some((both, false)), "a commit that touches both leaves them in step");
}

#[test]
fn a_change_counts_from_when_it_reached_the_main_line() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.save("en/a.md", "Sync is on.\n");
    docs.git(&["checkout", "--quiet", "-b", "french"]);
    docs.save("fr/a.md", "La synchro est active.\n");
    docs.git(&["checkout", "--quiet", "main"]);
    docs.save("en/a.md", "Sync is off.\n");
    docs.git_at(FIRST_COMMIT + 9000, &["merge", "--quiet", "--no-ff", "french"]);
    let merge = docs.head();
    docs.save("en/a.md", "Sync is gone.\n");
    assert_eq!(guess(&docs, &docs.folder.join("fr")), Some((merge, false)));
}

#[test]
fn a_move_is_not_a_change_of_the_text() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.save("en/a.md", "Sync is on.\n");
    let translated = docs.save("french/b.md", "La synchro est active.\n");
    docs.save("en/a.md", "Sync is off.\n");
    docs.write("fr/c.md", "Autre chose.\n");
    docs.git(&["mv", "french/b.md", "fr/a.md"]);
    let moved = docs.commit();
    let found = guesses(&docs, &docs.folder, &["fr/a.md", "fr/c.md"]).found;
    let commits: Vec<_> = found.iter().map(|guess| guess.as_ref().map(|guess| guess.commit.as_str())).collect();
    assert_eq!(commits, [Some(translated.as_str()), Some(moved.as_str())]);
}

#[test]
fn separate_histories_are_compared_by_date() {
    let sandbox = Sandbox::new();
    let (source, french) = (sandbox.repository("en"), sandbox.repository("fr"));
    french.save("readme.md", "Notes\n");
    source.save("a.md", "Sync is on.\n");
    let known = source.save("a.md", "Sync is off.\n");
    french.write("a.md", "La synchro est active.\n");
    french.git(&["add", "--all"]);
    french.git_at(FIRST_COMMIT + 3600 + 60, &["commit", "--quiet", "--message=Translate"]);
    source.save("a.md", "Sync is gone.\n");
    assert_eq!(guess(&source, &french.folder), Some((known, false)));
}

#[test]
fn a_history_that_starts_with_the_translation_is_marked() {
    let sandbox = Sandbox::new();
    let docs = sandbox.repository("docs");
    docs.write("en/a.md", "Sync is on.\n");
    let import = docs.save("fr/a.md", "La synchro est active.\n");
    let last = docs.save("en/a.md", "Sync is off.\n");
    assert_eq!(guess(&docs, &docs.folder.join("fr")), Some((import, true)));
    let shallow = sandbox.clone(&docs, "shallow", &["--depth=1"]);
    let cut = guesses(&shallow, &shallow.folder.join("fr"), &["a.md"]);
    assert_eq!(cut.found[0].as_ref().map(|guess| (guess.commit.as_str(), guess.begins)), Some((last.as_str(), true)));
    assert!(cut.cut_off);
    assert_eq!(guess(&docs, &sandbox.path("nowhere")), None);
}
