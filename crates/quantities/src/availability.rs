//! Hours a day and days a week: in figures (24x7), and in each language's idioms.

use crate::boundary::{ends_word, starts_word};
use crate::found::Found;
use crate::meaning::{Meaning, QuantityKind, Strength};
use crate::normalise::is_unspaced;
use crate::scan::Scan;
use crate::sense::{Sense, Word};

/// A part of an availability idiom.
#[derive(Clone, Copy)]
enum Part {
    /// Around the clock, on all days unless some are named.
    Always,
    /// All hours of the named days.
    AllDay,
    /// Days a week.
    Days(u8),
    /// All days of the year.
    AllYear,
}

fn found(start: usize, end: usize, hours: u8, days: u8, strength: Strength) -> Found {
    Found { kind: QuantityKind::Availability, meaning: Meaning::Availability(hours, days), strength, start, end }
}

impl Scan<'_> {
    /// The availability at `at`, in figures or as idioms in any order.
    pub(crate) fn availability(&self, at: usize) -> Option<Found> {
        self.availability_figures(at).or_else(|| self.availability_idiom(at))
    }

    /// `24x7`, `24/5`, `24×7×365`, `8x5`.
    fn availability_figures(&self, start: usize) -> Option<Found> {
        if !starts_word(self.chars, start) || !self.chars[start].is_ascii_digit() {
            return None;
        }
        let (hours, at) = self.small_number(start)?;
        let at = self.skip_spaces(at);
        let sign = *self.chars.get(at)?;
        let (days, end) = self.small_number(self.skip_spaces(at + 1))?;
        let fits = match sign {
            'x' | '×' | '*' => matches!(hours, 8..=24) && matches!(days, 5..=7),
            '/' => hours == 24 && matches!(days, 1..=7),
            _ => false,
        };
        if !fits {
            return None;
        }
        let end = self.all_year_figures(end).unwrap_or(end);
        // "24/5/2027" is a date.
        let goes_on = self.chars.get(end) == Some(&'/') && self.chars.get(end + 1).is_some_and(char::is_ascii_digit);
        let follows = start > 1 && self.chars[start - 1] == '/' && self.chars[start - 2].is_ascii_digit();
        (ends_word(self.chars, end) && !goes_on && !follows).then(|| found(start, end, hours, days, Strength::Digits))
    }

    /// `x365`, with or without spaces.
    fn all_year_figures(&self, at: usize) -> Option<usize> {
        let at = self.skip_spaces(at);
        let sign = matches!(self.chars.get(at)?, 'x' | '×' | '/' | '*');
        let days = self.skip_spaces(at + 1);
        let end = days + 3;
        (sign && matches!(self.chars.get(days..end)?, ['3', '6', '5' | '6'])).then_some(end)
    }

    /// One or two digits.
    pub(crate) fn small_number(&self, start: usize) -> Option<(u8, usize)> {
        let digits: Vec<u8> =
            self.chars.get(start..)?.iter().take(3).map_while(|c| c.to_digit(10)).map(|d| d as u8).collect();
        match digits[..] {
            [one] => Some((one, start + 1)),
            [tens, ones] => Some((tens * 10 + ones, start + 2)),
            _ => None,
        }
    }

    fn availability_idiom(&self, start: usize) -> Option<Found> {
        let mut end = start;
        let (mut always, mut all_day, mut all_year, mut days) = (false, false, false, None);
        let mut at = start;
        while let Some((part, next)) = self.availability_part(at) {
            match part {
                Part::Always => always = true,
                Part::AllDay => all_day = true,
                Part::AllYear => all_year = true,
                Part::Days(count) => days = Some(count),
            }
            end = next;
            at = self.skip_links(next);
        }
        if end == start || self.inside_other_word(start) {
            return None;
        }
        let is_whole = always || (all_day && (days.is_some() || all_year));
        if is_whole {
            return Some(found(start, end, 24, days.unwrap_or(7), Strength::Digits));
        }
        // "All day" alone may mean availability; in figures it is a duration.
        let in_words = all_day && !self.chars[start..end].iter().any(char::is_ascii_digit);
        in_words.then(|| found(start, end, 24, 7, Strength::Weak))
    }

    /// Whether a word that is never a quantity started before `start`, such as 最終日 before 終日, in a script without
    /// spaces.
    fn inside_other_word(&self, start: usize) -> bool {
        /// The most characters that such a word has before the idiom.
        const MAX_LETTERS: usize = 2;
        is_unspaced(self.chars[start])
            && (start.saturating_sub(MAX_LETTERS)..start)
                .any(|at| self.word(at, Word::Never).is_some_and(|end| end > start))
    }

    fn availability_part(&self, at: usize) -> Option<(Part, usize)> {
        self.longest(at, |sense| match sense {
            Sense::Word(Word::AroundTheClock) => Some(Part::Always),
            Sense::Word(Word::AllDay) => Some(Part::AllDay),
            Sense::Word(Word::AllYear) => Some(Part::AllYear),
            Sense::Days(count) => Some(Part::Days(count)),
            _ => None,
        })
    }

    /// Past what may separate two parts: spaces, commas, "and".
    fn skip_links(&self, at: usize) -> usize {
        let mut at = self.skip_spaces(at);
        if self.chars.get(at).is_some_and(|c| matches!(c, ',' | '、' | '/' | '・' | '·' | '(' | '-' | '–' | '&')) {
            at = self.skip_spaces(at + 1);
        }
        self.word(at, Word::And).map_or(at, |end| self.skip_spaces(end))
    }
}
