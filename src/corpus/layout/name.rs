//! Folder names that are, or end in, a language tag.

use isogloss_text::Locale;

/// Two-letter language tags that are also common words or abbreviations in folder names.
const AMBIGUOUS: &[&str] = &[
    "am", "an", "as", "be", "co", "cs", "cv", "he", "hi", "ho", "hr", "ia", "id", "ie", "ii", "in", "io", "is", "it",
    "la", "lb", "li", "ml", "mr", "ms", "my", "no", "om", "or", "os", "pa", "pi", "ps", "sa", "sc", "sh", "so", "ss",
    "st", "su", "ti", "to", "ts", "tt", "ve", "vo",
];

/// A folder name or suffix parsed as a locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tagged<'name> {
    /// The part before the tag, without the separator: `docs` of `docs.fr-FR`.
    pub stem: &'name str,
    /// The tag.
    pub locale: Locale,
    /// The name may well mean something else, as `it`, `api` and `cpp` do, so it needs better proof.
    pub is_weak: bool,
}

/// Parses `fr`, `pt-br`, `docs.fr-FR`, `docs_fr`, `docs-zh-Hans`: the longest tag at the end of the name.
pub(super) fn read(name: &str) -> Option<Tagged<'_>> {
    if let Some(tagged) = read_tag("", name) {
        return Some(tagged);
    }
    let separators = name.char_indices().filter(|(_, character)| matches!(character, '.' | '-' | '_'));
    separators.filter(|(at, _)| *at > 0).find_map(|(at, _)| read_tag(&name[..at], &name[at + 1..]))
}

/// Parses all of `name` as a tag.
fn read_tag<'name>(stem: &'name str, name: &str) -> Option<Tagged<'name>> {
    let locale = Locale::parse(name)?;
    let has_region = locale.subtags().next().is_some() && name.bytes().any(|byte| byte.is_ascii_uppercase());
    let is_weak = !has_region && (locale.language().len() > 2 || AMBIGUOUS.contains(&locale.language()));
    Some(Tagged { stem, locale, is_weak })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_stem_and_tag() {
        for (name, expected) in [
            ("fr", Some(("", "fr", false))),
            ("pt-br", Some(("", "pt-BR", false))),
            ("docs.fr-FR", Some(("docs", "fr-FR", false))),
            ("docs_zh_Hans", Some(("docs", "zh-Hans", false))),
            ("my-docs-pt-BR", Some(("my-docs", "pt-BR", false))),
            ("it", Some(("", "it", true))),
            ("it-IT", Some(("", "it-IT", false))),
            ("to-do", Some(("", "to-DO", true))),
            ("cpp", Some(("", "cpp", true))),
            ("go-api", Some(("go", "api", true))),
            ("docs", None),
            ("-fr", None),
            ("guide.", None),
            ("日本-x", None),
        ] {
            let found = read(name);
            let found = found.as_ref().map(|tagged| (tagged.stem, tagged.locale.as_str(), tagged.is_weak));
            assert_eq!(found, expected, "{name}");
        }
    }
}
