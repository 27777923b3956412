//! Findings that rest on a doubtful alignment are warnings, and say how sure they are.

use super::draft::Draft;
use crate::analysis::{Fault, is_doubtful};
use crate::finding::Severity;

/// Says how sure a finding is, and makes it a warning where that is not enough.
pub(super) fn tell(draft: Draft, fault: &Fault) -> Draft {
    let Some(confidence) = fault.confidence else { return draft };
    if is_doubtful(fault) { doubtful(draft, confidence) } else { state(draft, confidence) }
}

/// Makes a finding that rests on a doubtful pair a warning that says how sure it is.
pub(super) fn doubtful(draft: Draft, confidence: f32) -> Draft {
    state(draft, confidence).at_most(Severity::Warning)
}

/// Says how sure a finding is. More than two digits would say more than is known.
fn state(draft: Draft, confidence: f32) -> Draft {
    draft.data("confidence", (f64::from(confidence) * 100.0).round() / 100.0)
}
