//! What the log is asked.

use std::sync::{Arc, Mutex};

use crate::batch::Batch;
use crate::commit::Commit;
use crate::git::Git;
use crate::stretch::{Span, Stretch};
use crate::tree::Presence;

/// What is asked of the log.
pub(crate) struct Question {
    pub git: Git,
    /// Documents that changed or were not at their place, sorted by commit and place.
    pub asked: Vec<Asked>,
    pub source: Source,
}

/// Where a log comes from.
pub(crate) enum Source {
    /// It was read for something else.
    AtHand(Arc<Stretch>),
    /// It is yet to be read.
    Unread(Span),
}

/// A document at a commit.
pub(crate) struct Asked {
    pub commit: Arc<Commit>,
    /// Where it stands now.
    pub place: String,
    /// What is known of it if it was not at its place then.
    pub lost: Option<Lost>,
}

/// A document that was elsewhere at its commit, or nowhere.
pub(crate) struct Lost {
    /// What it is known by wherever it stands, if anything.
    pub id: Option<String>,
    /// What stands at its place now.
    pub new: Presence,
    /// The indexes of the queries about it.
    pub queries: Vec<usize>,
}

/// Reads an id out of a document's text.
pub(crate) type IdOf = Box<dyn Fn(&str) -> Option<String> + Send>;

/// One process that is shared; `None` once it has ended.
pub(crate) type SharedBatch = Arc<Mutex<Option<Batch>>>;
