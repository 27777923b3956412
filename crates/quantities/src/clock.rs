//! A time of day whose half of the day may not be known yet.

use crate::sense::Period;

/// A time of day; its half of the day may still come from the context.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    pub hour: Option<u8>,
    pub minute: Option<u8>,
    pub second: Option<u8>,
    pub period: Option<Period>,
    /// How certain it is that this is a time of day.
    pub mark: Mark,
    pub start: usize,
    pub end: usize,
}

/// How certain it is that something is a time of day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// A bare number.
    None,
    /// Hours and minutes with a point, or an hour with a mark that durations share.
    Soft,
    /// Hours and minutes with a colon, a half of the day, or a word such as "o'clock".
    Sure,
}
