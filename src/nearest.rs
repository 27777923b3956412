//! "Did you mean …?": suggests the word that the user probably meant.

/// The least Jaro-Winkler similarity at which one word is suggested for another.
const ALIKE: f64 = 0.8;

/// The candidate most similar to `written`, ignoring case and treating `_` as `-`, if any is similar enough; the first one of a
/// tie.
pub(crate) fn nearest<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let fold = |word: &str| word.to_lowercase().replace('_', "-");
    let written = fold(written);
    let scored = candidates.into_iter().map(|candidate| (strsim::jaro_winkler(&written, &fold(candidate)), candidate));
    let best =
        scored.filter(|(score, _)| *score >= ALIKE).reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, candidate)| candidate)
}

/// A hint with the nearest candidate or, if none is similar enough, the list of all.
pub(crate) fn suggestion<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> String {
    if let Some(candidate) = nearest(written, candidates.clone()) {
        return format!("did you mean `{candidate}`?");
    }
    let all: Vec<_> = candidates.into_iter().map(|candidate| format!("`{candidate}`")).collect();
    format!("choose from {}", all.join(", "))
}

/// A hint for a string that is not a language tag: the tag meant by a country code or an English language name, otherwise an
/// explanation of what a tag looks like.
pub(crate) fn locale_suggestion(written: &str) -> String {
    let mistaken = [
        ("cn", "zh-CN"),
        ("cz", "cs"),
        ("dk", "da"),
        ("en-uk", "en-GB"),
        ("gr", "el"),
        ("jp", "ja"),
        ("sp", "es"),
        ("vn", "vi"),
    ];
    let folded = written.to_lowercase().replace('_', "-");
    let meant = mistaken.iter().find(|(code, _)| *code == folded).map(|(_, tag)| *tag);
    match meant.or_else(|| isolang::Language::from_name(&capitalized(&folded))?.to_639_1()) {
        Some(tag) => format!("did you mean `{tag}`?"),
        None => "a locale is a BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`".to_owned(),
    }
}

/// A lower-case word, capitalized as English language names are.
fn capitalized(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_text::Locale;

    #[test]
    fn the_nearest_word_is_suggested_and_a_far_one_is_not() {
        let words = ["source", "source-repository", "locales", "roots", "id-keys"];
        for (written, expected) in [
            ("sources", Some("source")),
            ("ID_Keys", Some("id-keys")),
            ("local", Some("locales")),
            ("source-repo", Some("source-repository")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, words), expected, "{written}");
        }
        assert!(suggestion("colour", ["roots", "locales"]).contains("`roots`, `locales`"));
    }

    #[test]
    fn a_country_code_for_a_language_is_understood() {
        for (written, tag) in [("jp", "ja"), ("CZ", "cs"), ("en_UK", "en-GB"), ("French", "fr"), ("swedish", "sv")] {
            assert_eq!(Locale::parse(written), None, "{written}");
            assert!(Locale::parse(tag).is_some(), "{tag}");
            assert!(locale_suggestion(written).contains(tag));
        }
    }
}
