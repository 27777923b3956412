//! "Did you mean …?": the one place that guesses which word somebody meant.

/// How alike two words must be, by Jaro and Winkler's measure, for one to be suggested in place of the other.
const ALIKE: f64 = 0.8;

/// The candidate that is most like `written`, whatever its case and with `_` for `-`, if any is like enough; the first
/// of several equals.
pub(crate) fn nearest<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let fold = |word: &str| word.to_lowercase().replace('_', "-");
    let written = fold(written);
    let scored = candidates.into_iter().map(|candidate| (strsim::jaro_winkler(&written, &fold(candidate)), candidate));
    let best =
        scored.filter(|(score, _)| *score >= ALIKE).reduce(|best, next| if next.0 > best.0 { next } else { best });
    best.map(|(_, candidate)| candidate)
}

/// The sentence that suggests the nearest candidate or, where none is near, lists them all.
pub(crate) fn suggestion<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> String {
    if let Some(candidate) = nearest(written, candidates.clone()) {
        return format!("did you mean `{candidate}`?");
    }
    let all: Vec<_> = candidates.into_iter().map(|candidate| format!("`{candidate}`")).collect();
    format!("choose from {}", all.join(", "))
}

/// What to say about a text that is no language tag: the tag that is meant by a country code, or by a language's
/// English name, otherwise what a tag looks like.
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

/// A word in lower case as languages are written in English.
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
