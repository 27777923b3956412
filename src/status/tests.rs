//! Counting words, computing shares and formatting rows.

use super::row::{Row, percent};
use super::words::Words;
use super::{FORMATS, Status, tally};
use crate::report::Options;
use isogloss_document::{Document, Syntax};
use isogloss_text::Locale;

#[test]
fn words_are_counted_once_and_not_in_code() {
    for (text, count) in [
        ("# Sync\n\nTidewater keeps 30 versions.\n", 4),
        ("Run `tide sync` now.\n\n```sh\ntide sync --all\n```\n", 2),
        ("| Plan | Answer |\n| --- | --- |\n| Basic | two days |\n", 5),
        ("<table><tr><td><p>two days</p><p>on weekdays</p></td></tr></table>\n", 4),
        ("---\ntitle: Not counted\n---\n設定を保存\n", 4),
        ("", 0),
    ] {
        let document = Document::parse(text.to_owned(), Syntax::Markdown);
        assert_eq!(tally::words(&document, |_| true), count, "{text}");
    }
}

#[test]
fn the_degree_of_human_translation_is_a_percentage() {
    for (value, percent) in [
        ("97%", Some(97)),
        ("'97 %'", Some(97)),
        ("100", Some(100)),
        ("12.5%", Some(12)),
        ("0%", Some(0)),
        ("101%", None),
        ("-1%", None),
        ("NaN", None),
        ("most", None),
        ("", None),
    ] {
        let document = Document::parse(format!("---\nht-degree: {value}\n---\nText\n"), Syntax::Markdown);
        assert_eq!(tally::human_percent(&document), percent, "{value}");
    }
}

#[test]
fn only_all_is_everything_and_only_nothing_is_zero() {
    for (share, written) in [
        (0.0, "0 %"),
        (0.0001, "<1 %"),
        (0.01, "1 %"),
        (0.29, "29 %"),
        (0.57, "57 %"),
        (0.9999, "99 %"),
        (1.0, "100 %"),
    ] {
        assert_eq!(percent(share), written);
    }
}

fn row(tag: &str) -> Row {
    Row {
        locale: Locale::parse(tag).unwrap(),
        expected: 12_000,
        pages: 11_999,
        coverage: Some(0.9999),
        orphans: 0,
        fresh: Some(10_000),
        stale: Some(1_234),
        cosmetic: None,
        unknown: 0,
        guessed: 0,
        missing: 12_345,
        words: Words { total: 1_234_567, ..Words::default() },
        human: None,
    }
}

fn written(format: usize, options: Options) -> Vec<String> {
    let rows = vec![row("zh-Hans"), row("fr")];
    let status = Status { source: None, pages: 12_000, words: 9, rows, unjudged: None, notices: Vec::new() };
    let mut out = Vec::new();
    (FORMATS[format].1)(&status, options, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn the_table_of_a_large_corpus_fits_eighty_columns() {
    let options = Options { width: 80, unicode: false, ..Options::plain() };
    let lines = written(0, options);
    let widths: Vec<usize> = lines.iter().map(|line| line.chars().count()).collect();
    assert!(widths.iter().all(|&width| width <= 80), "{lines:#?}");
    assert!(lines[2].starts_with("locale ") && widths[2] == widths[3] && widths[3] == widths[4], "{lines:#?}");
    assert!(lines[3].is_ascii() && lines[3].contains(" - "), "{lines:#?}");
}

#[test]
fn colour_moves_no_column() {
    let plain = written(0, Options { width: 80, ..Options::plain() });
    let colored = written(0, Options { width: 80, color: true, ..Options::plain() });
    let bare = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    let stripped: Vec<String> = colored.iter().map(|line| bare.replace_all(line, "").into_owned()).collect();
    assert_ne!(colored, plain);
    assert_eq!(stripped, plain);
}
