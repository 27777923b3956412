//! What a person has to decide, in sentences that say how.

use super::survey::Survey;
use crate::report::plural;
use isogloss_text::Locale;

/// What is ambiguous or out of reach, each in one sentence or two, and what to do about it.
pub fn advice(survey: &Survey) -> Vec<String> {
    let mut all = Vec::new();
    if survey.is_blind() {
        return all;
    }
    if survey.layouts.len() > 1 {
        all.push(format!(
            "Several layouts were seen ({}), and each document follows the first that explains it. If one of them is none, \
             name the right one with `layout:`, or leave the folder out with `exclude:`.",
            survey.layouts.join(", ")
        ));
    }
    let is_at_hand = |source: &Locale| survey.locales.iter().any(|(locale, _)| locale == source);
    match &survey.source {
        None => all.push(
            "No language is known to be the source, so that each page is compared with its most complete and newest \
             version. If one of them is the source, say `isogloss init --force --source LOCALE`; if the source is elsewhere, \
             name all folders, as in `isogloss init --force en=../docs.en fr=docs.fr`."
                .to_owned(),
        ),
        Some(source) if source.as_str() == "und" => {
            all.push("The language of the documents at the root could not be told. Name it with `source:`.".to_owned());
        }
        Some(source) if !is_at_hand(source) => all.push(format!(
            "The source, {}, has no documents here. Name its folder too: `isogloss init --force {source}=FOLDER …`.",
            source.name()
        )),
        Some(_) => {}
    }
    for why in &survey.unavailable {
        let remedy = match &survey.repository {
            Some(repository) => format!("name the source's checkout with `source-repository: {repository}`"),
            None => "name the source's checkout with `source-repository:`".to_owned(),
        };
        all.push(format!(
            "Recorded source commits cannot be looked up ({why}), and `isogloss check` does not pass for that. In isogloss.yaml, \
             {remedy}, or do without with `history: false`."
        ));
    }
    for (key, count) in &survey.commit_like {
        all.push(format!(
            "`{key}` in {} looks like a commit. If it is the source commit that a translation was made from, add it \
             to `pin-keys:`.",
            plural(*count, "document", "s")
        ));
    }
    for kept in survey.chosen.iter().flat_map(|chosen| &chosen.kept) {
        all.push(format!(
            "The preset's `{key}` would {}, so the file undoes it; remove `{key}:` there if that is right.",
            kept.effect(),
            key = kept.key
        ));
    }
    all
}
