//! `.gitignore` and `.isoglossignore`: which files and folders a walk skips because of them.
//!
//! The `ignore` crate parses and matches the patterns. It does not open the files, since it would follow links, block on pipes
//! and read without limit; they are read through [`files`] instead.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;

use crate::finding::NoticeLevel;
use isogloss_text::files::{self, LARGEST_IGNORE_FILE, Refusal};

/// The ignore files of a folder, in order of precedence.
const NAMES: [&str; 2] = [".isoglossignore", ".gitignore"];
/// The most patterns and wildcards in one ignore file: each takes up to 4 KB of memory.
pub(super) const MOST_PATTERNS: usize = 20_000;
/// The most patterns and wildcards in all ignore files together.
pub(super) const MOST_PATTERNS_IN_ALL: usize = 60_000;
/// The longest pattern, in bytes.
const LONGEST_PATTERN: usize = 1024;

/// The ignore files of a folder and of those above it.
pub(super) struct Rules {
    above: Option<Arc<Rules>>,
    /// In the order of [`NAMES`].
    own: [Gitignore; NAMES.len()],
}

impl Rules {
    /// Whether a file or folder directly in this folder is ignored. The nearest matching pattern wins, and those of
    /// `.isoglossignore` take precedence over those of `.gitignore`.
    pub(super) fn verdict(&self, path: &Path, is_folder: bool) -> Verdict {
        let [mut strong, mut weak] = [Match::None, Match::None];
        let mut next = Some(self);
        while let (Some(rules), true) = (next, strong.is_none()) {
            let [isogloss, git] = &rules.own;
            strong = isogloss.matched(path, is_folder);
            if weak.is_none() {
                weak = git.matched(path, is_folder);
            }
            next = rules.above.as_deref();
        }
        match (strong, weak) {
            (Match::Ignore(_), _) => Verdict::Ignored,
            (Match::None, Match::Ignore(_)) => Verdict::IgnoredByGit,
            _ => Verdict::Kept,
        }
    }
}

/// What the ignore files say about a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// No pattern matches, or the pattern is negated.
    Kept,
    /// A `.isoglossignore` ignores it.
    Ignored,
    /// A `.gitignore` ignores it.
    IgnoredByGit,
}

/// A problem with an ignore file.
pub(super) struct Fault {
    pub path: PathBuf,
    pub level: NoticeLevel,
    /// One sentence without a full stop that says how to fix it.
    pub message: String,
}

/// The rules of all folders that a walk has entered.
pub(super) struct Ignored<'run> {
    folders: RwLock<FxHashMap<PathBuf, Option<Arc<Rules>>>>,
    /// How many patterns and wildcards have been read in the whole run.
    patterns: &'run AtomicUsize,
}

impl<'run> Ignored<'run> {
    /// For a walk of `root`, which is absolute and without links. Ignore files above it apply up to the top of its checkout;
    /// outside a checkout nothing would bound the search, and a home folder may well ignore `*`.
    pub(super) fn new(root: &Path, patterns: &'run AtomicUsize) -> (Self, Vec<Fault>) {
        let ignored = Self { folders: RwLock::default(), patterns };
        let (mut rules, mut faults) = (None, Vec::new());
        let above: Vec<&Path> = root.ancestors().skip(1).collect();
        let top = root.ancestors().position(|folder| folder.join(".git").symlink_metadata().is_ok()).unwrap_or(0);
        for folder in above[..top].iter().rev() {
            rules = ignored.read(folder, rules, &mut faults);
        }
        if let Some(parent) = root.parent() {
            ignored.insert(parent, rules);
        }
        (ignored, faults)
    }

    /// Reads the ignore files among the `entries` of a folder and returns its rules. Its parent must have been entered before.
    pub(super) fn enter(
        &self,
        folder: &Path,
        mut entries: impl Iterator<Item = OsString>,
    ) -> (Option<Arc<Rules>>, Vec<Fault>) {
        let mut faults = Vec::new();
        let above = folder.parent().and_then(|parent| self.rules(parent));
        // Most folders have none, and trying to open each would double the number of system calls.
        let has_any = entries.any(|entry| NAMES.iter().any(|name| entry.eq_ignore_ascii_case(name)));
        let rules = if has_any { self.read(folder, above, &mut faults) } else { above };
        self.insert(folder, rules.clone());
        (rules, faults)
    }

    /// The rules for the entries of a folder that has been entered.
    fn rules(&self, folder: &Path) -> Option<Arc<Rules>> {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).get(folder).cloned().flatten()
    }

    fn insert(&self, folder: &Path, rules: Option<Arc<Rules>>) {
        self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), rules);
    }

    /// The rules of a folder, given those of its parent; the same rules if it has no ignore file.
    fn read(&self, folder: &Path, above: Option<Arc<Rules>>, faults: &mut Vec<Fault>) -> Option<Arc<Rules>> {
        let own = NAMES.map(|name| self.read_file(folder, name, faults));
        if own.iter().all(Gitignore::is_empty) { above } else { Some(Arc::new(Rules { above, own })) }
    }

    fn read_file(&self, folder: &Path, name: &str, faults: &mut Vec<Fault>) -> Gitignore {
        let path = folder.join(name);
        let bytes = match files::read(&path, LARGEST_IGNORE_FILE) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Gitignore::empty(),
            Err(error) => {
                faults.push(unread(path, &error));
                return Gitignore::empty();
            }
        };
        let (built, mut fault) = self.build(folder, &String::from_utf8_lossy(&bytes));
        // Document names are valid UTF-8, so the rest of the file still applies.
        if fault.is_none()
            && let Err(error) = std::str::from_utf8(&bytes)
        {
            let line = memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count() + 1;
            fault = Some((NoticeLevel::Warning, format!("line {line} is not valid UTF-8; save the file as UTF-8")));
        }
        faults.extend(fault.map(|(level, message)| Fault { path, level, message }));
        built
    }

    /// The patterns of an ignore file in `folder`, and the first problem with it.
    fn build(&self, folder: &Path, text: &str) -> (Gitignore, Option<(NoticeLevel, String)>) {
        let text = text.trim_start_matches('\u{feff}');
        let is_pattern = |line: &&str| !line.starts_with('#') && !line.trim_end().is_empty();
        let weight = |line: &str| 1 + line.bytes().filter(|byte| b"*?[{".contains(byte)).count();
        let count: usize = text.lines().filter(is_pattern).map(weight).sum();
        if count > MOST_PATTERNS {
            let message = format!("not applied: more than {MOST_PATTERNS} patterns; use fewer, more general ones");
            return (Gitignore::empty(), Some((NoticeLevel::Incomplete, message)));
        }
        if self.patterns.fetch_add(count, Ordering::Relaxed) + count > MOST_PATTERNS_IN_ALL {
            return (Gitignore::empty(), None);
        }
        let mut builder = GitignoreBuilder::new(folder);
        let mut fault = None;
        for (index, line) in text.lines().enumerate() {
            let wrong = match line.len() {
                0..=LONGEST_PATTERN => builder.add_line(None, line).err().map(|error| error.to_string()),
                _ if line.starts_with('#') => None,
                _ => Some(format!("pattern longer than {LONGEST_PATTERN} bytes")),
            };
            if let (None, Some(wrong)) = (&fault, wrong) {
                let message = format!("line {}: {wrong}; fix the ignore file", index + 1);
                fault = Some((NoticeLevel::Warning, message));
            }
        }
        match builder.build() {
            Ok(built) => (built, fault),
            Err(error) => {
                let message = format!("not applied: {error}; use simpler patterns");
                (Gitignore::empty(), Some((NoticeLevel::Incomplete, message)))
            }
        }
    }
}

/// The problem with an ignore file that cannot be read.
fn unread(path: PathBuf, error: &std::io::Error) -> Fault {
    let (level, message) = match Refusal::of(error) {
        Some(refusal @ Refusal::Link) => (
            NoticeLevel::Warning,
            format!("not applied: {refusal}, which git does not follow either; replace it with a copy"),
        ),
        Some(refusal @ Refusal::TooLarge(_)) => {
            (NoticeLevel::Incomplete, format!("not applied: {refusal}; use fewer, more general patterns"))
        }
        Some(refusal) => (NoticeLevel::Incomplete, format!("not applied: {refusal}; remove it")),
        None => (NoticeLevel::Incomplete, format!("not applied: cannot read the file: {error}; fix its permissions")),
    };
    Fault { path, level, message }
}
