//! Learned words of one locale: their directions and weights.

use std::array;

use rustc_hash::FxHashMap;

use crate::features::Words;
use crate::vector::{DIMENSIONS, Vector};

/// The words of one locale.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    pub(crate) index: FxHashMap<u32, Known>,
    /// Direction of each word, scaled by its weight, in units of [`NAT`].
    pub(crate) directions: Vec<Direction>,
}

/// The direction of a word, with components of eight bits, so that it fits in a cache line: memory access dominates. Each
/// number of 16 bits holds two components, offset by [`RAISED`] to be non-negative: one of the first half of the dimensions
/// in the lower byte, the corresponding one of the second half in the upper byte. The numbers can be added, and separated
/// afterwards.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Direction([u16; DIMENSIONS / 2]);

/// Offset of each component of a [`Direction`].
const RAISED: i32 = 128;

/// A learned word, packed, since memory access is half of the time of reading words.
///
/// From the highest bit: the index of its direction, or [`COMMON`] for an uninformative word; its weight, in parts of a nat;
/// and whether it is the same in both languages, such as a name or a product term.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known(u32);

/// Number of bits of the weight in a [`Known`], and number of parts in a nat.
const WORTH_BITS: u32 = 10;
const WORTH_PARTS: f32 = 64.0;

impl Known {
    /// A word with the index of its direction and its non-negative weight in nats; an index above [`COMMON`] makes it
    /// uninformative.
    pub(crate) fn new(place: u32, worth: f32, is_term: bool) -> Self {
        let worth = ((worth * WORTH_PARTS).round() as u32).min((1 << WORTH_BITS) - 1);
        Self(place.min(COMMON) << (WORTH_BITS + 1) | worth << 1 | u32::from(is_term))
    }

    fn place(self) -> u32 {
        self.0 >> (WORTH_BITS + 1)
    }

    fn worth(self) -> f32 {
        (self.0 >> 1 & ((1 << WORTH_BITS) - 1)) as f32 / WORTH_PARTS
    }

    fn is_term(self) -> bool {
        self.0 & 1 != 0
    }
}

/// Maximum number of words that are read of a text.
const ENOUGH: usize = 24;

/// Index of words that are everywhere: the maximum index in a [`Known`].
pub(crate) const COMMON: u32 = u32::MAX >> (WORTH_BITS + 1);

impl Vocabulary {
    /// Whether nothing was learned.
    pub(crate) fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The words of a text.
    pub(crate) fn read(&self, words: &[u32]) -> Words {
        let mut known = 0.0;
        let (mut places, mut found) = ([0_u32; ENOUGH], 0);
        let (mut terms, mut term_count) = ([(0_u32, 0.0_f32); ENOUGH], 0);
        let (mut names, mut name_count) = ([(0_u32, 1.0_f32); ENOUGH], 0);
        // The first words of a long text are enough.
        for &word in words.iter().take(ENOUGH) {
            match self.index.get(&word).copied() {
                None => {
                    names[name_count].0 = word;
                    name_count += 1;
                }
                Some(of_word) if of_word.place() == COMMON => {}
                Some(of_word) => {
                    if of_word.is_term() {
                        terms[term_count] = (word, of_word.worth());
                        term_count += 1;
                    }
                    known += of_word.worth();
                    places[found] = of_word.place();
                    found += 1;
                }
            }
        }
        let (names, terms) = (&mut names[..name_count], &mut terms[..term_count]);
        names.sort_unstable_by_key(|name| name.0);
        terms.sort_unstable_by_key(|term| term.0);
        Words::new(self.sum(&places[..found]), known, names, terms)
    }

    /// Sum of the directions at up to [`ENOUGH`] indexes.
    fn sum(&self, places: &[u32]) -> Vector {
        // Sums the upper bytes separately, and whole numbers, from which they are subtracted afterwards. Overflow of the
        // latter does not affect the lower bytes, whose sums stay far below the limit.
        let (mut whole, mut upper) = ([0_u16; DIMENSIONS / 2], [0_u16; DIMENSIONS / 2]);
        for &place in places {
            for ((whole, upper), pair) in whole.iter_mut().zip(&mut upper).zip(&self.directions[place as usize].0) {
                *whole = whole.wrapping_add(*pair);
                *upper = upper.wrapping_add(pair >> 8);
            }
        }
        let raised = places.len() as u16 * RAISED as u16;
        let mut sum = [0; DIMENSIONS];
        let (first, second) = sum.split_at_mut(DIMENSIONS / 2);
        for (((first, second), whole), upper) in first.iter_mut().zip(second).zip(&whole).zip(&upper) {
            *first = whole.wrapping_sub(upper << 8).wrapping_sub(raised) as i16;
            *second = upper.wrapping_sub(raised) as i16;
        }
        sum
    }
}

/// Packs the direction of a word with its weight in nats.
pub(crate) fn pack(vector: &[f32; DIMENSIONS], worth: f32) -> Direction {
    // Rounds half up, and clamps.
    let raised = vector.map(|x| {
        let x = x * worth * NAT + 0.5;
        let whole = x as i32;
        ((whole - i32::from(x < whole as f32)).clamp(-RAISED, RAISED - 1) + RAISED) as u16
    });
    Direction(array::from_fn(|at| raised[at] | raised[at + DIMENSIONS / 2] << 8))
}

/// Length of the direction of a word with a weight of one nat; the maximum weight is ten.
const NAT: f32 = 12.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_packed_in_few_bits() {
        for (place, worth, is_term) in
            [(0, 0.0, false), (7, 1.5, true), (COMMON - 1, 12.25, false), (COMMON, 0.1, true)]
        {
            let known = Known::new(place, worth, is_term);
            assert_eq!((known.place(), known.is_term()), (place, is_term));
            assert!((known.worth() - worth).abs() <= 0.5 / WORTH_PARTS, "{worth}");
        }
        // A word that does not fit is uninformative, with the maximum weight.
        let known = Known::new(u32::MAX, 1e9, false);
        assert_eq!((known.place(), known.worth()), (COMMON, 1023.0 / WORTH_PARTS));
    }
}
