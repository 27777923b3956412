//! Answers that need git's log: where moved documents were, and which commits touched a document since its pin. The log
//! is read on another thread, because only these documents and messages need it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::commit::Commit;
use crate::document_state::{Texts, lacking, read_texts, state};
use crate::error::HistoryError;
use crate::git::Git;
use crate::log::{self, Log, Touch};
use crate::missing::MissingObjects;
use crate::moves::Moves;
use crate::question::{Asked, IdOf, Lost, Question, SharedBatch, Source};
use crate::stretch::{self, Stretch};
use crate::tree::Presence;
use crate::verdict::{PinState, Unavailable, Verdict};

/// A commit that touched a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit.
    pub commit: Arc<Commit>,
    /// The full id of the text after the commit; `None` if it deleted the document.
    pub blob: Option<String>,
}

/// Revisions, newest first, by commit and path.
type Known = FxHashMap<(String, String), Arc<[Revision]>>;

/// What the log says.
#[derive(Debug, Default)]
struct Told {
    revisions: Known,
    /// Verdicts on moved documents, by the index of the query.
    verdicts: FxHashMap<usize, Verdict>,
    /// Why the log could not be read.
    failure: Option<String>,
}

/// The answers from the log, once they are known.
#[derive(Debug, Default)]
pub(crate) struct Deferred {
    reader: Mutex<Option<JoinHandle<Told>>>,
    told: OnceLock<Told>,
}

impl Deferred {
    /// Starts to find the answers on another thread.
    pub(crate) fn begin(question: Question, batch: SharedBatch, id_of: IdOf) -> Self {
        let Question { git, asked, source } = question;
        let read = move || {
            let stretch = match source {
                Source::AtHand(stretch) => Ok(stretch),
                Source::Unread(span) => stretch::read(&git, span).map(Arc::new),
            };
            match stretch {
                Ok(stretch) => tell(&git, &stretch, &asked, &batch, &id_of),
                Err(error) => untold(&asked, &error),
            }
        };
        Self { reader: Mutex::new(Some(thread::spawn(read))), told: OnceLock::new() }
    }

    /// Whether the log is still being read.
    pub(crate) fn is_reading(&self) -> bool {
        let is_running = |reader: &Option<JoinHandle<Told>>| reader.as_ref().is_some_and(|it| !it.is_finished());
        self.told.get().is_none() && self.reader.lock().is_ok_and(|reader| is_running(&reader))
    }

    /// Waits until the log is read.
    fn told(&self) -> &Told {
        self.told.get_or_init(|| {
            let reader = self.reader.lock().ok().and_then(|mut reader| reader.take());
            let Some(reader) = reader else { return Told::default() };
            reader.join().unwrap_or_else(|_| {
                let failure = Some("the reading of git's log ended early; please report this".to_owned());
                Told { failure, ..Told::default() }
            })
        })
    }

    /// Why the log could not be read, if so. May wait.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.told().failure.as_deref()
    }

    /// The commits that touched a document since its pin, newest first and without merges; `None` if it has not changed
    /// or if `HEAD` does not descend from the recorded commit. May wait.
    pub(crate) fn revisions(&self, verdict: &Verdict) -> Option<Arc<[Revision]>> {
        self.told().revisions.get(&(verdict.commit.as_ref()?.id.clone(), verdict.place.clone()?)).cloned()
    }

    /// The verdict on a moved document, by the index of its query. May wait.
    pub(crate) fn verdict(&self, query: usize) -> Option<&Verdict> {
        self.told().verdicts.get(&query)
    }
}

fn tell(git: &Git, stretch: &Stretch, asked: &[Asked], batch: &SharedBatch, id_of: &IdOf) -> Told {
    let any_lost = asked.iter().any(|document| document.lost.is_some());
    let endings = log::endings(asked.iter().map(|document| document.place.as_str()));
    let places: FxHashSet<&str> = asked.iter().map(|document| document.place.as_str()).collect();
    // A moved document may have had any name.
    let log = stretch.log(&|path| if any_lost { endings.has(path) } else { places.contains(path) });
    let found = match find_lost(git, &log, asked, batch, id_of) {
        Ok(found) => found,
        Err(error) => return untold(asked, &error),
    };
    let moved_from: Vec<Option<&str>> = found.iter().map(|(_, from)| *from).collect();
    let verdicts = verdicts(asked, found.iter().map(|(state, _)| state));
    Told { revisions: revisions(&log, asked, &moved_from), verdicts, failure: None }
}

/// The answers if the log could not be read.
fn untold(asked: &[Asked], error: &HistoryError) -> Told {
    let state = PinState::Unavailable(Unavailable::GitFailed(error.to_string()));
    let verdicts = verdicts(asked, asked.iter().map(|_| &state));
    Told { revisions: Known::default(), verdicts, failure: Some(error.to_string()) }
}

/// The verdicts on moved documents, by the indexes of their queries.
fn verdicts<'s>(asked: &[Asked], states: impl Iterator<Item = &'s PinState>) -> FxHashMap<usize, Verdict> {
    let verdicts = asked.iter().zip(states).flat_map(|(document, state)| {
        let queries = document.lost.iter().flat_map(|lost| &lost.queries);
        queries.map(move |&query| {
            let (commit, place) = (Some(document.commit.clone()), Some(document.place.clone()));
            (query, Verdict { commit, place, state: state.clone() })
        })
    });
    verdicts.collect()
}

/// The state of each moved document, and where it was; for the others, a placeholder.
fn find_lost<'l>(
    git: &Git,
    log: &Log<'l>,
    asked: &[Asked],
    batch: &SharedBatch,
    id_of: &IdOf,
) -> Result<Vec<(PinState, Option<&'l str>)>, HistoryError> {
    let mut found: Vec<(PinState, Option<&'l str>)> = asked.iter().map(|_| (PinState::AbsentAtPin, None)).collect();
    if asked.iter().all(|document| document.lost.is_none()) {
        return Ok(found);
    }
    let ended = || git.complaint("the process that reads objects has ended");
    let mut batch = batch.lock().map_err(|_| ended())?;
    let batch = batch.as_mut().ok_or_else(ended)?;
    let mut places: Vec<(usize, &Lost, &'l str, Presence)> = Vec::new();
    let mut moves = Moves::new(log, batch, id_of);
    for (index, document) in asked.iter().enumerate() {
        let Some(lost) = &document.lost else { continue };
        if let Some((place, entry)) = moves.former_place(&document.commit.id, &document.place, lost.id.as_deref())? {
            places.push((index, lost, place, entry));
        }
    }
    let unread = moves.unread();
    let mut texts = Texts::default();
    read_texts(batch, places.iter().map(|(_, lost, _, old)| (old, &lost.new)), &mut texts)?;
    let name = |(index, lost, place, old): &(usize, &Lost, &'l str, Presence)| {
        lacking((&asked[*index].commit.id, place), (old, &lost.new), "HEAD", &texts)
    };
    let names: BTreeSet<String> = places.iter().filter_map(name).chain(unread.iter().cloned()).collect();
    let lacks = MissingObjects::of(git, &names.into_iter().collect::<Vec<_>>());
    // The document may be one of those with damaged texts.
    if let Some(id) = unread.iter().find(|id| lacks.is_damage(id)) {
        let state = lacks.state(git, id);
        found.iter_mut().for_each(|found| found.0 = state.clone());
    }
    for spot in &places {
        let (index, lost, place, old) = spot;
        let state =
            name(spot).map_or_else(|| state((old, &lost.new), Some(place), &texts), |name| lacks.state(git, &name));
        found[*index] = (state, Some(place));
    }
    Ok(found)
}

/// The commits that touched each document since its pin.
fn revisions(log: &Log<'_>, asked: &[Asked], moved_from: &[Option<&str>]) -> Known {
    let since = log.since(asked.iter().map(|document| document.commit.id.as_str()));
    let mut commits: FxHashMap<u32, Arc<Commit>> = FxHashMap::default();
    let mut known = Known::default();
    for (document, moved_from) in asked.iter().zip(moved_from) {
        let Some(is_new) = since.after(&document.commit.id) else { continue };
        let names = [document.place.as_str()].into_iter().chain(*moved_from);
        let mut touches: Vec<&Touch<'_>> = names.flat_map(|name| log.touches(name)).collect();
        touches.retain(|touch| is_new(touch.commit));
        // A move deletes one name and adds another.
        touches.sort_by_key(|touch| (touch.commit, touch.blob.is_none()));
        touches.dedup_by_key(|touch| touch.commit);
        let revision = |touch: &&Touch<'_>| Revision {
            commit: commits.entry(touch.commit).or_insert_with(|| Arc::new(log.commit(touch.commit))).clone(),
            blob: touch.blob.map(str::to_owned),
        };
        let revisions = touches.iter().map(revision).collect();
        known.insert((document.commit.id.clone(), document.place.clone()), revisions);
    }
    known
}
