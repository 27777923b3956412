//! How the surfaces start that may start a quantity: sets of hashes that rule out most words with one lookup.

use crate::normalise::{is_hangul, is_letter, is_space, is_unspaced};
use crate::sense::{Sense, Word};
use crate::trie::joint;
use crate::windows::Windows;

/// The number of bits of a set: a power of two that fits the first-level cache.
const BITS: u32 = 1 << 15;

/// The most letters of a stem.
const STEM: usize = 3;

/// The first characters of a word or surface, hashed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Prefix {
    hash: u64,
    /// The number of characters.
    pub length: usize,
}

impl Prefix {
    /// Appends a character.
    pub(crate) fn with(self, c: char) -> Self {
        Self { hash: self.hash.rotate_left(8) ^ u64::from(joint(c)), length: self.length + 1 }
    }

    /// Appends a small ASCII letter.
    #[inline]
    pub(crate) fn with_letter(self, letter: u8) -> Self {
        Self { hash: self.hash.rotate_left(8) ^ u64::from(letter), length: self.length + 1 }
    }
}

impl<'c> FromIterator<&'c char> for Prefix {
    fn from_iter<I: IntoIterator<Item = &'c char>>(chars: I) -> Self {
        chars.into_iter().fold(Self::default(), |prefix, &c| prefix.with(c))
    }
}

/// A set of hashes with false positives.
#[derive(Debug, Default)]
pub(crate) struct Set(Vec<u64>);

impl Set {
    fn bit(hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS.ilog2())) as usize
    }

    /// Adds a hash.
    pub(crate) fn insert(&mut self, hash: u64) {
        let bit = Self::bit(hash);
        self.0.resize(BITS as usize / 64, 0);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a hash is in the set; rarely true if it is not.
    pub(crate) fn has(&self, hash: u64) -> bool {
        let bit = Self::bit(hash);
        self.0.get(bit / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0)
    }
}

/// What a word may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Nothing.
    None,
    /// A quantity, if what follows fits.
    Sequence,
    /// A quantity.
    Word,
}

/// How surfaces start.
#[derive(Debug, Default)]
pub(crate) struct Openings {
    /// The first bytes of all surfaces.
    pub windows: Windows,
    /// The first words and characters of all surfaces.
    firsts: Set,
    /// Surfaces of one word or character; for longer ones the first word, the sign after it and the next character.
    begins: Set,
    /// Words that only introduce a time: "from".
    leads: Set,
    /// The first letters of surfaces that any word may start with.
    stems: Set,
    /// Whether there are stems of one, two and three letters.
    stem_lengths: [bool; STEM],
}

impl Openings {
    /// Adds a surface that means `sense`.
    pub(crate) fn insert(&mut self, chars: &[char], sense: Sense) {
        let Some(&first) = chars.first() else { return };
        self.windows.insert(chars, false);
        if !is_spaced_letter(first) {
            let length = if is_unspaced(first) { 2 } else { 1 };
            self.firsts.insert(Prefix::default().with(first).hash);
            self.begins.insert(chars.iter().take(length).collect::<Prefix>().hash);
            return;
        }
        let letters = chars.iter().take_while(|&&c| is_spaced_letter(c)).count();
        let word: Prefix = chars[..letters].iter().collect();
        self.firsts.insert(word.hash);
        let opening: Prefix = chars.iter().take(letters + 2).collect();
        let leads = matches!(sense, Sense::Word(Word::From | Word::ClockBefore)) && chars.len() <= letters + 1;
        let set = if leads { &mut self.leads } else { &mut self.begins };
        set.insert(opening.hash);
    }

    /// Adds the first letters of a surface that longer words may start with.
    pub(crate) fn insert_stem(&mut self, chars: &[char]) {
        let letters = chars.iter().take(STEM).take_while(|&&c| is_spaced_letter(c)).count();
        if letters > 0 {
            self.windows.insert(&chars[..letters], true);
            self.stem_lengths[letters - 1] = true;
            self.stems.insert(chars[..letters].iter().collect::<Prefix>().hash);
        }
    }

    /// What a word may start.
    pub(crate) fn opening(&self, word: Prefix) -> Opening {
        if !self.firsts.has(word.hash) {
            Opening::None
        } else if self.begins.has(word.hash) {
            Opening::Word
        } else {
            Opening::Sequence
        }
    }

    /// Whether there are any stems.
    pub(crate) fn has_stems(&self) -> bool {
        self.stem_lengths.contains(&true)
    }

    /// Whether a word with these letters may start with a stem.
    pub(crate) fn stem(&self, letters: impl Iterator<Item = char>) -> bool {
        let mut stem = Prefix::default();
        self.stem_lengths.iter().zip(letters).any(|(&exists, c)| {
            stem = stem.with(c);
            exists && self.stems.has(stem.hash)
        })
    }

    /// Whether a surface starts like this.
    pub(crate) fn begins(&self, prefix: Prefix) -> bool {
        self.begins.has(prefix.hash)
    }

    /// Whether this is a surface that only introduces a time.
    pub(crate) fn leads(&self, prefix: Prefix) -> bool {
        self.leads.has(prefix.hash)
    }

    /// Whether a surface may start with this character, which is not a letter of a word, and the one after it.
    pub(crate) fn character(&self, first: char, second: impl FnOnce() -> Option<char>) -> bool {
        let prefix = Prefix::default().with(first);
        let pair = |second| is_space(second) || self.begins(prefix.with(second));
        self.firsts.has(prefix.hash) && (self.begins(prefix) || (is_unspaced(first) && second().is_some_and(pair)))
    }
}

/// Whether a character is a letter of a script that separates words.
fn is_spaced_letter(c: char) -> bool {
    is_letter(c) && !is_unspaced(c) && !is_hangul(c)
}
