//! Front matter: the YAML or TOML between fences at the head of a document.
//!
//! Keys and values are found by a line scan that keeps their exact places; a YAML parser gives neither places nor, on a
//! broken block, anything at all. [`FrontMatter::validate`] asks the real parsers whether the block is right.

mod limits;
mod plain;
mod toml;
mod validate;
mod yaml;

use isogloss_text::Span;

pub use validate::Problem;

/// The language of a front matter block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`, as Hugo and Zola write it.
    Toml,
}

impl Kind {
    /// The kind that this line opens.
    fn opened_by(line: &str) -> Option<Self> {
        match line.trim_end() {
            "---" => Some(Self::Yaml),
            "+++" => Some(Self::Toml),
            _ => None,
        }
    }

    /// Whether this line closes a block of this kind.
    fn is_closed_by(self, line: &str) -> bool {
        match self {
            Self::Yaml => matches!(line.trim_end(), "---" | "..."),
            Self::Toml => line.trim_end() == "+++",
        }
    }
}

/// The longest key with the keys above it, in bytes: what is below a long one would repeat it.
pub const LONGEST_KEY: usize = 1024;

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key; inside a nested map the keys above it come first, with dots: `l10n.sourceCommit`.
    pub key: String,
    /// The last part of the key as it stands in the text, without quotes.
    pub key_span: Span,
    /// The value as it stands in the text, without quotes, trailing comment, YAML tag or anchor. Escapes are not decoded.
    /// A value of several lines spans them all; the value of a key that holds a nested map or a list is empty.
    pub value: Span,
}

/// The front matter of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Its language.
    pub kind: Kind,
    /// From the opening fence to the end of the closing fence's line, line break included; a byte order mark is before it.
    pub span: Span,
    /// What stands between the fences' lines.
    pub content: Span,
    /// In the order of the text; a key that is there twice is here twice. Keys inside lists are left out, and so are those that
    /// have more than [`LONGEST_KEY`] bytes.
    pub entries: Vec<Entry>,
}

impl FrontMatter {
    /// The front matter of `text`, which must begin with its fence (a byte order mark may stand before it).
    ///
    /// `None` without one, and also when it is not closed: [`unclosed_fence`] tells which.
    pub fn find(text: &str) -> Option<Self> {
        let (kind, opening) = opening_fence(text)?;
        let mut lines = Lines::new(text, Span::new(opening.end as usize, text.len()));
        while let Some(line) = lines.next() {
            if kind.is_closed_by(line.text) {
                let content = Span::new(opening.end as usize, line.start);
                let entries = match kind {
                    Kind::Yaml => yaml::entries(text, content),
                    Kind::Toml => toml::entries(text, content),
                };
                return Some(Self {
                    kind,
                    span: Span::new(opening.start as usize, lines.next_start),
                    content,
                    entries,
                });
            }
        }
        None
    }

    /// The value of a key; the first one's, if it stands twice.
    pub fn get<'text>(&self, text: &'text str, key: &str) -> Option<&'text str> {
        self.entry(key).map(|entry| entry.value.slice(text))
    }

    /// The entry of a key; the first, if it stands twice.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether a parser of its language may be asked to build a tree of it, which would take too much stack or time otherwise.
    ///
    /// # Errors
    /// The problem, at its place in `text`.
    pub fn check_limits(&self, text: &str) -> Result<(), Problem> {
        match self.kind {
            Kind::Yaml => limits::yaml(text, self.content),
            Kind::Toml => limits::toml(text, self.content),
        }
    }

    /// Asks the parser of its language whether it is right.
    ///
    /// # Errors
    /// The first problem, at its place in `text`.
    pub fn validate(&self, text: &str) -> Result<(), Problem> {
        validate::validate(self, text)
    }
}

/// The fence of a front matter block that is never closed. A lone `---` before anything but a key is a thematic break.
pub fn unclosed_fence(text: &str) -> Option<Span> {
    let (kind, opening) = opening_fence(text)?;
    let lines = || Lines::new(text, Span::new(opening.end as usize, text.len()));
    let first = lines().find(|line| !line.text.trim().is_empty())?;
    let content = Span::new(first.start, first.start + first.text.len());
    let is_entry = match kind {
        Kind::Yaml => !yaml::entries(text, content).is_empty(),
        Kind::Toml => !toml::entries(text, content).is_empty(),
    };
    let fence = opening.start as usize;
    (is_entry && !lines().any(|line| kind.is_closed_by(line.text))).then(|| Span::new(fence, fence + 3))
}

/// The first line, if it is a fence, with its line break and without a byte order mark.
fn opening_fence(text: &str) -> Option<(Kind, Span)> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Lines::new(text, Span::new(start, text.len()));
    let kind = Kind::opened_by(lines.next()?.text)?;
    Some((kind, Span::new(start, lines.next_start)))
}

/// One line of a text.
#[derive(Debug, Clone, Copy)]
struct Line<'text> {
    /// Byte offset of its first character in the whole text.
    start: usize,
    /// Without its line break.
    text: &'text str,
}

/// The lines of a part of a text, with their places in the whole.
#[derive(Debug, Clone)]
struct Lines<'text> {
    text: &'text str,
    next_start: usize,
    end: usize,
}

impl<'text> Lines<'text> {
    fn new(text: &'text str, part: Span) -> Self {
        Self { text, next_start: part.start as usize, end: part.end as usize }
    }

    /// Goes on with the line after the one that holds the byte before `offset`.
    fn skip_past(&mut self, offset: usize) {
        let rest = &self.text.as_bytes()[offset..self.end];
        self.next_start = memchr::memchr(b'\n', rest).map_or(self.end, |at| offset + at + 1);
    }
}

impl<'text> Iterator for Lines<'text> {
    type Item = Line<'text>;

    fn next(&mut self) -> Option<Line<'text>> {
        if self.next_start >= self.end {
            return None;
        }
        let start = self.next_start;
        let rest = &self.text[start..self.end];
        let (line, next) = match memchr::memchr(b'\n', rest.as_bytes()) {
            Some(at) => (&rest[..at], start + at + 1),
            None => (rest, self.end),
        };
        self.next_start = next;
        Some(Line { start, text: line.strip_suffix('\r').unwrap_or(line) })
    }
}

#[cfg(test)]
mod tests;
