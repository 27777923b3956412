//! Looking words up in the lexicon: what was found at a place is kept, because the grammar asks for it many times.

use std::cell::RefCell;

use super::lexicon::{Sense, ends_word};
use super::scan::Scan;

/// The surfaces that are kept of one place; hardly any place has more.
const KEPT: usize = 4;

/// The places that are kept, by the lowest bits of their index.
const PLACES: usize = 8;

/// A surface of the lexicon in the text.
#[derive(Debug, Clone, Copy, Default)]
struct Surface {
    end: u32,
    node: u32,
    /// Whether a word may end where it does.
    whole: bool,
}

/// The surfaces that start at one place, shortest first.
#[derive(Debug, Clone, Copy)]
struct Place {
    start: u32,
    /// How many they are, of which the first few are kept.
    count: u32,
    surfaces: [Surface; KEPT],
}

/// The places that were looked at last.
#[derive(Debug)]
pub(super) struct Lookups(RefCell<[Place; PLACES]>);

impl Default for Lookups {
    fn default() -> Self {
        Self(RefCell::new([Place { start: u32::MAX, count: 0, surfaces: [Surface::default(); KEPT] }; PLACES]))
    }
}

impl Scan<'_> {
    /// What starts at `at`, from what was kept or anew.
    fn place(&self, at: usize) -> Place {
        let kept = self.lookups.0.borrow()[at % PLACES];
        if kept.start == at as u32 {
            return kept;
        }
        let mut place = Place { start: at as u32, count: 0, surfaces: [Surface::default(); KEPT] };
        self.lexicon().trie.walk(self.chars, at, |end, node| {
            if let Some(surface) = place.surfaces.get_mut(place.count as usize) {
                *surface = Surface { end: end as u32, node, whole: ends_word(self.chars, end) };
            }
            place.count += 1;
        });
        self.lookups.0.borrow_mut()[at % PLACES] = place;
        place
    }

    /// Whether any surface starts at `at`.
    pub fn knows(&self, at: usize) -> bool {
        self.chars.get(at).is_some_and(|&c| self.lexicon().trie.leads(c)) && self.place(at).count > 0
    }

    /// Calls `found` with every surface that starts at `at`, shortest first: its end, whether a word may end there, and
    /// what it may mean.
    pub fn surfaces(&self, at: usize, mut found: impl FnMut(usize, bool, &[Sense])) {
        let trie = &self.lexicon().trie;
        if !self.chars.get(at).is_some_and(|&c| trie.leads(c)) {
            return;
        }
        let place = self.place(at);
        match place.surfaces.get(..place.count as usize) {
            Some(surfaces) => {
                for surface in surfaces {
                    found(surface.end as usize, surface.whole, trie.senses(surface.node));
                }
            }
            None => trie.each(self.chars, at, |end, senses| found(end, ends_word(self.chars, end), senses)),
        }
    }

    /// Calls `found` with every surface that starts at `at`, shortest first: its end and what it may mean.
    pub fn each(&self, at: usize, mut found: impl FnMut(usize, &[Sense])) {
        self.surfaces(at, |end, _, senses| found(end, senses));
    }

    /// What kinds of quantity may begin with the word at `at`: a set of [`super::lexicon::begins`].
    pub fn begins(&self, at: usize, compounds: bool) -> u8 {
        let mut kinds = 0;
        if !self.lexicon().trie.may_open(&self.chars[at.min(self.chars.len())..]) {
            return kinds;
        }
        self.surfaces(at, |end, whole, senses| {
            let whole = whole || self.lexicon().endings || self.chars.get(end).is_some_and(char::is_ascii_digit);
            for sense in senses {
                if whole || (compounds && matches!(sense, Sense::Cardinal(..) | Sense::Magnitude(_))) {
                    kinds |= sense.begins();
                }
            }
        });
        kinds
    }

    /// The end of the longest surface at `at` that ends a word and has a meaning that `is` accepts.
    pub fn end(&self, at: usize, is: impl Fn(Sense) -> bool) -> Option<usize> {
        self.longest(at, |sense| is(sense).then_some(())).map(|((), end)| end)
    }

    /// The longest surface at `at` that ends a word and for which `pick` picks a meaning: its end and the meaning.
    pub fn longest<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        let mut best = None;
        let endings = self.lexicon().endings;
        self.surfaces(at, |end, whole, senses| {
            let stem = |sense: Sense| endings && (end - at >= 5 || matches!(sense, Sense::Unit(_)) && end - at >= 3);
            if let Some(meaning) = senses.iter().filter(|&&sense| whole || stem(sense)).find_map(|&sense| pick(sense)) {
                best = Some((meaning, end));
            }
        });
        best
    }
}
