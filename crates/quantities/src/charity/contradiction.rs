//! Whether two quantities with the same digits certainly mean different things.

use super::text::Text;
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};

/// Whether both quantities are certain about what their equal numerals count, and disagree: 30 minutes and 30 hours, 9 am
/// and 9 pm, 2.313 and 2313 seconds. Half days are certain only if words of both languages are known, `both_known`.
pub(super) fn contradict(
    (source, a): (&Text<'_>, &Quantity),
    (translation, b): (&Text<'_>, &Quantity),
    both_known: bool,
) -> bool {
    match (&a.meaning, &b.meaning) {
        (Meaning::Time(_), Meaning::Time(_)) | (Meaning::TimeRange(..), Meaning::TimeRange(..)) => both_known,
        (Meaning::Date(a), Meaning::Date(b)) => a.month != b.month && !(a.swappable || b.swappable),
        (Meaning::Version(_), Meaning::Version(_)) => false,
        // "3 million" and "3 billion", "3M" and "3 thousand".
        (Meaning::Number(_), Meaning::Number(_)) => {
            let letters = [&a.literal, &b.literal].map(|literal| literal.chars().filter(|c| c.is_alphabetic()).count());
            letters.iter().all(|&count| count > 0) && letters.iter().any(|&count| count >= LEAST_MAGNITUDE)
        }
        (Meaning::Money(_, code), Meaning::Measure(_, unit)) | (Meaning::Measure(_, unit), Meaning::Money(_, code))
            if code == b"GBP" && unit.id() == "lb" =>
        {
            // Most languages have one word for both pounds.
            false
        }
        (Meaning::Money(..), other) if !matches!(other, Meaning::Money(..)) && has_code_of(a, translation) => false,
        (other, Meaning::Money(..)) if !matches!(other, Meaning::Money(..)) && has_code_of(b, source) => false,
        (Meaning::Identifier(a), Meaning::Identifier(b)) => are_references(a, b),
        _ => has_certain_unit(a) && has_certain_unit(b),
    }
}

/// Whether a text has the code of an amount of money as a word: "CRC 16" is a checksum where the other text speaks of a 16-bit CRC.
fn has_code_of(money: &Quantity, text: &Text<'_>) -> bool {
    let code: String = money.literal.chars().filter(|c| c.is_ascii_alphabetic()).collect();
    let mut words = text.text.split(|c: char| !c.is_alphanumeric());
    code.len() == 3 && words.any(|word| word.eq_ignore_ascii_case(&code))
}

/// Letters of the shortest word for a power of ten.
const LEAST_MAGNITUDE: usize = 3;

/// Whether both names are letters, a hyphen and a number of at least three digits, such as that of a ticket, which is not
/// translated.
pub(super) fn are_references(a: &str, b: &str) -> bool {
    const LEAST_DIGITS: usize = 3;
    let is_reference = |name: &str| {
        name.split_once('-').is_some_and(|(letters, number)| {
            let is_number = number.len() >= LEAST_DIGITS && number.bytes().all(|byte| byte.is_ascii_digit());
            is_number && !letters.is_empty() && letters.chars().all(char::is_alphanumeric)
        })
    };
    is_reference(a) && is_reference(b)
}

/// Whether a quantity has a unit that can hardly be anything else.
fn has_certain_unit(quantity: &Quantity) -> bool {
    let counts = matches!(
        quantity.kind,
        QuantityKind::Percent
            | QuantityKind::Duration
            | QuantityKind::Money
            | QuantityKind::Size
            | QuantityKind::Length
            | QuantityKind::Mass
            | QuantityKind::Temperature
            | QuantityKind::Frequency
            | QuantityKind::Measure
    );
    counts && !may_be_year(quantity) && is_certain(&quantity.literal)
}

/// Whether the unit in a literal has at least two letters, or is a symbol or a character of a script without letters.
fn is_certain(literal: &str) -> bool {
    let unit = literal.trim_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | '+'));
    let mut chars = unit.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => !only.is_ascii_alphabetic(),
        (first, _) => first.is_some(),
    }
}

/// Whether a duration has an amount that is a year of the calendar: `1989 年`, `1990s`.
fn may_be_year(quantity: &Quantity) -> bool {
    let is_year = |amount: &Amount| amount.value.fract() == 0.0 && (1800.0..2200.0).contains(&amount.value);
    matches!(&quantity.meaning, Meaning::Duration(parts) if matches!(&parts[..], [(amount, _)] if is_year(amount)))
}
