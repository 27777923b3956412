//! What is seen of a tree of documents.

use camino::Utf8PathBuf;

use super::choose::Chosen;
use crate::corpus::walk::Root;
use crate::finding::Notice;
use isogloss_text::Locale;

/// What is seen of a tree of documents.
#[derive(Debug)]
pub struct Survey {
    /// The folders that were named; empty: the current one.
    pub roots: Vec<Root>,
    /// Markdown files.
    pub documents: usize,
    /// Those of them that are in no locale.
    pub unplaced: usize,
    /// Each locale and its documents, sorted by tag.
    pub locales: Vec<(Locale, usize)>,
    /// The locale that the others are translated from, where it is known.
    pub source: Option<Locale>,
    /// Names of the layouts that were seen.
    pub layouts: Vec<&'static str>,
    /// Logical documents.
    pub pages: usize,
    /// Those of them that are there in two locales or more.
    pub paired: usize,
    /// Versions of pages that locales lack.
    pub missing: usize,
    /// Front matter keys that hold ids, and in how many documents; the first that counts comes first.
    pub id_keys: Vec<(String, usize)>,
    /// The same for source commits.
    pub pin_keys: Vec<(String, usize)>,
    /// Other keys with what looks like a commit.
    pub commit_like: Vec<(String, usize)>,
    /// Whether there is a git history to look up source commits in.
    pub history: GitHistory,
    /// The folder of the source's documents that holds a git history.
    pub repository: Option<Utf8PathBuf>,
    /// Why recorded source commits cannot be looked up; each is one sentence.
    pub unavailable: Vec<String>,
    /// The preset that fits.
    pub chosen: Option<Chosen>,
    /// What else is to be said: files that cannot be read, the layout, what is not at hand.
    pub notices: Vec<Notice>,
}

/// What the git history is good for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitHistory {
    /// There is one, and no translation records a commit.
    Unused,
    /// Translations record commits, and these cannot be looked up: [`Survey::unavailable`] says why.
    Unavailable,
    /// It holds recorded source commits.
    Used {
        /// Translations whose source has not changed since.
        current: usize,
        /// Those whose source has.
        behind: usize,
        /// Those whose recorded commit could not be compared.
        unknown: usize,
    },
    /// There is none, and no translation records a commit.
    Absent,
}

impl Survey {
    /// Whether nothing can be compared, so that a configuration would be of no use yet.
    pub fn is_blind(&self) -> bool {
        self.paired == 0
    }
}
