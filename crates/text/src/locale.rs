//! Locales: BCP 47 language tags, in canonical case.

use std::fmt;

use language_tags::LanguageTag;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`, in the case that RFC 5646 recommends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(String);

impl Locale {
    /// Reads a tag, with `-` or `_` between its subtags and in any case. Every subtag must be registered with IANA, so
    /// that `components` or `v2` is not taken for a language; `None` otherwise.
    pub fn parse(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next()?;
        // Cheap test before the registry is asked: most folder names stop here.
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

    /// The language's name in English, with the tag behind it where that says more: `French`, `Portuguese (pt-BR)`.
    pub fn name(&self) -> String {
        let language = self.language();
        let known = isolang::Language::from_639_1(language).or_else(|| isolang::Language::from_639_3(language));
        let Some(known) = known else { return self.0.clone() };
        // ISO 639-3 adds remarks: "Modern Greek (1453-)".
        let name = known.to_name().split(" (").next().unwrap_or(&self.0);
        if language.len() == self.0.len() { name.to_owned() } else { format!("{name} ({})", self.0) }
    }

    /// Whether this tag stands for `locale` too: `fr` for `fr-CA`, `zh-Hant` for `zh-Hant-HK`.
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
    fn tags_are_read_in_any_case_and_written_in_one() {
        for (written, canonical) in
            [("fr", "fr"), ("pt-br", "pt-BR"), ("zh_hans", "zh-Hans"), ("ZH-CN", "zh-CN"), ("es-419", "es-419")]
        {
            assert_eq!(Locale::parse(written).unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn names_are_english_and_tell_regions_apart() {
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
