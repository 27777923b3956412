//! The meanings that words of a language may have in the grammar.

use crate::units::Unit;

/// Abbreviations of time zones, which turn the number before them into a time.
pub(crate) const ZONES: &[&str] = &[
    "utc", "gmt", "pt", "pst", "pdt", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "cet", "cest", "jst",
    "kst", "ist", "bst", "msk", "aest",
];

/// How likely a number word is to be a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Often not a number: an article, "once".
    Weak,
    /// A number only next to a unit or other number words.
    Bound,
    /// A number.
    Plain,
}

/// How surely the name of a month is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// The name is nothing else.
    Surely,
    /// It is also another word, and a month if it has a capital: "May".
    InCapitals,
    /// It is an abbreviation that is also another word, and a month only with a full stop or in a whole date: Czech
    /// "pro", "for".
    InDates,
}

/// Part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Period {
    Am,
    Pm,
    Noon,
    Night,
    /// Hours counted from six in the evening: ทุ่ม.
    Dusk,
    /// Twelve o'clock at night, without a number before it.
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
    MonthPrefix,
    YearPrefix,
    DayPrefix,
    DateLink,
    Counter,
    Per,
    OrMore,
    AtLeast,
    BeyondBefore,
    BeyondAfter,
    Negation,
    Denominator,
    OrdinalSuffix,
    OrdinalPrefix,
    Preposition,
    By,
    Century,
    CenturySuffix,
    DecadePrefix,
    DecadeSuffix,
    Percent,
    AroundTheClock,
    AllDay,
    AllYear,
    Never,
    Vague,
}

/// A meaning of a surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sense {
    Cardinal(f64, Weight),
    Ordinal(f64, Weight),
    Magnitude(f64),
    Fraction(f64),
    /// After a unit: plus this part of it.
    AndFraction(f64),
    /// Before a number: plus this part of one.
    PlusFraction(f64),
    /// Before an hour: plus these minutes.
    ClockOffset(i8),
    Unit(Unit),
    /// Before a unit: to this power.
    Power(f64),
    /// An adjective of a unit of time.
    Periodic(Unit),
    /// A whole duration.
    Duration(f64, Unit),
    /// 1 to 12.
    Month(u8, Named),
    Weekday(u8),
    Period(Period),
    /// A unit of percentages: per cent for each.
    Part(f64),
    /// A unit of discounts: the per cent that each takes off, or negative that it leaves.
    Discount(f64),
    /// Before a number: per cent for each.
    PartPrefix(f64),
    Currency([u8; 3]),
    MinorCurrency(f64),
    /// Before a year: what to add to it.
    Era(i16),
    /// Days per week of availability.
    Days(u8),
    Word(Word),
}

/// The kinds of quantity that a word may start, as bits.
pub(crate) mod begins {
    /// Numbers and amounts.
    pub(crate) const AMOUNT: u8 = 1;
    /// A word for one that is usually an article.
    pub(crate) const ARTICLE: u8 = 2;
    /// Times of day.
    pub(crate) const TIME: u8 = 4;
    /// Dates.
    pub(crate) const DATE: u8 = 8;
    /// Availability.
    pub(crate) const AVAILABILITY: u8 = 16;
}

impl Sense {
    /// The kinds of quantity that the word may start.
    pub(crate) fn begins(self) -> u8 {
        match self {
            Self::Cardinal(value, Weight::Weak) if value <= 1.0 => begins::ARTICLE,
            Self::Cardinal(..) | Self::Magnitude(_) => begins::AMOUNT | begins::TIME | begins::DATE,
            Self::PlusFraction(_) => begins::AMOUNT | begins::TIME,
            Self::Ordinal(..)
            | Self::Fraction(_)
            | Self::Currency(_)
            | Self::PartPrefix(_)
            | Self::Duration(..)
            | Self::Word(Word::Minus | Word::Whole | Word::OrdinalPrefix) => begins::AMOUNT,
            Self::Month(..) | Self::Weekday(_) | Self::Era(_) | Self::Word(Word::MonthPrefix | Word::DayPrefix) => {
                begins::DATE
            }
            Self::Period(_) | Self::ClockOffset(_) | Self::Word(Word::From | Word::ClockBefore) => begins::TIME,
            Self::Days(_) | Self::Word(Word::AroundTheClock | Word::AllDay | Word::AllYear) => begins::AVAILABILITY,
            _ => 0,
        }
    }

    /// Whether a quantity other than a plain number may depend on the word in a text without digits. Words for one are
    /// usually articles, and all other words of the grammar mean something only next to a number.
    pub(crate) fn is_significant(self) -> bool {
        match self {
            // Weak words may add up to a strong number, but only if the first is at least ten.
            Self::Cardinal(value, Weight::Weak) => value >= 10.0,
            Self::Cardinal(..) | Self::Magnitude(_) | Self::Duration(..) => true,
            Self::Word(word) => matches!(word, Word::Minus | Word::AroundTheClock | Word::AllDay),
            _ => false,
        }
    }

    /// Whether the word may give a meaning to digits directly after it.
    pub(crate) fn leads_digits(self) -> bool {
        let word = matches!(self, Self::Word(Word::ClockBefore | Word::OrdinalPrefix));
        word || matches!(
            self,
            Self::Month(..)
                | Self::Period(_)
                | Self::Currency(_)
                | Self::PartPrefix(_)
                | Self::Era(_)
                | Self::PlusFraction(_)
                | Self::ClockOffset(_)
        )
    }

    /// Whether the word may give a meaning to digits directly before it.
    pub(crate) fn follows_digits(self) -> bool {
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
                    | Word::MonthPrefix
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
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Cardinal(..) | Self::Magnitude(_))
    }

    /// Whether the word may be part of a compound number.
    pub(crate) fn joins(self) -> bool {
        self.is_number() || self == Self::Word(Word::And)
    }
}
