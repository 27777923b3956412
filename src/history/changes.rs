//! What git knows of a change: which files it touches, and what stands in the index.
//!
//! Unlike the source's history, which is looked for where the source is, a change is one of the repository that the
//! program runs in, and of the index that it was given: a hook sets `GIT_DIR` and, for a commit of single files,
//! `GIT_INDEX_FILE`.

use std::ffi::{OsStr, OsString};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::HistoryError;
use super::batch::{Batch, Request};
use super::git::{Environment, Git, Place};

/// Variables that say which repository, work tree, index and objects a hook is about.
const OF_A_HOOK: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
];

/// Why nobody can say what changed; each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The current folder is in no checkout.
    #[error("the current folder is not in a git checkout, so that nobody knows what changed: run this in one")]
    NotACheckout,
    /// No such commit, though the history is complete.
    #[error("there is no commit `{0}` in this repository")]
    UnknownRevision(String),
    /// The commit is missing, or what it shares with `HEAD`, and the clone is shallow.
    #[error("the clone is shallow and ends before `{revision}` and what it shares with HEAD; run `{command}`")]
    Shallow {
        /// As it was asked for.
        revision: String,
        /// The command that fetches the rest.
        command: &'static str,
    },
    /// Two histories without a common commit.
    #[error("`{0}` and HEAD share no commit, so that nobody knows what changed since")]
    Unrelated(String),
    /// Git gave up for another reason.
    #[error(transparent)]
    Git(#[from] HistoryError),
}

/// The checkout that the program runs in.
#[derive(Debug)]
pub struct Checkout {
    git: Git,
    /// Absolute, without links.
    top: Utf8PathBuf,
    shallow: bool,
}

/// A file that a change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// From the top of the checkout, `/` between its parts.
    pub path: String,
    /// What it held before, as the id of a blob; `None` if it was not there, or no regular file.
    pub old: Option<String>,
}

/// What a change touches.
#[derive(Debug, Clone, Default)]
pub struct TouchedFiles {
    /// In git's order; those whose names are UTF-8.
    pub files: Vec<Touched>,
    /// The names that are not UTF-8, as far as they can be printed.
    pub unnameable: Vec<String>,
}

/// The index, or the part of it that was asked for.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Ids of blobs by path from the top of the checkout: regular files only, and those whose names are UTF-8.
    pub blobs: FxHashMap<String, String>,
    /// Where submodules stand: what is in them is none of this index's business.
    pub submodules: Vec<String>,
}

impl Checkout {
    /// The checkout that holds the current folder, or that the environment names.
    ///
    /// # Errors
    /// If there is none, or git cannot be run or does not trust it.
    pub fn here() -> Result<Self, ChangeError> {
        let git = Git::new(Environment::of_a_hook(), Utf8Path::new(""));
        let place = match git.place() {
            Ok(place @ Place { in_work_tree: true, .. }) => place,
            Ok(_) | Err(HistoryError::NotARepository(_)) => return Err(ChangeError::NotACheckout),
            Err(error) => return Err(error.into()),
        };
        let above = Utf8Path::new(if place.to_top.is_empty() { "." } else { &place.to_top });
        let top = above.canonicalize_utf8().map_err(|_| HistoryError::UnreadablePath(above.to_owned()))?;
        Ok(Self { git, top, shallow: place.shallow })
    }

    /// The folder that paths are told from: absolute, without links.
    pub fn top(&self) -> &Utf8Path {
        &self.top
    }

    /// What differs between `HEAD` and the index, below `folders`, which are told from the top.
    ///
    /// # Errors
    /// If git fails.
    pub fn staged(&self, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        let mut touched = TouchedFiles::default();
        self.diff(&["--cached"], folders, &mut touched)?;
        Ok(touched)
    }

    /// What differs between the work tree and the commit that `HEAD` and `revision` have in common, files that git does not
    /// know yet among it.
    ///
    /// # Errors
    /// If there is no such commit, or git fails.
    pub fn since(&self, revision: &str, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        let base = self.merge_base(revision)?;
        let mut touched = TouchedFiles::default();
        self.diff(&[&base], folders, &mut touched)?;
        let listed = self.list(&["--others", "--exclude-standard"], folders)?;
        for name in listed.split(|&byte| byte == 0).filter(|name| !name.is_empty()) {
            touched.add(name, None);
        }
        Ok(touched)
    }

    /// The index below `folders`.
    ///
    /// # Errors
    /// If git fails.
    pub fn index(&self, folders: &[String]) -> Result<Index, ChangeError> {
        Ok(Index::read(&self.list(&["--stage"], folders)?))
    }

    /// The files below `folders` that may differ between the index and the work tree.
    ///
    /// # Errors
    /// If git fails.
    pub fn unstaged(&self, folders: &[String]) -> Result<Vec<String>, ChangeError> {
        let arguments = ["diff-files", "--name-only", "--no-relative", "--ignore-submodules=all", "-z", "--"];
        let listed = self.output(&arguments, folders)?;
        let names = listed.split(|&byte| byte == 0).filter(|name| !name.is_empty());
        Ok(names.filter_map(|name| String::from_utf8(name.to_vec()).ok()).collect())
    }

    /// Starts to read what is stored in the repository.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn reader(&self) -> Result<BlobReader, ChangeError> {
        Ok(BlobReader { batch: Batch::start(&self.git)? })
    }

    fn merge_base(&self, revision: &str) -> Result<String, ChangeError> {
        let lost = |error| {
            let (revision, command) = (revision.to_owned(), "git fetch --unshallow");
            if self.shallow { ChangeError::Shallow { revision, command } } else { error }
        };
        // Asked on standard input, where nothing is taken for an option.
        let name = format!("{revision}^{{commit}}");
        let is_one_line = !revision.contains(['\n', '\r', '\0']);
        let requests = if is_one_line { vec![Request::Info(name)] } else { Vec::new() };
        let found =
            Batch::start(&self.git)?.ask(&requests)?.into_iter().next().and_then(|answer| answer.found("commit"));
        let Some(commit) = found else { return Err(lost(ChangeError::UnknownRevision(revision.to_owned()))) };
        // Git ends with 1 and says nothing where there is no such commit.
        match self.git.command(&["merge-base", &commit.id, "HEAD"]).output() {
            Ok(output) if output.status.success() => {
                let said = String::from_utf8_lossy(&output.stdout);
                Ok(said.lines().next().unwrap_or(&commit.id).to_owned())
            }
            Ok(output) if output.stderr.is_empty() => Err(lost(ChangeError::Unrelated(revision.to_owned()))),
            Ok(output) => Err(self.git.complaint(&String::from_utf8_lossy(&output.stderr)).into()),
            Err(error) => Err(HistoryError::from_start(&error).into()),
        }
    }

    fn diff(&self, between: &[&str], folders: &[String], touched: &mut TouchedFiles) -> Result<(), ChangeError> {
        let mut arguments = vec!["diff", "--raw", "--no-abbrev", "--no-renames", "--no-relative", "--no-ext-diff"];
        arguments.extend(["--no-textconv", "--ignore-submodules=all", "-z"]);
        arguments.extend(between);
        arguments.push("--");
        touched.read(&self.output(&arguments, folders)?);
        Ok(())
    }

    fn list(&self, which: &[&str], folders: &[String]) -> Result<Vec<u8>, ChangeError> {
        let arguments = [&["ls-files", "--full-name", "-z"], which, &["--"]].concat();
        self.output(&arguments, folders)
    }

    fn output(&self, arguments: &[&str], folders: &[String]) -> Result<Vec<u8>, ChangeError> {
        let literal: Vec<String> = folders.iter().map(|folder| format!(":(top,literal){folder}")).collect();
        let arguments: Vec<&str> = arguments.iter().copied().chain(literal.iter().map(String::as_str)).collect();
        Ok(self.git.output(&arguments)?)
    }
}

/// Reads blobs through one git process.
#[derive(Debug)]
pub struct BlobReader {
    batch: Batch,
}

impl BlobReader {
    /// The contents of blobs by their full ids, in their order; `None` for what a partial clone lacks.
    ///
    /// # Errors
    /// If git ends before it has answered.
    pub fn read(&mut self, ids: &[&str]) -> Result<Vec<Option<Vec<u8>>>, ChangeError> {
        let requests: Vec<_> = ids.iter().map(|&id| Request::Contents(id.to_owned())).collect();
        let answers = self.batch.ask(&requests)?;
        Ok(answers.into_iter().map(|answer| answer.found("blob").map(|blob| blob.contents)).collect())
    }
}

impl Environment {
    /// This process's variables with those that a hook is started with, and without the rest of `GIT_*`.
    fn of_a_hook() -> Self {
        let is_ours = |name: &OsStr| name.to_str().is_some_and(|name| OF_A_HOOK.contains(&name));
        let ours: Vec<(OsString, OsString)> = std::env::vars_os().filter(|(name, _)| is_ours(name)).collect();
        Self::of_this_process().with(ours)
    }
}

impl TouchedFiles {
    /// Reads `:<mode> <mode> <id> <id> <letter>\0<path>\0`, any number of times.
    fn read(&mut self, raw: &[u8]) {
        let mut parts = raw.split(|&byte| byte == 0);
        while let (Some(facts), Some(path)) = (parts.next(), parts.next()) {
            let facts = String::from_utf8_lossy(facts);
            let mut words = facts.trim_start_matches(':').split(' ');
            let (mode, old) = (words.next().unwrap_or_default(), words.nth(1));
            self.add(path, old.filter(|_| is_regular(mode)).map(str::to_owned));
        }
    }

    fn add(&mut self, path: &[u8], old: Option<String>) {
        match std::str::from_utf8(path) {
            Ok(path) => self.files.push(Touched { path: path.to_owned(), old }),
            Err(_) => self.unnameable.push(String::from_utf8_lossy(path).into_owned()),
        }
    }
}

impl Index {
    /// Reads `<mode> <id> <stage>\t<path>\0`, any number of times. In a conflict, the side that is checked out counts.
    fn read(listed: &[u8]) -> Self {
        let mut index = Self::default();
        for entry in listed.split(|&byte| byte == 0) {
            let Some((facts, path)) = std::str::from_utf8(entry).ok().and_then(|entry| entry.split_once('\t')) else {
                continue;
            };
            let mut words = facts.split(' ');
            let (Some(mode), Some(id), Some(stage)) = (words.next(), words.next(), words.next()) else { continue };
            if mode == "160000" {
                index.submodules.push(path.to_owned());
            } else if is_regular(mode) && matches!(stage, "0" | "2") {
                index.blobs.insert(path.to_owned(), id.to_owned());
            }
        }
        index
    }
}

/// Whether a mode is a regular file's, and not a link's or a submodule's.
fn is_regular(mode: &str) -> bool {
    mode.starts_with("100")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_lists_is_read_whatever_the_names_are() {
        let raw = b":100644 100644 aa bb M\0fr/a b.md\0:000000 100644 00 cc A\0fr/caf\xe9.md\0:120000 000000 dd 00 D\0en/x\ny.md\0:100";
        let mut touched = TouchedFiles::default();
        touched.read(raw);
        let read: Vec<_> = touched.files.iter().map(|file| (file.path.as_str(), file.old.as_deref())).collect();
        assert_eq!(read, [("fr/a b.md", Some("aa")), ("en/x\ny.md", None)]);
        assert_eq!(touched.unnameable, ["fr/caf\u{fffd}.md"]);

        let listed = b"100644 aa 0\ta\tb.md\x00100755 bb 2\tc.md\x00100644 cc 3\tc.md\x00160000 dd 0\tsub\x00120000 ee 0\tlink.md\x00100644 ff 0\tcaf\xe9.md\0odd\0";
        let index = Index::read(listed);
        assert_eq!(index.blobs["a\tb.md"], "aa");
        assert_eq!(index.blobs["c.md"], "bb");
        assert_eq!((index.blobs.len(), index.submodules), (2, vec!["sub".to_owned()]));
    }
}
