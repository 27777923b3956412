//! Quantities in words for people, and as values for machine-readable output.

use std::fmt::Write;

use crate::found::times;
use crate::meaning::{Amount, Clock, Date, Meaning, Quantity};
use crate::normalise::{is_hangul, is_unspaced};
use crate::units::Unit;

impl Quantity {
    /// The quantity in words: "06:00 to 17:30", "2 hours", "24/7", "99.9 %".
    pub fn describe(&self) -> String {
        match &self.meaning {
            Meaning::Number(amount) => {
                // Keep "3.10" as written, because it may be a version.
                let decimal = self.literal.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                let as_written = decimal && amount.alternative.is_none() && self.literal.parse() == Ok(amount.value);
                // Longer ones would be rounded.
                let is_long = self.literal.bytes().filter(u8::is_ascii_digit).count() > f64::DIGITS as usize;
                if self.ends_with_magnitude() {
                    self.literal.to_uppercase()
                } else if as_written || is_long {
                    self.literal.clone()
                } else {
                    number(*amount)
                }
            }
            Meaning::Ordinal(value) => format!("number {value}"),
            Meaning::Percent(amount) => format!("{} %", number(*amount)),
            Meaning::Discount(amount) => format!("{} % off", number(*amount)),
            Meaning::Duration(parts) => {
                let parts: Vec<String> = parts.iter().map(|(amount, unit)| duration_part(*amount, *unit)).collect();
                parts.join(" ")
            }
            Meaning::Time(clock) => time(*clock),
            Meaning::TimeRange(from, to) => format!("{} to {}", time(*from), time(*to)),
            Meaning::Availability(hours, days) => format!("{hours}/{days}"),
            Meaning::Date(date) => describe_date(*date),
            Meaning::Money(amount, code) => format!("{} {}", number(*amount), currency(code)),
            Meaning::Measure(amount, unit) => format!("{} {}", number(*amount), unit.id()),
            Meaning::Version(text) => format!("version {text}"),
            // "1920x1080" is a size, and "16:9" a ratio.
            Meaning::Ratio(_) if self.literal.contains(['x', '×']) => self.literal.clone(),
            Meaning::Ratio(parts) if parts.len() > 1 && self.has_sides_by(parts) => self.value().replace(':', "x"),
            Meaning::Ratio(_) | Meaning::Identifier(_) => self.value(),
        }
    }

    /// Whether a ratio is the sides of an area, with a word between them: `30 на 45`.
    fn has_sides_by(&self, parts: &[f64]) -> bool {
        let mut runs = self.literal.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
        let in_order = parts.iter().all(|part| runs.next().is_some_and(|run| run.parse() == Ok(*part)));
        // In `1分の1`, the word is that of a fraction.
        let spaced = |c: char| !is_unspaced(c) && !is_hangul(c);
        let mut letters = self.literal.chars().filter(|c| c.is_alphabetic()).peekable();
        in_order && letters.peek().is_some() && letters.all(spaced)
    }

    /// Whether the letter of a power of ten follows the digits directly, as in "2.5G", which may be a name.
    fn ends_with_magnitude(&self) -> bool {
        let digits = self.literal.trim_end_matches(['k', 'm', 'g', 't', 'b']);
        digits.len() + 1 == self.literal.len() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    }

    /// The value in machine-readable form: decimal numbers, ISO 8601 durations and dates, `HH:MM/HH:MM`.
    pub fn value(&self) -> String {
        match &self.meaning {
            Meaning::Number(amount)
            | Meaning::Percent(amount)
            | Meaning::Money(amount, _)
            | Meaning::Measure(amount, _) => amount.value.to_string(),
            // What remains to be paid.
            Meaning::Discount(amount) => (100.0 - amount.value).to_string(),
            Meaning::Ordinal(value) => value.to_string(),
            Meaning::Ratio(parts) if parts.len() == 1 => format!(":{}", parts[0]),
            Meaning::Ratio(parts) => parts.iter().map(f64::to_string).collect::<Vec<_>>().join(":"),
            Meaning::Duration(parts) => iso_duration(parts),
            Meaning::Time(clock) => time(*clock),
            Meaning::TimeRange(from, to) => format!("{}/{}", time(*from), time(*to)),
            Meaning::Availability(hours, days) => format!("{hours}/{days}"),
            Meaning::Date(date) => iso_date(*date),
            Meaning::Version(text) => text.clone(),
            Meaning::Identifier(text) => text.to_uppercase(),
        }
    }

    /// The values that the quantity may have instead, in the form of [`value`](Self::value): with the other decimal
    /// separator, twelve hours later, with day and month the other way round.
    pub fn alternatives(&self) -> Vec<String> {
        let with = |meaning: Meaning| Self { meaning, ..self.clone() }.value();
        let other = |amount: &Amount| amount.alternative.map(Amount::exact);
        let found = match &self.meaning {
            Meaning::Number(amount) => other(amount).map(Meaning::Number),
            Meaning::Percent(amount) => other(amount).map(Meaning::Percent),
            Meaning::Money(amount, code) => other(amount).map(|amount| Meaning::Money(amount, *code)),
            Meaning::Measure(amount, unit) => other(amount).map(|amount| Meaning::Measure(amount, *unit)),
            Meaning::Duration(parts) => match parts[..] {
                [(amount, unit)] => other(&amount).map(|amount| Meaning::Duration(vec![(amount, unit)])),
                _ => None,
            },
            Meaning::Time(clock) => clock.vague.then(|| {
                let hour = clock.hour.map(|hour| (hour + 12) % 24);
                Meaning::Time(Clock { hour, ..*clock })
            }),
            Meaning::Date(date) => {
                date.swappable.then_some(Meaning::Date(Date { day: date.month, month: date.day, ..*date }))
            }
            _ => None,
        };
        found.map(with).into_iter().collect()
    }

    /// The unit of a measure, or the ISO 4217 code of money.
    pub fn unit(&self) -> Option<&str> {
        match &self.meaning {
            Meaning::Money(_, code) => Some(currency(code)),
            Meaning::Measure(_, unit) => Some(unit.id()),
            _ => None,
        }
    }
}

fn currency(code: &[u8; 3]) -> &str {
    std::str::from_utf8(code).unwrap_or("XXX")
}

fn number(amount: Amount) -> String {
    match amount.alternative {
        Some(alternative) => format!("{} or {alternative}", amount.value),
        None => amount.value.to_string(),
    }
}

fn duration_part(amount: Amount, unit: Unit) -> String {
    let short = unit.id().len() <= 2;
    let one = amount.alternative.is_none() && (amount.value - 1.0).abs() < f64::EPSILON;
    format!("{} {}{}", number(amount), unit.id(), if one || short { "" } else { "s" })
}

/// `17:30`, `17:00:30`, or `--:30` without an hour.
fn time(clock: Clock) -> String {
    let mut text = clock.hour.map_or_else(|| "--".to_owned(), |hour| format!("{hour:02}"));
    // Writing to a string cannot fail.
    let _ = write!(text, ":{:02}", clock.minute);
    if let Some(second) = clock.second {
        let _ = write!(text, ":{second:02}");
    }
    text
}

/// ISO 8601, with business days as `B` before the `D`.
fn iso_duration(parts: &[(Amount, Unit)]) -> String {
    const LETTERS: [(&str, bool); 8] =
        [("Y", false), ("M", false), ("W", false), ("D", false), ("BD", false), ("H", true), ("M", true), ("S", true)];
    let mut sums = [0.0; LETTERS.len()];
    for (amount, unit) in parts {
        let (slot, factor) = match unit.id() {
            "decade" => (0, 10.0),
            "year" => (0, 1.0),
            "half-year" => (1, 6.0),
            "quarter" => (1, 3.0),
            "month" => (1, 1.0),
            "fortnight" => (2, 2.0),
            "week" => (2, 1.0),
            "day" => (3, 1.0),
            "business day" => (4, 1.0),
            "hour" => (5, 1.0),
            "minute" => (6, 1.0),
            _ => (7, unit.factor()),
        };
        sums[slot] += times(amount.value, factor);
    }
    if sums.iter().all(|&sum| sum == 0.0) {
        return "PT0S".to_owned();
    }
    let mut text = String::from("P");
    let mut clock = false;
    for ((letter, timed), sum) in LETTERS.into_iter().zip(sums) {
        if sum != 0.0 {
            if timed && !std::mem::replace(&mut clock, true) {
                text.push('T');
            }
            let _ = write!(text, "{sum}{letter}");
        }
    }
    text
}

/// ISO 8601 with `-` for parts that are not written: `2024-05`, `--05-14`, and both months of a date with two.
fn iso_date(date: Date) -> String {
    let mut text = date.year.map_or_else(|| "-".to_owned(), |year| format!("{year:04}"));
    if let Some(month) = date.month {
        let _ = write!(text, "-{month:02}");
    }
    if let Some(second) = date.second_month {
        let _ = write!(text, "|{second:02}");
    }
    if let Some(day) = date.day {
        let _ = write!(text, "-{day:02}");
    }
    text
}

fn describe_date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let named = |month: u8| match MONTHS.get(usize::from(month).wrapping_sub(1)) {
        Some(name) => (*name).to_owned(),
        None => format!("month {month}"),
    };
    if date.month == Some(0) || date.day == Some(0) {
        return iso_date(date);
    }
    let mut words = Vec::new();
    words.extend(date.day.map(|day| day.to_string()));
    words.extend(date.month.map(named));
    words.extend(date.second_month.map(|month| format!("and {}", named(month))));
    words.extend(date.year.map(|year| year.to_string()));
    words.join(" ")
}
