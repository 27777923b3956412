//! Presets: named defaults for known kinds of sites. One list, which `isogloss init` chooses from.

use std::fmt::Write as _;

/// Defaults for one kind of site. Keys that it does not set keep their own defaults.
#[derive(Debug)]
pub struct Preset {
    /// Its name in the configuration.
    pub name: &'static str,
    /// The sites it is for, in one line without a full stop.
    pub summary: &'static str,
    /// Name of the layout.
    pub layout: Option<&'static str>,
    /// Front matter keys that hold a page's id.
    pub id_keys: Option<&'static [&'static str]>,
    /// Front matter keys that hold the source commit.
    pub pin_keys: Option<&'static [&'static str]>,
    /// Globs of files that are not documentation.
    pub exclude: &'static [&'static str],
    /// Front matter keys that identify such a site.
    pub marks: &'static [&'static str],
    /// Files and folders at its top that identify it.
    pub files: &'static [&'static str],
}

/// All presets; if several match, the first is used.
pub static PRESETS: &[Preset] = &[
    Preset {
        name: "docusaurus",
        summary: "Docusaurus: translations in `i18n/LOCALE/` only, and without its output",
        layout: Some("docusaurus"),
        id_keys: None,
        pin_keys: None,
        exclude: &[".docusaurus", "/build"],
        marks: &[],
        files: &["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "docusaurus.config.cjs"],
    },
    Preset {
        name: "starlight",
        summary: "Astro Starlight: the source at the root, and one folder per language",
        layout: Some("source-at-root"),
        id_keys: None,
        pin_keys: None,
        exclude: &[".astro", "/dist"],
        marks: &[],
        files: &["src/content/docs", "docs/src/content/docs"],
    },
    Preset {
        name: "adobe",
        summary: "Adobe Experience League: `exl-id`, `source-git-commit`, and without repository pages",
        layout: None,
        id_keys: Some(&["exl-id"]),
        pin_keys: Some(&["source-git-commit"]),
        exclude: &[
            "code-of-conduct.md",
            "contributing.md",
            "license.md",
            "metadata.md",
            "_jekyll",
            ".github",
            ".githooks",
        ],
        marks: &["exl-id", "source-git-commit"],
        files: &[],
    },
    Preset {
        name: "microsoft",
        summary: "Microsoft Learn: `ms.sourcegitcommit`, and without repository pages",
        layout: None,
        id_keys: None,
        pin_keys: Some(&["ms.sourcegitcommit"]),
        exclude: &[
            "CODE_OF_CONDUCT.md",
            "SECURITY.md",
            "LICENSE.md",
            "LICENSE-CODE.md",
            "ThirdPartyNotices.md",
            ".github",
        ],
        marks: &["ms.sourcegitcommit", "ms.topic"],
        files: &[],
    },
    Preset {
        name: "mdn",
        summary: "MDN: `l10n.sourceCommit`, and without orphaned pages",
        layout: None,
        id_keys: None,
        pin_keys: Some(&["l10n.sourceCommit"]),
        exclude: &["**/files/*/orphaned", "**/files/*/conflicting", ".github"],
        marks: &["l10n.sourceCommit", "page-type"],
        files: &[],
    },
    Preset {
        name: "hugo",
        summary: "Hugo and Docsy: `translationKey`, `default_lang_commit`, and without templates and output",
        layout: None,
        id_keys: Some(&["translationKey"]),
        pin_keys: Some(&["default_lang_commit"]),
        exclude: &["/archetypes", "/layouts", "/public", "/resources", "/themes"],
        marks: &["default_lang_commit", "translationKey"],
        files: &["hugo.toml", "hugo.yaml", "hugo.json", "config/_default", "archetypes"],
    },
];

impl Preset {
    /// The keys that it sets and their values, as in a configuration file.
    pub fn keys(&self) -> Vec<(&'static str, String)> {
        let list = |items: &[&str]| {
            let quoted = |item: &&str| if item.contains('*') { format!("\"{item}\"") } else { (*item).to_owned() };
            format!("[{}]", items.iter().map(quoted).collect::<Vec<_>>().join(", "))
        };
        let mut keys = Vec::new();
        keys.extend(self.layout.map(|layout| ("layout", layout.to_owned())));
        keys.extend(self.id_keys.map(|items| ("id-keys", list(items))));
        keys.extend(self.pin_keys.map(|items| ("pin-keys", list(items))));
        keys.push(("exclude", list(self.exclude)));
        keys
    }
}

/// Each preset with its name.
pub(super) fn names() -> Vec<(&'static str, &'static Preset)> {
    PRESETS.iter().map(|preset| (preset.name, preset)).collect()
}

/// The description of `preset` for the schema, with the names from the list.
pub(super) fn description() -> String {
    let mut text = "Defaults for a known kind of site; other keys of the file override them.\n\n".to_owned();
    for preset in PRESETS {
        let keys: Vec<String> = preset.keys().into_iter().map(|(key, value)| format!("`{key}: {value}`")).collect();
        let _ = writeln!(text, "- `{}`: {}\n  ({})", preset.name, preset.summary, keys.join(", "));
    }
    text + "\nA key in the file replaces the preset's: `exclude: []` excludes nothing. `isogloss init` chooses a preset."
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use super::*;
    use crate::config::{Config, DEFAULT_ID_KEYS, DEFAULT_PIN_KEYS};
    use crate::corpus::layout::Choice;

    fn load(text: &str) -> Config {
        Config::from_text("isogloss.yaml".into(), text.to_owned(), Vec::new(), Utf8Path::new("/")).unwrap()
    }

    #[test]
    fn a_preset_changes_what_it_says_and_own_keys_win() {
        for preset in PRESETS {
            let config = load(&format!("preset: {}\n", preset.name));
            assert_eq!(config.id_keys, preset.id_keys.unwrap_or(DEFAULT_ID_KEYS), "{}", preset.name);
            assert_eq!(config.pin_keys, preset.pin_keys.unwrap_or(DEFAULT_PIN_KEYS), "{}", preset.name);
            assert_eq!(matches!(config.layout, Choice::Named(_)), preset.layout.is_some(), "{}", preset.name);
            assert!(!config.exclude.is_empty(), "{}", preset.name);

            let own = "layout: auto\nid-keys: [uid]\npin-keys: []\nexclude: []\n";
            let config = load(&format!("{own}preset: {}\n", preset.name));
            assert_eq!((config.id_keys, config.pin_keys), (vec!["uid".to_owned()], Vec::new()), "{}", preset.name);
            assert!(config.exclude.is_empty() && matches!(config.layout, Choice::Auto), "{}", preset.name);
        }
    }

    #[test]
    fn what_is_written_is_what_the_preset_contains() {
        for preset in PRESETS {
            let keys = preset.keys().into_iter().map(|(key, value)| format!("{key}: {value}\n"));
            let (written, named) = (load(&keys.collect::<String>()), load(&format!("preset: {}\n", preset.name)));
            assert_eq!((written.id_keys, written.pin_keys), (named.id_keys, named.pin_keys), "{}", preset.name);
        }
    }
}
