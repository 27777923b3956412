//! Pull requests and broken checkouts must not make isogloss read other files, or pass without checking.

use crate::support::{Run, Tree, isogloss};

const ENGLISH: &str = "# Sync\n\nTidewater answers within 24 hours.\n";
const FRENCH: &str = "# Synchro\n\nTidewater répond sous 24 heures.\n";
const WRONG: &str = "# Synchro\n\nTidewater répond sous 25 heures.\n";

/// A committed page in two languages, below `site`.
fn site() -> Tree {
    let tree = Tree::new(&[("site/en/sync.md", ENGLISH), ("site/fr/sync.md", FRENCH)]);
    tree.git("site", &["init", "--quiet"]);
    tree.commit("site");
    tree
}

/// Runs the program in `site`.
fn run(tree: &Tree, arguments: &[&str]) -> Run {
    Run::of(&mut isogloss(tree.path().join("site").as_std_path(), arguments))
}

#[test]
fn configured_roots_do_not_leave_the_repository() {
    let tree = site();
    tree.write("private/fr/sync.md", WRONG.replace("Tidewater", "Confidential"));
    let absolute = tree.path().join("private/fr");
    for root in ["../private/fr", absolute.as_str(), "/", ".."] {
        for roots in [format!("roots: {{en: en, fr: '{root}'}}\n"), format!("roots: [en, '{root}']\n")] {
            tree.write("site/isogloss.yaml", &roots);
            for arguments in [&["check", "--no-history"][..], &["check", "--changed-since", "HEAD"], &["status"]] {
                let run = run(&tree, arguments);
                assert_eq!(run.code, 2, "{roots}{run:?}");
                assert!(run.stderr.contains("is outside this repository"), "{roots}{run:?}");
                assert!(!format!("{run:?}").contains("Confidential"), "{roots}{run:?}");
            }
        }
    }
    // Paths on the command line are read.
    let run = run(&tree, &["check", "--no-history", "--format", "json", "en=en", "fr=../private/fr"]);
    assert_eq!(run.findings(), ["../private/fr/sync.md:3 sla-mismatch"]);
}

#[test]
fn a_sibling_checkout_of_the_repository_may_be_configured() {
    let tree = site();
    tree.write("site.fr/sync.md", WRONG);
    tree.git("site.fr", &["init", "--quiet"]);
    tree.write("site/isogloss.yaml", "roots: {en: en, fr: ../site.fr}\n");
    let run = run(&tree, &["check", "--no-history", "--format", "json"]);
    assert_eq!(run.findings(), ["../site.fr/sync.md:3 sla-mismatch"], "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_link_that_replaces_a_document_hides_no_error() {
    use std::os::unix::fs::symlink;
    for folder in [false, true] {
        let tree = site();
        tree.write("site/fr/more.md", WRONG);
        tree.write("site/en/more.md", ENGLISH);
        tree.commit("site");
        let path = tree.path().join("site");
        std::fs::create_dir(path.join("kept")).unwrap();
        let (moved, target) = if folder { ("fr", "kept/fr") } else { ("fr/more.md", "kept/more.txt") };
        std::fs::rename(path.join(moved), path.join(target)).unwrap();
        symlink(path.join(target), path.join(moved)).unwrap();
        tree.commit("site");
        let run = run(&tree, &["check", "--changed-since", "HEAD~1", "--quiet"]);
        assert_eq!(run.code, 3, "{run:?}");
        assert!(run.stderr.contains("symbolic links, which are not followed"), "{run:?}");
    }
}

#[test]
fn ignored_documents_are_not_taken_for_untracked_where_git_cannot_say() {
    let tree = site();
    tree.write("site/fr/more.md", WRONG);
    tree.write("site/en/more.md", ENGLISH);
    tree.write("site/.gitignore", "fr/more.md\n");
    tree.git("site", &["add", "--force", "--all"]);
    tree.commit("site");
    assert_eq!(run(&tree, &["check", "--no-history"]).code, 1);
    let without_git = |program: &mut std::process::Command| Run::of(program.env("PATH", ""));
    let check = ["check", "--no-history", "--quiet"];
    let run_without = without_git(&mut isogloss(tree.path().join("site").as_std_path(), &check));
    assert_eq!(run_without.code, 3, "{run_without:?}");
    std::fs::remove_file(tree.path().join("site/.git/HEAD")).unwrap();
    assert_eq!(run(&tree, &check).code, 3);
}

#[test]
fn a_nested_checkout_tracks_its_ignored_documents_itself() {
    let tree = site();
    tree.write("site/nested/en/a.md", ENGLISH);
    tree.write("site/nested/fr/a.md", WRONG);
    tree.write("site/nested/.gitignore", "fr/\n");
    tree.git("site/nested", &["init", "--quiet"]);
    tree.git("site/nested", &["add", "--force", "--all"]);
    tree.commit("site/nested");
    let run = run(&tree, &["check", "--no-history", "--format", "json"]);
    assert_eq!(run.findings(), ["nested/fr/a.md:3 sla-mismatch"], "{run:?}");
}

#[test]
fn a_work_tree_that_is_configured_elsewhere_does_not_count() {
    let tree = site();
    tree.write("site/fr/sync.md", WRONG);
    tree.git("site", &["add", "--all"]);
    tree.git("site", &["config", "core.worktree", "/"]);
    let run = run(&tree, &["check", "--staged", "--format", "json"]);
    assert_eq!(run.findings(), ["fr/sync.md:3 sla-mismatch"], "{run:?}");
}
