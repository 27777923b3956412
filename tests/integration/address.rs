//! The repository's address is defined in Cargo.toml. All copies agree with it, and `scripts/address.py` changes all of them.

use camino::Utf8PathBuf;

use crate::support::crate_folder;

/// `OWNER/NAME` of this repository.
pub(crate) fn repository() -> &'static str {
    env!("CARGO_PKG_REPOSITORY").strip_prefix("https://github.com/").unwrap()
}

/// Every `OWNER/NAME` in a text that refers to this repository.
fn mentions(text: &str) -> Vec<&str> {
    let name = repository().split_once('/').unwrap().1;
    let is_part = |character: char| character.is_alphanumeric() || "-_.".contains(character);
    let mention = |before: &'static str| {
        text.match_indices(before).filter_map(move |(at, _)| {
            let rest = &text[at + before.len()..];
            let (owner, rest) = rest.split_once('/')?;
            let end = rest.find(|character| !is_part(character)).unwrap_or(rest.len());
            let found = rest[..end].trim_end_matches('.');
            let is_ours = !owner.is_empty() && owner.chars().all(is_part) && found == name;
            is_ours.then_some(&text[at + before.len()..][..owner.len() + 1 + found.len()])
        })
    };
    ["github.com/", "uses: ", "--repo "].into_iter().flat_map(mention).collect()
}

#[test]
fn every_address_of_the_repository_is_that_of_the_manifest() {
    let folder = crate_folder();
    let docs = folder.join("docs").read_dir_utf8().unwrap().map(|entry| entry.unwrap().into_path());
    let mut files: Vec<Utf8PathBuf> = docs.filter(|path| path.extension() == Some("md")).collect();
    files.extend(["README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| folder.join(name)));
    let mut count = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for mention in mentions(&text) {
            assert_eq!(mention, repository(), "{file}: run scripts/address.py");
            count += 1;
        }
    }
    assert!(count >= 5, "the README, SECURITY.md and docs/ci-security.md have the address");
}

#[test]
fn addresses_of_other_projects_are_skipped() {
    assert_eq!(mentions("https://github.com/a/isogloss."), ["a/isogloss"]);
    assert_eq!(mentions("- uses: a/isogloss@v1 and --repo b/isogloss\n"), ["a/isogloss", "b/isogloss"]);
    assert_eq!(
        mentions("https://github.com/a/b, uses: a/isogloss-action@v1, https://crates.io/crates/isogloss"),
        [""; 0]
    );
}
