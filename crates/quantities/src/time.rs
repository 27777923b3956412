//! Times of day and ranges of them.

use crate::boundary::{ends_word, starts_word};
use crate::clock::{Mark, Reading};
use crate::found::Found;
use crate::locale_data::Habit;
use crate::meaning::{Clock, Meaning, QuantityKind, Strength};
use crate::normalise::{is_letter, is_space};
use crate::scan::Scan;
use crate::sense::{Period, Sense, Word, ZONES, begins};

impl Scan<'_> {
    /// A certain time of day.
    pub(crate) fn time(&self, start: usize) -> Option<Found> {
        let reading = self.reading(start)?;
        if reading.mark < Mark::Sure {
            return None;
        }
        let clock = self.clock(reading, reading.period);
        let (start, end) = (reading.start, reading.end);
        Some(Found { kind: QuantityKind::Time, meaning: Meaning::Time(clock), strength: Strength::Digits, start, end })
    }

    /// A range of times: at least one end is certainly a time, and the other one therefore too.
    pub(crate) fn time_range(&self, start: usize) -> Option<Found> {
        let from = if self.chars[start].is_ascii_digit() { None } else { self.word(start, Word::From) };
        let (from, at) = match from {
            Some(end) => (true, self.skip_spaces(end)),
            None => (false, start),
        };
        if from && !self.may_be_time(at) {
            return None;
        }
        let first = self.reading(at)?;
        let (second, closed) = self.range_end(first.end, from)?;
        if !self.is_range(first, second, from || closed) {
            return None;
        }
        let (a, b) = self.resolve(first, second);
        let end = second.end;
        let (meaning, strength) = (Meaning::TimeRange(a, b), Strength::Digits);
        Some(Found { kind: QuantityKind::TimeRange, meaning, strength, start: first.start, end })
    }

    /// Whether there is a digit at `at`, or a word that may start a time.
    fn may_be_time(&self, at: usize) -> bool {
        let digit = self.chars.get(at).is_some_and(|c| c.is_ascii_digit() || *c == ':');
        digit || self.begins(at, false) & begins::TIME != 0
    }

    /// The second time of a range, and whether a word after it closes the range.
    fn range_end(&self, at: usize, from: bool) -> Option<(Reading, bool)> {
        let at = self.skip_spaces(at);
        let sign = self.chars.get(at).is_some_and(|c| matches!(c, '-' | '–' | '~' | '～'));
        let (next, sure) = match (sign, self.word(at, Word::To)) {
            (_, Some(end)) => (end, true),
            (true, None) => (at + 1, true),
            (false, None) => (self.word(at, Word::And)?, from),
        };
        let second = self.reading(self.skip_spaces(next))?;
        let closed = self.word(self.skip_spaces(second.end), Word::RangeClose).is_some();
        (sure || closed).then_some((second, closed))
    }

    /// Whether two readings are a range of times.
    fn is_range(&self, first: Reading, second: Reading, from: bool) -> bool {
        if first.mark == Mark::None && second.mark == Mark::None {
            return false;
        }
        let (low, high) = (first.mark.min(second.mark), first.mark.max(second.mark));
        // "3.10–3.12" are versions: minutes after a point are multiples of five.
        let dotted =
            [first, second].iter().all(|reading| reading.minute.is_some_and(|minute| minute.is_multiple_of(5)));
        let late = first.hour.max(second.hour).is_some_and(|hour| hour >= 13);
        match (low, high) {
            (Mark::Soft, Mark::Soft) => dotted || from || (late && self.does(Habit::HourIsClock)),
            (Mark::None, Mark::Soft) => second.mark == Mark::Soft && (from && self.does(Habit::HourIsClock) || late),
            // A bare second number needs a word before the first, or must have nothing to count after it.
            (Mark::None, Mark::Sure) if second.mark == Mark::None => from || self.nothing_counted(second.end),
            (_, Mark::Sure) => true,
            _ => false,
        }
    }

    pub(crate) fn nothing_counted(&self, end: usize) -> bool {
        let next = self.chars.get(self.skip_spaces(end));
        next.is_none_or(|c| matches!(c, '.' | ',' | ')' | '|' | ';' | '\'' | '。' | '、'))
    }

    /// The two times; each may imply the half of the day of the other.
    fn resolve(&self, first: Reading, second: Reading) -> (Clock, Clock) {
        match (first.period, second.period) {
            (None, Some(period)) if first.hour.is_some_and(|hour| (1..=12).contains(&hour)) => {
                let b = self.clock(second, Some(period));
                let a = self.clock(first, Some(period));
                if minutes(a) > minutes(b) {
                    let other = if period == Period::Am { Period::Pm } else { Period::Am };
                    let flipped = self.clock(first, Some(other));
                    return (flipped, b);
                }
                (a, b)
            }
            (Some(period), None) if second.hour.is_some_and(|hour| hour <= 12) => {
                let a = self.clock(first, Some(period));
                let morning = self.clock(second, Some(Period::Am));
                let evening = self.clock(second, Some(Period::Pm));
                let later = [morning, evening].into_iter().find(|clock| minutes(*clock) > minutes(a));
                (a, later.unwrap_or(morning))
            }
            _ => (self.clock(first, first.period), self.clock(second, second.period)),
        }
    }

    fn clock(&self, reading: Reading, period: Option<Period>) -> Clock {
        let hour = reading.hour.map(|hour| match period {
            Some(Period::Am | Period::Midnight | Period::Night) if hour == 12 => 0,
            Some(Period::Pm) if hour < 12 => hour + 12,
            Some(Period::Noon) if hour < 4 => hour + 12,
            Some(Period::Dusk) if hour <= 6 => hour + 18,
            Some(Period::Night) if (6..12).contains(&hour) => hour + 12,
            _ => hour,
        });
        let vague = period.is_none()
            && self.does(Habit::TwelveHours)
            && reading.hour.is_some_and(|hour| (1..=12).contains(&hour));
        Clock { hour, minute: reading.minute.unwrap_or(0), second: reading.second, vague }
    }

    /// The time of day at `start`, without the cache.
    pub(crate) fn read_time(&self, start: usize) -> Option<Reading> {
        if !starts_word(self.chars, start) && !self.chars.get(start)?.is_ascii_digit() {
            return None;
        }
        let mut at = start;
        let mut period = None;
        let mut mark = Mark::None;
        let digit = self.chars.get(start)?.is_ascii_digit();
        if !digit
            && let Some((found, end)) = self.period(at)
            && !self.chars[at..end].iter().all(|c| matches!(c, 'a' | 'p' | 'm' | '.' | ' '))
        {
            // "am 30. April" is German; "am" never precedes an hour.
            period = Some(found);
            at = self.skip_spaces(end);
        }
        if !digit && let Some(end) = self.word(at, Word::ClockBefore) {
            mark = Mark::Sure;
            at = self.skip_spaces(end);
        }
        let in_words = || self.hour_in_words(at).or_else(|| self.hour_as_ordinal(at, mark));
        let mut reading = self.offset_hour(at).or_else(|| self.figures(at)).or_else(in_words)?;
        if mark == Mark::Sure && reading.minute.is_none() {
            reading = self.with_part(reading, reading.end).unwrap_or(reading);
        }
        if mark == Mark::Sure && reading.minute.is_none() && self.goes_on(reading.end) {
            return None;
        }
        reading.start = if period.is_some() { start } else { at };
        reading.mark = reading.mark.max(mark);
        if period.is_some() {
            reading.mark = Mark::Sure;
            reading.period = period;
        }
        self.after(&mut reading);
        let hour_fits = reading.hour.is_none_or(|hour| hour <= 30);
        (hour_fits && reading.minute.unwrap_or(0) < 60 && reading.second.unwrap_or(0) < 60).then_some(reading)
    }

    /// Whether a number that ends at `end` is part of something longer than an hour: `um 0,1 mm`, `um 10 %`, `um 2FA`.
    pub(crate) fn goes_on(&self, end: usize) -> bool {
        let follows = |at: usize, is: fn(&char) -> bool| self.chars.get(at).is_some_and(is);
        !ends_word(self.chars, end)
            || follows(end, |c| matches!(c, ',' | '.')) && follows(end + 1, char::is_ascii_digit)
            || follows(end, |c| *c == '-') && follows(end + 1, |c| is_letter(*c))
            || follows(self.skip_spaces(end), |c| *c == '%')
    }

    fn period(&self, at: usize) -> Option<(Period, usize)> {
        self.longest(at, |sense| match sense {
            Sense::Period(period) if period != Period::Midnight => Some(period),
            _ => None,
        })
    }

    /// Reads what may follow the figures: an hour mark, "o'clock", a half of the day.
    fn after(&self, reading: &mut Reading) {
        let at = self.skip_spaces(reading.end);
        if let Some(end) = self.word(at, Word::Clock) {
            reading.mark = Mark::Sure;
            reading.end = end;
        } else if reading.minute.is_some()
            && let Some(end) = self.word(at, Word::HourMark)
        {
            // "17.30 uur" is a time of day, although "1,5 uur" is a duration.
            reading.mark = Mark::Sure;
            reading.end = end;
        }
        let at = self.skip_spaces(reading.end);
        // "3 дня" means three days, although "12 дня" may mean noon.
        let counted = reading.minute.is_none() && self.unit_end(at).is_some();
        if let Some((period, end)) = self.period(at)
            && reading.period.is_none()
            && !counted
        {
            reading.period = Some(period);
            reading.mark = Mark::Sure;
            reading.end = end;
        }
    }

    /// Digits with a colon, a point or hour marks.
    fn figures(&self, start: usize) -> Option<Reading> {
        let before = start.checked_sub(1).map(|at| self.chars[at]);
        let bare =
            Reading { hour: None, minute: None, second: None, period: None, mark: Mark::None, start, end: start };
        if self.chars.get(start) == Some(&':') {
            return self.without_hour(bare, before);
        }
        if before.is_some_and(|c| matches!(c, ':' | '.' | ',') && start > 1 && self.chars[start - 2].is_ascii_digit()) {
            return None;
        }
        if let Some(reading) = self.military(bare) {
            return Some(reading);
        }
        let (hour, end) = self.small_number(start)?;
        let reading = Reading { hour: Some(hour), end, ..bare };
        self.with_minutes(reading).or_else(|| self.with_marks(reading)).or(Some(reading))
    }

    /// `:30 UTC`, without its hour.
    fn without_hour(&self, bare: Reading, before: Option<char>) -> Option<Reading> {
        let (minute, end) = self.two_digits(bare.start + 1)?;
        let free = before.is_none_or(is_space) && self.zone(end).is_some();
        free.then_some(Reading { minute: Some(minute), end, mark: Mark::Sure, ..bare })
    }

    /// `0600 PT`.
    fn military(&self, bare: Reading) -> Option<Reading> {
        let (hour, at) = self.pair(bare.start)?;
        let (minute, end) = self.pair(at)?;
        let four = !self.chars.get(end).is_some_and(char::is_ascii_digit);
        (four && hour < 24 && minute < 60 && self.zone(end).is_some()).then_some(Reading {
            hour: Some(hour),
            minute: Some(minute),
            end,
            mark: Mark::Sure,
            ..bare
        })
    }

    /// The end of a time zone after a space.
    pub(crate) fn zone(&self, at: usize) -> Option<usize> {
        let at = self.skip_spaces(at);
        let end = self.word_end(at);
        let word = self.chars.get(at..end)?;
        // French "et" is no zone.
        let is_capital = self.text.source(at, end).starts_with(char::is_uppercase);
        if !is_capital && word.len() < 3 {
            return None;
        }
        ZONES.iter().any(|zone| zone.chars().eq(word.iter().copied())).then_some(end)
    }

    /// Two digits, whatever follows.
    fn pair(&self, start: usize) -> Option<(u8, usize)> {
        let tens = self.chars.get(start)?.to_digit(10)?;
        let ones = self.chars.get(start + 1)?.to_digit(10)?;
        Some(((tens * 10 + ones) as u8, start + 2))
    }

    /// Two digits, and no digit after them.
    fn two_digits(&self, start: usize) -> Option<(u8, usize)> {
        let (value, end) = self.pair(start)?;
        (!self.chars.get(end).is_some_and(char::is_ascii_digit)).then_some((value, end))
    }

    /// `:30`, `.30`, and seconds after either sign.
    fn with_minutes(&self, reading: Reading) -> Option<Reading> {
        // "00 :59" is a time in French typography.
        let spaced = self.skip_spaces(reading.end);
        let two = reading.end - reading.start == 2 && spaced == reading.end + 1 && self.chars.get(spaced) == Some(&':');
        let at = if two { spaced } else { reading.end };
        let sign = *self.chars.get(at)?;
        let (minute, end) = self.two_digits(at + 1)?;
        let mark = match sign {
            ':' => Mark::Sure,
            '.' if self.dotted_times() => Mark::Soft,
            '.' if self.period(self.skip_spaces(end)).is_some() => Mark::None,
            _ => return None,
        };
        let seconds = self.chars.get(end).filter(|c| matches!(c, ':' | '.')).and_then(|&sign| {
            let (second, end) = self.two_digits(end + 1)?;
            let odd = sign == ':' || mark == Mark::Sure;
            (odd && second < 60).then_some((second, end))
        });
        let reading = Reading { minute: Some(minute), end, mark, ..reading };
        Some(match seconds {
            Some((second, end)) => Reading { second: Some(second), end, mark: Mark::Sure, ..reading },
            None => reading,
        })
    }

    /// `9 h 30`, `9時30分`, `5点半`, `17 h`.
    fn with_marks(&self, reading: Reading) -> Option<Reading> {
        let at = self.skip_spaces(reading.end);
        let mut end = self
            .word(at, Word::HourMark)
            .or_else(|| self.hour_mark_before_digits(at))
            .filter(|&end| self.unit_end(at).is_none_or(|unit| unit <= end))?;
        // "2 heures et demie" and "1 h 30 min" may be durations.
        let of_duration = self.does(Habit::HourIsClock) && self.unit_end(at) == Some(end);
        let sure = if of_duration { Mark::Soft } else { Mark::Sure };
        let mut reading = Reading { end, mark: Mark::Soft, ..reading };
        if self.word(at, Word::Clock).is_some() {
            reading.mark = Mark::Sure;
        }
        if let Some(reading) = self.with_part(reading, end) {
            return Some(Reading { mark: sure.max(reading.mark), ..reading });
        }
        let minutes = self.skip_spaces(end);
        let Some((minute, next)) = self.small_number(minutes).filter(|&(minute, _)| minute < 60) else {
            return Some(reading);
        };
        let marked = self.word(self.skip_spaces(next), Word::MinuteMark);
        let two = next - minutes == 2;
        if marked.is_none() && (!two || !ends_word(self.chars, next) || self.unit_end(self.skip_spaces(next)).is_some())
        {
            return Some(reading);
        }
        end = marked.unwrap_or(next);
        let mark = if marked.is_some() { sure.max(reading.mark) } else { Mark::Sure };
        reading = Reading { minute: Some(minute), end, mark, ..reading };
        if let Some((second, end)) = self.marked_seconds(end).filter(|_| marked.is_some() && !of_duration) {
            reading = Reading { second: Some(second), end, ..reading };
        }
        Some(reading)
    }

    /// `25秒` after the minutes.
    fn marked_seconds(&self, at: usize) -> Option<(u8, usize)> {
        let (second, at) = self.small_number(self.skip_spaces(at)).filter(|&(second, _)| second < 60)?;
        let (unit, end) = self.unit(self.skip_spaces(at))?;
        (unit.id() == "second").then_some((second, end))
    }

    /// The hour mark directly before minutes, in the middle of a word: 15h20.
    fn hour_mark_before_digits(&self, at: usize) -> Option<usize> {
        let mut found = None;
        self.each(at, |end, senses| {
            if senses.contains(&Sense::Word(Word::HourMark)) && self.chars.get(end).is_some_and(char::is_ascii_digit) {
                found = Some(end);
            }
        });
        found
    }

    /// The end of a unit of time at `at`.
    pub(crate) fn unit_end(&self, at: usize) -> Option<usize> {
        self.end(at, |sense| matches!(sense, Sense::Unit(unit) if unit.is_duration()))
    }

    /// "seven", which the context may turn into an hour.
    fn hour_in_words(&self, start: usize) -> Option<Reading> {
        let (value, end) = self.whole_words(start)?;
        let hour = (0..=24).find(|&hour| f64::from(hour) >= value).filter(|&hour| f64::from(hour) <= value)?;
        let reading =
            Reading { hour: Some(hour), minute: None, second: None, period: None, mark: Mark::None, start, end };
        Some(self.with_marks(reading).unwrap_or(reading))
    }
}

fn minutes(clock: Clock) -> u32 {
    u32::from(clock.hour.unwrap_or(0)) * 60 + u32::from(clock.minute)
}
