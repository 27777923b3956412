//! Quantities: the first line names two locales, `en fr`, and the rest is read in both.

use isogloss_quantities::{Quantity, Reader, compare};
use isogloss_text::Locale;

use super::assert_within;

/// Locales with data, some regions with different formats, and one locale without data.
pub(crate) const LOCALES: &[&str] = &[
    "en", "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
    "zh-Hant", "en-GB", "de-CH", "fr-CA", "pt-BR", "es-MX", "ta",
];

pub(super) fn run(text: &str) {
    let (first, rest) = text.split_once('\n').unwrap_or(("", text));
    let mut named = first.split(' ').filter(|name| LOCALES.contains(name));
    let (source, translation) = match (named.next(), named.next()) {
        (Some(source), Some(translation)) => (source, translation),
        // Inputs without locales get some.
        _ => (LOCALES[text.len() % LOCALES.len()], LOCALES[text.len() / 7 % LOCALES.len()]),
    };
    let (half, other) = rest.split_once("%%%").unwrap_or((rest, rest));
    let (source, translation) = (reader(source), reader(translation));
    let (ours, theirs) = (read(source, half), read(translation, other));
    let differences = compare(&ours, &theirs);
    assert_eq!(differences, compare(&ours, &theirs));
    let _ = (source.gist(half, None), translation.gist(other, None));
    for difference in differences {
        assert!(difference.source.is_none_or(|index| index < ours.len()));
        assert!(difference.translation.is_none_or(|index| index < theirs.len()));
    }
}

fn reader(locale: &str) -> &'static Reader {
    let parsed = Locale::parse(locale).unwrap_or_else(|| panic!("{locale} is no locale"));
    Reader::for_locale(&parsed)
}

fn read(reader: &Reader, text: &str) -> Vec<Quantity> {
    let found = reader.read(text);
    let mut end = 0;
    for quantity in &found {
        let range = quantity.span.range();
        assert_within(text, range.start, range.end);
        assert!(range.start >= end && !range.is_empty(), "{range:?} after {end}");
        end = range.end;
        assert!(!quantity.describe().is_empty());
    }
    assert_eq!(format!("{found:?}"), format!("{:?}", reader.read(text)));
    found
}
