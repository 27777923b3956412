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
        let alternative = self.alternative.map(|value| times(value, factor));
        Self { value: times(self.value, factor), alternative, end, plain: false, ..self }
    }

    #[inline]
    pub(crate) fn amount(self) -> Amount {
        Amount { value: self.value, alternative: self.alternative }
    }

    /// Whether it is this small whole number.
    #[inline]
    pub(crate) fn is(self, wanted: f64) -> bool {
        is_whole(self.value, wanted)
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

/// An amount of what something else counts, if it counts one thing.
pub(crate) fn in_unit(amount: Amount, counted: &Meaning) -> Option<Meaning> {
    Some(match counted {
        Meaning::Duration(parts) if parts.len() == 1 => Meaning::Duration(vec![(amount, parts[0].1)]),
        Meaning::Percent(_) => Meaning::Percent(amount),
        Meaning::Money(_, code) => Meaning::Money(amount, *code),
        Meaning::Measure(_, unit) => Meaning::Measure(amount, *unit),
        Meaning::Number(_) => Meaning::Number(amount),
        _ => return None,
    })
}

/// The product as it is in decimals: 8.29 times a million is 8,290,000, and not a little less.
pub(crate) fn times(value: f64, factor: f64) -> f64 {
    if value.fract() == 0.0 && factor.fract() == 0.0 {
        return value * factor;
    }
    let exponent = factor.log10();
    let shifted = (exponent.fract() == 0.0).then(|| format!("{value}e{exponent}").parse().ok()).flatten();
    shifted.unwrap_or_else(|| round(value * factor))
}

/// Whether a value is this small whole number.
#[inline]
pub(crate) fn is_whole(value: f64, wanted: f64) -> bool {
    (value - wanted).abs() < f64::EPSILON
}

/// Rounds off the error of binary fractions.
pub(crate) fn round(value: f64) -> f64 {
    format!("{value:.12}").parse().unwrap_or(value)
}
