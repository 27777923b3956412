//! Why objects cannot be read: a partial clone lacks them, or they are damaged.

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::git::{FETCH_ALL, Git, is_about_corruption};
use crate::verdict::{PinState, Unavailable};

/// What is known of objects that git calls missing.
#[derive(Debug, Default)]
pub(crate) struct MissingObjects {
    /// Whether a partial clone may lack them.
    is_partial: bool,
    /// What git complained of while it looked for them.
    complaints: String,
}

impl MissingObjects {
    /// Looks once more for objects, by name, and listens to what git says.
    pub(crate) fn of(git: &Git, names: &[String]) -> Self {
        if names.is_empty() {
            return Self::default();
        }
        let requests: Vec<_> = names.iter().cloned().map(Request::Contents).collect();
        let complaints = Batch::complaints(git, &requests).unwrap_or_else(|error| error.to_string());
        Self { is_partial: git.is_partial(), complaints }
    }

    /// What git says of an object's bytes, if they are not what they were. Of a folder at a commit it names only the id of its
    /// tree, so that any complaint counts.
    pub(crate) fn corruption(&self, name: &str) -> Option<&str> {
        let mut lines = self.complaints.lines().filter(|line| is_about_corruption(line));
        if name.contains(':') {
            return lines.next_back();
        }
        // As an id, or as the file that holds it.
        let file = name.split_at_checked(2).map(|(folder, file)| format!("{folder}/{file}"));
        lines.find(|line| line.contains(name) || file.as_ref().is_some_and(|file| line.contains(file)))
    }

    /// Whether an object is damaged, and not only left out of a partial clone.
    pub(crate) fn is_damage(&self, name: &str) -> bool {
        !self.is_partial || self.corruption(name).is_some()
    }

    /// The error for an object.
    pub(crate) fn error(&self, git: &Git, name: &str) -> HistoryError {
        let folder = git.folder().to_owned();
        match self.corruption(name) {
            None if self.is_partial => HistoryError::PartialClone { folder, command: git.typed(FETCH_ALL) },
            said => {
                let said = said.map_or_else(|| format!("object {name} is missing"), str::to_owned);
                HistoryError::Damaged { folder, said, command: git.typed("fsck") }
            }
        }
    }

    /// The same as the state of a pin.
    pub(crate) fn state(&self, git: &Git, name: &str) -> PinState {
        PinState::Unavailable(match self.error(git, name) {
            HistoryError::PartialClone { command, .. } => Unavailable::PartialClone { command },
            error => Unavailable::GitFailed(error.to_string()),
        })
    }
}
