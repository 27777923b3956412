//! Advice about what a person has to decide.

use super::survey::Survey;
use crate::report::plural;
use isogloss_text::Locale;

/// What is ambiguous or unavailable and what to do about it, in one or two sentences each.
pub fn advice(survey: &Survey) -> Vec<String> {
    let mut all = Vec::new();
    if survey.is_blind() {
        return all;
    }
    if survey.layouts.len() > 1 {
        all.push(format!(
            "Several layouts were found ({}), and each document uses the first one that matches it. If one of them is wrong, \
             set the right one with `layout:`, or skip its folder with `exclude:`.",
            survey.layouts.join(", ")
        ));
    }
    let is_at_hand = |source: &Locale| survey.locales.iter().any(|(locale, _)| locale == source);
    match &survey.source {
        None => all.push(
            "The source locale is unknown, so each page is compared with its most complete and newest version. If one of \
             the locales is the source, run `isogloss init --force --source LOCALE`; if the source is elsewhere, name all \
             folders, as in `isogloss init --force en=../docs.en fr=docs.fr`."
                .to_owned(),
        ),
        Some(source) if source.as_str() == "und" => {
            all.push("The language of the documents at the root is unknown. Set it with `source:`.".to_owned());
        }
        Some(source) if !is_at_hand(source) => all.push(format!(
            "The source locale, {}, has no documents here. Add its folder: `isogloss init --force {source}=FOLDER …`.",
            source.name()
        )),
        Some(_) => {}
    }
    for why in &survey.unavailable {
        let remedy = match &survey.repository {
            Some(repository) => format!("set `source-repository: {repository}`"),
            None => "set `source-repository:` to the source's checkout".to_owned(),
        };
        all.push(format!(
            "`isogloss check` would be incomplete: {why}. In isogloss.yaml, {remedy}, or disable the lookup of source commits \
             with `history: false`."
        ));
    }
    for (key, count) in &survey.commit_like {
        all.push(format!(
            "`{key}` in {} looks like a commit. If it is the source commit of a translation, add the key to `pin-keys:`.",
            plural(*count, "document", "s")
        ));
    }
    for kept in survey.chosen.iter().flat_map(|chosen| &chosen.kept) {
        all.push(format!(
            "The preset's `{key}` would {}, so the file overrides it. Remove `{key}:` to use the preset's value.",
            kept.effect(),
            key = kept.key
        ));
    }
    all
}
