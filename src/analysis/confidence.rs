//! How sure a fault is: what rests on a doubtful alignment is a warning, and says so.

use super::comparison::Comparison;
use super::fault::{Fault, FaultKind, Side};
use isogloss_align::{Aligner, Alignment, probability};

/// Below this confidence, a fault is a warning at most.
const SURE: f32 = 0.5;
/// By how much each other translation that has what one lacks raises the log-odds, and how many of them count: that the
/// others were aligned well says little of this one's alignment.
const OTHER: f32 = 0.3;
const MOST_OTHERS: usize = 3;
/// No alignment is surer than this: log-odds of 0.001 and 0.999.
const SUREST: f32 = 6.9;

/// Finds how sure it is that what is missing or extra has no counterpart. What was added since a translation was made, as its
/// history tells, cannot be merged with something in it.
pub fn judge(faults: &mut [Fault], aligner: &Aligner<'_>, alignment: &Alignment, has_past: bool) {
    if faults.iter().all(|fault| side(fault.kind).is_none()) {
        return;
    }
    let absence = aligner.absence(alignment, !has_past);
    for fault in faults {
        let blocks = match side(fault.kind) {
            Some(Side::Missing) => &absence.source,
            Some(Side::Extra) => &absence.translation,
            None => continue,
        };
        let total: f32 = fault.blocks.iter().map(|&block| blocks[block as usize]).sum();
        fault.confidence = Some(total / fault.blocks.len() as f32);
    }
}

/// Which side lacks blocks, where a fault is that one does: a column is a part of blocks that both have.
fn side(kind: FaultKind) -> Option<Side> {
    kind.side().filter(|_| !matches!(kind, FaultKind::Column(..)))
}

/// Holds the translations of a page against each other: what one lacks and others have is the surer to be lost, unless it may well
/// be there in another form.
pub fn confirm(pairs: &mut [Comparison]) {
    for index in 0..pairs.len() {
        let (before, rest) = pairs.split_at_mut(index);
        let Some((own, after)) = rest.split_first_mut() else { continue };
        for fault in own.faults.iter_mut().filter(|fault| side(fault.kind) == Some(Side::Missing)) {
            let Some(confidence) = fault.confidence.filter(|confidence| *confidence >= SURE) else { continue };
            let has = |other: &&Comparison| {
                let pair = |&block: &u32| other.alignment.pair_of_source(block);
                fault.blocks.iter().all(|block| pair(block).is_some_and(|pair| pair.log_odds > 0.0))
            };
            let others = before.iter().chain(after.iter()).filter(has).take(MOST_OTHERS).count();
            if others > 0 {
                let log_odds = (confidence / (1.0 - confidence)).ln().clamp(-SUREST, SUREST);
                fault.confidence = Some(probability(log_odds + OTHER * others as f32));
            }
        }
    }
}

/// Whether a fault may be none.
pub(crate) fn is_doubtful(fault: &Fault) -> bool {
    fault.confidence.is_some_and(|confidence| confidence < SURE)
}
