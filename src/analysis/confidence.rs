//! Confidence of faults. A finding that depends on a doubtful alignment is a warning.

use super::comparison::Comparison;
use super::fault::{Fault, FaultKind, Side};
use isogloss_align::{Aligner, Alignment, probability};

/// Below this confidence, a fault is a warning at most.
const SURE: f32 = 0.5;
/// How much each other translation without the fault adds to the log-odds, and how many of them count: that the others
/// are aligned well says little about the alignment of this one.
const OTHER: f32 = 0.3;
const MOST_OTHERS: usize = 3;
/// The maximum log-odds: probabilities of 0.001 and 0.999.
const SUREST: f32 = 6.9;

/// Computes the probability that missing and extra blocks have no counterpart. According to the history, text that was
/// added after a translation was made cannot be merged with text in it.
pub(super) fn judge(faults: &mut [Fault], aligner: &Aligner<'_>, alignment: &Alignment, has_past: bool) {
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

/// The side that lacks blocks, if the fault is about whole blocks: a column is a part of blocks that both sides have.
fn side(kind: FaultKind) -> Option<Side> {
    kind.side().filter(|_| !matches!(kind, FaultKind::Column(..)))
}

/// Compares the translations of a page with each other: a block that one lacks and others have is more likely lost,
/// unless it may be present in another form.
pub(super) fn confirm(pairs: &mut [Comparison]) {
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

/// Whether a fault may be a false positive.
pub(crate) fn is_doubtful(fault: &Fault) -> bool {
    fault.confidence.is_some_and(|confidence| confidence < SURE)
}
