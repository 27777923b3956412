//! Word-by-word differences of two texts.

use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use similar::{Algorithm, ChangeTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Which of two texts has a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Both texts.
    Both,
    /// Only the old one.
    Old,
    /// Only the new one.
    New,
}

/// The words of two texts, as Unicode delimits them (UAX 29), and what is between them, each with the texts that have it.
pub fn unicode_words<'t>(old: &'t str, new: &'t str) -> Vec<(Side, &'t str)> {
    let words = |text: &'t str| text.split_word_bounds().collect::<Vec<_>>();
    compare(&words(old), &words(new))
}

/// The words of a text, as white space delimits them, and the white space between them.
fn words_and_spaces(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_space = first.is_whitespace();
        let end = rest.find(|c: char| c.is_whitespace() != is_space).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        parts.push(part);
        rest = after;
    }
    parts
}

/// Compares two lists of words. They are compared as numbers: the algorithms are compiled once, for the numbers of
/// [`super::runs`], and not again for every kind of text.
fn compare<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<(Side, &'t str)> {
    let mut known: FxHashMap<&str, u64> = FxHashMap::default();
    let mut number = |word: &&'t str| {
        let next = known.len() as u64;
        *known.entry(word).or_insert(next)
    };
    let (old_ids, new_ids): (Vec<u64>, Vec<u64>) =
        (old.iter().map(&mut number).collect(), new.iter().map(&mut number).collect());
    let operations = capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids);
    let changes = operations.iter().flat_map(|operation| operation.iter_changes(old, new));
    let side = |tag| match tag {
        ChangeTag::Equal => Side::Both,
        ChangeTag::Delete => Side::Old,
        ChangeTag::Insert => Side::New,
    };
    changes.map(|change| (side(change.tag()), change.value())).collect()
}

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
    let words = compare(&words_and_spaces(old), &words_and_spaces(new));
    let mut parts = Vec::new();
    let (mut removed, mut added, mut space) = (String::new(), String::new(), String::new());
    for (side, text) in words {
        match side {
            // Only a word ends a change: white space between two changed words belongs to the change.
            Side::Both if text.trim().is_empty() && !(removed.is_empty() && added.is_empty()) => {
                space.push_str(text);
            }
            Side::Both => {
                flush(&mut parts, &mut removed, &mut added);
                match parts.last_mut() {
                    Some(DiffPart::Kept(kept)) => kept.push_str(text),
                    _ => parts.push(DiffPart::Kept(std::mem::take(&mut space) + text)),
                }
            }
            side => {
                removed.push_str(&space);
                added.push_str(&std::mem::take(&mut space));
                if side == Side::Old { removed.push_str(text) } else { added.push_str(text) }
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
