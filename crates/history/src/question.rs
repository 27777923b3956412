//! What to find out from the log.

use std::sync::{Arc, Mutex};

use crate::batch::Batch;
use crate::commit::Commit;
use crate::git::Git;
use crate::stretch::{Span, Stretch};
use crate::tree::PathState;

/// What to find out from the log.
pub(crate) struct Question {
    pub git: Git,
    /// Documents that changed or moved, sorted by commit and path.
    pub documents: Vec<PinnedDocument>,
    pub source: Source,
}

/// Where a log comes from.
pub(crate) enum Source {
    /// It was read before, for another purpose.
    Available(Arc<Stretch>),
    /// It still has to be read.
    Unread(Span),
}

/// A document at a recorded commit.
pub(crate) struct PinnedDocument {
    pub commit: Arc<Commit>,
    /// Its path at `HEAD`.
    pub path: String,
    /// Set if it was not at this path then.
    pub moved: Option<MovedDocument>,
}

/// A document that was at another path at its commit, or did not exist.
pub(crate) struct MovedDocument {
    /// Its id, which stays the same when it is moved, if it has one.
    pub id: Option<String>,
    /// What is at its path now.
    pub new: PathState,
    /// The indexes of the queries about it.
    pub queries: Vec<usize>,
}

/// Reads the id from a document's text.
pub(crate) type IdOf = Box<dyn Fn(&str) -> Option<String> + Send>;

/// A shared process; `None` once it has ended.
pub(crate) type SharedBatch = Arc<Mutex<Option<Batch>>>;
