//! The repository that holds the history of a source root.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::HistoryError;
use crate::git::Git;
use crate::location::{Location, locate, locate_named};
use crate::paths::SourceRoot;
use crate::stretch::Stretch;

/// The repository that holds a source root's history.
#[derive(Debug)]
pub struct History {
    pub(crate) git: Git,
    pub(crate) shallow: bool,
    pub(crate) root: SourceRoot,
    /// The top of the checkout that it was found in, without links; `None` if it is bare.
    pub(crate) top: Option<Utf8PathBuf>,
    /// Whether the log is read for how often pages were touched.
    pub(crate) counts: bool,
    /// What was read of the log already.
    pub(crate) stretch: Option<Arc<Stretch>>,
}

impl History {
    /// Finds the history of the documents under `source_root`.
    ///
    /// With `given` (`--source-repo`: a checkout, a worktree or a bare repository) that one is taken. Otherwise it is
    /// the repository that `source_root` is in, or else a bare one beside it that is called `<source_root>.git`.
    ///
    /// # Errors
    ///
    /// If git cannot be run, or there is no repository that it will read.
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
                let beside = Utf8PathBuf::from(format!("{}.git", source_root.as_str().trim_end_matches('/')));
                if !beside.is_dir() {
                    return Err(error);
                }
                Self::open_in(env, source_root, Some(&beside))
            }
            Err(error) => Err(error),
        }
    }

    fn at(place: Location, root: SourceRoot) -> Self {
        Self { git: place.git, shallow: place.shallow, root, top: place.top, counts: true, stretch: None }
    }

    /// The same without how often pages were touched, for which the history is read back to the oldest commit concerned: longer
    /// than all else takes for a page or two.
    #[must_use]
    pub fn uncounted(self) -> Self {
        Self { counts: false, ..self }
    }
}
