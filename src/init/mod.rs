//! Getting started: detects the layout of a tree of documents, chooses a preset, and writes a configuration file.

mod advice;
mod choose;
mod file;
mod survey;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::analysis::pins::{self, Pins};
use crate::config::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS, PRESETS};
use crate::corpus::head;
use crate::corpus::page::Corpus;
use crate::corpus::walk::Root;
use crate::corpus::walk::WalkError;
use crate::corpus::{Found, note_missing};
use isogloss_history::{History, PinState};
use isogloss_text::Locale;

pub use advice::advice;
pub use choose::{Chosen, Kept};
pub use file::render;
pub use survey::{GitHistory, Survey};

/// Surveys `roots`, or the current folder if there are none; `current` is its absolute path. `source` is the locale that the
/// others are translated from, if given.
///
/// # Errors
/// If a root does not exist.
pub fn survey(roots: Vec<Root>, source: Option<Locale>, current: &Utf8Path) -> Result<Survey, WalkError> {
    let mut config = Config { source, ..Config::default() };
    if !roots.is_empty() {
        config.roots.clone_from(&roots);
    }
    let Found { corpus, roots: walked, mut notices, .. } = crate::find(&config)?;
    note_missing(&corpus, &config.request(), &mut notices);
    let keys = count_keys(&corpus);
    let chosen = choose::choose(&corpus, &keys, &config, current)?;
    let known = |names: &[&str]| -> Vec<(String, usize)> {
        names.iter().filter_map(|name| Some(((*name).to_owned(), *keys.get(*name)?))).collect()
    };
    let pins = pins::judge(&corpus, &walked, config.history_query(false));
    let unavailable = pins.notices();
    let history = history(&corpus, &walked, &pins, unavailable.is_empty());
    notices.sort();
    let known_keys = known_keys();
    Ok(Survey {
        roots,
        documents: corpus.pages.iter().map(|page| page.members.len()).sum::<usize>() + corpus.unplaced,
        unplaced: corpus.unplaced,
        locales: locales(&corpus),
        layouts: corpus.layouts.clone(),
        pages: corpus.pages.len(),
        paired: corpus.pages.iter().filter(|page| page.members.len() > 1).count(),
        missing: corpus.pages.iter().map(|page| corpus.missing(page).count()).sum(),
        id_keys: known(DEFAULT_ID_KEYS),
        pin_keys: known(DEFAULT_PIN_KEYS),
        commit_like: keys.into_iter().filter(|(key, _)| !known_keys.contains(key.as_str())).collect(),
        repository: repository(&corpus),
        source: corpus.source,
        history,
        unavailable: unavailable.into_iter().map(|notice| notice.message).collect(),
        chosen,
        notices,
    })
}

/// The keys that a preset or the default configuration uses.
fn known_keys() -> BTreeSet<&'static str> {
    let marks = PRESETS.iter().flat_map(|preset| preset.marks);
    marks.chain(DEFAULT_ID_KEYS).chain(DEFAULT_PIN_KEYS).copied().collect()
}

/// The number of documents with each known key and each key whose value looks like a commit.
fn count_keys(corpus: &Corpus) -> BTreeMap<String, usize> {
    let paths: Vec<&Utf8Path> = corpus.members().map(|member| member.path.as_path()).collect();
    head::count_keys(&corpus.contents, &paths, &known_keys())
}

fn locales(corpus: &Corpus) -> Vec<(Locale, usize)> {
    let mut counts: BTreeMap<&Locale, usize> = BTreeMap::new();
    for member in corpus.members() {
        *counts.entry(&member.locale).or_default() += 1;
    }
    counts.into_iter().map(|(locale, count)| (locale.clone(), count)).collect()
}

fn history(corpus: &Corpus, roots: &[Root], pins: &Pins, is_available: bool) -> GitHistory {
    let (mut current, mut behind, mut unknown) = (0, 0, 0);
    let recorded = corpus.members().filter(|member| !pins.is_guess(&member.path));
    for verdict in recorded.filter_map(|member| pins.verdict(&member.path)) {
        match verdict.state {
            PinState::Fresh => current += 1,
            PinState::Changed { .. } => behind += 1,
            _ => unknown += 1,
        }
    }
    let is_readable = current + behind > 0 || is_available;
    if is_readable && current + behind + unknown > 0 {
        return GitHistory::Used { current, behind, unknown };
    }
    if !is_available {
        return GitHistory::Unavailable;
    }
    let folder = roots.first().map_or(Utf8Path::new(""), |root| &root.path);
    let folder = if folder.as_str().is_empty() { Utf8Path::new(".") } else { folder };
    match History::open(folder, None) {
        Ok(_) => GitHistory::Unused,
        Err(_) => GitHistory::Absent,
    }
}

/// The innermost ancestor folder of the source documents that is the top of a checkout.
fn repository(corpus: &Corpus) -> Option<Utf8PathBuf> {
    let source = corpus.source.as_ref()?;
    let member = corpus.pages.iter().find_map(|page| page.member(source))?;
    let folder = member.path.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
    (!folder.as_str().is_empty()).then(|| folder.to_owned())
}
