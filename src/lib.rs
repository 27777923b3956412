//! isogloss: a linter that keeps translated Markdown documentation consistent.
//!
//! [`check`] is the program: it finds the files, pairs them into pages, learns from a sample of them, compares each page's
//! translations with its source, runs the rules, and returns what they found.

pub mod align;
pub mod changed;
pub mod cli;
pub mod compare;
pub mod config;
pub mod contents;
#[cfg(test)]
mod docs;
pub mod document;
pub mod finding;
pub mod fingerprint;
pub mod head;
pub mod history;
pub mod layout;
pub mod learn;
pub mod locale;
pub mod page;
pub mod pins;
pub mod quantity;
pub mod report;
pub mod rules;
pub mod side_by_side;
pub mod text;
pub mod walk;

use rayon::prelude::*;

use changed::Change;
use compare::Context;
use config::{Config, Root};
use finding::{Finding, Notice, NoticeLevel};
use locale::Locale;
use page::Corpus;
use report::{Progress, Report, Summary};
use rules::Sink;
use walk::WalkError;

/// Checks everything that the configuration names. `progress` is ticked once a page.
///
/// # Errors
/// If a root does not exist, or git cannot say what changed where only that is asked about. Whatever else is wrong with a
/// file is a notice, and the rest is checked.
pub fn check(config: &Config, show_progress: bool) -> Result<Report, changed::Error> {
    let Found { corpus, roots, mut notices, change } = match &config.change {
        None => find(config)?,
        Some(asked) => changed::find(config, asked)?,
    };
    let examples = change.as_ref().map_or(&corpus, |change| &change.examples);
    let (learned, pins) = rayon::join(
        || learn::learn(examples, &|path| compare::parse_in(&corpus.contents, path).ok()),
        || {
            let judge = if change.is_none() { pins::judge } else { pins::judge_uncounted };
            judge(&corpus, &roots, &config.history)
        },
    );
    notices.extend(pins.notices.iter().cloned());
    if change.is_none() {
        if !corpus.has_pairs() && notices.iter().all(|notice| notice.level != NoticeLevel::Blind) {
            notices.push(nothing_to_compare(&corpus));
        }
        notices.extend(unseen_locales(&corpus, config));
    }

    let context = Context { config, corpus: &corpus, learned: &learned, pins: &pins };
    let progress = Progress::new(show_progress, corpus.pages.len());
    let checked: Vec<(Vec<Finding>, Vec<Notice>)> = corpus
        .pages
        .par_iter()
        .map(|page| {
            let (view, notices) = context.view(page);
            let mut sink = Sink::new(&config.levels, &page.key);
            rules::check_page(&corpus, &view, &mut sink);
            progress.tick();
            let mut findings = sink.finish();
            if let Some(change) = &change {
                findings.retain(|finding| change.concerns(&corpus, &view, finding));
            }
            (findings, notices)
        })
        .collect();

    let mut sink = Sink::new(&config.levels, "");
    rules::check_corpus(&corpus, &mut sink);
    let mut findings = sink.finish();
    findings.retain(|finding| change.as_ref().is_none_or(|change| change.concerns_corpus(finding)));
    for (found, noticed) in checked {
        findings.extend(found);
        notices.extend(noticed);
    }
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    fingerprint::tell_apart(&mut findings);
    notices.sort();
    let summary = Summary::new(&corpus, &config.levels, &findings);
    Ok(Report { summary, findings, notices, contents: corpus.contents })
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
    let walked = walk::walk(&config.roots, &config.exclude, config.jobs.map_or(0, usize::from))?;
    let (heads, unreadable) = head::read_heads(&walked.files, &config.id_keys, &config.pin_keys);
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
    Ok(Found { corpus: Corpus::new(&walked.files, heads, placed), roots: walked.roots, notices, change: None })
}

/// Says which of the locales that were asked for have no documents.
fn unseen_locales(corpus: &Corpus, config: &Config) -> Vec<Notice> {
    config.levels.reported().iter().filter_map(|locale| no_documents(corpus, locale)).collect()
}

/// Says that a locale that was asked for has no documents.
fn no_documents(corpus: &Corpus, locale: &Locale) -> Option<Notice> {
    if corpus.locales.iter().any(|known| locale.covers(known)) {
        return None;
    }
    let known: Vec<&str> = corpus.locales.iter().map(Locale::as_str).collect();
    let message = format!("no {} documents were found; there are {}", locale.name(), known.join(", "));
    Some(Notice { level: NoticeLevel::Blind, path: None, message })
}

fn nothing_to_compare(corpus: &Corpus) -> Notice {
    let message = match &corpus.locales[..] {
        [] => "no Markdown document in any known language was found; name the folders, as in `isogloss check en=docs fr=docs.fr`"
            .to_owned(),
        [only] => format!(
            "only {} documents were found, so that there is nothing to compare; name a folder of another language too",
            only.name()
        ),
        _ => "no page was found in two languages; name the folders, as in `isogloss check en=docs fr=docs.fr`".to_owned(),
    };
    Notice { level: NoticeLevel::Blind, path: None, message }
}
