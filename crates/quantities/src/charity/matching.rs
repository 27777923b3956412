//! Pairs the numerals of two texts by their digits.

use super::contradiction::contradict;
use super::numerals::{Numeral, Written, numerals};
use super::text::Text;
use crate::compare::Compared;
use crate::meaning::Meaning;

/// How many numerals to search for a counterpart, so that the work stays linear in long lists.
const REACH: usize = 512;

/// Which quantities another reading explains, by their index.
pub(super) struct Explained {
    pub source: Vec<bool>,
    pub translation: Vec<bool>,
}

/// The numerals of both sides, with the counterpart of each as an index.
struct Matching {
    sides: [Vec<Numeral>; 2],
    partners: [Vec<Option<usize>>; 2],
}

/// Finds the quantities that differ only as they were read.
pub(super) fn explained(source: &Text<'_>, translation: &Text<'_>, compared: &Compared) -> Explained {
    let sides = [numerals(source, &compared.source), numerals(translation, &compared.translation)];
    let mut matching = Matching::new(sides);
    for difference in &compared.differences {
        if let (Some(at), Some(other)) = (difference.source, difference.translation) {
            matching.pair(|a, b| a.owner == Some(at) && b.owner == Some(other));
        }
    }
    matching.pair(|a, b| a.owner.is_some() && b.owner.is_some());
    matching.pair(|a, b| {
        // A number in a link's target says nothing about one in the text, unless that is an address too.
        let is_shown = |numeral: &Numeral, other: &Numeral| !numeral.of_link || other.of_address;
        (a.owner.is_some() || b.owner.is_some()) && is_shown(a, b) && is_shown(b, a)
    });
    let of_side = |side: usize, text: &Text<'_>, open: &[bool]| {
        let explains = |at: usize| {
            let meaning = &text.quantities[at].meaning;
            let is_torn = || matches!(meaning, Meaning::Version(_)) && matching.is_torn(side, at);
            open[at] && !has_two_months(meaning) && matching.explains(side, at) && !is_torn()
        };
        (0..open.len()).map(explains).collect()
    };
    let mut explained = Explained {
        source: of_side(0, source, &compared.source),
        translation: of_side(1, translation, &compared.translation),
    };
    for difference in &compared.differences {
        let (Some(at), Some(other)) = (difference.source, difference.translation) else { continue };
        // The other one has all of its numerals and more, so it changed.
        if !explained.translation[other] && matching.is_within(0, at, other) {
            explained.source[at] = false;
        } else if !explained.source[at] && matching.is_within(1, other, at) {
            explained.translation[other] = false;
        }
    }
    let both_known = source.reader.has_data() && translation.reader.has_data();
    for at in (0..compared.source.len()).filter(|&at| compared.source[at]) {
        if let Some(other) = matching.only_partner(at)
            && contradict(&source.quantities[at], &translation.quantities[other], both_known)
        {
            explained.source[at] = false;
            explained.translation[other] = false;
        }
    }
    explained
}

/// Whether it is a date with two names of months, which is a mistake in the text.
fn has_two_months(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Date(date) if date.second_month.is_some())
}

impl Matching {
    fn new(sides: [Vec<Numeral>; 2]) -> Self {
        let partners = [vec![None; sides[0].len()], vec![None; sides[1].len()]];
        Self { sides, partners }
    }

    /// Pairs equal numerals without a counterpart for which `may` holds.
    fn pair(&mut self, may: impl Fn(&Numeral, &Numeral) -> bool) {
        let mut first_open = 0;
        for (at, numeral) in self.sides[0].iter().enumerate() {
            if self.partners[0][at].is_some() {
                continue;
            }
            while self.partners[1].get(first_open).is_some_and(Option::is_some) {
                first_open += 1;
            }
            let found = (first_open..self.sides[1].len()).take(REACH).find(|&other| {
                let candidate = &self.sides[1][other];
                self.partners[1][other].is_none() && may(numeral, candidate) && are_equal(numeral, candidate)
            });
            if let Some(other) = found {
                self.partners[0][at] = Some(other);
                self.partners[1][other] = Some(at);
            }
        }
    }

    /// Whether all numerals of a quantity have counterparts, or may lack them.
    fn explains(&self, side: usize, quantity: usize) -> bool {
        let mut paired = false;
        for (at, numeral) in self.sides[side].iter().enumerate().filter(|(_, numeral)| numeral.owner == Some(quantity))
        {
            if self.partners[side][at].is_some() {
                paired = true;
            } else if !(numeral.optional || self.may_be_no_month(side, numeral)) {
                return false;
            }
        }
        paired
    }

    /// Whether what was read as a month may be another word: the other side has no month left that it could be.
    fn may_be_no_month(&self, side: usize, numeral: &Numeral) -> bool {
        let other = 1 - side;
        let is_open =
            |(at, numeral): (usize, &Numeral)| numeral.written == Written::Month && self.partners[other][at].is_none();
        numeral.written == Written::Month && !self.sides[other].iter().enumerate().any(is_open)
    }

    /// Whether the numerals of a quantity are in several quantities of the other side.
    fn is_torn(&self, side: usize, quantity: usize) -> bool {
        let own = (0..self.sides[side].len()).filter(|&at| self.sides[side][at].owner == Some(quantity));
        let mut owners = own.filter_map(|at| self.sides[1 - side][self.partners[side][at]?].owner);
        owners.next().is_some_and(|first| owners.any(|other| other != first))
    }

    /// Whether the numerals of a quantity have all counterparts in one quantity of the other side.
    fn is_within(&self, side: usize, quantity: usize, other: usize) -> bool {
        let own = (0..self.sides[side].len()).filter(|&at| self.sides[side][at].owner == Some(quantity));
        let mut partners = own.filter_map(|at| self.partners[side][at]);
        partners.all(|partner| self.sides[1 - side][partner].owner == Some(other))
    }

    /// The quantity of the translation that has all counterparts of a source quantity's numerals, and no other numerals.
    fn only_partner(&self, quantity: usize) -> Option<usize> {
        let own = |side: usize, of: usize| {
            let numerals = self.sides[side].iter().enumerate();
            numerals.filter(move |(_, numeral)| numeral.owner == Some(of) && !numeral.optional).map(|(at, _)| at)
        };
        let owner = |at: usize| self.sides[1][self.partners[0][at]?].owner;
        let other = own(0, quantity).next().and_then(owner)?;
        let all = own(0, quantity).all(|at| owner(at) == Some(other));
        (all && own(1, other).all(|at| self.partners[1][at].is_some())).then_some(other)
    }
}

/// Whether two numerals may be the same number.
fn are_equal(a: &Numeral, b: &Numeral) -> bool {
    if a.digits == b.digits {
        return true;
    }
    let (Ok(x), Ok(y)) = (a.digits.parse::<u64>(), b.digits.parse::<u64>()) else { return false };
    // Zeros count after a decimal separator, if it is one on both sides.
    let as_written = a.of_decimal && b.of_decimal;
    let on_a_clock = (a.of_clock || b.of_clock) && x.max(y) <= 24 && x % 12 == y % 12;
    x == y && !as_written || on_a_clock || are_one_year(x, y) || are_one_year(y, x)
}

/// Whether `full` is a year and `other` its last two digits, or the same year of the Buddhist calendar.
fn are_one_year(full: u64, other: u64) -> bool {
    /// The Buddhist calendar of Thailand, Laos and Cambodia counts from 543 BC.
    const BUDDHIST: u64 = 543;
    (1900..2100).contains(&full) && (full % 100 == other && other >= 10 || full + BUDDHIST == other)
}
