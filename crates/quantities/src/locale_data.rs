//! The shape of the files in `locales/`.
//!
//! The build script includes this file as well, to check the files before they are compiled in.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The contents of a locale file. The lists of an idioms file add to those of the generated one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LocaleData {
    pub decimal: Option<char>,
    pub group: Vec<char>,
    /// The letters `d`, `m` and `y` in the order of the short date.
    pub date_order: Option<String>,
    /// The separator of hours and minutes, besides the colon.
    pub time_separator: Option<char>,
    pub regions: BTreeMap<String, RegionData>,
    pub months: Vec<Vec<String>>,
    pub weekdays: Vec<Vec<String>>,
    pub day_periods: BTreeMap<String, Vec<String>>,
    pub units: BTreeMap<String, Vec<String>>,
    pub percent: Vec<String>,
    /// Surfaces of units that usually mean something else, such as "in".
    pub not_units: Vec<String>,
    /// Words of one letter that are also the symbol of a unit: `5 с крышкой` is "5 with a lid".
    pub prepositions: Vec<String>,
    /// Words before a unit that raise it to a power: "square".
    pub powers: BTreeMap<String, Vec<String>>,
    /// Adjectives of units of time: "monthly".
    pub periodic: BTreeMap<String, Vec<String>>,
    /// Words for a whole duration, by number and unit: "fortnight" as "14 day".
    pub durations: BTreeMap<String, Vec<String>>,
    pub currencies: BTreeMap<String, Vec<String>>,
    pub cardinals: BTreeMap<String, Vec<String>>,
    pub ordinals: BTreeMap<String, Vec<String>>,
    pub magnitudes: BTreeMap<String, Vec<String>>,
    pub ordinal_suffixes: Vec<String>,
    /// Words that turn the number after them into an ordinal: `第`.
    pub ordinal_prefixes: Vec<String>,
    /// What directly follows the first year of a decade: "1990s".
    pub decade_suffixes: Vec<String>,
    /// Words before a decade of two digits: "late 90s".
    pub decade_prefixes: Vec<String>,
    /// Words for a hundred years, and what directly follows the first year of some.
    pub century: Vec<String>,
    pub century_suffixes: Vec<String>,
    /// Words between the sides of an area: "30 by 40 cm".
    pub by: Vec<String>,
    /// Words for one that are usually not a number.
    pub articles: Vec<String>,
    /// Number words that need a unit or a counter after them, because they often mean something else.
    pub bound: Vec<String>,
    /// Surfaces that are never read as a quantity, because they usually mean something else.
    pub never: Vec<String>,
    /// Number words that are optional by idiom, by value: "once", "both".
    pub weak: BTreeMap<String, Vec<String>>,
    pub fractions: BTreeMap<String, Vec<String>>,
    /// What makes the power of ten after it vague: `几` in 几十, "some tens".
    pub vague: Vec<String>,
    /// "and a half", after a unit.
    pub and_fractions: BTreeMap<String, Vec<String>>,
    /// Words before a number to which they add a part of one: साढ़े.
    pub plus_fractions: BTreeMap<String, Vec<String>>,
    /// Words before an hour, by the minutes that they add to it: "half past", and in German "halb", by -30.
    pub clock_offsets: BTreeMap<String, Vec<String>>,
    pub minus: Vec<String>,
    pub and: Vec<String>,
    pub point: Vec<String>,
    /// Words before a range of times or numbers.
    pub from: Vec<String>,
    /// Words between the ends of a range.
    pub to: Vec<String>,
    /// Words after the second end of a range.
    pub range_close: Vec<String>,
    /// "all" and "whole", before a unit: "all day".
    pub whole: Vec<String>,
    /// Words that are skipped between a number and a unit: "another", "of".
    pub filler: Vec<String>,
    /// Words after an hour: "o'clock", "Uhr".
    pub clock: Vec<String>,
    /// Words before an hour: "kl.".
    pub clock_before: Vec<String>,
    /// Marks after an hour with minutes: `h`, `時`.
    pub hour_mark: Vec<String>,
    pub minute_mark: Vec<String>,
    pub business_day: Vec<String>,
    /// Units of discounts, such as tenths off, by the per cent that each takes off a price, or negative that it leaves.
    pub discounts: BTreeMap<String, Vec<String>>,
    /// Units of percentages, such as tenths, by per cent.
    pub parts: BTreeMap<String, Vec<String>>,
    /// Words before a number of hundredths: `百分之`.
    pub part_prefixes: BTreeMap<String, Vec<String>>,
    /// Words between denominator and numerator: `分の`.
    pub denominator: Vec<String>,
    /// Words after "one" of what is counted, which other languages omit with it: `1 バッチあたり`.
    pub per: Vec<String>,
    /// What follows a number that is within its bound: "or more".
    pub or_more: Vec<String>,
    /// What precedes one: "at least".
    pub at_least: Vec<String>,
    /// What precedes a number that is beyond its bound, and what follows one: "more than", `を超える`.
    pub beyond_before: Vec<String>,
    pub beyond_after: Vec<String>,
    /// What directly precedes a number that it negates: "non".
    pub negations: Vec<String>,
    /// Endings of a word for two of something.
    pub dual_endings: Vec<String>,
    /// Counters, which may follow a number and add no meaning.
    pub counters: Vec<String>,
    pub minor_currencies: BTreeMap<String, Vec<String>>,
    /// "Around the clock", which is availability by itself.
    pub around_the_clock: Vec<String>,
    /// "All day", which is availability together with days.
    pub all_day: Vec<String>,
    /// Days of availability, by their number per week.
    pub days: BTreeMap<String, Vec<String>>,
    /// All days of the year.
    pub all_year: Vec<String>,
    /// Marks after the year, month and day of a date: `年`.
    pub year_mark: Vec<String>,
    pub month_mark: Vec<String>,
    pub day_mark: Vec<String>,
    /// Words before the month, the year and the day of a date: "tháng", "năm", "ngày".
    pub month_prefixes: Vec<String>,
    pub year_prefixes: Vec<String>,
    pub day_prefixes: Vec<String>,
    /// Words before a year of another calendar, by the last year before it begins: 令和 by 2018.
    pub eras: BTreeMap<String, Vec<String>>,
    /// Words between the parts of a date: "de".
    pub date_links: Vec<String>,
    /// Month names that often mean something else, and are read only next to a number and with a capital.
    pub ambiguous_months: Vec<String>,
    /// Abbreviations of months that are also words, and months only with a full stop or in a whole date: Czech "pro".
    pub abbreviated_months: Vec<String>,
    pub habits: Vec<Habit>,
}

/// What distinguishes a language from most others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Habit {
    /// Number words are joined to each other and to other words.
    Compounds,
    /// Words may take any ending after a stem.
    Endings,
    /// The hour unit may mark a time of day, as in French "17 heures".
    HourIsClock,
    /// Powers of ten precede what they multiply, as in Swahili "milioni 5".
    MagnitudeFirst,
    /// The names of months and hours may take endings.
    Suffixes,
    /// There is no indefinite article: a word for one is a number.
    NoArticles,
    /// The percent sign precedes its number.
    PercentFirst,
    /// The number words have not been checked against translations, and may have more forms.
    Unproven,
    /// Times of day count to twelve, and may not say which half of the day they are in.
    TwelveHours,
}

/// What differs in a region from the rest of its language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RegionData {
    pub decimal: Option<char>,
    pub group: Vec<char>,
    pub date_order: Option<String>,
}
