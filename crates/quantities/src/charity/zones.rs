//! Times of day in different time zones.

use super::text::Text;
use crate::compare::Difference;
use crate::meaning::QuantityKind;

/// The abbreviations that announcements are translated into and from.
const ZONES: [&str; 18] = [
    "UTC", "GMT", "JST", "KST", "CST", "IST", "CET", "CEST", "BST", "MSK", "PST", "PDT", "EST", "EDT", "MST", "MDT",
    "CDT", "AEST",
];

/// Whether both texts name time zones, and none of them is the same: 09:00 UTC is 18:00 JST.
pub(super) fn differ(source: &Text<'_>, translation: &Text<'_>) -> bool {
    let (ours, theirs) = (zones(source.text), zones(translation.text));
    !ours.is_empty() && !theirs.is_empty() && ours.iter().all(|zone| !theirs.contains(zone))
}

/// The zones that a text names.
fn zones(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| ZONES.contains(word)).collect()
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
