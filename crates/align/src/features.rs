//! The form of a block, and what its words and tokens weigh.

use std::cmp::Ordering;

use smallvec::SmallVec;

use crate::vector::{Vector, length};

/// Added to every length, to keep short texts from looking far apart.
const SHORT: f32 = 3.0;
/// How many names and terms most blocks have at most.
const FEW: usize = 4;
/// The logarithmic length of no text.
const EMPTY: f32 = 1.1;

/// A hash with what it is worth, in nats.
pub(crate) type Weighted = (u32, f32);

/// A block's form.
#[derive(Debug, Clone)]
pub(crate) struct Features {
    /// Logarithm of its readable length in characters, with [`SHORT`] added.
    pub log_length: f32,
    /// The class of its length.
    pub size: usize,
    /// Number of its cells, for rows.
    pub cells: u32,
    pub tokens: (u32, u32),
    /// Summed weight of its tokens.
    pub token_weight: f32,
}

/// What the words of a block, or of a part of one, say.
#[derive(Debug)]
pub(crate) struct Words {
    /// Their sum in the model's space; all zero if none is known.
    pub vector: Vector,
    /// Its length.
    pub length: f32,
    /// How much is known of them: their summed weights.
    pub known: f32,
    /// The summed weight of those that both languages write alike.
    pub term_weight: f32,
    /// Words that the model does not know, and after them those that both languages write alike; each sorted by hash.
    listed: SmallVec<[Weighted; FEW]>,
    /// How many of them are names.
    names: usize,
}

/// The features of a block with its tokens, sorted.
pub(crate) type Tokens<'a> = (&'a Features, &'a [Weighted]);

impl Features {
    /// Whether there is anything to read.
    pub fn has_text(&self) -> bool {
        self.log_length > EMPTY
    }

    /// The features of several blocks that stand for one.
    pub fn joined<'f>(parts: impl Iterator<Item = &'f Self>) -> Self {
        let (mut length, mut token_weight) = (0.0, 0.0);
        for part in parts {
            length += part.log_length.exp() - SHORT;
            token_weight += part.token_weight;
        }
        Self { log_length: log_length(length), size: size(length), cells: 0, tokens: (0, 0), token_weight }
    }
}

impl Words {
    /// Those with these names and terms, both sorted by hash.
    pub fn new(vector: Vector, known: f32, names: &[Weighted], terms: &[Weighted]) -> Self {
        let mut listed = SmallVec::from_slice(names);
        listed.extend_from_slice(terms);
        let term_weight = terms.iter().map(|term| term.1).sum();
        Self { length: length(&vector), vector, known, term_weight, listed, names: names.len() }
    }

    /// Whether there are any that the model does not know.
    pub fn has_names(&self) -> bool {
        self.names > 0
    }

    /// Those that the model does not know, sorted by hash: names, most often.
    pub fn names(&self) -> &[Weighted] {
        &self.listed[..self.names]
    }

    /// Those that both languages write alike, sorted by hash, with what they are worth.
    pub fn terms(&self) -> &[Weighted] {
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

/// A list this many times as long as another is searched for what the other has, and not walked: a block of thousands of words
/// may be compared with thousands of short ones.
const MUCH_LONGER: usize = 16;

/// Summed weight of the tokens that are in both sorted lists, with multiplicity.
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

/// The same for a list that is much longer than the other, in time of the shorter one.
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
