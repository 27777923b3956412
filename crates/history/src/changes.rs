//! What git knows of a change: which files it touches, and what the index holds.
//!
//! Unlike the source's history, which is looked for where the source is, a change is one of the repository that the
//! program runs in, and of the index that it was given: a hook sets `GIT_DIR` and, for a commit of single files,
//! `GIT_INDEX_FILE`.

use camino::{Utf8Path, Utf8PathBuf};

use crate::batch::{Batch, Request};
use crate::environment::Environment;
use crate::error::HistoryError;
use crate::git::Git;
use crate::index::{Index, is_inside, is_regular};
use crate::location::{Location, locate, of_variables};
use crate::missing::MissingObjects;

/// Why it is unknown what changed; each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The current folder is in no checkout.
    #[error("the current folder is not in a git checkout, so it is unknown what changed; run this in one")]
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
    #[error("`{0}` and HEAD share no commit, so it is unknown what changed since")]
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

impl Checkout {
    /// The checkout that holds the current folder, or that the environment names.
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
            // What is known now is said on the command line from here on.
            Ok(Location { git, top: Some(top), shallow, .. }) => {
                Ok(Self { git: git.without("GIT_DIR").without("GIT_WORK_TREE"), top, shallow })
            }
            Ok(_) | Err(HistoryError::NotARepository(_)) => Err(ChangeError::NotACheckout),
            Err(error) => Err(error.into()),
        }
    }

    /// The folder that paths are relative to: absolute, without links.
    pub fn top(&self) -> &Utf8Path {
        &self.top
    }

    /// What differs between `HEAD` and the index, below `folders`, which are relative to the top.
    ///
    /// # Errors
    /// If git fails.
    pub fn staged(&self, folders: &[String]) -> Result<TouchedFiles, ChangeError> {
        // Before the first commit, all that is staged is new.
        let head = self.git.head()?.unwrap_or_else(|| self.git.empty_tree().to_owned());
        self.diff(&head, folders)
    }

    /// What differs between the index and the commit that `HEAD` and `revision` have in common. What differs between index and
    /// work tree is for the caller to find out, by [`Index`]: git would run filters to see it.
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

    /// Starts to read what is stored in the repository.
    ///
    /// # Errors
    /// If git cannot be run.
    pub fn reader(&self) -> Result<BlobReader, ChangeError> {
        Ok(BlobReader { git: self.git.clone(), batch: Batch::start(&self.git)? })
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
        let output = self.git.quickly(&["merge-base", &commit.id, "HEAD"])?;
        let said = String::from_utf8_lossy(&output.stdout);
        match (output.status.code(), said.lines().next()) {
            (Some(0), Some(base)) => Ok(base.to_owned()),
            // So it ends where there is no such commit.
            (Some(1), _) if output.stderr.is_empty() => Err(lost(ChangeError::Unrelated(revision.to_owned()))),
            _ => Err(self.git.complaint(&String::from_utf8_lossy(&output.stderr)).into()),
        }
    }

    /// What differs between a tree and the index, of which no file on disk is a part.
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
    /// The contents of blobs by their full ids, in their order; `None` for what is not there.
    ///
    /// # Errors
    /// If git ends before it has answered.
    pub fn read(&mut self, ids: &[&str]) -> Result<Vec<Option<Vec<u8>>>, ChangeError> {
        let requests: Vec<_> = ids.iter().map(|&id| Request::Contents(id.to_owned())).collect();
        let answers = self.batch.ask(&requests)?;
        Ok(answers.into_iter().map(|answer| answer.found("blob").map(|blob| blob.contents)).collect())
    }

    /// Why a blob is not there.
    pub fn lack(&self, id: &str) -> ChangeError {
        MissingObjects::of(&self.git, &[id.to_owned()]).error(&self.git, id).into()
    }
}

impl TouchedFiles {
    /// Reads `:<mode> <mode> <id> <id> <letter>\0<path>\0`, any number of times.
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
