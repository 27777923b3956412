//! Whether two quantities mean the same, in one language or in two.

use crate::meaning::{Amount, Clock, Date, Meaning, Quantity, QuantityKind, close};
use crate::units::{Dimension, Unit};

/// Whether two quantities mean the same.
pub(crate) fn same(a: &Quantity, b: &Quantity) -> bool {
    match (&a.meaning, &b.meaning) {
        (Meaning::Number(x), Meaning::Number(y)) => {
            x.agrees(*y)
                && !are_versions(&a.literal, &b.literal)
                && !differ_beyond_rounding(&a.literal, &b.literal)
                && !are_zeros_apart(x.value, &a.literal, &b.literal)
                && !has_lost_minus(a, b)
        }
        (Meaning::Percent(a) | Meaning::Discount(a), Meaning::Percent(b) | Meaning::Discount(b)) => a.agrees(*b),
        (Meaning::Ordinal(a), Meaning::Ordinal(b)) => close(*a, *b),
        (Meaning::Ratio(a), Meaning::Ratio(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| close(a.abs(), b.abs()))
        }
        (Meaning::Duration(a), Meaning::Duration(b)) => same_duration(a, b),
        (Meaning::Time(a), Meaning::Time(b)) => same_clock(*a, *b),
        (Meaning::TimeRange(a, b), Meaning::TimeRange(c, d)) => same_clock(*a, *c) && same_clock(*b, *d),
        (Meaning::Date(a), Meaning::Date(b)) => same_date(*a, *b),
        (Meaning::Money(a, code), Meaning::Money(b, other)) => a.agrees(*b) && code == other,
        (Meaning::Measure(a, unit), Meaning::Measure(b, other)) => same_measure(*a, *unit, *b, *other),
        (Meaning::Version(a), Meaning::Version(b)) => without_wildcard(a) == without_wildcard(b),
        (Meaning::Identifier(a), Meaning::Identifier(b)) => a == b || same_numbered_word(a, b) || same_quarter(a, b),
        (a, b) => a == b,
    }
}

/// Whether two numbers of equal value are different versions, such as `3.1` and `3.10`: translators do not add or drop
/// that zero while they keep the point.
fn are_versions(a: &str, b: &str) -> bool {
    let tenfold = |short: &str, long: &str| {
        let one_digit = short.split_once('.').is_some_and(|(_, fraction)| matches!(fraction.as_bytes(), [b'1'..=b'9']));
        one_digit && long.strip_prefix(short) == Some("0")
    };
    tenfold(a, b) || tenfold(b, a)
}

/// A version without a last part that stands for any: `3.x` is version 3.
fn without_wildcard(version: &str) -> &str {
    version.strip_suffix(".x").or_else(|| version.strip_suffix(".*")).unwrap_or(version)
}

/// Whether two whole numbers have more digits than are compared otherwise, and differ in them.
fn differ_beyond_rounding(a: &str, b: &str) -> bool {
    /// The digits that the comparison of amounts is sure of.
    const SURE: usize = 9;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_whole = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\''));
    a.len() > SURE && b.len() > SURE && is_whole(a) && is_whole(b) && {
        let (a, b) = (digits(a), digits(b));
        a.len() == b.len() && a != b
    }
}

/// Whether only one of two numbers has a minus sign. A word for it may also be "less": `al menos 5`.
fn has_lost_minus(a: &Quantity, b: &Quantity) -> bool {
    let has_sign = |quantity: &Quantity| quantity.literal.starts_with('-');
    let is_positive = |quantity: &Quantity| matches!(quantity.meaning, Meaning::Number(amount) if amount.value > 0.0);
    has_sign(a) && is_positive(b) || has_sign(b) && is_positive(a)
}

/// Whether one is a pair of zeros, `0,0`, and the other a single one: the second zero may be elsewhere.
fn are_zeros_apart(value: f64, a: &str, b: &str) -> bool {
    let is_pair = |text: &str| text == "0,0" || text == "0.0";
    value == 0.0 && is_pair(a) != is_pair(b)
}

fn same_duration(a: &[(Amount, Unit)], b: &[(Amount, Unit)]) -> bool {
    if let ([(a, unit)], [(b, other)]) = (a, b)
        && unit == other
    {
        return a.agrees(*b);
    }
    let business = |parts: &[(Amount, Unit)]| parts.iter().any(|(_, unit)| *unit == Unit::BUSINESS_DAY);
    if business(a) != business(b) {
        return false;
    }
    let total = |parts: &[(Amount, Unit)], dimension| -> f64 {
        parts
            .iter()
            .filter(|(_, unit)| unit.dimension() == dimension)
            .map(|(amount, unit)| amount.value * unit.factor())
            .sum()
    };
    let other_reading = |parts: &[(Amount, Unit)]| match parts {
        [(Amount { alternative: Some(value), .. }, unit)] => Some([(Amount::exact(*value), *unit)]),
        _ => None,
    };
    let equal = |a: &[(Amount, Unit)], b: &[(Amount, Unit)]| {
        [Dimension::Seconds, Dimension::Months]
            .into_iter()
            .all(|dimension| close(total(a, dimension), total(b, dimension)))
    };
    equal(a, b) || other_reading(a).is_some_and(|a| equal(&a, b)) || other_reading(b).is_some_and(|b| equal(a, &b))
}

fn same_clock(a: Clock, b: Clock) -> bool {
    let hours = match (a.hour, b.hour) {
        (Some(x), Some(y)) => {
            x == y || (a.vague && x % 12 == y % 12) || (b.vague && x % 12 == y % 12) || (x % 24 == y % 24)
        }
        (x, y) => x == y,
    };
    hours && a.minute == b.minute && a.second.unwrap_or(0) == b.second.unwrap_or(0)
}

fn same_date(a: Date, b: Date) -> bool {
    let turned = |date: Date| Date { day: date.month, month: date.day, ..date };
    let equal = |a: Date, b: Date| {
        let short = |year: Option<u16>| year.map(|year| year % 100);
        let years = a.year == b.year || (a.year.min(b.year) < Some(100) && short(a.year) == short(b.year));
        years && a.month == b.month && a.day == b.day && a.second_month == b.second_month
    };
    equal(a, b) || (a.swappable && equal(turned(a), b)) || (b.swappable && equal(a, turned(b)))
}

fn same_measure(a: Amount, unit: Unit, b: Amount, other: Unit) -> bool {
    if unit == other {
        return a.agrees(b);
    }
    let dimension = unit.dimension();
    // A bare degree sign has no scale.
    let bare = |unit: Unit| unit.id() == "°";
    let degrees = |unit: Unit| matches!(unit.id(), "°C" | "°F");
    if (bare(unit) && degrees(other)) || (degrees(unit) && bare(other)) {
        return a.agrees(b);
    }
    if matches!(dimension, Dimension::Other | Dimension::Temperature) || dimension != other.dimension() {
        return false;
    }
    let scaled = |amount: Amount, unit: Unit| Amount {
        value: amount.value * unit.factor(),
        alternative: amount.alternative.map(|value| value * unit.factor()),
    };
    // Writers mix up the symbols of bits and bytes.
    let blurred = unit.bits_or_bytes(true) == other.bits_or_bytes(true) && a.agrees(b);
    blurred || scaled(a, unit).agrees(scaled(b, other))
}

/// Whether one language may write `a` where another writes `b`.
pub(crate) fn compatible(a: &Quantity, b: &Quantity) -> bool {
    if a.kind == b.kind {
        return same(a, b);
    }
    if let (Meaning::Version(a), Meaning::Identifier(b)) | (Meaning::Identifier(b), Meaning::Version(a)) =
        (&a.meaning, &b.meaning)
    {
        let (a, b) = (without_wildcard(a), without_wildcard(b));
        return a == b || a == b.trim_start_matches(char::is_alphabetic);
    }
    if let (Meaning::Measure(..), Meaning::Measure(..)) = (&a.meaning, &b.meaning) {
        return same(a, b);
    }
    if let (Meaning::Measure(x, unit), Meaning::Money(y, code)) | (Meaning::Money(y, code), Meaning::Measure(x, unit)) =
        (&a.meaning, &b.meaning)
    {
        return may_be_pounds(*unit, *code) && x.agrees(*y);
    }
    if let (Meaning::Measure(x, unit), Meaning::Percent(y)) | (Meaning::Percent(y), Meaning::Measure(x, unit)) =
        (&a.meaning, &b.meaning)
    {
        // "Points" are of a size, a score or a percentage.
        let has_sign = a.literal.contains('%') || b.literal.contains('%');
        return unit.id() == "pt" && !has_sign && x.agrees(*y);
    }
    if let (Meaning::Version(version), Meaning::Number(_)) | (Meaning::Number(_), Meaning::Version(version)) =
        (&a.meaning, &b.meaning)
    {
        // Version 3.20 is not 3.2.
        let number = if a.kind == QuantityKind::Number { &a.literal } else { &b.literal };
        if are_versions(without_wildcard(version), number) {
            return false;
        }
    }
    let crossed = plain(a.kind) || plain(b.kind);
    let whole_day =
        of_kinds(a, b, QuantityKind::Availability, QuantityKind::Duration) && [a, b].into_iter().all(is_whole_day);
    let clocked = of_kinds(a, b, QuantityKind::Time, QuantityKind::Duration) && seconds(a) == seconds(b);
    let dated = of_kinds(a, b, QuantityKind::Date, QuantityKind::Duration)
        && years(a).is_some_and(|year| Some(year) == years(b));
    whole_day
        || clocked
        || dated
        || crossed && bare_readings(a).iter().any(|x| bare_readings(b).iter().any(|y| close(x.abs(), y.abs())))
}

/// Whether a unit and a currency have the same name: "pounds" are either.
fn may_be_pounds(unit: Unit, code: [u8; 3]) -> bool {
    const POUNDS: [[u8; 3]; 9] = [*b"GBP", *b"EGP", *b"LBP", *b"SYP", *b"SDG", *b"SSP", *b"FKP", *b"GIP", *b"SHP"];
    unit.id() == "lb" && POUNDS.contains(&code)
}

/// The two quantities in the order of these kinds, if they are of them.
fn of_kinds(a: &Quantity, b: &Quantity, one: QuantityKind, other: QuantityKind) -> bool {
    (a.kind, b.kind) == (one, other) || (a.kind, b.kind) == (other, one)
}

/// A time of day or a duration in whole seconds: "17 h" may be either.
fn seconds(quantity: &Quantity) -> Option<i64> {
    match &quantity.meaning {
        Meaning::Time(Clock { hour: Some(hour), minute, second, .. }) => {
            Some(i64::from(*hour) * 3600 + i64::from(*minute) * 60 + i64::from(second.unwrap_or(0)))
        }
        Meaning::Duration(parts) if parts.iter().all(|(_, unit)| unit.dimension() == Dimension::Seconds) => {
            let total: f64 = parts.iter().map(|(amount, unit)| amount.value * unit.factor()).sum();
            Some(total.round() as i64)
        }
        _ => None,
    }
}

/// A year, or a duration of that many years: "2000年" may be either.
fn years(quantity: &Quantity) -> Option<f64> {
    match &quantity.meaning {
        Meaning::Date(Date { year: Some(year), month: None, day: None, .. }) => Some(f64::from(*year)),
        Meaning::Duration(parts) => match parts[..] {
            [(amount, unit)] if unit.id() == "year" => Some(amount.value),
            _ => None,
        },
        _ => None,
    }
}

/// Availability all day, or twenty-four hours.
fn is_whole_day(quantity: &Quantity) -> bool {
    match &quantity.meaning {
        Meaning::Duration(parts) => same_duration(parts, &[(Amount::exact(24.0), Unit::HOUR)]),
        meaning => *meaning == Meaning::Availability(24, 7),
    }
}

/// The bare numbers that correspond to a quantity in a language that drops its unit, or has one that is not known.
fn bare_readings(quantity: &Quantity) -> Vec<f64> {
    let of_clock = |clock: &Clock| match (clock.hour, clock.minute, clock.second) {
        (Some(hour), 0, None) => vec![f64::from(hour), f64::from(hour % 12)],
        (Some(hour), minute, None) => {
            vec![f64::from(hour) + f64::from(minute) / 60.0, f64::from(hour) + f64::from(minute) / 100.0]
        }
        _ => Vec::new(),
    };
    match &quantity.meaning {
        Meaning::Number(amount) | Meaning::Money(amount, _) | Meaning::Measure(amount, _) => {
            amount.readings().collect()
        }
        Meaning::Percent(amount) => amount.readings().flat_map(|value| [value, value / 100.0]).collect(),
        Meaning::Ordinal(value) => vec![*value],
        Meaning::Ratio(parts) => match parts[..] {
            [1.0, b] if b > 1.0 => vec![b, 1.0 / b],
            [a, b] if 1.0 < a && a < b => vec![a / b],
            [only] if !close(only, 1.0) => vec![only],
            _ => Vec::new(),
        },
        Meaning::Duration(parts) => match parts[..] {
            [(amount, _)] => amount.readings().collect(),
            [(first, hour), (second, _)] if hour == Unit::HOUR => vec![first.value + second.value / 60.0],
            _ => Vec::new(),
        },
        Meaning::Time(clock) => of_clock(clock),
        Meaning::Date(Date { year: Some(year), month: None, day: None, .. }) => vec![f64::from(*year)],
        Meaning::Date(Date { year: None, month: Some(month), day: None, .. }) => vec![f64::from(*month)],
        Meaning::Version(text) => without_wildcard(text).parse().into_iter().collect(),
        Meaning::Identifier(text) => {
            let billions = text.strip_suffix('b').and_then(|digits| digits.parse::<f64>().ok());
            single_number(text).into_iter().chain(billions.map(|value| value * 1e9)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether two names are a word in either language with the same number: "Product2" and "Produkt2".
fn same_numbered_word(a: &str, b: &str) -> bool {
    /// Shorter words are abbreviations, which are not translated.
    const MIN_LETTERS: usize = 4;
    // Most names differ in their first significant digit, which is quick to see.
    let first_digit = |text: &str| text.bytes().find(|byte| matches!(byte, b'1'..=b'9'));
    if first_digit(a) != first_digit(b) {
        return false;
    }
    let one_word = |text: &str| text.chars().all(char::is_alphanumeric);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    letters(a).max(letters(b)) >= MIN_LETTERS
        && one_word(a)
        && one_word(b)
        && single_number(a).is_some()
        && single_number(a) == single_number(b)
}

/// Whether two names are the same quarter of the year, one in English: Q1, T1, K1.
fn same_quarter(a: &str, b: &str) -> bool {
    let quarter = |text: &str| text.len() == 2 && matches!(text.as_bytes()[1], b'1'..=b'4');
    quarter(a) && quarter(b) && a[1..] == b[1..] && (a.starts_with('q') || b.starts_with('q'))
}

/// The number in a name that has exactly one.
fn single_number(text: &str) -> Option<f64> {
    if let Ok(number) = text.trim_start_matches(char::is_alphabetic).parse() {
        return Some(number);
    }
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let only = runs.next()?;
    if runs.next().is_some() { None } else { only.parse().ok() }
}

/// Whether this is a kind that others turn into when they lose their unit.
pub(crate) fn plain(kind: QuantityKind) -> bool {
    matches!(kind, QuantityKind::Number | QuantityKind::Ordinal)
}
