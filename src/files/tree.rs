//! The tree that a run may look at without being told: a repository, or a folder that is in none.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Refusal, is_git, read};

/// A folder that files may not lead out of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// Absolute, without links.
    top: PathBuf,
    /// What it is called.
    kind: &'static str,
}

impl Tree {
    /// The repository that holds `folder`, which is the nearest folder with `.git`, or the folder itself.
    ///
    /// # Errors
    /// If the folder does not exist.
    pub fn around(folder: &Path) -> io::Result<Self> {
        let folder = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?;
        let top = folder.ancestors().find(|above| fs::symlink_metadata(above.join(".git")).is_ok());
        let kind = if top.is_some() { "repository" } else { "folder" };
        Ok(Self { top: top.unwrap_or(&folder).to_owned(), kind })
    }

    /// Its uppermost folder, absolute and without links.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// Whether a path, absolute and without links, is in the tree.
    pub fn contains(&self, real: &Path) -> bool {
        real.starts_with(&self.top)
    }

    /// The bytes of the regular file at `path`, at most `limit`, if it really is in the tree: neither the file itself nor any
    /// folder above it leads out.
    ///
    /// # Errors
    /// What the system says, or a [`Refusal`].
    pub fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        read(&self.real(path)?, limit)
    }

    /// The path without links, its last part aside, which need not exist.
    ///
    /// # Errors
    /// If the folder that holds it does not exist, is not in the tree, or is in `.git`.
    pub fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let real = real_path(path)?;
        let Ok(below) = real.strip_prefix(&self.top) else { return Err(Refusal::Outside(self.kind).into()) };
        let in_git = below.components().any(|part| matches!(part, Component::Normal(name) if is_git(name)));
        if in_git { Err(Refusal::InGit.into()) } else { Ok(real) }
    }
}

/// `path` with its folder's links resolved; the last part is kept.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    let Some(name) = path.file_name() else { return Err(Refusal::NotRegular("a folder").into()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(fs::canonicalize(folder)?.join(name))
}
