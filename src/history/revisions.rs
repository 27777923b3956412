//! Which commits touched a document since its recorded commit: read beside everything else, since only messages need it.

use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};

use rustc_hash::FxHashMap;

use super::git::Git;
use super::log::{self, Log, Span, Touch};
use super::{Commit, Verdict};

/// A commit that touched a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The commit.
    pub commit: Arc<Commit>,
    /// The full id of the text after it; `None` if it deleted the document.
    pub blob: Option<String>,
}

/// A document at a commit: the commit's full id, where the document stands now, and where it stood then if that was elsewhere.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub commit: String,
    pub place: String,
    pub moved_from: Option<String>,
}

/// Newest first, by commit and place.
type Known = FxHashMap<(String, String), Arc<[Revision]>>;

/// The revisions of all documents that were asked about, once they are known.
#[derive(Debug, Default)]
pub(super) struct Revisions {
    reader: Mutex<Option<JoinHandle<Known>>>,
    known: OnceLock<Known>,
}

impl Revisions {
    /// Those that a log tells.
    pub(super) fn of_log(log: &Log<'_>, asked: &[Asked]) -> Self {
        let revisions = Self::default();
        let _ = revisions.known.set(find(log, asked));
        revisions
    }

    /// Those that a log tells that is yet to be read, beside whatever the caller goes on with. None if git cannot read it: how
    /// often a page was touched is a remark in a message, and no reason to stop.
    pub(super) fn read(git: Git, span: Span, asked: Vec<Asked>, endings: Vec<String>) -> Self {
        let read = move || {
            let stretch = log::read(&git, span).unwrap_or_default();
            find(&stretch.log(&endings), &asked)
        };
        Self { reader: Mutex::new(Some(thread::spawn(read))), known: OnceLock::new() }
    }

    /// Whether the log is still being read, so that to ask means to wait.
    pub(super) fn is_reading(&self) -> bool {
        let is_running = |reader: &Option<JoinHandle<Known>>| reader.as_ref().is_some_and(|it| !it.is_finished());
        self.known.get().is_none() && self.reader.lock().is_ok_and(|reader| is_running(&reader))
    }

    /// The commits since that touched a document, newest first, merges not counted; `None` if it did not change or if `HEAD` does
    /// not descend from the recorded commit. Waits until the log is read.
    pub(super) fn of(&self, verdict: &Verdict) -> Option<Arc<[Revision]>> {
        let known = self.known.get_or_init(|| {
            let reader = self.reader.lock().ok().and_then(|mut reader| reader.take());
            reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
        });
        known.get(&(verdict.commit.as_ref()?.id.clone(), verdict.place.clone()?)).cloned()
    }
}

fn find(log: &Log<'_>, asked: &[Asked]) -> Known {
    let mut since: FxHashMap<&str, Option<Vec<bool>>> = FxHashMap::default();
    let mut commits: FxHashMap<u32, Arc<Commit>> = FxHashMap::default();
    let mut known = Known::default();
    for document in asked {
        let is_new = since.entry(&document.commit).or_insert_with(|| log.since(&document.commit));
        let Some(is_new) = is_new else { continue };
        let names = [document.place.as_str()].into_iter().chain(document.moved_from.as_deref());
        let mut touches: Vec<&Touch<'_>> = names.flat_map(|name| log.touches(name)).collect();
        touches.retain(|touch| is_new[touch.commit as usize]);
        // A move deletes one name and adds another.
        touches.sort_by_key(|touch| (touch.commit, touch.blob.is_none()));
        touches.dedup_by_key(|touch| touch.commit);
        let revision = |touch: &&Touch<'_>| Revision {
            commit: commits.entry(touch.commit).or_insert_with(|| Arc::new(log.commit(touch.commit))).clone(),
            blob: touch.blob.map(str::to_owned),
        };
        let revisions = touches.iter().map(revision).collect();
        known.insert((document.commit.clone(), document.place.clone()), revisions);
    }
    known
}
