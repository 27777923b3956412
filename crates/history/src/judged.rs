//! The answers about a run's source documents, some of which come later from the log.

use std::sync::{Arc, OnceLock};

use crate::batch::{Request, text_of};
use crate::deferred::{Deferred, Revision};
use crate::question::SharedBatch;
use crate::verdict::Verdict;

/// The answers to all queries of a run, and what else can be queried.
#[derive(Debug, Default)]
pub struct Judged {
    /// The verdict for each query, in order; `None` if it needs the log.
    pub(crate) verdicts: Vec<Option<Verdict>>,
    /// The process that answers questions about objects.
    pub(crate) batch: SharedBatch,
    pub(crate) later: Deferred,
    /// Why that process ended, if it did.
    pub(crate) failure: OnceLock<String>,
}

impl Judged {
    /// The answer to a query, by its index. If the document was moved, this may wait until git's log is read.
    pub fn verdict(&self, query: usize) -> Option<&Verdict> {
        self.verdicts.get(query)?.as_ref().or_else(|| self.later.verdict(query))
    }

    /// Whether the answer to a query needs git's log.
    pub fn is_late(&self, query: usize) -> bool {
        self.verdicts.get(query).is_some_and(Option::is_none)
    }

    /// The commits that touched a document since its pin, newest first and without merges; `None` if it has not
    /// changed, or if `HEAD` does not descend from the recorded commit. This may wait until git's log is read.
    pub fn revisions(&self, verdict: &Verdict) -> Option<Arc<[Revision]>> {
        self.later.revisions(verdict)
    }

    /// Whether the log is still being read, so that [`Self::revisions`] would wait.
    pub fn is_reading(&self) -> bool {
        self.later.is_reading()
    }

    /// The text of a blob, by its full id; `None` if it is not available. Bytes that are not UTF-8 are replaced.
    pub fn text(&self, blob: &str) -> Option<String> {
        let mut batch = self.batch.lock().ok()?;
        let answer = batch.as_mut()?.ask(&[Request::Contents(blob.to_owned())]);
        match answer {
            Ok(mut answers) => Some(text_of(answers.pop()?.found("blob")?.contents)),
            Err(error) => {
                let _ = self.failure.set(error.to_string());
                *batch = None;
                None
            }
        }
    }

    /// Why git could not answer everything, one sentence each. Waits until the log is read.
    pub fn failures(&self) -> impl Iterator<Item = &str> {
        self.later.failure().into_iter().chain(self.failure.get().map(String::as_str))
    }
}
