//! isogloss: a linter that keeps translated Markdown documentation consistent.
//!
//! [`check`] is the whole pipeline: it finds the files, pairs them into pages, learns from a sample of them, compares each page's
//! translations with its source, runs the rules, and returns the findings.
//!
//! ```
//! use isogloss::config::Config;
//! use isogloss::corpus::walk::Root;
//!
//! let roots = vec![Root { locale: None, path: "fixtures/handbook".into() }];
//! let report = isogloss::check(&Config { roots, ..Config::default() }, false)?;
//! assert!(report.findings.iter().any(|finding| finding.rule == "sla-mismatch"));
//! # Ok::<(), isogloss::CheckError>(())
//! ```

pub mod analysis;
pub mod baseline;
pub mod cli;
pub mod config;
pub mod corpus;
#[cfg(test)]
mod docs;
pub mod finding;
pub mod init;
pub(crate) mod json;
pub(crate) mod nearest;
pub mod panics;
pub mod report;
pub mod rules;
pub mod sanitize;
pub mod side_by_side;
pub mod status;
pub mod suppress;

use std::panic::resume_unwind;
use std::thread;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use analysis::PageView;
use analysis::compare::{compare_pages, parse_in};
use analysis::learn::{self, Learned};
use analysis::pins::{self, HistoryChoice, Pins};
use analysis::unproven;
use baseline::{Baseline, BaselineError, Coverage, Settled};
use config::Config;
use corpus::changed::Change;
use corpus::contents::Contents;
use corpus::page::Corpus;
use corpus::targets::Targets;
use corpus::walk::{Root, WalkError};
use corpus::{Found, note_missing};
use finding::{Finding, NoticeLevel, number_alike};
use isogloss_quantities::Reader;
use report::{Progress, Report, Summary};
use rules::Sink;

/// Why nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A root does not exist.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Git cannot determine what changed.
    #[error(transparent)]
    Change(#[from] corpus::changed::Error),
    /// The baseline cannot be read, is invalid, or cannot be written.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
}

impl CheckError {
    /// Whether the request is wrong, as opposed to the state of the repository.
    pub fn is_wrong_usage(&self) -> bool {
        match self {
            Self::Change(error) => error.is_wrong_usage(),
            Self::Walk(_) | Self::Baseline(_) => true,
        }
    }
}

/// Checks everything that the configuration covers, and writes the baseline if configured to.
///
/// # Errors
/// If a root does not exist, git cannot determine what changed in a run about a change, or the baseline cannot be read or
/// written. Any other problem with a file is a notice, and the rest is checked.
pub fn check(config: &Config, show_progress: bool) -> Result<Report, CheckError> {
    check_contents(config, Contents::default(), show_progress)
}

/// Like [`check`], but reads documents through `contents`, unless the run is about a change.
///
/// # Errors
/// As [`check`].
pub fn check_contents(config: &Config, contents: Contents, show_progress: bool) -> Result<Report, CheckError> {
    let file = config.baseline_file();
    let known = Baseline::load(file)?;
    let request = config.request();
    let Found { corpus, roots, mut notices, change } = match &config.change {
        None => corpus::find(&request, contents)?,
        Some(selection) => corpus::changed::find(&request, selection)?,
    };
    let change = change.as_ref();
    let examples = change.map_or(&corpus, |change| &change.examples);
    let (learned, pins) = prepare(config, &corpus, &roots, examples, change.is_none());
    let targets = Targets::new(&corpus);
    let (mut findings, of_pages) = check_corpus(&targets, config, change);
    let context = config.context(&corpus, &learned, &pins);
    let progress = Progress::new(show_progress, corpus.pages.len());
    let checked = compare_pages(&context, PageView::needs_history, |index, mut view| {
        view.trace();
        let view = &view;
        let asks_source = change.is_none_or(|change| change.touches_source(view.reference_member()));
        let sink = Sink::new(&config.levels, &view.page.key);
        let mut sink = sink.suppressing(suppress::read(view)).joining(asks_source);
        sink.extend(of_pages.get(&index).into_iter().flatten().cloned());
        rules::check_page(&targets, view, &mut sink);
        suppress::suppress(view, &mut sink);
        progress.tick();
        let mut findings = sink.finish();
        if let Some(change) = change {
            findings.retain(|finding| change.concerns(&corpus, view.page, view.reference_member(), finding));
        }
        findings
    });

    let mut unread = FxHashSet::default();
    for (page, (found, noticed)) in corpus.pages.iter().zip(checked) {
        if !noticed.is_empty() {
            unread.insert(page.key.as_str());
        }
        findings.extend(found);
        notices.extend(noticed);
    }
    notices.extend(pins.notices());
    let compares_numbers = rules::NUMBERS.iter().any(|rule| config.levels.runs(rule));
    let reported = corpus.locales.iter().filter(|locale| config.levels.reports(locale));
    notices.extend(unproven::notice(reported.filter(|_| compares_numbers)));
    if change.is_none() {
        note_missing(&corpus, &request, &mut notices);
    }
    findings.par_sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    number_alike(&mut findings);
    let is_incomplete = notices.iter().any(|notice| notice.level == NoticeLevel::Incomplete);
    // A run about a change has not looked for the other known findings.
    let coverage = Coverage {
        file,
        levels: &config.levels,
        has_history: config.history != HistoryChoice::Off,
        narrowed: config.narrowed,
        corpus: &corpus,
        unread: &unread,
        is_incomplete: is_incomplete || change.is_some(),
    };
    let Settled { new, unchanged, summary: baseline, notice } = baseline::settle(known, findings, &coverage)?;
    notices.extend(notice);
    notices.sort();
    notices.dedup();
    let summary = Summary { baseline, ..Summary::new(&corpus, &config.levels, &new) };
    Ok(Report { summary, findings: new, unchanged, notices, contents: corpus.contents })
}

/// Finds the pages of everything that the configuration covers.
///
/// # Errors
/// If a root does not exist.
pub fn find(config: &Config) -> Result<Found, WalkError> {
    corpus::find(&config.request(), Contents::default())
}

/// Runs the rules that look at the whole corpus. Returns findings in documents outside any page, and the others by page index,
/// since their documents may suppress them.
fn check_corpus(
    targets: &Targets<'_>,
    config: &Config,
    change: Option<&Change>,
) -> (Vec<Finding>, FxHashMap<usize, Vec<Finding>>) {
    let mut sink = Sink::new(&config.levels, "");
    rules::check_corpus(targets.corpus(), &mut sink);
    let (mut rest, mut of_pages) = (sink.finish(), FxHashMap::<usize, Vec<Finding>>::default());
    rest.retain(|finding| change.is_none_or(|change| change.concerns_corpus(finding)));
    if rest.is_empty() {
        return (rest, of_pages);
    }
    for finding in std::mem::take(&mut rest) {
        match targets.get(&finding.path) {
            Some(target) => of_pages.entry(target.index).or_default().push(finding),
            None => rest.push(finding),
        }
    }
    (rest, of_pages)
}

/// Learns from the pages of `examples` and, in parallel, looks up the git history. `counts` is whether individual commits are
/// needed.
pub(crate) fn prepare(
    config: &Config,
    corpus: &Corpus,
    roots: &[Root],
    examples: &Corpus,
    counts: bool,
) -> (Learned, Pins) {
    // On a thread outside the pool: it mostly waits for git and would block a worker.
    let judge = || pins::judge(corpus, roots, config.history_query(counts));
    thread::scope(|scope| {
        let pins = thread::Builder::new().spawn_scoped(scope, judge);
        // Create the readers in advance, so that threads do not wait for them later.
        let make_readers = || examples.locales.par_iter().for_each(|locale| _ = Reader::for_locale(locale));
        let learn = || learn::learn(examples, &|path| parse_in(&corpus.contents, path).ok());
        let (learned, ()) = rayon::join(learn, make_readers);
        // If the system refuses another thread, look up the history here.
        (learned, pins.map_or_else(|_| judge(), |pins| pins.join().unwrap_or_else(|panic| resume_unwind(panic))))
    })
}
