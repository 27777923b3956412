//! Dates: in figures in the locale's order, with month names, and with a mark after each part.

use crate::boundary::{ends_word, starts_word};
use crate::found::Found;
use crate::language::Order;
use crate::locale_data::Habit;
use crate::meaning::{Date, Meaning, QuantityKind, Strength};
use crate::normalise::is_space;
use crate::scan::Scan;
use crate::sense::{Named, Sense, Word};

impl Scan<'_> {
    /// A date at `start`, with or without its day or year.
    pub(crate) fn date(&self, start: usize) -> Option<Found> {
        let digit = self.chars.get(start)?.is_ascii_digit();
        let at = if digit { start } else { self.after_weekday(start) };
        let (date, end) = if self.chars.get(at)?.is_ascii_digit() {
            self.date_in_figures(at)
                .or_else(|| self.year_first(at))
                .or_else(|| self.date_with_marks(at))
                .or_else(|| self.day_and_month(at))
                .or_else(|| self.date_with_prefixes(at))?
        } else {
            self.date_with_marks(at).or_else(|| self.month_first(at)).or_else(|| self.month_with_prefix(at))?
        };
        let alone = date.day.is_none() && date.year.is_none();
        let strength = if alone { Strength::Weak } else { Strength::Digits };
        Some(Found { kind: QuantityKind::Date, meaning: Meaning::Date(date), strength, start: at, end })
    }

    /// Past the name of a weekday, which a date may start with.
    fn after_weekday(&self, start: usize) -> usize {
        let weekday = self.end(start, |sense| matches!(sense, Sense::Weekday(_)));
        let Some(mut end) = weekday else { return start };
        if matches!(self.chars.get(end), Some(',' | '.')) {
            end += 1;
        }
        let mut at = self.skip_spaces(end);
        if let Some(link) = self.word(at, Word::DateLink) {
            at = self.skip_spaces(link);
        }
        at
    }

    /// Numbers with the same separator between them.
    fn date_in_figures(&self, start: usize) -> Option<(Date, usize)> {
        let (first, at) = self.digits(start, 4)?;
        let sign = *self.chars.get(at).filter(|c| matches!(c, '-' | '/' | '.'))?;
        let (second, second_end) = self.digits(at + 1, 2)?;
        let long = at - start == 4;
        let third = self.chars.get(second_end).filter(|&&c| c == sign).and_then(|_| self.digits(second_end + 1, 4));
        let (date, end) = match third {
            Some((third, end)) if long => {
                let date = Date {
                    year: Some(first),
                    month: Some(small(second)?),
                    day: Some(small(third)?),
                    ..Date::default()
                };
                ((end - second_end - 1 <= 2).then_some(date)?, end)
            }
            Some((third, end)) => (self.ordered(first, second, third, end - second_end - 1, sign)?, end),
            // 2024-05, or the rest of a date of zeros.
            None if long && sign == '-' && second_end - at == 3 && second <= 12 => {
                (Date { year: Some(first), month: Some(small(second)?), ..Date::default() }, second_end)
            }
            None => return None,
        };
        let plausible = date.month.is_none_or(|month| month <= 12) && date.day.is_none_or(|day| day <= 31);
        let more = matches!(self.chars.get(end), Some('.' | '-' | '/'))
            && self.chars.get(end + 1).is_some_and(char::is_ascii_digit);
        (plausible && !more && self.may_end_date(end)).then_some((date, end))
    }

    /// Whether a date in figures may end at `end`; a `T` before a time is part of the format.
    fn may_end_date(&self, end: usize) -> bool {
        ends_word(self.chars, end)
            || (self.chars.get(end) == Some(&'t') && self.chars.get(end + 1).is_some_and(char::is_ascii_digit))
    }

    /// Three short figures in the locale's order.
    fn ordered(&self, first: u16, second: u16, third: u16, third_len: usize, sign: char) -> Option<Date> {
        let whole_year = third_len == 4;
        if !(whole_year || (third_len == 2 && sign == '/')) || sign == '-' {
            return None;
        }
        let day_first = self.date_order() != Order::Month;
        let (mut day, mut month) = if day_first { (first, second) } else { (second, first) };
        if month > 12 && day <= 12 {
            (day, month) = (month, day);
        }
        let swappable = day <= 12 && month <= 12 && day != month;
        Some(Date {
            year: Some(third),
            month: Some(small(month)?),
            day: Some(small(day)?),
            second_month: None,
            swappable,
            shares: false,
        })
    }

    /// One to `most` digits, and no digit after them.
    pub(crate) fn digits(&self, start: usize, most: usize) -> Option<(u16, usize)> {
        let rest = self.chars.get(start..)?;
        let length = rest.iter().take(most + 1).take_while(|c| c.is_ascii_digit()).count();
        if length == 0 || length > most {
            return None;
        }
        let value = rest[..length].iter().fold(0u16, |value, c| value * 10 + c.to_digit(10).unwrap_or(0) as u16);
        Some((value, start + length))
    }

    /// `2024年6月18日`, `6月18日`, `2024년 6월`; numbers may be in words.
    fn date_with_marks(&self, start: usize) -> Option<(Date, usize)> {
        let mut date = Date::default();
        let mut at = start;
        let mut end = start;
        let year = self.marked(at, Word::YearMark, 1000, 2999).or_else(|| self.year_of_era(at));
        if let Some((year, next)) = year {
            (date.year, end) = (Some(year), next);
            at = self.skip_spaces(next);
        }
        if let Some((month, next)) = self.marked(at, Word::MonthMark, 1, 12) {
            (date.month, end) = (small(month), next);
            at = self.skip_spaces(next);
            if let Some((day, next)) = self.marked(at, Word::DayMark, 1, 31).or_else(|| self.day_before_marked(at)) {
                (date.day, end) = (small(day), next);
            }
        }
        // A year without a month must be a recent one: "1000 年" is a thousand years.
        let ancient = date.month.is_none() && date.year.is_some_and(|year| !(1900..2100).contains(&year));
        (end > start && !ancient).then_some((date, end))
    }

    /// The 7 of `7〜8日`, where only the last day has a mark.
    fn day_before_marked(&self, at: usize) -> Option<(u16, usize)> {
        let (day, end) = self.digits(at, 2).filter(|(day, _)| (1..=31).contains(day))?;
        let sign = self.skip_spaces(end);
        let joined = matches!(self.chars.get(sign), Some('-' | '–' | '~' | '、' | ','));
        let next = if joined { sign + 1 } else { self.word(sign, Word::To)? };
        self.marked(self.skip_spaces(next), Word::DayMark, 1, 31).filter(|&(last, _)| last > day)?;
        Some((day, end))
    }

    /// `2031. május 14.`, `2031 m. gegužės 14`: the year, and the name of the month.
    fn year_first(&self, start: usize) -> Option<(Date, usize)> {
        let (year, end) =
            self.digits(start, 4).filter(|&(year, end)| end - start == 4 && (1000..3000).contains(&year))?;
        let at = self.skip_spaces(end + usize::from(self.chars.get(end) == Some(&'.')));
        let at = self.word(at, Word::YearMark).map_or(at, |mark| self.skip_spaces(mark));
        let at = if self.chars.get(at) == Some(&',') { self.skip_spaces(at + 1) } else { at };
        // Latvian and Kazakh have the day before the month here, too.
        if let Some((date, end)) = self.day_and_month(at).filter(|(date, _)| date.year.is_none()) {
            return Some((Date { year: Some(year), ..date }, end));
        }
        let ((month, named), end) = self.month(at)?;
        if named != Named::Surely {
            return None;
        }
        let date = Date { year: Some(year), month: Some(month), ..Date::default() };
        let day = self
            .day(self.skip_spaces(end))
            .filter(|&(_, end)| self.is_separate_day(end) || self.chars.get(end) == Some(&'-'));
        Some(match day {
            Some((day, end)) => (Date { day: Some(day), ..date }, end),
            None => (date, end),
        })
    }

    /// `30 tháng 6 năm 2026`: words before the month and the year.
    fn date_with_prefixes(&self, start: usize) -> Option<(Date, usize)> {
        let (day, at) = self.day(start)?;
        let (date, end) = self.month_with_prefix(self.skip_spaces(at))?;
        Some((Date { day: Some(day), ..date }, end))
    }

    /// `tháng 6 năm 2026`.
    fn month_with_prefix(&self, at: usize) -> Option<(Date, usize)> {
        let month = self.word(at, Word::MonthPrefix)?;
        let (month, end) = self.digits(self.skip_spaces(month), 2).filter(|(month, _)| (1..=12).contains(month))?;
        let date = Date { month: Some(small(month)?), ..Date::default() };
        let prefixed = self.word(self.skip_spaces(end), Word::YearPrefix);
        let signed = || self.chars.get(end).filter(|c| matches!(c, ',' | '/')).map(|_| end + 1);
        let year = prefixed.or_else(signed).and_then(|at| self.year(self.skip_spaces(at)));
        Some(match year {
            Some((year, end)) => (Date { year: Some(year), ..date }, end),
            None => (date, end),
        })
    }

    /// A number with a mark after it.
    fn marked(&self, at: usize, mark: Word, least: u16, most: u16) -> Option<(u16, usize)> {
        let num = self.number(at)?;
        if num.value.fract() != 0.0 || !(f64::from(least)..=f64::from(most)).contains(&num.value) {
            return None;
        }
        // "2023. године" is an ordinal year.
        let point = mark == Word::YearMark && self.chars.get(num.end) == Some(&'.');
        let after = self.skip_spaces(num.end + usize::from(point));
        let end = self.word(after, mark)?;
        let unit = self.end(after, |sense| matches!(sense, Sense::Unit(_)));
        unit.is_none_or(|unit| unit <= end).then_some((whole(num.value)?, end))
    }

    pub(crate) fn month(&self, at: usize) -> Option<((u8, Named), usize)> {
        if !starts_word(self.chars, at) {
            return None;
        }
        let month = |sense: &Sense| match *sense {
            Sense::Month(month, named) => Some((month, named)),
            _ => None,
        };
        let whole = self.longest(at, |sense| month(&sense));
        let Some((_, end)) = whole else { return self.inflected(at, month) };
        // A stem, with the ending that follows it.
        let end = if ends_word(self.chars, end) { end } else { self.word_end(end) };
        whole.map(|(month, _)| (month, end))
    }

    /// The month whose name at `at` has an ending: `novemberében`.
    fn inflected<T>(&self, at: usize, month: impl Fn(&Sense) -> Option<T>) -> Option<(T, usize)> {
        const LEAST_STEM: usize = 4;
        const LONGEST_ENDING: usize = 7;
        if !self.does(Habit::Suffixes) {
            return None;
        }
        let mut found = None;
        self.each(at, |end, senses| {
            if end - at >= LEAST_STEM
                && let Some(month) = senses.iter().find_map(&month)
            {
                found = Some((month, end));
            }
        });
        let (month, stem) = found?;
        let end = self.word_end(stem);
        (end - stem <= LONGEST_ENDING).then_some((month, end))
    }

    /// "9 de janeiro de 2024", "1st May", "14. Oktober", "14-Jan-2026".
    fn day_and_month(&self, start: usize) -> Option<(Date, usize)> {
        let (day, at) = self.day(start)?;
        let at = if self.chars.get(at) == Some(&'-') { at + 1 } else { self.past_link(at) };
        let ((month, named), end) = self.month(at)?;
        let has_year = || self.with_year(Date::default(), end).0.year.is_some();
        if !self.is_month_name(named, at, end) && !has_year() {
            return None;
        }
        // In "Step 4 April 30, 2024", the first number is no day.
        let whole = self.month_first(at).is_some_and(|(date, _)| date.day.is_some() && date.year.is_some());
        if whole {
            return None;
        }
        let date = Date { day: Some(day), month: Some(month), ..Date::default() };
        Some(self.with_year(date, end))
    }

    /// The number of a day, with an ordinal mark or point.
    pub(crate) fn day(&self, start: usize) -> Option<(u8, usize)> {
        let (day, mut end) = self.digits(start, 2)?;
        if !(1..=31).contains(&day) || start.checked_sub(1).is_some_and(|at| matches!(self.chars[at], '.' | ',' | ':'))
        {
            return None;
        }
        if let Some(suffix) = self.word(end, Word::OrdinalSuffix) {
            end = suffix;
        } else if self.chars.get(end) == Some(&'.') {
            end += 1;
        }
        Some((small(day)?, end))
    }

    fn past_link(&self, at: usize) -> usize {
        let at = self.skip_spaces(at);
        self.word(at, Word::DateLink).map_or(at, |end| self.skip_spaces(end))
    }

    /// Adds the year after a day and month, and the name of a second month if there is one.
    pub(crate) fn with_year(&self, mut date: Date, end: usize) -> (Date, usize) {
        let mut end = end;
        if let Some(((month, Named::Surely), next)) = self.month(self.skip_spaces(end)) {
            date.second_month = Some(month);
            end = next;
        }
        let mut at = end;
        // The hyphens of "14-Jan-2026" as well.
        if matches!(self.chars.get(at), Some(',' | '،' | '.' | '-')) {
            at += 1;
        }
        match self.year(self.past_link(at)) {
            Some((year, end)) => {
                date.year = Some(year);
                (date, end)
            }
            None => (date, end),
        }
    }

    /// `令和8年`, `พ.ศ. 2569`: a year that an era counts.
    fn year_of_era(&self, at: usize) -> Option<(u16, usize)> {
        let (begin, end) = self.longest(at, |sense| match sense {
            Sense::Era(begin) => Some(begin),
            _ => None,
        })?;
        let at = self.skip_spaces(end);
        // The first year of an era is 元年.
        let (year, end) = if self.chars.get(at) == Some(&'元') { (1, at + 1) } else { self.digits(at, 4)? };
        let year = u16::try_from(i32::from(year) + i32::from(begin)).ok().filter(|year| (1000..3000).contains(year))?;
        let mark = self.word(self.skip_spaces(end), Word::YearMark);
        Some((year, mark.unwrap_or(end)))
    }

    fn year(&self, at: usize) -> Option<(u16, usize)> {
        if let Some(year) = self.year_of_era(at) {
            return Some(year);
        }
        let at = self.word(at, Word::YearPrefix).map_or(at, |end| self.skip_spaces(end));
        let (year, end) = self.digits(at, 4)?;
        let whole = end - at == 4 && (1000..3000).contains(&year);
        let fraction = matches!(self.chars.get(end), Some('.' | ',' | ':'))
            && self.chars.get(end + 1).is_some_and(char::is_ascii_digit);
        (whole && !fraction && ends_word(self.chars, end)).then_some((year, end))
    }

    /// "October 14, 2025", "Nov. 2025", "janvier".
    fn month_first(&self, start: usize) -> Option<(Date, usize)> {
        let ((month, named), name_end) = self.month(start)?;
        let date = Date { month: Some(month), ..Date::default() };
        let at = self.past_link(name_end + usize::from(self.abbreviates(start, name_end)));
        let sure = self.is_month_name(named, start, name_end);
        if sure && let Some((year, end)) = self.year(at) {
            return Some((Date { year: Some(year), ..date }, end));
        }
        if (sure || named == Named::InDates)
            && let Some((day, end)) = self.day(at)
            && at > name_end
            && self.is_separate_day(end)
        {
            let end = if self.chars[end - 1] == '.' { end - 1 } else { end };
            let (date, end) = self.with_year(Date { day: Some(day), ..date }, end);
            return (sure || date.year.is_some()).then_some((date, end));
        }
        let shared =
            || self.chars.get(name_end) == Some(&'-') && self.word(self.skip_spaces(name_end + 1), Word::And).is_some();
        let long = name_end - start >= 4 || self.chars[start].len_utf8() > 1 || shared();
        (long && named == Named::Surely).then_some((date, name_end))
    }

    /// Whether what may be the name of a month from `start` to `end` is one, by the way that it is written.
    fn is_month_name(&self, named: Named, start: usize, end: usize) -> bool {
        match named {
            Named::Surely => true,
            Named::InCapitals => self.written_capital(start),
            Named::InDates => self.abbreviates(start, end),
        }
    }

    /// Whether a full stop after the month name from `start` to `end` is part of an abbreviation: "Aug. 2021".
    fn abbreviates(&self, start: usize, end: usize) -> bool {
        end - start <= 5 && self.chars.get(end) == Some(&'.')
    }

    /// Whether the number that ended before `end` does not continue.
    pub(crate) fn is_separate_day(&self, end: usize) -> bool {
        let next = self.chars.get(end);
        let goes_on = self.chars.get(end + 1).is_some_and(char::is_ascii_digit);
        next.is_none_or(|&c| is_space(c) || !(c.is_alphanumeric() || (matches!(c, ':' | '.' | ',') && goes_on)))
    }

    /// Whether the word at `at` starts with a capital in the source.
    pub(crate) fn written_capital(&self, at: usize) -> bool {
        self.text.source(at, at + 1).chars().next().is_some_and(char::is_uppercase)
    }
}

/// The value of a number that is known to be small and whole.
fn whole(value: f64) -> Option<u16> {
    format!("{value:.0}").parse().ok()
}

fn small(value: u16) -> Option<u8> {
    u8::try_from(value).ok()
}
