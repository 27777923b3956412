//! A small cache of the surfaces that start at a position, because the grammar looks the same ones up many times.

use std::cell::RefCell;

use crate::boundary::ends_word;
use crate::sense::Sense;
use crate::trie::Trie;

/// The number of surfaces kept for a position; hardly any position has more.
const KEPT: usize = 4;

/// The number of positions kept, by the lowest bits of their index.
const POSITIONS: usize = 8;

/// A surface of the lexicon in the text.
#[derive(Debug, Clone, Copy, Default)]
struct Surface {
    end: u32,
    node: u32,
    /// Whether a word may end where it does.
    whole: bool,
}

/// The surfaces that start at one position, shortest first.
#[derive(Debug, Clone, Copy)]
struct Position {
    start: u32,
    /// The number of surfaces; only the first [`KEPT`] are kept.
    count: u32,
    surfaces: [Surface; KEPT],
}

/// The positions that were looked up last.
#[derive(Debug)]
pub(crate) struct Lookups(RefCell<[Position; POSITIONS]>);

impl Default for Lookups {
    fn default() -> Self {
        Self(RefCell::new([Position { start: u32::MAX, count: 0, surfaces: [Surface::default(); KEPT] }; POSITIONS]))
    }
}

impl Lookups {
    fn position(&self, trie: &Trie, chars: &[char], at: usize) -> Position {
        let kept = self.0.borrow()[at % POSITIONS];
        if kept.start == at as u32 {
            return kept;
        }
        let mut position = Position { start: at as u32, count: 0, surfaces: [Surface::default(); KEPT] };
        trie.walk(chars, at, |end, node| {
            if let Some(surface) = position.surfaces.get_mut(position.count as usize) {
                *surface = Surface { end: end as u32, node, whole: ends_word(chars, end) };
            }
            position.count += 1;
        });
        self.0.borrow_mut()[at % POSITIONS] = position;
        position
    }

    /// Whether any surface starts at `at`.
    pub(crate) fn is_known(&self, trie: &Trie, chars: &[char], at: usize) -> bool {
        chars.get(at).is_some_and(|&c| trie.leads(c)) && self.position(trie, chars, at).count > 0
    }

    /// Calls `found` with every surface that starts at `at`, shortest first: its end, whether a word may end there, and
    /// what it may mean.
    pub(crate) fn each(&self, trie: &Trie, chars: &[char], at: usize, mut found: impl FnMut(usize, bool, &[Sense])) {
        if !chars.get(at).is_some_and(|&c| trie.leads(c)) {
            return;
        }
        let position = self.position(trie, chars, at);
        match position.surfaces.get(..position.count as usize) {
            Some(surfaces) => {
                for surface in surfaces {
                    found(surface.end as usize, surface.whole, trie.senses(surface.node));
                }
            }
            None => trie.each(chars, at, |end, senses| found(end, ends_word(chars, end), senses)),
        }
    }
}
