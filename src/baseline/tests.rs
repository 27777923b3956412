//! The file format, and which entries a run may consider resolved.

use camino::Utf8Path;
use serde_json::Map;

use super::*;
use crate::analysis::pins::HistoryChoice;
use crate::config::Config;
use crate::corpus::page::Page;
use crate::finding::Severity;
use isogloss_text::Locale;
use isogloss_text::{Position, Range};

fn finding(rule: &'static str, page: &str, locale: &str) -> Finding {
    let start = Position { line: 1, column: 1, byte: 0 };
    Finding {
        rule,
        severity: Severity::Error,
        message: String::new(),
        page: page.to_owned(),
        locale: Locale::parse(locale).unwrap(),
        path: format!("{locale}/{page}").into(),
        range: Range { start, end: start },
        related: Vec::new(),
        data: Map::new(),
        fingerprint: Fingerprint::of(rule, page, locale, ""),
        fixes: Vec::new(),
        otherwise: Vec::new(),
        label: String::new(),
    }
}

fn parse(text: &str) -> Result<Baseline, String> {
    Baseline::parse("b.json".into(), text).map_err(|error| error.to_string())
}

fn coverage<'r>(
    config: &'r Config,
    corpus: &'r Corpus,
    unread: &'r FxHashSet<&'r str>,
    is_incomplete: bool,
) -> Coverage<'r> {
    Coverage {
        file: config.baseline_file(),
        levels: &config.levels,
        has_history: config.history != HistoryChoice::Off,
        narrowed: config.narrowed,
        corpus,
        unread,
        is_incomplete,
    }
}

#[test]
fn the_file_has_one_line_a_finding_sorted_and_is_read_back() {
    let findings = [
        finding("sla-mismatch", "plans.md", "sv"),
        finding("date-mismatch", "\u{202E}\"plans\n.md", "fr"),
        finding("sla-mismatch", "plans.md", "fr"),
        finding("sla-mismatch", "plans.md", "sv"),
    ];
    let baseline = Baseline::new(findings.iter().map(Entry::of).collect());
    let text = baseline.to_text().unwrap();
    insta::assert_snapshot!(text, @r#"
    {"isogloss-baseline": 1, "findings": [
    {"page":"plans.md","locale":"fr","rule":"sla-mismatch","fingerprint":"1a5e46c0d74bb98d"},
    {"page":"plans.md","locale":"sv","rule":"sla-mismatch","fingerprint":"f510721374a2cc70"},
    {"page":"\u202e\"plans\n.md","locale":"fr","rule":"date-mismatch","fingerprint":"8f39759392679c43"}
    ]}
    "#);
    assert_eq!(parse(&text), Ok(baseline));
    assert_eq!(parse(&Baseline::default().to_text().unwrap()), Ok(Baseline::default()));
}

#[test]
fn what_is_no_baseline_is_refused_at_its_line() {
    let entry = r#"{"page":"a.md","locale":"sv","rule":"x","fingerprint":"f510721374a2cc70"}"#;
    let file = |entry: &str| format!("{{\"isogloss-baseline\": 1, \"findings\": [\n{entry}\n]}}\n");
    assert!(parse(&file(entry)).is_ok(), "a rule of a later version");
    for (text, start) in [
        (String::new(), "b.json:1: invalid baseline: EOF while parsing"),
        ("{\n  \"name\": \"site\"\n}\n".to_owned(), "b.json:3: invalid baseline: missing field"),
        ("[1]".to_owned(), "b.json:1: invalid baseline: "),
        (file("<<<<<<< HEAD"), "b.json:2: invalid baseline: expected value"),
        (file(&format!("{entry}\n{entry}")), "b.json:3: invalid baseline: expected `,` or `]`"),
        (file(&entry.replace("f5", "F5")), "b.json:2: invalid baseline: fingerprint must have 16 hexadecimal"),
        (file(&entry.replace("sv", "svenska")), "b.json:2: invalid baseline: a locale is a language tag"),
        (file(&entry.replace("rule", "rul")), "b.json:2: invalid baseline: unknown field `rul`"),
        (
            "{\n\"isogloss-baseline\": 2, \"entries\": {}}".to_owned(),
            "b.json:2: unsupported baseline version 2, expected 1; update isogloss",
        ),
        (file(entry)[..60].to_owned(), "b.json:2: invalid baseline: EOF while parsing a string"),
    ] {
        let error = parse(&text).unwrap_err();
        assert!(error.starts_with(start) && error.lines().count() == 1, "{text}\n{error}");
    }
}

#[test]
fn only_what_was_looked_for_is_gone() {
    let rule = |id| rules::find(id).unwrap();
    let sv = finding("sla-mismatch", "plans.md", "sv");
    let corpus = Corpus {
        pages: vec![Page { key: "plans.md".to_owned(), members: Vec::new(), family: 0 }],
        ..Corpus::default()
    };
    let old = Baseline::new(
        [
            sv.clone(),
            finding("sla-mismatch", "plans.md", "fr"),
            finding("sla-mismatch", "removed.md", "fr"),
            finding("stale-source", "plans.md", "fr"),
        ]
        .iter()
        .map(Entry::of)
        .collect(),
    );
    let base = || Config { baseline: Choice::Read("b.json".into()), ..Config::default() };
    let levels = |select: &[_], ignore: &[_], locales: &[&str]| {
        let locales: Vec<_> = locales.iter().filter_map(|tag| Locale::parse(tag)).collect();
        Config { levels: base().levels.restricted(select, ignore, &locales), ..base() }
    };
    let unread = FxHashSet::from_iter(["plans.md"]);
    for (what, config, unread, is_incomplete, expected) in [
        ("everything", base(), None, false, 3),
        ("without history", Config { history: HistoryChoice::Off, ..base() }, None, false, 2),
        ("some folders", Config { narrowed: true, ..base() }, None, false, 2),
        ("another locale", levels(&[], &[], &["sv"]), None, false, 0),
        ("another rule", levels(&[rule("date-mismatch")], &[], &[]), None, false, 0),
        ("without a rule", levels(&[], &[rule("sla-mismatch")], &[]), None, false, 1),
        ("an unread page", base(), Some(&unread), false, 1),
        ("incomplete", base(), None, true, 0),
    ] {
        let none = FxHashSet::default();
        let coverage = coverage(&config, &corpus, unread.unwrap_or(&none), is_incomplete);
        let settled = settle(Some(old.clone()), vec![sv.clone()], &coverage).unwrap();
        assert_eq!((settled.new.len(), settled.unchanged.len()), (0, 1), "{what}");
        assert_eq!(settled.summary.unwrap().gone, expected, "{what}");
        assert_eq!(settled.notice.is_some(), expected > 0, "{what}");
    }
}

#[test]
fn a_new_baseline_keeps_what_was_not_looked_for_and_a_blind_run_writes_none() {
    let temporary = tempfile::tempdir().unwrap();
    let path = Utf8Path::from_path(temporary.path()).unwrap().join("b.json");
    let choice = Choice::Write { path: path.clone(), named: true, usual: true };
    let levels = Config::default().levels.restricted(&[], &[], &[Locale::parse("sv").unwrap()]);
    let config = Config { baseline: choice.clone(), levels, ..Config::default() };
    let (corpus, unread) = (Corpus::default(), FxHashSet::default());
    let coverage = |is_incomplete| coverage(&config, &corpus, &unread, is_incomplete);
    let [fr, gone, new] = [
        finding("sla-mismatch", "plans.md", "fr"),
        finding("sla-mismatch", "plans.md", "sv"),
        finding("date-mismatch", "plans.md", "sv"),
    ];
    let old = Baseline::new([&fr, &gone].map(Entry::of).into());

    let settled = settle(Some(old.clone()), vec![new.clone()], &coverage(true)).unwrap();
    assert_eq!((settled.new.len(), settled.summary.unwrap().gone), (1, 0));
    assert!(!path.exists());
    assert_eq!(settled.notice.unwrap().level, NoticeLevel::Warning);

    let settled = settle(Some(old), vec![new.clone()], &coverage(false)).unwrap();
    assert_eq!((settled.new.len(), settled.unchanged.len()), (0, 1));
    assert_eq!(settled.notice.unwrap().message, "wrote 2 findings: 1 added, 1 removed");
    assert_eq!(Baseline::load(config.baseline_file()).unwrap(), Some(Baseline::new([&fr, &new].map(Entry::of).into())));
}
