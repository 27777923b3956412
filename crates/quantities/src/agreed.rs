//! Texts that were compared before and say the same: documentation repeats itself, and what stands in a hundred pages need be
//! read in one.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};
use std::ptr;

use rustc_hash::FxHasher;

use super::Reader;

/// How many pairs of texts each thread remembers.
const MOST: usize = 1 << 13;

thread_local! {
    /// What they are known by, each at the place that its last bits tell, where the next one takes its place.
    static AGREED: RefCell<Vec<u64>> = RefCell::new(vec![0; MOST]);
}

/// A source and its translation, each with the reader of its language, as what they are known by: 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Texts(u64);

impl Texts {
    /// A source and its translation.
    pub fn new(source: (&'static Reader, &str), translation: (&'static Reader, &str)) -> Self {
        let mut hasher = FxHasher::default();
        for (reader, text) in [source, translation] {
            ptr::from_ref(reader).hash(&mut hasher);
            text.hash(&mut hasher);
        }
        Self(hasher.finish())
    }

    /// Whether they are known to agree; that they are not says nothing.
    pub fn agree(self) -> bool {
        self.at(|known| *known == self.0)
    }

    /// Remembers that they agree.
    pub fn remember(self) {
        self.at(|known| *known = self.0);
    }

    fn at<T>(self, look: impl FnOnce(&mut u64) -> T) -> T {
        AGREED.with_borrow_mut(|agreed| look(&mut agreed[self.0 as usize % MOST]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use isogloss_text::Locale;

    #[test]
    fn texts_are_known_in_their_languages_and_in_their_order() {
        let reader = |tag: &str| Reader::for_locale(&Locale::parse(tag).unwrap());
        let (english, german) = ((reader("en"), "in a day"), (reader("de"), "an einem Tag"));
        let texts = Texts::new(english, german);
        assert!(!texts.agree());
        texts.remember();
        assert!(texts.agree() && Texts::new(english, german).agree());
        for other in [
            Texts::new(german, english),
            Texts::new(english, (reader("de"), "an einem Tage")),
            Texts::new((reader("en"), "in a da"), (reader("de"), "yan einem Tag")),
            Texts::new(english, (reader("sv"), german.1)),
        ] {
            assert!(!other.agree());
        }
    }
}
