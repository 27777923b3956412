//! Front matter: the YAML or TOML between fences at the start of a document.
//!
//! Keys and values are found by a line scan that keeps their exact places; a YAML parser gives no places, and nothing at all if
//! the YAML is invalid. [`FrontMatter::validate`] checks front matter with the real parsers.

mod entry;
mod limits;
mod lines;
mod plain;
mod problem;
mod toml;
mod validate;
mod yaml;

use isogloss_text::Span;

#[cfg(test)]
use entry::LONGEST_KEY;
pub use entry::{Entry, Format, FrontMatter};
use lines::Lines;
pub use problem::Problem;

impl FrontMatter {
    /// The front matter of `text`, which must begin with its fence, apart from a byte order mark.
    ///
    /// `None` without a fence, and also if it is not closed, which [`unclosed_fence`] finds.
    pub fn find(text: &str) -> Option<Self> {
        let (format, opening) = opening_fence(text)?;
        let mut lines = Lines::new(text, Span::new(opening.end as usize, text.len()));
        while let Some(line) = lines.next() {
            if format.is_closed_by(line.text) {
                let content = Span::new(opening.end as usize, line.start);
                let entries = match format {
                    Format::Yaml => yaml::entries(text, content),
                    Format::Toml => toml::entries(text, content),
                };
                return Some(Self {
                    format,
                    span: Span::new(opening.start as usize, lines.next_start),
                    content,
                    entries,
                });
            }
        }
        None
    }

    /// Checks that a parser can build a tree of it without too much stack or time.
    ///
    /// # Errors
    /// If it is nested too deeply or too large, with the place in `text`.
    pub fn check_limits(&self, text: &str) -> Result<(), Problem> {
        match self.format {
            Format::Yaml => limits::yaml(text, self.content),
            Format::Toml => limits::toml(text, self.content),
        }
    }

    /// Checks it with a parser of its language.
    ///
    /// # Errors
    /// The first syntax error, with its place in `text`.
    pub fn validate(&self, text: &str) -> Result<(), Problem> {
        validate::validate(self, text)
    }
}

/// The opening fence of front matter that is never closed. A `---` that no key follows is a thematic break.
pub fn unclosed_fence(text: &str) -> Option<Span> {
    let (format, opening) = opening_fence(text)?;
    let lines = || Lines::new(text, Span::new(opening.end as usize, text.len()));
    let first = lines().find(|line| !line.text.trim().is_empty())?;
    let content = Span::new(first.start, first.start + first.text.len());
    let is_entry = match format {
        Format::Yaml => !yaml::entries(text, content).is_empty(),
        Format::Toml => !toml::entries(text, content).is_empty(),
    };
    let fence = opening.start as usize;
    (is_entry && !lines().any(|line| format.is_closed_by(line.text))).then(|| Span::new(fence, fence + 3))
}

/// The first line, if it is a fence: with its line break, without a byte order mark.
fn opening_fence(text: &str) -> Option<(Format, Span)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines::new(text, Span::new(start, text.len()));
    let format = Format::opened_by(lines.next()?.text)?;
    Some((format, Span::new(start, lines.next_start)))
}

#[cfg(test)]
mod tests;
