//! Questions about source documents, and the answers.

use std::fmt;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::commit::Commit;

/// One question: has this source document changed since that commit?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Query<'a> {
    /// The recorded commit: 7 to 40 hexadecimal digits (64 with SHA-256). Anything else is answered as malformed.
    pub pin: &'a str,
    /// The source document, as the user wrote the source root, joined with the path below it.
    pub path: &'a Utf8Path,
    /// What the document is known by wherever it stands, if anything.
    pub id: Option<&'a str>,
}

/// The answer to one [`Query`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The recorded commit, if the history holds it.
    pub commit: Option<Arc<Commit>>,
    /// Where the source document stands at `HEAD`, from the repository's top, if it is inside.
    pub place: Option<String>,
    /// What became of the source document since.
    pub state: PinState,
}

/// How a source document at a recorded commit compares with the same document at `HEAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinState {
    /// The same text, byte by byte.
    Fresh,
    /// Another text.
    Changed {
        /// The text at the recorded commit; bytes that are not UTF-8 are replaced.
        old: Arc<str>,
        /// Where the document was at the recorded commit, from the repository's top, if it was moved since.
        moved_from: Option<String>,
    },
    /// The complete history does not hold it, or it is no commit.
    UnknownCommit,
    /// Several commits' ids begin like this.
    AmbiguousCommit,
    /// It is no commit id at all; git was not asked.
    MalformedPin,
    /// The commit is known, but the document was not there, neither here nor at a path that it was moved from.
    AbsentAtPin,
    /// The document is no longer in the source's history at `HEAD`, or not yet.
    GoneAtHead,
    /// It cannot be judged from what is at hand.
    Unavailable(Unavailable),
}

/// Why a recorded commit cannot be judged; displayed as one sentence that says what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// The clone was cut off before the commit.
    Shallow {
        /// The command that fetches the rest.
        command: String,
    },
    /// A partial clone (`--filter=…`) that lacks the document's text or folder at the commit.
    PartialClone {
        /// The command that fetches everything.
        command: String,
    },
    /// The repository has no commit yet.
    NoCommits(Utf8PathBuf),
    /// The document lies outside the repository.
    OutsideRepository(Utf8PathBuf),
    /// The document's path holds a line break, which cannot be asked for.
    LineBreakInPath,
    /// Git ended before it had answered, for this reason.
    GitFailed(String),
    /// The repository holds none of the documents and none of the commits: it is another one.
    OtherRepository(Utf8PathBuf),
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shallow { command } => {
                write!(f, "the source's clone is shallow and ends before the recorded commit; run `{command}`")
            }
            Self::PartialClone { command } => {
                write!(f, "the source's clone is partial and lacks the page at the recorded commit; run `{command}`")
            }
            Self::NoCommits(folder) => write!(f, "the repository at {folder} has no commits yet"),
            Self::OutsideRepository(folder) => write!(f, "the page lies outside the repository at {folder}"),
            Self::LineBreakInPath => write!(f, "the page's path holds a line break, which git cannot be asked for"),
            Self::GitFailed(said) => write!(f, "{said}"),
            Self::OtherRepository(folder) => write!(
                f,
                "the repository at {folder} holds neither the source pages nor their recorded commits; name the one that \
                 does with --source-repo"
            ),
        }
    }
}
