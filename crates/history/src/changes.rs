//! Which files a change touches, and what the index contains.
//!
//! Unlike the source's history, which is where the source is, a change belongs to the repository that the program runs
//! in, and to the index that it is given: a hook sets `GIT_DIR`, and `GIT_INDEX_FILE` for a commit of single files.

use camino::{Utf8Path, Utf8PathBuf};

use crate::batch::{Batch, Request};
use crate::environment::Environment;
use crate::error::HistoryError;
use crate::git::Git;
use crate::index::{Index, is_inside, is_regular};
use crate::location::{Location, locate, of_variables};
use crate::missing::MissingObjects;

/// Why the changed files cannot be listed; each is displayed as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The current folder is not in a checkout.
    #[error("the current folder is not in a git checkout, so the changed files cannot be listed; run this inside one")]
    NotACheckout,
    /// The complete history has no such commit.
    #[error("no commit `{0}` in this repository")]
    UnknownRevision(String),
    /// The clone is shallow and does not have the commit, or not its merge base with `HEAD`.
    #[error("the clone is shallow and does not contain `{revision}` or its merge base with HEAD; run `{command}`")]
    Shallow {
        /// The revision as given.
        revision: String,
        /// The command that fetches the rest.
        command: &'static str,
    },
    /// The two histories have no common commit.
    #[error("`{0}` and HEAD have no common commit, so the changes since then cannot be listed")]
    Unrelated(String),
    /// Git failed for another reason.
    #[error(transparent)]
    Git(#[from] HistoryError),
}

/// The checkout that the program runs in.
#[derive(Debug)]
pub struct Checkout {
    git: Git,
    /// A canonical path.
    top: Utf8PathBuf,
    shallow: bool,
}

/// A file that a change touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The path from the top of the checkout, with slashes.
    pub path: String,
    /// The id of the blob before the change; `None` if there was no regular file.
    pub old: Option<String>,
}

/// The files that a change touches.
#[derive(Debug, Clone, Default)]
pub struct TouchedFiles {
    /// The files with UTF-8 names, in git's order.
    pub files: Vec<Touched>,
    /// The names that are not UTF-8, in printable form.
    pub unnameable: Vec<String>,
}

impl Checkout {
    /// The checkout of the current folder, or the one that the environment names.
    ///
    /// # Errors
    /// If there is none, or git cannot be run or does not trust it.
    pub fn here() -> Result<Self, ChangeError> {
        let environment = Environment::of_a_hook();
        let place = if environment.get("GIT_DIR").is_some() {
            of_variables(&environment)
        } else {
            locate(&environment, Utf8Path::new(""))
        };
        match place {
            // From here on, command-line options name the repository.
            Ok(Location { git, top: Some(top), shallow, .. }) => {
                Ok(Self { git: git.without("GIT_DIR").without("GIT_WORK_TREE"), top, shallow })
            }
            Ok(_) | Err(HistoryError::NotARepository(_)) => Err(ChangeError::NotACheckout),
            Err(error) => Err(error.into()),
        }
    }

    /// The folder that paths are relative to, as a canonical path.
    pub fn top(&self) -> &Utf8Path {
        &self.top
    }

    /// The differences between `HEAD` and the index, below `folders`, which are relative to the top.
    ///
    /// # Errors
    /// If git fails.
    pub fn staged(&self, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        // Before the first commit, everything that is staged is new.
        let head = self.git.head()?.unwrap_or_else(|| self.git.empty_tree().to_owned());
        self.diff(&head, folders)
    }

    /// The differences between the index and the merge base of `HEAD` and `revision`. The caller finds the differences
    /// between index and work tree with [`Index`], because git would run filters for that.
    ///
    /// # Errors
    /// If there is no such commit, or git fails.
    pub fn since(&self, revision: &str, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        self.diff(&self.merge_base(revision)?, folders)
    }

    /// The index below `folders`.
    ///
    /// # Errors
    /// If git fails.
    pub fn index(&self, folders: &[String]) -> Result<Index, ChangeError> {
        Ok(Index::of(&self.git, folders)?)
    }

    /// Starts to read blobs of the repository.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn reader(&self) -> Result<BlobReader, ChangeError> {
        Ok(BlobReader { git: self.git.clone(), batch: Batch::start(&self.git)? })
    }

    fn merge_base(&self, revision: &str) -> Result<String, ChangeError> {
        let absent = |error| {
            let (revision, command) = (revision.to_owned(), "git fetch --unshallow");
            if self.shallow { ChangeError::Shallow { revision, command } } else { error }
        };
        // Passed on standard input, where nothing is an option.
        let name = format!("{revision}^{{commit}}");
        let is_one_line = !revision.contains(['\n', '\r', '\0']);
        let requests = if is_one_line { vec![Request::Info(name)] } else { Vec::new() };
        let found =
            Batch::start(&self.git)?.ask(&requests)?.into_iter().next().and_then(|answer| answer.found("commit"));
        let Some(commit) = found else { return Err(absent(ChangeError::UnknownRevision(revision.to_owned()))) };
        let output = self.git.quickly(&["merge-base", &commit.id, "HEAD"])?;
        let base = String::from_utf8_lossy(&output.stdout);
        match (output.status.code(), base.lines().next()) {
            (Some(0), Some(base)) => Ok(base.to_owned()),
            // The exit status if there is no such commit.
            (Some(1), _) if output.stderr.is_empty() => Err(absent(ChangeError::Unrelated(revision.to_owned()))),
            _ => Err(self.git.error(&String::from_utf8_lossy(&output.stderr)).into()),
        }
    }

    /// The differences between a tree and the index, without the work tree.
    fn diff(&self, tree: &str, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        let mut arguments =
            vec!["diff-index", "--cached", "--raw", "--no-abbrev", "--no-renames", "--no-relative", "-z"];
        arguments.extend(["--no-ext-diff", "--no-textconv", "--ignore-submodules=none", tree, "--"]);
        let literal: Vec<String> = folders.iter().map(|folder| format!(":(top,literal){folder}")).collect();
        arguments.extend(literal.iter().map(String::as_str));
        let mut touched = TouchedFiles::default();
        touched.read(&self.git.quick_output(&arguments)?);
        Ok(touched)
    }
}

/// Reads blobs through one git process.
#[derive(Debug)]
pub struct BlobReader {
    git: Git,
    batch: Batch,
}

impl BlobReader {
    /// The contents of blobs by their full ids, in order; `None` if one does not exist.
    ///
    /// # Errors
    /// If git ends before it has answered.
    pub fn read(&mut self, ids: &[&str]) -> Result<Vec<Option<Vec<u8>>>, ChangeError> {
        let requests: Vec<_> = ids.iter().map(|&id| Request::Contents(id.to_owned())).collect();
        let answers = self.batch.ask(&requests)?;
        Ok(answers.into_iter().map(|answer| answer.found("blob").map(|blob| blob.contents)).collect())
    }

    /// Why a blob is missing.
    pub fn why_missing(&self, id: &str) -> ChangeError {
        MissingObjects::of(&self.git, &[id.to_owned()]).error(&self.git, id).into()
    }
}

impl TouchedFiles {
    /// Parses any number of `:<mode> <mode> <id> <id> <letter>\0<path>\0`.
    pub(crate) fn read(&mut self, raw: &[u8]) {
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
            Ok(path) if !is_inside(path) => {}
            Ok(path) => self.files.push(Touched { path: path.to_owned(), old }),
            Err(_) => self.unnameable.push(String::from_utf8_lossy(path).into_owned()),
        }
    }
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
    }
}
