//! Numbers and quantities found in a text, before their spans in the source are known.

use crate::meaning::{Amount, Meaning, QuantityKind, Strength};
use crate::sense::Weight;

/// A number, with its start and end as indexes of characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FoundNumber {
    pub value: f64,
    /// The value with the other decimal separator.
    pub alternative: Option<f64>,
    pub start: usize,
    pub end: usize,
    /// Whether it contains digits.
    pub digits: bool,
    pub weight: Weight,
    /// Whether it is nothing but digits: no separator, sign or magnitude.
    pub plain: bool,
    /// Whether it is a word inside a longer one.
    pub inside: bool,
}

impl FoundNumber {
    pub(crate) fn new(start: usize, end: usize, value: f64, digits: bool) -> Self {
        Self { value, alternative: None, start, end, digits, weight: Weight::Plain, plain: false, inside: false }
    }

    /// The number times a magnitude that ends at `end`.
    pub(crate) fn scaled(self, factor: f64, end: usize) -> Self {
        let alternative = self.alternative.map(|value| value * factor);
        Self { value: self.value * factor, alternative, end, plain: false, ..self }
    }

    #[inline]
    pub(crate) fn amount(self) -> Amount {
        Amount { value: self.value, alternative: self.alternative }
    }

    /// Whether it is this small whole number.
    #[inline]
    pub(crate) fn is(self, wanted: f64) -> bool {
        (self.value - wanted).abs() < f64::EPSILON
    }
}

/// A quantity, with its start and end as indexes of characters.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub kind: QuantityKind,
    pub meaning: Meaning,
    pub strength: Strength,
    pub start: usize,
    pub end: usize,
}

impl Found {
    /// A quantity that begins with `number` and is as strong.
    #[inline]
    pub(crate) fn new(kind: QuantityKind, meaning: Meaning, number: FoundNumber, end: usize) -> Self {
        let strength = match (number.digits, number.weight) {
            (true, _) => Strength::Digits,
            (false, Weight::Weak) => Strength::Weak,
            (false, _) => Strength::Words,
        };
        Self { kind, meaning, strength, start: number.start, end }
    }
}

/// Rounds off the error of binary fractions.
pub(crate) fn round(value: f64) -> f64 {
    format!("{value:.12}").parse().unwrap_or(value)
}
