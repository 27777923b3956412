//! Computes the value of a number in words from its parts.

use crate::found::{is_whole, times};

/// Adds atoms and magnitudes; the parts must get smaller.
#[derive(Default)]
pub(crate) struct Sum {
    pub parts: Vec<f64>,
    /// The number of digits of the last part, if it is a row of single digits.
    pub row: Option<u8>,
    /// Whether the only part was written in digits, so that any magnitude multiplies it.
    pub literal: bool,
    /// Whether it has two consecutive digits side by side, which mean either of them: 三四, "three or four".
    pub either: bool,
}

impl Sum {
    /// Adds a number that fits below the lowest place of the last part.
    pub(crate) fn add(&mut self, value: f64) -> bool {
        let fits = self.parts.last().is_none_or(|&last| {
            let mut place = 10.0;
            while place <= value {
                place *= 10.0;
            }
            value > 0.0 && last > value && last % place == 0.0
        });
        if fits {
            self.parts.push(value);
            self.row = (value < 10.0).then_some(1);
        }
        fits
    }

    /// Appends a digit to a row of digits: 二〇二四.
    pub(crate) fn append(&mut self, digit: f64) -> bool {
        match (self.row, self.parts.last_mut()) {
            (Some(length), Some(last)) if digit < 10.0 && length < 15 => {
                // Or "three to five", the only other pair.
                let fits = is_whole(digit - *last, 1.0) || (is_whole(*last, 3.0) && is_whole(digit, 5.0));
                self.either = length == 1 && fits;
                *last = *last * 10.0 + digit;
                self.row = Some(length + 1);
                true
            }
            _ => false,
        }
    }

    /// Multiplies the parts that are smaller than the magnitude.
    pub(crate) fn multiply(&mut self, magnitude: f64) -> bool {
        if std::mem::take(&mut self.literal)
            && let [only] = &mut self.parts[..]
        {
            *only = times(*only, magnitude);
            return true;
        }
        if self.either
            && self.row.is_some()
            && let Some(last) = self.parts.last_mut()
        {
            // 两三百 is two or three hundred, and the first is as good as the second.
            *last = (*last / 10.0).floor();
        }
        let mut below = 0.0;
        while let Some(&last) = self.parts.last()
            && last < magnitude
        {
            below += last;
            self.parts.pop();
        }
        let value = if below == 0.0 { magnitude } else { times(below, magnitude) };
        if self.parts.last().is_some_and(|&last| last <= value) {
            return false;
        }
        self.parts.push(value);
        self.row = None;
        true
    }

    /// The sum of all parts.
    pub(crate) fn total(&self) -> f64 {
        self.parts.iter().sum()
    }
}
