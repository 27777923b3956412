//! Which change to check, and why it may not be possible to check it.

use crate::corpus::walk::WalkError;
use isogloss_history::ChangeError;

/// The change to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Staged changes: the index against `HEAD`. Documents are read from the index.
    Staged,
    /// Changes in the work tree and the index since the merge base of `HEAD` and this revision.
    Since(String),
}

/// Why the change cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A root does not exist.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Git cannot determine what changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl Error {
    /// Whether the request is wrong, as opposed to the state of the repository.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(self, Self::Walk(_) | Self::Change(ChangeError::UnknownRevision(_)))
    }
}
