//! The source commits of translations, recorded or estimated, and what the git history says about them.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::head::find_id;
use crate::corpus::page::{Corpus, Member};
use crate::corpus::walk::Root;
use crate::finding::{Notice, NoticeLevel};
use isogloss_history::{Guesses, History, HistoryError, Judged, PinState, Query, Unpinned, Verdict};

/// Which git history to look up recorded source commits in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HistoryChoice {
    /// The checkout that holds the source root.
    #[default]
    Discover,
    /// The checkout at this path.
    Repository(Utf8PathBuf),
    /// None: rules that need the history do not run.
    Off,
}

/// How to search the history.
#[derive(Debug, Clone, Copy)]
pub struct HistoryQuery<'c> {
    /// Which history.
    pub history: &'c HistoryChoice,
    /// Front matter keys that may hold a page's id, used to follow a document that was moved.
    pub id_keys: &'c [String],
    /// Whether to estimate the source commit of translations that record none, which requires reading further back in the log.
    pub guesses: bool,
    /// Whether to find the commits since the recorded one.
    pub counts: bool,
}

/// Verdicts by the path of the translation.
#[derive(Debug, Default)]
pub struct Pins {
    verdicts: FxHashMap<Utf8PathBuf, Place>,
    /// Kept open to read older versions of pages.
    histories: Vec<Judged>,
    /// Verdicts on recorded commits.
    recorded: Vec<Place>,
    /// Why some folders could not be checked.
    notices: Vec<Notice>,
}

/// The location of a verdict: the index of its history and its index in that history.
#[derive(Debug, Clone, Copy)]
struct Place {
    history: usize,
    index: usize,
    is_guess: bool,
}

/// The translations of one folder of sources, each with its source.
#[derive(Debug, Default)]
struct Translations<'a> {
    /// Those that record a source commit.
    pinned: Vec<(&'a Member, &'a Member)>,
    /// Those that record none.
    unpinned: Vec<(&'a Member, &'a Member)>,
}

impl Pins {
    /// The verdict on a document's source commit, recorded or estimated. May block if [`Self::is_late`] returns true.
    pub fn verdict(&self, path: &Utf8Path) -> Option<&Verdict> {
        self.verdict_at(*self.verdicts.get(path)?)
    }

    fn verdict_at(&self, place: Place) -> Option<&Verdict> {
        self.histories.get(place.history)?.verdict(place.index)
    }

    /// Whether even the verdict on a document's source commit depends on a log that git is still reading.
    pub fn is_late(&self, path: &Utf8Path) -> bool {
        self.place_in_reading(path).is_some_and(|(history, index)| history.is_late(index))
    }

    /// Whether the verdict, or the list of commits since, depends on such a log.
    pub fn waits(&self, path: &Utf8Path) -> bool {
        self.place_in_reading(path).is_some_and(|(history, index)| {
            let is_changed = |verdict: &Verdict| matches!(verdict.state, PinState::Changed { .. });
            history.is_late(index) || history.verdict(index).is_some_and(is_changed)
        })
    }

    /// The location of a verdict, if its history's log is still being read.
    fn place_in_reading(&self, path: &Utf8Path) -> Option<(&Judged, usize)> {
        let place = self.verdicts.get(path)?;
        let history = self.histories.get(place.history)?;
        history.is_reading().then_some((history, place.index))
    }

    /// Why some commits could not be checked. Blocks until all are.
    pub fn notices(&self) -> Vec<Notice> {
        let mut reasons: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for &place in &self.recorded {
            if let Some(PinState::Unavailable(why)) = self.verdict_at(place).map(|verdict| &verdict.state) {
                *reasons.entry((place.history, why.to_string())).or_default() += 1;
            }
        }
        let of_commits = reasons.into_iter().map(|((_, reason), count)| {
            let plural = if count == 1 { "" } else { "s" };
            let message = format!("cannot look up {count} recorded source commit{plural}: {reason}");
            Notice { level: NoticeLevel::Incomplete, path: None, message }
        });
        let mut notices: Vec<Notice> = self.notices.iter().cloned().chain(of_commits).collect();
        for failure in self.histories.iter().flat_map(Judged::failures) {
            if notices.iter().all(|notice| !notice.message.contains(failure)) {
                notices.push(Notice { level: NoticeLevel::Incomplete, path: None, message: failure.to_owned() });
            }
        }
        notices.sort();
        notices.dedup();
        notices
    }

    /// Adds a notice for a history that could not be read and that no translation depends on. The run only fails if git failed to
    /// read it: a history that does not exist is not reported, and one that is merely unavailable is a warning or a note.
    fn note_failure(&mut self, error: &HistoryError) {
        let level = match error {
            HistoryError::Failed { .. } | HistoryError::Damaged { .. } | HistoryError::NotStarted(_) => {
                NoticeLevel::Incomplete
            }
            HistoryError::Untrusted { .. } | HistoryError::TooOld => NoticeLevel::Warning,
            HistoryError::PartialClone { .. } => NoticeLevel::Note,
            _ => return,
        };
        self.notices.push(Notice { level, path: None, message: error.to_string() });
    }

    /// Whether the commit that [`Self::verdict`] is about is estimated because none is recorded.
    pub fn is_guess(&self, path: &Utf8Path) -> bool {
        self.verdicts.get(path).is_some_and(|place| place.is_guess)
    }

    /// Whether git is still reading a log, so that queries about commits block.
    pub fn is_reading(&self) -> bool {
        self.histories.iter().any(Judged::is_reading)
    }

    /// The history that a document's source commit was looked up in.
    pub fn history(&self, path: &Utf8Path) -> Option<&Judged> {
        self.verdicts.get(path).and_then(|place| self.histories.get(place.history))
    }
}

/// Checks every recorded commit of the corpus, and estimates the commit of translations that record none. Runs one git process
/// for each folder with sources, of which there is usually one.
pub fn judge(corpus: &Corpus, roots: &[Root], query: HistoryQuery<'_>) -> Pins {
    let mut pins = Pins::default();
    let given = match query.history {
        HistoryChoice::Off => return pins,
        HistoryChoice::Discover => None,
        HistoryChoice::Repository(path) => Some(path.as_path()),
    };
    let mut by_root: BTreeMap<&Utf8Path, Translations<'_>> = BTreeMap::new();
    let mut without_source = 0;
    for page in &corpus.pages {
        let source = corpus.source.as_ref().and_then(|source| page.member(source));
        for member in page.members.iter().filter(|member| Some(*member) != source) {
            match (source, &member.pin) {
                // Estimates read far back in the log, which takes too long to check a single change.
                (Some(_), None) if !query.guesses => {}
                (Some(source), pin) => {
                    let translations = by_root.entry(root_of(roots, &source.path)).or_default();
                    let list = if pin.is_some() { &mut translations.pinned } else { &mut translations.unpinned };
                    list.push((member, source));
                }
                (None, Some(_)) => without_source += 1,
                (None, None) => {}
            }
        }
    }
    if by_root.values().all(|translations| translations.pinned.is_empty()) && without_source > 0 {
        let message = format!(
            "{without_source} documents record a source commit, but no source documents are available; also check the \
             source's folder, or pass `--no-history`"
        );
        pins.notices.push(Notice { level: NoticeLevel::Incomplete, path: None, message });
    }
    for (root, translations) in by_root {
        let is_needed = !translations.pinned.is_empty();
        let run = Run { corpus, roots, query, root };
        match pins.judge_root(run, given, &translations) {
            Ok(()) => {}
            Err(error) if is_needed => {
                pins.notices.push(Notice { level: NoticeLevel::Incomplete, path: None, message: error.to_string() });
            }
            Err(error) => pins.note_failure(&error),
        }
    }
    pins
}

/// The root of a document: the longest one that its path starts with.
fn root_of<'r>(roots: &'r [Root], path: &Utf8Path) -> &'r Utf8Path {
    let holding = roots.iter().filter(|root| path.starts_with(&root.path));
    holding.max_by_key(|root| root.path.as_str().len()).map_or(Utf8Path::new(""), |root| &root.path)
}

/// One run: the translations of the sources below `root`.
#[derive(Clone, Copy)]
struct Run<'r> {
    corpus: &'r Corpus,
    roots: &'r [Root],
    query: HistoryQuery<'r>,
    root: &'r Utf8Path,
}

impl Pins {
    fn judge_root(
        &mut self,
        run: Run<'_>,
        given: Option<&Utf8Path>,
        translations: &Translations<'_>,
    ) -> Result<(), HistoryError> {
        let Run { query, root, .. } = run;
        let Translations { pinned, unpinned } = translations;
        let folder = if root.as_str().is_empty() { Utf8Path::new(".") } else { root };
        let history = History::open(folder, given)?;
        let mut history = if query.counts { history } else { history.uncounted() };
        let recorded: Vec<&str> = pinned.iter().map(|(member, _)| member.pin.as_deref().unwrap_or_default()).collect();
        let documents: Vec<Unpinned<'_>> = unpinned
            .iter()
            .map(|(member, _)| Unpinned { root: root_of(run.roots, &member.path), path: &member.path })
            .collect();
        let guesses = history.guess(&documents, &recorded);
        guesses.failures.iter().for_each(|error| self.note_failure(error));
        let guessed: Vec<usize> = (0..unpinned.len()).filter(|&index| guesses.found[index].is_some()).collect();
        let guess = |&index: &usize| guesses.found[index].as_ref().map_or("", |guess| guess.commit.as_str());

        let sources = pinned.iter().chain(guessed.iter().map(|&index| &unpinned[index])).map(|(_, source)| *source);
        let commits = recorded.into_iter().chain(guessed.iter().map(guess));
        let queries: Vec<Query<'_>> = commits
            .zip(sources)
            .map(|(pin, source)| Query { pin, path: &source.path, id: source.id.as_deref() })
            .collect();
        let keys = query.id_keys.to_vec();
        let judged = history.judge(&queries, move |text| find_id(text, &keys))?;

        for (index, (member, _)) in pinned.iter().enumerate() {
            let place = Place { history: self.histories.len(), index, is_guess: false };
            self.recorded.push(place);
            self.verdicts.insert(member.path.clone(), place);
        }
        let kept = trusted(run.corpus, unpinned, &guesses, &guessed, &judged, pinned.len())?;
        for (index, at) in guessed.into_iter().zip(pinned.len()..).filter(|(index, _)| kept.contains(index)) {
            let place = Place { history: self.histories.len(), index: at, is_guess: true };
            self.verdicts.insert(unpinned[index].0.path.clone(), place);
        }
        if guesses.cut_off && kept.len() < unpinned.len() {
            self.notices.push(cut_off(unpinned.len() - kept.len()));
        }
        self.histories.push(judged);
        Ok(())
    }
}

/// The translations whose commits were `guessed` and whose estimate is meaningful. Their verdicts start at index `from`. A file
/// with uncommitted edits was last changed just now.
fn trusted(
    corpus: &Corpus,
    unpinned: &[(&Member, &Member)],
    guesses: &Guesses,
    guessed: &[usize],
    judged: &Judged,
    from: usize,
) -> Result<FxHashSet<usize>, HistoryError> {
    let begins = |index: usize| guesses.found[index].as_ref().is_some_and(|guess| guess.begins);
    let says_something = |&(index, verdict): &(usize, &Verdict)| match verdict.state {
        // If the history begins with this version of the translation, it may be much older.
        PinState::Fresh => !begins(index),
        PinState::Changed { .. } => true,
        _ => false,
    };
    let verdicts = guessed.iter().zip(from..).filter_map(|(&index, at)| Some((index, judged.verdict(at)?)));
    let verdicts = verdicts.filter(says_something);
    let (fresh, changed): (Vec<_>, Vec<_>) = verdicts.partition(|(_, verdict)| verdict.state == PinState::Fresh);
    let changed: Vec<usize> = changed.into_iter().map(|(index, _)| index).collect();
    let without_returns = |text: &str| text.replace('\r', "");
    let is_committed = |(index, committed): (usize, Option<String>)| {
        let bytes = corpus.contents.read(&unpinned[index].0.path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        (without_returns(&committed?) == without_returns(&text)).then_some(index)
    };
    let committed = guesses.committed(&changed, judged)?;
    let behind = changed.iter().copied().zip(committed).filter_map(is_committed);
    Ok(fresh.into_iter().map(|(index, _)| index).chain(behind).collect())
}

/// A notice that a clone is too shallow for estimates. It does not fail the run, because estimates were not requested.
fn cut_off(count: usize) -> Notice {
    let what = if count == 1 { "translation" } else { "translations" };
    let message = format!(
        "cannot estimate the freshness of {count} {what} without a source commit: the clone is shallow; \
         run `git fetch --unshallow`"
    );
    Notice { level: NoticeLevel::Note, path: None, message }
}
