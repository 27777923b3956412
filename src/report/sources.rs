//! The files of findings: their text, and their paths in the repository.

use std::borrow::Cow;
use std::fs;
use std::sync::Arc;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::corpus::paths::normalized;

type Read<'a> = dyn Fn(&Utf8Path) -> Option<Arc<str>> + 'a;

/// The files of findings.
pub struct Sources<'a> {
    read: &'a Read<'a>,
    /// The current folder, and the root of the repository at or above it: both absolute, or both empty.
    current: Utf8PathBuf,
    root: Utf8PathBuf,
}

impl Sources<'static> {
    /// The files on disk, by their paths from the current folder.
    pub fn on_disk() -> Self {
        Self::in_place(&|path| fs::read_to_string(path).ok().map(Arc::from))
    }
}

impl<'a> Sources<'a> {
    /// Files that `read` returns the text of, by their paths from the current folder.
    pub fn in_place(read: &'a Read<'a>) -> Self {
        let current = std::env::current_dir().ok().and_then(|folder| Utf8PathBuf::from_path_buf(folder).ok());
        // If the current folder was removed or has no UTF-8 name, it is used as the root.
        let current = current.unwrap_or_default();
        // A folder in a checkout, a file in a worktree or submodule.
        let root = current.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&current).to_owned();
        Self { read, current, root }
    }

    /// Files that `read` returns the text of by their paths as in the findings: the text that byte offsets refer to, or
    /// `None` if it is not available. The current folder is used as the repository's root.
    pub fn new(read: &'a Read<'a>) -> Self {
        Self { read, current: Utf8PathBuf::new(), root: Utf8PathBuf::new() }
    }

    /// The text of a file by its path as in the finding.
    pub fn text(&self, path: &Utf8Path) -> Option<Arc<str>> {
        (self.read)(path)
    }

    /// The path of a file for services that know the repository and not the current folder: relative to the
    /// repository's root, with `/` as separator, and without `.` or, inside the repository, `..`. An absolute path
    /// outside stays absolute.
    pub fn in_repository<'p>(&self, path: &'p Utf8Path) -> Cow<'p, str> {
        let plain = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
        if plain && self.current == self.root && !cfg!(windows) {
            return Cow::Borrowed(path.as_str());
        }
        let whole = normalized(&self.current.join(path));
        let shown = match whole.strip_prefix(&self.root) {
            Ok(below) => below,
            // Outside the repository: as written, as far as possible.
            Err(_) if path.is_absolute() => &whole,
            Err(_) => path,
        };
        Cow::Owned(if cfg!(windows) { shown.as_str().replace('\\', "/") } else { shown.to_string() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_root_of_the_repository() {
        let sources =
            |current: &str, root: &str| Sources { read: &|_| None, current: current.into(), root: root.into() };
        for (current, root, path, expected) in [
            ("", "", "docs/a.md", "docs/a.md"),
            ("", "", "./docs//b/../a.md", "docs/a.md"),
            ("", "", "../fr/a.md", "../fr/a.md"),
            ("/home/site", "/home/site", "docs/a.md", "docs/a.md"),
            ("/home/site/docs", "/home/site", "fr/a.md", "docs/fr/a.md"),
            ("/home/site/docs/en", "/home/site", "../fr/a.md", "docs/fr/a.md"),
            ("/home/site/docs", "/home/site", "/home/site/docs/a.md", "docs/a.md"),
            ("/home/site/docs", "/home/site", "/elsewhere/./a.md", "/elsewhere/a.md"),
            ("/home/site/docs", "/home/site", "../../other/a.md", "../../other/a.md"),
        ] {
            assert_eq!(sources(current, root).in_repository(path.into()), expected, "{path} in {current}");
        }
    }
}
