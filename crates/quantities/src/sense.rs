//! What the words of a language may mean to the grammar.

use crate::units::Unit;

/// Abbreviations of time zones, which make the number before them a time.
pub(crate) const ZONES: &[&str] = &[
    "utc", "gmt", "pt", "pst", "pdt", "et", "est", "edt", "ct", "cst", "cdt", "mt", "cet", "cest", "jst", "ist", "bst",
];

/// How much a number word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Often not a number at all: an article, "once".
    Weak,
    /// A number only with a unit beside it or in a row of others.
    Bound,
    /// A number.
    Plain,
}

/// Part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Am,
    Pm,
    Noon,
    Night,
    /// The moment of twelve, with no number before it.
    Midnight,
}

/// A word of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    Minus,
    And,
    Point,
    From,
    To,
    RangeClose,
    Whole,
    Filler,
    Clock,
    ClockBefore,
    HourMark,
    MinuteMark,
    YearMark,
    MonthMark,
    DayMark,
    DateLink,
    Counter,
    Denominator,
    OrdinalSuffix,
    OrdinalPrefix,
    DecadeSuffix,
    Percent,
    AroundTheClock,
    AllDay,
    AllYear,
    Never,
}

/// What a surface may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    Cardinal(f64, Weight),
    Ordinal(f64, Weight),
    Magnitude(f64),
    Fraction(f64),
    /// After a unit: and this part of it.
    AndFraction(f64),
    Unit(Unit),
    /// A whole duration.
    Duration(f64, Unit),
    /// 1 to 12; whether it is often another word.
    Month(u8, bool),
    Weekday(u8),
    Period(Period),
    /// A percentage counted in parts: this many per cent each; negative is what is left of 100.
    Part(f64),
    /// Before the number: this many per cent each.
    PartPrefix(f64),
    Currency([u8; 3]),
    MinorCurrency(f64),
    /// Days a week of availability.
    Days(u8),
    Word(Word),
}

/// The kinds of quantity that a word may begin, as bits.
pub(crate) mod begins {
    /// Numbers, and what counts like them.
    pub const AMOUNT: u8 = 1;
    /// A word for one that is mostly an article.
    pub const ARTICLE: u8 = 2;
    /// Times of day.
    pub const TIME: u8 = 4;
    /// Dates.
    pub const DATE: u8 = 8;
    /// Availability.
    pub const AVAILABILITY: u8 = 16;
}

impl Sense {
    /// Which kinds of quantity the word may begin.
    pub fn begins(self) -> u8 {
        match self {
            Self::Cardinal(value, Weight::Weak) if value <= 1.0 => begins::ARTICLE,
            Self::Cardinal(..) | Self::Magnitude(_) => begins::AMOUNT | begins::TIME | begins::DATE,
            Self::Ordinal(..)
            | Self::Fraction(_)
            | Self::Currency(_)
            | Self::PartPrefix(_)
            | Self::Duration(..)
            | Self::Word(Word::Minus | Word::Whole | Word::OrdinalPrefix) => begins::AMOUNT,
            Self::Month(..) | Self::Weekday(_) => begins::DATE,
            Self::Period(_) | Self::Word(Word::From | Word::ClockBefore) => begins::TIME,
            Self::Days(_) | Self::Word(Word::AroundTheClock | Word::AllDay | Word::AllYear) => begins::AVAILABILITY,
            _ => 0,
        }
    }

    /// Whether a quantity other than a plain number may need the word to be more than a figure of speech, where no digits
    /// are. Words for one are mostly articles, and all other words of the grammar say something only beside a number.
    pub fn tells(self) -> bool {
        match self {
            // Rows of words that say little say more, if the first is ten at least.
            Self::Cardinal(value, Weight::Weak) => value >= 10.0,
            Self::Cardinal(..) | Self::Magnitude(_) | Self::Duration(..) => true,
            Self::Word(word) => matches!(word, Word::Minus | Word::AroundTheClock | Word::AllDay),
            _ => false,
        }
    }

    /// Whether the word may say something of digits right after it.
    pub fn leads_digits(self) -> bool {
        let word = matches!(self, Self::Word(Word::ClockBefore | Word::OrdinalPrefix));
        word || matches!(self, Self::Month(..) | Self::Period(_) | Self::Currency(_) | Self::PartPrefix(_))
    }

    /// Whether the word may say something of digits right before it.
    pub fn follows_digits(self) -> bool {
        match self {
            Self::Word(word) => matches!(
                word,
                Word::Filler
                    | Word::Clock
                    | Word::HourMark
                    | Word::MinuteMark
                    | Word::YearMark
                    | Word::MonthMark
                    | Word::DayMark
                    | Word::DateLink
                    | Word::Denominator
                    | Word::OrdinalSuffix
                    | Word::DecadeSuffix
                    | Word::Percent
            ),
            Self::Cardinal(..) | Self::Ordinal(..) | Self::Weekday(_) | Self::Days(_) => false,
            _ => true,
        }
    }

    /// Whether the word is a number or a power of ten.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Cardinal(..) | Self::Magnitude(_))
    }

    /// Whether the word may be part of a number that is one word.
    pub fn joins(self) -> bool {
        self.is_number() || self == Self::Word(Word::And)
    }
}
