//! Why a history cannot be read.

use camino::Utf8PathBuf;

/// Why there is no history to ask; each is one clear sentence.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// No git to run.
    #[error("git was not found on the PATH; install it, or pass --no-history to check without source commits")]
    NoGit,
    /// Git is there but could not be started.
    #[error("git could not be started: {0}")]
    NotStarted(std::io::Error),
    /// A git that does not know `cat-file --batch-command`.
    #[error("this git is too old to read source commits with; 2.36 or newer is needed")]
    TooOld,
    /// No repository there.
    #[error("{0} is not in a git repository; name the one with the source's history with --source-repo")]
    NotARepository(Utf8PathBuf),
    /// No folder there.
    #[error("there is no folder {0} to look for the source's history in")]
    NoSuchFolder(Utf8PathBuf),
    /// The repository belongs to somebody else, so that git does not read it.
    #[error("git does not trust the repository of {folder}, which another user owns; run `{command}`")]
    Untrusted {
        /// Where it was looked for.
        folder: Utf8PathBuf,
        /// The command that makes git trust it.
        command: String,
    },
    /// A partial clone, and a git that is too old to say so object by object.
    #[error("the clone at {folder} is partial, and the recorded commits cannot be judged by it; run `{command}`")]
    PartialClone {
        /// Where git was run.
        folder: Utf8PathBuf,
        /// The command that fetches everything.
        command: String,
    },
    /// A folder name that is not UTF-8.
    #[error("the repository of {0} lies under a path that is not UTF-8")]
    UnreadablePath(Utf8PathBuf),
    /// Objects or the index cannot be read.
    #[error("the repository of {folder} is damaged ({said}); run `{command}`, and clone it again")]
    Damaged {
        /// Where git was run.
        folder: Utf8PathBuf,
        /// The first line of its complaint.
        said: String,
        /// The command that finds out more.
        command: String,
    },
    /// A bare repository among the files of a checkout.
    #[error("the repository {0} is content of the checkout around it, so its history proves nothing; name another one")]
    Tracked(Utf8PathBuf),
    /// Git gave up for another reason.
    #[error("git failed in {folder}: {said}")]
    Failed {
        /// Where it was run.
        folder: Utf8PathBuf,
        /// The first line of its complaint.
        said: String,
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
