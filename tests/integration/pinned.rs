//! Tags and branches of third-party actions can be moved, so workflows and examples use commits.

use camino::Utf8Path;

use crate::address::repository;
use crate::support::crate_folder;

/// Every `uses:` in a text without a commit and its version. The project's own action is exempt, because its commit is not known
/// before the release.
fn unpinned(text: &str) -> Vec<String> {
    let uses = text.lines().filter_map(|line| line.trim_start().trim_start_matches("- ").strip_prefix("uses: "));
    let is_pinned = |used: &str| {
        let (action, version) = used.split_once(" # ").unwrap_or((used, ""));
        let commit = action.split_once('@').map_or("", |(_, commit)| commit.trim());
        let is_hash = commit.len() == 40 && commit.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hash && version.starts_with('v')
    };
    let is_ours = |used: &str| used.starts_with("./") || used.starts_with(&format!("{}@", repository()));
    uses.filter(|used| !is_ours(used) && !is_pinned(used)).map(str::to_owned).collect()
}

fn files(folder: &Utf8Path, found: &mut Vec<(String, String)>) {
    for entry in folder.read_dir_utf8().unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(path, found);
        } else if matches!(path.extension(), Some("yml" | "yaml" | "md")) {
            found.push((path.to_string(), std::fs::read_to_string(path).unwrap()));
        }
    }
}

#[test]
fn actions_are_named_by_their_commits() {
    let folder = crate_folder();
    let mut found = Vec::new();
    for below in [".github", "docs"] {
        files(&folder.join(below), &mut found);
    }
    for file in ["action.yml", "README.md", "CONTRIBUTING.md", "SECURITY.md"] {
        found.push((file.to_owned(), std::fs::read_to_string(folder.join(file)).unwrap()));
    }
    let names_actions = |(_, text): &&(String, String)| text.contains("uses: actions/checkout@");
    assert!(found.iter().filter(names_actions).count() >= 3, "the workflows and the examples are read");
    for (path, text) in found {
        assert_eq!(
            unpinned(&text),
            Vec::<String>::new(),
            "{path}: name the commit, followed by its version: `# v1.2.3`"
        );
    }
}

#[test]
fn tags_branches_and_hashes_without_a_version_are_not_pinned() {
    let hash = "0123456789abcdef0123456789abcdef01234567";
    for text in [
        "- uses: a/b@v4",
        "uses: a/b@main # v4",
        "uses: a/b@0123456 # v4",
        "  - uses: a/b",
        &format!("uses: a/b@{hash}"),
    ] {
        assert_eq!(unpinned(text).len(), 1, "{text}");
    }
    for text in [
        &format!("- uses: a/b@{hash} # v1.2.3"),
        "uses: ./.github/actions/a",
        &format!("uses: {}@v0.1.0", repository()),
    ] {
        assert_eq!(unpinned(text), Vec::<String>::new(), "{text}");
    }
}
