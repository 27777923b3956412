//! Numbers in words: atoms that add up, magnitudes that multiply, fractions, compounds.

use std::fmt::Write;

use crate::boundary::starts_word;
use crate::found::{FoundNumber, times};
use crate::literal::{Literal, literal};
use crate::locale_data::Habit;
use crate::normalise::{HARD_SPACE, is_hangul, is_space, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, Weight, Word};
use crate::sum::Sum;

impl Scan<'_> {
    /// A number in words.
    pub(crate) fn words(&self, start: usize) -> Option<FoundNumber> {
        if self.never(start).is_some() {
            return None;
        }
        if let Some((part, end)) = self.longest(start, |sense| match sense {
            Sense::Fraction(value) => Some(value),
            _ => None,
        }) {
            return Some(self.fraction(start, part, end));
        }
        if let Some(number) = self.magnitude_first(start) {
            return Some(number);
        }
        let mut sum = Sum::default();
        let end = self.compose(&mut sum, start, false);
        if end == start {
            return self.inside_word(start);
        }
        let alone =
            sum.parts.len() == 1 && self.magnitude(start).is_some_and(|(_, found)| found == end) && self.glued(end);
        let weight = match alone {
            _ if sum.either || self.is_vague(start) => Weight::Weak,
            true => Weight::Bound,
            false => self.weight(start, end),
        };
        let mut num = FoundNumber { weight, ..FoundNumber::new(start, end, sum.total(), false) };
        if let Some((fraction, end)) = self.fraction_digits(num.end).filter(|_| weight > Weight::Weak || num.is(1.0)) {
            num.value = format!("{}{fraction}", num.value.trunc()).parse().unwrap_or(num.value);
            num.end = end;
            num.weight = Weight::Plain;
            if let Some((factor, end)) = self.magnitude(self.skip_spaces(num.end)) {
                num = num.scaled(factor, end);
            }
        } else if let Some(end) = self.quarters(&mut num) {
            num.end = end;
        }
        Some(num)
    }

    /// Whether a power of ten at `start` is only an order of magnitude: 几十, "some tens".
    fn is_vague(&self, start: usize) -> bool {
        let marked = |before: usize| self.end(before, |sense| sense == Sense::Word(Word::Vague)) == Some(start);
        is_unspaced(self.chars[start]) && start.checked_sub(1).is_some_and(marked) && self.magnitude(start).is_some()
    }

    /// "milioni 5", "milioni mbili": a power of ten before its factor, and smaller ones after it.
    fn magnitude_first(&self, start: usize) -> Option<FoundNumber> {
        let (size, end) = self.magnitude(start).filter(|_| self.does(Habit::MagnitudeFirst))?;
        let at = self.skip_spaces(end);
        let digits = self.chars.get(at).is_some_and(char::is_ascii_digit);
        let factor = if digits { self.unsigned(at) } else { self.small_words(at) };
        let factor = factor.filter(|factor| factor.value < 1000.0)?;
        let value = times(factor.value, size);
        let mut num = FoundNumber { value, alternative: None, start, plain: false, ..factor };
        let mut at = self.skip_spaces(num.end);
        if let Some(and) = self.word(at, Word::And) {
            at = self.skip_spaces(and);
        }
        let rest = if digits { None } else { self.magnitude_first(at).or_else(|| self.small_words(at)) };
        if let Some(rest) = rest.filter(|rest| rest.value < size) {
            (num.value, num.end) = (value + rest.value, rest.end);
        }
        Some(num)
    }

    /// A number of one word that is no power of ten.
    fn small_words(&self, start: usize) -> Option<FoundNumber> {
        let (value, end) = self.longest(start, |sense| match sense {
            Sense::Cardinal(value, _) => Some(value),
            _ => None,
        })?;
        Some(FoundNumber::new(start, end, value, false))
    }

    /// A whole number in words, up to a word for the decimal separator.
    pub(crate) fn whole_words(&self, start: usize) -> Option<(f64, usize)> {
        let mut sum = Sum::default();
        let end = self.compose(&mut sum, start, false);
        (end > start && self.weight(start, end) > Weight::Weak).then(|| (sum.total(), end))
    }

    /// "three quarters": the number times the fraction after it.
    pub(crate) fn quarters(&self, num: &mut FoundNumber) -> Option<usize> {
        let hyphen = usize::from(self.chars.get(num.end) == Some(&'-'));
        let at = self.skip_spaces(num.end + hyphen);
        let (part, end) = self.longest(at, |sense| match sense {
            Sense::Fraction(value) if value < 0.5 => Some(value),
            _ => None,
        })?;
        let (factor, end) = self.magnitude(self.skip_spaces(end)).unwrap_or((1.0, end));
        num.value = times(num.value * part, factor);
        Some(end)
    }

    /// "half", "half a million", "half a dozen".
    pub(crate) fn fraction(&self, start: usize, part: f64, end: usize) -> FoundNumber {
        let num = FoundNumber { weight: Weight::Weak, ..FoundNumber::new(start, end, part, false) };
        let mut at = self.skip_spaces(end);
        if let Some(end) = self.article(at) {
            at = self.skip_spaces(end);
        }
        match self.magnitude(at) {
            Some((factor, end)) => FoundNumber { weight: Weight::Plain, ..num.scaled(factor, end) },
            None => num,
        }
    }

    /// A weak word for one, such as an article.
    pub(crate) fn article(&self, at: usize) -> Option<usize> {
        self.end(at, |sense| matches!(sense, Sense::Cardinal(value, Weight::Weak) if value <= 1.0))
    }

    pub(crate) fn magnitude(&self, at: usize) -> Option<(f64, usize)> {
        self.longest(at, |sense| match sense {
            Sense::Magnitude(value) => Some(value),
            _ => None,
        })
    }

    /// Adds atoms and magnitudes from `start` on, and returns the end of the last one that fits.
    pub(crate) fn compose(&self, sum: &mut Sum, start: usize, after_digits: bool) -> usize {
        let mut end = start;
        let mut may_add = !after_digits;
        loop {
            let at = self.skip_joints(end, end == start && !after_digits);
            if let Some(next) = self.atom(sum, at, may_add) {
                end = next;
                if self.magnitude(at).is_some_and(|(value, _)| value > 10.0 && value < 100.0) {
                    // Dozens are not multiplied.
                    return end;
                }
                may_add = may_add || self.glued(end);
                continue;
            }
            if let Some(next) = self.digits_atom(sum, at, end, end > start) {
                end = next;
                continue;
            }
            // "two hundred and six", never "five and six".
            let joined = sum.parts.last().is_some_and(|&last| last >= 100.0) && (may_add || !after_digits);
            let next = joined
                .then(|| self.word(at, Word::And))
                .flatten()
                .and_then(|and| self.atom(sum, self.skip_joints(and, false), true));
            match next {
                Some(next) => end = next,
                None => return end,
            }
        }
    }

    /// Whether the parts of a number may follow each other without spaces here.
    pub(crate) fn glued(&self, at: usize) -> bool {
        let last = at.checked_sub(1).and_then(|at| self.chars.get(at));
        last.is_some_and(|&c| is_unspaced(c) || is_hangul(c))
    }

    /// Adds the number word at `at`; a compound counts as its words.
    pub(crate) fn atom(&self, sum: &mut Sum, at: usize, may_add: bool) -> Option<usize> {
        let found = self.end(at, |sense| matches!(sense, Sense::Cardinal(..) | Sense::Magnitude(_)));
        let never = self.never(at).filter(|&end| found.is_none_or(|found| end > found));
        // 千万 is "by all means", but 五千万 is fifty million.
        let goes_on = |end: usize| !sum.parts.is_empty() && self.is_number(at, end);
        if never.is_some_and(|end| !goes_on(end)) {
            return None;
        }
        if let Some(end) = found {
            let pick = |wanted: fn(Sense) -> Option<f64>| {
                self.longest(at, wanted).filter(|&(_, found)| found == end).map(|(value, _)| value)
            };
            let magnitude = pick(|sense| if let Sense::Magnitude(value) = sense { Some(value) } else { None })
                .filter(|&value| !sum.parts.is_empty() || !self.needs_factor(value, end));
            let cardinal = pick(|sense| if let Sense::Cardinal(value, _) = sense { Some(value) } else { None });
            let unit = self.end(at, |sense| matches!(sense, Sense::Unit(_)));
            if magnitude.is_some() && unit.is_some_and(|unit| unit > end) {
                return None;
            }
            if magnitude.is_none() && unit == Some(end) && !sum.parts.is_empty() && !self.is_multiplied(end) {
                // Vietnamese "năm" is "five" and "years".
                return None;
            }
            let fits = magnitude.is_some_and(|value| sum.multiply(value))
                || (may_add && cardinal.is_some_and(|value| sum.add(value) || (self.glued(end) && sum.append(value))));
            return fits.then_some(end);
        }
        if may_add && self.does(Habit::Compounds) { self.compound(sum, at) } else { None }
    }

    /// Whether a power of ten follows the number word that ends at `end`.
    fn is_multiplied(&self, end: usize) -> bool {
        self.magnitude(self.skip_joints(end, false)).is_some()
    }

    /// Whether a power of ten that ends at `end` is only a number with another one before it: 兆 and 조, which are parts
    /// of many other words.
    fn needs_factor(&self, value: f64, end: usize) -> bool {
        /// The least such power in Chinese, Japanese, Thai and so on, and in Korean.
        const LEAST: (f64, f64) = (1e4, 1e8);
        let last = self.chars[end - 1];
        (is_unspaced(last) && value >= LEAST.0) || (is_hangul(last) && value >= LEAST.1)
    }

    /// Whether the word from `at` to `end` consists of number words only.
    fn is_number(&self, at: usize, end: usize) -> bool {
        self.split(at, at, end, &mut Vec::new(), &mut vec![false; end - at + 1])
    }

    /// Digits after a magnitude: 3億7,500万.
    pub(crate) fn digits_atom(&self, sum: &mut Sum, at: usize, end: usize, after_word: bool) -> Option<usize> {
        if !after_word || !self.glued(end) || at > end + 1 || !self.chars.get(at).is_some_and(char::is_ascii_digit) {
            return None;
        }
        match literal(self.chars, at, self.separators())? {
            Literal::Number { value, end: digits_end, .. } => {
                // After a space, they go on only if a magnitude follows: 17 万 5 千, 3억 7,500만.
                let goes_on = at == end || self.magnitude(self.skip_spaces(digits_end)).is_some();
                (goes_on && sum.add(value)).then(|| {
                    sum.row = None;
                    digits_end
                })
            }
            Literal::Version { .. } => None,
        }
    }

    /// A word that consists of number words only: einhundertneunundneunzig.
    pub(crate) fn compound(&self, sum: &mut Sum, start: usize) -> Option<usize> {
        let end = self.word_end(start);
        if !starts_word(self.chars, start) || end - start < 5 || end - start > 80 {
            return None;
        }
        let mut atoms = Vec::new();
        let mut dead = vec![false; end - start + 1];
        if !self.split(start, start, end, &mut atoms, &mut dead) {
            return None;
        }
        let mut trial = Sum { parts: sum.parts.clone(), ..Sum::default() };
        for &sense in &atoms {
            let fits = match sense {
                Sense::Magnitude(value) => trial.multiply(value),
                Sense::Cardinal(value, _) => trial.add(value),
                _ => true,
            };
            if !fits {
                return None;
            }
        }
        *sum = trial;
        Some(end)
    }

    /// Splits a word into number words, longest first; `dead` marks the positions that lead nowhere.
    pub(crate) fn split(&self, start: usize, at: usize, end: usize, atoms: &mut Vec<Sense>, dead: &mut [bool]) -> bool {
        if at == end {
            return true;
        }
        if dead[at - start] {
            return false;
        }
        let mut found: Vec<(usize, Sense)> = Vec::new();
        self.each(at, |next, senses| {
            let atom = senses
                .iter()
                .find(|sense| matches!(sense, Sense::Magnitude(_)))
                .or_else(|| senses.iter().find(|sense| matches!(sense, Sense::Cardinal(..) | Sense::Word(Word::And))));
            if let Some(&sense) = atom
                && next <= end
            {
                found.push((next, sense));
            }
        });
        for &(next, sense) in found.iter().rev() {
            atoms.push(sense);
            if self.split(start, next, end, atoms, dead) {
                return true;
            }
            atoms.pop();
        }
        dead[at - start] = true;
        false
    }

    /// A number word at the start of a longer word: "zweiminütig". It only suggests that there is a number.
    pub(crate) fn inside_word(&self, start: usize) -> Option<FoundNumber> {
        /// A shorter rest is the ending of another word.
        const MIN_REST: usize = 4;
        if !self.does(Habit::Compounds) {
            return None;
        }
        let end = self.word_end(start);
        let mut best = None;
        self.each(start, |at, senses| {
            let cardinal = senses.iter().find_map(|sense| match sense {
                Sense::Cardinal(value, Weight::Plain) if *value > 1.0 => Some(*value),
                _ => None,
            });
            if let Some(value) = cardinal
                && at + MIN_REST <= end
                && at >= start + 3
            {
                best = Some(value);
            }
        });
        let value = best?;
        Some(FoundNumber { weight: Weight::Weak, inside: true, ..FoundNumber::new(start, end, value, false) })
    }

    /// The digits after a word for the decimal separator, with the point: ".03".
    pub(crate) fn fraction_digits(&self, at: usize) -> Option<(String, usize)> {
        let point = self.skip_spaces(at);
        let after = self.word(point, Word::Point)?;
        let mut end = self.skip_spaces(after);
        let mut digits = String::from(".");
        let start = end;
        loop {
            let at = self.skip_spaces(end);
            let mut sum = Sum::default();
            let next = self.compose(&mut sum, at, false);
            if next == at || digits.len() > 18 {
                break;
            }
            let width = sum.row.map_or(0, usize::from);
            // Writing to a string cannot fail.
            let _ = write!(digits, "{:0>width$}", sum.total());
            end = next;
        }
        (end > start).then_some((digits, end))
    }

    /// The weight of the only word from `start` to `end`; several words have full weight.
    pub(crate) fn weight(&self, start: usize, end: usize) -> Weight {
        let mut weight = Weight::Plain;
        self.each(start, |at, senses| {
            if at == end {
                for sense in senses {
                    if let Sense::Cardinal(_, of) = sense {
                        weight = weight.min(*of);
                    }
                }
            }
        });
        weight
    }

    /// Past the spaces or the hyphen inside a number of several words.
    pub(crate) fn skip_joints(&self, at: usize, first: bool) -> usize {
        if first {
            return at;
        }
        let mut next = at;
        while self.chars.get(next).is_some_and(|&c| is_space(c) || c == HARD_SPACE) {
            next += 1;
        }
        if next == at && self.chars.get(at) == Some(&'-') && !self.chars.get(at + 1).is_some_and(char::is_ascii_digit) {
            next += 1;
        }
        next
    }
}
