//! What changed between two versions of one source document, block by block, and whether a reader would notice.

use serde_json::Value;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::document::{Block, Document, Kind, TokenKind};

/// Texts that share at least this part of their words are one text, reworded.
const REWORDED: f32 = 0.45;
/// Rewritten stretches of more pairs of blocks than this are not looked into.
const REWRITTEN: usize = 10_000;

/// How a block changed, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Its words.
    Wording,
    /// Its code.
    Code,
    /// Where its links and images lead.
    Links,
    /// Attributes, markup, fence labels, white space, punctuation.
    Markup,
}

impl Class {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wording => "wording",
            Self::Code => "code",
            Self::Links => "links",
            Self::Markup => "markup",
        }
    }

    /// Whether a reader of the translation is affected.
    pub fn matters(self) -> bool {
        matches!(self, Self::Wording | Self::Code)
    }
}

/// A block that stands in both versions, but not alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Index in the old document.
    pub old: u32,
    /// Index in the new document.
    pub new: u32,
    /// How it changed.
    pub class: Class,
}

/// All changes from one version to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Blocks that changed, in the order of the new document.
    pub changed: Vec<Change>,
    /// Blocks of the new document that the old one lacks.
    pub added: Vec<u32>,
    /// Blocks of the old document that the new one lacks.
    pub removed: Vec<u32>,
}

impl Changes {
    /// Compares two versions of a document.
    pub fn between(old: &Document, new: &Document) -> Self {
        let (before, after) = (keys(old), keys(new));
        let mut changes = Self::default();
        for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
            let (tag, from, to) = op.as_tag_tuple();
            if tag == DiffTag::Equal {
                continue;
            }
            let pairs = if from.len() * to.len() > REWRITTEN {
                Vec::new()
            } else {
                reworded(old, from.clone(), new, to.clone())
            };
            let (mut from, mut to) = (from, to);
            for (x, y) in pairs {
                changes.removed.extend((from.start..x).map(|block| block as u32));
                changes.added.extend((to.start..y).map(|block| block as u32));
                (from.start, to.start) = (x + 1, y + 1);
                let class = class(old, &old.blocks[x], new, &new.blocks[y]);
                changes.changed.push(Change { old: x as u32, new: y as u32, class });
            }
            changes.removed.extend(from.map(|block| block as u32));
            changes.added.extend(to.map(|block| block as u32));
        }
        let matters = |document: &Document, block: u32| {
            let block = &document.blocks[block as usize];
            !document.is_in_row(block) && block.kind.is_content() && block.kind != Kind::Html
        };
        changes.added.retain(|&block| matters(new, block));
        changes.removed.retain(|&block| matters(old, block));
        changes.changed.retain(|change| matters(new, change.new) || new.blocks[change.new as usize].kind == Kind::Html);
        changes
    }

    /// Whether a reader of the translation is affected by any of them.
    pub fn matter(&self) -> bool {
        !self.added.is_empty() || !self.removed.is_empty() || self.changed.iter().any(|change| change.class.matters())
    }

    /// "3 paragraphs reworded, 1 added, 12 links moved".
    pub fn describe(&self) -> String {
        let count = |class: Class| self.changed.iter().filter(|change| change.class == class).count();
        let parts = [
            (count(Class::Wording), "reworded"),
            (self.added.len(), "added"),
            (self.removed.len(), "removed"),
            (count(Class::Code), "with other code"),
            (count(Class::Links), "with other links"),
            (count(Class::Markup), "with other markup"),
        ];
        let mut words: Vec<String> = Vec::new();
        for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let noun = match (words.is_empty(), count) {
                (true, 1) => " paragraph",
                (true, _) => " paragraphs",
                (false, _) => "",
            };
            words.push(format!("{count}{noun} {what}"));
        }
        if words.is_empty() { "front matter or white space only".to_owned() } else { words.join(", ") }
    }

    /// The classes that occur, for machines.
    pub fn classes(&self) -> Value {
        let mut classes: Vec<&str> = Vec::new();
        for class in [Class::Wording, Class::Code, Class::Links, Class::Markup] {
            if self.changed.iter().any(|change| change.class == class) {
                classes.push(class.as_str());
            }
        }
        for (list, name) in [(&self.added, "added"), (&self.removed, "removed")] {
            if !list.is_empty() {
                classes.push(name);
            }
        }
        classes.into()
    }
}

/// What makes a block the same as another: kind and text, white space folded.
fn keys(document: &Document) -> Vec<(Kind, String)> {
    let key = |block: &Block| {
        let raw = if block.kind == Kind::Html { "" } else { block.span.slice(&document.text) };
        let mut folded = String::with_capacity(raw.len());
        for word in raw.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()) {
            folded.push_str(word);
            folded.push(' ');
        }
        (block.kind, folded)
    };
    document.blocks.iter().map(key).collect()
}

/// Blocks of two stretches that are each other's, reworded: the monotone pairing of the greatest summed likeness.
fn reworded(
    old: &Document,
    from: std::ops::Range<usize>,
    new: &Document,
    to: std::ops::Range<usize>,
) -> Vec<(usize, usize)> {
    let (rows, columns) = (from.len(), to.len());
    let mut best = vec![0.0_f32; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    let words = |document: &Document, range: std::ops::Range<usize>| -> Vec<Vec<u32>> {
        range.map(|block| sorted_features(document, &document.blocks[block])).collect()
    };
    let (a, b) = (words(old, from.clone()), words(new, to.clone()));
    let likeness = |row: usize, column: usize| -> f32 {
        let same_kind = old.blocks[from.start + row].kind == new.blocks[to.start + column].kind;
        let score = if same_kind { dice(&a[row], &b[column]) } else { 0.0 };
        if score >= REWORDED { score } else { 0.0 }
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let score = likeness(row, column);
            let pair = if score > 0.0 { score + best[at(row + 1, column + 1)] } else { 0.0 };
            best[at(row, column)] = pair.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
        }
    }
    let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
    while row < rows && column < columns {
        let score = likeness(row, column);
        if score > 0.0 && best[at(row, column)] == score + best[at(row + 1, column + 1)] {
            pairs.push((from.start + row, to.start + column));
            (row, column) = (row + 1, column + 1);
        } else if best[at(row, column)] == best[at(row + 1, column)] {
            row += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// Words and tokens of a block, sorted; a block without either has its kind alone.
fn sorted_features(document: &Document, block: &Block) -> Vec<u32> {
    let mut features: Vec<u32> = document.words_of(block).to_vec();
    features.extend(document.tokens_of(block).iter().filter(|token| counts(block, token.kind)).map(|token| token.hash));
    features.sort_unstable();
    features
}

/// Links of a text are not what it is known by, unless there is nothing else.
fn counts(block: &Block, kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Link) || block.plain.is_empty()
}

/// Twice what two sorted lists share, by their summed lengths; 1 for two empty ones.
fn dice(a: &[u32], b: &[u32]) -> f32 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    2.0 * shared as f32 / (a.len() + b.len()) as f32
}

/// The gravest way in which two blocks differ.
fn class(old: &Document, a: &Block, new: &Document, b: &Block) -> Class {
    if read_words(old, a).ne(read_words(new, b)) {
        return Class::Wording;
    }
    let tokens = |document: &Document, block: &Block, kinds: &[TokenKind]| -> Vec<u32> {
        let tokens = document.tokens_of(block).iter().filter(|token| kinds.contains(&token.kind));
        tokens.map(|token| token.hash).collect()
    };
    let differ = |kinds: &[TokenKind]| tokens(old, a, kinds) != tokens(new, b, kinds);
    if differ(&[TokenKind::Code]) {
        Class::Code
    } else if differ(&[TokenKind::Link, TokenKind::Image]) {
        Class::Links
    } else {
        Class::Markup
    }
}

/// The words of a block as a reader reads them, without punctuation and white space.
fn read_words<'d>(document: &'d Document, block: &Block) -> impl Iterator<Item = &'d str> {
    document.plain_of(block).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
