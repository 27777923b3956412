//! Pairs of texts that were found to agree: documentation repeats itself, so each pair is read and compared only once.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::ptr;

use rustc_hash::FxHasher;

use crate::reader::Reader;

/// The number of pairs that each thread remembers.
const CAPACITY: usize = 1 << 13;

thread_local! {
    /// The hashes of agreeing pairs, each in the slot given by its lowest bits, where a newer one replaces it.
    static AGREED: RefCell<Vec<u64>> = RefCell::new(vec![0; CAPACITY]);
}

/// A source text and its translation, each with the reader of its language, as a 64-bit hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextPair(u64);

impl TextPair {
    /// Hashes a source text and its translation.
    pub fn new(source: (&'static Reader, &str), translation: (&'static Reader, &str)) -> Self {
        let mut hasher = FxHasher::default();
        for (reader, text) in [source, translation] {
            ptr::from_ref(reader).hash(&mut hasher);
            text.hash(&mut hasher);
        }
        Self(hasher.finish())
    }

    /// Whether the texts are known to agree; `false` means that nothing is known.
    pub fn is_known_to_agree(self) -> bool {
        self.with_slot(|known| *known == self.0)
    }

    /// Remembers that the texts agree.
    pub fn remember(self) {
        self.with_slot(|known| *known = self.0);
    }

    fn with_slot<T>(self, look: impl FnOnce(&mut u64) -> T) -> T {
        AGREED.with_borrow_mut(|agreed| look(&mut agreed[self.0 as usize % CAPACITY]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_text::Locale;

    #[test]
    fn pairs_are_distinguished_by_text_language_and_order() {
        let reader = |tag: &str| Reader::for_locale(&Locale::parse(tag).unwrap());
        let (english, german) = ((reader("en"), "in a day"), (reader("de"), "an einem Tag"));
        let pair = TextPair::new(english, german);
        assert!(!pair.is_known_to_agree());
        pair.remember();
        assert!(pair.is_known_to_agree() && TextPair::new(english, german).is_known_to_agree());
        for other in [
            TextPair::new(german, english),
            TextPair::new(english, (reader("de"), "an einem Tage")),
            TextPair::new((reader("en"), "in a da"), (reader("de"), "yan einem Tag")),
            TextPair::new(english, (reader("sv"), german.1)),
        ] {
            assert!(!other.is_known_to_agree());
        }
    }
}
