//! Queries about source documents, and their answers.

use std::fmt;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::commit::Commit;

/// Has this source document changed since that commit?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Query<'a> {
    /// The recorded commit: 7 to 40 hexadecimal digits (64 with SHA-256). Anything else is malformed.
    pub pin: &'a str,
    /// The source document: the source root as the user wrote it, joined with the path below it.
    pub path: &'a Utf8Path,
    /// The document's id, which stays the same when it is moved, if it has one.
    pub id: Option<&'a str>,
}

/// The answer to one [`Query`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The recorded commit, if it is in the history.
    pub commit: Option<Arc<Commit>>,
    /// The path of the source document at `HEAD`, from the repository's top, if it is in the repository.
    pub path: Option<String>,
    /// The state of the source document since then.
    pub state: PinState,
}

/// How a source document at a recorded commit compares with the same document at `HEAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinState {
    /// The text is the same, byte for byte.
    Fresh,
    /// The text has changed.
    Changed {
        /// The text at the recorded commit; bytes that are not UTF-8 are replaced.
        old: Arc<str>,
        /// The document's path at the recorded commit, from the repository's top, if it was moved since.
        moved_from: Option<String>,
    },
    /// The complete history does not contain the commit, or the id is not a commit's.
    UnknownCommit,
    /// Several commits have ids that start like this.
    AmbiguousCommit,
    /// The pin is not a commit id; git was not queried.
    MalformedPin,
    /// The commit is known, but the document did not exist there, neither at this path nor at one that it was moved
    /// from.
    AbsentAtPin,
    /// The document is no longer in the source's history at `HEAD`, or not yet.
    GoneAtHead,
    /// It cannot be judged with this clone.
    Unavailable(Unavailable),
}

/// Why a recorded commit cannot be judged; displayed as one sentence that says what helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// The clone is shallow and ends before the commit.
    Shallow {
        /// The command that fetches the rest.
        command: String,
    },
    /// The clone is partial (`--filter=…`) and does not have the document's text or folder at the commit.
    PartialClone {
        /// The command that fetches all objects.
        command: String,
    },
    /// The repository has no commits yet.
    NoCommits(Utf8PathBuf),
    /// The document is outside the repository.
    OutsideRepository(Utf8PathBuf),
    /// The document's path contains a line break, which git's batch protocol does not allow.
    LineBreakInPath,
    /// Git ended before it had answered, with this error.
    GitFailed(String),
    /// The repository has none of the documents and none of the commits, so it is another one.
    OtherRepository(Utf8PathBuf),
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shallow { command } => {
                write!(f, "the source's clone is shallow and ends before the recorded commit; run `{command}`")
            }
            Self::PartialClone { command } => {
                write!(f, "the source's clone is partial and missing the page at the recorded commit; run `{command}`")
            }
            Self::NoCommits(folder) => write!(f, "the repository at {folder} has no commits yet"),
            Self::OutsideRepository(folder) => write!(f, "the page is outside the repository at {folder}"),
            Self::LineBreakInPath => write!(f, "the page's path contains a line break, which git cannot look up"),
            Self::GitFailed(error) => write!(f, "{error}"),
            Self::OtherRepository(folder) => write!(
                f,
                "the repository at {folder} contains neither the source pages nor their recorded commits; pass the one that \
                 does as --source-repo"
            ),
        }
    }
}
