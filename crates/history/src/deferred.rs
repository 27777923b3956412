//! Answers that need git's log: where moved documents were, and which commits touched a document since its pin. The log
//! is read on another thread, because only these documents and messages need it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::commit::Commit;
use crate::document_state::{Texts, missing_object, read_texts, state};
use crate::error::HistoryError;
use crate::git::Git;
use crate::log::{self, Log, Touch};
use crate::missing::MissingObjects;
use crate::moves::Moves;
use crate::question::{IdOf, MovedDocument, PinnedDocument, Question, SharedBatch, Source};
use crate::stretch::{self, Stretch};
use crate::tree::PathState;
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
type Revisions = FxHashMap<(String, String), Arc<[Revision]>>;

/// What the log says.
#[derive(Debug, Default)]
struct LogAnswers {
    revisions: Revisions,
    /// Verdicts on moved documents, by the index of the query.
    verdicts: FxHashMap<usize, Verdict>,
    /// Why the log could not be read.
    failure: Option<String>,
}

/// The answers from the log, once they are known.
#[derive(Debug, Default)]
pub(crate) struct Deferred {
    reader: Mutex<Option<JoinHandle<LogAnswers>>>,
    answers: OnceLock<LogAnswers>,
}

impl Deferred {
    /// Starts to find the answers on another thread.
    pub(crate) fn begin(question: Question, batch: SharedBatch, id_of: IdOf) -> Self {
        let Question { git, documents, source } = question;
        let read = move || {
            let stretch = match source {
                Source::Available(stretch) => Ok(stretch),
                Source::Unread(span) => stretch::read(&git, span).map(Arc::new),
            };
            match stretch {
                Ok(stretch) => answer(&git, &stretch, &documents, &batch, &id_of),
                Err(error) => unanswered(&documents, &error),
            }
        };
        Self { reader: Mutex::new(Some(thread::spawn(read))), answers: OnceLock::new() }
    }

    /// Whether the log is still being read.
    pub(crate) fn is_reading(&self) -> bool {
        let is_running = |reader: &Option<JoinHandle<LogAnswers>>| reader.as_ref().is_some_and(|it| !it.is_finished());
        self.answers.get().is_none() && self.reader.lock().is_ok_and(|reader| is_running(&reader))
    }

    /// Waits until the log is read.
    fn answers(&self) -> &LogAnswers {
        self.answers.get_or_init(|| {
            let reader = self.reader.lock().ok().and_then(|mut reader| reader.take());
            let Some(reader) = reader else { return LogAnswers::default() };
            reader.join().unwrap_or_else(|_| {
                let failure = Some("reading git's log panicked; please report this".to_owned());
                LogAnswers { failure, ..LogAnswers::default() }
            })
        })
    }

    /// Why the log could not be read, if so. May wait.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.answers().failure.as_deref()
    }

    /// The commits that touched a document since its pin, newest first and without merges; `None` if it has not changed
    /// or if `HEAD` does not descend from the recorded commit. May wait.
    pub(crate) fn revisions(&self, verdict: &Verdict) -> Option<Arc<[Revision]>> {
        self.answers().revisions.get(&(verdict.commit.as_ref()?.id.clone(), verdict.path.clone()?)).cloned()
    }

    /// The verdict on a moved document, by the index of its query. May wait.
    pub(crate) fn verdict(&self, query: usize) -> Option<&Verdict> {
        self.answers().verdicts.get(&query)
    }
}

fn answer(git: &Git, stretch: &Stretch, documents: &[PinnedDocument], batch: &SharedBatch, id_of: &IdOf) -> LogAnswers {
    let any_moved = documents.iter().any(|document| document.moved.is_some());
    let endings = log::endings(documents.iter().map(|document| document.path.as_str()));
    let paths: FxHashSet<&str> = documents.iter().map(|document| document.path.as_str()).collect();
    // A moved document may have had any name.
    let log = stretch.log(&|path| if any_moved { endings.has(path) } else { paths.contains(path) });
    let found = match find_moved(git, &log, documents, batch, id_of) {
        Ok(found) => found,
        Err(error) => return unanswered(documents, &error),
    };
    let moved_from: Vec<Option<&str>> = found.iter().map(|(_, from)| *from).collect();
    let verdicts = verdicts(documents, found.iter().map(|(state, _)| state));
    LogAnswers { revisions: revisions(&log, documents, &moved_from), verdicts, failure: None }
}

/// The answers if the log could not be read.
fn unanswered(documents: &[PinnedDocument], error: &HistoryError) -> LogAnswers {
    let state = PinState::Unavailable(Unavailable::GitFailed(error.to_string()));
    let verdicts = verdicts(documents, documents.iter().map(|_| &state));
    LogAnswers { revisions: Revisions::default(), verdicts, failure: Some(error.to_string()) }
}

/// The verdicts on moved documents, by the indexes of their queries.
fn verdicts<'s>(documents: &[PinnedDocument], states: impl Iterator<Item = &'s PinState>) -> FxHashMap<usize, Verdict> {
    let verdicts = documents.iter().zip(states).flat_map(|(document, state)| {
        let queries = document.moved.iter().flat_map(|moved| &moved.queries);
        queries.map(move |&query| {
            let (commit, path) = (Some(document.commit.clone()), Some(document.path.clone()));
            (query, Verdict { commit, path, state: state.clone() })
        })
    });
    verdicts.collect()
}

/// The state of each moved document, and where it was; for the others, a placeholder.
fn find_moved<'l>(
    git: &Git,
    log: &Log<'l>,
    documents: &[PinnedDocument],
    batch: &SharedBatch,
    id_of: &IdOf,
) -> Result<Vec<(PinState, Option<&'l str>)>, HistoryError> {
    let mut found: Vec<(PinState, Option<&'l str>)> = documents.iter().map(|_| (PinState::AbsentAtPin, None)).collect();
    if documents.iter().all(|document| document.moved.is_none()) {
        return Ok(found);
    }
    let ended = || git.error("the process that reads objects has exited");
    let mut batch = batch.lock().map_err(|_| ended())?;
    let batch = batch.as_mut().ok_or_else(ended)?;
    let mut paths: Vec<(usize, &MovedDocument, &'l str, PathState)> = Vec::new();
    let mut moves = Moves::new(log, batch, id_of);
    for (index, document) in documents.iter().enumerate() {
        let Some(moved) = &document.moved else { continue };
        if let Some((path, entry)) = moves.former_path(&document.commit.id, &document.path, moved.id.as_deref())? {
            paths.push((index, moved, path, entry));
        }
    }
    let unread = moves.unread();
    let mut texts = Texts::default();
    read_texts(batch, paths.iter().map(|(_, moved, _, old)| (old, &moved.new)), &mut texts)?;
    let name = |(index, moved, path, old): &(usize, &MovedDocument, &'l str, PathState)| {
        missing_object((&documents[*index].commit.id, path), (old, &moved.new), "HEAD", &texts)
    };
    let names: BTreeSet<String> = paths.iter().filter_map(name).chain(unread.iter().cloned()).collect();
    let missing = MissingObjects::of(git, &names.into_iter().collect::<Vec<_>>());
    // The document may be one of those with damaged texts.
    if let Some(id) = unread.iter().find(|id| missing.is_damage(id)) {
        let state = missing.state(git, id);
        found.iter_mut().for_each(|found| found.0 = state.clone());
    }
    for spot in &paths {
        let (index, moved, path, old) = spot;
        let state =
            name(spot).map_or_else(|| state((old, &moved.new), Some(path), &texts), |name| missing.state(git, &name));
        found[*index] = (state, Some(path));
    }
    Ok(found)
}

/// The commits that touched each document since its pin.
fn revisions(log: &Log<'_>, documents: &[PinnedDocument], moved_from: &[Option<&str>]) -> Revisions {
    let since = log.since(documents.iter().map(|document| document.commit.id.as_str()));
    let mut commits: FxHashMap<u32, Arc<Commit>> = FxHashMap::default();
    let mut known = Revisions::default();
    for (document, moved_from) in documents.iter().zip(moved_from) {
        let Some(is_new) = since.after(&document.commit.id) else { continue };
        let names = [document.path.as_str()].into_iter().chain(*moved_from);
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
        known.insert((document.commit.id.clone(), document.path.clone()), revisions);
    }
    known
}
