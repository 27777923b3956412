//! Quantities that one text lacks and a neighboring one has: a paragraph was split, items were joined or changed places.

use super::mismatch::Mismatch;
use super::readings::Readings;
use isogloss_align::Alignment;

/// How many blocks away a quantity may be, in the document of its side.
const NEAR: u32 = 4;

/// Drops what one side lacks if a block nearby has it without a counterpart.
pub(super) fn drop_moved(
    source: &Readings<'_>,
    translation: &Readings<'_>,
    alignment: &Alignment,
    found: &mut Vec<Mismatch>,
) {
    if !found.iter().any(Mismatch::is_one_sided) {
        return;
    }
    let mut moved = exchanged(found);
    let has_source = |block: u32| alignment.source_of(block).is_some();
    let has_translation = |block: u32| alignment.pair_of_source(block).is_some();
    for (mismatch, moved) in found.iter().zip(&mut moved).filter(|(_, moved)| !**moved) {
        *moved = match (&mismatch.source, &mismatch.translation) {
            (Some(lost), None) => has_near(translation, mismatch.translation_block, has_source, &lost.said),
            (None, Some(gained)) => has_near(source, mismatch.source_block, has_translation, &gained.said),
            _ => false,
        };
    }
    let mut moved = moved.into_iter();
    found.retain(|_| !moved.next().unwrap_or(false));
}

/// For each mismatch, whether another one nearby gained what it lost, or the reverse.
fn exchanged(found: &[Mismatch]) -> Vec<bool> {
    let mut moved = vec![false; found.len()];
    for (at, mismatch) in found.iter().enumerate() {
        let (Some(lost), None) = (&mismatch.source, &mismatch.translation) else { continue };
        let near = |other: &Mismatch| other.translation_block.abs_diff(mismatch.translation_block) <= NEAR;
        let fits = |other: &usize| {
            let other_mismatch = &found[*other];
            let is_gained = other_mismatch.source.is_none();
            !moved[*other]
                && near(other_mismatch)
                && is_gained
                && other_mismatch.translation.as_ref().is_some_and(|gained| gained.said == lost.said)
        };
        // Mismatches are in the order of the source, which is nearly that of the translation.
        let from = at.saturating_sub(SEARCHED);
        if let Some(other) = (from..found.len().min(at + SEARCHED)).find(fits) {
            (moved[at], moved[other]) = (true, true);
        }
    }
    moved
}

/// How many mismatches are searched in each direction, so that the work stays linear.
const SEARCHED: usize = 32;

/// Whether a block near this one that is not paired has a quantity.
fn has_near(readings: &Readings<'_>, block: u32, is_paired: impl Fn(u32) -> bool, said: &str) -> bool {
    let last = (readings.blocks() as u32).min(block + NEAR + 1);
    (block.saturating_sub(NEAR)..last).filter(|&near| near != block && !is_paired(near)).any(|near| {
        (0..readings.count(near)).any(|index| {
            let part = readings.part(near, index);
            readings.quantities(part).iter().any(|quantity| quantity.describe() == said)
        })
    })
}
