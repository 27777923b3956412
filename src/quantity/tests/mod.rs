//! Tests of the whole: what is read, what is the same, and that nothing breaks the reader.

mod comparing;
mod properties;
mod reading;

use super::*;

/// The reader of a locale that the tests name.
fn reader(locale: &str) -> &'static Reader {
    Reader::for_locale(&Locale::parse(locale).unwrap())
}

/// What is read, as `kind value unit`, without the weak readings that articles give.
fn read(locale: &str, text: &str) -> Vec<String> {
    let strong = |quantity: &Quantity| quantity.strength > Strength::Weak;
    reader(locale).read(text).iter().filter(|quantity| strong(quantity)).map(show).collect()
}

fn show(quantity: &Quantity) -> String {
    let unit = quantity.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{} {}{unit}", quantity.kind.as_str(), quantity.value())
}
