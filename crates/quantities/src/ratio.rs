//! Ratios, fractions and dimensions.

use crate::boundary::ends_word;
use crate::found::{Found, FoundNumber, in_unit};
use crate::meaning::{Meaning, QuantityKind, Strength};
use crate::normalise::is_space;
use crate::scan::Scan;
use crate::sense::{Weight, Word};
use crate::units::Dimension;

impl Scan<'_> {
    /// `1024x768`, `1 024 × 768`. In `2 x 30 minutes`, the minutes are counted instead.
    pub(crate) fn sides(&self, num: FoundNumber) -> Option<Found> {
        let mut parts = vec![num.value];
        let mut end = num.end;
        while num.digits && parts.len() < 4 {
            let at = self.skip_spaces(end);
            let word = self.word(at, Word::By);
            let after = match self.chars.get(at) {
                Some('x' | '×') => at + 1,
                _ => match word {
                    Some(after) => after,
                    None => break,
                },
            };
            let Some(next) = self.number(self.skip_spaces(after)).filter(|next| next.digits) else { break };
            if word.is_some() && !self.measures_length(next) {
                break;
            }
            if self.duration(next, self.after_number(next)).is_some() {
                return None;
            }
            parts.push(next.value);
            end = next.end;
        }
        (parts.len() > 1 && ends_word(self.chars, end))
            .then(|| Found::new(QuantityKind::Ratio, Meaning::Ratio(parts), num, end))
    }

    /// Whether a number, or the last of several sides that begin with it, counts a length or pixels.
    fn measures_length(&self, num: FoundNumber) -> bool {
        let mut num = num;
        for _ in 0..3 {
            let at = self.after_number(num);
            if let Some((unit, _)) = self.unit(at) {
                return unit.dimension() == Dimension::Length || unit.id() == "px";
            }
            let next = self.word(at, Word::By).and_then(|end| self.number(self.skip_spaces(end)));
            let Some(next) = next else { return false };
            num = next;
        }
        false
    }

    /// `1/10`, `1/10th`.
    pub(crate) fn slashed(&self, num: FoundNumber) -> Option<Found> {
        let before = num.start.checked_sub(1).map(|at| self.chars[at]);
        if !num.plain || self.chars.get(num.end) != Some(&'/') || matches!(before, Some('/' | '.' | '-')) {
            return None;
        }
        let below =
            self.chars.get(num.end + 1).filter(|c| c.is_ascii_digit()).and_then(|_| self.number(num.end + 1))?;
        let end = self.word(below.end, Word::OrdinalSuffix).unwrap_or(below.end);
        // "1/2x" is a factor.
        let times = matches!(self.chars.get(end), Some('x' | '×')) && ends_word(self.chars, end + 1);
        let end = end + usize::from(times);
        let ends = ends_word(self.chars, end) && !matches!(self.chars.get(end), Some('/' | '.' | '%'));
        let meaning = Meaning::Ratio(vec![num.value, below.value]);
        (below.plain && ends).then(|| Found::new(QuantityKind::Ratio, meaning, num, end))
    }

    /// `4.5:1`, `16:9`, `1:1`, `1対1`.
    pub(crate) fn ratio(&self, num: FoundNumber) -> Option<Found> {
        let is_sign = |c: &char| matches!(c, ':' | '対' | '对' | '對' | '比' | '대');
        let colon = self.chars.get(num.end).is_some_and(is_sign)
            && self.chars.get(num.end + 1).is_some_and(char::is_ascii_digit);
        if !num.digits || !colon {
            return None;
        }
        let second = self.number(num.end + 1)?;
        let clock_like = second.end - second.start == 2 && num.plain && num.value < 24.0;
        // "1:00 minute" counts minutes.
        let counted = self.duration(second, self.after_number(second)).is_some();
        if clock_like && counted && second.value < 60.0 {
            let minutes = FoundNumber { value: num.value + second.value / 60.0, end: second.end, plain: false, ..num };
            return self.duration(minutes, self.after_number(minutes));
        }
        let meaning = Meaning::Ratio(vec![num.value, second.value]);
        Some(Found::new(QuantityKind::Ratio, meaning, num, second.end))
    }

    /// `:1`, a ratio without its first part; `:3` with nothing after it is more likely a face.
    pub(crate) fn half_ratio(&self, start: usize) -> Option<Found> {
        let free = start.checked_sub(1).is_none_or(|at| is_space(self.chars[at]));
        if self.chars[start] != ':' || !free || !self.chars.get(start + 1)?.is_ascii_digit() {
            return None;
        }
        let num = self.number(start + 1)?;
        let mut found = Found::new(QuantityKind::Ratio, Meaning::Ratio(vec![num.value]), num, num.end);
        found.start = start;
        if num.end == start + 2 && ends_word(self.chars, num.end) && !self.follows_digit(start) {
            found.strength = Strength::Weak;
        }
        Some(found)
    }

    /// Whether there is a digit before the spaces before `at`.
    fn follows_digit(&self, at: usize) -> bool {
        self.chars[..at].iter().rev().find(|&&c| !is_space(c)).is_some_and(char::is_ascii_digit)
    }

    /// `15 分の 1`: one to fifteen. `1 分の 60 秒` are seconds of a minute.
    pub(crate) fn denominator(&self, num: FoundNumber) -> Option<Found> {
        let end = self.word(self.skip_spaces(num.end), Word::Denominator).filter(|_| num.value > 1.0)?;
        let part = self.number(self.skip_spaces(end)).filter(|part| part.value < num.value)?;
        let divided =
            self.chars.get(part.end) == Some(&'/') && self.chars.get(part.end + 1).is_some_and(char::is_ascii_digit);
        if divided {
            return None;
        }
        Some(Found::new(QuantityKind::Ratio, Meaning::Ratio(vec![part.value, num.value]), num, part.end))
    }

    /// `三四`, `두세`: three or four, two or three. It is vague, whatever it counts.
    pub(crate) fn either_digit(&self, num: FoundNumber) -> Option<Vec<Found>> {
        let [_, _] = self.chars.get(num.start..num.end)? else { return None };
        let (tens, ones) = ((num.value / 10.0).floor(), num.value % 10.0);
        let digits = num.weight == Weight::Weak && self.whole_words(num.start).is_some();
        if num.digits || !digits || tens < 1.0 || ones <= tens {
            return None;
        }
        let middle = num.start + 1;
        let first = FoundNumber { value: tens, end: middle, ..num };
        let last = FoundNumber { value: ones, start: middle, ..num };
        let bare = || Found::new(QuantityKind::Number, Meaning::Number(last.amount()), last, last.end);
        let second = self.amount(last).unwrap_or_else(bare);
        let meaning = in_unit(first.amount(), &second.meaning)?;
        Some(vec![Found::new(second.kind, meaning, first, middle), second])
    }
}
