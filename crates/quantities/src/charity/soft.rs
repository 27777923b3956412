//! Numbers whose loss or addition changes little.

use super::text::Text;
use crate::meaning::{Meaning, Quantity};

/// Whether translators often add a quantity for clarity: a small number without a unit, or a year.
pub fn is_often_added(quantity: &Quantity) -> bool {
    let is_year = |value: f64| value.fract() == 0.0 && (1900.0..2100.0).contains(&value);
    match quantity.meaning {
        Meaning::Date(date) => date.month.is_none() && date.day.is_none(),
        Meaning::Number(amount) => quantity.is_small_count() || is_year(amount.value),
        _ => quantity.is_small_count(),
    }
}

/// Whether the quantity at `at` is a small number at the end of a name, which translators often shorten: "the Lamp 3 manual".
pub fn is_of_name(text: &Text<'_>, at: usize) -> bool {
    let quantity = &text.quantities[at];
    let before = text.text[..quantity.span.start as usize].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_apart = before.len() < quantity.span.start as usize;
    let begins_sentence = || {
        let before = before[..before.len() - word.len()].trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '。'])
    };
    quantity.is_small_count() && is_apart && word.starts_with(char::is_uppercase) && !begins_sentence()
}
