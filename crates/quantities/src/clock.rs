//! A time of day before it is clear which half of the day it is in.

use crate::sense::Period;

/// A time of day while its half of the day may still come from elsewhere.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    pub hour: Option<u8>,
    pub minute: Option<u8>,
    pub second: Option<u8>,
    pub period: Option<Period>,
    /// How plainly it is a time of day.
    pub mark: Mark,
    pub start: usize,
    pub end: usize,
}

/// How plainly something is a time of day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// A number.
    None,
    /// Hours and minutes with a point, or an hour with a mark that durations have too.
    Soft,
    /// Hours and minutes with a colon, or a half of the day, or a word for it.
    Sure,
}
