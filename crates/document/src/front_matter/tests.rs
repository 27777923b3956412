use super::*;
use isogloss_text::LineIndex;

fn keys_and_values(text: &str) -> Vec<(String, String)> {
    let found = FrontMatter::find(text).unwrap();
    found.entries.iter().map(|entry| (entry.key.clone(), entry.value.slice(text).to_owned())).collect()
}

#[track_caller]
fn assert_entries(text: &str, expected: &[(&str, &str)]) {
    let found = keys_and_values(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn scalars_are_found_without_quotes_and_comments() {
    assert_entries(
        concat!(
            "---\nplain: Sync folders # patched\nsingle: 'it''s here' # note\ndouble: \"a \\\"b\\\" #c\"\n\"quoted key\": 1\n",
            "url: https://tidewater.example/#top\nempty:\nnull-like: # nothing\ntagged: !!str &a 12\ntime: 10:30\n---\nBody: no\n"
        ),
        &[
            ("plain", "Sync folders"),
            ("single", "it''s here"),
            ("double", "a \\\"b\\\" #c"),
            ("quoted key", "1"),
            ("url", "https://tidewater.example/#top"),
            ("empty", ""),
            ("null-like", ""),
            ("tagged", "12"),
            ("time", "10:30"),
        ],
    );
}

#[test]
fn nested_maps_have_dotted_keys() {
    assert_entries(
        "---\nl10n:\n  sourceCommit: 0a1b2c\n  by:\n    team: harbour\n  done: yes\nid: 7\n---\n",
        &[
            ("l10n", ""),
            ("l10n.sourceCommit", "0a1b2c"),
            ("l10n.by", ""),
            ("l10n.by.team", "harbour"),
            ("l10n.done", "yes"),
            ("id", "7"),
        ],
    );
}

#[test]
fn keys_inside_other_values_are_not_keys() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("a: |\n  id: no\n\n  id: no\nid: yes", &[("a", "id: no\n\n  id: no"), ("id", "yes")]),
        ("a: >-\n  id: no\nid: yes", &[("a", "id: no"), ("id", "yes")]),
        ("a:\n  - id: no\n    lang: no\nid: yes", &[("a", ""), ("id", "yes")]),
        ("a:\n- id: no\n  lang: no\n- x\nid: yes", &[("a", ""), ("id", "yes")]),
        ("a: [one,\n  id: no,\n]\nid: yes", &[("a", "[one,\n  id: no,\n]"), ("id", "yes")]),
        ("a: {id: no, b: 'x}'}\nid: yes", &[("a", "{id: no, b: 'x}'}"), ("id", "yes")]),
        ("a: \"two\n  id: no\"\nid: yes", &[("a", "two\n  id: no"), ("id", "yes")]),
        ("a: two\n  lines of text\nid: yes", &[("a", "two\n  lines of text"), ("id", "yes")]),
        ("# id: no\n a: 1\n id: yes", &[("a", "1"), ("id", "yes")]),
        ("? id: no\nid: yes", &[("id", "yes")]),
        ("text # id: no\nid: yes", &[("id", "yes")]),
        ("a: 'never closed\nid: yes", &[("a", "never closed"), ("id", "yes")]),
        ("a: [never closed\nid: yes", &[("a", "[never closed"), ("id", "yes")]),
    ];
    for (content, expected) in cases {
        assert_entries(&format!("---\n{content}\n---\n"), expected);
        let expected: Vec<_> = expected.iter().map(|(key, value)| (*key, value.replace('\n', "\r\n"))).collect();
        let expected: Vec<(&str, &str)> = expected.iter().map(|(key, value)| (*key, value.as_str())).collect();
        assert_entries(&format!("\u{feff}---\n{content}\n---\n").replace('\n', "\r\n"), &expected);
    }
}

#[test]
fn the_first_of_duplicate_keys_wins() {
    let text = "---\nid: one\nid: two\n---\n";
    let found = FrontMatter::find(text).unwrap();
    assert_eq!((found.get(text, "id"), found.entries.len()), (Some("one"), 2));
}

#[test]
fn toml_is_read_with_its_tables() {
    assert_entries(
        concat!(
            "+++\ntitle = \"Sync # folders\" # note\nid = 'x'\nweight = 3 # low\n# no = 1\nlong = \"\"\"\nid = no\n\"\"\"\n",
            "list = [\n  \"id = no\", # ]\n]\n[params]\n\"source commit\" = \"0a1b\"\nan.id = true\n[[item]]\nid = 'no'\n+++\n"
        ),
        &[
            ("title", "Sync # folders"),
            ("id", "x"),
            ("weight", "3"),
            ("long", "\nid = no\n"),
            ("list", "[\n  \"id = no\", # ]\n]"),
            ("params.source commit", "0a1b"),
            ("params.an.id", "true"),
        ],
    );
}

#[test]
fn the_block_ends_at_its_own_fence() {
    for (text, span, content) in [
        ("---\na: 1\n---\nText", 0..13, 4..9),
        ("---  \na: 1\n...\n", 0..15, 6..11),
        ("\u{feff}---\r\na: 1\r\n---", 3..17, 8..14),
        ("---\n---\n", 0..8, 4..4),
        ("+++\n---\n+++\n", 0..12, 4..8),
    ] {
        let found = FrontMatter::find(text).unwrap();
        assert_eq!((found.span.range(), found.content.range()), (span, content), "{text:?}");
    }
    for text in
        ["", "---", "----\na: 1\n----\n", "\n---\na: 1\n---\n", "--- x\n---\n", "+++\na = 1\n---\n", "Text\n---\n"]
    {
        assert_eq!(FrontMatter::find(text), None, "{text:?}");
    }
}

#[test]
fn an_unclosed_fence_is_not_a_thematic_break() {
    for (text, expected) in [
        ("---\na: 1\n\nText", true),
        ("\u{feff}+++\n\na = 1\n", true),
        ("---\n\nSome text.\n", false),
        ("---\na: 1\n---\n", false),
        ("---", false),
        ("Text", false),
    ] {
        assert_eq!(unclosed_fence(text).is_some(), expected, "{text:?}");
    }
}

#[test]
fn problems_have_their_line_and_column() {
    for (text, place) in [
        ("---\na: 1\nb: c: d\n---\n", Some((3, 5))),
        ("---\na: 1\nid: x\na: 2\n---\n", Some((4, 1))),
        ("---\nname: é\n\tb: 1\n---\n", Some((3, 1))),
        ("\u{feff}---\r\na: [1\r\nb: 2\r\n---\r\n", Some((3, 2))),
        ("---\njust text\n---\n", Some((2, 1))),
        ("---\na: 'it's'\n---\n", Some((2, 8))),
        ("+++\na = 1\nb = = 2\n+++\n", Some((3, 5))),
        ("+++\na = 1\na = 2\n+++\n", Some((3, 1))),
        ("---\n# nothing\n---\n", None),
        ("---\na: [1, 2]\nb: {c: d}\n---\n", None),
        ("+++\n[a]\nb = 1\n+++\n", None),
    ] {
        let problem = FrontMatter::find(text).unwrap().validate(text).err();
        let found = problem.as_ref().map(|problem| {
            let position = LineIndex::new(text).position(text, problem.span.start);
            (position.line, position.column)
        });
        assert_eq!(found, place, "{text:?} {problem:?}");
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    let pieces = [
        "a: ", "\"", "'", "[", "{", "]", "- ", "\n", "\r\n", "  ", "#", "|", "é", ": ", "---\n", "= ", "\\", "\"\"\"",
        "&x", "!",
    ];
    let mut state = 7_u32;
    for _ in 0..20_000 {
        for fence in ["---", "+++"] {
            let mut text = format!("{fence}\n");
            for _ in 0..14 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
            }
            unclosed_fence(&text);
            text = format!("{text}\n{fence}\n");
            let found = FrontMatter::find(&text).unwrap();
            for entry in &found.entries {
                entry.value.slice(&text);
                entry.key_span.slice(&text);
            }
            if let Err(problem) = found.validate(&text) {
                problem.span.slice(&text);
            }
        }
    }
}

#[test]
fn input_that_takes_too_much_stack_or_time_is_not_parsed() {
    let deep = "the front matter is too complex: lists and maps are nested more than 128 levels deep";
    let parts = "the front matter is too complex: a key has more than 64 parts";
    for (fence, content, expected) in [
        ("---", format!("a: {}", "[".repeat(80_000)), deep),
        ("---", format!("a: {}", "{a: ".repeat(80_000)), deep),
        ("---", format!("isogloss:\n ignore:\n  {}x", "- ".repeat(60_000)), deep),
        ("---", format!("isogloss:\n ignore:\n  {}x", "? ".repeat(60_000)), deep),
        ("---", (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect(), deep),
        ("---", format!("a: *b\nc: {}", "[".repeat(80_000)), "the front matter is not valid YAML: "),
        ("---", format!("a: \"\\q\"\nc: {}", "[".repeat(80_000)), "the front matter is not valid YAML: "),
        ("+++", format!("a = {}", "[".repeat(80_000)), "the front matter is not valid TOML: "),
        ("+++", format!("a = {}", "{a = ".repeat(80_000)), "the front matter is not valid TOML: "),
        ("+++", format!("a{} = 1", ".a".repeat(80_000)), parts),
        ("+++", format!("[a{}]", " . \"a\"".repeat(80_000)), parts),
        ("+++", format!("b = {{a{} = 1}}", ".a".repeat(80_000)), parts),
    ] {
        let text = format!("{fence}\n{content}\n{fence}\n# Sync\n");
        let found = FrontMatter::find(&text).unwrap();
        let problem = found.validate(&text).unwrap_err();
        assert!(problem.message.starts_with(expected), "{content:.60}: {}", problem.message);
        assert!(found.content.contains(problem.span.start) || problem.span.start == found.content.end);
    }
    for (fence, content) in [
        ("---", format!("tags: [{}]", "[a], ".repeat(500))),
        ("---", format!("a:\n  - {}x", "- ".repeat(120))),
        ("---", format!("note: {}", "a - b ".repeat(500))),
        ("+++", format!("# {}\na = '{}'\nb = [{}1.5]", ".".repeat(100), "a. ".repeat(100), "1.5, ".repeat(200))),
    ] {
        let text = format!("{fence}\n{content}\n{fence}\n# Sync\n");
        assert_eq!(FrontMatter::find(&text).unwrap().validate(&text), Ok(()), "{content:.60}");
    }
}

#[test]
fn aliases_are_not_multiplied() {
    let laughs = (1..12).fold("a0: &a0 x\n".to_owned(), |text, level| {
        format!("{text}a{level}: &a{level} [{}]\n", format!("*a{}, ", level - 1).repeat(9))
    });
    let text = format!("---\n{laughs}isogloss: {{ignore: *a11}}\n---\n");
    assert!(FrontMatter::find(&text).unwrap().validate(&text).is_ok());
}

#[test]
fn a_long_key_is_not_repeated_below_it() {
    for (fence, head, rest) in [
        ("---", format!("{}:\n", "k".repeat(LONGEST_KEY + 1)), " x: 1\n".repeat(1000)),
        ("+++", format!("[{}]\n", "k".repeat(LONGEST_KEY + 1)), "x = 1\n".repeat(1000)),
    ] {
        let found = FrontMatter::find(&format!("{fence}\n{head}{rest}{fence}\n")).unwrap();
        assert_eq!(found.entries, []);
    }
}
