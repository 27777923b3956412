//! The walk: finds Markdown files on disk, in parallel; the result is sorted and contains no file twice.
//!
//! Symbolic links are never followed: a target inside the root is read at its own path, and one outside belongs to another root.
//! A notice reports links that hide documents from the run.

mod error;
mod file;
mod folder;
mod ignored;
mod roots;

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::globs::Globs;

use crate::finding::Notice;
pub use error::WalkError;
pub use file::WalkedFile;
pub(crate) use file::path_order;
use folder::{Shared, Walker};
use roots::Resolved;
pub use roots::Root;

/// What a walk found.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    /// The folders that were walked: the user's without duplicates, and with files replaced by the folder that contains them.
    pub roots: Vec<Root>,
    /// Sorted by root, then by path.
    pub files: Vec<WalkedFile>,
    /// Sorted.
    pub notices: Vec<Notice>,
    /// Whether a `.gitignore` caused documents, or folders that may contain some, to be skipped.
    pub skipped_by_gitignore: bool,
    /// Nested checkouts below the roots, absolute and without links, sorted.
    pub checkouts: Vec<PathBuf>,
}

/// Finds the Markdown files of all roots.
///
/// `.gitignore` and `.isoglossignore` apply, the former also outside a git checkout. `node_modules` and version control folders
/// are skipped, and so is whatever `excluded` matches. A file that is itself given as a root is never skipped. A file below two
/// roots belongs to the deeper one.
///
/// # Errors
/// If a root does not exist or cannot be read, or if there are too many ignore patterns. Anything below a root that cannot be
/// read only causes a notice.
pub fn walk(roots: &[Root], excluded: &Globs) -> Result<Walked, WalkError> {
    let Resolved { roots, folders, files, mut notices } = roots::resolve(roots)?;
    let shared = Shared::new(&folders, excluded, None);
    let mut found: Vec<WalkedFile> = Vec::new();
    let walked = folders.par_iter().map(|folder| Walker::new(folder, &roots[folder.root].path, &shared).walk());
    for (files, noticed) in walked.collect::<Vec<_>>() {
        found.extend(files);
        notices.extend(noticed);
    }
    if shared.has_too_many_patterns() {
        return Err(WalkError::TooManyPatterns);
    }
    if !files.is_empty() {
        let place: FxHashMap<usize, &Path> =
            folders.iter().map(|folder| (folder.root, folder.canonical.as_path())).collect();
        let walked: FxHashSet<PathBuf> =
            found.iter().filter_map(|file| Some(place.get(&file.root)?.join(&file.relative))).collect();
        found.extend(files.into_iter().filter(|file| !walked.contains(&file.canonical)).map(|file| file.walked));
    }
    let mut walked = Walked {
        skipped_by_gitignore: shared.skipped_by_gitignore(),
        checkouts: shared.checkouts(),
        roots,
        files: found,
        notices,
    };
    walked.sort();
    Ok(walked)
}

/// Adds the documents among `tracked`, the files that git tracks, that the walk skipped because of a `.gitignore`: to git, a
/// tracked file is never ignored. `tracked` are absolute paths without links. Returns how many were added.
///
/// # Errors
/// As [`walk`].
pub fn add_tracked(
    walked: &mut Walked,
    roots: &[Root],
    excluded: &Globs,
    tracked: impl IntoIterator<Item = PathBuf>,
) -> Result<usize, WalkError> {
    let Resolved { folders, .. } = roots::resolve(roots)?;
    let place: FxHashMap<usize, &Path> =
        folders.iter().map(|folder| (folder.root, folder.canonical.as_path())).collect();
    let known: FxHashSet<PathBuf> =
        walked.files.iter().filter_map(|file| Some(place.get(&file.root)?.join(&file.relative))).collect();
    let skipped = tracked.into_iter().filter(|path| !known.contains(path) && path.symlink_metadata().is_ok());
    let skipped: FxHashSet<PathBuf> = skipped.collect();
    if skipped.is_empty() {
        return Ok(0);
    }
    let only = skipped.iter().flat_map(|path| path.ancestors()).map(Path::to_owned).collect();
    let shared = Shared::new(&folders, excluded, Some(only));
    let mut added: Vec<WalkedFile> = Vec::new();
    for folder in &folders {
        let (files, notices) = Walker::new(folder, &walked.roots[folder.root].path, &shared).walk();
        added.extend(files.into_iter().filter(|file| skipped.contains(&folder.canonical.join(&file.relative))));
        walked.notices.extend(notices);
    }
    let count = added.len();
    walked.files.extend(added);
    walked.sort();
    Ok(count)
}

impl Walked {
    fn sort(&mut self) {
        self.files.par_sort_unstable_by(|a, b| {
            a.root.cmp(&b.root).then_with(|| path_order(a.relative.as_str(), b.relative.as_str()))
        });
        self.notices.sort_unstable();
        self.notices.dedup();
    }
}

#[cfg(test)]
mod tests;
