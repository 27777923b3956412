//! Learns a [`Model`] from pages of the corpus.
//!
//! Words are represented by random indexing (Kanerva, Kristofersson and Holst 2000; Sahlgren 2005): each pair of blocks that
//! clearly correspond is a context with a random direction, the same for both languages, and a word is the sum of the
//! directions of its contexts. Words of both languages that occur in the same contexts thus have similar directions, as in
//! explicit semantic analysis across languages (Potthast, Stein and Anderka 2008), at a fixed cost per word.

use std::array;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::aligner::Aligner;
use crate::calibration::{Calibration, Observations};
use crate::model::Model;
use crate::profile::{Outlined, Profile};
use crate::vector::DIMENSIONS;
use crate::vocabulary::{COMMON, Known, Vocabulary, pack};
use isogloss_document::{BlockKind, Document};

/// Number of non-zero components in the direction of a context.
const NONZERO: usize = 8;

/// Words that are less rare than this, in nats, are ignored: those in more than a fifth of all contexts.
const EVERYWHERE: f32 = 1.5;

/// Minimum length of a run of blocks of equal kinds on both sides that is trusted.
const SURE_RUN: usize = 6;

/// If trusted runs contain less than this share of the blocks, a second round of learning pays off.
const THIN: f32 = 0.7;

/// A vector of length one.
fn normalized(vector: &[i16; DIMENSIONS]) -> [f32; DIMENSIONS] {
    let vector = vector.map(f32::from);
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm > 0.0 { vector.map(|x| x / norm) } else { vector }
}

/// Learns a [`Model`] from pages, in two steps: words first, then the weight of the evidence, which depends on them.
#[derive(Debug, Default)]
pub struct Trainer<'d> {
    contexts: Vec<Context<'d>>,
    /// Number of blocks of the pages, on the shorter side.
    blocks: u32,
}

/// The words of two corresponding blocks.
#[derive(Debug, Clone, Copy)]
struct Context<'d> {
    source: &'d [u32],
    translation: &'d [u32],
}

#[derive(Debug, Default)]
struct Counts {
    index: FxHashMap<u32, u32>,
    words: Vec<Counted>,
    /// For each word, the sum of the directions of its contexts. Cannot overflow: the directions are random, so it grows
    /// with the square root of their number.
    sums: Vec<Sum>,
}

/// A sum of directions, aligned since memory access dominates.
#[derive(Debug)]
#[repr(align(64))]
struct Sum([i16; DIMENSIONS]);

/// Counts of a word.
#[derive(Debug)]
struct Counted {
    /// Number of its contexts.
    contexts: u32,
    /// Number of its contexts that have it on the other side too.
    shared: u32,
    /// The last of its contexts.
    seen: u32,
}

impl Counts {
    /// Counts the words of all contexts, each given with the words of the other side.
    fn of<'d>(contexts: impl Iterator<Item = (&'d [u32], &'d [u32])> + Clone) -> Self {
        // Avoids reallocation: most words of a language recur.
        let most = contexts.clone().map(|(words, _)| words.len()).sum::<usize>() / 4;
        let mut counts = Self {
            index: FxHashMap::with_capacity_and_hasher(most / 4, FxBuildHasher),
            words: Vec::with_capacity(most),
            sums: Vec::with_capacity(most),
        };
        let mut others = Vec::new();
        for (context, (words, there)) in (0..).zip(contexts) {
            others.clear();
            others.extend_from_slice(there);
            others.sort_unstable();
            counts.add(words, context, &others);
        }
        counts
    }

    /// Counts each word of a context once, and those that are among the sorted `others`.
    fn add(&mut self, words: &[u32], context: u32, others: &[u32]) {
        let direction = direction(context);
        for &word in words {
            let next = self.words.len() as u32;
            let at = *self.index.entry(word).or_insert(next);
            if at == next {
                self.words.push(Counted { contexts: 0, shared: 0, seen: u32::MAX });
                self.sums.push(Sum([0; DIMENSIONS]));
            }
            let counted = &mut self.words[at as usize];
            if counted.seen == context {
                continue;
            }
            counted.seen = context;
            counted.contexts += 1;
            counted.shared += u32::from(others.binary_search(&word).is_ok());
            let sums = &mut self.sums[at as usize].0;
            for (dimension, sign) in direction {
                let sum = &mut sums[dimension % DIMENSIONS];
                *sum = sum.saturating_add(sign);
            }
        }
    }

    /// The mean direction of all words: common to all contexts, so it does not distinguish any.
    fn mean(&self) -> [f32; DIMENSIONS] {
        let mut mean = [0.0; DIMENSIONS];
        let mut total = 0.0;
        for (Counted { contexts, .. }, sum) in self.words.iter().zip(&self.sums) {
            let weight = (*contexts as f32).sqrt();
            total += weight;
            mean.iter_mut().zip(normalized(&sum.0)).for_each(|(sum, x)| *sum += weight * x);
        }
        if total > 0.0 {
            mean.iter_mut().for_each(|sum| *sum /= total);
        }
        mean
    }

    fn finish(self, total: u32) -> Vocabulary {
        let mean = self.mean();
        let mut side = Vocabulary::default();
        let mut known = Vec::with_capacity(self.words.len());
        for (Counted { contexts, shared, .. }, sum) in self.words.iter().zip(&self.sums) {
            // A word with one context is no better than the other words of the context; a word in all contexts is useless.
            let rarity = (total as f32 / *contexts as f32).ln();
            let weight = if *contexts < 2 { rarity * 0.3 } else { rarity };
            let says_something = rarity >= EVERYWHERE;
            let place = if says_something { side.directions.len() as u32 } else { COMMON };
            known.push(Known::new(place, weight, shared * 2 >= *contexts));
            if says_something {
                let mut vector = normalized(&sum.0);
                vector.iter_mut().zip(&mean).for_each(|(x, mean)| *x -= mean);
                // Not normalised: the remainder of a word without a direction is noise.
                side.directions.push(pack(&vector, weight));
            }
        }
        side.index = self.index.into_iter().map(|(word, at)| (word, known[at as usize])).collect();
        side
    }
}

impl<'d> Context<'d> {
    fn new(source: &'d Document, i: usize, translation: &'d Document, j: usize) -> Self {
        let (a, b) = (&source.blocks[i], &translation.blocks[j]);
        Self { source: source.words_of(a), translation: translation.words_of(b) }
    }
}

impl<'d> Trainer<'d> {
    /// Learns the words of blocks that clearly correspond.
    pub fn add(&mut self, source: &'d Document, translation: &'d Document) {
        self.contexts.extend(sure_pairs(source, translation).map(|(i, j)| Context::new(source, i, translation, j)));
        self.blocks += source.blocks.len().min(translation.blocks.len()) as u32;
    }

    /// Whether trusted runs have so few of the blocks that it pays to align the pages and learn again.
    pub fn is_thin(&self) -> bool {
        (self.contexts.len() as f32) < THIN * self.blocks as f32
    }

    /// A trainer that uses the pairs found with an earlier model.
    pub fn again(pages: &[(Outlined<'d>, Outlined<'d>)], before: &Model) -> Self {
        let contexts = pages.par_iter().flat_map_iter(|&(source, translation)| {
            let pairs = Aligner::new(source, translation, before).align().pairs.into_iter();
            let (source, translation) = (source.0, translation.0);
            pairs.filter_map(move |pair| {
                let (i, j) = (pair.source.start as usize, pair.translation.start as usize);
                let is_plain = pair.source.len() == 1 && pair.translation.len() == 1;
                let is_sure = pair.log_odds >= 0.0 && is_plain && is_translated(source, i, translation, j);
                is_sure.then(|| Context::new(source, i, translation, j))
            })
        });
        Self { contexts: contexts.collect(), blocks: 0 }
    }

    /// Finishes the first step.
    pub fn finish(self) -> Model {
        let contexts = &self.contexts;
        let (source, translation) = rayon::join(
            || Counts::of(contexts.iter().map(|context| (context.source, context.translation))),
            || Counts::of(contexts.iter().map(|context| (context.translation, context.source))),
        );
        let total = contexts.len() as u32;
        let (source, translation) = rayon::join(|| source.finish(total), || translation.finish(total));
        Model { source, translation, calibration: Calibration::default() }
    }
}

/// Pages per chunk: small enough for several threads, and constant, so that results do not depend on the number of threads.
const ROW: usize = 16;

impl Model {
    /// Learns the weight of the evidence, from blocks that clearly correspond, and from their neighbours, which do not.
    pub fn calibrate(&mut self, pages: &[(Outlined<'_>, Outlined<'_>)]) {
        let rows = pages.par_chunks(ROW).map(|row| {
            let mut seen = Observations::default();
            row.iter().for_each(|&(source, translation)| self.observe(source, translation, &mut seen));
            seen
        });
        let rows: Vec<Observations> = rows.collect();
        let mut seen = Observations::default();
        rows.iter().for_each(|row| seen.join(row));
        self.calibration = seen.calibrate();
    }

    fn observe(&self, source: Outlined<'_>, translation: Outlined<'_>, seen: &mut Observations) {
        let (a, b) = (Profile::new(source, &self.source), Profile::new(translation, &self.translation));
        for (i, j) in sure_pairs(source.0, translation.0) {
            seen.observe(&a, i, &b, j);
        }
    }
}

/// Minimum number of words from which an identical text was not translated; shorter ones may be names and commands.
const COPY: usize = 12;

/// Blocks in runs of equal kinds, without untranslated ones: with a corpus that is half translated, the model would mistake
/// the source's language for the translation's.
pub fn sure_pairs<'d>(
    source: &'d Document,
    translation: &'d Document,
) -> impl Iterator<Item = (usize, usize)> + use<'d> {
    let runs = sure_runs(source, translation).into_iter();
    let pairs = runs.flat_map(|(i, j, length)| (i..i + length).zip(j..j + length));
    pairs.filter(|&(i, j)| is_translated(source, i, translation, j))
}

/// Whether a text differs on the other side, or is too short to judge.
fn is_translated(source: &Document, i: usize, translation: &Document, j: usize) -> bool {
    let words = source.words_of(&source.blocks[i]);
    words.len() < COPY || words != translation.words_of(&translation.blocks[j])
}

/// Runs of blocks of equal kinds: (first source block, first translation block, length).
fn sure_runs(source: &Document, translation: &Document) -> Vec<(usize, usize, usize)> {
    let key = |document: &Document| -> Vec<(BlockKind, u8)> {
        document.blocks.iter().map(|block| (block.kind, block.depth)).collect()
    };
    let (a, b) = (key(source), key(translation));
    if a == b {
        return vec![(0, 0, a.len())];
    }
    let prefix = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let shorter = a.len().min(b.len());
    let both = (prefix + suffix).saturating_sub(shorter);
    // Blocks that match from the start and from the end in different ways are ambiguous. In a list, the start is used, and
    // the other blocks of the page outweigh errors; if they are most of a page, neither is.
    let (prefix, suffix) =
        if both * 10 >= shorter * 9 { (prefix - both, suffix - both) } else { (prefix, suffix - both) };
    // Near the difference, equal kinds may be a coincidence.
    let margin = 3;
    let mut runs = Vec::new();
    if prefix >= SURE_RUN + margin {
        runs.push((0, 0, prefix - margin));
    }
    if suffix >= SURE_RUN + margin {
        runs.push((a.len() - suffix + margin, b.len() - suffix + margin, suffix - margin));
    }
    runs
}

/// The direction of a context: few dimensions, each 1 or -1, from a fixed pseudo-random sequence (splitmix64).
fn direction(context: u32) -> [(usize, i16); NONZERO] {
    let mut state = u64::from(context).wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    array::from_fn(|_| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed as usize % DIMENSIONS, if mixed >> 63 == 0 { 1 } else { -1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_document::Syntax;

    #[test]
    fn untranslated_text_teaches_nothing_but_names_do() {
        let copy = "Tidewater keeps your folders in step on every device that you have signed in to.";
        let source =
            Document::parse(format!("# Folders\n\n{copy}\n\nTidewater Sync\n\nOpen the folder.\n"), Syntax::Markdown);
        let translation =
            Document::parse(format!("# Ordner\n\n{copy}\n\nTidewater Sync\n\nÖffnen Sie ihn.\n"), Syntax::Markdown);
        let mut trainer = Trainer::default();
        trainer.add(&source, &translation);
        let learned = trainer.finish().translation;
        let knows = |block: usize| {
            translation
                .words_of(&translation.blocks[block])
                .iter()
                .filter(|word| learned.index.contains_key(word))
                .count()
        };
        // Of the copy, only the name, which is also a block by itself.
        assert_eq!([knows(0), knows(1), knows(2), knows(3)], [1, 1, 2, 3]);
    }

    #[test]
    fn ambiguous_runs_are_not_trusted() {
        let page = |paragraphs: usize| {
            Document::parse(format!("# Tides\n\n{}", "Text.\n\n".repeat(paragraphs)), Syntax::Markdown)
        };
        assert_eq!(sure_runs(&page(60), &page(60)), [(0, 0, 61)]);
        assert_eq!(sure_runs(&page(60), &page(57)), []);
        // A list in a page of other blocks matches from its start.
        let page = |items: usize| {
            let code = "```\nsync\n```\n\n".repeat(20);
            Document::parse(format!("# Tides\n\n{code}{}\n{code}", "- Item.\n".repeat(items)), Syntax::Markdown)
        };
        assert_eq!(sure_runs(&page(8), &page(6)), [(0, 0, 24), (32, 30, 17)]);
    }
}
