//! How far behind each locale is: the results of [`crate::check`] as numbers, without findings.
//!
//! Nothing is compared here: all numbers come from the views that the rules use. Each page is counted as soon as it is compared,
//! and its view is then dropped. `docs/status.md` documents what is counted.

mod json;
mod markdown;
mod overview;
mod row;
mod table;
mod tally;
#[cfg(test)]
mod tests;
mod words;

use std::cmp::Reverse;
use std::io;
use std::sync::{Mutex, PoisonError};

use crate::analysis::compare::compare_pages;
use crate::analysis::pins::HistoryChoice;
use crate::analysis::pins::Pins;
use crate::config::Config;
use crate::corpus::note_missing;
use crate::corpus::page::Corpus;
use crate::corpus::walk::WalkError;
use crate::report::{Options, Progress};
pub use overview::Status;
pub use row::{Human, Row};
use tally::Tally;
pub use words::Words;

/// Writes a [`Status`] in one format.
pub type Write = fn(&Status, Options, &mut dyn io::Write) -> io::Result<()>;

/// All formats by name, the default first.
pub static FORMATS: [(&str, Write); 3] =
    [("table", table::write), ("json", json::write), ("markdown", markdown::write)];

/// Counts all configured pages.
///
/// # Errors
/// If a root does not exist. Other errors are notices about single files, and the rest is counted.
pub fn status(config: &Config, show_progress: bool) -> Result<Status, WalkError> {
    let found = crate::find(config)?;
    let (corpus, mut notices) = (found.corpus, found.notices);
    let (learned, pins) = crate::prepare(config, &corpus, &found.roots, &corpus, false);
    let context = config.context(&corpus, &learned, &pins);
    let progress = Progress::new(show_progress, corpus.pages.len());
    // The commits themselves are not needed.
    let tally = Mutex::new(Tally::new(&corpus));
    let counted = compare_pages(
        &context,
        |_| false,
        |_, view| {
            let mut page = Tally::new(&corpus);
            page.add(&corpus, &view);
            progress.tick();
            // Sums of integers do not depend on the order, and no page's counts are kept.
            tally.lock().unwrap_or_else(PoisonError::into_inner).plus(page);
        },
    );
    let tally = tally.into_inner().unwrap_or_else(PoisonError::into_inner);
    notices.extend(counted.into_iter().flat_map(|((), noticed)| noticed));
    notices.extend(pins.notices());
    note_missing(&corpus, &config.request(), &mut notices);
    notices.sort();

    let source = corpus.locales.iter().find(|locale| corpus.source.as_ref() == Some(locale)).cloned();
    let rows = corpus.locales.iter().zip(&tally.counts).map(|(locale, counts)| Row::new(locale, counts));
    let is_shown = |row: &Row| Some(&row.locale) != source.as_ref() && config.levels.reports(&row.locale);
    let mut rows: Vec<Row> = rows.filter(is_shown).collect();
    rows.sort_by_cached_key(|row| (Reverse(row.words.total), Reverse(row.stale), row.locale.clone()));
    let unjudged = unjudged(config, &corpus, &pins, &rows);
    Ok(Status { source, pages: tally.pages, words: tally.words, rows, unjudged, notices })
}

/// Why freshness is unknown for at least one locale.
fn unjudged(config: &Config, corpus: &Corpus, pins: &Pins, rows: &[Row]) -> Option<&'static str> {
    if rows.iter().all(|row| row.fresh.is_some()) {
        return None;
    }
    let records_any = || corpus.members().any(|member| member.pin.is_some());
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
