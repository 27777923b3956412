//! What the evidence needs to know of each block, computed once a document.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxBuildHasher, FxHashMap};
use smallvec::SmallVec;

use super::calibration::size;
use super::model::{DIMENSIONS, Side, Vector, length};
use super::names::Name;
use isogloss_document::{Block, Document, Kind, Role, Token, TokenKind};

/// From this rarity on, in nats, a word that the model does not know counts as a name in full.
const RARE: f32 = 3.0;
/// Added to every length, to keep short texts from looking far apart.
const SHORT: f32 = 3.0;
/// How many names and terms most blocks have at most.
const FEW: usize = 4;
/// The logarithmic length of no text.
const EMPTY: f32 = 1.1;

/// What the evidence needs to know of a document whatever it is compared with: made once, it serves all its comparisons.
#[derive(Debug)]
pub struct Outline {
    /// The kinds that its blocks have.
    kinds: Vec<Kind>,
    shapes: Vec<Shape>,
    features: Vec<Features>,
    names: Vec<Name>,
    /// Weighted tokens of all blocks, sorted by hash within each block.
    tokens: Vec<Weighted>,
}

/// A document with its own outline.
pub type Outlined<'d> = (&'d Document, &'d Outline);

/// A document, ready to be compared.
pub(super) struct Profile<'d> {
    pub document: &'d Document,
    /// The kinds that its blocks have.
    pub kinds: &'d [Kind],
    pub shapes: &'d [Shape],
    pub features: &'d [Features],
    pub names: &'d [Name],
    tokens: &'d [Weighted],
    side: &'d Side,
    /// What words say, worked out when they are first asked for: where no blocks may be paired, they are not.
    words: OnceCell<AllWords>,
}

/// What a block is, without its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    /// Index of its kind among those of its document.
    pub kind: u8,
    pub role: Role,
    pub depth: u8,
    pub has_id: bool,
    /// Whether it is the first row of a table.
    pub is_head: bool,
}

/// A hash with what it is worth, in nats.
pub(super) type Weighted = (u32, f32);

/// A block's form.
#[derive(Debug, Clone)]
pub(super) struct Features {
    /// Logarithm of its readable length in characters, with [`SHORT`] added.
    pub log_length: f32,
    /// The class of its length.
    pub size: usize,
    /// Number of its cells, for rows.
    pub cells: u32,
    tokens: (u32, u32),
    /// Summed weight of its tokens.
    pub token_weight: f32,
}

/// What the words of a block, or of a part of one, say.
#[derive(Debug)]
pub(super) struct Words {
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

/// The words of all blocks, each read when it is first asked for: that of many is never.
#[derive(Debug)]
struct AllWords {
    blocks: Vec<OnceCell<Words>>,
    /// How often each word stands in the document, where the model knows none: the common ones are no names.
    frequency: FxHashMap<u32, u32>,
}

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
        Self { log_length: (length + SHORT).ln(), size: size(length), cells: 0, tokens: (0, 0), token_weight }
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

impl AllWords {
    fn new(document: &Document, side: &Side) -> Self {
        let mut frequency = FxHashMap::default();
        if side.is_empty() {
            document.words.iter().for_each(|&word| *frequency.entry(word).or_insert(0) += 1);
        }
        Self { blocks: document.blocks.iter().map(|_| OnceCell::new()).collect(), frequency }
    }

    fn of(&self, block: usize, document: &Document, side: &Side) -> &Words {
        self.blocks[block].get_or_init(|| {
            let words = document.words_of(&document.blocks[block]);
            if side.is_empty() { self.names(words, document) } else { side.read(words) }
        })
    }

    /// All words as names, where the model knows none.
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
        let mut kinds: Vec<Kind> = Vec::new();
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
            // Much text is ASCII, of which no character has to be looked at.
            let length = if text.is_ascii() { text.len() } else { text.chars().count() } as f32;
            features.push(Features {
                log_length: (length + SHORT).ln(),
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
    pub fn new((document, outline): Outlined<'d>, side: &'d Side) -> Self {
        let Outline { kinds, shapes, features, names, tokens } = outline;
        Self { document, kinds, shapes, features, names, tokens, side, words: OnceCell::new() }
    }

    /// What the words of a block say.
    #[inline]
    pub fn words(&self, block: usize) -> &Words {
        let all = self.words.get_or_init(|| AllWords::new(self.document, self.side));
        all.of(block, self.document, self.side)
    }

    /// The hashes of a block's words, in their order.
    pub fn word_hashes(&self, block: usize) -> &'d [u32] {
        self.document.words_of(&self.document.blocks[block])
    }

    /// What the words of a part of a block say.
    pub fn read(&self, words: &[u32]) -> Words {
        if self.side.is_empty() { Words::new([0; DIMENSIONS], 0.0, &[], &[]) } else { self.side.read(words) }
    }

    pub fn blocks(&self) -> &'d [Block] {
        &self.document.blocks
    }

    pub fn tokens(&self, block: usize) -> &[Weighted] {
        let (from, to) = self.features[block].tokens;
        &self.tokens[from as usize..to as usize]
    }

    /// A block's explicit id.
    pub fn id(&self, block: usize) -> Option<&str> {
        self.document.blocks[block].id.map(|id| id.slice(&self.document.text))
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

/// What a token is known by.
pub(super) fn token_key(token: &Token) -> u32 {
    token.hash ^ (token.kind as u32).wrapping_mul(0x9E37_79B9)
}

/// How rare each token is in the document, in nats: its inverse frequency.
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

/// A token's weight: its rarity, less for the kinds that say less.
fn token_weight(kind: TokenKind, rarity: f32) -> f32 {
    match kind {
        TokenKind::Number => rarity * 0.5,
        // The language of a code block is that of its neighbours.
        TokenKind::Label => rarity * 0.1,
        _ => rarity,
    }
}
