//! Accepted and rejected command lines.

use camino::{Utf8Path, Utf8PathBuf};
use clap::CommandFactory;

use super::*;
use crate::analysis::pins::HistoryChoice;
use crate::config::{Config, FailOn};
use crate::corpus::walk::Root;
use crate::report::Options;
use crate::rules::find;
use isogloss_text::Locale;
use std::ffi::OsString;

fn read(line: &str) -> Result<Cli, clap::Error> {
    Cli::read(std::iter::once("isogloss").chain(line.split_whitespace()).map(OsString::from))
}

fn check(line: &str) -> check::CheckArgs {
    match read(&format!("check {line}")).unwrap().command {
        Command::Check(check) => *check,
        other => panic!("{other:?}"),
    }
}

fn root(tag: &str, path: &str) -> Root {
    Root { locale: Locale::parse(tag), path: path.into() }
}

#[test]
fn the_definitions_are_consistent() {
    Cli::command().debug_assert();
}

#[test]
fn wrong_usage_is_refused_with_code_2_and_one_sentence() {
    for (line, sentence) in [
        ("chek", "unrecognized subcommand 'chek'"),
        ("check --select sla-mismach", "unknown rule; did you mean `sla-mismatch`?"),
        ("check --ignore zzz", "unknown rule; `isogloss rules` lists them all"),
        ("check --source jp", "not a language tag; did you mean `ja`?"),
        ("check --locale fr,english", "'english' for '--locale <LOCALE,…>': not a language tag"),
        ("check english=docs", "`english` is not a language tag"),
        ("check fr=", "missing path after `fr=`"),
        ("check --format jsn", "unknown format; did you mean `json`?"),
        ("check --format json=", "missing file after `json=`"),
        ("check --format short --format json", "two formats cannot both be written to standard output"),
        ("check --format json=a --format short=a", "two formats cannot both be written to `a`"),
        ("check --fail-on warn", "a similar value exists: 'warning'"),
        ("check --jobs 0", "invalid value '0' for '--jobs <N>'"),
        ("check --no-history --source-repo a", "cannot be used with"),
        ("check --config a --no-config", "cannot be used with"),
        ("diff", "<PAGE>"),
        ("diff a --width 20", "20 is not in 40.."),
        ("align a", "<TRANSLATION>"),
        ("quantities a", "--locale <LOCALE>"),
        ("explain", "<RULE>"),
        ("explain stale", "did you mean `stale-source`?"),
        ("rules --format xml", "[possible values: table, json]"),
    ] {
        let error = read(line).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{line}");
        assert!(error.to_string().contains(sentence), "{line}: {error}");
    }
}

#[test]
fn roots_are_paths_with_or_without_a_locale() {
    let roots = check("docs fr-fr=docs.fr ./a=b docs/fr=x").roots;
    assert_eq!(roots, [root("", "docs"), root("fr-FR", "docs.fr"), root("", "./a=b"), root("", "docs/fr=x")]);

    // What is not a locale may be the start of a file name.
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("zz=docs");
    std::fs::create_dir(&folder).unwrap();
    let folder = Utf8PathBuf::from_path_buf(folder).unwrap();
    assert_eq!(check(folder.as_str()).roots, [root("", folder.as_str())]);
}

#[test]
fn formats_may_be_repeated_and_go_to_files() {
    let formats = |line: &str, on_github| -> Vec<_> {
        check(line)
            .formats(on_github)
            .into_iter()
            .map(|it| (it.format.name, it.file.map(Utf8PathBuf::into_string)))
            .collect()
    };
    assert_eq!(formats("", false), [("pretty", None)]);
    assert_eq!(formats("", true), [("github", None)]);
    assert_eq!(formats("-f short", true), [("short", None)]);
    let json = ("json", Some("out/findings.json".to_owned()));
    assert_eq!(formats("--format json=out/findings.json -f short", false), [json, ("short", None)]);
}

#[test]
fn the_command_line_wins_over_the_file() {
    let temporary = tempfile::tempdir().unwrap();
    let current = Utf8Path::from_path(temporary.path()).unwrap();
    let file = "source: en\nlocales: [sv]\nroots: [gone]\nhistory: false\nfail-on: info\nrules: {sla-mismatch: off}\n";
    std::fs::write(current.join("isogloss.yaml"), file).unwrap();
    std::fs::write(current.join("other.yaml"), "source: de\n").unwrap();
    let resolve = |line: &str| check(line).resolve(current).unwrap();
    let locale = |tag: &str| Locale::parse(tag).unwrap();

    let config = resolve("docs");
    assert_eq!(config.file, Some("isogloss.yaml".into()));
    assert_eq!(
        (config.source, config.roots, config.fail_on),
        (Some(locale("en")), vec![root("", "docs")], FailOn::Info)
    );
    assert_eq!((config.history, config.locales), (HistoryChoice::Off, vec![locale("sv")]));

    let line = "fr=docs -s fr -l da,sv-FI --source-repo ../en --fail-on never --jobs 3 --select sla-mismatch";
    let config = resolve(line);
    assert_eq!(
        (config.source, config.roots, config.fail_on),
        (Some(locale("fr")), vec![root("fr", "docs")], FailOn::Never)
    );
    assert_eq!(config.history, HistoryChoice::Repository("../en".into()));
    assert_eq!(config.locales, [locale("sv"), locale("da")]);
    let severity = |id, tag| config.levels.severity(find(id).unwrap(), "a.md".into(), &locale(tag));
    assert!(severity("sla-mismatch", "da").is_some() && severity("sla-mismatch", "sv").is_none());
    assert!(severity("date-mismatch", "da").is_none());

    assert_eq!(resolve("--config other.yaml").source, Some(locale("de")));
    assert_eq!(resolve("--no-config").roots, Config::default().roots);
    assert!(check("").resolve(current).is_err(), "the configured root does not exist");
    assert!(check("--config gone.yaml").resolve(current).is_err());
}

#[test]
fn align_has_two_roots_and_its_source_is_the_first() {
    let Command::Align(align) = read("align en=a fr=b --no-config --format json").unwrap().command else { panic!() };
    let config = align.resolve("/".into()).unwrap();
    assert_eq!(config.roots, [root("en", "a"), root("fr", "b")]);
    assert_eq!((config.source, align.format), (Locale::parse("en"), align::AlignFormat::Json));
}

#[test]
fn rules_are_listed_and_explained() {
    let rules = |format, width| {
        let mut out = Vec::new();
        rules::run(&rules::RulesArgs { format }, width, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let table = rules(rules::RulesFormat::Table, None);
    assert_eq!(table.lines().count(), crate::rules::RULES.len());
    assert!(table.starts_with("missing-section        error    A section"), "{table}");
    assert!(table.contains("\nmissing-source-commit  off      The translation does"), "{table}");
    let narrow = rules(rules::RulesFormat::Table, Some(80));
    assert!(narrow.lines().all(|line| line.len() <= 80 && !line.ends_with(' ')), "{narrow}");
    let json: serde_json::Value = serde_json::from_str(&rules(rules::RulesFormat::Json, Some(80))).unwrap();
    assert_eq!(json[0]["id"], "missing-section");
    assert_eq!(json[0]["default"], "error");

    let explain = |color| {
        let mut out = Vec::new();
        explain::run(&explain::ExplainArgs { rule: find("date-mismatch").unwrap() }, color, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    assert!(explain(false).starts_with("date-mismatch\n\nA date differs.\n\nDefault: error\n\n"));
    assert!(explain(true).starts_with("\u{1b}[1mdate-mismatch\u{1b}[0m\n\nA date differs.\n\n"));
}

#[test]
fn quantities_are_printed_line_by_line() {
    let temporary = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(temporary.path()).unwrap();
    let file = folder.join("plans.md");
    let print = |text: &[u8], format: &str| {
        std::fs::write(&file, text).unwrap();
        let line = format!("quantities --locale en --format {format} {file}");
        let Command::Quantities(arguments) = read(&line).unwrap().command else { panic!() };
        let mut out = Vec::new();
        let result = quantities::run(&arguments, Options::plain(), &mut out);
        result.map(|()| String::from_utf8(out).unwrap()).map_err(|error| error.to_string())
    };

    let text = "Tidewater\n\nAnswers within 2 business days\r\nup to 50 GB\u{1B}, 5 %".as_bytes();
    let json = print(text, "jsonl").unwrap();
    let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[1], serde_json::json!({"line": 2, "quantities": []}));
    let days = &lines[2]["quantities"][0];
    assert_eq!((&days["kind"], &days["start"], &days["end"]), (&"duration".into(), &15.into(), &30.into()));
    assert_eq!((&days["text"], days.get("unit")), (&"2 business days".into(), None));
    assert_eq!(days["strength"], "digits");
    let size = &lines[3]["quantities"][0];
    assert_eq!((&size["kind"], &size["value"], &size["unit"]), (&"size".into(), &"50".into(), &"GB".into()));

    let json: serde_json::Value = serde_json::from_str(&print("né à 3 km, 5 €".as_bytes(), "jsonl").unwrap()).unwrap();
    let places: Vec<_> = (0..2).map(|at| [&json["quantities"][at]["start"], &json["quantities"][at]["end"]]).collect();
    assert_eq!(places, [[&5, &9], [&11, &14]], "offsets count characters");

    insta::assert_snapshot!(print(text, "text").unwrap(), @r"
    3: 2 business days → duration 2 business days
    4: 50 GB           → size     50 GB
    4: 5 %             → percent  5 %
    ");
    let article = print(b"Wait a day.", "text").unwrap();
    assert!(article.contains("duration 1 day (may not be a number)"), "{article}");
    assert_eq!(print(b"", "jsonl"), Ok(String::new()));
    let broken = print(b"a\nb\n\xff 4 hours", "text").unwrap_err();
    assert_eq!(broken, format!("cannot read `{file}`: line 3 is not valid UTF-8"));
    std::fs::remove_file(&file).unwrap();
    let Command::Quantities(gone) = read(&format!("quantities -l en {file}")).unwrap().command else { panic!() };
    assert!(matches!(quantities::run(&gone, Options::plain(), &mut Vec::new()), Err(Error::Unreadable { .. })));
}

#[test]
fn a_locale_without_data_is_noted() {
    assert!(quantities::notice(&Locale::parse("en").unwrap()).is_none());
    let notice = quantities::notice(&Locale::parse("fo").unwrap()).unwrap();
    assert_eq!(notice.message, "no data for Faroese; reading only digits and common symbols");
    let notice = quantities::notice(&Locale::parse("eu").unwrap()).unwrap();
    assert_eq!(notice.message, "no number words for Basque; reading digits and the names of months and units");
}
