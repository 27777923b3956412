//! How the surfaces begin that may begin a quantity: sets of hashes that tell most words apart at one look.

use super::normalise::{is_hangul, is_letter, is_space, is_unspaced};
use super::trie::joint;

/// The number of bits of a set: a power of two; both sets fit the nearest cache.
const BITS: u32 = 1 << 16;

/// The letters of a stem that are looked at.
const STEM: usize = 3;

/// The hash of a word with one more letter.
pub(super) fn hash_letter(hash: u32, c: char) -> u32 {
    hash.rotate_left(5) ^ c as u32
}

/// A set of hashes.
#[derive(Debug, Default)]
struct Set(Vec<u64>);

impl Set {
    fn bit(hash: u32) -> usize {
        (hash.wrapping_mul(0x9e37_79b1) >> (u32::BITS - BITS.ilog2())) as usize
    }

    fn insert(&mut self, hash: u32) {
        let bit = Self::bit(hash);
        self.0.resize(BITS as usize / 64, 0);
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, hash: u32) -> bool {
        let bit = Self::bit(hash);
        self.0.get(bit / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0)
    }
}

/// The first words and characters of surfaces.
#[derive(Debug, Default)]
pub(super) struct Openings {
    /// First words, and first characters where there are no words.
    words: Set,
    /// The first letters of number words, which may be written together with other words, and the first two characters
    /// of surfaces in scripts without words.
    stems: Set,
}

impl Openings {
    /// Adds a surface; `stem` says that it may begin a longer word.
    pub fn insert(&mut self, chars: &[char], stem: bool) {
        let Some(&first) = chars.first() else { return };
        if !is_spaced_letter(first) {
            match chars.get(1) {
                Some(&second) if is_unspaced(first) => self.stems.insert(pair(first, second)),
                _ => self.words.insert(hash_letter(0, first)),
            }
            return;
        }
        let letters = chars.iter().take_while(|&&c| is_spaced_letter(c));
        self.words.insert(letters.clone().fold(0, |hash, &c| hash_letter(hash, c)));
        if stem {
            self.stems.insert(letters.take(STEM).fold(0, |hash, &c| hash_letter(hash, c)));
        }
    }

    /// Whether some surface begins with the word of this hash.
    pub fn has(&self, word: u32) -> bool {
        self.words.has(word)
    }

    /// Whether some stem may begin the word that begins `rest`.
    pub fn has_stem(&self, rest: &[char]) -> bool {
        let mut hash = 0;
        rest.iter().take(STEM).any(|&c| {
            hash = hash_letter(hash, c);
            self.stems.has(hash)
        })
    }

    /// Whether some surface may begin with the character that begins `rest`, which is no letter of a word.
    pub fn has_character(&self, rest: &[char]) -> bool {
        let Some(&first) = rest.first() else { return false };
        let second = rest.get(1).copied();
        self.words.has(hash_letter(0, first))
            || (is_unspaced(first)
                && second.is_some_and(|second| is_space(second) || self.stems.has(pair(first, second))))
    }
}

/// The hash of the first two characters of a surface without words.
fn pair(first: char, second: char) -> u32 {
    hash_letter(hash_letter(0, first), joint(second))
}

/// A letter of a script whose words end where its letters do.
fn is_spaced_letter(c: char) -> bool {
    is_letter(c) && !is_unspaced(c) && !is_hangul(c)
}
