//! The files that findings are about: their text, and what they are called in the repository.

use std::borrow::Cow;
use std::fs;
use std::sync::Arc;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use crate::corpus::targets::without_dots;

type Read<'a> = dyn Fn(&Utf8Path) -> Option<Arc<str>> + 'a;

/// The files that findings are about.
pub struct Sources<'a> {
    read: &'a Read<'a>,
    /// Where the program runs, and the repository's root at or above it: both absolute, or both empty.
    current: Utf8PathBuf,
    root: Utf8PathBuf,
}

impl Sources<'static> {
    /// The files on disk, as they are called from the current folder.
    pub fn on_disk() -> Self {
        Self::in_place(&|path| fs::read_to_string(path).ok().map(Arc::from))
    }
}

impl<'a> Sources<'a> {
    /// Files that `read` gives the text of, as they are called from the current folder.
    pub fn in_place(read: &'a Read<'a>) -> Self {
        let current = std::env::current_dir().ok().and_then(|folder| Utf8PathBuf::from_path_buf(folder).ok());
        // A current folder that is gone or has no UTF-8 name is taken for the root.
        let current = current.unwrap_or_default();
        // A folder in a checkout, a file in a worktree or submodule.
        let root = current.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&current).to_owned();
        Self { read, current, root }
    }

    /// Files that `read` gives the text of by their paths as in the findings: the text that the findings' byte offsets are
    /// in, or `None` if it is not at hand. The current folder is taken for the repository's root.
    pub fn new(read: &'a Read<'a>) -> Self {
        Self { read, current: Utf8PathBuf::new(), root: Utf8PathBuf::new() }
    }

    /// The text of a file by its path as in the finding.
    pub fn text(&self, path: &Utf8Path) -> Option<Arc<str>> {
        (self.read)(path)
    }

    /// What services that know the repository, and not the folder that the program ran in, call a file: its path from the
    /// repository's root, with `/` between its parts, and neither `.` nor, inside the repository, `..` in it. An absolute
    /// path outside stays one.
    pub fn in_repository<'p>(&self, path: &'p Utf8Path) -> Cow<'p, str> {
        let plain = path.components().all(|part| matches!(part, Utf8Component::Normal(_)));
        if plain && self.current == self.root && !cfg!(windows) {
            return Cow::Borrowed(path.as_str());
        }
        let whole = without_dots(&self.current.join(path));
        let shown = match whole.strip_prefix(&self.root) {
            Ok(below) => below,
            // Beside the repository: told as it was written, as far as it can be.
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
    fn paths_are_told_from_the_root_of_the_repository() {
        let sources =
            |current: &str, root: &str| Sources { read: &|_| None, current: current.into(), root: root.into() };
        for (current, root, path, told) in [
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
            assert_eq!(sources(current, root).in_repository(path.into()), told, "{path} in {current}");
        }
    }
}
