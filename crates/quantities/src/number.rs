//! Numbers in digits, with sign, fraction and magnitude.

use crate::boundary::ends_word;
use crate::found::{Found, FoundNumber, round, times};
use crate::literal::{Literal, literal};
use crate::normalise::{is_consonantal, is_hangul, is_letter, is_space, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, Weight, Word};
use crate::sum::Sum;

impl Scan<'_> {
    /// The number at `start`, with its sign, without the cache.
    pub(crate) fn signed(&self, start: usize) -> Option<FoundNumber> {
        if let Some(at) = self.minus(start) {
            let mut num = self.unsigned(at)?;
            num.value = -num.value;
            if self.chars[start] == '-' || num.digits || num.weight > Weight::Weak {
                // "At least one" is no number in Spanish either: "al menos una".
                num.weight = Weight::Plain;
            }
            num.alternative = num.alternative.map(|value| -value);
            num.start = start;
            num.plain = false;
            return Some(num);
        }
        self.unsigned(start)
    }

    /// The end of a minus sign or word before a number.
    pub(crate) fn minus(&self, start: usize) -> Option<usize> {
        if self.chars.get(start) == Some(&'-') {
            let before = start.checked_sub(1).map(|at| self.chars[at]);
            let joined = || start > 1 && before == Some('-') && is_consonantal(self.chars[start - 2]);
            let free = before.is_none_or(|c| {
                is_space(c) || is_unspaced(c) || matches!(c, '(' | '[' | '"' | '\'' | '/' | ',' | '、' | '，')
            }) || joined();
            let digit = self.chars.get(start + 1).is_some_and(char::is_ascii_digit);
            // "5 -10" is a range with an odd space.
            let ranged = start > 1 && is_space(self.chars[start - 1]) && self.chars[start - 2].is_ascii_digit();
            return (free && digit && !ranged).then_some(start + 1);
        }
        self.word(start, Word::Minus).map(|end| self.skip_spaces(end))
    }

    pub(crate) fn unsigned(&self, start: usize) -> Option<FoundNumber> {
        let first = *self.chars.get(start)?;
        if let Some(num) = self.with_part_before(start) {
            return Some(num);
        }
        let pointed = (first == self.separators().decimal || first == '.')
            && self.chars.get(start + 1).is_some_and(char::is_ascii_digit)
            && start.checked_sub(1).is_none_or(|at| is_space(self.chars[at]) || self.chars[at] == '(');
        if first.is_ascii_digit() || pointed {
            match literal(self.chars, start, self.separators())? {
                Literal::Number { value, alternative, end } => Some(self.with_digits(start, value, alternative, end)),
                Literal::Version { .. } => None,
            }
        } else if let Some(value) = vulgar_fraction(first) {
            Some(FoundNumber::new(start, start + 1, value, true))
        } else {
            self.words(start)
        }
    }

    /// `साढ़े 9`: nine and a half.
    fn with_part_before(&self, start: usize) -> Option<FoundNumber> {
        if self.chars[start].is_ascii() {
            return None;
        }
        let (part, end) = self.plus_fraction(start)?;
        let at = self.skip_spaces(end);
        // Not the same way again, so that a row of these words stays linear.
        let num = match self.plus_fraction(at) {
            Some(_) => None,
            None => self.unsigned(at),
        }?;
        Some(FoundNumber {
            value: num.value + part,
            alternative: None,
            start,
            plain: false,
            weight: Weight::Plain,
            ..num
        })
    }

    /// The part of one that a word adds to the number after it.
    pub(crate) fn plus_fraction(&self, at: usize) -> Option<(f64, usize)> {
        self.longest(at, |sense| match sense {
            Sense::PlusFraction(part) => Some(part),
            _ => None,
        })
    }

    /// Digits followed by nothing that the grammar knows: an unknown word, or a sign that ends a phrase. They are a
    /// bare number, which the whole grammar would find only after many attempts.
    pub(crate) fn lone_number(&self, start: usize) -> Option<Found> {
        /// Longer numbers are left to the rest of the grammar.
        const MAX_DIGITS: usize = 9;
        let digits = self.chars[start..].iter().take(MAX_DIGITS + 1).take_while(|c| c.is_ascii_digit()).count();
        let end = start + digits;
        let closed = matches!(self.chars.get(end), Some('.' | ',' | ')' | ';'));
        let after = end + usize::from(closed);
        let word = self.skip_spaces(after);
        let (next, second) = (self.chars.get(word), self.chars.get(word + 1));
        let spaced = |c: &char| is_letter(*c) && !is_unspaced(*c) && !is_hangul(*c);
        let strange = || next.is_some_and(spaced) && second.is_some_and(spaced) && !self.knows(word);
        let lone = digits <= MAX_DIGITS
            && (next.is_none() || (word > after && strange()))
            && !(closed && self.knows(end))
            && !(digits == 4 && self.zone(end).is_some());
        if !lone {
            return None;
        }
        let value =
            self.chars[start..end].iter().fold(0.0, |value, c| value * 10.0 + f64::from(c.to_digit(10).unwrap_or(0)));
        self.bare(FoundNumber { plain: true, ..FoundNumber::new(start, end, value, true) }, self.skip_spaces(end))
    }

    /// A number that starts with digits; a fraction or magnitude may follow, and then smaller parts.
    pub(crate) fn with_digits(&self, start: usize, value: f64, alternative: Option<f64>, end: usize) -> FoundNumber {
        let plain = self.chars[start..end].iter().all(char::is_ascii_digit);
        let mut num = FoundNumber { alternative, plain, ..FoundNumber::new(start, end, value, true) };
        let after = self.skip_spaces(end);
        if let Some(part) = self.chars.get(after).and_then(|&c| vulgar_fraction(c))
            && plain
        {
            return FoundNumber { value: value + part, end: after + 1, plain: false, ..num };
        }
        if let Some((factor, end)) = self.letter_magnitude(num) {
            return num.scaled(factor, end);
        }
        if matches!(self.chars.get(after), Some('多' | '余' | '餘' | '來'))
            && let Some((factor, end)) = self.magnitude(self.skip_spaces(after + 1))
        {
            // "and more": 1500 多万.
            return num.scaled(factor, end);
        }
        let mut sum = Sum::default();
        sum.add(value);
        (sum.row, sum.literal) = (None, true);
        let end = self.compose(&mut sum, num.end, true);
        if end > num.end {
            let scale = if value == 0.0 { 1.0 } else { round(sum.total() / value) };
            let scaled_whole = sum.parts.len() == 1;
            num.value = sum.total();
            num.alternative = alternative.filter(|_| scaled_whole).map(|value| times(value, scale));
            num.end = end;
            num.plain = false;
        }
        num
    }

    /// K, M, B and G directly after digits.
    pub(crate) fn letter_magnitude(&self, num: FoundNumber) -> Option<(f64, usize)> {
        let spaced = self.chars.get(num.end).is_some_and(|&c| is_space(c));
        let at = self.skip_spaces(num.end);
        if !ends_word(self.chars, at + 1) || self.chars.get(at + 1) == Some(&'/') {
            return None;
        }
        // In Slavic languages it is a preposition: "1 k prioritě".
        let before_word = self.chars.get(self.skip_spaces(at + 1)).is_some_and(|&c| is_letter(c));
        let factor = match (self.text.source(at, at + 1), spaced) {
            ("k", true) if before_word => return None,
            ("k", _) | ("K", false) => 1e3,
            ("M", false) => 1e6,
            // Whole numbers with the letter are names, unless they are amounts of money: "Model 4B".
            ("b" | "B", false) | ("G", _) if !num.plain || self.is_money(num.start, at + 1) => 1e9,
            _ => return None,
        };
        Some((factor, at + 1))
    }
}

impl Scan<'_> {
    /// Whether there is a currency before or after what is between `start` and `end`.
    fn is_money(&self, start: usize, end: usize) -> bool {
        /// The most characters of a currency and the space after it.
        const MOST: usize = 4;
        let leads = |at: usize| self.currency(at).is_some_and(|(_, end)| self.skip_spaces(end) == start);
        (start.saturating_sub(MOST)..start).any(leads) || self.currency(self.skip_spaces(end)).is_some()
    }
}

/// The value of a single-character fraction.
fn vulgar_fraction(c: char) -> Option<f64> {
    Some(match c {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅛' => 0.125,
        _ => return None,
    })
}
