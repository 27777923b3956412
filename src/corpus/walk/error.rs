//! Why there was nothing to walk.

use camino::Utf8PathBuf;
use thiserror::Error;

use super::ignored::MOST_PATTERNS_IN_ALL;

/// Why there was nothing to walk; wrong usage.
#[derive(Debug, Error)]
pub enum WalkError {
    /// A root that does not exist.
    #[error("no such file or folder: `{0}`")]
    Missing(Utf8PathBuf),
    /// A root that cannot be looked at.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// As written.
        path: Utf8PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// More patterns than there is memory for.
    #[error(
        "ignore files below the roots have more than {MOST_PATTERNS_IN_ALL} patterns and wildcards in total; remove some, or check fewer folders"
    )]
    TooManyPatterns,
}
