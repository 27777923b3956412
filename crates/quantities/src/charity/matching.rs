//! Pairs the numerals of two texts by their digits.

use rustc_hash::FxHashSet;

use super::contradiction::{contradict, lost_minus};
use super::numerals::{Numeral, Written, numerals};
use super::text::Text;
use crate::compare::Compared;
use crate::meaning::Meaning;

/// How many numerals to search for a counterpart, so that the work stays linear in long lists.
pub(super) const REACH: usize = 512;

/// Which quantities another reading explains, by their index.
pub(super) struct Explained {
    pub source: Vec<bool>,
    pub translation: Vec<bool>,
}

/// The numerals of both sides, with the counterpart of each as an index.
pub(super) struct Matching {
    sides: [Vec<Numeral>; 2],
    partners: [Vec<Option<usize>>; 2],
    /// The numerals of each quantity.
    of_quantities: [Vec<Vec<usize>>; 2],
    /// Whether a side has the name of a month without a counterpart, once numerals are paired.
    has_open_month: [bool; 2],
}

/// Finds the quantities that differ only as they were read.
pub(super) fn explained(source: &Text<'_>, translation: &Text<'_>, compared: &Compared) -> Explained {
    let mut matching = Matching::between(source, translation, compared);
    matching.find_open_months();
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
            && (contradict((source, &source.quantities[at]), (translation, &translation.quantities[other]), both_known)
                || lost_minus((source, at), (translation, other)))
        {
            explained.source[at] = false;
            explained.translation[other] = false;
        }
    }
    explained
}

/// The two texts without the code that both have, which is no counterpart of anything else.
fn apart<'a>(source: &Text<'a>, translation: &Text<'a>) -> (Text<'a>, Text<'a>) {
    let without = |text: &Text<'a>, other: &Text<'a>| {
        let theirs: FxHashSet<&str> = other.code.iter().copied().collect();
        let code = text.code.iter().copied().filter(|code| !theirs.contains(code)).collect();
        Text { code, ..text.clone() }
    };
    (without(source, translation), without(translation, source))
}

/// Whether it is a date with two names of months, which is a mistake in the text.
fn has_two_months(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Date(date) if date.second_month.is_some())
}

impl Matching {
    /// Pairs the numerals of the quantities without a counterpart.
    pub(super) fn between(source: &Text<'_>, translation: &Text<'_>, compared: &Compared) -> Self {
        let (ours, theirs) = apart(source, translation);
        let sides = [numerals(&ours, &compared.source), numerals(&theirs, &compared.translation)];
        let mut matching = Self::new(sides, [compared.source.len(), compared.translation.len()]);
        for difference in &compared.differences {
            if let (Some(at), Some(other)) = (difference.source, difference.translation) {
                matching.pair_within(at, other);
            }
        }
        matching.pair(|a, b| a.owner.is_some() && b.owner.is_some());
        matching.pair(|a, b| {
            // A number in a link's target says nothing about one in the text, unless that is an address too.
            let is_shown = |numeral: &Numeral, other: &Numeral| !numeral.of_link || other.of_address;
            (a.owner.is_some() || b.owner.is_some()) && is_shown(a, b) && is_shown(b, a)
        });
        matching
    }

    /// The numerals that a quantity cannot do without, each with whether it has a counterpart.
    pub(super) fn fates(&self, side: usize, quantity: usize) -> impl Iterator<Item = (&str, bool)> {
        let own = self.of_quantities[side][quantity].iter().filter(move |&&at| !self.sides[side][at].optional);
        own.map(move |&at| (self.sides[side][at].digits.as_str(), self.partners[side][at].is_some()))
    }

    /// All numerals without a counterpart; `counts` are the numbers of quantities.
    fn new(sides: [Vec<Numeral>; 2], counts: [usize; 2]) -> Self {
        let partners = [vec![None; sides[0].len()], vec![None; sides[1].len()]];
        let mut of_quantities = counts.map(|count| vec![Vec::new(); count]);
        for (side, numerals) in sides.iter().enumerate() {
            for (at, numeral) in numerals.iter().enumerate() {
                numeral.owner.into_iter().for_each(|owner| of_quantities[side][owner].push(at));
            }
        }
        Self { sides, partners, of_quantities, has_open_month: [false; 2] }
    }

    /// Pairs equal numerals of two quantities.
    fn pair_within(&mut self, quantity: usize, other: usize) {
        for &at in &self.of_quantities[0][quantity] {
            let found = self.of_quantities[1][other].iter().find(|&&candidate| {
                self.partners[1][candidate].is_none() && are_equal(&self.sides[0][at], &self.sides[1][candidate])
            });
            if let Some(&found) = found {
                self.partners[0][at] = Some(found);
                self.partners[1][found] = Some(at);
            }
        }
    }

    fn find_open_months(&mut self) {
        for side in 0..2 {
            let mut all = self.sides[side].iter().zip(&self.partners[side]);
            self.has_open_month[side] =
                all.any(|(numeral, partner)| numeral.written == Written::Month && partner.is_none());
        }
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
        let own = &self.of_quantities[side][quantity];
        let is_paired = |at: &usize| self.partners[side][*at].is_some();
        own.iter().any(is_paired)
            && own.iter().all(|at| {
                let numeral = &self.sides[side][*at];
                // What was read as a month may be another word if the other side has no month left that it could be.
                let may_be_no_month = numeral.written == Written::Month && !self.has_open_month[1 - side];
                is_paired(at) || numeral.optional || may_be_no_month
            })
    }

    /// The quantities of the other side that have the counterparts of a quantity's numerals.
    fn owners(&self, side: usize, quantity: usize) -> impl Iterator<Item = Option<usize>> {
        let partners = self.of_quantities[side][quantity].iter().filter_map(move |&at| self.partners[side][at]);
        partners.map(move |partner| self.sides[1 - side][partner].owner)
    }

    /// Whether the numerals of a quantity are in several quantities of the other side.
    fn is_torn(&self, side: usize, quantity: usize) -> bool {
        let mut owners = self.owners(side, quantity).flatten();
        owners.next().is_some_and(|first| owners.any(|other| other != first))
    }

    /// Whether the numerals of a quantity have all counterparts in one quantity of the other side.
    fn is_within(&self, side: usize, quantity: usize, other: usize) -> bool {
        self.owners(side, quantity).all(|owner| owner == Some(other))
    }

    /// The quantity of the translation that has all counterparts of a source quantity's numerals, and no other numerals.
    fn only_partner(&self, quantity: usize) -> Option<usize> {
        let needed = |side: usize, of: usize| {
            self.of_quantities[side][of].iter().copied().filter(move |&at| !self.sides[side][at].optional)
        };
        let owner = |at: usize| self.sides[1][self.partners[0][at]?].owner;
        let other = needed(0, quantity).next().and_then(owner)?;
        let all = needed(0, quantity).all(|at| owner(at) == Some(other));
        (all && needed(1, other).all(|at| self.partners[1][at].is_some())).then_some(other)
    }
}

/// Whether two numerals may be the same number.
fn are_equal(a: &Numeral, b: &Numeral) -> bool {
    if a.digits == b.digits {
        return true;
    }
    let (Some(x), Some(y)) = (a.value, b.value) else { return false };
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
