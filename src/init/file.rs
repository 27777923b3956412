//! The commented configuration file.

use std::fmt::Write as _;

use super::choose::Chosen;
use super::survey::Survey;
use crate::config::{DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS};
use crate::corpus::walk::Root;
use crate::json::to_text as json_text;

const HEAD: &str = "\
# Configuration of isogloss, as `isogloss init` found it. Every key is optional: without it, isogloss detects what it
# needs. `isogloss check` reads this file, here and in the folders below.
";

const TAIL: &str = "
# Folders and files to leave out, written as in .gitignore. What .gitignore and .isoglossignore name is left out anyway.
# exclude: [CHANGELOG.md, \"**/drafts\"]

# `isogloss check` fails for findings that are at least this: error, warning, info or never.
fail-on: error

# The level of a rule: error, warning, info or off. `isogloss rules` lists them all, and `isogloss explain RULE` says what
# one means.
# rules:
#   number-mismatch: info
";

/// The text of a configuration file for what was seen. It changes nothing: a run with it is the same as one without.
pub fn render(survey: &Survey) -> String {
    let mut text = HEAD.to_owned();
    if let Some(chosen) = &survey.chosen {
        preset(&mut text, chosen);
    }
    roots(&mut text, &survey.roots);
    languages(&mut text, survey);
    keys(&mut text, survey);
    let tail = match &survey.chosen {
        // The line that stands above already must not be there twice.
        Some(chosen) if chosen.kept.iter().any(|kept| kept.key == "exclude") => {
            TAIL.split_once("\n\n").map_or(TAIL, |(_, rest)| rest)
        }
        _ => TAIL,
    };
    if !tail.starts_with('\n') {
        text.push('\n');
    }
    text.push_str(tail);
    if survey.missing > 0 {
        let _ = writeln!(
            text,
            "#   missing-translation: off  # {} pages that a language does not have yet",
            survey.missing
        );
    }
    text.push_str(
        "\n# Other levels for some paths and languages:\n# overrides:\n#   - paths: [\"**/blog/**\"]\n#     rules: {missing-paragraph: warning}\n",
    );
    text
}

fn preset(text: &mut String, chosen: &Chosen) {
    let _ = writeln!(text, "\n# What fits sites like this one, where {}. It stands for these keys,", chosen.reason);
    for (key, value) in chosen.preset.keys() {
        let _ = writeln!(text, "#   {key}: {value}");
    }
    let _ = writeln!(text, "# of which those that are set below win.\npreset: {}", chosen.preset.name);
    for kept in &chosen.kept {
        let value = match kept.key {
            "layout" => "auto".to_owned(),
            "id-keys" => list(DEFAULT_ID_KEYS.iter().copied()),
            "pin-keys" => list(DEFAULT_PIN_KEYS.iter().copied()),
            _ => "[]".to_owned(),
        };
        let (key, effect) = (kept.key, kept.effect());
        let _ = writeln!(
            text,
            "\n# The preset's `{key}` would {effect}. Remove this line if that is right.\n{key}: {value}"
        );
    }
}

fn roots(text: &mut String, roots: &[Root]) {
    if roots.is_empty() {
        return;
    }
    text.push_str("\n# The folders to check, seen from this one.\nroots:\n");
    for root in roots {
        let path = scalar(root.path.as_str());
        let _ = match &root.locale {
            Some(locale) => writeln!(text, "  {locale}: {path}"),
            None => writeln!(text, "  - {path}"),
        };
    }
}

fn languages(text: &mut String, survey: &Survey) {
    match &survey.source {
        Some(source) => {
            let _ = writeln!(text, "\n# The language that the others are translated from.\nsource: {source}");
        }
        None => text.push_str(
            "\n# The language that the others are translated from. None was recognized: each page is compared with its most\n\
             # complete and newest version.\n# source: en\n",
        ),
    }
    let others =
        survey.locales.iter().map(|(locale, _)| locale).filter(|locale| Some(*locale) != survey.source.as_ref());
    let _ = writeln!(
        text,
        "\n# The languages that take part. Without this, all that are found, so that a new one is checked by itself.\n\
         # locales: {}",
        list(others.map(isogloss_text::Locale::as_str))
    );
    let has_layout = survey
        .chosen
        .as_ref()
        .is_some_and(|chosen| chosen.preset.layout.is_some() || chosen.kept.iter().any(|kept| kept.key == "layout"));
    let known = survey.layouts.iter().filter(|name| crate::corpus::layout::find(name).is_some());
    if let (Some(layout), false) = (known.into_iter().next(), has_layout) {
        let _ = writeln!(
            text,
            "\n# How paths tell the language. It is detected; a name, or a pattern such as \"site/{{locale}}/{{path}}\", is for\n\
             # where that fails.\n# layout: {layout}"
        );
    }
}

fn keys(text: &mut String, survey: &Survey) {
    let sets = |key: &str| {
        let set = |chosen: &Chosen| chosen.preset.keys().iter().any(|(set, _)| *set == key);
        survey.chosen.as_ref().is_some_and(set)
    };
    if !sets("id-keys") {
        let _ = writeln!(
            text,
            "\n# Front matter keys that hold a page's id. Pages pair by id, and those without one by their paths.\n# id-keys: {}",
            list(DEFAULT_ID_KEYS.iter().copied())
        );
    }
    let found = survey.pin_keys.iter().chain(&survey.commit_like).map(|(key, _)| key.as_str());
    let keys: Vec<&str> = found.collect();
    if !survey.commit_like.is_empty() || !sets("pin-keys") {
        let keys = if keys.is_empty() { DEFAULT_PIN_KEYS } else { &keys };
        let _ = writeln!(
            text,
            "\n# Front matter keys that hold the source commit that a translation was made from. With them isogloss tells\n\
             # which paragraphs are out of date.\n# pin-keys: {}",
            list(keys.iter().copied())
        );
    }
    text.push_str(
        "\n# Whether to look up source commits that translations record in the source's git history. It must be there in full,\n\
         # which it often is not in CI.\n# history: false\n",
    );
    if let (false, Some(repository)) = (survey.unavailable.is_empty(), &survey.repository) {
        let repository = scalar(repository.as_str());
        let _ = writeln!(text, "\n# The checkout that has this history.\n# source-repository: {repository}");
    }
}

/// A list in YAML's flow style.
fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", items.map(scalar).collect::<Vec<_>>().join(", "))
}

/// A string of one line as YAML reads it back: plain where nothing in it could mean something else.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c))
        && !["true", "false", "null"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_plain {
        return text.to_owned();
    }
    // JSON is YAML.
    json_text(text)
}

#[cfg(test)]
mod tests {
    use saphyr::{LoadableYamlNode, Yaml};

    use super::*;

    #[test]
    fn strings_are_read_back_as_they_were() {
        for (text, written) in [
            ("docs/fr.old", "docs/fr.old"),
            ("../docs", "\"../docs\""),
            ("2024", "\"2024\""),
            ("Null", "\"Null\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("a\"\n\u{1b}\u{202e}é", "\"a\\\"\\n\\u001b\\u202eé\""),
            ("\u{7f}\u{85}", "\"\\u007f\\u0085\""),
            ("##vso[x]", "\"#\\u0023vso[x]\""),
        ] {
            assert_eq!(scalar(text), written);
            assert_eq!(Yaml::load_from_str(written).unwrap()[0].as_str(), Some(text));
        }
    }
}
