//! What a quantity says: its kind and its value, whatever the language.

use super::units::Unit;
use isogloss_text::Span;

/// What sort of quantity something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A plain count.
    Number,
    /// A place in an order.
    Ordinal,
    /// Parts of a hundred.
    Percent,
    /// Numbers against each other: 16:9.
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

impl Kind {
    /// The word for it in machine-readable output.
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

    /// Which rule a difference in it belongs to.
    pub fn class(self) -> Class {
        match self {
            Self::Percent | Self::Duration | Self::Time | Self::TimeRange | Self::Availability => Class::Sla,
            Self::Date => Class::Date,
            _ => Class::Number,
        }
    }
}

/// Which rule a difference belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// Times, durations, availability and percentages.
    Sla,
    /// Every other number.
    Number,
    /// Dates.
    Date,
}

/// A decimal number, and what it would be with its separator read the other way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// In the locale's own reading.
    pub value: f64,
    /// `1.234` read with the other decimal sign.
    pub alternative: Option<f64>,
}

impl Amount {
    /// An amount that is read in one way only.
    pub fn exact(value: f64) -> Self {
        Self { value, alternative: None }
    }

    /// Both readings.
    pub fn readings(self) -> impl Iterator<Item = f64> {
        std::iter::once(self.value).chain(self.alternative)
    }

    /// Whether some reading of this is some reading of the other, whatever the sign.
    pub fn agrees(self, other: Self) -> bool {
        self.readings().any(|a| other.readings().any(|b| close(a.abs(), b.abs())))
    }
}

/// Whether two decimal numbers are the same but for rounding.
pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// A time of day; parts that the text does not give are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 30: some languages count past midnight.
    pub hour: Option<u8>,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: Option<u8>,
    /// Whether it could be twelve hours later: a text that counts to twelve does not say which half of the day.
    pub vague: bool,
}

/// A date; parts that the text does not give are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Date {
    /// As written: `22` is not made `2022`.
    pub year: Option<u16>,
    /// 1 to 12, or 0 where a text says so.
    pub month: Option<u8>,
    /// 1 to 31, or 0 where a text says so.
    pub day: Option<u8>,
    /// A second month name in the same date: a fault of the text.
    pub second_month: Option<u8>,
    /// Whether day and month could be the other way round.
    pub swappable: bool,
}

/// What a quantity says.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// A count.
    Number(Amount),
    /// A place in an order.
    Ordinal(f64),
    /// In hundredths.
    Percent(Amount),
    /// Of its parts, in order.
    Ratio(Vec<f64>),
    /// The sum of its parts.
    Duration(Vec<(Amount, Unit)>),
    /// A time of day.
    Time(Clock),
    /// From, to.
    TimeRange(Clock, Clock),
    /// Hours a day, days a week.
    Availability(u8, u8),
    /// A date.
    Date(Date),
    /// An amount and its ISO 4217 code.
    Money(Amount, [u8; 3]),
    /// An amount of a unit that is not a time.
    Measure(Amount, Unit),
    /// Compared as it is written.
    Version(String),
    /// Compared as it is written.
    Identifier(String),
}

/// How sure it is that a quantity must have a counterpart in a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// Languages say it or leave it out as they like: articles, "once", a number inside a word.
    Weak,
    /// In words.
    Words,
    /// In digits.
    Digits,
}

/// A number with its meaning, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Its kind.
    pub kind: Kind,
    /// Where it stands in the text that was read.
    pub span: Span,
    /// What it says.
    pub meaning: Meaning,
    /// How sure it is to have a counterpart.
    pub strength: Strength,
    /// As written, folded: lower case, ASCII digits.
    pub literal: String,
}
