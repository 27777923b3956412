//! Whole configuration files: what they resolve to, and the message for each problem.

use camino::Utf8Path;

use super::*;
use crate::analysis::pins::HistoryChoice;
use crate::corpus::layout;
use crate::corpus::walk::Root;
use crate::finding::Severity;
use crate::rules;
use crate::rules::Levels;
use isogloss_text::Locale;

/// Loads `text` as the configuration in a folder that contains `docs`, `docs.fr` and `docs.sv`.
fn load(text: &str) -> Result<Config, ConfigError> {
    load_with_roots(text, Vec::new())
}

fn load_with_roots(text: &str, roots: Vec<Root>) -> Result<Config, ConfigError> {
    let temporary = tempfile::tempdir().unwrap();
    let current = Utf8Path::from_path(temporary.path()).unwrap();
    for folder in ["docs", "docs.fr", "docs.sv"] {
        std::fs::create_dir(current.join(folder)).unwrap();
    }
    std::fs::write(current.join("isogloss.yaml"), text).unwrap();
    Config::load(&"isogloss.yaml".into(), roots, current)
}

fn locale(tag: &str) -> Locale {
    Locale::parse(tag).unwrap()
}

#[test]
fn every_mistake_is_reported_at_its_place() {
    let cases: &[(&str, &[&str])] = &[
        // Keys.
        ("sources: en\n", &["1:1: unknown key `sources` (did you mean `source`?)"]),
        ("id_keys: [uid]\n", &["1:1: unknown key `id_keys` (did you mean `id-keys`?)"]),
        ("source: en\nsource: fr\n", &["2:1: duplicated key in mapping"]),
        ("1: x\n", &["1:1: a key must be a string, not a number (put it in quotes)"]),
        ("overrides:\n  - path: [a]\n", &["2:5: unknown key `path` (did you mean `paths`?)"]),
        // Types.
        ("locales: fr\n", &["1:10: `locales` must be a list of strings, not a string (write `[fr]`)"]),
        ("locales: [fr, 7]\n", &["1:15: an item must be a string, not a number (put it in quotes)"]),
        ("source: [en]\n", &["1:9: `source` must be a string, not a list"]),
        ("history: no\n", &["1:10: `history` must be `true` or `false`, not a string"]),
        (
            "roots: docs\n",
            &["1:8: `roots` must be a list of paths or a map from locale to path, not a string (write `[docs]`)"],
        ),
        (
            "rules: {xyz: false}\n",
            &[
                "1:9: unknown rule `xyz` (`isogloss rules` lists them all)",
                "1:14: the level of a rule must be one of `error`, `warning`, `info`, `off`, not `true` or `false`",
            ],
        ),
        ("exclude: a/**\n", &["1:10: `exclude` must be a list of strings, not a string (write `[\"a/**\"]`)"]),
        ("rules:\n  - sla-mismatch\n", &["2:3: `rules` must be a map, not a list"]),
        ("overrides:\n  paths: [a]\n", &["2:3: `overrides` must be a list of maps, not a map"]),
        ("- source: en\n", &["1:1: the configuration must be a map, not a list"]),
        ("hello\n", &["1:1: the configuration must be a map, not a string"]),
        // Words.
        ("preset: docusarus\n", &["1:9: `preset` cannot be `docusarus` (did you mean `docusaurus`?)"]),
        (
            "pin-pattern: /blob/main/\n",
            &["1:14: pattern must contain `{commit}` exactly once (write it like \
                 `https://git.tidewater.example/handbook/blob/{commit}/**`)"],
        ),
        ("fail-on: warn\n", &["1:10: `fail-on` cannot be `warn` (did you mean `warning`?)"]),
        (
            "rules:\n  sla-mismatch: loud\n",
            &["2:17: the level of a rule cannot be `loud` (choose from `error`, `warning`, `info`, `off`)"],
        ),
        ("rules:\n  sla-mismach: off\n", &["2:3: unknown rule `sla-mismach` (did you mean `sla-mismatch`?)"]),
        ("changes:\n  links: off\n", &["2:3: unknown class of change `links` (did you mean `link`?)"]),
        (
            "changes:\n  link: loud\n",
            &["2:9: the level of a class of change cannot be `loud` (choose from `error`, `warning`, `info`, `off`)"],
        ),
        ("rules:\n  xyz: off\n", &["2:3: unknown rule `xyz` (`isogloss rules` lists them all)"]),
        (
            "overrides:\n  - rules:\n      stale_source: 'off'\n",
            &["3:7: unknown rule `stale_source` (did you mean `stale-source`?)"],
        ),
        // Locales, layouts, globs, paths.
        ("source: jp\n", &["1:9: `jp` is not a language tag (did you mean `ja`?)"]),
        ("locales: [fr, english]\n", &["1:15: `english` is not a language tag (did you mean `en`?)"]),
        ("layout: sufix\n", &["1:9: unknown layout `sufix` (did you mean `suffix`?)"]),
        (
            "layout: \"{lang}/{path}\"\n",
            &["1:9: pattern must contain `{locale}` exactly once (write it like `site/{locale}/pages/{path}`)"],
        ),
        ("exclude: ['a[']\n", &["1:11: invalid glob: unclosed character class; missing ']'"]),
        ("exclude:\n- ../other\n", &["2:3: globs are relative to the configuration file's folder and cannot leave it"]),
        (
            "roots: [docs, docs.de]\n",
            &["1:15: no such file or folder: `docs.de` (paths are relative to the configuration file's folder)"],
        ),
        ("roots: {fr: docs, FR: docs.fr}\n", &["1:19: duplicate locale `FR`"]),
        // Contradictions.
        (
            "history: false\nsource-repository: docs\n",
            &["2:20: `source-repository` has no effect, because `history` is `false` (remove one of the two)"],
        ),
        (
            "roots: {en: docs}\nlayout: suffix\n",
            &[
                "2:9: `layout` has no effect, because `roots` sets each folder's locale (remove it, or make `roots` a list)",
            ],
        ),
        // YAML.
        ("source: en\n---\nsource: fr\n", &["3:1: configuration must be a single YAML document"]),
        // Several problems, sorted by position; columns count characters, not bytes; any line endings.
        (
            "locales: [\"é\", xx]\r\nfail-on: 3\r\nrules:\r\n  stale: off\r\nsource: EN\r\n",
            &[
                "1:11: `é` is not a language tag (a locale is a BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`)",
                "1:16: `xx` is not a language tag (a locale is a BCP 47 language tag such as `fr`, `pt-BR` or `zh-Hans`)",
                "2:10: `fail-on` must be one of `error`, `warning`, `info`, `never`, not a number",
                "4:3: unknown rule `stale` (did you mean `stale-source`?)",
            ],
        ),
        (
            "\u{feff}source: en\nlocale: [fr]\nsource: sv\n",
            &["2:1: unknown key `locale` (did you mean `locales`?)", "3:1: duplicated key in mapping"],
        ),
    ];
    for (text, expected) in cases {
        let errors = load(text).err().map(|error| error.to_string()).unwrap_or_default();
        let errors: Vec<_> =
            errors.lines().map(|line| line.trim_start_matches("isogloss.yaml:").replacen(" error:", "", 1)).collect();
        assert_eq!(errors, *expected, "{text}");
    }
}

#[test]
fn broken_yaml_is_reported_where_it_breaks() {
    for (text, place) in [
        ("source: en\nlocales: [fr\nroots: [docs]\n", "3:6"),
        ("source: 'en\n", "1:9"),
        ("a: b: c\n", "1:5"),
        ("a: 'b' c\n", "1:8"),
    ] {
        let error = load(text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("isogloss.yaml:{place}: error: ")), "{text}: {error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn hostile_text_is_refused_without_a_panic() {
    let deep = "[".repeat(100_000);
    let bomb = "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n";
    for text in [
        &*deep,
        bomb,
        "\0",
        "? [a]\n: b\n",
        "!!int x",
        "*a",
        "&a *a",
        "{",
        "- ",
        "? ",
        "''",
        "source: !x en",
        "%YAML 3\n---\n",
    ] {
        let _ = load(text);
    }
}

#[test]
fn mistakes_are_shown_in_their_lines() {
    let error = load("source: en\nrules:\n  sla-mismach: off\n").unwrap_err();
    insta::assert_snapshot!(error.pretty(false), @r"
      × unknown rule `sla-mismach`
       ╭─[isogloss.yaml:3:3]
     2 │ rules:
     3 │   sla-mismach: off
       ·   ───────────
       ╰────
      help: did you mean `sla-mismatch`?
    ");
    let error = Config::load(&"isogloss.yaml".into(), Vec::new(), "/nowhere".into()).unwrap_err();
    assert!(error.pretty(false).starts_with("error: cannot read the configuration `isogloss.yaml`: "));
}

#[test]
fn an_empty_file_is_the_default() {
    for text in ["", "# nothing yet\n", "---\n", "locales:\nrules:\n# all to be written\nexclude:\n", "{}"] {
        let config = load(text).unwrap();
        let expected = Config { file: Some("isogloss.yaml".into()), ..Config::default() };
        assert_eq!(format!("{config:?}").split("exclude").next(), format!("{expected:?}").split("exclude").next());
        assert!(config.exclude.is_empty());
        assert_eq!(config.fail_on, FailOn::Error);
    }
}

#[test]
fn values_are_resolved() {
    let config = load(
        "source: en-us\nlocales: [fr, zh_hans]\nroots: {en: docs, fr: docs.fr}\nid-keys: [uid, meta.id]\npin-keys: []\n\
         source-repository: docs\nexclude: [drafts]\nfail-on: never\n",
    )
    .unwrap();
    assert_eq!(config.source, Some(locale("en-US")));
    assert_eq!(config.locales, [locale("fr"), locale("zh-Hans")]);
    let root = |tag, path: &str| Root { locale: Some(locale(tag)), path: path.into() };
    assert_eq!(config.roots, [root("en", "docs"), root("fr", "docs.fr")]);
    assert_eq!(config.id_keys, ["uid", "meta.id"]);
    assert!(config.pin_keys.is_empty());
    assert_eq!(config.history, HistoryChoice::Repository("docs".into()));
    assert!(config.exclude.is_match("./docs/drafts/plan.md".into()));
    assert_eq!(config.fail_on, FailOn::Never);
    for (tag, expected) in [("en-US", true), ("fr-CA", true), ("zh-Hans-CN", true), ("zh-Hant", false), ("fro", false)]
    {
        assert_eq!(config.takes_part(&locale(tag)), expected, "{tag}");
    }

    for layout in layout::LAYOUTS {
        let resolved = load(&format!("layout: {}", layout.name)).unwrap().layout;
        assert!(matches!(resolved, layout::Choice::Named(named) if named == layout.name), "{resolved:?}");
    }
    assert!(matches!(load("layout: auto").unwrap().layout, layout::Choice::Auto));
    assert!(matches!(load("layout: a/{locale}/{path}").unwrap().layout, layout::Choice::Pattern(_)));
    assert_eq!(load("history: false").unwrap().history, HistoryChoice::Off);
}

#[test]
fn paths_are_relative_to_the_file_and_roots_of_the_command_line_replace_its_own() {
    let temporary = tempfile::tempdir().unwrap();
    let base = Utf8Path::from_path(temporary.path()).unwrap();
    std::fs::create_dir_all(base.join("docs/fr/legal")).unwrap();
    std::fs::write(base.join("isogloss.yaml"), "roots: [docs]\nexclude: [docs/fr/legal]\n").unwrap();
    let config = Config::load(&"../../isogloss.yaml".into(), Vec::new(), &base.join("docs/fr")).unwrap();
    assert_eq!(config.roots, [Root { locale: None, path: "../../docs".into() }]);
    for path in ["../../docs/fr/legal/a.md", "legal/a.md", "./legal/a.md"] {
        assert!(config.exclude.is_match(path.into()), "{path}");
    }
    assert!(!config.exclude.is_match("../legal/a.md".into()));

    let roots = vec![Root { locale: None, path: "here".into() }];
    assert_eq!(load_with_roots("roots: [gone]", roots.clone()).unwrap().roots, roots);
}

#[test]
fn levels_come_from_rules_then_overrides_then_the_command_line() {
    let text = "
rules: {sla-mismatch: warning, stale-source: off}
overrides:
- {paths: [blog], rules: {sla-mismatch: info, missing-source-commit: error}}
- {locales: [sv], rules: {sla-mismatch: off}}
- {paths: [blog/legal], rules: {sla-mismatch: error}}
";
    let levels = load(text).unwrap().levels;
    let rule = |id: &str| rules::find(id).unwrap();
    let severity = |levels: &Levels, id, path: &str, tag| levels.severity(rule(id), path.into(), &locale(tag));
    for (id, path, tag, expected) in [
        ("sla-mismatch", "a.md", "fr", Some(Severity::Warning)),
        ("sla-mismatch", "blog/a.md", "fr", Some(Severity::Info)),
        ("sla-mismatch", "blog/a.md", "sv-FI", None),
        ("sla-mismatch", "./blog/legal/a.md", "sv", Some(Severity::Error)),
        ("stale-source", "a.md", "fr", None),
        ("date-mismatch", "a.md", "fr", Some(Severity::Error)),
        ("missing-source-commit", "a.md", "fr", None),
        ("missing-source-commit", "blog/a.md", "fr", Some(Severity::Error)),
    ] {
        assert_eq!(severity(&levels, id, path, tag), expected, "{id} {path} {tag}");
    }
    assert!(levels.runs(rule("missing-source-commit")) && !levels.runs(rule("stale-source")));

    let selected = [rule("sla-mismatch"), rule("stale-source"), rule("missing-source-commit"), rule("date-mismatch")];
    let levels = levels.restricted(&selected, &[rule("date-mismatch")], &[locale("fr")]);
    for (id, path, tag, expected) in [
        ("sla-mismatch", "a.md", "fr", Some(Severity::Warning)),
        ("sla-mismatch", "a.md", "fr-CA", Some(Severity::Warning)),
        ("sla-mismatch", "a.md", "de", None),
        ("stale-source", "a.md", "fr", Some(Severity::Warning)),
        ("missing-source-commit", "a.md", "fr", Some(Severity::Warning)),
        ("missing-source-commit", "blog/a.md", "fr", Some(Severity::Error)),
        ("date-mismatch", "a.md", "fr", None),
        ("missing-paragraph", "a.md", "fr", None),
    ] {
        assert_eq!(severity(&levels, id, path, tag), expected, "{id} {path} {tag}");
    }
    assert!(levels.runs(rule("stale-source")) && !levels.runs(rule("missing-paragraph")));
    assert!(levels.reports(&locale("fr")) && !levels.reports(&locale("de")));
}

#[test]
fn a_severity_fails_the_run_from_its_threshold_on() {
    for (fail_on, expected) in [
        (FailOn::Error, [false, false, true]),
        (FailOn::Warning, [false, true, true]),
        (FailOn::Info, [true; 3]),
        (FailOn::Never, [false; 3]),
    ] {
        assert_eq!(
            [Severity::Info, Severity::Warning, Severity::Error].map(|severity| fail_on.fails(severity)),
            expected
        );
    }
}

/// The error as displayed for a configuration.
fn shown(text: &str) -> String {
    Config::from_text("isogloss.yaml".into(), text.to_owned(), Vec::new(), "/".into()).unwrap_err().pretty(false)
}

#[test]
fn a_mistake_far_to_the_right_is_shown_with_its_surroundings() {
    let spaces = " ".repeat(70_000);
    insta::assert_snapshot!(shown(&format!("source: en\nrules: {{{spaces}nope: off, é: error}}\nlocales: [{}]\n", "fr, ".repeat(900))), @r" × unknown rule `nope`
  ╭─[isogloss.yaml:2:70009]
1 │ source: en
2 │ …                                                                                                                        nope: off, é: error}
  ·                                                                                                                          ────
3 │ locales: [fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr…
  ╰────
 help: `isogloss rules` lists them all

 × unknown rule `é`
  ╭─[isogloss.yaml:2:70020]
1 │ source: en
2 │ …                                                                                                             nope: off, é: error}
  ·                                                                                                                          ─
3 │ locales: [fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr, fr…
  ╰────
 help: `isogloss rules` lists them all");
    for text in [
        format!("extends: {spaces}nowhere.yaml"),
        format!("a: {spaces}[[["),
        format!("exclude: [\"{}\", 7]\nlocales: [fr, {spaces}\"*\"]", "x".repeat(70_000)),
        format!("{}: 1", "k".repeat(900)),
        format!("source: \"{}\"", "é".repeat(70_000)),
        format!("layout: {}", "é".repeat(70_000)),
        format!("source: \"\u{1b}[31m{}\"", "\u{202e}".repeat(500)),
    ] {
        let shown = shown(&text);
        assert!(shown.len() < 4000 && !shown.contains(['\u{1b}', '\u{202e}']), "{}: {shown}", shown.len());
    }
}

#[test]
fn of_thousands_of_mistakes_some_are_shown_and_all_are_counted() {
    let text: String = (0..900).map(|key| format!("k{key}: 1\n")).collect();
    let shown = shown(&text);
    assert_eq!(shown.matches("unknown key").count(), 50);
    assert!(shown.ends_with("\nand 850 more problems in isogloss.yaml\n"), "{}", &shown[shown.len() - 200..]);
    let nested = read::read(&"[".repeat(100_000)).1;
    assert_eq!(nested[0].message, "lists and maps are nested more than 64 levels deep");
}

#[test]
fn what_would_take_too_long_is_refused() {
    let list = |item: &str, count: usize| format!("[{}]", vec![item; count].join(", "));
    for (text, expected) in [
        (format!("locales: {}", list("fr", 1001)), "`locales` has 1001 entries, at most 1000 are allowed"),
        (format!("roots: {}", list(".", 1001)), "`roots` has 1001 entries, at most 1000 are allowed"),
        (format!("id-keys: {}", list("id", 101)), "`id-keys` has 101 entries, at most 100 are allowed"),
        (format!("overrides: {}", list("{}", 1001)), "`overrides` has 1001 entries, at most 1000 are allowed"),
        (format!("exclude: {}", list("a", 5001)), "`exclude` has 5001 entries, at most 5000 are allowed"),
        (format!("exclude: {}", list("a*b*c*d*e", 5000)), "more than 20000 globs and wildcards"),
        (format!("exclude: ['{}']", "{a,b}".repeat(300)), "glob longer than 1024 bytes"),
        (format!("exclude: ['{}']", "**/".repeat(1000)), "glob longer than 1024 bytes"),
        (format!("pin-pattern: '/blob/{{commit}}{}'", "/**".repeat(1000)), "limited to 1024 bytes and 16 wildcards"),
        (format!("layout: '{{locale}}/{}{{path}}'", "**/".repeat(1000)), "layout is limited to 1024 bytes and 32 `*`"),
    ] {
        let error =
            Config::from_text("isogloss.yaml".into(), text, Vec::new(), "/".into()).map(drop).unwrap_err().to_string();
        assert!(error.contains(expected), "{error:.300}");
    }
}
