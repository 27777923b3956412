//! A page and its translations, reported in every format and side by side. No format fails, and none passes on control sequences.

use std::sync::Arc;

use camino::Utf8Path;
use isogloss::analysis::PageView;
use isogloss::finding::Finding;
use isogloss::report::{FORMATS, Format, Options, Report, Sources};
use isogloss::side_by_side;
use quick_xml::events::Event;
use serde_json::Value;

use super::{assert_harmless, pages};

pub(super) fn run(text: &str) {
    let report = pages::check(text, |view, findings| side_by_side(view, findings, text.len()));
    let read = |path: &Utf8Path| report.contents.text(path);
    let sources = Sources::new(&read);
    for format in FORMATS {
        // HTML pages include 100 kB of script, so they are only written for some inputs.
        if format.name != "html" || text.len().is_multiple_of(16) {
            check(format, &report, &sources);
        }
    }
}

fn side_by_side(view: &PageView<'_>, findings: &[Finding], length: usize) {
    let options = Options { width: 40 + length % 90, unicode: length.is_multiple_of(2), ..Options::plain() };
    for pair in view.comparisons() {
        let path = &pair.translation.member.path;
        let own: Vec<Finding> = findings.iter().filter(|finding| finding.path == *path).cloned().collect();
        let mut out = Vec::new();
        side_by_side::write(&pair, &own, length.is_multiple_of(3), options, &mut out)
            .unwrap_or_else(|error| panic!("{error}"));
        assert_harmless("diff", &utf8("diff", out));
    }
}

fn check(format: &Format, report: &Report, sources: &Sources<'_>) {
    let mut out = Vec::new();
    (format.write)(report, sources, Options::plain(), &mut out).unwrap_or_else(|error| panic!("{error}"));
    let text = utf8(format.name, out);
    assert_harmless(format.name, &text);
    match format.name {
        "json" | "gitlab" | "sarif" | "rdjson" => _ = json(&text),
        "jsonl" => {
            text.lines().for_each(|line| _ = json(line));
            assert!(text.lines().count() >= report.findings.len());
        }
        "junit" | "checkstyle" => xml(&text),
        "github" => {
            let is_command = |line: &str| ["::error ", "::warning ", "::notice "].iter().any(|it| line.starts_with(it));
            assert!(text.lines().all(is_command), "{text}");
        }
        "short" => assert_eq!(text.lines().count(), report.findings.len(), "{text}"),
        "html" => assert_eq!(text.matches("<script").count(), empty_page().matches("<script").count()),
        _ => {}
    }
}

fn utf8(what: &str, bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| panic!("{what}: {error}"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn xml(text: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error}: {text}"),
        }
    }
}

/// The HTML page of a run without findings.
fn empty_page() -> Arc<str> {
    static PAGE: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| {
        let report = pages::check("Text.\n%%% fr.md\nTexte.\n", |_, _| {});
        let mut out = Vec::new();
        let html = FORMATS.iter().find(|format| format.name == "html");
        let written = html.map(|html| (html.write)(&report, &Sources::new(&|_| None), Options::plain(), &mut out));
        assert!(matches!(written, Some(Ok(()))));
        utf8("html", out).into()
    });
    PAGE.clone()
}
