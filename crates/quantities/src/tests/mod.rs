//! Tests of the whole crate: what is read, what is the same, and that no text causes a panic.

mod charity;
mod common_words;
mod comparing;
mod inflected;
mod languages;
mod parts;
mod powers;
mod properties;
mod reading;
mod reliability;

use isogloss_text::Locale;
use isogloss_text::words::word_hashes;

use crate::normalise::Normalised;
use crate::scan::Scan;
use crate::{Date, Gist, Meaning, Quantity, QuantityKind, Reader, Strength, compare, data, normalise};

/// The reader for a language tag.
fn reader(locale: &str) -> &'static Reader {
    Reader::for_locale(&Locale::parse(locale).unwrap())
}

/// The gist of a text, given its words.
fn gist(reader: &Reader, text: &str) -> Gist {
    reader.gist(text, Some(&word_hashes(text)))
}

/// What is read, as `kind value unit`, without weak quantities.
fn read(locale: &str, text: &str) -> Vec<String> {
    let strong = |quantity: &Quantity| quantity.strength > Strength::Weak;
    reader(locale).read(text).iter().filter(|quantity| strong(quantity)).map(show).collect()
}

fn show(quantity: &Quantity) -> String {
    let unit = quantity.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{} {}{unit}", quantity.kind.as_str(), quantity.value())
}
