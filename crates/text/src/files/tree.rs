//! The tree that a run may access without explicit permission: a repository, or a folder outside any repository.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::open::{read, read_named};
use super::refusal::Refusal;

/// Longer chains of links are taken for a cycle.
const MOST_LINKS: usize = 40;
/// Maximum size of a `.git` file, which contains a path, in bytes.
const LARGEST_GIT_FILE: u64 = 16 * 1024;
/// What to call a tree that is not a repository.
const FOLDER: &str = "folder";

/// A folder that paths must not lead out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// Absolute, without links.
    top: PathBuf,
    /// What to call it.
    kind: &'static str,
}

impl Tree {
    /// The repository around `folder`, which is the nearest folder with `.git`, or `folder` itself.
    ///
    /// # Errors
    /// If the folder does not exist.
    pub fn around(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let top = folder.ancestors().find(|above| fs::symlink_metadata(above.join(".git")).is_ok());
        let kind = if top.is_some() { "repository" } else { FOLDER };
        Ok(Self { top: top.unwrap_or(&folder).to_owned(), kind })
    }

    /// The tree of a file in `folder`, read by a run in the folder `current`: the repository around the file; without one,
    /// `current` if the file is below it, or else the file's own folder.
    ///
    /// # Errors
    /// If `folder` does not exist.
    pub fn around_file(folder: &Path, current: &Path) -> io::Result<Self> {
        let tree = Self::around(folder)?;
        match Self::around(current) {
            Ok(outer) if tree.kind == FOLDER && outer.contains(&tree.top) => Ok(outer),
            _ => Ok(tree),
        }
    }

    /// Its root folder, absolute and without links.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// Whether a path, absolute and without links, is in the tree.
    pub fn contains(&self, real: &Path) -> bool {
        real.starts_with(&self.top)
    }

    /// Whether documents may be read at the absolute `path`: if its real path is in the tree, or in a sibling checkout (or a
    /// sibling folder, outside any repository) that is reached without links; also if nothing exists there.
    pub fn reaches(&self, path: &Path) -> bool {
        let Ok(real) = fs::canonicalize(path) else { return true };
        let is_sibling = || {
            let folder = if real.is_dir() { &real } else { real.parent().unwrap_or(&real) };
            let is_same_kind_of_sibling = |other: Self| {
                other.kind == self.kind && other.top.parent().is_some() && other.top.parent() == self.top.parent()
            };
            let is_written_so = path.ancestors().skip(1).find_map(|above| {
                let rest = path.strip_prefix(above).ok()?;
                Some(normalized(&fs::canonicalize(above).ok().filter(|above| self.contains(above))?.join(rest)) == real)
            });
            is_written_so == Some(true) && Self::around(folder).is_ok_and(is_same_kind_of_sibling)
        };
        self.contains(&real) || is_sibling()
    }

    /// Reads the regular file at `path`, up to `limit` bytes, if its real path is in the tree.
    ///
    /// # Errors
    /// An error of the operating system, or a [`Refusal`].
    pub fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        read(&self.real(path)?, limit)
    }

    /// Reads the file that the command line names by the absolute `path`, up to `limit` bytes. A path inside the tree must
    /// really lead to a regular file there; any other file may be named.
    ///
    /// # Errors
    /// An error of the operating system, or a [`Refusal`].
    pub fn read_named(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        if self.is_written_inside(path) { read(&self.target(path)?, limit) } else { read_named(path, limit) }
    }

    /// Whether a path is in the tree as written, or the real path of its folder is.
    pub(super) fn is_written_inside(&self, path: &Path) -> bool {
        // No path leads out of the root of the file system, which has pipes and devices too.
        self.top.parent().is_some()
            && (self.contains(&normalized(path)) || real_path(path).is_ok_and(|real| self.contains(&real)))
    }

    /// The path that `path` leads to through all links, whether or not it exists: a path without links.
    ///
    /// # Errors
    /// If that is outside the tree or inside `.git`, or its folder does not exist.
    pub fn target(&self, path: &Path) -> io::Result<PathBuf> {
        let mut real = self.real(path)?;
        for _ in 0..MOST_LINKS {
            match fs::read_link(&real) {
                Ok(next) => real = self.real(&real.parent().unwrap_or(&self.top).join(next))?,
                Err(_) => return Ok(real),
            }
        }
        Err(Refusal::Link.into())
    }

    /// The folder that a `.git` file names, as in a submodule or with `git init --separate-git-dir`.
    fn git_folder(&self) -> Option<PathBuf> {
        let text = read(&self.top.join(".git"), LARGEST_GIT_FILE).ok()?;
        let path = std::str::from_utf8(&text).ok()?.strip_prefix("gitdir:")?.trim();
        fs::canonicalize(self.top.join(path)).ok()
    }

    /// The path without links, except for its last component, which need not exist.
    ///
    /// # Errors
    /// If its folder does not exist, is outside the tree, or is inside `.git`.
    pub fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let real = real_path(path)?;
        let Ok(below) = real.strip_prefix(&self.top) else { return Err(Refusal::Outside(self.kind).into()) };
        let in_git = below.components().any(|part| matches!(part, Component::Normal(name) if is_git(name)));
        if in_git || self.git_folder().is_some_and(|git| real.starts_with(git)) {
            Err(Refusal::InGit.into())
        } else {
            Ok(real)
        }
    }
}

/// The absolute `path` without `.` and `..`; links are not followed.
pub(super) fn normalized(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => _ = result.pop(),
            other => result.push(other),
        }
    }
    result
}

/// `path` with the links of its folder resolved; the last component is kept.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    let Some(name) = path.file_name() else { return Err(Refusal::NotRegular("a folder").into()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(folder)?.join(name))
}

/// Whether a path component is git's own folder, in any case: file systems may ignore case.
pub(super) fn is_git(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case(".git")
}
