//! Locales: BCP 47 language tags, in canonical case.

use std::fmt;

use language_tags::LanguageTag;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`, in the case that RFC 5646 recommends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(String);

impl Locale {
    /// Parses a tag with subtags separated by `-` or `_`, in any case. `None` unless every subtag is registered with IANA, so
    /// that folders such as `components` or `v2` are not locales.
    pub fn parse(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next()?;
        // A cheap test before the registry lookup rejects most folder names.
        if !(2..=3).contains(&first.len()) || tag.len() > 35 || !first.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let parsed = LanguageTag::parse(&tag.replace('_', "-")).ok()?;
        parsed.validate().ok()?;
        Some(Self(parsed.into_string()))
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language subtag: `pt` of `pt-BR`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The English name of the language, followed by the tag if it has more subtags: `French`, `Portuguese (pt-BR)`.
    pub fn name(&self) -> String {
        let language = self.language();
        let known = isolang::Language::from_639_1(language).or_else(|| isolang::Language::from_639_3(language));
        let Some(known) = known else { return self.0.clone() };
        // ISO 639-3 adds notes: "Modern Greek (1453-)".
        let name = known.to_name().split(" (").next().unwrap_or(&self.0);
        if language.len() == self.0.len() { name.to_owned() } else { format!("{name} ({})", self.0) }
    }

    /// Whether this tag includes `locale`: `fr` includes `fr-CA`, `zh-Hant` includes `zh-Hant-HK`.
    ///
    /// This is the basic filtering of RFC 4647, section 3.3.1.
    pub fn covers(&self, locale: &Self) -> bool {
        locale.0.strip_prefix(&self.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// The subtags after the language: `["Hans", "CN"]` of `zh-Hans-CN`.
    pub fn subtags(&self) -> impl Iterator<Item = &str> {
        self.0.split('-').skip(1)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Locale {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        Self::parse(&written).ok_or_else(|| serde::de::Error::custom("a locale is a language tag"))
    }
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parsed_in_any_case_and_normalised() {
        for (written, canonical) in
            [("fr", "fr"), ("pt-br", "pt-BR"), ("zh_hans", "zh-Hans"), ("ZH-CN", "zh-CN"), ("es-419", "es-419")]
        {
            assert_eq!(Locale::parse(written).unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn names_are_english_and_distinguish_regions() {
        for (tag, name) in [
            ("fr", "French"),
            ("pt-BR", "Portuguese (pt-BR)"),
            ("el", "Modern Greek"),
            ("zh-Hans", "Chinese (zh-Hans)"),
        ] {
            assert_eq!(Locale::parse(tag).unwrap().name(), name);
        }
    }

    #[test]
    fn folder_names_are_not_locales() {
        for name in ["help", "v2", "components", "zz", "fr-", "x", "", "node_modules", "en--us", "日本"] {
            assert_eq!(Locale::parse(name), None, "{name}");
        }
    }
}
