//! Reads quantities (numbers with their meaning, such as durations, times of day, availability, money and dates) in 80
//! languages, and compares those of two texts that should say the same.
//!
//! ```
//! use isogloss_quantities::{Locale, Reader, compare};
//!
//! let english = Reader::for_locale(&Locale::parse("en").expect("a valid tag"));
//! let german = Reader::for_locale(&Locale::parse("de").expect("a valid tag"));
//!
//! let source = english.read("We answer within two hours, from 9 am to 5:30 pm.");
//! let said: Vec<String> = source.iter().map(|quantity| quantity.describe()).collect();
//! assert_eq!(said, ["2 hours", "09:00 to 17:30"]);
//!
//! let same = german.read("Wir antworten innerhalb von 120 Minuten, von 9 bis 17:30 Uhr.");
//! assert!(compare(&source, &same).is_empty());
//!
//! let other = german.read("Wir antworten innerhalb von drei Stunden, von 9 bis 17:30 Uhr.");
//! let differences = compare(&source, &other);
//! assert_eq!(differences.len(), 1);
//! assert_eq!(differences[0].source, Some(0));
//! ```
//!
//! # How it works
//!
//! A text is scanned once for the positions where a quantity may begin, and most texts have none. Otherwise it is folded
//! (letter case, digits of other scripts), and at each position the grammar tries dates, times, availability, amounts and
//! identifiers; the longest reading wins. What differs between languages is data: one file for each locale, generated from
//! CLDR, and one of idioms, both checked when the crate is built.
//!
//! Ambiguity is kept: `1.234` has an alternative value with the other decimal separator, a time without "am" or "pm" may be
//! twelve hours later, and [`compare()`] accepts any pair of readings that agree.

mod agreed;
mod amount;
mod availability;
mod boundary;
mod charity;
mod clock;
mod compare;
mod compile;
mod data;
mod date;
mod dates;
mod decade;
mod describe;
mod duration;
mod firmness;
mod found;
mod gist;
mod grammar;
mod hour;
mod identifier;
mod language;
mod lexicon;
mod literal;
mod locale_data;
mod lookup;
mod meaning;
mod money;
mod normalise;
mod number;
mod openings;
mod places;
mod ratio;
mod reader;
mod reliability;
mod same;
mod scan;
mod sense;
mod sum;
mod time;
mod trie;
mod units;
mod windows;
mod words;

#[cfg(test)]
mod tests;

/// Runs the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[doc(hidden)]
pub use agreed::TextPair;
pub use charity::{Text, compare_texts, differ_in_having_year, explain, is_often_added, is_often_left_out};
pub use compare::{Difference, compare};
#[doc(hidden)]
pub use gist::Gist;
pub use meaning::{Amount, Category, Clock, Date, Meaning, Quantity, QuantityKind, Strength};
pub use reader::Reader;
pub use reliability::{Count, Form, Reliability};
pub use units::Unit;

pub use isogloss_text::{Locale, Span};
