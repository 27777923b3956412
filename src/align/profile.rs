//! What the evidence needs to know of each block, computed once a document.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::evidence::size;
use super::model::{DIMENSIONS, Side, Vector, quantize};
use crate::document::{Block, Document, Kind, TokenKind};

/// Added to every length, to keep short texts from looking far apart.
const SHORT: f32 = 3.0;
/// The logarithmic length of no text.
const EMPTY: f32 = 1.1;

/// A document, ready to be compared.
pub(super) struct Profile<'d> {
    pub document: &'d Document,
    pub features: Vec<Features>,
    /// Weighted tokens of all blocks, sorted by hash within each block.
    tokens: Vec<(u32, f32)>,
    /// Words of all blocks that the model does not know, weighted by rarity, sorted by hash within each block.
    names: Vec<(u32, f32)>,
}

/// A block's features.
#[derive(Debug, Clone)]
pub(super) struct Features {
    /// Logarithm of its readable length in characters, with [`SHORT`] added.
    pub log_length: f32,
    /// The class of its length.
    pub size: usize,
    /// Its words as a unit vector in the model's space; all zero if none is known.
    pub vector: Vector,
    /// How much is known of its words: their summed weights.
    pub known: f32,
    /// Number of its cells, for rows.
    pub cells: u32,
    tokens: (u32, u32),
    names: (u32, u32),
    /// Summed weight of its tokens.
    pub token_weight: f32,
}

impl Features {
    /// The features of several blocks that stand for one; they have no names and no cells.
    pub fn joined<'f>(parts: impl Iterator<Item = &'f Self>) -> Self {
        let (mut length, mut sum, mut known, mut token_weight) = (0.0, [0.0; DIMENSIONS], 0.0, 0.0);
        for part in parts {
            length += part.log_length.exp() - SHORT;
            known += part.known;
            token_weight += part.token_weight;
            sum.iter_mut().zip(&part.vector).for_each(|(sum, x)| *sum += part.known * f32::from(*x));
        }
        let (log_length, size) = ((length + SHORT).ln(), size(length));
        Self { log_length, size, vector: quantize(&sum), known, cells: 0, tokens: (0, 0), names: (0, 0), token_weight }
    }

    /// Whether there is anything to read.
    pub fn has_text(&self) -> bool {
        self.log_length > EMPTY
    }
}

impl<'d> Profile<'d> {
    pub fn new(document: &'d Document, side: &Side) -> Self {
        let frequency = token_frequency(document);
        let mut tokens = Vec::with_capacity(document.tokens.len());
        let mut names = Vec::new();
        let features = document
            .blocks
            .iter()
            .map(|block| {
                let first = tokens.len();
                for token in document.tokens_of(block) {
                    let key = token_key(token.kind, token.hash);
                    let count = frequency.get(&key).copied().unwrap_or(1);
                    tokens.push((key, token_weight(token.kind, count, document.blocks.len())));
                }
                tokens[first..].sort_unstable_by_key(|token| token.0);
                let token_weight = tokens[first..].iter().map(|token| token.1).sum();
                let (vector, known) = side.vector(document.words_of(block));
                let first_name = names.len();
                names.extend(
                    document.words_of(block).iter().filter(|word| !side.knows(**word)).map(|&word| (word, 1.0)),
                );
                names[first_name..].sort_unstable_by_key(|name| name.0);
                let length = document.plain_of(block).chars().count() as f32;
                Features {
                    log_length: (length + SHORT).ln(),
                    size: size(length),
                    vector,
                    known,
                    cells: block.cells.1 - block.cells.0,
                    tokens: (first as u32, tokens.len() as u32),
                    names: (first_name as u32, names.len() as u32),
                    token_weight,
                }
            })
            .collect();
        Self { document, features, tokens, names }
    }

    pub fn blocks(&self) -> &'d [Block] {
        &self.document.blocks
    }

    pub fn tokens(&self, block: usize) -> &[(u32, f32)] {
        let (from, to) = self.features[block].tokens;
        &self.tokens[from as usize..to as usize]
    }

    pub fn names(&self, block: usize) -> &[(u32, f32)] {
        let (from, to) = self.features[block].names;
        &self.names[from as usize..to as usize]
    }

    /// Whether a block is a heading.
    pub fn is_heading(&self, block: usize) -> bool {
        matches!(self.kind(block), Kind::Heading(_))
    }

    /// What a block is known by: its kind and all its tokens, if they are worth anything.
    pub fn key(&self, block: usize) -> Option<u64> {
        if self.features[block].token_weight < 2.0 {
            return None;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        self.kind(block).hash(&mut hasher);
        self.tokens(block).iter().for_each(|token| hasher.write_u32(token.0));
        Some(hasher.finish())
    }

    pub fn kind(&self, block: usize) -> Kind {
        self.document.blocks[block].kind
    }
}

fn token_key(kind: TokenKind, hash: u32) -> u32 {
    hash ^ (kind as u32).wrapping_mul(0x9E37_79B9)
}

fn token_frequency(document: &Document) -> FxHashMap<u32, u32> {
    let mut frequency = FxHashMap::default();
    for token in &document.tokens {
        *frequency.entry(token_key(token.kind, token.hash)).or_insert(0) += 1;
    }
    frequency
}

/// A token's weight: its inverse frequency in the document, halved for the kinds that say less.
fn token_weight(kind: TokenKind, count: u32, blocks: usize) -> f32 {
    let rarity = ((blocks as f32 + 1.0) / count as f32).ln().max(0.3);
    match kind {
        TokenKind::Number => rarity * 0.5,
        // The language of a code block is that of its neighbours.
        TokenKind::Label => rarity * 0.1,
        _ => rarity,
    }
}
