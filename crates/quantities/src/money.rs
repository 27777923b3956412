//! Money: symbols, codes and names of currencies before or after the amount, and cents.

use crate::boundary::ends_word;
use crate::found::{Found, FoundNumber, round, times};
use crate::meaning::{Meaning, QuantityKind};
use crate::normalise::is_unspaced;
use crate::scan::Scan;
use crate::sense::{Sense, Weight, Word};

/// The letters of the shortest name of a currency: "euro".
const LEAST_NAME: usize = 4;

impl Scan<'_> {
    pub(crate) fn currency(&self, at: usize) -> Option<([u8; 3], usize)> {
        let mut best = None;
        self.each(at, |end, senses| {
            let code =
                senses.iter().find_map(|sense| if let Sense::Currency(code) = sense { Some(*code) } else { None });
            let digit = self.chars.get(end).is_some_and(char::is_ascii_digit);
            // Names take endings, but codes and abbreviations may be the start of any word.
            let stem = self.lexicon().endings && end - at >= LEAST_NAME;
            if let Some(code) = code
                && (ends_word(self.chars, end) || digit || stem)
            {
                best = Some((code, end));
            }
        });
        best.filter(|&(_, end)| self.is_whole(at, end))
    }

    /// `$20`, `USD 200`, `us $ 150 million`.
    pub(crate) fn money_before(&self, start: usize) -> Option<Found> {
        let (code, end) = self.currency(start)?;
        let written = self.text.source(start, end);
        let letters = written.chars().all(char::is_alphabetic);
        let code_like = written.len() == 3 && written.bytes().all(|b| b.is_ascii_uppercase());
        if letters
            && !code_like
            && !self.chars.get(end).is_some_and(char::is_ascii_digit)
            && !self.prefix_name(start, end)
        {
            return None;
        }
        let num = self.number(self.skip_spaces(end)).filter(|num| num.digits || !letters)?;
        let (code, end) = match self.code_of_dollar(code, num.end) {
            Some(found) if !letters => found,
            _ => (code, num.end),
        };
        let mut found = self.money(num, code, end);
        found.start = start;
        Some(found)
    }

    /// The 10 of `$5–10`: the sign before the first amount counts for the second one too.
    pub(crate) fn end_of_money(&self, first: &Found) -> Option<Found> {
        let Meaning::Money(from, code) = first.meaning else { return None };
        let at = self.skip_spaces(first.end);
        let sign = self.chars.get(at).is_some_and(|c| matches!(c, '-' | '–' | '~'));
        let next = self.skip_spaces(if sign { at + 1 } else { self.word(at, Word::To)? });
        let num = self.number(next).filter(|num| num.digits && num.value > from.value)?;
        let bare = self.amount(num).is_some_and(|found| found.kind == QuantityKind::Number && found.end == num.end);
        // "From $5 to 10 seats" counts seats.
        let alone = sign && next == at + 1 || self.nothing_counted(num.end);
        (bare && alone && self.date(next).is_none()).then(|| self.money(num, code, num.end))
    }

    /// `CAD` after an amount in dollars: the code says of which country.
    fn code_of_dollar(&self, code: [u8; 3], at: usize) -> Option<([u8; 3], usize)> {
        let at = self.skip_spaces(at);
        let (other, end) = self.currency(at)?;
        let is_code = self.text.source(at, end).as_bytes() == other && other.ends_with(b"D");
        (code == *b"USD" && is_code).then_some((other, end))
    }

    /// Whether the name of a currency may precede its number, as in Chinese.
    pub(crate) fn prefix_name(&self, start: usize, end: usize) -> bool {
        self.chars[start..end].iter().any(|&c| is_unspaced(c))
    }

    pub(crate) fn money_after(&self, num: FoundNumber, after: usize) -> Option<Found> {
        let (code, end) = self.currency(after)?;
        let written = self.text.source(after, end);
        let is_code = written.len() == 3 && written.bytes().all(|b| b.is_ascii_alphabetic());
        if is_code
            && end - after == 3
            && written.bytes().any(|b| b.is_ascii_lowercase())
            && written.eq_ignore_ascii_case("try")
        {
            return None;
        }
        let symbol = !written.chars().all(char::is_alphabetic);
        if self.chars.get(if symbol { self.skip_spaces(end) } else { end }).is_some_and(char::is_ascii_digit)
            && (num.weight == Weight::Weak || (!symbol && is_code))
        {
            // The currency belongs to the number after it.
            return None;
        }
        let (code, end) = self.code_of_dollar(code, end).filter(|_| symbol).unwrap_or((code, end));
        let mut num = num;
        let mut end = end;
        if let Some((factor, next)) = self.longest(self.skip_spaces(end), |sense| match sense {
            Sense::Magnitude(value) if value >= 1000.0 => Some(value),
            _ => None,
        }) && is_code
        {
            num.value = times(num.value, factor);
            end = next;
        }
        Some(self.money(num, code, end))
    }

    /// Money with its cents.
    pub(crate) fn money(&self, num: FoundNumber, code: [u8; 3], end: usize) -> Found {
        let mut amount = num.amount();
        let mut end = end;
        for _ in 0..2 {
            let mut at = self.skip_spaces(end);
            if let Some(and) = self.word(at, Word::And) {
                at = self.skip_spaces(and);
            }
            let minor = self.number(at).filter(|_| num.value.fract() == 0.0 || end > num.end).and_then(|cents| {
                let (part, end) = self.longest(self.skip_spaces(cents.end), |sense| match sense {
                    Sense::MinorCurrency(part) => Some(part),
                    _ => None,
                })?;
                Some((times(cents.value, part), end))
            });
            let Some((cents, next)) = minor else { break };
            amount.value = round(amount.value + cents);
            end = next;
        }
        Found::new(QuantityKind::Money, Meaning::Money(amount, code), num, end)
    }
}
