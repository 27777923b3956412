//! Judging all recorded commits of a run together, in rounds of questions to one git process.

use std::sync::Arc;
use std::thread::{self, JoinHandle};

use camino::Utf8Path;
use rustc_hash::{FxHashMap, FxHashSet};

use super::batch::{Answer, Batch, Object, Request as Ask};
use super::git::{FETCH_ALL, Git};
use super::log::{self, Log, Span, Stretch};
use super::moves::{IdOf, Moves};
use super::revisions::{Asked, Revisions};
use super::tree::{self, Entry, Spot};
use super::{Commit, History, HistoryError, PinState, Query, Unavailable, Verdict};

/// How many documents decide where the root stands in a repository that it is not checked out from.
const SAMPLE: usize = 64;

/// What each pin turned out to be, by its spelling.
type Pins<'a> = FxHashMap<&'a str, Result<Arc<Commit>, PinState>>;

/// Where each document stands in the repository, by its path on disk.
type Places<'a> = FxHashMap<&'a Utf8Path, Result<String, Unavailable>>;

/// A document at a known commit and at `HEAD`.
struct Pair {
    old: Entry,
    new: Entry,
    moved_from: Option<String>,
}

impl Pair {
    /// Whether it was not at its place then, but is now.
    fn is_lost(&self) -> bool {
        self.old == Entry::Absent && matches!(self.new, Entry::Blob(_))
    }

    fn is_changed(&self) -> bool {
        matches!((&self.old, &self.new), (Entry::Blob(old), Entry::Blob(new)) if old != new)
    }
}

/// How documents are known again that were moved.
#[derive(Clone, Copy)]
struct Request<'r, 'q> {
    /// The ids of documents, by their places.
    ids: &'r FxHashMap<&'q str, &'q str>,
    id_of: IdOf<'r>,
    /// The folder that all documents stand in, with a slash at the end; empty for the top.
    below: &'r str,
}

pub(super) fn judge(
    history: &History,
    batch: &mut Batch,
    queries: &[Query],
    id_of: IdOf<'_>,
) -> Result<(Vec<Verdict>, Revisions), HistoryError> {
    let (head, pins) = resolve(history, batch, queries)?;
    let Some(head) = head else {
        let state = PinState::Unavailable(Unavailable::NoCommits(history.git.folder().to_owned()));
        return Ok((vec![Verdict { commit: None, place: None, state }; queries.len()], Revisions::default()));
    };
    let (prefix, places) = locate(history, batch, &head.id, queries)?;
    let is_elsewhere = pins.values().all(Result::is_err) && !holds_any(batch, &head.id, queries, &places)?;
    let mut pairs = compare(batch, &head.id, queries, &pins, &places)?;
    let ids = queries.iter().filter_map(|query| Some((places[query.path].as_deref().ok()?, query.id?))).collect();
    let request = Request { ids: &ids, id_of, below: &prefix };
    // The log is read beside the texts.
    let looking = look_back(history, request, &pins, &pairs);
    let mut texts = FxHashMap::default();
    read_texts(batch, pairs.values(), &mut texts)?;
    let revisions = looking.finish(batch, request, &mut pairs)?;
    read_texts(batch, pairs.values(), &mut texts)?;

    let verdict = |query: &Query| {
        let place = &places[query.path];
        let (commit, state) = match (&pins[query.pin], place) {
            (Err(PinState::UnknownCommit), _) if is_elsewhere => {
                let reason = Unavailable::OtherRepository(history.git.folder().to_owned());
                (None, PinState::Unavailable(reason))
            }
            (Err(state), _) => (None, state.clone()),
            (Ok(commit), Err(reason)) => (Some(commit.clone()), PinState::Unavailable(reason.clone())),
            (Ok(commit), Ok(place)) => {
                let pair = &pairs[&(commit.id.as_str(), place.as_str())];
                (Some(commit.clone()), state(history, pair, &texts))
            }
        };
        Verdict { commit, place: place.as_ref().ok().cloned(), state }
    };
    Ok((queries.iter().map(verdict).collect(), revisions))
}

/// Whether a pin may be shown to git: it can then be neither an option nor a revision expression.
fn is_commit_id(pin: &str) -> bool {
    matches!(pin.len(), 7..=40 | 64) && pin.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The commit at `HEAD`, if there is one, and what each pin is.
fn resolve<'a>(
    history: &History,
    batch: &mut Batch,
    queries: &[Query<'a>],
) -> Result<(Option<Commit>, Pins<'a>), HistoryError> {
    let (asked, malformed): (Vec<&str>, Vec<&str>) =
        distinct(queries.iter().map(|query| query.pin)).into_iter().partition(|pin| is_commit_id(pin));
    let mut pins: Pins = malformed.into_iter().map(|pin| (pin, Err(PinState::MalformedPin))).collect();
    let names = ["HEAD"].into_iter().chain(asked.iter().copied());
    let requests: Vec<_> = names.map(|name| Ask::Contents(format!("{name}^{{commit}}"))).collect();
    let mut commits = batch.ask(&requests)?.into_iter().map(|answer| answer.found("commit").map(read_commit));
    let head = commits.next().flatten();

    let mut unknown = Vec::new();
    for (pin, commit) in asked.into_iter().zip(commits) {
        match commit {
            Some(commit) if is_named_by(&commit, pin) => {
                pins.insert(pin, Ok(Arc::new(commit)));
            }
            // A branch or tag that is called like the id stands in its way.
            Some(_) => {
                pins.insert(pin, Err(PinState::AmbiguousCommit));
            }
            None => unknown.push(pin),
        }
    }
    let requests: Vec<_> = unknown.iter().map(|&pin| Ask::Info(pin.to_owned())).collect();
    for (pin, answer) in unknown.into_iter().zip(batch.ask(&requests)?) {
        let state = match answer {
            Answer::Ambiguous => PinState::AmbiguousCommit,
            Answer::Missing if history.shallow => {
                PinState::Unavailable(Unavailable::Shallow { command: history.git.typed("fetch --unshallow") })
            }
            Answer::Missing | Answer::Found(_) => PinState::UnknownCommit,
        };
        pins.insert(pin, Err(state));
    }
    Ok((head, pins))
}

/// Whether the pin spells this commit's id, or is the full id of something that leads to it (a tag).
fn is_named_by(commit: &Commit, pin: &str) -> bool {
    pin.len() == commit.id.len() || commit.id.get(..pin.len()).is_some_and(|start| start.eq_ignore_ascii_case(pin))
}

fn read_commit(object: Object) -> Commit {
    let text = String::from_utf8_lossy(&object.contents);
    let committer = text.lines().take_while(|line| !line.is_empty()).find_map(|line| line.strip_prefix("committer "));
    // `Name <address> 1741000000 +0100`
    let time = committer.and_then(|line| line.rsplit(' ').nth(1)?.parse().ok());
    Commit { id: object.id, time: time.unwrap_or_default() }
}

/// Where in the repository the source root stands, and each document.
fn locate<'a>(
    history: &History,
    batch: &mut Batch,
    head: &str,
    queries: &[Query<'a>],
) -> Result<(String, Places<'a>), HistoryError> {
    let paths = distinct(queries.iter().map(|query| query.path));
    let mut below: Vec<_> = paths.into_iter().map(|path| (path, history.root.below(path))).collect();
    let prefixes = history.root.prefixes();
    let prefix = if let [prefix] = prefixes.as_slice() {
        prefix.clone()
    } else {
        let sample: Vec<&str> = below.iter().filter_map(|(_, place)| place.as_deref().ok()).take(SAMPLE).collect();
        let mut best = (0, String::new());
        for prefix in prefixes {
            let places: Vec<_> = sample.iter().map(|place| format!("{prefix}{place}")).collect();
            let hits = files_at(batch, head, &places)?;
            if hits > best.0 {
                best = (hits, prefix);
            }
        }
        best.1
    };
    for place in below.iter_mut().filter_map(|(_, place)| place.as_mut().ok()) {
        place.insert_str(0, &prefix);
    }
    Ok((prefix, below.into_iter().collect()))
}

/// Whether at least one of some documents is in the repository at `head`.
fn holds_any(batch: &mut Batch, head: &str, queries: &[Query], places: &Places) -> Result<bool, HistoryError> {
    let places = queries.iter().filter_map(|query| places[query.path].as_ref().ok());
    Ok(files_at(batch, head, &places.take(SAMPLE).cloned().collect::<Vec<_>>())? > 0)
}

/// How many of the paths are files at a commit.
fn files_at(batch: &mut Batch, commit: &str, paths: &[String]) -> Result<usize, HistoryError> {
    let spots: Vec<Spot> = paths.iter().map(|path| (commit, path.as_str())).collect();
    Ok(tree::entries(batch, &spots)?.into_values().filter(|entry| matches!(entry, Entry::Blob(_))).count())
}

/// Each distinct pair of a known commit and a path, with what stood there then and stands there at `head`.
fn compare<'a>(
    batch: &mut Batch,
    head: &'a str,
    queries: &[Query],
    pins: &'a Pins,
    places: &'a Places,
) -> Result<FxHashMap<Spot<'a>, Pair>, HistoryError> {
    let asked = queries.iter().filter_map(|query| {
        let (commit, place) = (pins[query.pin].as_ref().ok()?, places[query.path].as_ref().ok()?);
        Some((commit.id.as_str(), place.as_str()))
    });
    let asked = distinct(asked);
    let spots: Vec<Spot> = asked.iter().flat_map(|&(commit, place)| [(commit, place), (head, place)]).collect();
    let entries = tree::entries(batch, &spots)?;
    let pair =
        |spot: Spot<'a>| Pair { old: entries[&spot].clone(), new: entries[&(head, spot.1)].clone(), moved_from: None };
    Ok(asked.into_iter().map(|spot| (spot, pair(spot))).collect())
}

/// What the history since the oldest commit will tell of documents that changed, or that were not at their place.
struct LookBack<'a> {
    /// The documents that it is about.
    spots: Vec<Spot<'a>>,
    endings: Vec<String>,
    log: Source,
}

/// Where a log comes from.
enum Source {
    /// Nothing is asked of it.
    Nowhere,
    /// It was read for something else.
    AtHand(Arc<Stretch>),
    /// It is being read, and all wait for it.
    Awaited(JoinHandle<Stretch>),
    /// It is yet to be read, for messages only.
    Later(Git, Span),
}

/// Begins to read the log, if something changed or was not at its place.
fn look_back<'a>(
    history: &History,
    request: Request<'_, '_>,
    pins: &Pins,
    pairs: &FxHashMap<Spot<'a>, Pair>,
) -> LookBack<'a> {
    let mut spots: Vec<Spot<'a>> =
        pairs.iter().filter(|(_, pair)| pair.is_lost() || pair.is_changed()).map(|(&spot, _)| spot).collect();
    spots.sort_unstable();
    let endings = log::endings(spots.iter().map(|(_, place)| *place));
    let commits: FxHashSet<&str> = spots.iter().map(|&(commit, _)| commit).collect();
    let known = pins.values().filter_map(|pin| pin.as_ref().ok()).filter(|pin| commits.contains(pin.id.as_str()));
    let Some(oldest) = known.min_by_key(|commit| (commit.time, &commit.id)) else {
        return LookBack { spots, endings, log: Source::Nowhere };
    };
    let is_lost = spots.iter().any(|spot| pairs[spot].is_lost());
    // A page may come from any folder.
    let below = if is_lost { String::new() } else { request.below.to_owned() };
    let leads_back = |stretch: &&Arc<Stretch>| {
        let log = stretch.log(&[]);
        stretch.covers(&below) && commits.iter().all(|commit| log.since(commit).is_some())
    };
    let log = if let Some(stretch) = history.stretch.as_ref().filter(leads_back) {
        Source::AtHand(stretch.clone())
    } else {
        let (git, span) = (history.git.clone(), Span { after: Some(oldest.id.clone()), below });
        if is_lost {
            // A history too short to tell is no reason to stop.
            Source::Awaited(thread::spawn(move || log::read(&git, span).unwrap_or_default()))
        } else if history.counts {
            Source::Later(git, span)
        } else {
            Source::Nowhere
        }
    };
    LookBack { spots, endings, log }
}

impl<'a> LookBack<'a> {
    /// Where the documents were that were not at their place, at once, and which commits touched them all, as soon as somebody
    /// asks.
    fn finish(
        self,
        batch: &mut Batch,
        request: Request<'_, '_>,
        pairs: &mut FxHashMap<Spot<'a>, Pair>,
    ) -> Result<Revisions, HistoryError> {
        let Self { spots, endings, log } = self;
        let stretch = match log {
            Source::Nowhere => return Ok(Revisions::default()),
            Source::Later(git, span) => return Ok(Revisions::read(git, span, asked(&spots, pairs), endings)),
            Source::AtHand(stretch) => stretch,
            Source::Awaited(reader) => Arc::new(reader.join().unwrap_or_default()),
        };
        let log = stretch.log(&endings);
        follow_moves(batch, request, &log, &spots, pairs)?;
        Ok(Revisions::of_log(&log, &asked(&spots, pairs)))
    }
}

fn asked(spots: &[Spot<'_>], pairs: &FxHashMap<Spot<'_>, Pair>) -> Vec<Asked> {
    let asked = spots.iter().map(|spot| Asked {
        commit: spot.0.to_owned(),
        place: spot.1.to_owned(),
        moved_from: pairs[spot].moved_from.clone(),
    });
    asked.collect()
}

/// Looks for the documents that were elsewhere at their pin.
fn follow_moves<'a>(
    batch: &mut Batch,
    request: Request<'_, '_>,
    log: &Log<'_>,
    spots: &[Spot<'a>],
    pairs: &mut FxHashMap<Spot<'a>, Pair>,
) -> Result<(), HistoryError> {
    let mut moves = Moves::new(log, batch, request.id_of);
    for spot in spots {
        let Some(pair) = pairs.get_mut(spot).filter(|pair| pair.is_lost()) else { continue };
        if let Some((place, entry)) = moves.former_place(spot.0, spot.1, request.ids.get(spot.1).copied())? {
            pair.old = entry;
            pair.moved_from = Some(place.to_owned());
        }
    }
    Ok(())
}

/// Reads the texts at their commits of all documents that changed, each once, by blob id, unless they are known.
fn read_texts<'a>(
    batch: &mut Batch,
    pairs: impl Iterator<Item = &'a Pair>,
    texts: &mut FxHashMap<String, Option<Arc<str>>>,
) -> Result<(), HistoryError> {
    let changed = pairs.filter_map(|pair| match (&pair.old, &pair.new) {
        (Entry::Blob(old), Entry::Blob(new)) if old != new => Some(old.as_str()),
        _ => None,
    });
    let mut wanted: Vec<&str> = changed.filter(|blob| !texts.contains_key(*blob)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let requests: Vec<_> = wanted.iter().map(|&id| Ask::Contents(id.to_owned())).collect();
    batch.ask_each(&requests, |index, answer| {
        texts.insert(wanted[index].to_owned(), answer.found("blob").map(|blob| text(blob.contents)));
    })
}

fn text(contents: Vec<u8>) -> Arc<str> {
    String::from_utf8(contents).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()).into()
}

fn state(history: &History, pair: &Pair, texts: &FxHashMap<String, Option<Arc<str>>>) -> PinState {
    match (&pair.old, &pair.new) {
        (_, Entry::Absent) => PinState::GoneAtHead,
        (Entry::Absent, _) => PinState::AbsentAtPin,
        (Entry::Blob(old), Entry::Blob(new)) if old == new => PinState::Fresh,
        (Entry::Blob(old), Entry::Blob(_)) => match texts.get(old).and_then(Option::as_ref) {
            Some(old) => PinState::Changed { old: old.clone(), moved_from: pair.moved_from.clone() },
            None => partial(history),
        },
        (Entry::Lacking, _) | (_, Entry::Lacking) => partial(history),
    }
}

fn partial(history: &History) -> PinState {
    PinState::Unavailable(Unavailable::PartialClone { command: history.git.typed(FETCH_ALL) })
}

/// The distinct items, in the order of their first appearance.
fn distinct<T: Copy + Eq + std::hash::Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    items.filter(|&item| seen.insert(item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hexadecimal_digits_reach_git() {
        let sha256 = "0".repeat(64);
        for pin in ["94d7a57", "94D7A57E", "0123456789abcdef0123456789abcdef01234567", &sha256] {
            assert!(is_commit_id(pin), "{pin}");
        }
        let hostile = ["", "94d7a5", "HEAD", "--help", "-x", "../..", "94d7a57\n", "94d7a57 ", "94d7a57^", "9４d7a57"];
        for pin in hostile {
            assert!(!is_commit_id(pin), "{pin:?}");
        }
        assert!(!is_commit_id(&"0".repeat(41)));
    }
}
