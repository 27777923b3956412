//! Findings that depend on a doubtful alignment are warnings with a confidence.

use super::draft::Draft;
use crate::analysis::{Fault, Mismatch, is_doubtful};
use crate::finding::Severity;

/// Adds the confidence to a finding, and makes it a warning at most if the confidence is low.
pub(super) fn with_confidence(draft: Draft, fault: &Fault) -> Draft {
    let Some(confidence) = fault.confidence else { return draft };
    if is_doubtful(fault) { doubtful(draft, confidence) } else { state(draft, confidence) }
}

/// Below this probability that it is no misreading, a mismatch is a warning at most.
const SURE_READING: f32 = 0.75;

/// Adds the confidence to the finding of a mismatch, and makes it a warning at most if it may be a misreading, or if its blocks
/// may not be counterparts.
pub(super) fn of_mismatch(draft: Draft, mismatch: &Mismatch) -> Draft {
    let is_sure = mismatch.doubt.is_none() && mismatch.reliability >= SURE_READING;
    if is_sure { state(draft, mismatch.confidence()) } else { doubtful(draft, mismatch.confidence()) }
}

/// Adds the confidence to a finding that depends on a doubtful pair, and makes it a warning at most.
fn doubtful(draft: Draft, confidence: f32) -> Draft {
    state(draft, confidence).at_most(Severity::Warning)
}

/// Adds the confidence, rounded to two digits: more would be false precision.
fn state(draft: Draft, confidence: f32) -> Draft {
    draft.data("confidence", (f64::from(confidence) * 100.0).round() / 100.0)
}
