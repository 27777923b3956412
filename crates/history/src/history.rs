//! The repository with the history of a source root.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::HistoryError;
use crate::git::Git;
use crate::location::{Location, locate, locate_named};
use crate::paths::SourceRoot;
use crate::stretch::Stretch;

/// The repository with the history of a source root.
#[derive(Debug)]
pub struct History {
    pub(crate) git: Git,
    pub(crate) shallow: bool,
    pub(crate) root: SourceRoot,
    /// The top of its checkout, as a canonical path; `None` if it is bare.
    pub(crate) top: Option<Utf8PathBuf>,
    /// Whether the log is read to list the commits that touched each page.
    pub(crate) counts: bool,
    /// The part of the log that was read already.
    pub(crate) stretch: Option<Arc<Stretch>>,
}

impl History {
    /// Finds the history of the documents under `source_root`.
    ///
    /// Uses the repository at `given` (`--source-repo`: a checkout, a worktree or a bare repository) if there is one.
    /// Otherwise uses the repository that `source_root` is in, or else a bare one next to it with the name
    /// `<source_root>.git`.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or there is no repository that it can read.
    pub fn open(source_root: &Utf8Path, given: Option<&Utf8Path>) -> Result<Self, HistoryError> {
        Self::open_in(&Environment::of_this_process(), source_root, given)
    }

    pub(crate) fn open_in(
        env: &Environment,
        source_root: &Utf8Path,
        given: Option<&Utf8Path>,
    ) -> Result<Self, HistoryError> {
        if let Some(given) = given {
            let place = locate_named(env, given)?;
            let root = SourceRoot::in_given_repository(source_root, place.top.as_deref());
            return Ok(Self::at(place, root));
        }
        match locate(env, source_root) {
            Ok(place) => {
                let root = SourceRoot::in_checkout(source_root, place.prefix.clone());
                Ok(Self::at(place, root))
            }
            Err(error @ (HistoryError::NotARepository(_) | HistoryError::NoSuchFolder(_))) => {
                let sibling = Utf8PathBuf::from(format!("{}.git", source_root.as_str().trim_end_matches('/')));
                if !sibling.is_dir() {
                    return Err(error);
                }
                Self::open_in(env, source_root, Some(&sibling))
            }
            Err(error) => Err(error),
        }
    }

    fn at(place: Location, root: SourceRoot) -> Self {
        Self { git: place.git, shallow: place.shallow, root, top: place.top, counts: true, stretch: None }
    }

    /// Skips listing the commits that touched each page, which takes longer than everything else for a page or two.
    #[must_use]
    pub fn uncounted(self) -> Self {
        Self { counts: false, ..self }
    }
}
