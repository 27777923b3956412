//! What git knows of the source commits that translations record: is the source still the same, and if not, how did it read?
//!
//! One `git cat-file` process answers all questions about objects, whatever their number, for as long as the history is open.
//! `git log` runs at most once, and only if a page changed or was not at its path at the recorded commit. Nothing is ever
//! fetched, written or run that the repository itself names.

mod batch;
mod changes;
mod damage;
mod environment;
#[doc(hidden)]
pub mod fuzz;
mod git;
mod guess;
mod index;
mod judge;
mod later;
mod log;
mod moves;
mod paths;
mod place;
mod stretch;
#[cfg(test)]
mod tests;
mod tracked;
mod tree;

use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};

use batch::{Batch, Request, text_of};
pub use changes::{BlobReader, ChangeError, Checkout, Touched, TouchedFiles};
use environment::Environment;
use git::Git;
pub use guess::{Guess, Guesses, Unpinned};
pub use index::{Entry, Index};
pub use later::Revision;
use later::{Later, SharedBatch};
use paths::SourceRoot;
use place::{Place, locate, locate_named};
use stretch::Stretch;
pub use tracked::tracked_files;

/// The repository that holds a source root's history.
#[derive(Debug)]
pub struct History {
    git: Git,
    shallow: bool,
    root: SourceRoot,
    /// The top of the checkout that it was found in, without links; `None` if it is bare.
    top: Option<Utf8PathBuf>,
    /// Whether the log is read for how often pages were touched.
    counts: bool,
    /// What was read of the log already.
    stretch: Option<Arc<Stretch>>,
}

/// The answers to all queries of a run, and what can be asked after them.
#[derive(Debug, Default)]
pub struct Judged {
    /// One a query, in their order; `None` where the log has to tell where the document was.
    verdicts: Vec<Option<Verdict>>,
    /// The process that answers questions about objects.
    batch: SharedBatch,
    later: Later,
    /// Why that process ended, if it did.
    failure: OnceLock<String>,
}

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

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When it was committed, in seconds since 1970 in UTC.
    pub time: i64,
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
    fn from_start(error: &std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::NoGit,
            kind => Self::NotStarted(kind.into()),
        }
    }
}

impl Commit {
    /// The UTC day on which it was committed, as `2025-03-02`.
    pub fn date(&self) -> String {
        let (year, month, day) = civil_date(self.time.div_euclid(86_400));
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// The first seven digits of its id.
    pub fn short(&self) -> &str {
        self.id.get(..7).unwrap_or(&self.id)
    }
}

/// The proleptic Gregorian date of a number of days since 1970-01-01.
///
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn civil_date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted_month + 2) / 5 + 1)
}

impl History {
    /// Finds the history of the documents under `source_root`.
    ///
    /// With `given` (`--source-repo`: a checkout, a worktree or a bare repository) that one is taken. Otherwise it is
    /// the repository that `source_root` is in, or else a bare one beside it that is called `<source_root>.git`.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or there is no repository that it will read.
    pub fn open(source_root: &Utf8Path, given: Option<&Utf8Path>) -> Result<Self, HistoryError> {
        Self::open_in(&Environment::of_this_process(), source_root, given)
    }

    fn open_in(env: &Environment, source_root: &Utf8Path, given: Option<&Utf8Path>) -> Result<Self, HistoryError> {
        if let Some(given) = given {
            let place = locate_named(env, given)?;
            let root = SourceRoot::in_given_repository(source_root, &place);
            return Ok(Self::at(place, root));
        }
        match locate(env, source_root) {
            Ok(place) => {
                let root = SourceRoot::in_checkout(source_root, place.prefix.clone());
                Ok(Self::at(place, root))
            }
            Err(error @ (HistoryError::NotARepository(_) | HistoryError::NoSuchFolder(_))) => {
                let beside = Utf8PathBuf::from(format!("{}.git", source_root.as_str().trim_end_matches('/')));
                if !beside.is_dir() {
                    return Err(error);
                }
                Self::open_in(env, source_root, Some(&beside))
            }
            Err(error) => Err(error),
        }
    }

    fn at(place: Place, root: SourceRoot) -> Self {
        Self { git: place.git, shallow: place.shallow, root, top: place.top, counts: true, stretch: None }
    }

    /// The same without how often pages were touched, for which the history is read back to the oldest commit concerned: longer
    /// than all else takes for a page or two.
    #[must_use]
    pub fn uncounted(self) -> Self {
        Self { counts: false, ..self }
    }

    /// Answers all `queries`. `id_of` reads a document's id out of its text.
    ///
    /// Each distinct pin, path at `HEAD` and text is asked for once. If something changed, the history is walked back to the
    /// oldest commit concerned in one `git log`, which for ten thousand commits takes some tenths of a second: it runs beside
    /// whatever the caller goes on with.
    ///
    /// # Errors
    ///
    /// If git ends before it has answered: it is too old, or the repository is damaged.
    pub fn judge(
        self,
        queries: &[Query],
        id_of: impl Fn(&str) -> Option<String> + Send + 'static,
    ) -> Result<Judged, HistoryError> {
        if queries.is_empty() {
            return Ok(Judged::default());
        }
        let mut own = Batch::start(&self.git)?;
        let batch = SharedBatch::default();
        let mut later = Later::default();
        // Held until the process is at hand that the other side will want to ask.
        let mut place = batch.lock().unwrap_or_else(PoisonError::into_inner);
        let ask = |question| later = Later::begin(question, batch.clone(), Box::new(id_of));
        let verdicts = judge::judge(&self, &mut own, queries, ask)?;
        *place = Some(own);
        drop(place);
        Ok(Judged { verdicts, batch, later, failure: OnceLock::new() })
    }
}

impl Judged {
    /// The answer to a query, by its index. Where the document was not at its place at the recorded commit, this may wait until
    /// git's log is read.
    pub fn verdict(&self, query: usize) -> Option<&Verdict> {
        self.verdicts.get(query)?.as_ref().or_else(|| self.later.verdict(query))
    }

    /// Whether the answer to a query takes git's log.
    pub fn is_late(&self, query: usize) -> bool {
        self.verdicts.get(query).is_some_and(Option::is_none)
    }

    /// The commits since a recorded commit that touched its document, newest first, merges not counted; `None` if it did not
    /// change, or if `HEAD` does not descend from the recorded commit. The log is read beside everything else: this may wait.
    pub fn revisions(&self, verdict: &Verdict) -> Option<Arc<[Revision]>> {
        self.later.revisions(verdict)
    }

    /// Whether the log is still being read, so that who asks for what it tells would wait.
    pub fn is_reading(&self) -> bool {
        self.later.is_reading()
    }

    /// The text of a blob, by its full id; `None` if it is not at hand. Bytes that are not UTF-8 are replaced.
    pub fn text(&self, blob: &str) -> Option<String> {
        let mut batch = self.batch.lock().ok()?;
        let answer = batch.as_mut()?.ask(&[Request::Contents(blob.to_owned())]);
        match answer {
            Ok(mut answers) => Some(text_of(answers.pop()?.found("blob")?.contents)),
            Err(error) => {
                let _ = self.failure.set(error.to_string());
                *batch = None;
                None
            }
        }
    }

    /// Why git could not say all that it was asked, one sentence each. Waits until the log is read.
    pub fn failures(&self) -> impl Iterator<Item = &str> {
        self.later.failure().into_iter().chain(self.failure.get().map(String::as_str))
    }
}
