//! What translators add or omit without changing what a text says.

use super::text::{Text, has_digits};
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};
use crate::normalise::{Normalised, is_alphanumeric, is_hangul, is_unspaced, without_accent};
use crate::sense::Sense;
use crate::units::Unit;

use isogloss_text::words::PLACEHOLDER;

/// Whether it is usual that only one side has the quantity at `at`, with no counterpart in `other`.
pub(super) fn is_usual(text: &Text<'_>, at: usize, other: &Text<'_>) -> bool {
    let quantity = &text.quantities[at];
    if !has_digits(quantity) || is_full(quantity) || is_short_symbol(quantity) {
        return true;
    }
    if is_in_address(text, quantity) {
        return true;
    }
    if quantity.kind == QuantityKind::Identifier {
        return is_short_name(quantity);
    }
    let Some((count, unit)) = count(quantity) else { return false };
    if count.value == 1.0 {
        // "Every second" and "per page" have no numeral, and articles are one.
        return match unit {
            Some(unit) => !unit.is_duration() || !has_another_unit(other, unit),
            None => is_rate(text, quantity) || !is_beside_articles(text, other),
        };
    }
    // "When it is 0" is no time: 为 0 时. And "non-0" is one word in most languages.
    count.value == 0.0 && (unit.is_some_and(Unit::is_duration) || is_negated(text, quantity))
        || is_item_mark(text, quantity)
        || is_in_words(other, count.value)
        || is_list_of(other.text, count.value)
        || !other.reader.has_data() && (count.value <= MOST_IN_WORDS || unit.is_some())
}

/// Larger numbers are hardly ever written in words.
const MOST_IN_WORDS: f64 = 12.0;

/// Whether it is 100 %, which is a figure of speech: a full refund, completely safe.
fn is_full(quantity: &Quantity) -> bool {
    matches!(quantity.meaning, Meaning::Percent(amount) if amount.value == 100.0)
}

/// Whether a name is that of a format or product, such as `base64`, which translators explain or omit. The numbers of
/// tickets, standards and patches are longer.
fn is_short_name(quantity: &Quantity) -> bool {
    const MOST_DIGITS: usize = 3;
    quantity.literal.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}

/// Whether a quantity is part of an address that markup hides elsewhere, or of a broken one: the characters around it, up
/// to white space, have signs that prose has not.
fn is_in_address(text: &Text<'_>, quantity: &Quantity) -> bool {
    let (start, end) = (quantity.span.start as usize, quantity.span.end as usize);
    let before = text.text[..start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text.text[end..].split(char::is_whitespace).next().unwrap_or_default();
    let has = |sign: &str| before.contains(sign) || after.contains(sign);
    has("://") || before.ends_with('%') || has("%2") || has("=") && (has("&") || has("/") || has("!"))
}

/// Whether it is a few digits with one letter, which may be another unit or none: `3d printer`, `10s of seats`.
fn is_short_symbol(quantity: &Quantity) -> bool {
    let counts = matches!(quantity.kind, QuantityKind::Duration | QuantityKind::Length | QuantityKind::Measure);
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
    const PER: [&str; 7] = ["あたり", "当たり", "につき", "ごと", "당", "마다", "每"];
    /// The longest name of what is counted, in characters.
    const LONGEST: usize = 12;
    let (before, after) = (&text.text[..quantity.span.start as usize], &text.text[quantity.span.end as usize..]);
    let near: String = after.chars().take(LONGEST).collect();
    PER.iter().any(|per| near.contains(per) || before.ends_with(per))
}

/// Whether a text has a word for one, or an article, for each of the other's, so that a figure has no counterpart among
/// them: "en utgångskod på 1" for "a non-zero exit code".
fn is_beside_articles(text: &Text<'_>, other: &Text<'_>) -> bool {
    let words = |text: &Text<'_>| {
        let mut count = 0;
        each_surface(text, |stem, sense| {
            let is_one = matches!(sense, Sense::Cardinal(value, _) if *value == 1.0);
            count += usize::from(is_one && matches!(stem, Stem::Whole));
        });
        count
    };
    let others = words(other);
    others > 0 && words(text) >= others
}

/// Whether a text speaks of a unit of time, but not of this one: a monthly plan is not one of a year.
fn has_another_unit(text: &Text<'_>, unit: Unit) -> bool {
    let (mut same, mut another) = (false, false);
    each_surface(text, |stem, sense| {
        if let (Stem::Whole, Sense::Unit(found)) = (stem, sense)
            && found.is_duration()
        {
            same |= *found == unit;
            another |= *found != unit;
        }
    });
    another && !same
}

/// Whether it is the number of a list item, at the start of the text, that no space separates from the item.
fn is_item_mark(text: &Text<'_>, quantity: &Quantity) -> bool {
    let (before, after) = (&text.text[..quantity.span.start as usize], &text.text[quantity.span.end as usize..]);
    let is_enclosed = quantity.span.slice(text.text).starts_with(|c: char| ('\u{2460}'..='\u{2793}').contains(&c));
    before.trim().is_empty()
        && (is_enclosed || after.starts_with(['.', ')', '、', '．']) || quantity.literal.ends_with('.'))
}

/// Whether the text has the number in words anywhere, however often the word is something else, in any inflection.
fn is_in_words(text: &Text<'_>, value: f64) -> bool {
    let mut found = false;
    each_surface(text, |_, sense| {
        found |= match sense {
            Sense::Cardinal(number, _) | Sense::Ordinal(number, _) | Sense::Duration(number, _) => *number == value,
            _ => false,
        };
    });
    found || has_derived_word(text, value)
}

/// Whether a text has a word that is derived from that for the number: `шестнадцатеричный`, `cinquantaine`.
fn has_derived_word(text: &Text<'_>, value: f64) -> bool {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 5;
    let mut stems: Vec<Vec<char>> = Vec::new();
    text.reader.language.lexicon.trie.surfaces(&mut |chars, senses| {
        let is_number = |sense: &Sense| matches!(sense, Sense::Cardinal(number, _) if *number == value);
        if chars.len() > LEAST_STEM && senses.iter().any(is_number) {
            stems.push(chars[..chars.len() - 1].to_vec());
        }
    });
    let chars = Normalised::new(text.text).chars;
    let mut words = chars.split(|&c| !is_alphanumeric(c));
    words.any(|word| stems.iter().any(|stem| word.starts_with(stem)))
}

/// How much of a word is known.
enum Stem {
    Whole,
    Start,
}

/// Calls `found` with every meaning of the words in a text, and of what they start with.
fn each_surface(text: &Text<'_>, mut found: impl FnMut(Stem, &Sense)) {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 3;
    let lexicon = &text.reader.language.lexicon;
    let mut chars = Normalised::new(text.text).chars;
    // An ending may change the accent of a stem: tři, třemi, tříbodové.
    let plain: Vec<char> = chars.iter().map(|&c| without_accent(c)).collect();
    if plain != chars {
        chars.push(' ');
        chars.extend(plain);
    }
    let joins = |c: char| is_unspaced(c) || is_hangul(c);
    for at in 0..chars.len() {
        let begins = at == 0 || lexicon.compounds || joins(chars[at]) || !is_alphanumeric(chars[at - 1]);
        if !begins || !lexicon.trie.leads(chars[at]) {
            continue;
        }
        lexicon.trie.each(&chars, at, |end, senses| {
            let whole = joins(chars[at]) || chars.get(end).is_none_or(|&c| !is_alphanumeric(c));
            for sense in senses {
                if whole {
                    found(Stem::Whole, sense);
                } else if end - at >= LEAST_STEM {
                    found(Stem::Start, sense);
                }
            }
        });
    }
}

/// Whether "non-" precedes a quantity.
fn is_negated(text: &Text<'_>, quantity: &Quantity) -> bool {
    let before = text.text[..quantity.span.start as usize].trim_end_matches(['-', ' ', '\u{2011}']);
    before.len() >= 3
        && before.is_char_boundary(before.len() - 3)
        && before[before.len() - 3..].eq_ignore_ascii_case("non")
}

/// Whether a text lists that many names in code, which the other one counts.
fn is_list_of(text: &str, value: f64) -> bool {
    value > 1.0 && text.chars().filter(|&c| c == PLACEHOLDER).count() as f64 == value
}
