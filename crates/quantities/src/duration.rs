//! Durations: one unit or several, and words for a whole one.

use crate::boundary::starts_word;
use crate::found::{Found, FoundNumber};
use crate::meaning::{Amount, Meaning, QuantityKind, Strength};
use crate::normalise::{is_hangul, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, Weight, Word};
use crate::units::{Dimension, Unit};

impl Scan<'_> {
    pub(crate) fn duration(&self, num: FoundNumber, after: usize) -> Option<Found> {
        let (mut num, mut amount, mut number_end) = (num, num.amount(), after);
        if let Some((part, end)) = self.and_fraction(num.end) {
            amount.value += part;
            number_end = self.skip_spaces(end);
            num.weight = Weight::Plain;
        }
        let (unit, end) = self.unit(number_end).filter(|(unit, _)| unit.is_duration())?;
        let mut parts = vec![(amount, unit)];
        let mut end = end;
        if let Some((part, next)) = self.and_fraction(end) {
            parts[0].0.value += part;
            end = next;
            // "An hour and a half" is a number, although "an hour" may be none.
            num.weight = Weight::Plain;
        }
        while let Some((part, next)) = self.next_part(end, &parts) {
            parts.push(part);
            end = next;
        }
        if parts.len() == 1 && self.is_calendar_year(num, unit, end) {
            return None;
        }
        let one = parts.len() == 1 && parts[0].0 == Amount::exact(1.0);
        let mut found =
            Found::new(QuantityKind::Duration, Meaning::Duration(parts), num, if num.inside { num.end } else { end });
        if one && is_unspaced(self.chars[end - 1]) {
            // "過去1年間" means "the past year".
            found.strength = found.strength.min(Strength::Words);
        }
        Some(found)
    }

    /// Whether a number and the sign for a year are a year of the calendar: `2018年`.
    fn is_calendar_year(&self, num: FoundNumber, unit: Unit, end: usize) -> bool {
        let is_sign = is_unspaced(self.chars[end - 1]) || is_hangul(self.chars[end - 1]);
        unit.id() == "year" && is_sign && num.plain && (1900.0..2100.0).contains(&num.value)
    }

    /// The next part of a duration in several units: "1 hour and 30 minutes".
    pub(crate) fn next_part(&self, end: usize, parts: &[(Amount, Unit)]) -> Option<((Amount, Unit), usize)> {
        /// The most parts of a duration.
        const MAX_PARTS: usize = 6;
        let mut at = self.skip_spaces(end);
        let comma = self.chars.get(at) == Some(&',');
        if comma {
            at = self.skip_spaces(at + 1);
        }
        if let Some(and) = self.word(at, Word::And) {
            at = self.skip_spaces(and);
        }
        let num = self.number(at).filter(|num| !num.inside && num.value >= 0.0)?;
        let (unit, unit_end) = self.unit(self.after_number(num)).filter(|(unit, _)| unit.is_duration())?;
        let rank = |unit: Unit| unit.factor() * if unit.dimension() == Dimension::Months { 2_629_746.0 } else { 1.0 };
        let business =
            std::iter::once(unit).chain(parts.iter().map(|part| part.1)).any(|unit| unit == Unit::BUSINESS_DAY);
        // "1 ms and 10 s" are two ends of a range: the units of one duration get smaller.
        // But "2 days 1 month" is one duration.
        let apart = comma || self.word(self.skip_spaces(end), Word::And).is_some();
        let by_calendar = |unit: Unit| matches!(unit.id(), "day" | "week" | "month" | "year");
        let in_order = |other: Unit| {
            rank(unit) < rank(other) || !apart && unit != other && by_calendar(unit) && by_calendar(other)
        };
        let fits = !business && parts.iter().all(|(_, other)| in_order(*other));
        (fits && parts.len() < MAX_PARTS).then_some(((num.amount(), unit), unit_end))
    }

    /// "all day", "another month": one unit without a number.
    pub(crate) fn whole_unit(&self, start: usize) -> Option<Found> {
        if !starts_word(self.chars, start) {
            return None;
        }
        let end = self.word(start, Word::Whole)?;
        let mut at = self.skip_spaces(if self.chars.get(end) == Some(&'-') { end + 1 } else { end });
        if let Some(end) = self.article(at) {
            at = self.skip_spaces(end);
        }
        let (unit, end) = self.unit(at).filter(|(unit, _)| unit.is_duration())?;
        let meaning = Meaning::Duration(vec![(Amount::exact(1.0), unit)]);
        Some(Found { kind: QuantityKind::Duration, meaning, strength: Strength::Weak, start, end })
    }

    /// "fortnight": a duration in a single word.
    pub(crate) fn named_duration(&self, start: usize) -> Option<Found> {
        let ((value, unit), end) = self.longest(start, |sense| match sense {
            Sense::Duration(value, unit) => Some((value, unit)),
            _ => None,
        })?;
        let meaning = Meaning::Duration(vec![(Amount::exact(value), unit)]);
        Some(Found { kind: QuantityKind::Duration, meaning, strength: Strength::Words, start, end })
    }
}
