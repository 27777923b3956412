//! Reading suppressions from comments and front matter, and their scopes.

use super::*;
use crate::rules::{Mistake, Scope, Suppression};
use isogloss_document::Syntax;
use isogloss_text::Span;
use isogloss_text::{LineIndex, Range};

fn document(text: &str) -> Document {
    Document::parse(text.to_owned(), Syntax::Markdown)
}

/// Each suppression as "rule holds in these parts", with the text between bars; mistakes as "place: message".
fn read(text: &str) -> (Vec<String>, Vec<String>) {
    let document = document(text);
    let found = read_document(&document).unwrap_or_default();
    let lines = |entry: &Suppression| -> String {
        let index = LineIndex::new(text);
        let held = |line: u32, absent: bool| {
            let start = index.position(text, index.line_start(line).unwrap());
            // The first character of a line, or the position before it.
            let end = isogloss_text::Position { byte: start.byte + u32::from(!absent), ..start };
            let range = Range { start, end };
            match entry.scope {
                Scope::Next(part) | Scope::Between(part) => part.holds(range),
                Scope::Document => true,
            }
        };
        let all: Vec<u32> = (1..=index.lines()).filter(|&line| held(line, false)).collect();
        let absent: Vec<u32> = (1..=index.lines()).filter(|&line| held(line, true)).collect();
        let all = if all.len() == index.lines() as usize { "all".to_owned() } else { format!("{all:?}") };
        let absent = if absent.len() == index.lines() as usize { "all".to_owned() } else { format!("{absent:?}") };
        format!("{} {all} {absent}", entry.rule.id)
    };
    for entry in &found.entries {
        assert_eq!(entry.span.slice(text), entry.rule.id);
    }
    let mistake = |mistake: &Mistake| format!("{}: {}", mistake.span.slice(text), mistake.message);
    (found.entries.iter().map(lines).collect(), found.mistakes.iter().map(mistake).collect())
}

#[test]
fn each_form_holds_where_it_should() {
    for (text, expected) in [
        // The comment, the blank lines and the whole paragraph; for missing text, from the text before.
        (
            "One\n\n<!-- isogloss-disable-next-line sla-mismatch why -->\n\ntwo\ntwo\n\nthree\n",
            &["sla-mismatch [3, 4, 5, 6] [2, 3, 4, 5, 6]"][..],
        ),
        ("One\n\n<!--isogloss-disable-next-line sla-mismatch-->\n", &["sla-mismatch [3, 4] [2, 3, 4]"]),
        ("One\n\n{/* isogloss-disable-next-line sla-mismatch */}\n\ntwo\n", &["sla-mismatch [3, 4, 5] [2, 3, 4, 5]"]),
        // In a paragraph or a table, the next line.
        ("One <!-- isogloss-disable-next-line sla-mismatch --> a\ntwo\nthree\n\nfour\n", &["sla-mismatch [2] [2]"]),
        (
            "| a | b |\n|---|---|\n| c | d <!-- isogloss-disable-next-line sla-mismatch --> |\n| e | f |\n| g | h |\n",
            &["sla-mismatch [4] [4]"],
        ),
        // Several in a row.
        (
            "<!-- isogloss-disable-next-line sla-mismatch -->\n<!-- isogloss-disable-next-line date-mismatch -->\none\n\ntwo\n",
            &["sla-mismatch [1, 2, 3] [1, 2, 3]", "date-mismatch [2, 3] [1, 2, 3]"],
        ),
        (
            "One\n\n<!-- isogloss-disable sla-mismatch -->\n\ntwo\n\n<!-- isogloss-enable sla-mismatch -->\n\nthree\n",
            &["sla-mismatch [3, 4, 5, 6] [2, 3, 4, 5, 6]"],
        ),
        ("One\n\n<!-- isogloss-disable sla-mismatch -->\n\ntwo", &["sla-mismatch [3, 4, 5] [2, 3, 4, 5]"]),
        ("One\n\n<!-- isogloss-disable-file sla-mismatch -->\n", &["sla-mismatch all all"]),
        // Each ends on its own.
        (
            "<!-- isogloss-disable sla-mismatch, date-mismatch -->\n\none\n\n<!-- isogloss-enable date-mismatch -->\n\ntwo\n",
            &["sla-mismatch all all", "date-mismatch [1, 2, 3, 4] [1, 2, 3, 4]"],
        ),
        // Names first, then the reason.
        (
            "<!-- isogloss-disable-file sla-mismatch date-mismatch: see the contract, date -->\n",
            &["sla-mismatch all all", "date-mismatch all all"],
        ),
        ("<!--\n  isogloss-disable-file\n  sla-mismatch\n  for good\n-->\n", &["sla-mismatch all all"]),
        // Front matter.
        ("---\nisogloss: {ignore: [sla-mismatch]}\n---\n", &["sla-mismatch all all"]),
        (
            "---\ntitle: Öl\nisogloss:\n  ignore:\n    - sla-mismatch\n    - \"date-mismatch\" # why\n---\n",
            &["sla-mismatch all all", "date-mismatch all all"],
        ),
        ("+++\ntitle = \"Öl\"\n[isogloss]\nignore = ['sla-mismatch']\n+++\n", &["sla-mismatch all all"]),
        ("+++\nisogloss = { ignore = [\"sla-mismatch\"] }\n+++\n", &["sla-mismatch all all"]),
        ("+++\nisogloss.ignore = [\"sla-mismatch\"]\n+++\n", &["sla-mismatch all all"]),
    ] {
        assert_eq!(read(text), (expected.iter().map(ToString::to_string).collect(), Vec::new()), "{text}");
    }
}

#[test]
fn the_closest_that_holds_is_used() {
    let text = "\
        <!-- isogloss-disable-file sla-mismatch -->\n<!-- isogloss-disable sla-mismatch -->\n\n\
        <!-- isogloss-disable-next-line sla-mismatch -->\n<!-- isogloss-disable-next-line sla-mismatch -->\none\n\ntwo\n\n\
        <!-- isogloss-enable sla-mismatch -->\n\nthree\n\n<!-- isogloss-disable-file sla-mismatch -->\n";
    let document = document(text);
    for (word, expected) in [("one", 3), ("two", 1), ("three", 0)] {
        let found = read_document(&document).unwrap();
        let start = text.find(word).unwrap();
        let range = document.lines().range(text, Span::new(start, start + word.len()));
        let index = found.covering("sla-mismatch", range);
        assert_eq!(index, Some(expected), "{word}");
    }
}

#[test]
fn what_only_looks_like_one_is_none() {
    for text in [
        "isogloss-disable-file sla-mismatch\n",
        "Write `<!-- isogloss-disable-file sla-mismatch -->` there.\n",
        "```html\n<!-- isogloss-disable-file sla-mismatch -->\n```\n",
        "    <!-- isogloss-disable-file sla-mismatch -->\n",
        "<!-- see isogloss-disable-file sla-mismatch -->\n",
        "<!-- isogloss -->\n",
        "<!--isogloss-->\n",
        "One <!--isogloss--> two\n",
        "{/*isogloss*/}\n",
        "<!-- isogloss-disable-file sla-mismatch\n",
        "<!-- a --> isogloss-disable-file sla-mismatch -->\n",
        "---\n# <!-- isogloss-disable-file sla-mismatch -->\ntitle: isogloss\nmeta: {isogloss: {ignore: [x]}}\n---\n",
        "---\nisogloss: {ignore: [\n---\n",
        "+++\ntitle = \"isogloss\"\n[meta.isogloss]\nignore = [1]\n+++\n",
        "",
    ] {
        assert!(read_document(&document(text)).is_none(), "{text}");
    }
}

#[test]
fn what_is_wrong_with_one_is_reported_at_its_place() {
    for (text, expected) in [
        (
            "<!-- isogloss-disable-file sla-mismach -->",
            &["sla-mismach: unknown rule `sla-mismach`; did you mean `sla-mismatch`?"][..],
        ),
        ("<!-- isogloss-disable-file all -->", &["all: unknown rule `all`; `isogloss rules` lists them all"]),
        (
            "<!-- isogloss-disable-next-line sla-mismatch, date-mismach why -->\n",
            &["date-mismach: unknown rule `date-mismach`; did you mean `date-mismatch`?"],
        ),
        ("<!-- isogloss-disable -- why -->\n", &["isogloss-disable: missing rule; write `isogloss-disable RULE`"]),
        (
            "<!-- isogloss-disable-nextline sla-mismatch -->",
            &[
                "isogloss-disable-nextline: unknown directive `isogloss-disable-nextline`; did you mean `disable-next-line`?",
            ],
        ),
        ("<!-- isogloss-enable sla-mismatch -->\n", &["sla-mismatch: `sla-mismatch` is not disabled here"]),
        (
            "<!-- isogloss-disable sla-mismatch -->\n<!-- isogloss-disable sla-mismatch -->\n",
            &["sla-mismatch: `sla-mismatch` is already disabled here"],
        ),
        (
            "---\nisogloss: {ignore: sla-mismatch, only: []}\n---\n",
            &[
                "sla-mismatch: `ignore` must be a list of rules; write `[RULE]`",
                "only: unknown key `only` of `isogloss` in front matter; expected `ignore`",
            ],
        ),
        (
            "---\nä: ö\nisogloss:\n  ignore: [1, slamismatch]\n---\n",
            &["1: rule id must be a string", "slamismatch: unknown rule `slamismatch`; did you mean `sla-mismatch`?"],
        ),
        (
            "---\nisogloss: off\n---\n",
            &["off: `isogloss` in front matter must be a map; write `isogloss: {ignore: [RULE]}`"],
        ),
    ] {
        assert_eq!(read(text).1, *expected, "{text}");
    }
}

#[test]
fn front_matter_that_is_too_complex_suppresses_nothing_and_says_so() {
    for mark in ["- ", "? ", "[", "{a: "] {
        let text = format!("---\nisogloss:\n  ignore:\n    {}x\n---\n", mark.repeat(60_000));
        let [mistake] = &read(&text).1[..] else { panic!("{mark}") };
        assert!(mistake.ends_with("levels deep; the key `isogloss` has no effect"), "{mistake:.200}");
    }
}

#[test]
fn hostile_text_is_read_without_a_panic() {
    for text in [
        "<!-- isogloss-",
        "<!--isogloss--->",
        "{/*isogloss-*/}",
        "<!-- isogloss-é -->",
        "<!-- isogloss-disable-file é, ,, sla-mismatché -->",
        "---\nisogloss: *a\n---\n",
        "---\nisogloss: &a [*a]\n---\n",
        "---\nisogloss: {ignore: [\"\\u00e9\u{202E}\"]}\n---\n",
        "+++\nisogloss = 1\n+++\n",
        "+++\nisogloss = {ignore = [[\"\"\"\n\"\"\"]]}\n+++\n",
    ] {
        let _ = read_document(&document(text));
        let _ = read_document(&Document::parse(text.repeat(50), Syntax::Mdx));
    }
}
