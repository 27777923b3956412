//! Decades and centuries, and other digits in the plural.

use crate::found::{Found, is_whole};
use crate::meaning::{Amount, Meaning, QuantityKind, Strength};
use crate::normalise::{is_hangul, is_space, is_unspaced};
use crate::scan::Scan;
use crate::sense::Word;

impl Scan<'_> {
    /// `1990s`, `1990er`: the first year of a decade, not seconds. `20世纪90年代` has the century first.
    pub(crate) fn decade(&self, start: usize) -> Option<Found> {
        if let Some(found) = self.decade_of_century(start) {
            return Some(found);
        }
        let num = self.number(start).filter(|num| num.plain)?;
        if let Some(end) = self.word(num.end, Word::CenturySuffix)
            && (100.0..=2100.0).contains(&num.value)
            && num.value % 100.0 == 0.0
        {
            // Swedish "1800-talet" is the 19th century, and "800-talet" the 9th.
            return Some(Found::new(QuantityKind::Ordinal, Meaning::Ordinal(num.value / 100.0 + 1.0), num, end));
        }
        let at = self.skip_spaces(num.end);
        let spaced = self.chars.get(at).is_some_and(|&c| is_unspaced(c) || is_hangul(c));
        let end = self.word(if spaced { at } else { num.end }, Word::DecadeSuffix)?;
        let is_full = (1000.0..3000.0).contains(&num.value);
        // "90s" may be seconds.
        let is_short = (10.0..100.0).contains(&num.value) && (spaced || self.is_after(start, Word::DecadePrefix));
        if num.value % 10.0 != 0.0 || !(is_full || is_short) {
            return None;
        }
        Some(Found::new(QuantityKind::Number, Meaning::Number(num.amount()), num, end))
    }

    /// "1s and 0s": both binary digits in the plural, and no seconds.
    pub(crate) fn binary_digits(&self, start: usize) -> Option<Vec<Found>> {
        let digit = |at: usize| {
            let num = self.number(at).filter(|num| num.plain && num.end == at + 1 && num.value <= 1.0)?;
            let end = self.word(num.end, Word::DecadeSuffix)?;
            let found = Found::new(QuantityKind::Number, Meaning::Number(num.amount()), num, end);
            Some((num.value, Found { strength: Strength::Words, ..found }))
        };
        let (one, first) = digit(start)?;
        let and = self.word(self.skip_spaces(first.end), Word::And)?;
        let (other, second) = digit(self.skip_spaces(and))?;
        is_whole(one + other, 1.0).then(|| vec![first, second])
    }

    /// Whether the word before `at` is this one.
    fn is_after(&self, at: usize, wanted: Word) -> bool {
        /// The longest word.
        const LONGEST: usize = 12;
        let before = &self.chars[at.saturating_sub(LONGEST + 1)..at];
        let Some((&sign, letters)) = before.split_last() else { return false };
        if !is_space(sign) && sign != '-' {
            return false;
        }
        let length = letters.iter().rev().take_while(|c| c.is_alphabetic()).count();
        let start = at - 1 - length;
        length > 0 && self.word(start, wanted) == Some(at - 1)
    }

    fn decade_of_century(&self, start: usize) -> Option<Found> {
        let century = self.number(start).filter(|num| num.plain && (1.0..=30.0).contains(&num.value))?;
        let at = self.skip_spaces(century.end);
        let mark = self.word(at, Word::Century)?;
        let years = self.number(self.skip_spaces(mark))?;
        let end = self.word(self.skip_spaces(years.end), Word::DecadeSuffix)?;
        let is_round = (0.0..100.0).contains(&years.value) && years.value % 10.0 == 0.0;
        let year = Amount::exact((century.value - 1.0) * 100.0 + years.value);
        is_round.then(|| Found::new(QuantityKind::Number, Meaning::Number(year), century, end))
    }
}
