//! What is known of the words of one locale: their directions and weights.

use std::array;

use rustc_hash::FxHashMap;

use crate::features::Words;
use crate::vector::{DIMENSIONS, Vector};

/// The words of one of the two locales.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    pub(crate) index: FxHashMap<u32, Known>,
    /// Directions of words, as long as the words are worth, in [`NAT`]s.
    pub(crate) directions: Vec<Direction>,
}

/// The direction of a word. Whole numbers of eight bits: one takes a cache line, and to fetch it is most of the work. Each
/// number of 16 bits holds two of them, raised by [`RAISED`] so that none is negative: that of its place in the lower half, that
/// of its place in the second half of the dimensions in the upper one. Whole numbers can then be added, and be told apart later.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Direction([u16; DIMENSIONS / 2]);

/// What is added to each number of a [`Direction`].
const RAISED: i32 = 128;

/// A word that was learned, packed: half of the work of reading words is to fetch what is known of them.
///
/// From the highest bit: the place of its direction, [`COMMON`] for a word that says nothing; what it is worth, in parts of a
/// nat; and whether it stands on both sides as it is, wherever it stands on one: a name, a product's term.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known(u32);

/// How many bits of a [`Known`] say what a word is worth, and into how many parts they divide a nat.
const WORTH_BITS: u32 = 10;
const WORTH_PARTS: f32 = 64.0;

impl Known {
    /// A word at a place, which is worth so many nats, none of them less than none; one of a place beyond [`COMMON`] says nothing.
    pub fn new(place: u32, worth: f32, is_term: bool) -> Self {
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

/// How many words of a text are looked at.
const ENOUGH: usize = 24;

/// Stands for the place of a word that is everywhere: the greatest that a [`Known`] holds.
pub(crate) const COMMON: u32 = u32::MAX >> (WORTH_BITS + 1);

impl Vocabulary {
    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// What the words of a text say, if something was learned.
    pub fn read(&self, words: &[u32]) -> Words {
        let mut known = 0.0;
        let (mut places, mut found) = ([0_u32; ENOUGH], 0);
        let (mut terms, mut term_count) = ([(0_u32, 0.0_f32); ENOUGH], 0);
        let (mut names, mut name_count) = ([(0_u32, 1.0_f32); ENOUGH], 0);
        // The first words of a long text say as much as all of them.
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

    /// The sum of the directions at up to [`ENOUGH`] places.
    fn sum(&self, places: &[u32]) -> Vector {
        // The upper halves by themselves, and the whole numbers, from which they are taken off again: what these lose by running
        // over is nothing to the lower halves, whose sums stay far below the limit.
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

/// The direction of a word that is worth so many nats, in the form in which it is kept.
pub(crate) fn pack(vector: &[f32; DIMENSIONS], worth: f32) -> Direction {
    // Rounded to the nearest, the greater of two; what would be out of range is brought to its end.
    let raised = vector.map(|x| {
        let x = x * worth * NAT + 0.5;
        let whole = x as i32;
        ((whole - i32::from(x < whole as f32)).clamp(-RAISED, RAISED - 1) + RAISED) as u16
    });
    Direction(array::from_fn(|at| raised[at] | raised[at + DIMENSIONS / 2] << 8))
}

/// Length of the direction of a word that is worth a nat: none is worth more than ten.
const NAT: f32 = 12.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_word_is_kept_in_few_bits() {
        for (place, worth, is_term) in
            [(0, 0.0, false), (7, 1.5, true), (COMMON - 1, 12.25, false), (COMMON, 0.1, true)]
        {
            let known = Known::new(place, worth, is_term);
            assert_eq!((known.place(), known.is_term()), (place, is_term));
            assert!((known.worth() - worth).abs() <= 0.5 / WORTH_PARTS, "{worth}");
        }
        // What there is no room for says nothing, and is worth the most.
        let known = Known::new(u32::MAX, 1e9, false);
        assert_eq!((known.place(), known.worth()), (COMMON, 1023.0 / WORTH_PARTS));
    }
}
