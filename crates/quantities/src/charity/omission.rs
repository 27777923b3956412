//! What translators add or omit without changing what a text says.

use super::matching::REACH;
use super::text::{Side, Text};
use super::words::Words;
use crate::locale_data::Habit;
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};
use crate::normalise::is_enclosed;
use crate::sense::Word;
use crate::units::Unit;

use isogloss_text::floor_char_boundary;

/// Whether it is usual that only one side has the quantity at `at` of `text`, with no counterpart in `other`, whose words
/// are `others`.
pub(super) fn is_usual(
    (text, words): (&Text<'_>, &Words<'_>),
    at: usize,
    (other, others): (&Text<'_>, &Words<'_>),
) -> bool {
    let quantity = &text.quantities[at];
    if !quantity.is_in_digits()
        || is_whole_share(quantity)
        || is_conversion(text, at)
        || is_short_symbol(quantity)
        || is_in_address(text, quantity)
    {
        return true;
    }
    if quantity.kind == QuantityKind::Identifier {
        return is_short_name(quantity);
    }
    if is_item_mark(text, quantity) || is_enumerator(text, quantity) {
        return true;
    }
    if let Meaning::Duration(parts) = &quantity.meaning
        && parts.len() > 1
    {
        return parts.iter().all(|(amount, _)| others.have(amount.value));
    }
    if let Meaning::Percent(share) = quantity.meaning {
        // "Desetiprocentní" has the number as a stem.
        return share.value % 25.0 == 0.0 && others.have_fraction() || others.have(share.value);
    }
    if let Meaning::Time(clock) = quantity.meaning {
        return others.may_say_time(clock);
    }
    let Some((count, unit)) = count(quantity) else { return false };
    if count.value == 1.0 {
        if others.ones() > 0 && other.reader.language.habits.contains(&Habit::NoArticles) {
            return true;
        }
        // "Every second" and "per page" have no numeral, and articles are one. "En utgångskod på 1" for "a non-zero exit
        // code" has an article as well.
        let has_articles = || others.ones() > 0 && words.ones() >= others.ones();
        return match unit {
            Some(unit) => !unit.is_duration() || !others.speaks_only_of_another(unit),
            // "A non-zero code" says nothing of one.
            None if has_negated_zero(other) => false,
            None => !other.reader.has_data() || is_rate(text, quantity) || !has_articles(),
        };
    }
    // "When it is 0" is no time: 为 0 时. And "non-0" is one word in most languages.
    count.value == 0.0 && (unit.is_some_and(Unit::is_duration) || is_negated(text, quantity))
        || is_century_of(text, quantity, count.value, other)
        || others.have(count.value)
        || unit.is_some_and(|unit| unit.is_duration() && others.may_say_fraction(count.value, unit))
        || unit.is_some_and(|unit| count.value <= MOST_UNKNOWN && others.unread(unit) > words.unread(unit))
        || others.list(count.value)
        || !other.reader.has_data() && (count.value <= MOST_IN_WORDS || unit.is_some())
}

/// Whether `shorter` has a part of a duration that `longer` has as well, and words for the rest: "čtyřminutový časovač na
/// 17 sekund" for 4 minutes and 17 seconds.
pub(super) fn says_rest(longer: &Quantity, shorter: &Quantity, others: &Words<'_>) -> bool {
    let (Meaning::Duration(all), Meaning::Duration(some)) = (&longer.meaning, &shorter.meaning) else { return false };
    let has = |(amount, unit): &(Amount, Unit)| {
        some.iter().any(|(other, same)| same == unit && amount.agrees(*other)) || others.have(amount.value)
    };
    all.len() > some.len() && all.iter().all(has)
}

/// Larger numbers are hardly ever written in words.
const MOST_IN_WORDS: f64 = 12.0;

/// The largest number that may be a word of the other language that is not known, before its unit.
const MOST_UNKNOWN: f64 = 100.0;

/// Whether it is 100 % or 0 %, which is a figure of speech: a full refund, completely safe, without a fee.
fn is_whole_share(quantity: &Quantity) -> bool {
    matches!(quantity.meaning, Meaning::Percent(amount) if amount.value == 100.0 || amount.value == 0.0)
}

/// Whether a quantity repeats the one before it in another unit or currency: `$25 (≈ 23 €)`, `5 microns (.005 mm)`.
fn is_conversion(text: &Text<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &text.quantities[before]) else { return false };
    let quantity = &text.quantities[at];
    let between = text.text[before.span.end as usize..quantity.span.start as usize].trim();
    let opens = between.starts_with(['(', '（', '≈', '~', '=']) && between.chars().count() <= 3;
    let counts = |kind| !matches!(kind, QuantityKind::Number | QuantityKind::Ordinal | QuantityKind::Identifier);
    opens && counts(before.kind) && counts(quantity.kind)
}

/// Whether a name is that of a format or product, such as `base64`, which translators explain or omit. The numbers of
/// tickets, standards and patches are longer.
pub(super) fn is_short_name(quantity: &Quantity) -> bool {
    const MOST_DIGITS: usize = 3;
    quantity.literal.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}

/// Whether a quantity is part of an address that markup hides elsewhere, or of a broken one: the characters around it, up
/// to white space, have signs that prose has not.
fn is_in_address(text: &Text<'_>, quantity: &Quantity) -> bool {
    /// How many bytes are searched, for texts without spaces.
    const FURTHEST: usize = 256;
    let (start, end) = (quantity.span.start as usize, quantity.span.end as usize);
    let near = (
        floor_char_boundary(text.text, start.saturating_sub(FURTHEST)),
        floor_char_boundary(text.text, end + FURTHEST),
    );
    let before = text.text[near.0..start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text.text[end..near.1].split(char::is_whitespace).next().unwrap_or_default();
    let has = |sign: &str| before.contains(sign) || after.contains(sign);
    let is_fragment = before.starts_with('#') && before[1..].starts_with(char::is_alphabetic);
    // "2025/10/31/news.html": an address with a space in it.
    let is_path =
        after.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphanumeric) && rest.contains('.'));
    has("://")
        || is_path
        || is_fragment
        || before.contains("](")
        || before.ends_with('%')
        || has("%2")
        || has("=") && (has("&") || has("/") || has("!"))
}

/// Whether it is a few digits with one letter, which may be another unit or none: `3d printer`, `10s of seats`.
fn is_short_symbol(quantity: &Quantity) -> bool {
    let counts = matches!(quantity.kind, QuantityKind::Duration | QuantityKind::Length | QuantityKind::Measure)
        // A decade: "the late 90s".
        || quantity.kind == QuantityKind::Number && quantity.literal.ends_with('s');
    let letters = quantity.literal.trim_start_matches(|c: char| c.is_ascii_digit());
    counts && letters.len() == 1 && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The number in a quantity that is one number, with its unit if it has one.
fn count(quantity: &Quantity) -> Option<(Amount, Option<Unit>)> {
    match &quantity.meaning {
        Meaning::Number(amount) => Some((*amount, None)),
        Meaning::Measure(amount, unit) => Some((*amount, Some(*unit))),
        Meaning::Ordinal(value) => Some((Amount::exact(*value), None)),
        Meaning::Duration(parts) => match parts[..] {
            [(amount, unit)] => Some((amount, Some(unit))),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a quantity is the one of "per one", which other languages omit: `1 バッチあたり`.
fn is_rate(text: &Text<'_>, quantity: &Quantity) -> bool {
    [Side::Before, Side::After].iter().any(|&side| text.has_near(quantity, Word::Per, side))
}

/// Whether it is the number of a list item, at the start of the text, that no space separates from the item.
fn is_item_mark(text: &Text<'_>, quantity: &Quantity) -> bool {
    let (before, after) = (&text.text[..quantity.span.start as usize], &text.text[quantity.span.end as usize..]);
    let is_enclosed = quantity.span.slice(text.text).starts_with(is_enclosed);
    before.trim().is_empty()
        && (is_enclosed
            || after.starts_with(['.', ')', '、', '．'])
            || quantity.literal.ends_with('.')
            || is_numbering(&quantity.literal) && after.starts_with(char::is_whitespace))
}

/// Whether it counts the parts of a text that the other side may have as a list: "(1) the key; (2) the lock".
fn is_enumerator(text: &Text<'_>, quantity: &Quantity) -> bool {
    /// How many bytes are searched for the number before it, so that the work stays linear.
    const FURTHEST: usize = 4096;
    let start = quantity.span.start as usize;
    let before = &text.text[floor_char_boundary(text.text, start.saturating_sub(FURTHEST))..start];
    let after = &text.text[quantity.span.end as usize..];
    let Some(mark) = after.chars().next().filter(|mark| matches!(mark, '.' | ')' | '）')) else { return false };
    let goes_on = after[mark.len_utf8()..].trim_start() != "";
    let previous = quantity.literal.parse::<u32>().ok().and_then(|number| number.checked_sub(1)).filter(|&it| it > 0);
    goes_on && quantity.is_small_count() && previous.is_some_and(|number| before.contains(&format!("{number}{mark}")))
}

/// Whether it is the number of a section: `3.1`, `2.10.4`.
fn is_numbering(literal: &str) -> bool {
    let mut parts = literal.split('.');
    literal.contains('.') && parts.all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether "non-" precedes a quantity.
fn is_negated(text: &Text<'_>, quantity: &Quantity) -> bool {
    let start = quantity.span.start as usize;
    let joined = text.text[..start].trim_end_matches(['-', ' ', '\u{2011}']);
    start - joined.len() <= 2 && text.has_near(quantity, Word::Negation, Side::Before)
}

/// Whether the text says "non-zero".
fn has_negated_zero(text: &Text<'_>) -> bool {
    let is_zero = |quantity: &Quantity| matches!(quantity.meaning, Meaning::Number(amount) if amount.value == 0.0);
    text.quantities.iter().take(REACH).any(|quantity| is_zero(quantity) && is_negated(text, quantity))
}

/// Whether it is the century of a decade that the other side says in one: `60. léta 20. století` and "the 1960s".
fn is_century_of(text: &Text<'_>, quantity: &Quantity, century: f64, other: &Text<'_>) -> bool {
    let is_within = |quantity: &Quantity| match &quantity.meaning {
        Meaning::Number(amount) => (amount.value / 100.0).floor() + 1.0 == century,
        Meaning::Date(date) => date.year.is_some_and(|year| f64::from(year / 100 + 1) == century),
        _ => false,
    };
    (1.0..=30.0).contains(&century)
        && [Side::Before, Side::After].iter().any(|&side| text.has_near(quantity, Word::Century, side))
        && other.quantities.iter().take(REACH).any(is_within)
}
