//! The walk: Markdown files on disk, through `ignore`, in parallel; the result is sorted and holds no file twice.
//!
//! Links are never followed: what they lead to inside the root is read at its own place, and what lies outside is another
//! root's. A link that hides documents from the run is told in a notice.

mod ignored;
mod roots;

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{Receiver, Sender, channel};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use crate::config::{Globs, Root};
use crate::finding::{Notice, NoticeLevel};
use ignored::{Fault, Ignored, MOST_PATTERNS_IN_ALL, Rules};
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
    /// More patterns than there is memory for.
    #[error(
        "the ignore files below the roots have more than {MOST_PATTERNS_IN_ALL} patterns and wildcards in all: remove some, or check fewer folders"
    )]
    TooManyPatterns,
}

/// Finds the Markdown files of all roots, with `jobs` threads (0: as many as there are processors).
///
/// `.gitignore` and `.isoglossignore` apply, the former also outside of a git checkout; `node_modules` and version control
/// folders are left out, and so is what `excluded` matches. A file that is itself given as a root is
/// always taken. A file below two roots belongs to the deeper one.
///
/// # Errors
/// When a root does not exist or cannot be looked at, or there are too many ignore patterns. Everything below that cannot be read gives a notice only.
pub fn walk(roots: &[Root], excluded: &Globs, jobs: usize) -> Result<Walked, WalkError> {
    let Resolved { roots, folders, files, mut notices } = roots::resolve(roots)?;
    let own: FxHashSet<PathBuf> = folders.iter().map(|folder| folder.canonical.clone()).collect();
    let patterns = AtomicUsize::new(0);
    // Beside each other, since every walk ends in a wait for its slowest thread.
    let walked: Vec<(Vec<WalkedFile>, Vec<Notice>)> = folders
        .par_iter()
        .map(|folder| {
            let (sender, receiver) = channel();
            let written = &roots[folder.root].path;
            let (ignored, faults) = Ignored::new(&folder.canonical, &patterns);
            let walker = Walker { folder, written, own: &own, excluded, ignored, sender };
            faults.into_iter().for_each(|fault| walker.send(walker.fault(fault)));
            walk_folder(walker, &receiver, jobs)
        })
        .collect();
    if patterns.into_inner() > MOST_PATTERNS_IN_ALL {
        return Err(WalkError::TooManyPatterns);
    }
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

/// A notice that something is named like a document and is a pipe, a socket or a device.
fn no_file(path: Utf8PathBuf) -> Notice {
    let message = "skipped, since it is not a regular file: remove it, or ignore it".to_owned();
    Notice { level: NoticeLevel::Blind, path: Some(path), message }
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
    ignored: Ignored<'run>,
    sender: Sender<Event>,
}

/// The rules for the last folder that a thread looked into: what is in one folder comes together, most often.
type Last = Option<(PathBuf, Option<Arc<Rules>>)>;

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
    WalkBuilder::new(&walker.folder.canonical)
        .follow_links(false)
        // Repositories keep documents in `.github`; a version control system's own folder is no place to look.
        .hidden(false)
        // Ignore files are read here, and a person's own settings must not change what a run finds.
        .ignore(false)
        .git_ignore(false)
        .parents(false)
        .git_global(false)
        .git_exclude(false)
        .filter_entry(|entry| {
            entry.depth() == 0
                || !matches!(entry.file_name().to_str(), Some("node_modules" | ".git" | ".hg" | ".svn" | ".jj"))
        })
        .threads(jobs)
        .build_parallel()
        .run(|| {
            let mut last = None;
            Box::new(move |entry| {
                let (event, state) = walker.visit(entry, &mut last);
                event.into_iter().for_each(|event| walker.send(event));
                state
            })
        });
}

impl Walker<'_> {
    fn visit(&self, entry: Result<DirEntry, ignore::Error>, last: &mut Last) -> (Option<Event>, WalkState) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return (Some(self.error(&error)), WalkState::Continue),
        };
        let path = entry.path();
        if entry.depth() == 0 {
            return (None, self.enter(path));
        }
        let kind = entry.file_type();
        let is_folder = kind.is_some_and(|kind| kind.is_dir());
        if self.is_ignored(path, is_folder, last) {
            return (None, WalkState::Skip);
        }
        let Some(relative) = self.relative(path) else {
            let tell = is_folder || is_markdown(path);
            let message = "skipped, since its name is not valid UTF-8: rename it, or ignore it".to_owned();
            let notice = Notice { level: NoticeLevel::Blind, path: Some(self.printed(path)), message };
            return (tell.then_some(Event::Notice(notice)), WalkState::Skip);
        };
        if is_folder {
            let skip = self.own.contains(path) || self.is_excluded(&relative);
            return (None, if skip { WalkState::Skip } else { self.enter(path) });
        }
        if kind.is_some_and(|kind| kind.is_symlink()) {
            let notice = if self.is_excluded(&relative) { None } else { self.link(path, &relative) };
            return (notice.map(Event::Notice), WalkState::Continue);
        }
        let event = (is_markdown(path) && !self.is_excluded(&relative)).then(|| {
            if kind.is_some_and(|kind| kind.is_file()) {
                return Event::File(relative);
            }
            Event::Notice(no_file(self.printed(path)))
        });
        (event, WalkState::Continue)
    }

    /// Reads the ignore files of a folder before anything in it is looked at.
    fn enter(&self, folder: &Path) -> WalkState {
        self.ignored.enter(folder).into_iter().for_each(|fault| self.send(self.fault(fault)));
        if self.ignored.has_too_many() { WalkState::Quit } else { WalkState::Continue }
    }

    fn is_ignored(&self, path: &Path, is_folder: bool, last: &mut Last) -> bool {
        let Some(parent) = path.parent() else { return false };
        if last.as_ref().is_none_or(|(folder, _)| folder != parent) {
            *last = Some((parent.to_owned(), self.ignored.rules(parent)));
        }
        let rules = last.as_ref().and_then(|(_, rules)| rules.as_deref());
        rules.is_some_and(|rules| rules.ignore(path, is_folder))
    }

    fn send(&self, event: Event) {
        // The other end is open until the walk is over.
        let _ = self.sender.send(event);
    }

    fn fault(&self, Fault { path, level, message }: Fault) -> Event {
        Event::Notice(Notice { level, path: Some(self.printed(&path)), message })
    }

    /// What to say of a link, if it hides documents.
    fn link(&self, path: &Path, relative: &Utf8Path) -> Option<Notice> {
        let notice = |message: String| Some(warning(Some(self.written.join(relative)), message));
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => {
                let message = format!("this link leads nowhere ({error}): correct or remove it");
                let level = match path.extension() {
                    _ if is_markdown(path) => NoticeLevel::Blind,
                    // It may have been a folder.
                    None => NoticeLevel::Warning,
                    Some(_) => return None,
                };
                return Some(Notice { level, ..notice(message)? });
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

    fn error(&self, error: &ignore::Error) -> Event {
        let (path, reason) = describe(error);
        let message = format!("cannot be read ({reason}): correct its permissions, or ignore it");
        Event::Notice(Notice { level: NoticeLevel::Blind, path: path.map(|path| self.printed(path)), message })
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
