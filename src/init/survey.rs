//! What was detected in a tree of documents.

use camino::Utf8PathBuf;

use super::choose::Chosen;
use crate::corpus::walk::Root;
use crate::finding::Notice;
use isogloss_text::Locale;

/// What was detected in a tree of documents.
#[derive(Debug)]
pub struct Survey {
    /// The folders given on the command line; if empty, the current one.
    pub roots: Vec<Root>,
    /// Number of Markdown files.
    pub documents: usize,
    /// Number of these without a recognized locale.
    pub unplaced: usize,
    /// Number of documents in each locale, sorted by tag.
    pub locales: Vec<(Locale, usize)>,
    /// The locale that the others are translated from, if known.
    pub source: Option<Locale>,
    /// Names of the detected layouts.
    pub layouts: Vec<&'static str>,
    /// Number of pages.
    pub pages: usize,
    /// Number of pages in at least two locales.
    pub paired: usize,
    /// Number of missing translations.
    pub missing: usize,
    /// Front matter keys for ids, and the number of documents with each; the key with the highest precedence is first.
    pub id_keys: Vec<(String, usize)>,
    /// The same for source commits.
    pub pin_keys: Vec<(String, usize)>,
    /// Other keys whose values look like commits.
    pub commit_like: Vec<(String, usize)>,
    /// Whether there is a git history to look up source commits in.
    pub history: GitHistory,
    /// The folder of source documents that contains a git history.
    pub repository: Option<Utf8PathBuf>,
    /// Why recorded source commits cannot be looked up, one sentence each.
    pub unavailable: Vec<String>,
    /// The matching preset.
    pub chosen: Option<Chosen>,
    /// Notices about files that cannot be read, the layout and anything unavailable.
    pub notices: Vec<Notice>,
}

/// What the git history can be used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitHistory {
    /// There is a history, but no translation records a commit.
    Unused,
    /// Translations record commits that cannot be looked up; see [`Survey::unavailable`].
    Unavailable,
    /// The recorded commits can be looked up.
    Used {
        /// Number of translations whose source has not changed since.
        current: usize,
        /// Number of translations whose source has changed since.
        behind: usize,
        /// Number of translations whose recorded commit could not be compared.
        unknown: usize,
    },
    /// There is no history, and no translation records a commit.
    Absent,
}

impl Survey {
    /// Whether there is nothing to compare, so that a configuration would not be useful yet.
    pub fn is_blind(&self) -> bool {
        self.paired == 0
    }
}
