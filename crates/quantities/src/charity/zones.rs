//! Times of day in different time zones.

use super::text::Text;
use crate::compare::Difference;
use crate::meaning::QuantityKind;
use crate::sense::ZONES;

/// Whether both texts name time zones, and none of them is the same: 09:00 UTC is 18:00 JST.
pub(super) fn differ(source: &Text<'_>, translation: &Text<'_>) -> bool {
    let (ours, theirs) = (zones(source.text), zones(translation.text));
    !ours.is_empty() && !theirs.is_empty() && ours.iter().all(|zone| !theirs.contains(zone))
}

/// The zones that a text names, in capitals: shorter abbreviations are other words as well.
fn zones(text: &str) -> Vec<&str> {
    const LEAST: usize = 3;
    let is_zone = |word: &&str| {
        word.len() >= LEAST
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
            && ZONES.iter().any(|zone| zone.eq_ignore_ascii_case(word))
    };
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(is_zone).collect()
}

/// Whether a difference is one of times or days, which depend on the time zone.
pub(super) fn concern(difference: &Difference, source: &Text<'_>, translation: &Text<'_>) -> bool {
    let kinds = [
        difference.source.map(|at| source.quantities[at].kind),
        difference.translation.map(|at| translation.quantities[at].kind),
    ];
    kinds
        .into_iter()
        .flatten()
        .all(|kind| matches!(kind, QuantityKind::Time | QuantityKind::TimeRange | QuantityKind::Date))
}
