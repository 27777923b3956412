//! Compares the quantities of two texts that should say the same.

use super::meaning::{Amount, Class, Date, Kind, Meaning, Quantity, Strength, close};
use super::same::{compatible, plain, same};

/// A quantity that one side has and the other has not, or has with another meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Which rule it belongs to.
    pub class: Class,
    /// Index of the source's quantity; `None` if the translation added one.
    pub source: Option<usize>,
    /// Index of the translation's quantity; `None` if it lost one.
    pub translation: Option<usize>,
}

/// How two quantities with the same meaning are the same, the closest first; pairs are made in this order.
const DEGREES: [fn(&Quantity, &Quantity) -> bool; 4] = [
    |a, b| a.kind == b.kind && same(a, b) && a.strength == Strength::Digits && b.strength == Strength::Digits,
    |a, b| a.kind == b.kind && same(a, b),
    |a, b| a.literal == b.literal,
    compatible,
];

/// Compares two lists of quantities as multisets of meanings.
///
/// Equal meanings pair first, then those that two languages may write for each other. Of what is left, strong
/// quantities of a class pair up in order as changed values; the rest was lost or added. Quantities that languages say or
/// leave out as they like never raise a difference.
pub fn compare(source: &[Quantity], translation: &[Quantity]) -> Vec<Difference> {
    let mut sides = Sides { source, translation, left: vec![true; source.len()], right: vec![true; translation.len()] };
    for degree in DEGREES {
        sides.pair(degree);
    }
    sides.combine();
    sides.excuse_repeats();
    sides.differences()
}

/// Both lists, and what of them has no counterpart yet.
struct Sides<'a> {
    source: &'a [Quantity],
    translation: &'a [Quantity],
    left: Vec<bool>,
    right: Vec<bool>,
}

impl Sides<'_> {
    fn pair(&mut self, fits: fn(&Quantity, &Quantity) -> bool) {
        /// How far ahead a counterpart is looked for; only lists that are no prose are longer.
        const WINDOW: usize = 2048;
        let mut first_open = 0;
        for (at, quantity) in self.source.iter().enumerate() {
            if !self.left[at] {
                continue;
            }
<<<<<<< HEAD
            let found = (0..self.translation.len())
=======
            while self.right.get(first_open) == Some(&false) {
                first_open += 1;
            }
            let found = (first_open..self.translation.len())
                .take(WINDOW)
>>>>>>> w-quantity
                .find(|&other| self.right[other] && fits(quantity, &self.translation[other]));
            if let Some(other) = found {
                self.left[at] = false;
                self.right[other] = false;
            }
        }
    }

    /// Pairs one quantity of a side with several of the other.
    fn combine(&mut self) {
        for at in 0..self.source.len() {
            if self.left[at] && take_parts(&self.source[at], self.translation, &mut self.right) {
                self.left[at] = false;
            }
        }
        for at in 0..self.translation.len() {
            if self.right[at] && take_parts(&self.translation[at], self.source, &mut self.left) {
                self.right[at] = false;
            }
        }
    }

    /// What repeats something that did pair is no difference: a translator says a number twice, or once for two. Where both
    /// sides have something of a kind left, one of them changed.
    fn excuse_repeats(&mut self) {
        let excused = |of: &[Quantity], open: &[bool], other: &[Quantity], other_open: &[bool]| -> Vec<bool> {
<<<<<<< HEAD
            let repeats = |quantity: &Quantity| {
                other
                    .iter()
                    .zip(other_open)
                    .any(|(twin, open)| !open && (same(quantity, twin) || compatible(quantity, twin)))
=======
            let rivals = |quantity: &Quantity| {
                other
                    .iter()
                    .zip(other_open)
                    .any(|(rival, open)| *open && rival.kind == quantity.kind && rival.strength == Strength::Digits)
>>>>>>> w-quantity
            };
            let repeats = |quantity: &Quantity| {
                other
                    .iter()
                    .zip(other_open)
                    .any(|(twin, open)| !open && (same(quantity, twin) || compatible(quantity, twin)))
            };
            let excuse = |quantity: &Quantity| !rivals(quantity) && repeats(quantity);
            of.iter().zip(open).map(|(quantity, &open)| open && !excuse(quantity)).collect()
        };
        let left = excused(self.source, &self.left, self.translation, &self.right);
        let right = excused(self.translation, &self.right, self.source, &self.left);
        (self.left, self.right) = (left, right);
    }

    fn differences(&self) -> Vec<Difference> {
        let open = |quantities: &[Quantity], open: &[bool]| -> Vec<usize> {
            (0..quantities.len()).filter(|&at| open[at] && quantities[at].strength > Strength::Weak).collect()
        };
        let (left, mut right) = (open(self.source, &self.left), open(self.translation, &self.right));
        let mut found = Vec::new();
        for &at in &left {
            let quantity = &self.source[at];
            let partner = closest(quantity, self.translation, &right);
            if let Some(position) = partner {
                let other = right.remove(position);
                let kind = self.translation[other].kind;
                found.push(Difference {
                    class: class(quantity.kind, kind),
                    source: Some(at),
                    translation: Some(other),
                });
            } else if quantity.strength == Strength::Digits {
                found.push(Difference { class: quantity.kind.class(), source: Some(at), translation: None });
            }
        }
        for other in right {
            let quantity = &self.translation[other];
            if quantity.strength == Strength::Digits {
                found.push(Difference { class: quantity.kind.class(), source: None, translation: Some(other) });
            }
        }
        found
    }
}

/// The position in `open` of the quantity that stands for `quantity` with another meaning: of its kind, or else of its
/// class; one of the two must be sure to need a counterpart.
fn closest(quantity: &Quantity, others: &[Quantity], open: &[usize]) -> Option<usize> {
    let firm = |other: &Quantity| {
        quantity.strength == Strength::Digits
            || other.strength == Strength::Digits
            || (quantity.kind == other.kind && quantity.kind != Kind::Number && quantity.kind != Kind::Ordinal)
    };
    let by = |fits: &dyn Fn(&Quantity) -> bool| open.iter().position(|&at| fits(&others[at]) && firm(&others[at]));
    by(&|other| other.kind == quantity.kind)
        .or_else(|| by(&|other| other.kind.class() == quantity.kind.class()))
        .or_else(|| by(&|other| plain(other.kind) || plain(quantity.kind)))
}

/// The class of a pair: the one that says more than a bare number.
fn class(source: Kind, translation: Kind) -> Class {
    if source.class() == Class::Number { translation.class() } else { source.class() }
}

<<<<<<< HEAD
/// Whether two quantities say the same.
fn same(a: &Quantity, b: &Quantity) -> bool {
    match (&a.meaning, &b.meaning) {
        (Meaning::Number(a), Meaning::Number(b)) | (Meaning::Percent(a), Meaning::Percent(b)) => a.agrees(*b),
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
        (Meaning::Identifier(a), Meaning::Identifier(b)) => a == b || same_numbered_word(a, b) || same_quarter(a, b),
        (a, b) => a == b,
    }
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
    if matches!(dimension, Dimension::Other | Dimension::Temperature) || dimension != other.dimension() {
        return false;
    }
    let scaled = |amount: Amount, unit: Unit| Amount {
        value: amount.value * unit.factor(),
        alternative: amount.alternative.map(|value| value * unit.factor()),
    };
    // Writers do not keep bits and bytes apart in the symbols.
    let blurred = unit.bits_or_bytes(true) == other.bits_or_bytes(true) && a.agrees(b);
    blurred || scaled(a, unit).agrees(scaled(b, other))
}

/// Whether one language may write `a` where the other writes `b`.
fn compatible(a: &Quantity, b: &Quantity) -> bool {
    if a.kind == b.kind {
        return same(a, b);
    }
    if let (Meaning::Version(a), Meaning::Identifier(b)) | (Meaning::Identifier(b), Meaning::Version(a)) =
        (&a.meaning, &b.meaning)
    {
        return a == b || *a == b.trim_start_matches(char::is_alphabetic);
    }
    bare_readings(a).iter().any(|x| bare_readings(b).iter().any(|y| close(x.abs(), y.abs())))
}

/// The bare numbers that a quantity may be in a language that writes it without its unit, or with one that is not known.
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
            [only] if only > 1.0 => vec![only],
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
        Meaning::Availability(24, 7) => vec![24.0],
        Meaning::Version(text) => text.parse().into_iter().collect(),
        Meaning::Identifier(text) => single_number(text).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether two names are words of the language with the same number: "Product2" and "Produkt2".
fn same_numbered_word(a: &str, b: &str) -> bool {
    /// Shorter ones are abbreviations, which nobody translates.
    const MIN_LETTERS: usize = 4;
    let one_word = |text: &str| text.chars().all(char::is_alphanumeric);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    letters(a).max(letters(b)) >= MIN_LETTERS
        && one_word(a)
        && one_word(b)
        && single_number(a).is_some()
        && single_number(a) == single_number(b)
}

/// Whether one is a quarter of the year in English, and the other is so in another language: Q1, T1, K1.
fn same_quarter(a: &str, b: &str) -> bool {
    let quarter = |text: &str| text.len() == 2 && matches!(text.as_bytes()[1], b'1'..=b'4');
    quarter(a) && quarter(b) && a[1..] == b[1..] && (a.starts_with('q') || b.starts_with('q'))
}

/// The number in a name that has only one.
fn single_number(text: &str) -> Option<f64> {
    if let Ok(number) = text.trim_start_matches(char::is_alphabetic).parse() {
        return Some(number);
    }
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let only = runs.next()?;
    if runs.next().is_some() { None } else { only.parse().ok() }
}

=======
>>>>>>> w-quantity
/// Pairs `whole` with several open quantities of the other side that together say it.
fn take_parts(whole: &Quantity, others: &[Quantity], open: &mut [bool]) -> bool {
    let wanted: Vec<Meaning> = match &whole.meaning {
        Meaning::TimeRange(a, b) => vec![Meaning::Time(*a), Meaning::Time(*b)],
        Meaning::Duration(parts) if parts.len() > 1 => {
            parts.iter().map(|part| Meaning::Duration(vec![*part])).collect()
        }
        Meaning::Availability(hours, days) => {
            [hours, days].map(|n| Meaning::Number(Amount::exact(f64::from(*n)))).into()
        }
        Meaning::Ratio(parts) => parts.iter().map(|part| Meaning::Number(Amount::exact(*part))).collect(),
        Meaning::Percent(amount) => return take_quotient(amount.value, others, open),
        Meaning::Date(date) => date_parts(*date),
        _ => return false,
    };
    if wanted.len() < 2 {
        return false;
    }
    let mut taken = Vec::new();
    for meaning in wanted {
        let kind = whole.kind;
        let part = Quantity { kind: part_kind(&meaning, kind), meaning, literal: String::new(), ..whole.clone() };
        let found = (0..others.len()).find(|at| {
            open[*at]
                && !taken.contains(at)
                && (same(&part, &others[*at]) || (part.kind != others[*at].kind && compatible(&part, &others[*at])))
        });
        match found {
            Some(at) => taken.push(at),
            None => return false,
        }
    }
    for at in taken {
        open[at] = false;
    }
    true
}

/// The day and month of a date beside its year, and each alone.
fn date_parts(date: Date) -> Vec<Meaning> {
    let year = date.year.map(|year| Meaning::Date(Date { year: Some(year), ..Date::default() }));
    let rest = Date { year: None, ..date };
    match (year, date.month) {
        (Some(year), Some(_)) => vec![year, Meaning::Date(rest)],
        _ => Vec::new(),
    }
}

fn part_kind(meaning: &Meaning, whole: Kind) -> Kind {
    match meaning {
        Meaning::Time(_) => Kind::Time,
        Meaning::Number(_) => Kind::Number,
        _ => whole,
    }
}

/// "6 in 10" for 60 %: two numbers beside each other whose quotient it is.
fn take_quotient(percent: f64, others: &[Quantity], open: &mut [bool]) -> bool {
    let number = |at: usize| match others.get(at).map(|other| &other.meaning) {
        Some(Meaning::Number(amount)) if open[at] => Some(amount.value),
        _ => None,
    };
    let found = (1..others.len()).find(|&at| {
        matches!((number(at - 1), number(at)), (Some(part), Some(whole)) if whole != 0.0
            && (close(part / whole * 100.0, percent) || close(whole / part * 100.0, percent)))
    });
    let Some(at) = found else { return false };
    open[at - 1] = false;
    open[at] = false;
    true
}
