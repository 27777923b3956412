//! The walk: Markdown files on disk, through `ignore`, in parallel; the result is sorted and holds no file twice.
//!
//! Links are never followed: what they lead to inside the root is read at its own place, and what lies outside is another
//! root's. A link that hides documents from the run is told in a notice.

mod roots;

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::config::{Globs, Root};
use crate::finding::{Notice, NoticeLevel};
use roots::{Folder, Resolved};

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
}

/// Finds the Markdown files of all roots, with `jobs` threads (0: as many as there are processors).
///
/// `.gitignore` and `.isoglossignore` hold, the former also outside of a git checkout; `node_modules` and version control
/// folders are left out, and so is what `excluded` matches. A file that is itself given as a root is
/// always taken. A file below two roots belongs to the deeper one.
///
/// # Errors
/// When a root does not exist or cannot be looked at. Everything below that cannot be read gives a notice only.
pub fn walk(roots: &[Root], excluded: &Globs, jobs: usize) -> Result<Walked, WalkError> {
    let Resolved { roots, folders, files, mut notices } = roots::resolve(roots)?;
    let own: FxHashSet<PathBuf> = folders.iter().map(|folder| folder.canonical.clone()).collect();
    // Beside each other, since every walk ends in a wait for its slowest thread.
    let walked: Vec<(Vec<WalkedFile>, Vec<Notice>)> = folders
        .par_iter()
        .map(|folder| {
            let (sender, receiver) = channel();
            let walker = Walker { folder, written: &roots[folder.root].path, own: &own, excluded, sender };
            walk_folder(walker, &receiver, jobs)
        })
        .collect();
    let mut found: Vec<WalkedFile> = Vec::new();
    for (files, noticed) in walked {
        found.extend(files);
        notices.extend(noticed);
    }
    if !files.is_empty() {
        let place: FxHashMap<usize, &Path> =
            folders.iter().map(|folder| (folder.root, folder.canonical.as_path())).collect();
        let walked: FxHashSet<PathBuf> =
            found.iter().filter_map(|file| Some(place.get(&file.root)?.join(&file.relative))).collect();
        found.extend(files.into_iter().filter(|file| !walked.contains(&file.canonical)).map(|file| file.walked));
    }
    found.par_sort_unstable_by(|a, b| {
        a.root.cmp(&b.root).then_with(|| path_order(a.relative.as_str(), b.relative.as_str()))
    });
    notices.sort_unstable();
    notices.dedup();
    Ok(Walked { roots, files: found, notices })
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
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|extension| {
        ["md", "mdx", "markdown"].iter().any(|markdown| extension.eq_ignore_ascii_case(markdown))
    })
}

/// A notice that something was left out.
pub(crate) fn warning(path: Option<Utf8PathBuf>, message: String) -> Notice {
    Notice { level: NoticeLevel::Warning, path, message }
}

enum Event {
    File(Utf8PathBuf),
    Notice(Notice),
}

/// What one folder's threads share.
struct Walker<'run> {
    folder: &'run Folder,
    written: &'run Utf8Path,
    /// All folders that are roots: each is walked by itself only.
    own: &'run FxHashSet<PathBuf>,
    excluded: &'run Globs,
    sender: Sender<Event>,
}

/// The files of one folder in no order, and what is to be said about them.
fn walk_folder(walker: Walker<'_>, found: &Receiver<Event>, jobs: usize) -> (Vec<WalkedFile>, Vec<Notice>) {
    run(&walker, jobs);
    let (written, root) = (walker.written, walker.folder.root);
    // Drops the last sender, without which what was found would not end.
    drop(walker);
    let (mut files, mut notices) = (Vec::new(), Vec::new());
    for event in found {
        match event {
            Event::File(relative) => files.push(WalkedFile { path: written.join(&relative), relative, root }),
            Event::Notice(notice) => notices.push(notice),
        }
    }
    (files, notices)
}

fn run(walker: &Walker<'_>, jobs: usize) {
    let root = &walker.folder.canonical;
    let in_git = root.ancestors().any(|above| above.join(".git").exists());
    WalkBuilder::new(root)
        .follow_links(false)
        // Repositories keep documents in `.github`; a version control system's own folder is no place to look.
        .hidden(false)
        .ignore(false)
        .git_ignore(true)
        .require_git(false)
        // Outside of a checkout nothing bounds the search upwards, and a home folder may well ignore `*`.
        .parents(in_git)
        // A person's own settings must not change what a run finds.
        .git_global(false)
        .git_exclude(false)
        .add_custom_ignore_filename(".isoglossignore")
        .filter_entry(|entry| {
            entry.depth() == 0
                || !matches!(entry.file_name().to_str(), Some("node_modules" | ".git" | ".hg" | ".svn" | ".jj"))
        })
        .threads(jobs)
        .build_parallel()
        .run(|| {
            let sender = walker.sender.clone();
            Box::new(move |entry| {
                let (event, state) = walker.visit(entry);
                if let Some(event) = event
                    && sender.send(event).is_err()
                {
                    return WalkState::Quit;
                }
                state
            })
        });
}

impl Walker<'_> {
    fn visit(&self, entry: Result<DirEntry, ignore::Error>) -> (Option<Event>, WalkState) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return (Some(self.error(&error, None)), WalkState::Continue),
        };
        // Something is wrong beside the entry, such as a pattern in an ignore file.
        let aside = entry.error().map(|error| self.error(error, Some(entry.path())));
        if entry.depth() == 0 {
            return (aside, WalkState::Continue);
        }
        let path = entry.path();
        let kind = entry.file_type();
        let is_folder = kind.is_some_and(|kind| kind.is_dir());
        let Some(relative) = self.relative(path) else {
            let tell = is_folder || is_markdown(path);
            let message = "its name is not valid UTF-8: rename it, or it is left out".to_owned();
            let notice = tell.then(|| Event::Notice(warning(Some(self.printed(path)), message)));
            return (notice, WalkState::Skip);
        };
        if is_folder {
            let skip = self.own.contains(path) || self.is_excluded(&relative);
            return (aside, if skip { WalkState::Skip } else { WalkState::Continue });
        }
        if kind.is_some_and(|kind| kind.is_symlink()) {
            let notice = if self.is_excluded(&relative) { None } else { self.link(path, &relative) };
            return (notice.map(Event::Notice), WalkState::Continue);
        }
        let wanted = kind.is_some_and(|kind| kind.is_file()) && is_markdown(path) && !self.is_excluded(&relative);
        (if wanted { Some(Event::File(relative)) } else { aside }, WalkState::Continue)
    }

    /// What to say of a link, if it hides documents.
    fn link(&self, path: &Path, relative: &Utf8Path) -> Option<Notice> {
        let notice = |message: String| Some(warning(Some(self.written.join(relative)), message));
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => {
                let may_matter = is_markdown(path) || path.extension().is_none();
                return may_matter.then(|| notice(format!("this link leads nowhere ({error}): mend or remove it")))?;
            }
        };
        if !target.is_dir() && !is_markdown(&target) {
            return None;
        }
        if path.starts_with(&target) {
            return notice(
                "this link leads to a folder above itself and is not followed: remove or ignore it".to_owned(),
            );
        }
        if target.starts_with(&self.folder.canonical) || self.own.iter().any(|root| target.starts_with(root)) {
            return None;
        }
        notice(format!(
            "this link leads out of the root and is not followed: give `{}` as a root too",
            target.display()
        ))
    }

    fn error(&self, error: &ignore::Error, beside: Option<&Path>) -> Event {
        let (path, reason) = describe(error);
        let path = path.or(beside).map(|path| self.printed(path));
        let message = match error.io_error() {
            Some(_) => format!("cannot be read ({reason}): mend its permissions, or ignore it"),
            None => format!("{reason}: mend the ignore file"),
        };
        Event::Notice(warning(path, message))
    }

    fn is_excluded(&self, relative: &Utf8Path) -> bool {
        !self.excluded.is_empty() && self.excluded.is_match(&self.written.join(relative))
    }

    /// The path below the root, with `/` also on Windows.
    fn relative(&self, path: &Path) -> Option<Utf8PathBuf> {
        let relative = Utf8Path::from_path(path.strip_prefix(&self.folder.canonical).ok()?)?;
        Some(if cfg!(windows) { relative.as_str().replace('\\', "/").into() } else { relative.to_owned() })
    }

    /// A path for people, which need not be valid UTF-8 on disk.
    fn printed(&self, path: &Path) -> Utf8PathBuf {
        let below = path.strip_prefix(&self.folder.canonical).unwrap_or(path);
        self.written.join(below.to_string_lossy().as_ref())
    }
}

/// The path that an error is about, and its reason without the path.
fn describe(error: &ignore::Error) -> (Option<&Path>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), describe(err).1),
        ignore::Error::WithDepth { err, .. } => describe(err),
        ignore::Error::WithLineNumber { line, err } => (None, format!("line {line}: {}", describe(err).1)),
        ignore::Error::Partial(errors) => match errors.split_first() {
            Some((first, _)) => describe(first),
            None => (None, error.to_string()),
        },
        ignore::Error::Loop { child, .. } => (Some(child), "a loop of links".to_owned()),
        other => (None, other.to_string()),
    }
}

#[cfg(test)]
mod tests;
