//! The result of aligning two documents.

use std::ops::Range;

/// Which blocks of two documents belong together.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// In source order; a block is in at most one pair.
    pub pairs: Vec<Pair>,
    /// For each source block, the index of its pair.
    of_source: Vec<Option<u32>>,
    /// For each translation block, the index of its pair.
    of_translation: Vec<Option<u32>>,
}

/// Blocks that correspond to each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Indexes of source blocks: one, or several that the translation merges.
    pub source: Range<u32>,
    /// Indexes of translation blocks: one, or several that split one source block.
    pub translation: Range<u32>,
    /// Log-odds, in nats, that they correspond rather than matching by chance.
    pub log_odds: f32,
    /// Whether their order differs from that of the pairs around them.
    pub moved: bool,
}

impl Pair {
    /// The probability of the log-odds, with gaps and pairs equally likely a priori.
    pub fn probability(&self) -> f32 {
        probability(self.log_odds)
    }
}

/// The probability of log-odds in nats.
pub fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

impl Alignment {
    /// An alignment of a source and a translation with the given numbers of blocks.
    pub fn new(mut pairs: Vec<Pair>, source: usize, translation: usize) -> Self {
        pairs.sort_by_key(|pair| pair.source.start);
        let mut of_source = vec![None; source];
        let mut of_translation = vec![None; translation];
        for (index, pair) in pairs.iter().enumerate() {
            pair.source.clone().for_each(|block| of_source[block as usize] = Some(index as u32));
            pair.translation.clone().for_each(|block| of_translation[block as usize] = Some(index as u32));
        }
        Self { pairs, of_source, of_translation }
    }

    /// The pair of a source block.
    pub fn pair_of_source(&self, block: u32) -> Option<&Pair> {
        self.of_source.get(block as usize).copied().flatten().map(|pair| &self.pairs[pair as usize])
    }

    /// The pair of a translation block.
    pub fn pair_of_translation(&self, block: u32) -> Option<&Pair> {
        self.of_translation.get(block as usize).copied().flatten().map(|pair| &self.pairs[pair as usize])
    }

    /// The first translation block of a source block's pair.
    pub fn translation_of(&self, block: u32) -> Option<u32> {
        self.pair_of_source(block).map(|pair| pair.translation.start)
    }

    /// The first source block of a translation block's pair.
    pub fn source_of(&self, block: u32) -> Option<u32> {
        self.pair_of_translation(block).map(|pair| pair.source.start)
    }
}
