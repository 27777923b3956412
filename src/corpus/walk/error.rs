//! Errors of the walk.

use camino::Utf8PathBuf;
use thiserror::Error;

use super::ignored::MOST_PATTERNS_IN_ALL;

/// Why the roots cannot be walked; wrong usage.
#[derive(Debug, Error)]
pub enum WalkError {
    /// A root that does not exist.
    #[error("no such file or folder: `{0}`")]
    Missing(Utf8PathBuf),
    /// A root that cannot be read.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// As the user wrote it.
        path: Utf8PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// More ignore patterns than fit in memory.
    #[error(
        "ignore files below the roots have more than {MOST_PATTERNS_IN_ALL} patterns and wildcards in total; remove some, or check fewer folders"
    )]
    TooManyPatterns,
}
