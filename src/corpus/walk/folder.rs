//! Walks one folder on the run's thread pool.

use std::ffi::OsStr;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use rayon::Scope;
use rustc_hash::FxHashSet;

use super::file::{WalkedFile, no_file, warning};
use super::ignored::MOST_PATTERNS_IN_ALL;
use super::ignored::{Fault, Ignored, Rules, Verdict};
use super::roots::Folder;
use crate::corpus::contents::unreadable;
use crate::corpus::globs::Globs;
use crate::finding::{Notice, NoticeLevel};
use isogloss_document::is_markdown;

/// State shared by the walks of all folders.
pub(super) struct Shared<'run> {
    /// All folders that are roots: each is walked only as its own root.
    own: FxHashSet<PathBuf>,
    excluded: &'run Globs,
    /// The only files and folders to visit, regardless of `.gitignore`; `None` for all that it does not match.
    only: Option<FxHashSet<PathBuf>>,
    /// How many patterns and wildcards of ignore files have been read.
    patterns: AtomicUsize,
    /// Whether a `.gitignore` matched a possible document, or a folder that may contain one.
    skipped_by_gitignore: AtomicBool,
    /// Nested checkouts below the roots.
    checkouts: Mutex<Vec<PathBuf>>,
}

impl<'run> Shared<'run> {
    pub(super) fn new(folders: &[Folder], excluded: &'run Globs, only: Option<FxHashSet<PathBuf>>) -> Self {
        let own = folders.iter().map(|folder| folder.canonical.clone()).collect();
        let (patterns, skipped_by_gitignore) = (AtomicUsize::new(0), AtomicBool::new(false));
        Self { own, excluded, only, patterns, skipped_by_gitignore, checkouts: Mutex::default() }
    }

    /// Whether the ignore files have too many patterns to apply, so that the walk is useless.
    pub(super) fn has_too_many_patterns(&self) -> bool {
        self.patterns.load(Ordering::Relaxed) > MOST_PATTERNS_IN_ALL
    }

    pub(super) fn skipped_by_gitignore(&self) -> bool {
        self.skipped_by_gitignore.load(Ordering::Relaxed)
    }

    /// The nested checkouts found so far, sorted.
    pub(super) fn checkouts(&self) -> Vec<PathBuf> {
        let mut checkouts = self.checkouts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        checkouts.sort_unstable();
        checkouts
    }
}

/// Unsorted files, and the notices about them.
type Found = (Vec<WalkedFile>, Vec<Notice>);

/// The walk of one folder.
pub(super) struct Walker<'run> {
    folder: &'run Folder,
    written: &'run Utf8Path,
    shared: &'run Shared<'run>,
    ignored: Ignored<'run>,
    found: Mutex<Found>,
}

impl<'run> Walker<'run> {
    /// Walks `folder`, which the user wrote as `written`.
    pub(super) fn new(folder: &'run Folder, written: &'run Utf8Path, shared: &'run Shared<'run>) -> Self {
        let (ignored, faults) = Ignored::new(&folder.canonical, &shared.patterns);
        let walker = Self { folder, written, shared, ignored, found: Mutex::default() };
        walker.add((Vec::new(), faults.into_iter().map(|fault| walker.fault(fault)).collect()));
        walker
    }

    /// Visits everything below the folder.
    pub(super) fn walk(self) -> Found {
        rayon::scope(|scope| self.read(&self.folder.canonical, scope));
        self.found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, (files, notices): Found) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.0.extend(files);
        found.1.extend(notices);
    }

    /// Visits the entries of a folder, and spawns a task for each subfolder.
    fn read<'s>(&'s self, folder: &Path, scope: &Scope<'s>) {
        let mut found = Found::default();
        let entries: Vec<_> = match fs::read_dir(folder) {
            Ok(entries) => entries.collect(),
            Err(error) => vec![Err(error)],
        };
        let names = entries.iter().flatten().map(fs::DirEntry::file_name);
        let (rules, faults) = self.ignored.enter(folder, names);
        found.1.extend(faults.into_iter().map(|fault| self.fault(fault)));
        for entry in entries {
            if self.shared.has_too_many_patterns() {
                break;
            }
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok((path, kind)) if self.visit(&path, kind, rules.as_deref(), &mut found) => {
                    scope.spawn(move |scope| self.read(&path, scope));
                }
                Ok(_) => {}
                Err(error) => found.1.push(self.unreadable(folder, &error)),
            }
        }
        self.add(found);
    }

    /// Visits a file or folder; returns whether it is a folder to read.
    fn visit(&self, path: &Path, kind: FileType, rules: Option<&Rules>, (files, notices): &mut Found) -> bool {
        let is_skipped = |name: &OsStr| matches!(name.to_str(), Some("node_modules" | ".git" | ".hg" | ".svn" | ".jj"));
        if path.file_name().is_some_and(|name| name == ".git")
            && let Some(folder) = path.parent().filter(|folder| *folder != self.folder.canonical)
        {
            self.shared.checkouts.lock().unwrap_or_else(PoisonError::into_inner).push(folder.to_owned());
        }
        let is_wanted = self.shared.only.as_ref().is_none_or(|only| only.contains(path));
        if !is_wanted || path.file_name().is_some_and(is_skipped) || self.is_ignored(path, kind, rules) {
            return false;
        }
        let Some(relative) = self.relative(path) else {
            if kind.is_dir() || is_markdown(path) {
                let message = "skipped: name is not valid UTF-8; rename or ignore it".to_owned();
                notices.push(Notice::incomplete(Some(self.printed(path)), message));
            }
            return false;
        };
        if kind.is_dir() {
            return !self.shared.own.contains(path) && !self.is_excluded(&relative);
        }
        if self.is_excluded(&relative) {
            return false;
        }
        if kind.is_symlink() {
            notices.extend(self.link(path, &relative));
        } else if is_markdown(path) && kind.is_file() {
            let path = self.written.join(&relative);
            files.push(WalkedFile { path, relative, root: self.folder.root });
        } else if is_markdown(path) {
            notices.push(no_file(self.printed(path)));
        }
        false
    }

    fn is_ignored(&self, path: &Path, kind: FileType, rules: Option<&Rules>) -> bool {
        match rules.map_or(Verdict::Kept, |rules| rules.verdict(path, kind.is_dir())) {
            Verdict::Kept => false,
            Verdict::Ignored => true,
            Verdict::IgnoredByGit => {
                if kind.is_dir() || is_markdown(path) {
                    self.shared.skipped_by_gitignore.store(true, Ordering::Relaxed);
                }
                // `only` lists tracked files, which are never ignored.
                self.shared.only.is_none()
            }
        }
    }

    fn fault(&self, Fault { path, level, message }: Fault) -> Notice {
        Notice { level, path: Some(self.printed(&path)), message }
    }

    /// The notice for a symbolic link, if it hides documents.
    fn link(&self, path: &Path, relative: &Utf8Path) -> Option<Notice> {
        let notice = |message: String| Some(warning(Some(self.written.join(relative)), message));
        let target = match fs::canonicalize(path) {
            Ok(target) => target,
            Err(error) => {
                let message = format!("broken symbolic link ({error}); fix or remove it");
                let level = match path.extension() {
                    _ if is_markdown(path) => NoticeLevel::Incomplete,
                    // It may have been a link to a folder.
                    None => NoticeLevel::Warning,
                    Some(_) => return None,
                };
                return Some(Notice { level, ..notice(message)? });
            }
        };
        if !target.is_dir() && !is_markdown(&target) {
            let message = "symbolic link not followed: target is not a Markdown file; remove or ignore it";
            let blind = || Notice::incomplete(Some(self.written.join(relative)), message.to_owned());
            return is_markdown(path).then(blind);
        }
        if path.starts_with(&target) {
            return notice("symbolic link not followed: target is a parent folder; remove or ignore it".to_owned());
        }
        if target.starts_with(&self.folder.canonical) || self.shared.own.iter().any(|root| target.starts_with(root)) {
            return None;
        }
        notice(format!("symbolic link not followed: target is outside the root; add `{}` as a root", target.display()))
    }

    fn unreadable(&self, path: &Path, error: &io::Error) -> Notice {
        unreadable(&self.printed(path), error)
    }

    fn is_excluded(&self, relative: &Utf8Path) -> bool {
        !self.shared.excluded.is_empty() && self.shared.excluded.is_match(&self.written.join(relative))
    }

    /// The path below the root, with `/` also on Windows.
    fn relative(&self, path: &Path) -> Option<Utf8PathBuf> {
        let relative = Utf8Path::from_path(path.strip_prefix(&self.folder.canonical).ok()?)?;
        Some(if cfg!(windows) { relative.as_str().replace('\\', "/").into() } else { relative.to_owned() })
    }

    /// A path for display; on disk it need not be valid UTF-8.
    fn printed(&self, path: &Path) -> Utf8PathBuf {
        let below = path.strip_prefix(&self.folder.canonical).unwrap_or(path);
        self.written.join(below.to_string_lossy().as_ref())
    }
}
