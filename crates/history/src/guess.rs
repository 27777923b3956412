//! Guesses the source version of a translation that records none: the source as it was when the translation was last
//! changed.
//!
//! The guess errs on one side. What counts is when a change reached the main line, not when it was written: until then,
//! its author may have seen anything on the main line. A commit that touches both texts leaves them in step. So the
//! guessed version is the true one or newer, and what has changed since then has changed since the translation was
//! made. If nothing has changed, that proves less, above all if the history starts with the translation in its current
//! form.

use std::sync::Arc;

use camino::Utf8Path;
use rustc_hash::FxHashSet;

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::git::Git;
use crate::history::History;
use crate::judged::Judged;
use crate::log::{self, Log};
use crate::stretch::{self, Span, Stretch};

/// The number of digits of a recorded commit that are compared while the log is read.
const DIGITS: usize = 7;

/// A translation that records no source commit.
#[derive(Debug, Clone, Copy)]
pub struct Unpinned<'a> {
    /// The root that it was found in, as the user wrote it.
    pub root: &'a Utf8Path,
    /// The document: the root as the user wrote it, joined with the path below it.
    pub path: &'a Utf8Path,
}

/// The source commit that a translation was probably made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// The full id.
    pub commit: String,
    /// Whether the history starts with the translation in its current form, so that it may be much older.
    pub begins: bool,
    /// The full id of the committed text of the translation.
    blob: String,
    /// Index into [`Guesses::repositories`].
    repository: usize,
}

/// The guesses for some translations.
#[derive(Debug, Default)]
pub struct Guesses {
    /// The guess for each translation, in order; `None` if there is none.
    pub found: Vec<Option<Guess>>,
    /// Whether a shallow clone limited what could be guessed.
    pub cut_off: bool,
    /// Why histories could not be read.
    pub failures: Vec<HistoryError>,
    /// The repository of each group of translations; `None` for the source's own.
    repositories: Vec<Option<Git>>,
}

/// The last change of a translation.
struct Landing {
    /// The index of the translation.
    index: usize,
    /// The full id of the commit that brought it to the main line.
    commit: String,
    /// When that was, in seconds since 1970 in UTC.
    time: i64,
    begins: bool,
    blob: String,
}

/// A checkout with translations.
struct TranslationCheckout {
    history: History,
    /// The folder with all of them, with a slash at the end; empty for the top.
    below: String,
    /// The path of each translation, with its index.
    places: Vec<(usize, String)>,
}

/// What a log must still contain before reading can stop.
#[derive(Default)]
struct Awaited {
    /// Translations whose last change has not been seen.
    places: FxHashSet<String>,
    /// The first digits of commits that have not been seen.
    commits: FxHashSet<String>,
    /// A time that the main line has not been read back to.
    time: Option<i64>,
    /// The next commit of the main line; `None` before the first.
    next: Option<String>,
}

impl History {
    /// Guesses the source commits of `translations`, from one log for each checkout. The log of the source is kept for
    /// later queries, and therefore read back to the commits in `pins`. Nothing is guessed without a history.
    pub fn guess(&mut self, translations: &[Unpinned<'_>], pins: &[&str]) -> Guesses {
        let mut guesses = Guesses { found: vec![None; translations.len()], ..Guesses::default() };
        let mut landed: Vec<(usize, Landing)> = Vec::new();
        let (holders, failures) = self.holders(translations);
        guesses.failures = failures;
        for TranslationCheckout { history, below, places } in holders {
            guesses.cut_off |= history.shallow;
            let repository = guesses.repositories.len();
            let wanted = places.iter().map(|(_, place)| place.clone()).collect();
            let awaited = Awaited { places: wanted, ..Awaited::default() };
            if history.top == self.top {
                let below = common(&below, &self.root.folder());
                let awaited = Awaited { commits: beginnings(pins), ..awaited };
                let Some(stretch) = read_back(&history.git, below, awaited, &mut guesses.failures) else { continue };
                for landing in landings(&stretch, &places) {
                    let (index, commit) = (landing.index, landing.commit.clone());
                    guesses.found[index] = Some(landing.guess(commit, repository));
                }
                self.stretch = Some(stretch);
                guesses.repositories.push(None);
            } else {
                let Some(stretch) = read_back(&history.git, below, awaited, &mut guesses.failures) else { continue };
                landed.extend(landings(&stretch, &places).into_iter().map(|landing| (repository, landing)));
                guesses.repositories.push(Some(history.git));
            }
        }
        self.guess_by_time(landed, pins, &mut guesses);
        guesses
    }

    /// The checkouts with the translations, without duplicates.
    fn holders(&self, translations: &[Unpinned<'_>]) -> (Vec<TranslationCheckout>, Vec<HistoryError>) {
        let mut roots: Vec<&Utf8Path> = translations.iter().map(|translation| translation.root).collect();
        roots.sort_unstable();
        roots.dedup();
        let (mut holders, mut failures): (Vec<TranslationCheckout>, _) = (Vec::new(), Vec::new());
        for root in roots {
            let history = match Self::open_in(self.git.environment(), root, None) {
                Ok(history) => history,
                Err(error) => {
                    failures.push(error);
                    continue;
                }
            };
            if history.top.is_none() {
                continue;
            }
            let prefix = history.root.folder();
            let members = translations.iter().enumerate().filter(|(_, translation)| translation.root == root);
            let place = |path| history.root.below(path).ok().map(|below| format!("{prefix}{below}"));
            let places: Vec<_> = members.filter_map(|(index, member)| Some((index, place(member.path)?))).collect();
            match holders.iter_mut().find(|holder| holder.history.top == history.top) {
                Some(holder) => {
                    holder.below = common(&holder.below, &prefix);
                    holder.places.extend(places);
                }
                None => holders.push(TranslationCheckout { below: prefix, places, history }),
            }
        }
        (holders, failures)
    }

    /// Guesses by date if the translation has another history than the source: the source as its main line was then.
    fn guess_by_time(&mut self, landed: Vec<(usize, Landing)>, pins: &[&str], guesses: &mut Guesses) {
        let Some(oldest) = landed.iter().map(|(_, landing)| landing.time).min() else { return };
        let known = self.stretch.take().filter(|stretch| stretch.log(&|_| false).on_main_line(oldest).is_some());
        let stretch = known.or_else(|| {
            let awaited = Awaited { commits: beginnings(pins), time: Some(oldest), ..Awaited::default() };
            read_back(&self.git, self.root.folder(), awaited, &mut guesses.failures)
        });
        let Some(stretch) = stretch else { return };
        let log = stretch.log(&|_| false);
        for (repository, landing) in landed {
            if let Some(commit) = log.on_main_line(landing.time) {
                let (index, commit) = (landing.index, log.commit(commit).id);
                guesses.found[index] = Some(landing.guess(commit, repository));
            }
        }
        drop(log);
        self.stretch = Some(stretch);
    }
}

impl Landing {
    fn guess(self, commit: String, repository: usize) -> Guess {
        Guess { commit, begins: self.begins, blob: self.blob, repository }
    }
}

impl Guesses {
    /// The committed texts of some translations, by their indexes; `None` if one is not available.
    ///
    /// # Errors
    /// If git ends before it has answered.
    pub fn committed(&self, indexes: &[usize], judged: &Judged) -> Result<Vec<Option<String>>, HistoryError> {
        let guess = |index: usize| self.found.get(index).and_then(Option::as_ref);
        let mut texts: Vec<Option<String>> = vec![None; indexes.len()];
        for (repository, git) in self.repositories.iter().enumerate() {
            let here = indexes.iter().enumerate().filter_map(|(at, &index)| Some((at, guess(index)?)));
            let here: Vec<(usize, &str)> = here
                .filter(|(_, guess)| guess.repository == repository)
                .map(|(at, guess)| (at, guess.blob.as_str()))
                .collect();
            let Some(git) = git else {
                here.iter().for_each(|&(at, blob)| texts[at] = judged.text(blob));
                continue;
            };
            let requests: Vec<_> = here.iter().map(|(_, blob)| Request::Contents((*blob).to_owned())).collect();
            let answers = Batch::start(git)?.ask(&requests)?;
            for (&(at, _), answer) in here.iter().zip(answers) {
                let text = answer.found("blob").map(|blob| String::from_utf8_lossy(&blob.contents).into_owned());
                texts[at] = text;
            }
        }
        Ok(texts)
    }
}

impl Awaited {
    /// Takes note of a commit, and returns whether reading can stop.
    fn see(&mut self, commit: &Log<'_>) -> bool {
        let Some((id, time, parent)) = commit.first() else { return false };
        if let Some(start) = id.get(..DIGITS) {
            self.commits.remove(start);
        }
        if self.next.is_none() || self.next.as_deref() == Some(id) {
            self.time = self.time.filter(|oldest| time > *oldest);
            self.next = Some(parent.to_owned());
        }
        let seen: Vec<&str> = commit.paths().filter(|path| self.places.remove(*path)).collect();
        self.places.extend(seen.into_iter().filter_map(|path| commit.moved_from(path, 0)).map(str::to_owned));
        self.places.is_empty() && self.commits.is_empty() && self.time.is_none()
    }
}

/// The log as far back as needed, unless git cannot read it.
fn read_back(git: &Git, below: String, mut awaited: Awaited, failures: &mut Vec<HistoryError>) -> Option<Arc<Stretch>> {
    let span = Span { after: None, below };
    let endings = log::endings(awaited.places.iter().map(String::as_str));
    let stretch = stretch::read_until(git, span, &|path| endings.has(path), |commit| awaited.see(commit));
    match stretch {
        Ok(stretch) => Some(Arc::new(stretch)),
        // Without a commit there is no log.
        Err(_) if matches!(git.head(), Ok(None)) => None,
        Err(error) => {
            failures.push(error);
            None
        }
    }
}

/// The last change of each of the translations in a log.
fn landings(stretch: &Stretch, places: &[(usize, String)]) -> Vec<Landing> {
    let endings = log::endings(places.iter().map(|(_, place)| place.as_str()));
    let log = stretch.log(&|path| endings.has(path));
    let lands = log.landings();
    let landing = |(index, place): &(usize, String)| {
        let touch = log.last_change(place, &lands)?;
        let commit = log.commit(lands[touch.commit as usize]?);
        let begins = log.is_first(touch.commit);
        Some(Landing { index: *index, commit: commit.id, time: commit.time, begins, blob: touch.blob?.to_owned() })
    };
    places.iter().filter_map(landing).collect()
}

/// The first digits of the ids of commits.
fn beginnings(pins: &[&str]) -> FxHashSet<String> {
    pins.iter().filter_map(|pin| pin.get(..DIGITS)).map(str::to_ascii_lowercase).collect()
}

/// The innermost folder with both folders; empty, or with a slash at the end.
fn common(a: &str, b: &str) -> String {
    let same = a.split_inclusive('/').zip(b.split_inclusive('/')).take_while(|(x, y)| x == y);
    same.map(|(x, _)| x).collect()
}
