//! The status of all locales.

use super::row::Row;
use crate::finding::{Notice, NoticeLevel};
use isogloss_text::Locale;

/// The status of all locales.
#[derive(Debug)]
pub struct Status {
    /// The locale that the others are translated from, if it has documents.
    pub source: Option<Locale>,
    /// Number of pages to translate: those of the source, or all if there is no source.
    pub pages: usize,
    /// Number of words in them, in the source or the reference used instead.
    pub words: usize,
    /// The selected locales, the one with the most words to translate first.
    pub rows: Vec<Row>,
    /// Why freshness is unknown for some locales, in one sentence without a full stop.
    pub unjudged: Option<&'static str>,
    /// Notices.
    pub notices: Vec<Notice>,
}

impl Status {
    /// Whether the check is incomplete.
    pub fn is_blind(&self) -> bool {
        self.notices.iter().any(|notice| notice.level == NoticeLevel::Incomplete)
    }
}
