//! Front matter that would take a parser too much stack or time.

use super::problem::Problem;
use crate::yaml::{self, DEEPEST_FRONT_MATTER};
use isogloss_text::{Span, floor_char_boundary};

/// The most levels of tables that one key of TOML makes: `a.b.c` has three.
const MOST_PARTS: usize = 64;
/// With more brackets than this, the second YAML parser takes too long to explain an error of the first.
const MOST_BRACKETS: usize = 1_000;

/// Checks whether the YAML in `content` can be parsed safely.
///
/// # Errors
/// If it is nested too deeply or copies too much, with the place; for large and invalid YAML, its syntax error.
pub(super) fn yaml(text: &str, content: Span) -> Result<(), Problem> {
    let yaml = content.slice(text);
    if !yaml::may_be_deep(yaml, DEEPEST_FRONT_MATTER) {
        return Ok(());
    }
    let at = |character: usize| {
        let byte = yaml.char_indices().nth(character).map_or(yaml.len(), |(byte, _)| byte);
        Span::at(floor_char_boundary(text, content.start as usize + byte))
    };
    match yaml::check(yaml, DEEPEST_FRONT_MATTER) {
        Err(excess) => Err(unread(at(excess.character), &excess.message)),
        Ok(Some(error)) if memchr::memchr2_iter(b'[', b'{', yaml.as_bytes()).count() > MOST_BRACKETS => {
            let message = format!("the front matter is not valid YAML: {}", error.info());
            Err(Problem { span: at(error.marker().index()), message })
        }
        Ok(_) => Ok(()),
    }
}

/// Checks whether the TOML in `content` can be parsed safely: its parser limits brackets, but not dotted keys.
///
/// # Errors
/// If a key has too many parts, with the place.
pub(super) fn toml(text: &str, content: Span) -> Result<(), Problem> {
    let bytes = content.slice(text).as_bytes();
    let (mut at, mut dots) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'.' => dots += 1,
            // A string has any number of dots; three quotes are an empty string, and the start of the next.
            quote @ (b'"' | b'\'') => {
                let end = bytes[at + 1..].iter().position(|&byte| byte == quote || byte == b'\n');
                at += end.unwrap_or(bytes.len() - at - 1) + 1;
            }
            b'#' => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
                dots = 0;
            }
            // A part of a key, or space around its dots.
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' ' | b'\t') => {}
            _ => dots = 0,
        }
        if dots >= MOST_PARTS {
            let place = Span::at(floor_char_boundary(text, content.start as usize + at));
            return Err(unread(place, &format!("a key has more than {MOST_PARTS} parts")));
        }
        at += 1;
    }
    Ok(())
}

fn unread(span: Span, why: &str) -> Problem {
    Problem { span, message: format!("the front matter is too complex: {why}") }
}
