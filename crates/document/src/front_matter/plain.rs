//! YAML that is valid at first sight: most front matter is keys with words, numbers, sentences and lists of these.

use super::entry::FrontMatter;

/// Longer keys are left to the parser, which has its own limit.
const LONGEST_KEY: usize = 128;
/// With more keys than this, the parser finds duplicates faster.
const MOST_KEYS: usize = 64;

/// Whether the parser certainly accepts the `content` of front matter; `false` means that it has to be run.
pub(super) fn is_plain(front_matter: &FrontMatter, content: &str) -> bool {
    let keys = &front_matter.entries;
    let mut expected = Expected::Top;
    keys.len() <= MOST_KEYS
        && content.lines().all(|line| match expected.next(line) {
            Some(next) => {
                expected = next;
                true
            }
            None => false,
        })
        && keys.iter().enumerate().all(|(at, entry)| keys[..at].iter().all(|other| other.key != entry.key))
}

/// What may come next.
#[derive(Debug, Clone, Copy)]
enum Expected {
    /// A key of the whole.
    Top,
    /// The same, or the list that is the value of the last key.
    List,
    /// The same, or another item of a list with this indentation.
    Item(usize),
    /// The same, or another key of the item.
    Key(usize),
}

impl Expected {
    /// What may come after a line; `None` if the parser has to be run.
    fn next(self, line: &str) -> Option<Self> {
        let rest = line.trim_start_matches(' ');
        let indent = line.len() - rest.len();
        if rest.is_empty() {
            return Some(self);
        }
        if let Some(item) = rest.strip_prefix("- ") {
            let fits = match self {
                Self::Top => false,
                Self::List => true,
                Self::Item(open) | Self::Key(open) => open == indent,
            };
            return match after_key(item) {
                _ if !fits => None,
                Some(value) => is_value(value).then_some(Self::Key(indent)),
                None => is_value(item).then_some(Self::Item(indent)),
            };
        }
        match (after_key(rest)?, self) {
            ("", _) if indent == 0 => Some(Self::List),
            (value, _) if indent == 0 => is_value(value).then_some(Self::Top),
            (value, Self::Key(open)) if indent == open + "- ".len() => is_value(value).then_some(self),
            _ => None,
        }
    }
}

/// The trimmed text after a key and its colon; `None` if the line does not begin with a key.
fn after_key(line: &str) -> Option<&str> {
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let length = line.bytes().take_while(is_inner).count();
    let (key, rest) = line.split_at(length);
    // The parser may read other keys as values that are not text, or as equal despite different spelling.
    let is_text = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && !["true", "false", "null"].iter().any(|word| key.eq_ignore_ascii_case(word));
    let value = rest.strip_prefix(':')?;
    (is_text && length <= LONGEST_KEY && (value.is_empty() || value.starts_with(' '))).then(|| value.trim_matches(' '))
}

/// Whether a value is a word, a number, a sentence, or something between simple quotes.
fn is_value(value: &str) -> bool {
    let value = value.trim_matches(' ');
    let is_right = match value.as_bytes() {
        [b'\'', inner @ .., b'\''] => has_only_doubled_quotes(inner),
        [b'"', inner @ .., b'"'] => memchr::memchr2(b'"', b'\\', inner).is_none(),
        _ => value.starts_with(char::is_alphanumeric) && is_sentence(value.as_bytes()),
    };
    is_right && has_only_text(value.as_bytes())
}

/// Whether all single quotes are doubled, which escapes them.
fn has_only_doubled_quotes(mut inner: &[u8]) -> bool {
    while let Some(at) = memchr::memchr(b'\'', inner) {
        if inner.get(at + 1) != Some(&b'\'') {
            return false;
        }
        inner = &inner[at + 2..];
    }
    true
}

/// Whether an unquoted value has neither a colon before a space nor a comment, which would end it.
fn is_sentence(value: &[u8]) -> bool {
    let ends = |at: usize| match value[at] {
        b':' => matches!(value.get(at + 1), None | Some(b' ')),
        _ => value[at - 1] == b' ',
    };
    !memchr::memchr2_iter(b':', b'#', value).any(ends)
}

/// Whether a value has no line break, and no character that the parser rejects or may treat as white space.
fn has_only_text(value: &[u8]) -> bool {
    // Without an early exit, the compiler vectorises the test.
    let controls = value.iter().fold(false, |controls, byte| controls | byte.is_ascii_control());
    // Non-ASCII control characters, line and paragraph separators, byte order marks, and noncharacters.
    let is_doubtful = |at: usize| {
        matches!(
            value[at..],
            [0xC2, 0x80..=0x9F, ..]
                | [0xE2, 0x80, 0xA8 | 0xA9, ..]
                | [0xEF, 0xBB, 0xBF, ..]
                | [0xEF, 0xBF, 0xBE | 0xBF, ..]
        )
    };
    !controls && (value.is_ascii() || !memchr::memchr3_iter(0xC2, 0xE2, 0xEF, value).any(is_doubtful))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::validate::check;
    use super::*;

    fn says_plain(content: &str) -> bool {
        let text = format!("---\n{content}\n---\n");
        let front_matter = FrontMatter::find(&text).unwrap();
        is_plain(&front_matter, front_matter.content.slice(&text))
    }

    #[test]
    fn keys_with_simple_values_and_lists_are_plain() {
        for content in [
            "",
            "title: C# in folders at 10:30\n\nid: 'a: ''b'''\nempty:\nsize: \"12 # x\"",
            "tags:\n  - sync\n  - 'two words'\nid: a",
            "tags:\n- sync\n\n- id: a\n  name: b\nid: a",
            "parts:\n  - id: a\n    name: Återställ\n  - id: b\r\nend: yes",
        ] {
            assert!(says_plain(content), "{content:?}");
        }
    }

    #[test]
    fn doubtful_values_are_left_to_the_parser() {
        for content in [
            "title: a: b",
            "title: a # b",
            "title: a:",
            "title: [a]",
            "a: 1\na: 2",
            "true: 1\nTrue: 2",
            "1: a",
            "a: b\n\t\nc: d",
            "a: \"b\\n\"",
            "a: \"b",
            "a: 'b'c'",
            "a: 'b''",
            "a: b\n  c",
            "a: b\n  c: d",
            "a:\n  b: c",
            "a:\n  - b\n - c",
            "a:\n  - b\n    c: d",
            "a:\n  - b: c\n   d: e",
            "a:\n  - b: c\n     d: e",
            "a:\n  - b:\n    c: d",
            "a: b\n- c",
            "- a",
            "a:b",
            "a: b\u{2028}c",
            "a: '\u{feff}'",
            "a: 'b\u{7}'",
        ] {
            assert!(!says_plain(content), "{content:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_parser_accepts_plain_values(
            lines in prop::collection::vec(
                (
                    prop::sample::select(vec!["", "  ", "- ", "  - ", "    ", "    - ", " ", "-", "\t"]),
                    prop::sample::select(vec!["", "", "a: ", "b: ", "c-d: ", "e:", "f: ", "null: ", "1: ", "g:", "? ", "a:"]),
                    prop_oneof![
                        prop::sample::select(vec!["", "word", "'x'", "\"x: y\"", "12", "Å b", "~", "*a", "---", "a'b"]).prop_map(str::to_owned),
                        "[a-c]{1,2}[ :#'\"\\-,\\[{}!&*|>%@`\\\\é\u{85}\u{a0}\u{2028}\u{feff}\t\r?]{0,2}[a ]{0,2}",
                        "['\"][a :#\u{85}\u{2028}\u{feff}\u{7}\u{7f}-]{0,3}['\"] ?",
                    ],
                ),
                0..6,
            ),
        ) {
            let lines: Vec<String> = lines.into_iter().map(|(before, key, value)| [before, key, &value].concat()).collect();
            let content = lines.join("\n");
            // A fence among the lines ends the front matter.
            let is_whole = !lines.iter().any(|line| matches!(line.trim_end(), "---" | "..."));
            if is_whole && says_plain(&content) {
                let parsed = check(&content);
                prop_assert!(parsed.is_ok(), "{content:?}: {:?}", parsed.unwrap_err());
            }
        }
    }
}
