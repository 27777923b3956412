//! Numbers with what they count: percentages, measures, ordinals, ranges.

use crate::boundary::{ends_word, starts_word};
use crate::found::{Found, FoundNumber, in_unit, round, times};
use crate::locale_data::Habit;
use crate::meaning::{Amount, Meaning, QuantityKind, Strength};
use crate::normalise::{is_hangul, is_space, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, Weight, Word};
use crate::units::{Dimension, Unit};

impl Scan<'_> {
    /// The amount at `start`, or both ends of a range.
    pub(crate) fn amounts(&self, start: usize) -> Option<Vec<Found>> {
        if self.chars[start].is_ascii_digit() {
            if let Some(found) = self.ordinal(start).or_else(|| self.decade(start)) {
                return Some(vec![found]);
            }
            if let Some(digits) = self.binary_digits(start) {
                return Some(digits);
            }
            return self.counted(self.number(start)?);
        }
        if let Some(found) = self.ordinal(start).or_else(|| self.parts_before(start)) {
            return Some(vec![found]);
        }
        if let Some(found) = self.money_before(start) {
            let end = self.end_of_money(&found);
            return Some([Some(found), end].into_iter().flatten().collect());
        }
        if let Some(found) = self.whole_unit(start).or_else(|| self.named_duration(start)) {
            return Some(vec![found]);
        }
        if let Some(found) = self.half_ratio(start) {
            return Some(vec![found]);
        }
        let marked = self.chars[start] == '#' || (self.chars[start] == '%' && self.does(Habit::PercentFirst));
        let num = self.number(if marked { self.skip_spaces(start + 1) } else { start })?;
        if marked {
            return Some(vec![self.with_sign(self.amount(num)?, num, start)?]);
        }
        self.counted(num)
    }

    /// What `num` counts, by itself or together with the numbers after it.
    pub(crate) fn counted(&self, num: FoundNumber) -> Option<Vec<Found>> {
        if let Some(ratio) = self.ratio(num).or_else(|| self.sides(num)).or_else(|| self.slashed(num)) {
            return Some(vec![ratio]);
        }
        if let Some(fraction) = self.denominator(num) {
            return Some(vec![fraction]);
        }
        if let Some(both) = self.either_digit(num) {
            return Some(both);
        }
        if let Some(range) = self.range(num) {
            return Some(range);
        }
        Some(vec![self.amount(num)?])
    }

    /// `%100` as in Turkish, `#1`.
    pub(crate) fn with_sign(&self, mut found: Found, num: FoundNumber, start: usize) -> Option<Found> {
        if found.kind != QuantityKind::Number || !num.digits {
            return None;
        }
        if self.chars[start] == '%' {
            found.kind = QuantityKind::Percent;
            found.meaning = Meaning::Percent(num.amount());
        } else if num.is(1.0) {
            // Translations may write "the #1 …" in words.
            found.strength = Strength::Weak;
        }
        found.start = start;
        Some(found)
    }

    /// What `num` counts; nothing for a bare number.
    pub(crate) fn amount(&self, num: FoundNumber) -> Option<Found> {
        let after = self.after_number(num);
        let readings = [
            self.percent(num, after),
            self.duration(num, after),
            self.money_after(num, after),
            self.measure(num, after),
        ];
        let mut best: Option<Found> = None;
        for found in readings.into_iter().flatten() {
            if best.as_ref().is_none_or(|best| best.end < found.end) {
                best = Some(found);
            }
        }
        best.or_else(|| self.bare(num, after))
    }

    /// The position where the unit of `num` would start.
    pub(crate) fn after_number(&self, num: FoundNumber) -> usize {
        let mut at = num.end;
        if self.chars.get(at) == Some(&'-') && self.chars.get(at + 1).is_some_and(|c| c.is_alphabetic()) {
            at += 1;
        } else {
            at = self.skip_spaces(at);
        }
        if !num.digits
            && num.value < 1.0
            && let Some(end) = self.article(at)
        {
            // "half an hour".
            at = self.skip_spaces(end);
        }
        if self.unit(at).is_some() {
            return at;
        }
        self.word(at, Word::Filler).map_or(at, |end| self.skip_spaces(end))
    }

    pub(crate) fn bare(&self, num: FoundNumber, after: usize) -> Option<Found> {
        let counter = [after, self.skip_spaces(num.end)].into_iter().find_map(|at| self.word(at, Word::Counter));
        let written = self.chars[num.start..num.end].iter().any(|&c| is_unspaced(c));
        let single = num.end - num.start == 1;
        let lonely = num.weight == Weight::Bound || (written && single && !num.digits);
        if lonely && counter.is_none() && !self.is_separate(num) {
            return None;
        }
        // Syllables that are digits are parts of other words more often than numbers: 사이 is "between".
        let is_row =
            !num.digits && num.end - num.start > 1 && self.chars[num.start..num.end].iter().all(|&c| is_hangul(c));
        if is_row && num.weight == Weight::Bound && counter.is_none() {
            return None;
        }
        let mut found = Found::new(QuantityKind::Number, Meaning::Number(num.amount()), num, num.end);
        if let Some((part, end)) = self.and_fraction(num.end)
            && num.value.fract() == 0.0
            && num.value > 1.0
            && self.chars[end - 1].is_alphabetic()
            && !is_unspaced(self.chars[end - 1])
            && !is_hangul(self.chars[end - 1])
        {
            // "nine and a half": signs for a half are parts of other words more often.
            (found.meaning, found.end) = (Meaning::Number(Amount::exact(num.value + part)), end);
            return Some(found);
        }
        if num.weight == Weight::Bound && counter.is_none() && !written {
            // It may be another word: "neuf" is "nine" or "new".
            found.strength = Strength::Weak;
        }
        let glued =
            counter.is_some_and(|end| self.chars[..end].last().is_some_and(|&c| is_unspaced(c) || is_hangul(c)));
        if glued && num.value.abs() <= 2.0 {
            // Languages without articles write "1 つの" for one, and "2 つの" for "both" and "bi-".
            found.strength = Strength::Weak;
        }
        let marks_item = start_of_text(self.chars, num.start)
            && matches!(self.chars.get(num.end..num.end + 2), Some(['.' | ')', ' ']));
        if marks_item && num.plain {
            found.strength = Strength::Weak;
        }
        let factor =
            self.chars.get(num.end).is_some_and(|c| matches!(c, 'x' | '×')) && ends_word(self.chars, num.end + 1);
        if factor && num.digits {
            found.end += 1;
        }
        let ends = num.inside || ends_word(self.chars, found.end) || self.glued_unit(found.end);
        let counted = || self.word(num.end, Word::Counter).is_some_and(|end| ends_word(self.chars, end));
        (ends || counted() || self.is_strange_unit(num)).then_some(found)
    }

    /// Whether there is no letter next to the number.
    pub(crate) fn is_separate(&self, num: FoundNumber) -> bool {
        let before = num.start.checked_sub(1).is_none_or(|at| !self.chars[at].is_alphanumeric());
        before && self.chars.get(num.end).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether letters that directly follow a number with a separator are a unit that is not known: `31,625mAh`.
    fn is_strange_unit(&self, num: FoundNumber) -> bool {
        const LONGEST: usize = 4;
        let letters = self.chars[num.end..].iter().take(LONGEST + 1).take_while(|c| c.is_alphabetic()).count();
        num.digits && !num.plain && letters <= LONGEST && ends_word(self.chars, num.end + letters)
    }

    /// Whether letters after digits are not part of a name.
    pub(crate) fn glued_unit(&self, at: usize) -> bool {
        self.chars.get(at).is_none_or(|c| !c.is_ascii_alphanumeric())
    }

    pub(crate) fn percent(&self, num: FoundNumber, after: usize) -> Option<Found> {
        let sign = match self.chars.get(after) {
            Some('%') => Some((1.0, after + 1)),
            Some('‰') => Some((0.1, after + 1)),
            _ => self.word(after, Word::Percent).map(|end| (1.0, end)),
        };
        let part = || {
            self.longest(after, |sense| match sense {
                Sense::Part(part) | Sense::Discount(part) => Some(part),
                _ => None,
            })
        };
        let (factor, end) = sign.or_else(part)?;
        let is_discount = sign.is_none() && self.end(after, |sense| sense == Sense::Discount(factor)) == Some(end);
        let (extra, end) = if factor > 1.0 { self.and_fraction(end).unwrap_or((0.0, end)) } else { (0.0, end) };
        // 折 and 成 count tenths, but hundredths after a number of two digits.
        let size = if is_discount && num.value < 1.0 {
            // 半折 is half of the price.
            100.0
        } else if factor.abs() > 1.0 && num.value > 10.0 {
            1.0
        } else {
            factor.abs()
        };
        let scale = |value: f64| {
            let value = round((value + extra) * size);
            if factor < 0.0 { round(100.0 - value) } else { value }
        };
        let amount = Amount { value: scale(num.value), alternative: num.alternative.map(scale) };
        let meaning = if is_discount { Meaning::Discount(amount) } else { Meaning::Percent(amount) };
        Some(Found::new(QuantityKind::Percent, meaning, num, end))
    }

    /// `百分之 N`, `yüzde N`: hundredths, named before the number.
    pub(crate) fn parts_before(&self, start: usize) -> Option<Found> {
        let (sign, at) = match self.word(start, Word::Minus) {
            Some(end) => (-1.0, self.skip_spaces(end)),
            None => (1.0, start),
        };
        let (factor, end) = self.longest(at, |sense| match sense {
            Sense::PartPrefix(factor) => Some(factor),
            _ => None,
        })?;
        let num = self.number(self.skip_spaces(end))?;
        let value = round(num.value * factor * sign);
        let mut found = Found::new(QuantityKind::Percent, Meaning::Percent(Amount::exact(value)), num, num.end);
        found.start = start;
        Some(found)
    }

    pub(crate) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let (unit, end) = self
            .longest(at, |sense| match sense {
                Sense::Unit(unit) => Some(unit),
                _ => None,
            })
            .filter(|&(_, end)| self.is_whole(at, end))?;
        let short = end - at <= 1;
        let spaced = at.checked_sub(1).is_some_and(|at| is_space(self.chars[at]));
        let written = self.text.source(at, end);
        if unit.dimension() == Dimension::Size && written.len() <= 3 {
            if short && written.is_ascii() && !spaced {
                // "Model 4B" is a name.
                return None;
            }
            let bits = written.ends_with('b');
            return Some((unit.bits_or_bytes(bits), end));
        }
        let apostrophe =
            self.chars.get(end) == Some(&'\'') && self.chars.get(end + 1).is_some_and(|c| c.is_alphabetic());
        if short && apostrophe && !self.does(Habit::Endings) {
            // "1L’aide" is a footnote mark and an article, but Turkish puts an apostrophe before an ending.
            return None;
        }
        // A single capital letter is not a unit of time or length, and a one-letter word is a unit only next to its
        // number.
        let capital = written.chars().all(char::is_uppercase);
        let word = matches!(self.chars[at], 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'd' | 't' | 'w' | 'k');
        let capital =
            capital && (unit.is_duration() || matches!(unit.dimension(), Dimension::Length | Dimension::Mass));
        let other = matches!(unit.dimension(), Dimension::Other | Dimension::Pixels);
        let symbol = other && written.len() <= 3 && written.is_ascii();
        let spelled = || written == unit.id() || (unit.id() == "MP" && written.starts_with("MP"));
        let fits =
            !(short && (capital || (spaced && (word || self.is_preposition(at, end))))) && (!symbol || spelled());
        fits.then_some((unit, end))
    }

    /// Whether the letter from `at` to `end` is a preposition with a word after it.
    fn is_preposition(&self, at: usize, end: usize) -> bool {
        let next = self.skip_spaces(end);
        next > end
            && self.chars.get(next).is_some_and(|c| c.is_alphabetic())
            && self.word(at, Word::Preposition) == Some(end)
    }

    /// "and a half" after a unit.
    pub(crate) fn and_fraction(&self, at: usize) -> Option<(f64, usize)> {
        self.longest(self.skip_spaces(at), |sense| match sense {
            Sense::AndFraction(part) => Some(part),
            _ => None,
        })
    }

    pub(crate) fn measure(&self, num: FoundNumber, after: usize) -> Option<Found> {
        let (unit, end) = self.unit(after).filter(|(unit, _)| !unit.is_duration())?;
        // In words, "a foot" and "one point" are figures of speech.
        if num.weight == Weight::Weak {
            return None;
        }
        let kind = match unit.dimension() {
            Dimension::Size => QuantityKind::Size,
            Dimension::Length => QuantityKind::Length,
            Dimension::Mass => QuantityKind::Mass,
            Dimension::Temperature => QuantityKind::Temperature,
            Dimension::Frequency => QuantityKind::Frequency,
            _ => QuantityKind::Measure,
        };
        Some(Found::new(kind, Meaning::Measure(num.amount(), unit), num, end))
    }

    /// `第 3`, `3rd`, "third".
    pub(crate) fn ordinal(&self, start: usize) -> Option<Found> {
        if let Some(prefix) = self.word(start, Word::OrdinalPrefix) {
            let num = self.number(self.skip_spaces(prefix))?;
            let mut found = Found::new(QuantityKind::Ordinal, Meaning::Ordinal(num.value), num, num.end);
            found.start = start;
            found.strength = found.strength.max(Strength::Words);
            return Some(found);
        }
        let word = self.longest(start, |sense| match sense {
            Sense::Ordinal(value, weight) => Some((value, weight)),
            _ => None,
        });
        if let Some(((value, _), end)) = word
            && starts_word(self.chars, start)
            && !self.chars[start].is_ascii_digit()
        {
            let strength = if value > 1.0 { Strength::Words } else { Strength::Weak };
            return Some(Found { kind: QuantityKind::Ordinal, meaning: Meaning::Ordinal(value), strength, start, end });
        }
        if !self.chars[start].is_ascii_digit() {
            return None;
        }
        let num = self.number(start).filter(|num| num.plain)?;
        let end = self.word(num.end, Word::OrdinalSuffix).or_else(|| {
            // Scripts without spaces put one only between digits and words.
            let at = self.skip_spaces(num.end);
            self.word(at, Word::OrdinalSuffix).filter(|_| is_unspaced(self.chars[at]))
        })?;
        let mut found = Found::new(QuantityKind::Ordinal, Meaning::Ordinal(num.value), num, end);
        if num.is(1.0) {
            // Languages have many other words for it, such as "foremost" and "initial".
            found.strength = Strength::Weak;
        } else if num.value <= 3.0 {
            // And a few for these: "secondary", "another", "tertiary".
            found.strength = Strength::Words;
        }
        Some(found)
    }

    /// "5–10 minutes": the first number has the unit of the second.
    pub(crate) fn range(&self, first: FoundNumber) -> Option<Vec<Found>> {
        let at = self.skip_spaces(first.end);
        let sign = self.chars.get(at).is_some_and(|c| matches!(c, '-' | '–' | '~'));
        let next = if sign { at + 1 } else { self.word(at, Word::To)? };
        let second = self.number(self.skip_spaces(next)).filter(|second| second.value > 0.0 && !second.inside)?;
        if first.inside
            || first.weight == Weight::Weak
            || (sign && first.plain && second.plain && second.value < first.value)
        {
            return None;
        }
        let second_found = self.amount(second)?;
        if self.date(second.start).is_some_and(|date| date.end > second_found.end) {
            // "from version 3, 2022年10月" is no range.
            return None;
        }
        let amount = first.amount();
        let meaning = match &second_found.meaning {
            Meaning::Number(_) => Meaning::Number(self.of_magnitude(first, second)?),
            counted => in_unit(amount, counted)?,
        };
        let found = Found::new(second_found.kind, meaning, first, first.end);
        Some(vec![found, second_found])
    }

    /// "3 to 4 thousand": the first number probably counts thousands too.
    fn of_magnitude(&self, first: FoundNumber, second: FoundNumber) -> Option<Amount> {
        let ends = |at: usize| self.magnitude(at).filter(|&(_, end)| end == second.end);
        let (factor, _) = (second.start + 1..second.end).find_map(ends)?;
        let fits = first.alternative.is_none() && first.value > 0.0 && first.value < second.value / factor;
        fits.then_some(Amount { value: times(first.value, factor), alternative: Some(first.value) })
    }
}

/// Whether there are only spaces before `at`.
fn start_of_text(chars: &[char], at: usize) -> bool {
    at < 4 && chars[..at].iter().all(|&c| is_space(c))
}
