//! Maps documents on disk to their paths in the repository.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::verdict::Unavailable;

/// The folder with the source documents, on disk and in the repository.
#[derive(Debug)]
pub(crate) struct SourceRoot {
    /// As the user wrote it.
    written: Utf8PathBuf,
    /// The canonical path, if it exists on disk.
    real: Option<Utf8PathBuf>,
    /// The path from the repository's top to the root: empty, or with a slash at the end. `None` if it must be derived
    /// from the repository's contents, because it is bare or not the one that the root is checked out from.
    prefix: Option<String>,
}

/// The most trailing folders of a root's path that may be its path in a repository that it is not checked out from.
const LONGEST_GUESS: usize = 5;

impl SourceRoot {
    /// A root whose path in the repository git has reported.
    pub(crate) fn in_checkout(written: &Utf8Path, prefix: String) -> Self {
        Self { written: written.to_owned(), real: real(written), prefix: Some(prefix) }
    }

    /// A root with a given repository: inside its checkout, or found by its contents.
    pub(crate) fn in_given_repository(written: &Utf8Path, top: Option<&Utf8Path>) -> Self {
        let real = real(written);
        let prefix = real.as_ref().zip(top).and_then(|(root, top)| Some(as_prefix(root.strip_prefix(top).ok()?)));
        Self { written: written.to_owned(), real, prefix }
    }

    /// Possible paths of the root in the repository, most likely first.
    pub(crate) fn prefixes(&self) -> Vec<String> {
        if let Some(prefix) = &self.prefix {
            return vec![prefix.clone()];
        }
        let root = self.real.as_deref().unwrap_or(&self.written);
        let folders: Vec<&str> = root.components().filter_map(normal).collect();
        (0..=folders.len().min(LONGEST_GUESS))
            .map(|kept| as_prefix(&folders[folders.len() - kept..].iter().collect::<Utf8PathBuf>()))
            .collect()
    }

    /// The folder in the repository with all documents, with a slash at the end, as far as it is known; empty for the
    /// top.
    pub(crate) fn folder(&self) -> String {
        self.prefix.clone().unwrap_or_default()
    }

    /// The path of a document below the root, as git writes it.
    pub(crate) fn below(&self, path: &Utf8Path) -> Result<String, Unavailable> {
        let by_links = || {
            let (path, root) = real(path).zip(self.real.as_ref())?;
            Some(in_git(path.strip_prefix(root).ok()?))
        };
        let below = strip(path, &self.written).or_else(by_links);
        let below = below.ok_or_else(|| Unavailable::OutsideRepository(self.written.clone()))?;
        if below.contains(['\n', '\r', '\0']) { Err(Unavailable::LineBreakInPath) } else { Ok(below) }
    }
}

/// The canonical form of a path, if it exists.
pub(crate) fn real(path: &Utf8Path) -> Option<Utf8PathBuf> {
    // The empty path means the current folder, but not to the system.
    let path = if path.as_str().is_empty() { Utf8Path::new(".") } else { path };
    path.canonicalize_utf8().ok()
}

/// `path` relative to `root`, by spelling alone; `None` if that is not enough.
fn strip(path: &Utf8Path, root: &Utf8Path) -> Option<String> {
    let spoken = |component: &Utf8Component| *component != Utf8Component::CurDir;
    let mut path = path.components().filter(spoken);
    for component in root.components().filter(spoken) {
        if path.next() != Some(component) {
            return None;
        }
    }
    let below: Option<Vec<&str>> = path.map(normal).collect();
    Some(below?.join("/")).filter(|below| !below.is_empty())
}

fn normal(component: Utf8Component<'_>) -> Option<&str> {
    if let Utf8Component::Normal(name) = component { Some(name) } else { None }
}

/// A path as git writes it, with slashes on every system.
fn in_git(path: &Utf8Path) -> String {
    path.components().filter_map(normal).collect::<Vec<_>>().join("/")
}

/// A folder as a prefix of the paths in it, as git writes them: empty, or with a slash at the end.
pub(crate) fn as_prefix(folder: &Utf8Path) -> String {
    let folder = in_git(folder);
    if folder.is_empty() { folder } else { folder + "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_below_their_root_in_any_spelling() {
        let cases = [
            ("docs.en", "docs.en/help/a b.md", Some("help/a b.md")),
            ("docs.en/", "docs.en/./help/é.md", Some("help/é.md")),
            (".", "help/a.md", Some("help/a.md")),
            (".", "./help/a.md", Some("help/a.md")),
            ("", "a.md", Some("a.md")),
            ("/docs/en", "/docs/en/a.md", Some("a.md")),
            ("/docs/en", "/docs/english/a.md", None),
            ("docs", "docs/../secret.md", None),
            ("docs", "docs", None),
        ];
        for (root, path, below) in cases {
            assert_eq!(strip(Utf8Path::new(path), Utf8Path::new(root)).as_deref(), below, "{path} below {root}");
        }
    }

    #[test]
    fn a_root_that_is_not_checked_out_may_be_below_any_of_its_last_folders() {
        let root = SourceRoot { written: Utf8PathBuf::from("/a/content/en"), real: None, prefix: None };
        assert_eq!(root.prefixes(), ["", "en/", "content/en/", "a/content/en/"]);
    }

    #[test]
    fn a_line_break_in_a_path_never_reaches_git() {
        let root = SourceRoot::in_checkout(Utf8Path::new("docs"), String::new());
        for path in ["docs/a\nb.md", "docs/a.md\r", "docs/a\0.md"] {
            assert_eq!(root.below(Utf8Path::new(path)), Err(Unavailable::LineBreakInPath));
        }
    }
}
