//! Snapshots of every format over one report, and what must hold for all formats.

mod html;
mod services;

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::corpus::contents::Contents;
use crate::corpus::page::{Corpus, Member, Page};
use crate::finding::Finding;
use crate::finding::Notice;
use crate::finding::fingerprint::Fingerprint;
use crate::finding::{Applicability, Edit, Fix, NoticeLevel, Related, Severity};
use crate::sanitize::is_unsafe;
use isogloss_text::Locale;
use isogloss_text::{LineIndex, Range, Span};
use std::io;

const ENGLISH: &str = "\
# Tidewater support

| Plan | Opening hours | First answer |
|---|---|---|
| Harbour | 6 am – 5:30 pm | 4 hours |

Every answer names the version of Tidewater that it was written for, and says whether the fault is known, what is being
done about it and when Larkspur will write again.

Support is closed on public holidays.
";
const SWEDISH: &str = "\
# Tidewater-support

| Plan | Öppettider | Första svar |
|---|---|---|
| Hamn | 06.00–17.00:30 | 4 timmar |

Varje svar anger vilken version av Tidewater det gäller.
";
const JAPANESE: &str = "\
# Tidewater サポート

Harbour プランのサポートは祝日を除く月曜日から金曜日までの午前 6 時から午後 5 時 30 分までご利用いただけ、最初の回答は 2 時間以内にお届けします。
";

fn source(path: &Utf8Path) -> Option<Arc<str>> {
    let text = match path.as_str() {
        "docs.en/plans.md" => ENGLISH,
        "docs.sv-SE/plans.md" => SWEDISH,
        "docs.ja/plans.md" => JAPANESE,
        "::error::evil\u{1B}]0;\u{7}\n##[x].md" => "4 hours \u{1B}[2J\u{9B}31m \u{202E}txt ##vso[x]\n::error::\n",
        _ => return None,
    };
    Some(text.into())
}

/// A locale and the range of `text` in its plans.
fn place(locale: &str, text: &str) -> (Locale, Utf8PathBuf, Range) {
    let path = Utf8PathBuf::from(format!("docs.{locale}/plans.md"));
    let document = source(&path).unwrap();
    let start = document.find(text).unwrap();
    let span = if text.is_empty() { Span::at(document.len()) } else { Span::new(start, start + text.len()) };
    let range = LineIndex::new(&document).range(&document, span);
    (Locale::parse(locale).unwrap(), path, range)
}

fn finding(rule: &'static str, severity: Severity, at: (&str, &str), label: &str, message: &str) -> Finding {
    let (locale, path, range) = place(at.0, at.1);
    Finding {
        rule,
        severity,
        message: message.to_owned(),
        page: "plans.md".to_owned(),
        locale,
        path,
        range,
        related: Vec::new(),
        data: Map::new(),
        fingerprint: Fingerprint::of(rule, "plans.md", at.0, at.1),
        fixes: Vec::new(),
        otherwise: Vec::new(),
        label: label.to_owned(),
    }
}

fn with(mut finding: Finding, locale: &str, text: &str, message: &str) -> Finding {
    let (locale, path, range) = place(locale, text);
    finding.related.push(Related { path, locale, range, message: message.to_owned() });
    finding
}

fn findings() -> Vec<Finding> {
    use Severity::{Error, Info, Warning};
    let start = Range { end: place("en", "# ").2.start, ..place("en", "# ").2 };
    let hours = "support hours differ: 06:00–17:00:30 here, 06:00–17:30 in English and Japanese";
    let hours = finding("sla-mismatch", Error, ("sv-SE", "06.00–17.00:30"), "read as 06:00 to 17:00:30", hours);
    let hours = with(hours, "en", "6 am – 5:30 pm", "06:00 to 17:30");
    let mut hours = with(hours, "ja", "午前 6 時から午後 5 時 30 分", "06:00 to 17:30");
    hours.data.insert("kind".to_owned(), json!("opening-hours"));
    let answer = "first answer differs: 2 hours here, 4 hours in English";
    let answer = finding("sla-mismatch", Error, ("ja", "2 時間"), "2 hours", answer);
    let reworded = "the source of this paragraph was reworded on 2026-03-02, 2 commits after the one recorded here";
    let change = "the English now goes on: and says whether the fault is known, what is being done about it and when";
    let reworded = finding("stale-paragraph", Warning, ("sv-SE", "Varje svar anger vilken version"), change, reworded);
    let missing = "a paragraph is missing: “Support is closed on public holidays.”";
    let missing = finding("missing-paragraph", Error, ("sv-SE", ""), "expected here", missing);
    let page = "this page has no Swedish version";
    let mut page = finding("missing-translation", Info, ("en", "# "), "", page);
    page.range = start;
    let mut gone = finding("orphan-translation", Warning, ("en", "# "), "", "this page's source is gone");
    gone.path = "docs.sv-SE/gone.md".into();
    vec![
        with(answer, "en", "4 hours", "4 hours"),
        page,
        hours,
        with(reworded, "en", &ENGLISH[ENGLISH.find("Every").unwrap()..ENGLISH.find("Support is").unwrap()], "reworded"),
        with(missing, "en", "Support is closed on public holidays.", "not in Swedish"),
        gone,
    ]
}

fn report(findings: Vec<Finding>) -> Report {
    let member = |locale: &str| Member {
        locale: Locale::parse(locale).unwrap(),
        path: format!("docs.{locale}/plans.md").into(),
        key_path: "plans.md".into(),
        id: None,
        pin: None,
        family: 0,
    };
    let members = ["de", "en", "ja", "sv-SE"].map(member).to_vec();
    let corpus = Corpus {
        locales: members.iter().map(|member| member.locale.clone()).collect(),
        pages: vec![Page { key: "plans.md".to_owned(), members, family: 0 }; 1204],
        source: Locale::parse("en"),
        ..Corpus::default()
    };
    let notice = |level, path: Option<&str>, message: &str| Notice {
        level,
        path: path.map(Utf8PathBuf::from),
        message: message.to_owned(),
    };
    let notices = vec![
        notice(NoticeLevel::Incomplete, None, "the history is not there: run `git fetch --unshallow` in docs.en"),
        notice(NoticeLevel::Warning, Some("docs.de/a.md"), "it is not UTF-8 and was skipped"),
        notice(NoticeLevel::Note, None, "layout: sibling roots"),
        notice(NoticeLevel::Warning, Some("docs.de/b.md"), "it is not UTF-8 and was skipped"),
    ];
    let summary = Summary::new(&corpus, &crate::rules::Levels::of(crate::rules::RULES), &findings);
    Report { summary, findings, unchanged: Vec::new(), notices, contents: Contents::default() }
}

fn written(format: &str, report: &Report, options: Options) -> String {
    let mut out = Vec::new();
    (find(format).unwrap().write)(report, &Sources::new(&source), options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn plain(width: usize) -> Options {
    Options { color: false, unicode: true, width }
}

#[test]
fn every_format_over_one_report() {
    let report = report(findings());
    for format in FORMATS {
        let mut text = written(format.name, &report, plain(80)).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        if format.name == "html" {
            text = html::data(&text);
            text = text.replace(&",{\"path\":\"plans.md\",\"documents\":\"++++\"}".repeat(1203), "");
        }
        if matches!(format.name, "sarif" | "gitlab" | "rdjson" | "html") {
            text = indented(&text);
        }
        insta::assert_snapshot!(format.name, text);
    }
    let ascii = written("pretty", &report, Options { unicode: false, ..plain(60) });
    insta::assert_snapshot!("pretty_ascii_in_60_columns", ascii);
    let one = Report { findings: report.findings[2..3].to_vec(), ..report };
    let colored = written("pretty", &one, Options { color: true, ..plain(80) });
    insta::assert_snapshot!("pretty_color", colored.replace('\u{1B}', "␛"));
}

/// A finding with a safe fix, and one that is not.
fn fixable() -> Finding {
    let unused = "no finding of `sla-mismatch` is suppressed here: remove it";
    let mut unused = finding("unused-suppression", Severity::Warning, ("sv-SE", "4 timmar"), "", unused);
    let edit = |text, replacement: &str| {
        let (_, path, range) = place("sv-SE", text);
        Edit { path, range, replacement: replacement.to_owned() }
    };
    let fix = |message: &str, applicability, edits| Fix { message: message.to_owned(), applicability, edits };
    unused.fixes = vec![
        fix("remove the comment", Applicability::Safe, vec![edit("4 timmar", "")]),
        fix(
            "write “5 timmar” twice",
            Applicability::Unsafe,
            vec![edit("4 timmar", "5 timmar"), edit("det gäller", "5")],
        ),
    ];
    unused
}

#[test]
fn fixes_are_in_the_formats_that_have_them() {
    let report = report(vec![fixable()]);
    for format in ["json", "pretty", "rdjson", "sarif"] {
        let mut text = written(format, &report, plain(80)).replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        let object: Value = serde_json::from_str(&text).unwrap_or_default();
        for part in ["/findings", "/diagnostics", "/runs/0/results"].map(|part| object.pointer(part)) {
            text = part.map_or(text, |part| serde_json::to_string_pretty(part).unwrap());
        }
        insta::assert_snapshot!(format!("{format}_with_fixes"), text);
    }
}

/// JSON that a person can read, without the rules' documentation.
fn indented(text: &str) -> String {
    let mut object: Value = serde_json::from_str(text).unwrap();
    let rules = object.pointer_mut("/runs/0/tool/driver/rules").and_then(Value::as_array_mut);
    for rule in rules.into_iter().flatten() {
        for text in rule["help"].as_object_mut().unwrap().values_mut() {
            assert!(text.as_str().unwrap().contains("## What it reports"));
            *text = json!("…");
        }
    }
    serde_json::to_string_pretty(&object).unwrap()
}

#[test]
fn what_is_written_around_the_findings() {
    let report = report(findings());
    let mut out = Vec::new();
    write_notices(&report.notices, plain(80), &mut out).unwrap();
    write_summary(&report.summary, &report.findings, plain(80), &mut out).unwrap();
    insta::assert_snapshot!("notices_and_summary", String::from_utf8(out).unwrap());
}

#[test]
fn a_clean_run_says_so_in_one_line() {
    let report = report(Vec::new());
    let mut out = Vec::new();
    write_summary(&report.summary, &report.findings, plain(80), &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "1,204 pages in 4 languages: no findings\n");
    assert_eq!(written("pretty", &report, plain(80)), "");
}

#[test]
fn thousands_of_findings_stay_readable() {
    let (mut many, mut apart) = (Vec::new(), Vec::new());
    for number in 0..150 {
        many.extend(findings());
        apart.extend(findings().into_iter().map(|it| Finding { path: format!("{number}/{}", it.path).into(), ..it }));
    }
    let text = written("pretty", &report(apart), plain(80));
    assert!(text.contains("650 more findings, one line each:\n"));
    assert!(text.contains("  ☞ missing-translation: 150 findings (en 150)\n"), "{text}");

    // What one rule finds in one file has one cause, mostly.
    let text = written("pretty", &report(many), plain(80));
    let headings = text.lines().filter(|line| line.contains("sla-mismatch: ")).count();
    assert_eq!(headings, 20, "ten in each of two files");
    assert!(
        text.contains("    and 140 more sla-mismatch in docs.sv-SE/plans.md; `--format short` lists all\n"),
        "{text}"
    );
}

#[test]
fn the_command_to_run_next_is_for_the_most_frequent_of_the_worst() {
    let next = |findings: &[Finding]| {
        let mut out = Vec::new();
        write_summary(&report(findings.to_vec()).summary, findings, plain(80), &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().last().unwrap().to_owned()
    };
    let all = findings();
    assert_eq!(next(&all), "Next: isogloss explain sla-mismatch");
    assert_eq!(next(&all[3..]), "Next: isogloss explain missing-paragraph");
    assert_eq!(next(&[all[3].clone(), all[5].clone()]), "Next: isogloss explain orphan-translation");
}

/// A finding whose every text tries to command the terminal.
fn hostile() -> Finding {
    let evil = "\n::error::\u{1B}]0;title\u{7}\r\n\u{9B}31m\u{202E}\u{2028}\"}\u{7F} ##vso[task.complete] ##[error]";
    let mut finding = finding("sla-mismatch", Severity::Error, ("en", "4 hours"), evil, evil);
    finding.path = "::error::evil\u{1B}]0;\u{7}\n##[x].md".into();
    finding.range = LineIndex::new("4 hours").range("4 hours", Span::new(0, 7));
    finding.page = evil.to_owned();
    finding.related = vec![
        Related {
            path: finding.path.clone(),
            locale: finding.locale.clone(),
            range: finding.range,
            message: evil.to_owned()
        };
        3
    ];
    let edit = Edit { path: finding.path.clone(), range: finding.range, replacement: evil.to_owned() };
    finding.fixes =
        vec![Fix { message: evil.to_owned(), applicability: Applicability::Unsafe, edits: vec![edit.clone()] }; 2];
    finding.fixes[1].edits.push(Edit { path: evil.into(), ..edit });
    finding
}

#[test]
fn no_format_lets_a_document_command_the_terminal() {
    let mut report = report(vec![hostile(); 120]);
    report.findings.extend([Finding { severity: Severity::Info, ..hostile() }, {
        // Not available: no snippet.
        Finding { path: "\u{1B}c\u{202E}".into(), ..hostile() }
    }]);
    report.notices[0].message = "\u{1B}c\n::error::##[x]\u{9B}".to_owned();
    report.notices[0].path = Some("::error::\u{1B}c\n##vso[\u{9B}".into());
    let mut texts: Vec<_> = FORMATS.iter().map(|format| written(format.name, &report, plain(80))).collect();
    let mut notices = Vec::new();
    write_notices(&report.notices, plain(80), &mut notices).unwrap();
    texts.push(String::from_utf8(notices).unwrap());
    assert_eq!(texts.last().unwrap().lines().count(), 3);
    for text in texts {
        let found = text.chars().find(|&c| c != '\n' && is_unsafe(c));
        assert_eq!(found, None, "{text}");
        // The commands that `github` means have a title, and rules of the style sheet are none.
        let is_command = |line: &&str| {
            let line = line.trim_start();
            line.starts_with("::") && !line.contains(" title=") && !line.ends_with('{')
        };
        assert_eq!(text.lines().find(is_command), None);
        assert!(!text.contains("##[") && !text.contains("##vso["), "{text}");
    }
    assert_eq!(written("short", &report, plain(80)).lines().count(), 122);
}

#[test]
fn json_says_exactly_what_was_found() {
    let report = report([findings(), vec![hostile()]].concat());
    let object: Value = serde_json::from_str(&written("json", &report, plain(80))).unwrap();
    assert_eq!(object["findings"], serde_json::to_value(&report.findings).unwrap());
    assert_eq!(object["summary"]["locales"], json!(["de", "en", "ja", "sv-SE"]));
    let lines = written("jsonl", &report, plain(80));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(object["findings"], Value::Array(lines));
}

#[test]
fn a_broken_pipe_is_passed_up() {
    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    for format in FORMATS {
        let error = (format.write)(&report(findings()), &Sources::new(&source), plain(80), &mut Closed).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe, "{}", format.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_document_breaks_a_snippet_or_its_frame(
        text in "[a-z \t\n\r|é日\u{301}\u{1B}\u{202E}\u{2028}ع\u{1F469}\u{200D}]{0,300}",
        from in 0_usize..400,
        length in 0_usize..400,
        label in "[a-z日\n\u{1B} ]{0,90}",
        width in 40_usize..120,
        unicode in any::<bool>(),
    ) {
        let start = isogloss_text::floor_char_boundary(&text, from);
        let end = isogloss_text::floor_char_boundary(&text, start + length);
        let range = LineIndex::new(&text).range(&text, Span::new(start, end));
        let finding = finding("sla-mismatch", Severity::Error, ("en", "4 hours"), &label, "differs");
        let finding = Finding { range, ..with(finding, "en", "4 hours", &label) };
        let mut out = Vec::new();
        let document: Arc<str> = text.into();
        let options = Options { unicode, ..plain(width) };
        let read = |_: &Utf8Path| Some(document.clone());
        pretty::write(&report(vec![finding]), &Sources::new(&read), options, &mut out).unwrap();
        let drawn = String::from_utf8(out).unwrap();
        prop_assert_eq!(drawn.chars().find(|&c| c != '\n' && is_unsafe(c)), None);
        for line in drawn.lines() {
            prop_assert!(line.width() <= width, "{} columns: {}", line.width(), drawn);
        }
    }
}
