//! The data of all locales, as the build script has checked and compiled it in.

use crate::locale_data::LocaleData;

// `GENERATED`, `IDIOMS` and `COMMON`: each file of `locales/` as JSON.
include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// The names of all locales with data, sorted.
pub(crate) fn names() -> impl ExactSizeIterator<Item = &'static str> {
    GENERATED.iter().map(|(name, _)| *name)
}

/// The layers of the data of the locale at `index` in [`names`], most specific first: idioms, generated, common.
pub(crate) fn layers(index: Option<usize>) -> Vec<LocaleData> {
    let mut layers = Vec::new();
    if let Some((name, generated)) = index.and_then(|index| GENERATED.get(index)) {
        // The scripts of a language share its idioms, so the file has both.
        let language = name.split('-').next().unwrap_or(name);
        layers.extend(IDIOMS.iter().filter(|(idiomatic, _)| idiomatic == &language).map(|(_, json)| read(json)));
        layers.push(read(generated));
    }
    layers.push(read(COMMON));
    layers
}

/// Reads what the build script wrote, after it had read the same text into the same type.
fn read(json: &str) -> LocaleData {
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_data() {
        for (name, json) in GENERATED.iter().chain(IDIOMS).chain(&[("common", COMMON)]) {
            if let Err(error) = serde_json::from_str::<LocaleData>(json) {
                panic!("{name}: {error}");
            }
        }
        assert!(names().is_sorted() && names().len() >= 80);
        assert!(IDIOMS.iter().all(|(language, _)| names().any(|name| name == *language)));
    }
}
