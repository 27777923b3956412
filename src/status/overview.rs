//! Where all locales stand.

use super::row::Row;
use crate::finding::{Notice, NoticeLevel};
use isogloss_text::Locale;

/// Where all locales stand.
#[derive(Debug)]
pub struct Status {
    /// The locale that the others are translated from, if it has documents.
    pub source: Option<Locale>,
    /// Pages that are to be translated: those of the source, or without one, all.
    pub pages: usize,
    /// How many words they have, in the source or in what else they are compared with.
    pub words: usize,
    /// The locales that were asked for, the one with the most words to translate first.
    pub rows: Vec<Row>,
    /// Why freshness is not known where it is not; one sentence without a full stop.
    pub unjudged: Option<&'static str>,
    /// Notices.
    pub notices: Vec<Notice>,
}

impl Status {
    /// Whether the run saw less than it was asked to.
    pub fn is_blind(&self) -> bool {
        self.notices.iter().any(|notice| notice.level == NoticeLevel::Blind)
    }
}
