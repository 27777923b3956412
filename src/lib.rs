//! isogloss: a linter that keeps translated Markdown documentation consistent.
//!
//! [`check`] is the program: it finds the files, pairs them into pages, learns from a sample of them, compares each page's
//! translations with its source, runs the rules, and returns what they found.

pub mod baseline;
pub mod changed;
pub mod cli;
pub mod compare;
pub mod config;
pub mod contents;
#[cfg(test)]
mod docs;
pub mod finding;
pub mod fingerprint;
pub mod head;
pub mod init;
pub mod layout;
pub mod learn;
pub mod page;
pub mod panics;
pub mod pin_pattern;
pub mod pins;
pub mod report;
pub mod rules;
pub mod sanitize;
pub mod side_by_side;
pub mod status;
pub mod suppress;
pub mod walk;

use std::collections::BTreeSet;
use std::panic::resume_unwind;
use std::thread;

use camino::Utf8Path;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use baseline::{Baseline, BaselineError, Seen, Settled};
use changed::Change;
use compare::{Context, compare_pages};
use config::{Config, Root};
use contents::Contents;
use finding::{Finding, Notice, NoticeLevel};
use isogloss_quantities::Reader;
use isogloss_text::Locale;
use learn::Learned;
use page::Corpus;
use pins::Pins;
use report::{Progress, Report, Summary};
use rules::{PageView, Sink};
use walk::WalkError;

/// Why nothing was checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// A root does not exist.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Nobody can say what changed.
    #[error(transparent)]
    Change(#[from] changed::Error),
    /// The baseline cannot be read, is none, or cannot be written.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
}

impl CheckError {
    /// Whether it is what was asked that is wrong, and not what there is to see.
    pub fn is_wrong_usage(&self) -> bool {
        match self {
            Self::Change(error) => error.is_wrong_usage(),
            Self::Walk(_) | Self::Baseline(_) => true,
        }
    }
}

/// Checks everything that the configuration names, and writes the baseline if it says so.
///
/// # Errors
/// If a root does not exist, git cannot say what changed where only that is asked about, or because of the baseline. Whatever
/// else is wrong with a file is a notice, and the rest is checked.
pub fn check(config: &Config, show_progress: bool) -> Result<Report, CheckError> {
    check_contents(config, Contents::default(), show_progress)
}

/// The same over documents that are read through `contents`, unless the run is about a change.
///
/// # Errors
/// As [`check`].
pub fn check_contents(config: &Config, contents: Contents, show_progress: bool) -> Result<Report, CheckError> {
    let known = Baseline::load(config)?;
    let Found { corpus, roots, mut notices, change } = match &config.change {
        None => find_in(config, contents)?,
        Some(asked) => changed::find(config, asked)?,
    };
    let change = change.as_ref();
    let examples = change.map_or(&corpus, |change| &change.examples);
    let (learned, pins) = prepare(config, &corpus, &roots, examples, change.is_none());
    let (mut findings, of_pages) = check_corpus(&corpus, config, change);
    let context = Context { config, corpus: &corpus, learned: &learned, pins: &pins };
    let progress = Progress::new(show_progress, corpus.pages.len());
    let checked = compare_pages(&context, PageView::asks_history, |index, mut view| {
        view.trace();
        let view = &view;
        let asks_source = change.is_none_or(|change| change.touches_source(view));
        let sink = Sink::new(&config.levels, &view.page.key);
        let mut sink = sink.suppressing(suppress::read(view)).joining(asks_source);
        sink.extend(of_pages.get(&index).into_iter().flatten().cloned());
        rules::check_page(&corpus, view, &mut sink);
        suppress::suppress(view, &mut sink);
        progress.tick();
        let mut findings = sink.finish();
        if let Some(change) = change {
            findings.retain(|finding| change.concerns(&corpus, view, finding));
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
    if change.is_none() {
        tell_what_lacks(&corpus, config, &mut notices);
    }
    findings.par_sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    fingerprint::tell_apart(&mut findings);
    let blind = notices.iter().any(|notice| notice.level == NoticeLevel::Blind);
    // Who looks at a change only has not looked for the rest of what is known.
    let seen = Seen { config, corpus: &corpus, unread: &unread, blind: blind || change.is_some() };
    let Settled { new, unchanged, summary: baseline, notice } = baseline::settle(known, findings, &seen)?;
    notices.extend(notice);
    notices.sort();
    notices.dedup();
    let summary = Summary { baseline, ..Summary::new(&corpus, &config.levels, &new) };
    Ok(Report { summary, findings: new, unchanged, notices, contents: corpus.contents })
}

/// Runs the rules that look at the whole corpus: findings in documents of no page, and the others by their page's index, since
/// the documents may suppress them.
fn check_corpus(
    corpus: &Corpus,
    config: &Config,
    change: Option<&Change>,
) -> (Vec<Finding>, FxHashMap<usize, Vec<Finding>>) {
    let mut sink = Sink::new(&config.levels, "");
    rules::check_corpus(corpus, &mut sink);
    let (mut rest, mut of_pages) = (sink.finish(), FxHashMap::<usize, Vec<Finding>>::default());
    rest.retain(|finding| change.is_none_or(|change| change.concerns_corpus(finding)));
    if rest.is_empty() {
        return (rest, of_pages);
    }
    let members =
        corpus.pages.iter().enumerate().flat_map(|(index, page)| page.members.iter().map(move |it| (it, index)));
    let indexes: FxHashMap<&Utf8Path, usize> = members.map(|(member, index)| (member.path.as_path(), index)).collect();
    for finding in std::mem::take(&mut rest) {
        match indexes.get(finding.path.as_path()) {
            Some(&index) => of_pages.entry(index).or_default().push(finding),
            None => rest.push(finding),
        }
    }
    (rest, of_pages)
}

/// The pages of a run.
pub struct Found {
    /// All pages.
    pub corpus: Corpus,
    /// The folders that were walked.
    pub roots: Vec<Root>,
    /// What is to be said about files and layout.
    pub notices: Vec<Notice>,
    /// What a run goes by that is about a change only.
    pub change: Option<Change>,
}

/// Walks the roots and pairs what is there into pages.
///
/// # Errors
/// If a root does not exist.
pub fn find(config: &Config) -> Result<Found, WalkError> {
    find_in(config, Contents::default())
}

fn find_in(config: &Config, contents: Contents) -> Result<Found, WalkError> {
    let mut walked = walk::walk(&config.roots, &config.exclude)?;
    changed::add_tracked(&mut walked, config)?;
    let (mut heads, unreadable) = head::read_heads(&contents, &walked.files, &config.id_keys, &config.pin_keys);
    if let Some(pattern) = &config.pin_pattern {
        head::read_body_pins(&contents, &walked.files, &mut heads, pattern);
    }
    let mut placed = layout::place(layout::Request {
        roots: &walked.roots,
        files: &walked.files,
        heads: &heads,
        source: config.source.as_ref(),
        locales: &config.locales,
        choice: &config.layout,
    });
    let mut notices = walked.notices;
    notices.extend(unreadable);
    notices.append(&mut placed.notices);
    let corpus = Corpus { contents, ..Corpus::new(&walked.files, heads, placed) };
    Ok(Found { corpus, roots: walked.roots, notices, change: None })
}

/// What all pages are compared with: what is learned of the pages of `examples`, and what the history says, beside each other.
/// `counts` is whether anybody will ask for single commits.
pub(crate) fn prepare(
    config: &Config,
    corpus: &Corpus,
    roots: &[Root],
    examples: &Corpus,
    counts: bool,
) -> (Learned, Pins) {
    // On a thread of its own, since it waits for git most of the time, and would keep one of those that work from it.
    let judge = || pins::judge(corpus, roots, config, counts);
    thread::scope(|scope| {
        let pins = thread::Builder::new().spawn_scoped(scope, judge);
        // Made now, beside the rest, a reader does not keep the threads waiting that need it first.
        let make_readers = || examples.locales.par_iter().for_each(|locale| _ = Reader::for_locale(locale));
        let learn = || learn::learn(examples, &|path| compare::parse_in(&corpus.contents, path).ok());
        let (learned, ()) = rayon::join(learn, make_readers);
        // Where the system refuses another thread, it is done here, one after the other.
        (learned, pins.map_or_else(|_| judge(), |pins| pins.join().unwrap_or_else(|panic| resume_unwind(panic))))
    })
}

/// Says if nothing can be compared, which nothing said so far explains, and which of the locales and folders that were asked
/// for or are configured have no documents.
pub(crate) fn tell_what_lacks(corpus: &Corpus, config: &Config, notices: &mut Vec<Notice>) {
    if !corpus.has_pairs() && notices.iter().all(|notice| notice.level != NoticeLevel::Blind) {
        notices.push(nothing_to_compare(corpus));
    }
    if corpus.locales.is_empty() {
        return;
    }
    let locales: BTreeSet<&Locale> = config.levels.reported().iter().chain(&config.required).collect();
    notices.extend(locales.into_iter().filter_map(|locale| no_documents(corpus, locale)));
    notices.extend(config.roots.iter().filter_map(|root| empty_root(corpus, root)));
}

/// Says that a folder or file that was asked for has no documents in any locale.
fn empty_root(corpus: &Corpus, root: &Root) -> Option<Notice> {
    let mut members = corpus.pages.iter().flat_map(|page| &page.members);
    if members.any(|member| member.path.starts_with(&root.path)) {
        return None;
    }
    let message = "no documents found; check the path, or remove it from the roots".to_owned();
    Some(Notice::blind(Some(root.path.clone()), message))
}

/// Says that a locale that was asked for has no documents.
fn no_documents(corpus: &Corpus, locale: &Locale) -> Option<Notice> {
    if corpus.locales.iter().any(|known| locale.covers(known)) {
        return None;
    }
    let known: Vec<&str> = corpus.locales.iter().map(Locale::as_str).collect();
    let message = format!("no {} documents found; available locales: {}", locale.name(), known.join(", "));
    Some(Notice::blind(None, message))
}

fn nothing_to_compare(corpus: &Corpus) -> Notice {
    let message = match &corpus.locales[..] {
        [] => "no Markdown documents with a known locale found; name the folders, as in `isogloss check en=docs fr=docs.fr`"
            .to_owned(),
        [only] => format!(
            "nothing to compare: only {} documents found; also name a folder of another locale",
            only.name()
        ),
        _ => "nothing to compare: no page found in two locales; name the folders, as in `isogloss check en=docs fr=docs.fr`".to_owned(),
    };
    Notice { level: NoticeLevel::Blind, path: None, message }
}
