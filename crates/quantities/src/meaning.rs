//! The meaning of a quantity, independent of language.

use crate::units::Unit;

use isogloss_text::Span;

/// The kind of a quantity.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuantityKind {
    /// A plain count.
    Number,
    /// A position in an order: "third".
    Ordinal,
    /// Parts of a hundred.
    Percent,
    /// Numbers in proportion: 16:9.
    Ratio,
    /// A span of time.
    Duration,
    /// A time of day.
    Time,
    /// From one time of day to another.
    TimeRange,
    /// Hours a day and days a week: 24/7.
    Availability,
    /// A day, a month or a year.
    Date,
    /// An amount of a currency.
    Money,
    /// An amount of data.
    Size,
    /// A distance.
    Length,
    /// A mass.
    Mass,
    /// A temperature.
    Temperature,
    /// A frequency.
    Frequency,
    /// An amount of any other unit.
    Measure,
    /// A version of something.
    Version,
    /// A name with digits in it, compared letter by letter.
    Identifier,
}

impl QuantityKind {
    /// The name of the kind in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Ordinal => "ordinal",
            Self::Percent => "percent",
            Self::Ratio => "ratio",
            Self::Duration => "duration",
            Self::Time => "time",
            Self::TimeRange => "time-range",
            Self::Availability => "availability",
            Self::Date => "date",
            Self::Money => "currency",
            Self::Size => "size",
            Self::Length => "length",
            Self::Mass => "mass",
            Self::Temperature => "temperature",
            Self::Frequency => "frequency",
            Self::Measure => "measure",
            Self::Version => "version",
            Self::Identifier => "identifier",
        }
    }

    /// The category of the kind.
    pub fn category(self) -> Category {
        match self {
            Self::Percent | Self::Duration | Self::Time | Self::TimeRange | Self::Availability => {
                Category::ServiceLevel
            }
            Self::Date => Category::Date,
            _ => Category::Number,
        }
    }
}

/// Groups of kinds that documentation needs to keep apart.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Times of day, durations, availability and percentages: what a service-level agreement promises.
    ServiceLevel,
    /// All other numbers.
    Number,
    /// Dates.
    Date,
}

/// A decimal number, with its value under the other decimal separator if its digits allow it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The value with the decimal separator of the locale.
    pub value: f64,
    /// The value with the other separator: 1234 or 1.234 for `1.234`.
    pub alternative: Option<f64>,
}

impl Amount {
    /// An amount with a single reading.
    pub fn exact(value: f64) -> Self {
        Self { value, alternative: None }
    }

    /// The value and its alternative.
    pub fn readings(self) -> impl Iterator<Item = f64> {
        std::iter::once(self.value).chain(self.alternative)
    }

    /// Whether any reading of this amount equals any reading of the other; signs are ignored.
    pub fn agrees(self, other: Self) -> bool {
        self.readings().any(|a| other.readings().any(|b| close(a.abs(), b.abs())))
    }
}

/// Whether two numbers are equal up to rounding errors.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// A time of day; parts that are not written are `None`.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 30; some languages count past midnight.
    pub hour: Option<u8>,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: Option<u8>,
    /// Whether it may be twelve hours later: a 12-hour time without "am" or "pm".
    pub vague: bool,
}

/// A date; parts that are not written are `None`.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Date {
    /// As written: `22` is not expanded to `2022`.
    pub year: Option<u16>,
    /// 1 to 12, or 0 if written so.
    pub month: Option<u8>,
    /// 1 to 31, or 0 if written so.
    pub day: Option<u8>,
    /// A second month name in the same date, which is a mistake in the text.
    pub second_month: Option<u8>,
    /// Whether day and month may be the other way round.
    pub swappable: bool,
    /// Whether only another date says the month: the 7 of "March 4–7".
    pub shares: bool,
}

/// The value of a quantity.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A plain number.
    Number(Amount),
    /// A position in an order: "third".
    Ordinal(f64),
    /// Per cent.
    Percent(Amount),
    /// Per cent that are taken off a price.
    Discount(Amount),
    /// The parts, in order.
    Ratio(Vec<f64>),
    /// The parts, which add up.
    Duration(Vec<(Amount, Unit)>),
    /// A time of day.
    Time(Clock),
    /// Start and end.
    TimeRange(Clock, Clock),
    /// Hours a day and days a week.
    Availability(u8, u8),
    /// A date.
    Date(Date),
    /// An amount and its ISO 4217 code.
    Money(Amount, [u8; 3]),
    /// An amount of a unit other than time.
    Measure(Amount, Unit),
    /// Compared as written.
    Version(String),
    /// Compared as written.
    Identifier(String),
}

/// How strongly a quantity requires a counterpart in a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Optional by idiom: articles, "once", a number inside a word.
    Weak,
    /// Written in words.
    Words,
    /// Written in digits.
    Digits,
}

impl Strength {
    /// Its name in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Words => "words",
            Self::Digits => "digits",
        }
    }
}

/// A number with its meaning.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Its kind.
    pub kind: QuantityKind,
    /// The bytes of the text that it was read from.
    pub span: Span,
    /// Its value.
    pub meaning: Meaning,
    /// How strongly it requires a counterpart.
    pub strength: Strength,
    /// As written, without spaces, in lower case and ASCII digits.
    pub literal: String,
}

impl Quantity {
    /// Whether it is a small number without a unit.
    pub(crate) fn is_small_count(&self) -> bool {
        const LARGEST: f64 = 12.0;
        match self.meaning {
            Meaning::Number(amount) => amount.value.fract() == 0.0 && amount.value.abs() <= LARGEST,
            Meaning::Ordinal(value) => value <= LARGEST,
            _ => false,
        }
    }

    /// Whether it is written in digits, at least in part.
    pub(crate) fn is_in_digits(&self) -> bool {
        self.literal.bytes().any(|byte| byte.is_ascii_digit())
    }
}
