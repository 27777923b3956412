//! The entries of front matter.

use isogloss_text::Span;

/// The language of front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `---` and `---` or `...`.
    Yaml,
    /// Between `+++` and `+++`, as in Hugo and Zola.
    Toml,
}

impl Format {
    /// The format of the front matter that this line opens.
    pub(super) fn opened_by(line: &str) -> Option<Self> {
        match line.trim_end() {
            "---" => Some(Self::Yaml),
            "+++" => Some(Self::Toml),
            _ => None,
        }
    }

    /// Whether this line closes front matter of this format.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        match self {
            Self::Yaml => matches!(line.trim_end(), "---" | "..."),
            Self::Toml => line.trim_end() == "+++",
        }
    }
}

/// The longest dotted key, in bytes: a long one would be repeated in every key below it.
pub(super) const LONGEST_KEY: usize = 1024;

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, after the keys of the maps around it: `l10n.sourceCommit`.
    pub key: String,
    /// The last part of the key in the text, without quotes.
    pub key_span: Span,
    /// The value in the text, without quotes, trailing comment, YAML tag or anchor. Escapes are not decoded. Empty for a nested
    /// map or a list.
    pub value: Span,
}

/// The front matter of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Its format.
    pub format: Format,
    /// From the opening fence to the end of the closing fence's line, including its line break.
    pub span: Span,
    /// The lines between the fences.
    pub content: Span,
    /// In text order, with duplicates. Keys inside lists and keys of more than 1024 bytes are skipped.
    pub entries: Vec<Entry>,
}

impl FrontMatter {
    /// The value of a key; the first of duplicates.
    pub fn get<'text>(&self, text: &'text str, key: &str) -> Option<&'text str> {
        self.entry(key).map(|entry| entry.value.slice(text))
    }

    /// The entry of a key; the first of duplicates.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
