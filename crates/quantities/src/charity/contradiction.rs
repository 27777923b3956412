//! Whether two quantities with the same digits certainly mean different things.

use super::text::{Side, Text};
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};
use crate::sense::Word;

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
        // One of the signs may be that of the other end of a range: `$5–10`.
        (Meaning::Money(_, code), Meaning::Money(_, other)) if code != other => {
            let has_sign = |quantity: &Quantity| quantity.literal.contains(|c: char| !is_numeric(c));
            has_certain_unit(a) && (has_certain_unit(b) || !has_sign(b)) || has_certain_unit(b) && !has_sign(a)
        }
        _ => has_certain_unit(a) && has_certain_unit(b),
    }
}

/// Whether a text has the code of an amount of money as a word: "CRC 16" is a checksum where the other text speaks of a 16-bit CRC.
fn has_code_of(money: &Quantity, text: &Text<'_>) -> bool {
    let code: String = money.literal.chars().filter(char::is_ascii_alphabetic).collect();
    let mut words = text.text.split(|c: char| !c.is_alphanumeric());
    code.len() == 3 && words.any(|word| word.eq_ignore_ascii_case(&code))
}

/// Whether one of two numbers is certainly negative, and the other one certainly not.
pub(super) fn lost_minus((a, at): (&Text<'_>, usize), (b, other): (&Text<'_>, usize)) -> bool {
    let (x, y) = (&a.quantities[at], &b.quantities[other]);
    let are_numbers = [x, y].iter().all(|quantity| quantity.kind == QuantityKind::Number);
    let is_negative = |quantity: &Quantity| quantity.literal.starts_with('-');
    let ((signed, minus), (unsigned, number)) = match (is_negative(x), is_negative(y)) {
        (true, false) => ((a, x), (b, y)),
        (false, true) => ((b, y), (a, x)),
        _ => return false,
    };
    // A dash or a command's option has a sign or a space around it.
    let before = signed.text[..minus.span.start as usize].chars().next_back();
    let follows_word = signed.text[..minus.span.start as usize].trim_end().chars().next_back();
    let is_minus =
        before.is_some_and(char::is_whitespace) && follows_word.is_some_and(|c| c.is_alphabetic() || c == ':');
    let near = unsigned.text[..number.span.start as usize].chars().rev().take(3);
    let is_plain = near.into_iter().all(|c| c.is_alphanumeric() || c.is_whitespace());
    are_numbers && is_minus && is_plain && !unsigned.has_near(number, Word::Minus, Side::Before)
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
    let unit = literal.trim_matches(is_numeric);
    let mut chars = unit.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => !only.is_ascii_alphabetic(),
        (first, _) => first.is_some(),
    }
}

/// Whether a character is part of a number.
fn is_numeric(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '–' | '+')
}

/// Whether a duration has an amount that is a year of the calendar: `1989 年`, `1990s`.
fn may_be_year(quantity: &Quantity) -> bool {
    let is_year = |amount: &Amount| amount.value.fract() == 0.0 && (1800.0..2200.0).contains(&amount.value);
    matches!(&quantity.meaning, Meaning::Duration(parts) if matches!(&parts[..], [(amount, _)] if is_year(amount)))
}
