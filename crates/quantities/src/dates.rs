//! Several dates that share a month or a year: "March 4–7, 2026", "4. bis 7. März", "8月と9月".

use crate::found::Found;
use crate::meaning::{Date, Meaning, QuantityKind, Strength};
use crate::normalise::{is_hangul, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, Word};

/// More dates than share anything in prose.
const MOST: usize = 12;

/// What stands between two dates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// A dash, or a word such as "to".
    To,
    And,
    Comma,
}

impl Scan<'_> {
    /// The date at `start`, with the dates before and after it that lack what it says.
    pub(crate) fn dates(&self, start: usize) -> Vec<Found> {
        if let Some(found) = self.days_before_date(start) {
            return found;
        }
        let Some(first) = self.date(start).or_else(|| self.month_before_date(start)) else { return Vec::new() };
        let mut found = vec![first];
        while found.len() < MOST {
            let Some(last) = found.last() else { break };
            let Some(next) = self.next_day(last).or_else(|| self.next_date(last)) else { break };
            found.push(next);
        }
        share_years(&mut found);
        found
    }

    /// `4. bis 7. März`, `4, 5 and 7 March`: days without a month, up to a date with day and month.
    fn days_before_date(&self, start: usize) -> Option<Vec<Found>> {
        let mut days: Vec<(u8, usize, usize)> = Vec::new();
        let mut at = start;
        let mut last_joint = Joint::Comma;
        let date = loop {
            if let Some((day, end)) = self.day(at)
                && let Some((joint, next)) = self.joint(end)
            {
                days.push((day, at, end));
                last_joint = joint;
                at = self.past_day_prefix(next);
                if days.len() < MOST {
                    continue;
                }
            }
            if days.is_empty() {
                return None;
            }
            break self.date(at)?;
        };
        let Meaning::Date(whole) = date.meaning else { return None };
        let last = whole.day?;
        let rise = days.windows(2).all(|pair| pair[0].0 < pair[1].0) && days.last()?.0 < last;
        // "Step 4, 30 April" is no list of days.
        if !rise
            || last_joint == Joint::Comma
            || date.start != at
            || whole.year.is_some() && self.digits(at, 4)?.1 - at == 4
        {
            return None;
        }
        let of_day = |&(day, start, end): &(u8, usize, usize)| {
            let point = usize::from(self.chars[end - 1] == '.');
            dated(Date { day: Some(day), shares: true, ..whole }, start, end - point)
        };
        Some(days.iter().map(of_day).chain([date.clone()]).collect())
    }

    /// The first month of "May and June 2031", whose name may be another word elsewhere.
    fn month_before_date(&self, start: usize) -> Option<Found> {
        if !self.written_capital(start) {
            return None;
        }
        let ((month, _), end) = self.month(start)?;
        let date = Date { month: Some(month), ..Date::default() };
        let found = Found { strength: Strength::Weak, ..dated(date, start, end) };
        let next = self.next_date(&found)?;
        let has_year = matches!(next.meaning, Meaning::Date(Date { year: Some(_), .. }));
        has_year.then_some(found)
    }

    /// The 7 of "March 4–7, 2026": a day of the month that precedes it.
    fn next_day(&self, last: &Found) -> Option<Found> {
        let Meaning::Date(before) = last.meaning else { return None };
        if !self.ends_with_day(last, before) {
            return None;
        }
        let (joint, start) = self.joint(last.end)?;
        let start = self.past_day_prefix(start);
        let (day, digits_end) = self.digits(start, 2).filter(|&(day, _)| (1..=31).contains(&day))?;
        let marked = self.word(self.skip_spaces(digits_end), Word::DayMark);
        let end = marked.or_else(|| self.word(digits_end, Word::OrdinalSuffix)).unwrap_or(digits_end);
        let day = u8::try_from(day).ok().filter(|&day| Some(day) > before.day)?;
        let of_month = Date { day: Some(day), shares: true, ..before };
        let point = usize::from(marked.is_none() && self.chars.get(end) == Some(&'.'));
        let (date, next) = if before.year.is_none() { self.with_year(of_month, end) } else { (of_month, end) };
        let is_day = date.year != before.year || marked.is_some() || joint == Joint::To && self.counts_no(end + point);
        // A month of its own makes it a date of its own.
        let has_month = date.second_month.is_some() || self.date(start).is_some_and(|date| date.end > next);
        (is_day && !has_month && (marked.is_some() || self.is_separate_day(end))).then(|| dated(date, start, next))
    }

    /// Whether the number that ends at `end` is followed by nothing that it may count or be part of.
    fn counts_no(&self, end: usize) -> bool {
        let at = self.skip_spaces(end);
        let counts = |sense: Sense| {
            matches!(sense, Sense::Unit(_) | Sense::Part(_) | Sense::Currency(_) | Sense::Word(Word::Percent))
        };
        !matches!(self.chars.get(at), Some('%' | '$' | '€' | ':')) && self.end(at, counts).is_none()
    }

    /// The September of "August and September 2023": a date that lacks a year, or is the one that says it for both.
    fn next_date(&self, last: &Found) -> Option<Found> {
        let Meaning::Date(before) = last.meaning else { return None };
        before.month?;
        let (joint, start) = self.joint(last.end)?;
        let next = self.date(self.past_day_prefix(start))?;
        let Meaning::Date(date) = next.meaning else { return None };
        let alike = date.month.is_some() && date.day.is_some() == before.day.is_some();
        let named = joint == Joint::To || before.year.is_none() || date.year.is_none();
        (alike && named && date.second_month.is_none()).then_some(next)
    }

    /// Whether the day of a date is the last thing that it says: "March 4", "2026. március 4".
    fn ends_with_day(&self, found: &Found, date: Date) -> bool {
        let Some(day) = date.day else { return false };
        let written = &self.chars[found.start..found.end];
        let end = written.iter().rposition(char::is_ascii_digit).map_or(0, |last| last + 1);
        let start = written[..end].iter().rposition(|c| !c.is_ascii_digit()).map_or(0, |before| before + 1);
        let only_mark = written[end..].iter().all(|&c| !c.is_alphabetic() || is_unspaced(c) || is_hangul(c))
            || self.word(found.start + end, Word::OrdinalSuffix) == Some(found.end);
        // Figures such as `2026-03-04` are complete.
        let named = written.iter().any(|c| c.is_alphabetic());
        named && only_mark && written[start..end].iter().collect::<String>().parse() == Ok(day)
    }

    /// What joins a date that ends at `end` to the next one, and where that one starts.
    fn joint(&self, end: usize) -> Option<(Joint, usize)> {
        let at = self.skip_spaces(end + usize::from(self.chars.get(end) == Some(&'.')));
        let of = |joint: Joint, next: usize| Some((joint, self.skip_spaces(next)));
        let sign = self.chars.get(at);
        if let Some(next) = self.word(at, Word::To) {
            return of(Joint::To, next);
        }
        if matches!(sign, Some('-' | '–' | '~')) {
            // Finnish "elo- ja lokakuussa" has one word for both months.
            let next = self.skip_spaces(at + 1);
            return of(Joint::To, self.word(next, Word::And).unwrap_or(next));
        }
        if let Some(next) = self.word(at, Word::And) {
            return of(Joint::And, next);
        }
        if !matches!(sign, Some(',' | '、')) {
            return None;
        }
        let next = self.skip_spaces(at + 1);
        self.word(next, Word::And).map_or_else(|| of(Joint::Comma, next), |after| of(Joint::And, after))
    }

    /// Past a word such as "day" before the number of one.
    fn past_day_prefix(&self, at: usize) -> usize {
        self.word(at, Word::DayPrefix).map_or(at, |end| self.skip_spaces(end))
    }
}

fn dated(date: Date, start: usize, end: usize) -> Found {
    Found { kind: QuantityKind::Date, meaning: Meaning::Date(date), strength: Strength::Digits, start, end }
}

/// Gives the year of a date to its neighbours that have none, up to the turn of the year.
fn share_years(found: &mut [Found]) {
    let order = |date: Date| (date.month, date.day);
    let share = |found: &mut [Found], from: usize, to: usize| {
        let (Meaning::Date(from_date), Meaning::Date(to_date)) = (&found[from].meaning, &found[to].meaning) else {
            return;
        };
        let (from_date, to_date) = (*from_date, *to_date);
        let in_order = if from < to { order(from_date) < order(to_date) } else { order(to_date) < order(from_date) };
        if to_date.year.is_none() && from_date.year.is_some() && in_order {
            found[to].meaning = Meaning::Date(Date { year: from_date.year, ..to_date });
            found[to].strength = Strength::Digits;
        }
    };
    for at in 1..found.len() {
        share(found, at - 1, at);
    }
    for at in (1..found.len()).rev() {
        share(found, at, at - 1);
    }
}
