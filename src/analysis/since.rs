//! Faults that a change of the source since the pin explains, so that each cause is one finding: if a text was
//! reworded, differing numbers or a new row in an HTML table are part of that change.

use rustc_hash::FxHashSet;

use super::comparison::Comparison;
use super::fault::{Fault, FaultKind, Side};
use super::mismatch::Mismatch;
use super::quantities::{Manner, mismatches};
use super::readings::Readings;
use super::version::{Past, Version};
use isogloss_align::Alignment;
use isogloss_align::changes::Change;

/// Removes from a comparison what `stale-paragraph` reports. `own` are the readings of the translation, with how they are
/// compared.
pub(super) fn leave_to_staleness(
    reference: &Version<'_>,
    translation: &Version<'_>,
    own: (&Readings<'_>, Manner<'_>),
    comparison: &mut Comparison,
) {
    let (Some(past), Some(pinned)) = (&translation.past, &comparison.pinned) else { return };
    let since = Since { past, pinned, reference, alignment: &comparison.alignment };
    let faults = std::mem::take(&mut comparison.faults);
    let mismatches = std::mem::take(&mut comparison.mismatches);
    let mismatches = since.unexplained_mismatches(mismatches, own);
    comparison.faults = faults.into_iter().filter(|fault| !since.explains(fault)).collect();
    comparison.mismatches = mismatches;
}

struct Since<'s> {
    past: &'s Past,
    pinned: &'s Alignment,
    reference: &'s Version<'s>,
    alignment: &'s Alignment,
}

impl Since<'_> {
    /// The relevant change of a block of the current source.
    fn loud(&self, block: u32) -> Option<&Change> {
        self.past.changes.change_of(&self.reference.document, block).filter(|change| change.class.matters())
    }

    /// Whether a fault is within something that changed as a whole.
    fn explains(&self, fault: &Fault) -> bool {
        let changes = &self.past.changes;
        match fault.kind {
            FaultKind::Column(Side::Missing, _) => self.loud(fault.blocks[0]).is_some(),
            FaultKind::Column(Side::Extra, _) => {
                self.alignment.source_of(fault.blocks[0]).is_some_and(|row| self.loud(row).is_some())
            }
            FaultKind::Row(Side::Missing)
            | FaultKind::Text(Side::Missing)
            | FaultKind::Object(Side::Missing)
            | FaultKind::Empty
            | FaultKind::Broken => {
                fault.blocks.iter().all(|&block| changes.old_of(block).is_none() && self.loud(block).is_some())
            }
            FaultKind::Row(Side::Extra) | FaultKind::Text(Side::Extra) | FaultKind::Object(Side::Extra) => fault
                .blocks
                .iter()
                .all(|&block| self.pinned.source_of(block).is_some_and(|old| self.dropped_inside(old))),
            _ => false,
        }
    }

    /// Whether the source removed a block from a run of HTML that still exists.
    fn dropped_inside(&self, old: u32) -> bool {
        let (changes, document) = (&self.past.changes, &self.past.document);
        let start = document.blocks[old as usize].span.start;
        let inside = |change: &Change| document.blocks[change.old as usize].span.contains(start);
        changes.new_of(old).is_none()
            && changes.changed.iter().any(|change| change.old != old && change.class.matters() && inside(change))
    }

    /// Quantities that differ, except those that agreed with the source at the pin and differ because the source
    /// changed.
    fn unexplained_mismatches(
        &self,
        found: Vec<Mismatch>,
        (own, manner): (&Readings<'_>, Manner<'_>),
    ) -> Vec<Mismatch> {
        let (reworded, mut rest): (Vec<Mismatch>, Vec<Mismatch>) =
            found.into_iter().partition(|mismatch| self.loud(mismatch.source_block).is_some());
        if reworded.is_empty() {
            return rest;
        }
        let differing: FxHashSet<u32> = reworded.iter().map(|mismatch| mismatch.translation_block).collect();
        let differs = |block: u32| differing.contains(&block);
        let pairs = self.pinned.pairs.iter().filter(|pair| pair.translation.clone().any(differs)).cloned().collect();
        let alignment = Alignment::new(pairs, self.past.document.blocks.len(), own.blocks());
        let past = Readings::new(&self.past.document, self.reference.reader);
        let then = mismatches(&past, own, &alignment, manner);
        let key = |mismatch: &Mismatch| {
            let reading = mismatch.translation.as_ref();
            (mismatch.translation_block, reading.map(|reading| (reading.span, reading.said.clone())))
        };
        let then: FxHashSet<_> = then.iter().map(key).collect();
        let stood_then = |mismatch: &Mismatch| then.contains(&key(mismatch));
        rest.extend(reworded.into_iter().filter(stood_then));
        rest.sort_by_key(|mismatch| mismatch.source_block);
        rest
    }
}
