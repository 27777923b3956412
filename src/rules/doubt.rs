//! Findings that depend on a doubtful alignment are warnings with a confidence.

use super::draft::Draft;
use crate::analysis::{Fault, is_doubtful};
use crate::finding::Severity;

/// Adds the confidence to a finding, and makes it a warning at most if the confidence is low.
pub(super) fn with_confidence(draft: Draft, fault: &Fault) -> Draft {
    let Some(confidence) = fault.confidence else { return draft };
    if is_doubtful(fault) { doubtful(draft, confidence) } else { state(draft, confidence) }
}

/// Adds the confidence to a finding that depends on a doubtful pair, and makes it a warning at most.
pub(super) fn doubtful(draft: Draft, confidence: f32) -> Draft {
    state(draft, confidence).at_most(Severity::Warning)
}

/// Adds the confidence, rounded to two digits: more would be false precision.
fn state(draft: Draft, confidence: f32) -> Draft {
    draft.data("confidence", (f64::from(confidence) * 100.0).round() / 100.0)
}
