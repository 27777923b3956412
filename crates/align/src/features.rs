//! The form of a block, and the weights of its words and tokens.

use std::cmp::Ordering;

use smallvec::SmallVec;

use crate::vector::{Vector, length};

/// Added to every length, so that short texts do not seem too different.
const SHORT: f32 = 3.0;
/// Typical maximum number of names and terms of a block.
const FEW: usize = 4;
/// Logarithmic length below which a block has no text.
const EMPTY: f32 = 1.1;

/// A hash with its weight, in nats.
pub(crate) type Weighted = (u32, f32);

/// The form of a block.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    /// Logarithm of its readable length in characters, with [`SHORT`] added.
    pub log_length: f32,
    /// Class of its length.
    pub size: usize,
    /// Number of cells, for rows.
    pub cells: u32,
    pub tokens: (u32, u32),
    /// Summed weight of its tokens.
    pub token_weight: f32,
}

/// The words of a block, or of a part of one.
#[derive(Debug)]
pub(crate) struct Words {
    /// Sum of their vectors in the model's space; all zero if no word is known.
    pub vector: Vector,
    /// Length of the vector.
    pub length: f32,
    /// Sum of the weights of known words.
    pub known: f32,
    /// Sum of the weights of words that both languages write alike.
    pub term_weight: f32,
    /// Words that the model does not know, followed by those that both languages write alike; each part is sorted by hash.
    listed: SmallVec<[Weighted; FEW]>,
    /// Number of unknown words.
    names: usize,
}

/// The features of a block with its sorted tokens.
pub(crate) type Tokens<'a> = (&'a Features, &'a [Weighted]);

impl Features {
    /// Whether there is any text.
    pub(crate) fn has_text(&self) -> bool {
        self.log_length > EMPTY
    }

    /// The features of several blocks as if they were one.
    pub(crate) fn joined<'f>(parts: impl Iterator<Item = &'f Self>) -> Self {
        let (mut length, mut token_weight) = (0.0, 0.0);
        for part in parts {
            length += part.log_length.exp() - SHORT;
            token_weight += part.token_weight;
        }
        Self { log_length: log_length(length), size: size(length), cells: 0, tokens: (0, 0), token_weight }
    }
}

impl Words {
    /// Words with the given names and terms, both sorted by hash.
    pub(crate) fn new(vector: Vector, known: f32, names: &[Weighted], terms: &[Weighted]) -> Self {
        let mut listed = SmallVec::from_slice(names);
        listed.extend_from_slice(terms);
        let term_weight = terms.iter().map(|term| term.1).sum();
        Self { length: length(&vector), vector, known, term_weight, listed, names: names.len() }
    }

    /// Whether any word is unknown to the model.
    pub(crate) fn has_names(&self) -> bool {
        self.names > 0
    }

    /// Words that the model does not know, sorted by hash: mostly names.
    pub(crate) fn names(&self) -> &[Weighted] {
        &self.listed[..self.names]
    }

    /// Words that both languages write alike, sorted by hash, with their weights.
    pub(crate) fn terms(&self) -> &[Weighted] {
        &self.listed[self.names..]
    }
}

/// The logarithm of a length in characters, with [`SHORT`] added.
pub(crate) fn log_length(length: f32) -> f32 {
    (length + SHORT).ln()
}

/// The class of a length in characters.
pub(crate) fn size(length: f32) -> usize {
    [20.0, 60.0, 160.0].iter().filter(|&&limit| length > limit).count()
}

/// If one list is this many times longer than the other, it is searched rather than merged: a block of thousands of words
/// may be compared with thousands of short ones.
const MUCH_LONGER: usize = 16;

/// Sum of the weights of entries in both sorted lists, with multiplicity.
pub(crate) fn shared(a: &[Weighted], b: &[Weighted]) -> f32 {
    if a.len() / MUCH_LONGER >= b.len() {
        return searched(b, a);
    } else if b.len() / MUCH_LONGER >= a.len() {
        return searched(a, b);
    }
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                sum += a[i].1.min(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Like [`shared`], for a list that is much longer than the other: time depends on the shorter one.
#[cold]
fn searched(short: &[Weighted], mut long: &[Weighted]) -> f32 {
    let mut sum = 0.0;
    for &(word, weight) in short {
        long = &long[long.partition_point(|weighted| weighted.0 < word)..];
        if let Some((&(_, other), rest)) = long.split_first().filter(|(weighted, _)| weighted.0 == word) {
            sum += weight.min(other);
            long = rest;
        }
    }
    sum
}
