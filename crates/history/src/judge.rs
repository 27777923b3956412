//! Judges all recorded commits of a run together, in rounds of requests to one git process.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock, PoisonError};

use camino::Utf8Path;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::batch::{Answer, Batch, Object, Request as Ask};
use crate::commit::Commit;
use crate::deferred::Deferred;
use crate::document_state::{Texts, missing_object, read_texts, state};
use crate::error::HistoryError;
use crate::git::Git;
use crate::history::History;
use crate::judged::Judged;
use crate::missing::MissingObjects;
use crate::question::{MovedDocument, PinnedDocument, Question, SharedBatch, Source};
use crate::stretch::{Span, Stretch};
use crate::tree::{self, CommitPath, PathState};
use crate::verdict::{PinState, Query, Unavailable, Verdict};

/// How many documents decide where the root is in a repository that it is not checked out from.
const SAMPLE: usize = 64;

/// What each pin is, by its spelling.
type Pins<'a> = FxHashMap<&'a str, Result<Arc<Commit>, PinState>>;

/// The path of each document in the repository, by its path on disk.
type Places<'a> = FxHashMap<&'a Utf8Path, Result<String, Unavailable>>;

/// What exists at a document's path at its pin and at `HEAD`.
struct Pair {
    old: PathState,
    new: PathState,
}

impl Pair {
    /// Whether it did not exist at its path then, but does now.
    fn is_moved(&self) -> bool {
        self.old == PathState::Absent && matches!(self.new, PathState::Blob(_))
    }

    fn is_changed(&self) -> bool {
        matches!((&self.old, &self.new), (PathState::Blob(old), PathState::Blob(new)) if old != new)
    }
}

impl History {
    /// Answers all `queries`. `id_of` reads the id from a document's text.
    ///
    /// Each distinct pin, path at `HEAD` and text is requested once. If anything changed, one `git log` reads the
    /// history back to the oldest pin of a changed document, which takes some tenths of a second for ten thousand
    /// commits. It runs on another thread.
    ///
    /// # Errors
    ///
    /// If git ends before it has answered: it is too old, or the repository is damaged.
    pub fn judge(
        self,
        queries: &[Query],
        id_of: impl Fn(&str) -> Option<String> + Send + 'static,
    ) -> Result<Judged, HistoryError> {
        if queries.is_empty() {
            return Ok(Judged::default());
        }
        let mut own = Batch::start(&self.git)?;
        let batch = SharedBatch::default();
        let mut later = Deferred::default();
        // Held until there is a process for the other thread to use.
        let mut place = batch.lock().unwrap_or_else(PoisonError::into_inner);
        let ask = |question| later = Deferred::begin(question, batch.clone(), Box::new(id_of));
        let verdicts = judge(&self, &mut own, queries, ask)?;
        *place = Some(own);
        drop(place);
        Ok(Judged { verdicts, batch, later, failure: OnceLock::new() })
    }
}

/// Judges what objects alone can answer. What needs the log is passed to `ask` as soon as it is known; the verdicts on
/// moved documents are left to it and are `None` here.
pub(crate) fn judge(
    history: &History,
    batch: &mut Batch,
    queries: &[Query],
    ask: impl FnOnce(Question),
) -> Result<Vec<Option<Verdict>>, HistoryError> {
    let (head, pins) = resolve(history, batch, queries)?;
    let Some(head) = head else {
        let state = without_head(&history.git);
        return Ok(vec![Some(Verdict { commit: None, path: None, state }); queries.len()]);
    };
    let (prefix, places) = locate(history, batch, &head.id, queries)?;
    let is_elsewhere = pins.values().all(Result::is_err) && !holds_any(batch, &head.id, queries, &places)?;
    let pairs = compare(batch, &head.id, queries, &pins, &places)?;
    // Reads the log at the same time as the texts.
    if let Some(question) = question(history, prefix, queries, &places, &pins, &pairs) {
        ask(question);
    }
    let mut texts = Texts::default();
    read_texts(batch, pairs.values().map(|pair| (&pair.old, &pair.new)), &mut texts)?;
    let missing_names =
        pairs.iter().filter_map(|(&spot, pair)| missing_object(spot, (&pair.old, &pair.new), &head.id, &texts));
    let unknown = pins.iter().filter(|(_, pin)| matches!(pin, Err(PinState::UnknownCommit)));
    let names: BTreeSet<String> = missing_names.chain(unknown.map(|(pin, _)| (*pin).to_owned())).collect();
    let missing = MissingObjects::of(&history.git, &names.into_iter().collect::<Vec<_>>());

    let verdict = |query: &Query| {
        let place = &places[query.path];
        let (commit, state) = match (&pins[query.pin], place) {
            (Err(PinState::UnknownCommit), _) if is_elsewhere => {
                let reason = Unavailable::OtherRepository(history.git.folder().to_owned());
                (None, PinState::Unavailable(reason))
            }
            (Err(PinState::UnknownCommit), _) if missing.corruption(query.pin).is_some() => {
                (None, missing.state(&history.git, query.pin))
            }
            (Err(state), _) => (None, state.clone()),
            (Ok(commit), Err(reason)) => (Some(commit.clone()), PinState::Unavailable(reason.clone())),
            (Ok(commit), Ok(place)) => {
                let pair = &pairs[&(commit.id.as_str(), place.as_str())];
                if pair.is_moved() {
                    return None;
                }
                let both = (&pair.old, &pair.new);
                let state = match missing_object((commit.id.as_str(), place), both, &head.id, &texts) {
                    Some(name) => missing.state(&history.git, &name),
                    None => state(both, None, &texts),
                };
                (Some(commit.clone()), state)
            }
        };
        Some(Verdict { commit, path: place.as_ref().ok().cloned(), state })
    };
    Ok(queries.iter().map(verdict).collect())
}

/// Whether a pin is safe to pass to git: it can be neither an option nor a revision expression.
fn is_commit_id(pin: &str) -> bool {
    matches!(pin.len(), 7..=40 | 64) && pin.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The commit at `HEAD`, if there is one, and what each pin is.
fn resolve<'a>(
    history: &History,
    batch: &mut Batch,
    queries: &[Query<'a>],
) -> Result<(Option<Commit>, Pins<'a>), HistoryError> {
    let (well_formed, malformed): (Vec<&str>, Vec<&str>) =
        distinct(queries.iter().map(|query| query.pin)).into_iter().partition(|pin| is_commit_id(pin));
    let mut pins: Pins = malformed.into_iter().map(|pin| (pin, Err(PinState::MalformedPin))).collect();
    let names = ["HEAD"].into_iter().chain(well_formed.iter().copied());
    let requests: Vec<_> = names.map(|name| Ask::Contents(format!("{name}^{{commit}}"))).collect();
    let mut commits = batch.ask(&requests)?.into_iter().map(|answer| answer.found("commit").map(read_commit));
    let head = commits.next().flatten();

    let mut unknown = Vec::new();
    for (pin, commit) in well_formed.into_iter().zip(commits) {
        match commit {
            Some(commit) if is_named_by(&commit, pin) => {
                pins.insert(pin, Ok(Arc::new(commit)));
            }
            // A branch or tag with the name of the id hides it.
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
                PinState::Unavailable(Unavailable::Shallow { command: history.git.shell_command("fetch --unshallow") })
            }
            Answer::Missing | Answer::Found(_) => PinState::UnknownCommit,
        };
        pins.insert(pin, Err(state));
    }
    Ok((head, pins))
}

/// Whether the pin is the commit's id, or the full id of a tag of it.
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

/// The path of the source root in the repository, and of each document.
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

/// Whether at least one of the documents is in the repository at `head`.
fn holds_any(batch: &mut Batch, head: &str, queries: &[Query], places: &Places) -> Result<bool, HistoryError> {
    let places = queries.iter().filter_map(|query| places[query.path].as_ref().ok());
    Ok(files_at(batch, head, &places.take(SAMPLE).cloned().collect::<Vec<_>>())? > 0)
}

/// How many of the paths are files at a commit.
fn files_at(batch: &mut Batch, commit: &str, paths: &[String]) -> Result<usize, HistoryError> {
    let spots: Vec<CommitPath> = paths.iter().map(|path| (commit, path.as_str())).collect();
    Ok(tree::entries(batch, &spots)?.into_values().filter(|entry| matches!(entry, PathState::Blob(_))).count())
}

/// What exists at each distinct pair of a known commit and a path, then and at `head`.
fn compare<'a>(
    batch: &mut Batch,
    head: &'a str,
    queries: &[Query],
    pins: &'a Pins,
    places: &'a Places,
) -> Result<FxHashMap<CommitPath<'a>, Pair>, HistoryError> {
    let queried = queries.iter().filter_map(|query| {
        let (commit, place) = (pins[query.pin].as_ref().ok()?, places[query.path].as_ref().ok()?);
        Some((commit.id.as_str(), place.as_str()))
    });
    let queried = distinct(queried);
    let spots: Vec<CommitPath> = queried.iter().flat_map(|&(commit, place)| [(commit, place), (head, place)]).collect();
    let entries = tree::entries(batch, &spots)?;
    let pair = |spot: CommitPath<'a>| Pair { old: entries[&spot].clone(), new: entries[&(head, spot.1)].clone() };
    Ok(queried.into_iter().map(|spot| (spot, pair(spot))).collect())
}

/// What to find out from the log, if anything changed or moved.
fn question(
    history: &History,
    below: String,
    queries: &[Query],
    places: &Places,
    pins: &Pins,
    pairs: &FxHashMap<CommitPath<'_>, Pair>,
) -> Option<Question> {
    let concerned = pairs.iter().filter(|(_, pair)| pair.is_moved() || pair.is_changed());
    let mut spots: Vec<CommitPath<'_>> = concerned.map(|(&spot, _)| spot).collect();
    spots.sort_unstable();
    let is_moved = |spot: &CommitPath<'_>| pairs[spot].is_moved();
    let any_moved = spots.iter().any(is_moved);
    let commits: FxHashMap<&str, &Arc<Commit>> =
        pins.values().filter_map(|pin| pin.as_ref().ok()).map(|commit| (commit.id.as_str(), commit)).collect();
    // A moved page may come from any folder.
    let below = if any_moved { String::new() } else { below };
    let concerned: Vec<&Arc<Commit>> = spots.iter().map(|spot| commits[spot.0]).collect();
    let source = source(history, below, any_moved, &concerned)?;

    let mut moved: FxHashMap<CommitPath<'_>, MovedDocument> = FxHashMap::default();
    for (index, query) in queries.iter().enumerate().filter(|_| any_moved) {
        let (Ok(commit), Ok(place)) = (&pins[query.pin], &places[query.path]) else { continue };
        let spot = (commit.id.as_str(), place.as_str());
        if is_moved(&spot) {
            let new = || MovedDocument { id: None, new: pairs[&spot].new.clone(), queries: Vec::new() };
            let known = moved.entry(spot).or_insert_with(new);
            known.id = query.id.map(str::to_owned).or(known.id.take());
            known.queries.push(index);
        }
    }
    let documents = spots.iter().map(|spot| PinnedDocument {
        commit: commits[spot.0].clone(),
        path: spot.1.to_owned(),
        moved: moved.remove(spot),
    });
    Some(Question { git: history.git.clone(), documents: documents.collect(), source })
}

/// The source of a log that goes back to all of `commits`; `None` if it is not needed.
fn source(history: &History, below: String, any_moved: bool, commits: &[&Arc<Commit>]) -> Option<Source> {
    let oldest = commits.iter().min_by_key(|commit| (commit.time, &commit.id))?;
    let leads_back = |stretch: &&Arc<Stretch>| {
        let log = stretch.log(&|_| false);
        let since = log.since(commits.iter().map(|commit| commit.id.as_str()));
        stretch.covers(&below) && commits.iter().all(|commit| since.after(&commit.id).is_some())
    };
    if let Some(stretch) = history.stretch.as_ref().filter(leads_back) {
        return Some(Source::Available(stretch.clone()));
    }
    (any_moved || history.counts).then(|| Source::Unread(Span { after: Some(oldest.id.clone()), below }))
}

/// Why there is no commit at `HEAD`.
fn without_head(git: &Git) -> PinState {
    match git.head() {
        Ok(None) => PinState::Unavailable(Unavailable::NoCommits(git.folder().to_owned())),
        // Git knows the id of the commit, but cannot read it.
        Ok(Some(id)) => MissingObjects::of(git, std::slice::from_ref(&id)).state(git, &id),
        Err(error) => PinState::Unavailable(Unavailable::GitFailed(error.to_string())),
    }
}

/// The distinct items, in order of first appearance.
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
