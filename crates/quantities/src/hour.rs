//! Hours with a part of one: "half past nine", `halb zehn`, "las 9 y media".

use crate::clock::{Mark, Reading};
use crate::locale_data::Habit;
use crate::scan::Scan;
use crate::sense::Sense;

impl Scan<'_> {
    /// The part of an hour after one: "y media", "menos cuarto".
    pub(crate) fn with_part(&self, reading: Reading, at: usize) -> Option<Reading> {
        let (part, end) = self.and_fraction(at).filter(|(part, _)| part.abs() < 1.0)?;
        Some(Reading { end, ..plus_minutes(reading, (part * 60.0) as i8) })
    }

    /// "half past nine", `halb zehn`, `साढ़े नौ`: an hour after what is added to it.
    pub(crate) fn offset_hour(&self, start: usize) -> Option<Reading> {
        let offset = self.longest(start, |sense| match sense {
            Sense::ClockOffset(minutes) => Some(minutes),
            Sense::PlusFraction(part) => Some((part * 60.0) as i8),
            _ => None,
        });
        let (minutes, end) = offset?;
        let at = self.skip_spaces(end);
        let (hour, end) = self.small_number(at).or_else(|| self.ordinal_hour(at))?;
        let goes_on = self.goes_on(end) || self.unit_end(self.skip_spaces(end)).is_some();
        let is_hour = (1..=12).contains(&hour) && !goes_on;
        let mark = if self.plus_fraction(start).is_some() { Mark::None } else { Mark::Sure };
        let of = |hour: u8| Reading { hour: Some(hour), minute: None, second: None, period: None, mark, start, end };
        is_hour.then(|| plus_minutes(of(hour), minutes))
    }

    /// An hour after a word such as "at the hour": `الساعة التاسعة`.
    pub(crate) fn hour_as_ordinal(&self, start: usize, mark: Mark) -> Option<Reading> {
        let (hour, end) = self.ordinal_hour(start).filter(|_| mark == Mark::Sure)?;
        let of = Reading { hour: Some(hour), minute: None, second: None, period: None, mark, start, end };
        Some(self.with_part(of, end).unwrap_or(of))
    }

    /// An hour as an ordinal in words: `desáté`.
    fn ordinal_hour(&self, at: usize) -> Option<(u8, usize)> {
        const LONGEST_ENDING: usize = 4;
        let hour = |sense: &Sense| match *sense {
            Sense::Ordinal(value, _) | Sense::Cardinal(value, _) => (1..=12).find(|&hour| f64::from(hour) == value),
            _ => None,
        };
        let whole = self.longest(at, |sense| hour(&sense));
        if whole.is_some() || !self.does(Habit::Suffixes) {
            return whole;
        }
        let mut found = None;
        self.each(at, |end, senses| found = senses.iter().find_map(hour).map(|hour| (hour, end)).or(found));
        let (hour, stem) = found?;
        let end = self.word_end(stem);
        (end - stem <= LONGEST_ENDING).then_some((hour, end))
    }
}

/// Adds minutes to a whole hour.
fn plus_minutes(reading: Reading, minutes: i8) -> Reading {
    let hour = reading.hour.map(|hour| match (minutes < 0, hour) {
        (false, hour) => hour,
        (true, 0) => 23,
        (true, 1) => 12,
        (true, hour) => hour - 1,
    });
    Reading { hour, minute: u8::try_from((i16::from(minutes) + 60) % 60).ok(), ..reading }
}
