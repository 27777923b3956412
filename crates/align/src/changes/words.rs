//! Word-by-word differences of two texts.

use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

/// A part of a changed text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffPart {
    /// In both texts.
    Kept(String),
    /// Only in the old text.
    Removed(String),
    /// Only in the new text.
    Added(String),
}

impl DiffPart {
    /// `{"kept": …}`, `{"removed": …}` or `{"added": …}`.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Kept(text) => json!({"kept": text}),
            Self::Removed(text) => json!({"removed": text}),
            Self::Added(text) => json!({"added": text}),
        }
    }
}

/// The difference of two texts in parts: consecutive changed words are one part, and removed words come before the added
/// ones that replace them.
pub fn word_diff(old: &str, new: &str) -> Vec<DiffPart> {
    let diff = TextDiff::from_words(old, new);
    let mut parts = Vec::new();
    let (mut removed, mut added, mut space) = (String::new(), String::new(), String::new());
    for change in diff.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            // Only a word ends a change: white space between two changed words belongs to the change.
            ChangeTag::Equal if text.trim().is_empty() && !(removed.is_empty() && added.is_empty()) => {
                space.push_str(text);
            }
            ChangeTag::Equal => {
                flush(&mut parts, &mut removed, &mut added);
                match parts.last_mut() {
                    Some(DiffPart::Kept(kept)) => kept.push_str(text),
                    _ => parts.push(DiffPart::Kept(std::mem::take(&mut space) + text)),
                }
            }
            tag => {
                removed.push_str(&space);
                added.push_str(&std::mem::take(&mut space));
                if tag == ChangeTag::Delete { removed.push_str(text) } else { added.push_str(text) }
            }
        }
    }
    flush(&mut parts, &mut removed, &mut added);
    if !space.is_empty() {
        parts.push(DiffPart::Kept(space));
    }
    parts
}

fn flush(parts: &mut Vec<DiffPart>, removed: &mut String, added: &mut String) {
    for (text, part) in [(removed, DiffPart::Removed as fn(String) -> DiffPart), (added, DiffPart::Added)] {
        if !text.is_empty() {
            parts.push(part(std::mem::take(text)));
        }
    }
}
