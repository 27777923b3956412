//! Which change is asked about, and why it may not be checked.

use crate::corpus::walk::WalkError;
use isogloss_history::ChangeError;

/// Which change is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// What is to be committed: the index against `HEAD`. Documents are read from the index.
    Staged,
    /// What the work tree and the index have beyond the last commit that they share with this revision.
    Since(String),
}

/// Why no change can be checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A root that is not there.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Git cannot say what changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl Error {
    /// Whether it is what was asked that is wrong, and not what there is to see.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(self, Self::Walk(_) | Self::Change(ChangeError::UnknownRevision(_)))
    }
}
