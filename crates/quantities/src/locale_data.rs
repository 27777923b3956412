//! The shape of the files in `locales/`.
//!
//! The build script includes this file too, to check the files before they are compiled in.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What a locale's files say; a list in the idioms file adds to the generated one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LocaleData {
    pub decimal: Option<char>,
    pub group: Vec<char>,
    /// The letters `d`, `m` and `y` in the order of the short date.
    pub date_order: Option<String>,
    /// Between hours and minutes, besides the colon.
    pub time_separator: Option<char>,
    pub regions: BTreeMap<String, RegionData>,
    pub months: Vec<Vec<String>>,
    pub weekdays: Vec<Vec<String>>,
    pub day_periods: BTreeMap<String, Vec<String>>,
    pub units: BTreeMap<String, Vec<String>>,
    pub percent: Vec<String>,
    /// Unit surfaces that are much more often another word: "in".
    pub not_units: Vec<String>,
    /// Words that are a duration by themselves, by number and unit: "fortnight" as "14 day".
    pub durations: BTreeMap<String, Vec<String>>,
    pub currencies: BTreeMap<String, Vec<String>>,
    pub cardinals: BTreeMap<String, Vec<String>>,
    pub ordinals: BTreeMap<String, Vec<String>>,
    pub magnitudes: BTreeMap<String, Vec<String>>,
    pub ordinal_suffixes: Vec<String>,
    /// Before a number, making it an ordinal: `第`.
    pub ordinal_prefixes: Vec<String>,
    /// Right after the first year of a decade: "1990s".
    pub decade_suffixes: Vec<String>,
    /// Words for one that mostly mean no number.
    pub articles: Vec<String>,
    /// Number words that are read only with a unit or a counter after them, because they are often something else.
    pub bound: Vec<String>,
    /// Surfaces that are dropped altogether, because they are much more often another word.
    pub never: Vec<String>,
    /// Number words that a text may have or not have by idiom, by value: "once", "both".
    pub weak: BTreeMap<String, Vec<String>>,
    pub fractions: BTreeMap<String, Vec<String>>,
    /// After a unit: "and a half" of it.
    pub and_fractions: BTreeMap<String, Vec<String>>,
    pub minus: Vec<String>,
    pub and: Vec<String>,
    pub point: Vec<String>,
    /// Before a range of times or numbers.
    pub from: Vec<String>,
    /// Between the ends of a range.
    pub to: Vec<String>,
    /// After the second end of a range, where a language says so there.
    pub range_close: Vec<String>,
    /// Before a unit, "the whole of it": "all day".
    pub whole: Vec<String>,
    /// Between a whole word or a number and a unit, and ignored: "another", "of".
    pub filler: Vec<String>,
    /// After an hour, saying that it is one: "o'clock", "Uhr".
    pub clock: Vec<String>,
    /// Before an hour, saying that it is one: "kl.".
    pub clock_before: Vec<String>,
    /// After an hour with minutes: `h`, `時`.
    pub hour_mark: Vec<String>,
    pub minute_mark: Vec<String>,
    pub business_day: Vec<String>,
    /// Percentages that are counted in other parts: tenths, hundredths off.
    pub parts: BTreeMap<String, Vec<String>>,
    /// Before a number of hundredths: `百分之`.
    pub part_prefixes: BTreeMap<String, Vec<String>>,
    /// Between denominator and numerator: `分の`.
    pub denominator: Vec<String>,
    /// Counters that may follow a number and mean nothing of their own.
    pub counters: Vec<String>,
    pub minor_currencies: BTreeMap<String, Vec<String>>,
    /// "Around the clock": availability alone.
    pub around_the_clock: Vec<String>,
    /// All hours of the day: availability with days beside it.
    pub all_day: Vec<String>,
    /// The days of availability, by their number a week.
    pub days: BTreeMap<String, Vec<String>>,
    /// All days of the year.
    pub all_year: Vec<String>,
    /// Marks of a year, month and day in dates that have them after the number: `年`.
    pub year_mark: Vec<String>,
    pub month_mark: Vec<String>,
    pub day_mark: Vec<String>,
    /// Between the parts of a date: "de".
    pub date_links: Vec<String>,
    /// Month names that are often another word, and are read only with a number beside them.
    pub ambiguous_months: Vec<String>,
    pub habits: Vec<Habit>,
}

/// What a language does that others do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Habit {
    /// Number words are written together with each other and with other words.
    Compounds,
    /// Words take endings of any kind after a stem.
    Endings,
    /// An hour unit may say the time of day, as in French "17 heures".
    HourIsClock,
    /// The percent sign stands before its number.
    PercentFirst,
    /// Times of day count to twelve and may leave the half of the day out.
    TwelveHours,
}

/// What a region does differently from its language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RegionData {
    pub decimal: Option<char>,
    pub group: Vec<char>,
    pub date_order: Option<String>,
}
