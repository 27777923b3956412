//! Tables of small corpora and of the handbook.

use camino::{Utf8Path, Utf8PathBuf};

use super::*;
use crate::analysis::pins::HistoryChoice;
use crate::config::Config;
use crate::corpus::targets::Targets;
use crate::corpus::walk::Root;
use crate::rules::{Sink, check_page};

/// The tables of all pages below a folder.
fn tables(root: &Utf8Path, all: bool, options: Options) -> String {
    let roots = vec![Root { locale: None, path: root.to_owned() }];
    let config = Config { roots, history: HistoryChoice::Off, ..Config::default() };
    let found = crate::find(&config).unwrap();
    let (learned, pins) = crate::prepare(&config, &found.corpus, &found.roots, &found.corpus, false);
    let context = config.context(&found.corpus, &learned, &pins);
    let mut out = Vec::new();
    for page in &found.corpus.pages {
        let (view, _) = context.view(page);
        let mut sink = Sink::new(&config.levels, &page.key);
        check_page(&Targets::new(&found.corpus), &view, &mut sink);
        let findings = sink.finish();
        for pair in view.comparisons() {
            let path = &pair.translation.member.path;
            let own: Vec<Finding> = findings.iter().filter(|finding| finding.path == *path).cloned().collect();
            write(&pair, &own, all, options, &mut out).unwrap();
        }
    }
    String::from_utf8(out).unwrap()
}

fn corpus(english: &str, french: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (locale, text) in [("en", english), ("fr", french)] {
        std::fs::create_dir(folder.path().join(locale)).unwrap();
        std::fs::write(folder.path().join(locale).join("page.md"), text).unwrap();
    }
    folder
}

fn root(folder: &tempfile::TempDir) -> Utf8PathBuf {
    Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap()
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let handbook = Utf8PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/handbook"));
    for width in [40, 57, 80, 133] {
        for (all, unicode) in [(false, true), (true, true), (true, false)] {
            let shown = tables(&handbook, all, Options { color: false, unicode, width });
            let widest = shown.lines().max_by_key(|line| line.width()).unwrap();
            assert!(widest.width() <= width, "{width}: {widest}");
            assert!(shown.lines().all(|line| line == line.trim_end()), "{width}");
        }
    }
}

#[test]
fn frames_are_ascii_where_the_terminal_knows_no_more() {
    let folder = corpus(
        "# Plans\n\nWe answer within 2 days.\n\nThe desk is open on workdays.\n\nWrite to us for all else.\n",
        "# Offres\n\nNous répondons sous 4 jours.\n\nLe bureau est ouvert en semaine.\n",
    );
    let shown = tables(&root(&folder), false, Options { color: false, unicode: false, width: 80 });
    let frame = shown.replace(['é', '“', '”', '…'], "");
    assert!(frame.is_ascii(), "{shown}");
    assert!(
        shown.contains(" # ") && shown.contains(" < ") && shown.contains("^^^^^^") && shown.contains("-+-"),
        "{shown}"
    );
}

#[test]
fn what_a_terminal_would_obey_is_shown() {
    let hostile = "# A\u{1B}]0;title\u{7}\n\nSync \u{1B}[2J 3 files\u{202E}.\n\n```\nrm\u{9B}31m\r\n\u{8}\n```\n";
    let folder = corpus(hostile, &hostile.replace('3', "5"));
    let shown = tables(&root(&folder), true, Options { color: false, unicode: true, width: 60 });
    assert!(!shown.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202E}')), "{shown:?}");
    assert!(shown.contains("␛[2J 3 files"), "{shown}");
}
