//! Numbers whose loss or addition changes little.

use super::text::Text;
use crate::locale_data::Habit;
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

/// Whether two dates are the same day, and only one has the year, which the context may say.
pub fn differ_in_having_year(source: &Quantity, translation: &Quantity) -> bool {
    let (Meaning::Date(date), Meaning::Date(other)) = (&source.meaning, &translation.meaning) else { return false };
    let has_one_year = date.year.is_none() != other.year.is_none();
    has_one_year && date.day.is_some() && date.month == other.month && date.day == other.day
}

/// Whether translators often leave out the quantity at `at`: zero, which has many words, or a small number at the end of a name,
/// which they shorten ("the Lamp 3 manual").
pub fn is_often_left_out(text: &Text<'_>, at: usize) -> bool {
    let quantity = &text.quantities[at];
    if matches!(quantity.meaning, Meaning::Number(amount) if amount.value == 0.0) {
        return true;
    }
    if begins_name(text, quantity) {
        return true;
    }
    let before = text.text[..quantity.span.start as usize].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_apart = before.len() < quantity.span.start as usize;
    let begins_sentence = || {
        let before = before[..before.len() - word.len()].trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '。'])
    };
    quantity.is_small_count() && is_apart && word.starts_with(char::is_uppercase) && !begins_sentence()
}

/// Whether a number begins a name: "189 Lamps Inc.". In German, all nouns have a capital.
fn begins_name(text: &Text<'_>, quantity: &Quantity) -> bool {
    let is_bare = matches!(quantity.meaning, Meaning::Number(amount) if amount.value.fract() == 0.0);
    let after = text.text[quantity.span.end as usize..].strip_prefix(' ');
    is_bare
        && !text.reader.language.habits.contains(&Habit::Compounds)
        && after.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}
