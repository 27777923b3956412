//! Whether front matter is valid, according to the real parsers.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Characters};

use super::entry::{Format, FrontMatter};
use super::problem::Problem;
use super::yaml::closing_quote;
use super::{limits, plain};
use isogloss_text::{Span, floor_char_boundary};

pub(super) fn validate(front_matter: &FrontMatter, text: &str) -> Result<(), Problem> {
    let content = front_matter.content;
    match front_matter.format {
        Format::Yaml => yaml(front_matter, text, content.slice(text)),
        Format::Toml => {
            limits::toml(text, content)?;
            toml::from_str::<toml::Table>(content.slice(text)).map(drop).map_err(|error| {
                let place = error.span().unwrap_or(0..0);
                let start = floor_char_boundary(text, content.start as usize + place.start);
                let end = floor_char_boundary(text, content.start as usize + place.end).max(start);
                let message = error.message().replace('\n', ", ");
                Problem {
                    span: Span::new(start, end),
                    message: format!("the front matter is not valid TOML: {message}"),
                }
            })
        }
    }
}

/// Whether YAML forbids a character everywhere.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The most quoted values with unindented lines; after these, only what was checked so far counts.
const MOST_UNINDENTED: usize = 100;

/// What front matter is expected to be.
const NO_MAP: &str = "expected lines of `key: value`";

/// What the parser of YAML 1.2 rejects and parsers of YAML 1.1, which most publishing systems use, accept.
const ACCEPTED_ELSEWHERE: &[&str] = &[
    "comments must be separated from other tokens by whitespace",
    "expected whitespace",
    // Of the lines of a flow collection.
    "invalid indentation",
    // In a quoted scalar.
    "tab cannot be used as indentation",
];

fn yaml(front_matter: &FrontMatter, text: &str, content: &str) -> Result<(), Problem> {
    if plain::is_plain(front_matter, content) {
        return Ok(());
    }
    limits::yaml(text, front_matter.content)?;
    let Err(fault) = check(content) else { return Ok(()) };
    let start = front_matter.content.start as usize;
    let at = |character: usize| {
        let byte = content.char_indices().nth(character).map_or(content.len(), |(byte, _)| byte);
        floor_char_boundary(text, start + byte)
    };
    let invalid = |span: Span, reason: &str| {
        Err(Problem { span, message: format!("the front matter is not valid YAML: {reason}") })
    };
    match fault {
        Fault::DuplicateKey { key, characters } => {
            let span = Span::new(at(characters.start.index()), at(characters.end.index()));
            Err(Problem { span, message: format!("duplicate key `{key}`") })
        }
        Fault::UnclosedQuote { character } => {
            let span = unclosed_quote(front_matter, text).unwrap_or_else(|| Span::at(at(character)));
            invalid(span, "this quote is not closed")
        }
        Fault::Syntax { character, reason } => invalid(Span::at(at(character)), &reason),
    }
}

/// The first value that begins with a quote and does not end with the same one, with its quote.
fn unclosed_quote(front_matter: &FrontMatter, text: &str) -> Option<Span> {
    let spans = front_matter.entries.iter().filter_map(|entry| {
        let start = (entry.value.start as usize).checked_sub(1)?;
        let quote = *text.as_bytes().get(start)?;
        let closed = text.as_bytes().get(entry.value.end as usize) == Some(&quote);
        (matches!(quote, b'"' | b'\'') && !closed).then(|| Span::new(start, entry.value.end as usize))
    });
    spans.min_by_key(|span| span.start)
}

/// What is wrong with YAML; positions count characters from 0.
#[derive(Debug)]
pub(super) enum Fault {
    DuplicateKey { key: String, characters: Characters },
    UnclosedQuote { character: usize },
    Syntax { character: usize, reason: Cow<'static, str> },
}

impl Fault {
    fn syntax(character: usize, reason: &'static str) -> Self {
        Self::Syntax { character, reason: reason.into() }
    }

    fn from_error(content: &str, error: &ScanError) -> Self {
        let character = error.marker().index();
        match error.info() {
            "while scanning a quoted scalar, found unexpected end of stream" => Self::UnclosedQuote { character },
            // The parser points to the start of the scalar.
            info @ "while scanning a plain scalar, found a tab" => {
                let tab = line_with_tab(content, character).unwrap_or(character);
                Self::Syntax { character: tab, reason: explain(info) }
            }
            info => Self::Syntax { character, reason: explain(info) },
        }
    }
}

/// The start of the first line after `character` that is indented with a tab.
fn line_with_tab(content: &str, character: usize) -> Option<usize> {
    let mut lines = content.split_inclusive('\n').scan(0, |start, line| {
        let at = *start;
        *start += line.chars().count();
        Some((at, line))
    });
    let is_tabbed = |line: &str| line.trim_start_matches(' ').starts_with('\t');
    lines.find(|(start, line)| *start > character && is_tabbed(line)).map(|(start, _)| start)
}

/// Whether `content` is empty or a map whose keys are all different. Where versions of YAML differ, it is valid.
pub(super) fn check(content: &str) -> Result<(), Fault> {
    if let Some(character) = content.chars().position(is_forbidden) {
        return Err(Fault::syntax(character, "control characters are not allowed"));
    }
    // Byte order marks are allowed inside a document in YAML 1.1.
    let mut content = Cow::Borrowed(content);
    if content.contains('\u{feff}') {
        content = content.replace('\u{feff}', "\u{200b}").into();
    }
    for _ in 0..MOST_UNINDENTED {
        let error = match events(&content) {
            Ok(checked) => return checked,
            Err(error) => error,
        };
        // These characters end lines in YAML 1.1 only.
        let has_line_ends = content.contains(['\u{85}', '\u{2028}', '\u{2029}']);
        if has_line_ends || ACCEPTED_ELSEWHERE.contains(&error.info()) {
            return Ok(());
        }
        if error.info() != "invalid indentation in quoted scalar" {
            return Err(Fault::from_error(&content, &error));
        }
        // In YAML 1.1 the lines of a quoted scalar need no indentation: join them, and look again.
        match joined(&content, error.marker().index()) {
            Some(lines) => content = lines.into(),
            None => return Err(Fault::UnclosedQuote { character: error.marker().index() }),
        }
    }
    Ok(())
}

/// The same text, with the lines of the quoted scalar that starts at `character` joined to one; `None` if it is not closed.
fn joined(content: &str, character: usize) -> Option<String> {
    let (start, quote) = content.char_indices().nth(character).filter(|(_, quote)| matches!(quote, '"' | '\''))?;
    let inside = &content[start + 1..];
    let (scalar, rest) = inside.split_at(closing_quote(inside, quote as u8)?);
    Some([&content[..=start], &scalar.replace(['\n', '\r'], " "), rest].concat())
}

/// Parses YAML, then checks its shape: a syntax error anywhere comes first.
fn events(content: &str) -> Result<Result<(), Fault>, ScanError> {
    let mut shape = Shape::default();
    let mut result = Ok(());
    for event in Parser::new_from_str(content) {
        let (event, characters) = event?;
        let checked = shape.next(event, characters);
        result = result.and(checked);
    }
    Ok(result)
}

/// Where the parser is, and the keys of the outermost map so far.
#[derive(Default)]
struct Shape {
    documents: usize,
    /// The number of open collections.
    depth: usize,
    /// Whether the next node of the outermost map is a value.
    has_key: bool,
    /// Each with whether it is text: `1` and `"1"` differ.
    keys: FxHashSet<(String, bool)>,
}

impl Shape {
    fn next(&mut self, event: Event<'_>, characters: Characters) -> Result<(), Fault> {
        let character = characters.start.index();
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Fault::syntax(character, "a second document starts here"));
                }
            }
            Event::MappingEnd | Event::SequenceEnd => self.depth -= 1,
            Event::Scalar(text, style, ..) => {
                let is_plain = style == ScalarStyle::Plain;
                if self.depth == 0 && !(is_plain && matches!(&*text, "" | "~" | "null")) {
                    return Err(Fault::syntax(character, NO_MAP));
                }
                if self.node() {
                    return self.key(text.into_owned(), is_plain, characters);
                }
            }
            Event::Alias(_) => {
                self.node();
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_list = matches!(event, Event::SequenceStart(..));
                let is_top = self.depth == 0;
                self.node();
                self.depth += 1;
                if is_top && is_list {
                    return Err(Fault::syntax(character, NO_MAP));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a scalar, an alias or the start of a collection; says whether it is a key of the outermost map.
    fn node(&mut self) -> bool {
        let is_key = self.depth == 1 && !self.has_key;
        if self.depth == 1 {
            self.has_key = is_key;
        }
        is_key
    }

    fn key(&mut self, key: String, is_plain: bool, characters: Characters) -> Result<(), Fault> {
        let is_word = ["true", "false", "null", "~", ""].iter().any(|word| key.eq_ignore_ascii_case(word));
        let is_text = !is_plain || !(is_word || key.parse::<f64>().is_ok());
        let name = if is_text { key.clone() } else { key.to_ascii_lowercase() };
        if self.keys.insert((name, is_text)) { Ok(()) } else { Err(Fault::DuplicateKey { key, characters }) }
    }
}

/// The parser's message, or a better one for common mistakes.
fn explain(info: &str) -> Cow<'static, str> {
    let message = match info {
        "mapping values are not allowed in this context" => "a value that contains a colon and a space must be quoted",
        "simple key expect ':'" | "simple key expected" => "the line above has no `key: value`",
        "while parsing a block mapping, did not find expected key"
        | "did not find expected <document start>"
        | "misplaced bracket" => "expected a key; check the indentation, and the quotes and brackets before it",
        "invalid trailing content after double-quoted scalar" => {
            "text after a closing quote; a quote inside quotes must be doubled or escaped"
        }
        "while scanning a plain scalar, found a tab"
        | "tabs disallowed in this context"
        | "tabs disallowed within this context (block indentation)"
        | "a block scalar content cannot start with a tab" => "tabs cannot be used for indentation",
        "while parsing node, found unknown anchor" => "unknown anchor; a value that starts with `*` must be quoted",
        "comment intercepting the multiline text" => "a value that contains ` #` must be quoted",
        "block sequence entries are not allowed in this context" => "a list cannot start here",
        "invalid indentation in flow construct"
        | "illegal placement of ':' indicator"
        | "while parsing a flow sequence, expected ',' or ']'"
        | "while parsing a flow mapping, did not find expected ',' or '}'" => "a bracket is not closed",
        _ if info.starts_with("unexpected character: ") => "a value that starts with this character must be quoted",
        // The parser says what it was doing, and then what is wrong.
        _ => return info.rsplit_once(", ").map_or(info, |(_, reason)| reason).to_owned().into(),
    };
    message.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(content: &str) -> Option<String> {
        let text = format!("---\n{content}\n---\n");
        let front_matter = FrontMatter::find(&text).unwrap();
        yaml(&front_matter, &text, front_matter.content.slice(&text)).err().map(|problem| problem.message)
    }

    #[test]
    fn what_older_parsers_accept_is_valid() {
        for content in [
            "title: 'two\nlines' # note\nid: \"a\n\nb\"",
            "tags: [\na,\n# note\nb\n]\nid: a",
            "title: \"a\n\tb\"",
            "title: 'a'# note",
            "title: a\u{feff}b",
            "title: a\u{2028} b: c",
            "1: a\n\"1\": b",
            "a: {b: 1, b: 2}\nc: [a, a]",
            "? [a]\n: b",
            "# nothing",
            "~",
        ] {
            assert_eq!(message(content), None, "{content:?}");
        }
    }

    #[test]
    fn common_mistakes_have_a_clear_message() {
        for (content, expected) in [
            ("title: a: b", "a value that contains a colon and a space must be quoted"),
            ("title: 'it's'", "text after a closing quote; a quote inside quotes must be doubled or escaped"),
            ("title: \"a\nid: b", "this quote is not closed"),
            ("title: \"a\nid: \"b\"", "text after a closing quote; a quote inside quotes must be doubled or escaped"),
            ("title: %a", "a value that starts with this character must be quoted"),
            ("title: *a", "unknown anchor; a value that starts with `*` must be quoted"),
            ("title: [a, b\nid: c", "a bracket is not closed"),
            ("title: a\nand more\nid: b", "the line above has no `key: value`"),
            ("title: \"\\q\"", "found unknown escape character"),
            ("title: a\u{7}", "control characters are not allowed"),
            ("- a", "expected lines of `key: value`"),
        ] {
            let expected = format!("the front matter is not valid YAML: {expected}");
            assert_eq!(message(content).as_deref(), Some(&*expected), "{content:?}");
        }
        for content in ["a: [1]\n\"a\": 2", "true: [1]\nTrue: 2"] {
            assert!(message(content).is_some_and(|message| message.starts_with("duplicate key `")), "{content:?}");
        }
    }
}
