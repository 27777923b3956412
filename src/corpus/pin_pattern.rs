//! A source commit in the text instead of front matter: a permalink, as a pattern with `{commit}`.

use std::fmt;

use regex::Regex;
use thiserror::Error;

use isogloss_text::Span;

/// A pattern that finds a source commit: text with one `{commit}`; `*` matches part of one name, `**` any text.
#[derive(Debug, Clone)]
pub struct PinPattern {
    written: String,
    regex: Regex,
}

/// Why a string is not a valid [`PinPattern`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PinPatternError {
    /// The placeholder is missing or occurs twice.
    #[error("pattern must contain `{{commit}}` exactly once")]
    Count,
    /// There is no text around the placeholder, so any number would be a commit.
    #[error("`{{commit}}` must be next to other text")]
    Bare,
    /// Unknown placeholder in braces.
    #[error("unknown placeholder; expected `{{commit}}`")]
    Placeholder,
    /// The pattern is longer than any URL, or slow to match.
    #[error("pattern is limited to {LONGEST} bytes and {MOST_WILDCARDS} wildcards")]
    Length,
}

/// The longest pattern, in bytes.
const LONGEST: usize = 1024;
/// The most `*` in a pattern; `**` counts as one.
const MOST_WILDCARDS: usize = 16;

impl PinPattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// If it does not have exactly one `{commit}` next to other text, has another placeholder, or is too long.
    pub fn parse(text: &str) -> Result<Self, PinPatternError> {
        if text.matches("{commit}").count() != 1 {
            return Err(PinPatternError::Count);
        }
        let around = text.replace("{commit}", "");
        if around.contains(['{', '}']) {
            return Err(PinPatternError::Placeholder);
        }
        if !around.contains(char::is_alphanumeric) {
            return Err(PinPatternError::Bare);
        }
        if text.len() > LONGEST || text.replace("**", "*").matches('*').count() > MOST_WILDCARDS {
            return Err(PinPatternError::Length);
        }
        // ASCII word boundaries: Unicode ones are many times slower in non-ASCII text.
        // Escaping puts a backslash before `*`, `{` and `}`. Links end at white space and at closing delimiters.
        let escaped = regex::escape(text)
            .replace(r"\{commit\}", r"(?-u:\b)(?<commit>[0-9a-fA-F]{7,64})(?-u:\b)")
            .replace(r"\*\*", r#"[^\s<>")\]]*"#)
            .replace(r"\*", r#"[^\s<>")\]/]*"#);
        let regex = Regex::new(&escaped).map_err(|_| PinPatternError::Length)?;
        Ok(Self { written: text.to_owned(), regex })
    }

    /// The first source commit in `text`: 7 to 64 hexadecimal digits.
    pub fn find(&self, text: &str) -> Option<Span> {
        let commit = self.regex.captures(text)?.name("commit")?;
        Some(Span::new(commit.start(), commit.end()))
    }
}

impl fmt::Display for PinPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_commit_that_fits_is_found() {
        let commit = "4c1f9e2a".repeat(5);
        let link = "https://git.tidewater.example/handbook/blob/{commit}/docs/*.md";
        for (pattern, text, expected) in [
            (
                link,
                format!("> From [here](https://git.tidewater.example/handbook/blob/{commit}/docs/sync.md).\n"),
                true,
            ),
            (link, format!("https://git.tidewater.example/handbook/blob/{commit}/docs/a/sync.md"), false),
            (link, format!("https://git.tidewater.example/handbook/blob/{commit}ff00/docs/sync.md"), true),
            (link, "https://git.tidewater.example/handbook/blob/main/docs/sync.md".to_owned(), false),
            ("/blob/{commit}/**", format!("<https://git.tidewater.example/blob/{commit}/docs/a/b.md> é"), true),
            ("Translated from {commit}", format!("<!-- Translated from {commit} -->"), true),
            ("Translated from {commit}", format!("<!-- Translated from {commit}xyz -->"), false),
            ("Translated from {commit}", "Translated from 4c1f9e".to_owned(), false),
        ] {
            let parsed = PinPattern::parse(pattern).unwrap();
            let found = parsed.find(&text).map(|span| span.slice(&text));
            assert_eq!(found.is_some_and(|found| found.starts_with(&commit)), expected, "{pattern} {text}");
            assert_eq!(parsed.to_string(), pattern);
        }
    }

    #[test]
    fn a_pattern_that_cannot_work_is_refused() {
        for (pattern, error) in [
            ("", PinPatternError::Count),
            ("/blob/main/", PinPatternError::Count),
            ("{commit}{commit}", PinPatternError::Count),
            ("{commit}", PinPatternError::Bare),
            ("**/{commit}/*", PinPatternError::Bare),
            ("/blob/{commit}/{path}", PinPatternError::Placeholder),
            (&format!("/blob/{{commit}}{}", "/*".repeat(17)), PinPatternError::Length),
            (&format!("/blob/{{commit}}/{}", "x".repeat(1024)), PinPatternError::Length),
        ] {
            assert_eq!(PinPattern::parse(pattern).map(|_| ()), Err(error), "{pattern}");
        }
    }
}
