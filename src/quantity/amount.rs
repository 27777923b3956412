//! Numbers with what they count: percentages, durations, money, measures, ordinals.

use super::lexicon::{Sense, Weight, Word, ends_word, starts_word};
use super::meaning::{Amount, Kind, Meaning, Strength};
use super::normalise::{is_hangul, is_space, is_unspaced};
use super::number::Num;
use super::scan::{Found, Scan};
use super::units::{Dimension, Unit};

impl Scan<'_> {
    /// The amount at `start`; where it is the first end of a range, both.
    pub fn amounts(&self, start: usize) -> Option<Vec<Found>> {
        if let Some(found) =
            self.ordinal(start).or_else(|| self.money_before(start)).or_else(|| self.parts_before(start))
        {
            return Some(vec![found]);
        }
        if let Some(found) = self.whole_unit(start).or_else(|| self.named_duration(start)) {
            return Some(vec![found]);
        }
        if let Some(found) = self.half_ratio(start) {
            return Some(vec![found]);
        }
        let marked = self.chars[start] == '#' || self.chars[start] == '%';
        let num = self.number(if marked { self.skip_spaces(start + 1) } else { start })?;
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
        let mut found = self.amount(num)?;
        if marked {
            found = self.with_sign(found, num, start)?;
        }
        Some(vec![found])
    }

    /// `%100` as Turkish writes it, `#1`.
    fn with_sign(&self, mut found: Found, num: Num, start: usize) -> Option<Found> {
        if found.kind != Kind::Number || !num.digits {
            return None;
        }
        if self.chars[start] == '%' {
            found.kind = Kind::Percent;
            found.meaning = Meaning::Percent(amount_of(num));
        } else if num.value == 1.0 {
            // "the #1 …" is said in words.
            found.strength = Strength::Weak;
        }
        found.start = start;
        Some(found)
    }

    /// What `num` counts; a bare number counts nothing.
    pub fn amount(&self, num: Num) -> Option<Found> {
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

    /// Where the unit of `num` would begin.
    fn after_number(&self, num: Num) -> usize {
        let mut at = num.end;
        if self.chars.get(at) == Some(&'-') && self.chars.get(at + 1).is_some_and(|c| c.is_alphabetic()) {
            at += 1;
        } else {
            at = self.skip_spaces(at);
        }
        if !num.digits
            && num.value < 1.0
            && let Some(((), end)) = self.article(at)
        {
            // "half an hour".
            at = self.skip_spaces(end);
        }
        if self.unit(at).is_some() {
            return at;
        }
        self.word(at, Word::Filler).map_or(at, |end| self.skip_spaces(end))
    }

    fn found(&self, kind: Kind, meaning: Meaning, num: Num, end: usize) -> Found {
        let strength = match (num.digits, num.weight) {
            (true, _) => Strength::Digits,
            (false, Weight::Weak) => Strength::Weak,
            (false, _) => Strength::Words,
        };
        Found { kind, meaning, strength, start: num.start, end }
    }

    fn bare(&self, num: Num, after: usize) -> Option<Found> {
        let counter = self.word(after, Word::Counter);
        let written = self.chars[num.start..num.end].iter().any(|&c| is_unspaced(c));
        let single = num.end - num.start == 1;
        let lonely = num.weight == Weight::Bound || (written && single && !num.digits);
        if lonely && counter.is_none() && !self.stands_alone(num) {
            return None;
        }
        let mut found = self.found(Kind::Number, Meaning::Number(amount_of(num)), num, num.end);
        let glued =
            counter.is_some_and(|end| self.chars[..end].last().is_some_and(|&c| is_unspaced(c) || is_hangul(c)));
        if glued && num.value.abs() <= 2.0 {
            // "1 つの" is the article of languages that have none, "2 つの" their "both" and "bi-".
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
        (num.inside || ends_word(self.chars, found.end) || self.glued_unit(found.end)).then_some(found)
    }

    /// Whether no letter stands beside the number.
    fn stands_alone(&self, num: Num) -> bool {
        let before = num.start.checked_sub(1).is_none_or(|at| !self.chars[at].is_alphanumeric());
        before && self.chars.get(num.end).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Whether letters that follow digits are no part of a name.
    fn glued_unit(&self, at: usize) -> bool {
        self.chars.get(at).is_none_or(|c| !c.is_ascii_alphanumeric())
    }

    fn percent(&self, num: Num, after: usize) -> Option<Found> {
        let sign = match self.chars.get(after) {
            Some('%') => Some((1.0, after + 1)),
            Some('‰') => Some((0.1, after + 1)),
            _ => self.word(after, Word::Percent).map(|end| (1.0, end)),
        };
        let part = || {
            self.lexicon().longest(self.chars, after, |sense| match sense {
                Sense::Part(part) => Some(part),
                _ => None,
            })
        };
        let (factor, end) = sign.or_else(part)?;
        let (extra, end) = if factor.abs() > 1.0 { self.and_fraction(end).unwrap_or((0.0, end)) } else { (0.0, end) };
        // 折 and 成 count tenths, and in two digits hundredths.
        let factor = if factor == 10.0 && num.value > 10.0 { 1.0 } else { factor };
        let scale = |value: f64| if factor < 0.0 { 100.0 + value * factor } else { round((value + extra) * factor) };
        let amount = Amount { value: scale(num.value), alternative: num.alternative.map(scale) };
        Some(self.found(Kind::Percent, Meaning::Percent(amount), num, end))
    }

    /// `百分之 N`, `yüzde N`: parts of a hundred, said before the number.
    fn parts_before(&self, start: usize) -> Option<Found> {
        let (factor, end) = self.lexicon().longest(self.chars, start, |sense| match sense {
            Sense::PartPrefix(factor) => Some(factor),
            _ => None,
        })?;
        let num = self.number(self.skip_spaces(end))?;
        let value = round(num.value * factor);
        let mut found = self.found(Kind::Percent, Meaning::Percent(Amount::exact(value)), num, num.end);
        found.start = start;
        Some(found)
    }

    fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let (unit, end) = self.lexicon().longest(self.chars, at, |sense| match sense {
            Sense::Unit(unit) => Some(unit),
            _ => None,
        })?;
        let short = end - at <= 1;
        let written = self.text.source(at, end);
        if unit.dimension() == Dimension::Size && written.len() <= 3 {
            let bits = written.ends_with('b');
            return Some((unit.bits_or_bytes(bits), end));
        }
        // A capital letter alone is no unit of time or length, and a word of one letter is a unit only beside its number.
        let capital = written.chars().all(char::is_uppercase);
        let spaced = at.checked_sub(1).is_some_and(|at| is_space(self.chars[at]));
        let word = matches!(self.chars[at], 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'd' | 't' | 'w' | 'k');
        let capital = capital && (unit.is_duration() || unit.dimension() == Dimension::Length);
        let symbol = unit.dimension() == Dimension::Other && written.len() <= 3 && written.is_ascii();
        let fits = !(short && capital) && !(short && spaced && word) && (!symbol || written == unit.id());
        fits.then_some((unit, end))
    }

    /// "and a half" of the unit before.
    fn and_fraction(&self, at: usize) -> Option<(f64, usize)> {
        self.lexicon().longest(self.chars, self.skip_spaces(at), |sense| match sense {
            Sense::AndFraction(part) => Some(part),
            _ => None,
        })
    }

    fn duration(&self, num: Num, after: usize) -> Option<Found> {
        let (mut amount, mut number_end) = (amount_of(num), after);
        if let Some((part, end)) = self.and_fraction(num.end) {
            amount.value += part;
            number_end = self.skip_spaces(end);
        }
        let (unit, end) = self.unit(number_end).filter(|(unit, _)| unit.is_duration())?;
        let mut parts = vec![(amount, unit)];
        let mut end = end;
        if let Some((part, next)) = self.and_fraction(end) {
            parts[0].0.value += part;
            end = next;
        }
        while let Some((part, next)) = self.next_part(end, &parts) {
            parts.push(part);
            end = next;
        }
        let one = parts.len() == 1 && parts[0].0 == Amount::exact(1.0);
        let mut found =
            self.found(Kind::Duration, Meaning::Duration(parts), num, if num.inside { num.end } else { end });
        if one && is_unspaced(self.chars[end - 1]) {
            // "過去1年間" is "the past year".
            found.strength = found.strength.min(Strength::Words);
        }
        Some(found)
    }

    /// The next part of a duration in several units: "1 hour and 30 minutes".
    fn next_part(&self, end: usize, parts: &[(Amount, Unit)]) -> Option<((Amount, Unit), usize)> {
        /// No duration has more parts.
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
        let (unit, end) = self.unit(self.after_number(num)).filter(|(unit, _)| unit.is_duration())?;
        let rank = |unit: Unit| unit.factor() * if unit.dimension() == Dimension::Months { 2_629_746.0 } else { 1.0 };
        let fits = parts.iter().all(|(_, other)| if comma { rank(unit) < rank(*other) } else { unit != *other });
        (fits && parts.len() < MAX_PARTS).then_some(((amount_of(num), unit), end))
    }

    /// "all day", "another month": one unit without a number.
    fn whole_unit(&self, start: usize) -> Option<Found> {
        if !starts_word(self.chars, start) {
            return None;
        }
        let end = self.word(start, Word::Whole)?;
        let mut at = self.skip_spaces(if self.chars.get(end) == Some(&'-') { end + 1 } else { end });
        if let Some(((), end)) = self.article(at) {
            at = self.skip_spaces(end);
        }
        let (unit, end) = self.unit(at).filter(|(unit, _)| unit.is_duration())?;
        let meaning = Meaning::Duration(vec![(Amount::exact(1.0), unit)]);
        Some(Found { kind: Kind::Duration, meaning, strength: Strength::Weak, start, end })
    }

    /// "fortnight": a duration in one word.
    fn named_duration(&self, start: usize) -> Option<Found> {
        let ((value, unit), end) = self.lexicon().longest(self.chars, start, |sense| match sense {
            Sense::Duration(value, unit) => Some((value, unit)),
            _ => None,
        })?;
        let meaning = Meaning::Duration(vec![(Amount::exact(value), unit)]);
        Some(Found { kind: Kind::Duration, meaning, strength: Strength::Words, start, end })
    }

    fn measure(&self, num: Num, after: usize) -> Option<Found> {
        let (unit, end) = self.unit(after).filter(|(unit, _)| !unit.is_duration())?;
        // In words "a foot" and "one point" are figures of speech.
        if num.weight == Weight::Weak {
            return None;
        }
        let kind = match unit.dimension() {
            Dimension::Size => Kind::Size,
            Dimension::Length => Kind::Length,
            Dimension::Mass => Kind::Mass,
            Dimension::Temperature => Kind::Temperature,
            Dimension::Frequency => Kind::Frequency,
            _ => Kind::Measure,
        };
        Some(self.found(kind, Meaning::Measure(amount_of(num), unit), num, end))
    }

    fn currency(&self, at: usize) -> Option<([u8; 3], usize)> {
        let mut best = None;
        self.lexicon().each(self.chars, at, |end, senses| {
            let code =
                senses.iter().find_map(|sense| if let Sense::Currency(code) = sense { Some(*code) } else { None });
            let digit = self.chars.get(end).is_some_and(char::is_ascii_digit);
            if let Some(code) = code
                && (ends_word(self.chars, end) || digit || self.lexicon().endings)
            {
                best = Some((code, end));
            }
        });
        best
    }

    /// `$20`, `USD 200`, `us $ 150 million`.
    fn money_before(&self, start: usize) -> Option<Found> {
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
        let mut found = self.money(num, code, num.end);
        found.start = start;
        Some(found)
    }

    /// Whether a currency's name may stand before its number, as in Chinese.
    fn prefix_name(&self, start: usize, end: usize) -> bool {
        self.chars[start..end].iter().any(|&c| is_unspaced(c))
    }

    fn money_after(&self, num: Num, after: usize) -> Option<Found> {
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
            && (num.weight == Weight::Weak || !symbol)
        {
            // The currency belongs to the number after it.
            return None;
        }
        let mut num = num;
        let mut end = end;
        if let Some((factor, next)) = self.lexicon().longest(self.chars, self.skip_spaces(end), |sense| match sense {
            Sense::Magnitude(value) if value >= 1000.0 => Some(value),
            _ => None,
        }) && is_code
        {
            num.value *= factor;
            end = next;
        }
        Some(self.money(num, code, end))
    }

    /// Money with its cents.
    fn money(&self, num: Num, code: [u8; 3], end: usize) -> Found {
        let mut amount = amount_of(num);
        let mut end = end;
        for _ in 0..2 {
            let mut at = self.skip_spaces(end);
            if let Some(and) = self.word(at, Word::And) {
                at = self.skip_spaces(and);
            }
            let minor = self.number(at).filter(|_| num.value.fract() == 0.0 || end > num.end).and_then(|cents| {
                let (part, end) =
                    self.lexicon().longest(self.chars, self.skip_spaces(cents.end), |sense| match sense {
                        Sense::MinorCurrency(part) => Some(part),
                        _ => None,
                    })?;
                Some((cents.value * part, end))
            });
            let Some((cents, next)) = minor else { break };
            amount.value = round(amount.value + cents);
            end = next;
        }
        self.found(Kind::Money, Meaning::Money(amount, code), num, end)
    }

    /// `1024x768`, `1 024 × 768`: numbers against each other as well.
    fn sides(&self, num: Num) -> Option<Found> {
        let mut parts = vec![num.value];
        let mut end = num.end;
        while num.digits && parts.len() < 4 {
            let at = self.skip_spaces(end);
            if !matches!(self.chars.get(at), Some('x' | '×')) {
                break;
            }
            let Some(next) = self.number(self.skip_spaces(at + 1)).filter(|next| next.digits) else { break };
            parts.push(next.value);
            end = next.end;
        }
        (parts.len() > 1 && ends_word(self.chars, end))
            .then(|| self.found(Kind::Ratio, Meaning::Ratio(parts), num, end))
    }

    /// `1/10`, `1/10th`.
    fn slashed(&self, num: Num) -> Option<Found> {
        let before = num.start.checked_sub(1).map(|at| self.chars[at]);
        if !num.plain || self.chars.get(num.end) != Some(&'/') || matches!(before, Some('/' | '.' | '-')) {
            return None;
        }
        let below =
            self.chars.get(num.end + 1).filter(|c| c.is_ascii_digit()).and_then(|_| self.number(num.end + 1))?;
        let end = self.word(below.end, Word::OrdinalSuffix).unwrap_or(below.end);
        let ends = ends_word(self.chars, end) && !matches!(self.chars.get(end), Some('/' | '.' | '%'));
        let meaning = Meaning::Ratio(vec![num.value, below.value]);
        (below.plain && ends).then(|| self.found(Kind::Ratio, meaning, num, end))
    }

    /// `4.5:1`, `16:9`, `1:1`.
    fn ratio(&self, num: Num) -> Option<Found> {
        let colon =
            self.chars.get(num.end) == Some(&':') && self.chars.get(num.end + 1).is_some_and(char::is_ascii_digit);
        if !num.digits || !colon {
            return None;
        }
        let second = self.number(num.end + 1)?;
        let clock_like = second.end - second.start == 2 && num.plain && num.value < 24.0;
        // "1:00 minute" counts minutes.
        let counted = self.duration(second, self.after_number(second)).is_some();
        if clock_like && counted && second.value < 60.0 {
            let minutes = Num { value: num.value + second.value / 60.0, end: second.end, plain: false, ..num };
            return self.duration(minutes, self.after_number(minutes));
        }
        let meaning = Meaning::Ratio(vec![num.value, second.value]);
        Some(self.found(Kind::Ratio, meaning, num, second.end))
    }

    /// `:1`: a ratio that has lost its first part.
    fn half_ratio(&self, start: usize) -> Option<Found> {
        let free = start.checked_sub(1).is_none_or(|at| is_space(self.chars[at]));
        if self.chars[start] != ':' || !free || !self.chars.get(start + 1)?.is_ascii_digit() {
            return None;
        }
        let num = self.number(start + 1)?;
        let mut found = self.found(Kind::Ratio, Meaning::Ratio(vec![num.value]), num, num.end);
        found.start = start;
        Some(found)
    }

    /// `15 分の 1`: one to fifteen.
    fn denominator(&self, num: Num) -> Option<Found> {
        let end = self.word(self.skip_spaces(num.end), Word::Denominator)?;
        let part = self.number(self.skip_spaces(end))?;
        Some(self.found(Kind::Ratio, Meaning::Ratio(vec![part.value, num.value]), num, part.end))
    }

    /// `三四`: three or four.
    fn either_digit(&self, num: Num) -> Option<Vec<Found>> {
        let [_, _] = self.chars.get(num.start..num.end)? else { return None };
        let (tens, ones) = ((num.value / 10.0).floor(), num.value % 10.0);
        let counted = self.word(self.skip_spaces(num.end), Word::Counter).is_some();
        if num.digits || tens < 1.0 || ones != tens + 1.0 || !is_unspaced(self.chars[num.start]) || !counted {
            return None;
        }
        let one = |value, start, end| {
            let num = Num { value, start, end, ..num };
            self.found(Kind::Number, Meaning::Number(Amount::exact(value)), num, end)
        };
        Some(vec![one(tens, num.start, num.start + 1), one(ones, num.start + 1, num.end)])
    }

    /// `第 3`, `3rd`, "third".
    fn ordinal(&self, start: usize) -> Option<Found> {
        if let Some(prefix) = self.word(start, Word::OrdinalPrefix) {
            let num = self.number(self.skip_spaces(prefix))?;
            let mut found = self.found(Kind::Ordinal, Meaning::Ordinal(num.value), num, num.end);
            found.start = start;
            found.strength = found.strength.max(Strength::Words);
            return Some(found);
        }
        let word = self.lexicon().longest(self.chars, start, |sense| match sense {
            Sense::Ordinal(value, weight) => Some((value, weight)),
            _ => None,
        });
        if let Some(((value, _), end)) = word
            && starts_word(self.chars, start)
            && !self.chars[start].is_ascii_digit()
        {
            let strength = if value > 1.0 { Strength::Words } else { Strength::Weak };
            return Some(Found { kind: Kind::Ordinal, meaning: Meaning::Ordinal(value), strength, start, end });
        }
        if !self.chars[start].is_ascii_digit() {
            return None;
        }
        let num = self.number(start).filter(|num| num.plain)?;
        let end = self.word(num.end, Word::OrdinalSuffix)?;
        let mut found = self.found(Kind::Ordinal, Meaning::Ordinal(num.value), num, end);
        if num.value == 1.0 {
            // Languages have many other words for it: foremost, initial.
            found.strength = Strength::Weak;
        }
        Some(found)
    }

    /// "5–10 minutes": the first number counts the same as the second.
    fn range(&self, first: Num) -> Option<Vec<Found>> {
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
        let amount = amount_of(first);
        let meaning = match &second_found.meaning {
            Meaning::Duration(parts) if parts.len() == 1 => Meaning::Duration(vec![(amount, parts[0].1)]),
            Meaning::Percent(_) => Meaning::Percent(amount),
            Meaning::Money(_, code) => Meaning::Money(amount, *code),
            Meaning::Measure(_, unit) => Meaning::Measure(amount, *unit),
            _ => return None,
        };
        let found = self.found(second_found.kind, meaning, first, first.end);
        Some(vec![found, second_found])
    }
}

/// Whether only spaces stand before `at`.
fn start_of_text(chars: &[char], at: usize) -> bool {
    at < 4 && chars[..at].iter().all(|&c| is_space(c))
}

fn amount_of(num: Num) -> Amount {
    Amount { value: num.value, alternative: num.alternative }
}

/// Without the dust of binary fractions.
fn round(value: f64) -> f64 {
    format!("{value:.12}").parse().unwrap_or(value)
}
