//! Why a history cannot be read.

use camino::Utf8PathBuf;

/// Why a history cannot be read; each is displayed as one sentence that says what helps.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// Git is not installed.
    #[error("git was not found on the PATH; install it, or pass --no-history to check without source commits")]
    NoGit,
    /// Git could not be started.
    #[error("failed to start git: {0}")]
    NotStarted(std::io::Error),
    /// Git does not support `cat-file --batch-command`.
    #[error("git is too old to read source commits; 2.36 or newer is needed")]
    TooOld,
    /// The folder is not in a repository.
    #[error("{0} is not in a git repository; pass the one with the source's history as --source-repo")]
    NotARepository(Utf8PathBuf),
    /// The folder does not exist.
    #[error("cannot look for the source's history in {0}: no such folder")]
    NoSuchFolder(Utf8PathBuf),
    /// Another user owns the repository, so git refuses to read it.
    #[error("git does not trust the repository of {folder}, which another user owns; run `{command}`")]
    Untrusted {
        /// The folder that was searched.
        folder: Utf8PathBuf,
        /// The command that makes git trust it.
        command: String,
    },
    /// The clone is partial, and git is too old to report which objects are missing.
    #[error("the clone at {folder} is partial, so the recorded commits cannot be checked; run `{command}`")]
    PartialClone {
        /// The folder that git ran in.
        folder: Utf8PathBuf,
        /// The command that fetches all objects.
        command: String,
    },
    /// The repository's path is not UTF-8.
    #[error("the repository of {0} is at a path that is not UTF-8")]
    UnreadablePath(Utf8PathBuf),
    /// Objects or the index cannot be read.
    #[error("the repository of {folder} is damaged ({message}); run `{command}` for details, or clone it again")]
    Damaged {
        /// The folder that git ran in.
        folder: Utf8PathBuf,
        /// The first line of git's error.
        message: String,
        /// The command that finds out more.
        command: String,
    },
    /// The bare repository is among the files of another checkout.
    #[error(
        "the repository {0} is content of the checkout around it, so its history cannot be trusted; pass another one"
    )]
    Tracked(Utf8PathBuf),
    /// Git failed for another reason.
    #[error("git failed in {folder}: {message}")]
    Failed {
        /// The folder that git ran in.
        folder: Utf8PathBuf,
        /// The first line of git's error.
        message: String,
    },
}

impl HistoryError {
    pub(crate) fn from_start(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NoGit,
            kind => Self::NotStarted(kind.into()),
        }
    }
}
