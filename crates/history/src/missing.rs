//! Finds out why objects cannot be read: a partial clone does not have them, or they are damaged.

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::git::{FETCH_ALL, Git, is_about_corruption};
use crate::verdict::{PinState, Unavailable};

/// Objects that git calls missing.
#[derive(Debug, Default)]
pub(crate) struct MissingObjects {
    /// Whether the clone is partial, so that they may never have been fetched.
    is_partial: bool,
    /// What git wrote to standard error while it looked for them.
    stderr: String,
}

impl MissingObjects {
    /// Looks for objects once more, by name, and keeps git's messages.
    pub(crate) fn of(git: &Git, names: &[String]) -> Self {
        if names.is_empty() {
            return Self::default();
        }
        let requests: Vec<_> = names.iter().cloned().map(Request::Contents).collect();
        let stderr = Batch::stderr(git, &requests).unwrap_or_else(|error| error.to_string());
        Self { is_partial: git.is_partial(), stderr }
    }

    /// Git's message about an object's damaged bytes, if there is one. For a folder at a commit it contains only the id
    /// of the tree, so any message counts.
    pub(crate) fn corruption(&self, name: &str) -> Option<&str> {
        let mut lines = self.stderr.lines().filter(|line| is_about_corruption(line));
        if name.contains(':') {
            return lines.next_back();
        }
        // By id, or by the file of the object.
        let file = name.split_at_checked(2).map(|(folder, file)| format!("{folder}/{file}"));
        lines.find(|line| line.contains(name) || file.as_ref().is_some_and(|file| line.contains(file)))
    }

    /// Whether an object is damaged, and not just absent from a partial clone.
    pub(crate) fn is_damage(&self, name: &str) -> bool {
        !self.is_partial || self.corruption(name).is_some()
    }

    /// The error for an object.
    pub(crate) fn error(&self, git: &Git, name: &str) -> HistoryError {
        let folder = git.folder().to_owned();
        match self.corruption(name) {
            None if self.is_partial => HistoryError::PartialClone { folder, command: git.shell_command(FETCH_ALL) },
            message => {
                let message = message.map_or_else(|| format!("object {name} is missing"), str::to_owned);
                HistoryError::Damaged { folder, message, command: git.shell_command("fsck") }
            }
        }
    }

    /// The state of a pin for an object.
    pub(crate) fn state(&self, git: &Git, name: &str) -> PinState {
        PinState::Unavailable(match self.error(git, name) {
            HistoryError::PartialClone { command, .. } => Unavailable::PartialClone { command },
            error => Unavailable::GitFailed(error.to_string()),
        })
    }
}
