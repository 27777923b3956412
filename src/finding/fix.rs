//! Fixes: edits that resolve a finding.

use camino::Utf8PathBuf;
use isogloss_text::Range;
use serde::Serialize;

/// Edits that together resolve a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What it does, as an imperative without a full stop: "remove the comment".
    pub message: String,
    /// Whether it needs a person's decision.
    pub applicability: Applicability,
    /// In the order of their paths and ranges; they do not overlap. A fix is applied in full or not at all.
    pub edits: Vec<Edit>,
}

/// Whether a fix can be applied without a person's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// It changes nothing that a reader sees, or is certainly right.
    Safe,
    /// It is probably right.
    Unsafe,
}

impl Applicability {
    /// The word for it, as in every format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// The replacement of a range of one document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edit {
    /// The root as the user wrote it, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The range to replace; an empty range is an insertion.
    pub range: Range,
    /// The new text; empty for a deletion.
    pub replacement: String,
}
