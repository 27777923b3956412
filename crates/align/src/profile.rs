//! Properties of blocks for the evidence, computed once per document.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use isogloss_document::{Block, BlockKind, Document, Role, Token, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::features::{Features, Weighted, Words, log_length, size};
use crate::names::Name;
use crate::vector::DIMENSIONS;
use crate::vocabulary::Vocabulary;

/// Rarity, in nats, from which an unknown word has the full weight of a name.
const RARE: f32 = 3.0;
/// Properties of a document that do not depend on the other document, to share between comparisons.
#[derive(Debug)]
pub struct Outline {
    /// The kinds of its blocks.
    kinds: Vec<BlockKind>,
    shapes: Vec<Shape>,
    features: Vec<Features>,
    names: Vec<Name>,
    /// Weighted tokens of all blocks, sorted by hash within each block.
    tokens: Vec<Weighted>,
}

/// A document with its outline.
pub type Outlined<'d> = (&'d Document, &'d Outline);

/// A document, prepared for comparison.
pub(crate) struct Profile<'d> {
    pub document: &'d Document,
    /// The kinds of its blocks.
    pub kinds: &'d [BlockKind],
    pub shapes: &'d [Shape],
    pub features: &'d [Features],
    pub names: &'d [Name],
    tokens: &'d [Weighted],
    side: &'d Vocabulary,
    /// The words of its blocks, read on first use: some documents need none.
    words: OnceCell<AllWords>,
}

/// Properties of a block apart from its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Index of its kind among the kinds of its document.
    pub kind: u8,
    pub role: Role,
    pub depth: u8,
    pub has_id: bool,
    /// Whether it is the first row of a table.
    pub is_head: bool,
}

/// The words of all blocks, each read on first use: most are never needed.
#[derive(Debug)]
struct AllWords {
    blocks: Vec<OnceCell<Words>>,
    /// Frequency of each word in the document, if the model knows no words: frequent words are not names.
    frequency: FxHashMap<u32, u32>,
}

impl AllWords {
    fn new(document: &Document, side: &Vocabulary) -> Self {
        let mut frequency = FxHashMap::default();
        if side.is_empty() {
            document.words.iter().for_each(|&word| *frequency.entry(word).or_insert(0) += 1);
        }
        Self { blocks: document.blocks.iter().map(|_| OnceCell::new()).collect(), frequency }
    }

    fn of(&self, block: usize, document: &Document, side: &Vocabulary) -> &Words {
        self.blocks[block].get_or_init(|| {
            let words = document.words_of(&document.blocks[block]);
            if side.is_empty() { self.names(words, document) } else { side.read(words) }
        })
    }

    /// All words as names, if the model knows none.
    fn names(&self, words: &[u32], document: &Document) -> Words {
        let weight = |word: &u32| {
            let count = self.frequency.get(word).copied().unwrap_or(1);
            let rarity = (document.blocks.len() as f32 / count as f32).max(1.0).ln();
            (rarity / RARE).min(1.0)
        };
        let mut names: Vec<Weighted> = words.iter().map(|word| (*word, weight(word))).collect();
        names.sort_unstable_by_key(|name| name.0);
        Words::new([0; DIMENSIONS], 0.0, &names, &[])
    }
}

impl Outline {
    /// Reads a document.
    pub fn new(document: &Document) -> Self {
        let rarities = token_rarities(document);
        let mut tokens = Vec::with_capacity(document.tokens.len());
        let mut kinds: Vec<BlockKind> = Vec::new();
        let mut shapes = Vec::with_capacity(document.blocks.len());
        let mut features = Vec::with_capacity(document.blocks.len());
        let mut table = None;
        for block in &document.blocks {
            let kind = kinds.iter().position(|kind| *kind == block.kind).unwrap_or_else(|| {
                kinds.push(block.kind);
                kinds.len() - 1
            });
            let is_head = block.table.is_some() && block.table != table;
            table = block.table.or(table);
            let has_id = block.id.is_some();
            shapes.push(Shape { kind: kind as u8, role: block.role, depth: block.depth, has_id, is_head });
            let first = tokens.len();
            let rarities = &rarities[block.tokens.0 as usize..block.tokens.1 as usize];
            for (token, rarity) in document.tokens_of(block).iter().zip(rarities) {
                tokens.push((token_key(token), token_weight(token.kind, *rarity)));
            }
            tokens[first..].sort_unstable_by_key(|token| token.0);
            let text = document.plain_of(block);
            // ASCII text needs no counting of characters.
            let length = if text.is_ascii() { text.len() } else { text.chars().count() } as f32;
            features.push(Features {
                log_length: log_length(length),
                size: size(length),
                cells: block.cells.1 - block.cells.0,
                tokens: (first as u32, tokens.len() as u32),
                token_weight: tokens[first..].iter().map(|token| token.1).sum(),
            });
        }
        let names = document.blocks.iter().map(|block| Name::new(document, block)).collect();
        Self { kinds, shapes, features, names, tokens }
    }
}

impl<'d> Profile<'d> {
    pub(crate) fn new((document, outline): Outlined<'d>, side: &'d Vocabulary) -> Self {
        let Outline { kinds, shapes, features, names, tokens } = outline;
        Self { document, kinds, shapes, features, names, tokens, side, words: OnceCell::new() }
    }

    /// The words of a block.
    #[inline]
    pub(crate) fn words(&self, block: usize) -> &Words {
        let all = self.words.get_or_init(|| AllWords::new(self.document, self.side));
        all.of(block, self.document, self.side)
    }

    /// Hashes of the words of a block, in order.
    pub(crate) fn word_hashes(&self, block: usize) -> &'d [u32] {
        self.document.words_of(&self.document.blocks[block])
    }

    /// The words of a part of a block.
    pub(crate) fn read(&self, words: &[u32]) -> Words {
        if self.side.is_empty() { Words::new([0; DIMENSIONS], 0.0, &[], &[]) } else { self.side.read(words) }
    }

    pub(crate) fn blocks(&self) -> &'d [Block] {
        &self.document.blocks
    }

    pub(crate) fn tokens(&self, block: usize) -> &[Weighted] {
        let (from, to) = self.features[block].tokens;
        &self.tokens[from as usize..to as usize]
    }

    /// A block's explicit id.
    pub(crate) fn id(&self, block: usize) -> Option<&str> {
        self.document.blocks[block].id.map(|id| id.slice(&self.document.text))
    }

    /// Whether a block is a heading.
    pub(crate) fn is_heading(&self, block: usize) -> bool {
        matches!(self.kind(block), BlockKind::Heading(_))
    }

    /// A hash that identifies a block: its kind and all its tokens, if they have enough weight.
    pub(crate) fn key(&self, block: usize) -> Option<u64> {
        if self.features[block].token_weight < 2.0 {
            return None;
        }
        let mut hasher = rustc_hash::FxHasher::default();
        self.kind(block).hash(&mut hasher);
        self.tokens(block).iter().for_each(|token| hasher.write_u32(token.0));
        Some(hasher.finish())
    }

    pub(crate) fn kind(&self, block: usize) -> BlockKind {
        self.document.blocks[block].kind
    }
}

/// A hash that identifies a token.
pub(crate) fn token_key(token: &Token) -> u32 {
    token.hash ^ (token.kind as u32).wrapping_mul(0x9E37_79B9)
}

/// Rarity of each token in the document, in nats: its inverse frequency.
fn token_rarities(document: &Document) -> Vec<f32> {
    let mut places = FxHashMap::with_capacity_and_hasher(document.tokens.len(), FxBuildHasher);
    let mut counts: Vec<f32> = Vec::with_capacity(document.tokens.len());
    let mut place_of = |token: &Token| {
        let place = *places.entry(token_key(token)).or_insert(counts.len());
        match counts.get_mut(place) {
            Some(count) => *count += 1.0,
            None => counts.push(1.0),
        }
        place
    };
    let of_tokens: Vec<usize> = document.tokens.iter().map(&mut place_of).collect();
    let blocks = document.blocks.len() as f32;
    counts.iter_mut().for_each(|count| *count = ((blocks + 1.0) / *count).ln().max(0.3));
    of_tokens.into_iter().map(|place| counts[place]).collect()
}

/// Weight of a token: its rarity, reduced for less informative kinds.
fn token_weight(kind: TokenKind, rarity: f32) -> f32 {
    match kind {
        TokenKind::Number => rarity * 0.5,
        // Neighbouring code blocks have the same language.
        TokenKind::Label => rarity * 0.1,
        _ => rarity,
    }
}
