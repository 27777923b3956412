//! Excuses differences that another reading of the same texts explains.
//!
//! A form that *may* be a month, a unit or a number word is read as one, and then the other language seems to differ. So
//! what differs is read once more, by the principle of charity: prefer the reading under which both texts agree. Numerals
//! are paired by their digits, whatever they count ([`matching`]); a quantity whose numerals all have counterparts is no
//! difference, unless both languages are certain what the numerals count, and disagree ([`contradiction`]). What only one
//! side has is a difference only if translators rarely leave it out or say it otherwise ([`omission`]).

mod bounds;
mod contradiction;
mod explain;
mod matching;
mod numerals;
mod omission;
mod soft;
mod text;
mod verbatim;
mod words;
mod zones;

use crate::compare::{Compared, Difference, category, compare_openly};
use crate::meaning::{Quantity, QuantityKind, Strength};

pub use self::explain::explain;
pub use self::soft::{differ_in_having_year, is_often_added, is_often_left_out};
pub use self::text::Text;

use self::contradiction::are_references;
use self::matching::{REACH, explained};
use self::words::Words;

/// Compares the quantities of two texts like [`compare`](crate::compare()), without the differences that other readings
/// explain and without what translators often add or omit.
pub fn compare_texts(source: &Text<'_>, translation: &Text<'_>) -> Vec<Difference> {
    let compared = compare_openly(source.quantities, translation.quantities);
    if compared.differences.is_empty() {
        return Vec::new();
    }
    let explained = explained(source, translation, &compared);
    let Compared { differences, source: open, .. } = compared;
    let is_verbatim = |text: &Text<'_>, at: usize, other: &Text<'_>| {
        verbatim::is_verbatim(text, &text.quantities[at], other, &differences)
    };
    let sides = ((source, &Words::new(source)), (translation, &Words::new(translation)));
    let mut remaining = Vec::new();
    let (mut lost, mut gained) = (Vec::new(), Vec::new());
    for &difference in &differences {
        let left = difference.source.filter(|&at| !explained.source[at] && !is_verbatim(source, at, translation));
        let right =
            difference.translation.filter(|&at| !explained.translation[at] && !is_verbatim(translation, at, source));
        match (left, right) {
            (Some(at), Some(other))
                if bounds::are_one_bound(
                    (source, &source.quantities[at]),
                    (translation, &translation.quantities[other]),
                ) => {}
            (Some(at), Some(other))
                if omission::says_rest(&source.quantities[at], &translation.quantities[other], sides.1.1)
                    || omission::says_rest(&translation.quantities[other], &source.quantities[at], sides.0.1) => {}
            (Some(at), Some(other)) if may_have_changed(&source.quantities[at], &translation.quantities[other]) => {
                remaining.push(difference);
            }
            _ => {
                lost.extend(left);
                gained.extend(right);
            }
        }
    }
    pair_changed((source, &mut lost), (translation, &mut gained), &mut remaining);
    for at in lost.into_iter().filter(|&at| !omission::is_usual(sides.0, at, sides.1)) {
        let category = source.quantities[at].kind.category();
        remaining.push(Difference { category, source: Some(at), translation: None });
    }
    let mut small = only_small(source, &open, &explained.source, &remaining);
    for at in gained.into_iter().filter(|&at| !omission::is_usual(sides.1, at, sides.0)) {
        let quantity = &translation.quantities[at];
        let changed = small.take_if(|_| quantity.is_small_count());
        remaining.push(Difference { category: quantity.kind.category(), source: changed, translation: Some(at) });
    }
    if remaining.iter().any(|difference| zones::concern(difference, source, translation))
        && zones::differ(source, translation)
    {
        remaining.retain(|difference| !zones::concern(difference, source, translation));
    }
    remaining
}

/// The only small number of a text that has no counterpart, if there is just one and it is not reported: the second quarter or
/// Q2 may have become the 3rd.
fn only_small(text: &Text<'_>, open: &[bool], explained: &[bool], reported: &[Difference]) -> Option<usize> {
    let mut is_reported = vec![false; text.quantities.len()];
    reported.iter().filter_map(|difference| difference.source).for_each(|at| is_reported[at] = true);
    let is_small = |&at: &usize| {
        let quantity = &text.quantities[at];
        let is_short = quantity.kind == QuantityKind::Identifier && omission::is_short_name(quantity);
        let counts = quantity.strength > Strength::Weak && (is_short || quantity.is_small_count());
        counts && open[at] && !explained[at] && !is_reported[at]
    };
    let mut small = (0..text.quantities.len()).filter(is_small);
    small.next().filter(|_| small.next().is_none())
}

/// Pairs what was lost with what was gained where the counterparts of both were explained otherwise: the one changed into
/// the other.
fn pair_changed(
    (source, lost): (&Text<'_>, &mut Vec<usize>),
    (translation, gained): (&Text<'_>, &mut Vec<usize>),
    changed: &mut Vec<Difference>,
) {
    lost.retain(|&at| {
        let quantity = &source.quantities[at];
        let fits = |&other: &usize| {
            let other = &translation.quantities[other];
            quantity.is_in_digits() && other.is_in_digits() && may_have_changed(quantity, other)
        };
        let Some(found) = gained.iter().take(REACH).position(fits) else { return true };
        let other = gained.remove(found);
        let category = category(quantity.kind, translation.quantities[other].kind);
        changed.push(Difference { category, source: Some(at), translation: Some(other) });
        false
    });
}

/// Whether one quantity may have changed into the other. Otherwise one was left out and the other one added.
fn may_have_changed(a: &Quantity, b: &Quantity) -> bool {
    match (a.kind, b.kind) {
        (QuantityKind::Identifier, QuantityKind::Identifier) => are_one_name(&a.literal, &b.literal),
        (QuantityKind::Identifier, other) | (other, QuantityKind::Identifier) => other == QuantityKind::Version,
        // All languages have a sign or word for it, so another number is another one.
        (QuantityKind::Percent, other) | (other, QuantityKind::Percent) => {
            // Points may be percentage points.
            let has_sign = [a, b].iter().any(|quantity| quantity.literal.contains('%'));
            other == QuantityKind::Percent || other == QuantityKind::Measure && !has_sign
        }
        // A fraction in words may be read as a number or as a ratio.
        (QuantityKind::Number, QuantityKind::Ratio) | (QuantityKind::Ratio, QuantityKind::Number) => true,
        (kind, other) => kind == other || (a.is_in_digits() && b.is_in_digits()),
    }
}

/// Whether two names differ only in their digits: `socks5` and `socks4`. After digits, the letters may be those of a unit,
/// which each language writes in its own script.
fn are_one_name(a: &str, b: &str) -> bool {
    let letters = |name: &str| name.chars().filter(|c| !c.is_numeric()).collect::<String>();
    let counts = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
    letters(a) == letters(b) || counts(a) && counts(b) || are_references(a, b)
}
