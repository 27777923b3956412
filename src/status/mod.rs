//! How far behind each locale is: the pages of [`crate::check`] in numbers, without findings.
//!
//! Nothing is compared here: every number is read off the views that the rules look at. A page is counted as soon as it is
//! compared, and its view let go. `docs/status.md` says what is counted.

mod json;
mod markdown;
mod row;
mod table;
mod tally;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::io;
use std::sync::{Mutex, PoisonError};

use crate::compare::{Context, compare_pages};
use crate::config::{Config, HistoryChoice};
use crate::finding::{Notice, NoticeLevel};
use crate::page::Corpus;
use crate::pins::Pins;
use crate::report::{Options, Progress};
use crate::walk::WalkError;
use isogloss_text::Locale;
pub use row::{Human, Row, Words};
use tally::Tally;

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
    /// What is worth telling besides.
    pub notices: Vec<Notice>,
}

/// A way to write a [`Status`].
pub type Write = fn(&Status, Options, &mut dyn io::Write) -> io::Result<()>;

/// All formats by their names, the usual one first.
pub static FORMATS: [(&str, Write); 3] =
    [("table", table::write), ("json", json::write), ("markdown", markdown::write)];

impl Status {
    /// Whether the run saw less than it was asked to.
    pub fn is_blind(&self) -> bool {
        self.notices.iter().any(|notice| notice.level == NoticeLevel::Blind)
    }
}

/// Counts over all pages that the configuration names.
///
/// # Errors
/// If a root does not exist. Whatever else is wrong with a file is a notice, and the rest is counted.
pub fn status(config: &Config, show_progress: bool) -> Result<Status, WalkError> {
    let found = crate::find(config)?;
    let (corpus, mut notices) = (found.corpus, found.notices);
    let (learned, pins) = crate::prepare(config, &corpus, &found.roots, &corpus, false);
    let context = Context { config, corpus: &corpus, learned: &learned, pins: &pins };
    let progress = Progress::new(show_progress, corpus.pages.len());
    // Nobody asks for single commits here.
    let tally = Mutex::new(Tally::new(&corpus));
    let counted = compare_pages(
        &context,
        |_| false,
        |_, view| {
            let mut page = Tally::new(&corpus);
            page.add(&corpus, &view);
            progress.tick();
            // Whole numbers are summed, which may be done in any order, and no page's own are kept.
            tally.lock().unwrap_or_else(PoisonError::into_inner).plus(page);
        },
    );
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    notices.extend(counted.into_iter().flat_map(|((), noticed)| noticed));
    notices.extend(pins.notices());
    crate::tell_what_lacks(&corpus, config, &mut notices);
    notices.sort();

    let source = corpus.locales.iter().find(|locale| corpus.source.as_ref() == Some(locale)).cloned();
    let rows = corpus.locales.iter().zip(&tally.counts).map(|(locale, counts)| Row::new(locale, counts));
    let is_shown = |row: &Row| Some(&row.locale) != source.as_ref() && config.levels.reports(&row.locale);
    let mut rows: Vec<Row> = rows.filter(is_shown).collect();
    rows.sort_by_cached_key(|row| (Reverse(row.words.total), Reverse(row.stale), row.locale.clone()));
    let unjudged = unjudged(config, &corpus, &pins, &rows);
    Ok(Status { source, pages: tally.pages, words: tally.words, rows, unjudged, notices })
}

/// Why the freshness of at least one locale is not known.
fn unjudged(config: &Config, corpus: &Corpus, pins: &Pins, rows: &[Row]) -> Option<&'static str> {
    if rows.iter().all(|row| row.fresh.is_some()) {
        return None;
    }
    let records_any = || corpus.pages.iter().flat_map(|page| &page.members).any(|member| member.pin.is_some());
    Some(if config.history == HistoryChoice::Off {
        "freshness unknown: history is disabled"
    } else if !pins.notices().is_empty() {
        "freshness partly unknown: history is not available for all documents"
    } else if records_any() {
        "freshness partly unknown: not all translations record a source commit that is in the history"
    } else {
        "freshness unknown: no translation records its source commit"
    })
}
