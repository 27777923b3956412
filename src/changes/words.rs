//! A text's change word by word, for people.

use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

/// A part of a text that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Stands in both.
    Kept(String),
    /// Stands in the old text.
    Removed(String),
    /// Stands in the new text.
    Added(String),
}

impl Part {
    /// `{"kept": …}`, `{"removed": …}` or `{"added": …}`.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Kept(text) => json!({"kept": text}),
            Self::Removed(text) => json!({"removed": text}),
            Self::Added(text) => json!({"added": text}),
        }
    }
}

/// The change from one text to another in parts, as few words as make sense.
pub fn word_diff(old: &str, new: &str) -> Vec<Part> {
    let diff = TextDiff::from_words(old, new);
    let mut parts: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match parts.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => parts.push((change.tag(), change.value().to_owned())),
        }
    }
    let part = |(tag, text)| match tag {
        ChangeTag::Equal => Part::Kept(text),
        ChangeTag::Delete => Part::Removed(text),
        ChangeTag::Insert => Part::Added(text),
    };
    parts.into_iter().map(part).collect()
}
