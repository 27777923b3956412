//! Problems of front matter.

use isogloss_text::Span;

/// What is wrong with front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in the whole text.
    pub span: Span,
    /// One sentence without a full stop.
    pub message: String,
}
