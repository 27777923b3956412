//! The start: what is seen of a tree of documents, which preset fits it, and the configuration file that says so.

mod advice;
mod choose;
mod file;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::Found;
use crate::config::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS, PRESETS, Root};
use crate::finding::Notice;
use crate::head;
use crate::page::{Corpus, Member};
use crate::pins::{self, Pins};
use crate::walk::WalkError;
use isogloss_history::{History, PinState};
use isogloss_text::Locale;

pub use advice::advice;
pub use choose::{Chosen, Kept};
pub use file::render;

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

/// Looks at `roots`, or at the current folder if there are none; `current` is its absolute path. `source` is the locale that
/// the others are translated from, if it was said.
///
/// # Errors
/// If a root does not exist.
pub fn survey(roots: Vec<Root>, source: Option<Locale>, current: &Utf8Path) -> Result<Survey, WalkError> {
    let mut config = Config { source, ..Config::default() };
    if !roots.is_empty() {
        config.roots.clone_from(&roots);
    }
    let Found { corpus, roots: walked, mut notices, .. } = crate::find(&config)?;
    crate::tell_what_lacks(&corpus, &config, &mut notices);
    let keys = count_keys(&corpus);
    let chosen = choose::choose(&corpus, &keys, &config, current)?;
    let known = |names: &[&str]| -> Vec<(String, usize)> {
        names.iter().filter_map(|name| Some(((*name).to_owned(), *keys.get(*name)?))).collect()
    };
    let pins = pins::judge(&corpus, &walked, &config, false);
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

/// The keys that mean something to a preset or by default.
fn known_keys() -> BTreeSet<&'static str> {
    let marks = PRESETS.iter().flat_map(|preset| preset.marks);
    marks.chain(DEFAULT_ID_KEYS).chain(DEFAULT_PIN_KEYS).copied().collect()
}

/// In how many documents each known key, and each that holds what looks like a commit, is.
fn count_keys(corpus: &Corpus) -> BTreeMap<String, usize> {
    let paths: Vec<&Utf8Path> = members(corpus).map(|member| member.path.as_path()).collect();
    head::count_keys(&corpus.contents, &paths, &known_keys())
}

fn members(corpus: &Corpus) -> impl Iterator<Item = &Member> {
    corpus.pages.iter().flat_map(|page| &page.members)
}

fn locales(corpus: &Corpus) -> Vec<(Locale, usize)> {
    let mut counts: BTreeMap<&Locale, usize> = BTreeMap::new();
    for member in members(corpus) {
        *counts.entry(&member.locale).or_default() += 1;
    }
    counts.into_iter().map(|(locale, count)| (locale.clone(), count)).collect()
}

fn history(corpus: &Corpus, roots: &[Root], pins: &Pins, is_available: bool) -> GitHistory {
    let (mut current, mut behind, mut unknown) = (0, 0, 0);
    let recorded = members(corpus).filter(|member| !pins.is_guess(&member.path));
    for verdict in recorded.filter_map(|member| pins.verdict(&member.path)) {
        match verdict.state {
            PinState::Fresh => current += 1,
            PinState::Changed { .. } => behind += 1,
            _ => unknown += 1,
        }
    }
    let is_seen = current + behind > 0 || is_available;
    if is_seen && current + behind + unknown > 0 {
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

/// The innermost folder above the source's documents that is the top of a checkout.
fn repository(corpus: &Corpus) -> Option<Utf8PathBuf> {
    let source = corpus.source.as_ref()?;
    let member = corpus.pages.iter().find_map(|page| page.member(source))?;
    let folder = member.path.ancestors().skip(1).find(|folder| folder.join(".git").exists())?;
    (!folder.as_str().is_empty()).then(|| folder.to_owned())
}
