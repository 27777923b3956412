//! Problems of front matter.

use isogloss_text::Span;

/// A problem of front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in the whole text.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}
