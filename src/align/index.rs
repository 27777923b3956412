//! What was learned of words, by their hashes. Each word of each page is looked up, which is most of the work of reading it: a
//! table of open addressing with linear probing (Knuth, *The Art of Computer Programming*, volume 3, 6.4) needs one place of
//! memory for nearly all of them, and no more computing than a multiplication, since what it is asked for are hashes.

use super::model::Known;

/// A table of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// As many as a power of two, at least twice as many as there are words.
    slots: Vec<Option<(u32, Known)>>,
    /// By how many bits a hash of 32 bits is too long for a place.
    shift: u32,
}

impl Index {
    pub fn new(words: impl ExactSizeIterator<Item = (u32, Known)>) -> Self {
        if words.len() == 0 {
            return Self::default();
        }
        let bits = (words.len() * 2).next_power_of_two().trailing_zeros();
        let mut index = Self { slots: vec![None; 1 << bits], shift: u32::BITS - bits };
        for (word, known) in words {
            let mut place = index.first(word);
            while index.slots[place].is_some() {
                place = index.next(place);
            }
            index.slots[place] = Some((word, known));
        }
        index
    }

    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What was learned of a word.
    pub fn get(&self, word: u32) -> Option<Known> {
        let mut place = self.first(word);
        // At least half of the slots are free, so that this ends.
        while let Some((other, known)) = self.slots.get(place)? {
            if *other == word {
                return Some(*known);
            }
            place = self.next(place);
        }
        None
    }

    /// Where a word is looked for first: by the upper bits of its product with the golden ratio, on which all of its bits tell.
    fn first(&self, word: u32) -> usize {
        (word.wrapping_mul(0x9E37_79B9) >> self.shift) as usize
    }

    fn next(&self, place: usize) -> usize {
        (place + 1) & (self.slots.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_no_other() {
        let known = |word: u32| Known { place: word / 3, ..Known::default() };
        // Some differ in their lower bits alone, some in their upper ones.
        let words: Vec<u32> = (0..500).map(|n| n * 3).chain((0..500).map(|n| (n << 20) + 1)).collect();
        let index = Index::new(words.iter().map(|&word| (word, known(word))));
        assert!(words.iter().all(|&word| index.get(word).is_some_and(|known| known.place == word / 3)));
        assert!((0..500).all(|n| index.get(n * 3 + 2).is_none()));
        assert!(Index::default().get(3).is_none() && Index::default().is_empty());
    }
}
