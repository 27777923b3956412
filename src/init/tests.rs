//! Small document trees: what is detected in them, and that the configuration file does not change the run.

use camino::Utf8Path;

use super::*;
use crate::config::Config;

/// Paths and contents.
type Files<'t> = &'t [(&'t str, &'t str)];

/// A folder with these files.
fn tree(files: Files<'_>) -> tempfile::TempDir {
    let temporary = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = temporary.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    temporary
}

/// Surveys a tree. Its root is given as a path so that tests do not depend on the current folder.
fn look(tree: &tempfile::TempDir) -> (Survey, Config, Config) {
    let current = Utf8Path::from_path(tree.path()).unwrap();
    let roots = vec![Root { locale: None, path: current.to_owned() }];
    let survey = survey(roots.clone(), None, current).unwrap();
    let text = render(&survey);
    let config = Config::from_text("isogloss.yaml".into(), text.clone(), Vec::new(), current);
    let config = config.unwrap_or_else(|error| panic!("{error}\n{text}"));
    (survey, config, Config { roots, ..Config::default() })
}

const COMMIT: &str = "4c1f9e2a4c1f9e2a4c1f9e2a4c1f9e2a4c1f9e2a";

#[test]
fn every_preset_is_chosen_for_its_tree_and_changes_nothing() {
    let pinned = |key: &str| format!("---\n{key}: {COMMIT}\n---\n# Synchro\n");
    let (hugo, learn, league) =
        (pinned("default_lang_commit"), pinned("ms.sourcegitcommit"), pinned("exl-id: a1\nsource-git-commit"));
    let mdn = format!("---\nl10n:\n  sourceCommit: {COMMIT}\n---\n# Synchro\n");
    let page = "# Sync\n";
    let trees: &[(&str, Files<'_>)] = &[
        ("docusaurus", &[("docs/sync.md", page), ("i18n/fr/docusaurus-plugin-content-docs/current/sync.md", page)]),
        ("docusaurus", &[("docs/sync.md", page), ("fr/docs/sync.md", page), ("docusaurus.config.ts", "")]),
        ("starlight", &[("src/content/docs/sync.md", page), ("src/content/docs/fr/sync.md", page)]),
        ("adobe", &[("docs.en/sync.md", "---\nexl-id: a1\n---\n"), ("docs.fr-FR/sync.md", &league)]),
        (
            "adobe",
            &[
                ("docs.en/help/sync.md", page),
                ("docs.fr-FR/help/sync.md", &league),
                ("docs.en/license.md", page),
                ("docs.fr-FR/license.md", page),
            ],
        ),
        ("microsoft", &[("learn.en-us/sync.md", page), ("learn.fr-fr/sync.md", &learn)]),
        (
            "mdn",
            &[
                ("files/en-us/sync/index.md", page),
                ("files/en-us/pause/index.md", page),
                ("files/fr/sync/index.md", &mdn),
                ("files/fr/pause/index.md", &mdn),
                ("files/fr/orphaned/old/index.md", page),
            ],
        ),
        ("hugo", &[("content/en/sync.md", page), ("content/fr/sync.md", &hugo)]),
        ("hugo", &[("content/sync.md", page), ("content/sync.fr.md", page), ("hugo.toml", "")]),
    ];
    for (preset, files) in trees {
        let tree = tree(files);
        let (survey, with, without) = look(&tree);
        let chosen = survey.chosen.as_ref().unwrap_or_else(|| panic!("no preset for {files:?}"));
        assert_eq!(chosen.preset.name, *preset, "{files:?}");
        let found = |config: &Config| crate::find(config).unwrap().corpus;
        assert!(choose::alike(&found(&with), &found(&without)), "{files:?}\n{}", render(&survey));
        let check = |config: &Config| crate::check(config, false).unwrap();
        assert_eq!(check(&with).findings, check(&without).findings, "{files:?}");
    }
}

#[test]
fn a_preset_sees_what_is_not_detected() {
    for (preset, files, without, with) in [
        // Folders that look translated, but are not part of the site.
        (
            "docusaurus",
            ["docs/sync.md", "i18n/fr/docusaurus-plugin-content-docs/current/sync.md", "x/de/a.md", "x/sv/a.md"],
            4,
            2,
        ),
        // A locale whose pages are all missing from the source.
        ("starlight", ["sync.md", "pause.md", "fr/sync.md", "sv/welcome.md"], 2, 3),
        ("adobe", ["en/sync.md", "fr/sync.md", "de/license.md", "sv/license.md"], 4, 2),
        ("microsoft", ["en/sync.md", "fr/sync.md", "de/SECURITY.md", "sv/SECURITY.md"], 4, 2),
        ("mdn", ["files/en/a.md", "files/fr/a.md", "files/de/orphaned/b.md", "files/sv/orphaned/b.md"], 4, 2),
        ("hugo", ["content/en/a.md", "content/fr/a.md", "archetypes/de/a.md", "archetypes/sv/a.md"], 4, 2),
    ] {
        let tree = tree(&files.map(|path| (path, "# Sync\n")));
        let current = Utf8Path::from_path(tree.path()).unwrap();
        let roots = vec![Root { locale: None, path: current.to_owned() }];
        let locales = |text: String| {
            let config = Config::from_text("isogloss.yaml".into(), text, roots.clone(), current).unwrap();
            crate::find(&config).unwrap().corpus.locales.len()
        };
        assert_eq!(locales(String::new()), without, "{preset}");
        assert_eq!(locales(format!("preset: {preset}\n")), with, "{preset}");
    }
}

#[test]
fn what_a_preset_would_change_is_undone_and_reported() {
    let page = "---\nexl-id: a1\n---\n# Sync\n";
    let tree = tree(&[
        ("docs.en/sync.md", page),
        ("docs.fr/sync.md", page),
        ("docs.en/license.md", "# Licence\n"),
        ("docs.fr/license.md", "# Licence\n"),
    ]);
    let (survey, config, _) = look(&tree);
    let kept = &survey.chosen.as_ref().unwrap().kept;
    assert_eq!(kept.iter().map(|kept| (kept.key, kept.fewer)).collect::<Vec<_>>(), [("exclude", 2)]);
    assert!(config.exclude.is_empty());
    assert!(advice(&survey).iter().any(|sentence| sentence.contains("`exclude:`")), "{:?}", advice(&survey));
}

#[test]
fn what_is_ambiguous_is_reported_with_what_to_do() {
    let page = "# Sync\n";
    let stamped = format!("---\nmade_from: {COMMIT}\n---\n");
    let pinned = format!("---\nsource-git-commit: {COMMIT}\n---\n");
    let cases: &[(Files<'_>, &[&str])] = &[
        (&[("fr/sync.md", page), ("sv/sync.md", page)], &["--source LOCALE"]),
        (
            &[("a/en/sync.md", page), ("a/fr/sync.md", page), ("b/pause.md", page), ("b/pause.sv.md", page)],
            &["Several layouts were found (locale-folders, suffix)"],
        ),
        (&[("en/sync.md", page), ("fr/sync.md", &stamped)], &["`made_from` in 1 document looks like a commit"]),
        (&[("en/sync.md", page), ("fr/sync.md", &pinned)], &["`history: false`"]),
        (&[("en/sync.md", page), ("fr/sync.md", page)], &[]),
    ];
    for (files, expected) in cases {
        let tree = tree(files);
        let (survey, ..) = look(&tree);
        let advice_given = advice(&survey);
        assert_eq!(advice_given.len(), expected.len(), "{files:?}: {advice_given:?}");
        for (advice_given, expected) in advice_given.iter().zip(*expected) {
            assert!(advice_given.contains(expected), "{advice_given}");
        }
    }
}

#[test]
fn what_is_commented_out_can_be_used() {
    let stamped = format!("---\n\"ma\\u0000de: 'from'\": {COMMIT}\n\u{1b}x: {COMMIT}\n---\n");
    let tree = tree(&[("en/sync.md", "# Sync\n"), ("en/pause.md", "# Pause\n"), ("fr/sync.md", &stamped)]);
    let current = Utf8Path::from_path(tree.path()).unwrap();
    let roots = ["en", "fr"].map(|tag| Root { locale: Locale::parse(tag), path: tag.into() });
    let absolute = roots.clone().map(|root| Root { path: current.join(&root.path), ..root });
    let mut survey = survey(absolute.into(), None, current).unwrap();
    survey.roots = roots.into();
    let text = render(&survey);
    assert!(text.contains("\nroots:\n  en: en\n  fr: fr\n"), "{text}");
    let is_key = |line: &&str| {
        let key = line.strip_prefix("# ").and_then(|line| line.split_once(':')).map_or("", |(key, _)| key);
        key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    };
    let mut uncommented = String::new();
    for line in text.lines() {
        let inner = line.strip_prefix("# ").or_else(|| line.strip_prefix('#')).unwrap_or(line);
        let is_nested = line.starts_with("#   ");
        uncommented +=
            if (line.starts_with("# ") && is_key(&line) && line.contains(':')) || is_nested { inner } else { line };
        uncommented.push('\n');
    }
    Config::from_text("isogloss.yaml".into(), uncommented.clone(), Vec::new(), current)
        .unwrap_or_else(|error| panic!("{error}\n{uncommented}"));
    assert!(uncommented.contains("\nmissing-translation") || uncommented.contains("\n  missing-translation: off"));
    assert!(!uncommented.chars().any(|c| c.is_control() && c != '\n'));
}
