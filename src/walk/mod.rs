//! The walk: Markdown files on disk, in parallel; the result is sorted and holds no file twice.
//!
//! Links are never followed: what they lead to inside the root is read at its own place, and what lies outside is another
//! root's. A link that hides documents from the run is told in a notice.

mod folder;
mod ignored;
mod roots;

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use camino::Utf8PathBuf;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::config::{Globs, Root};
use crate::finding::{Notice, NoticeLevel};
use folder::{Shared, Walker};
use ignored::MOST_PATTERNS_IN_ALL;
use roots::Resolved;

/// One Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkedFile {
    /// The root's path as the user wrote it, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The path below the root, `/` between its parts.
    pub relative: Utf8PathBuf,
    /// Index into [`Walked::roots`].
    pub root: usize,
}

/// What a walk found.
#[derive(Debug, Clone, Default)]
pub struct Walked {
    /// The folders that were walked: the user's without those given twice, files replaced by the folder that holds them.
    pub roots: Vec<Root>,
    /// Sorted by root, then by path.
    pub files: Vec<WalkedFile>,
    /// Sorted.
    pub notices: Vec<Notice>,
    /// Whether a `.gitignore` had documents, or folders that may hold some, passed over.
    pub passed_over: bool,
    /// Folders below the roots that are checkouts of their own, absolute and without links, sorted.
    pub checkouts: Vec<PathBuf>,
}

/// Why there was nothing to walk; wrong usage.
#[derive(Debug, Error)]
pub enum WalkError {
    /// A root that does not exist.
    #[error("there is no file or folder `{0}`")]
    Missing(Utf8PathBuf),
    /// A root that cannot be looked at.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// As written.
        path: Utf8PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// More patterns than there is memory for.
    #[error(
        "the ignore files below the roots have more than {MOST_PATTERNS_IN_ALL} patterns and wildcards in all: remove some, or check fewer folders"
    )]
    TooManyPatterns,
}

/// Finds the Markdown files of all roots.
///
/// `.gitignore` and `.isoglossignore` apply, the former also outside of a git checkout; `node_modules` and version control
/// folders are left out, and so is what `excluded` matches. A file that is itself given as a root is
/// always taken. A file below two roots belongs to the deeper one.
///
/// # Errors
/// When a root does not exist or cannot be looked at, or there are too many ignore patterns. Everything below that cannot be
/// read gives a notice only.
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
    let mut walked =
        Walked { passed_over: shared.passed_over(), checkouts: shared.checkouts(), roots, files: found, notices };
    walked.sort();
    Ok(walked)
}

/// Adds those of the documents that git tracks that a `.gitignore` had the walk pass over: for git itself, what it tracks is
/// not ignored. `tracked` are absolute paths without links. Returns how many there were.
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
    let passed_over = tracked.into_iter().filter(|path| !known.contains(path) && path.symlink_metadata().is_ok());
    let passed_over: FxHashSet<PathBuf> = passed_over.collect();
    if passed_over.is_empty() {
        return Ok(0);
    }
    let only = passed_over.iter().flat_map(|path| path.ancestors()).map(Path::to_owned).collect();
    let shared = Shared::new(&folders, excluded, Some(only));
    let mut added: Vec<WalkedFile> = Vec::new();
    for folder in &folders {
        let (files, notices) = Walker::new(folder, &walked.roots[folder.root].path, &shared).walk();
        added.extend(files.into_iter().filter(|file| passed_over.contains(&folder.canonical.join(&file.relative))));
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

/// The order of paths by their parts, so that what is below one folder stands together; many times as fast as comparing
/// them as paths.
pub(crate) fn path_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // Paths begin alike, most often, which is told of sixteen bytes at once.
    let chunks = a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0);
    let same = 16 * chunks.take_while(|(a, b)| a == b).count();
    match a[same..].iter().zip(&b[same..]).position(|(a, b)| a != b).map(|at| same + at) {
        // The separator comes before any character of a name.
        Some(at) => (a[at] != b'/').cmp(&(b[at] != b'/')).then(a[at].cmp(&b[at])),
        None => a.len().cmp(&b.len()),
    }
}

/// Whether the name ends as Markdown's do, in any case.
pub(crate) fn is_markdown(path: &Path) -> bool {
    isogloss_document::is_markdown(path)
}

/// A notice that something is named like a document and is a pipe, a socket or a device.
fn no_file(path: Utf8PathBuf) -> Notice {
    Notice::blind(Some(path), "skipped, since it is not a regular file: remove it, or ignore it".to_owned())
}

/// A notice that something was left out.
pub(crate) fn warning(path: Option<Utf8PathBuf>, message: String) -> Notice {
    Notice { level: NoticeLevel::Warning, path, message }
}

#[cfg(test)]
mod tests;
