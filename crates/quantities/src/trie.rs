//! A trie over folded characters, laid out so that lookups touch little memory.

use rustc_hash::FxHashMap;

use crate::normalise::{is_hangul, is_letter, is_space, is_unspaced};
use crate::sense::Sense;

/// Stands for the space and the hyphen inside a surface, which are interchangeable.
const JOINT: char = ' ';

/// The number of bits for openings: a power of two that fits the first-level cache.
const OPENINGS: usize = 1 << 15;

/// The number of bits for first characters.
const LEADS: usize = 1 << 14;

/// A hash of the first three letters of a word, or fewer if the word is shorter; of one in a script without spaces.
fn opening(chars: &[char]) -> usize {
    let mut hash = 0u32;
    let letters = if chars.first().is_some_and(|&c| is_unspaced(c) || is_hangul(c)) { 1 } else { 3 };
    for &c in chars.iter().take(letters) {
        if !is_letter(c) {
            break;
        }
        hash = hash.wrapping_mul(0x9e37).wrapping_add(c as u32);
    }
    (hash.wrapping_mul(0x9e37_79b1) >> 17) as usize
}

/// Surfaces and their meanings.
#[derive(Debug, Default)]
pub(crate) struct Trie {
    /// While building: the child of a node for a character.
    building: FxHashMap<(u32, char), u32>,
    /// The children of all nodes, those of one node together and sorted by character.
    edges: Vec<(char, u32)>,
    /// The start of each node's children in `edges`, and the end of the last one's.
    firsts: Vec<u32>,
    /// The children of the root by ASCII character, 0 if there is none.
    root: Vec<u32>,
    /// A bit for the first character of each surface, by its lowest bits.
    leads: Vec<u64>,
    /// A bit for the first letters of each surface, so that most words are ruled out by one lookup.
    openings: Vec<u64>,
    /// The meanings of the surface that ends at each node; empty for most.
    senses: Vec<Vec<Sense>>,
}

impl Trie {
    /// Adds a meaning to a surface.
    pub(crate) fn insert(&mut self, chars: &[char], sense: Sense) {
        if self.senses.is_empty() {
            self.senses.push(Vec::new());
            self.openings = vec![0; OPENINGS / 64];
            self.leads = vec![0; LEADS / 64];
        }
        if let Some(&first) = chars.first() {
            let lead = joint(first) as usize % LEADS;
            self.leads[lead / 64] |= 1 << (lead % 64);
        }
        let opening = opening(chars);
        self.openings[opening / 64] |= 1 << (opening % 64);
        let mut node = 0;
        for &c in chars {
            let fresh = self.senses.len() as u32;
            node = *self.building.entry((node, joint(c))).or_insert(fresh);
            if node == fresh {
                self.senses.push(Vec::new());
            }
        }
        if node != 0 && !self.senses[node as usize].contains(&sense) {
            self.senses[node as usize].push(sense);
        }
    }

    /// Whether a surface may start with the letters of the word that `rest` starts with.
    pub(crate) fn may_open(&self, rest: &[char]) -> bool {
        let opening = opening(rest);
        self.openings.get(opening / 64).is_some_and(|bits| bits & (1 << (opening % 64)) != 0)
    }

    /// The meanings of a surface, while building.
    pub(crate) fn senses_mut(&mut self, chars: &[char]) -> Option<&mut Vec<Sense>> {
        let node = chars.iter().try_fold(0, |node, &c| self.building.get(&(node, joint(c))).copied())?;
        self.senses.get_mut(node as usize)
    }

    /// Lays the trie out for lookups; nothing can be added afterwards.
    pub(crate) fn freeze(&mut self) {
        let mut all: Vec<(u32, char, u32)> = self.building.drain().map(|((node, c), next)| (node, c, next)).collect();
        all.sort_unstable();
        self.building.shrink_to_fit();
        self.edges = all.iter().map(|&(_, c, next)| (c, next)).collect();
        self.firsts = (0..=self.senses.len() as u32)
            .map(|node| all.partition_point(|&(from, _, _)| from < node) as u32)
            .collect();
        self.root = (0..128).map(|byte| self.search(0, char::from(byte)).unwrap_or(0)).collect();
    }

    /// Calls `found` with every surface and its meanings.
    pub(crate) fn surfaces(&self, found: &mut impl FnMut(&[char], &[Sense])) {
        self.surfaces_below(0, &mut Vec::new(), found);
    }

    fn surfaces_below(&self, node: u32, chars: &mut Vec<char>, found: &mut impl FnMut(&[char], &[Sense])) {
        let Some(&[from, to]) = self.firsts.get(node as usize..).and_then(<[u32]>::first_chunk) else { return };
        found(chars, self.senses(node));
        for &(c, next) in &self.edges[from as usize..to as usize] {
            chars.push(c);
            self.surfaces_below(next, chars, found);
            chars.pop();
        }
    }

    fn search(&self, node: u32, c: char) -> Option<u32> {
        let (from, to) = (*self.firsts.get(node as usize)?, *self.firsts.get(node as usize + 1)?);
        let edges = &self.edges[from as usize..to as usize];
        let found = if edges.len() <= 8 {
            edges.iter().position(|&(edge, _)| edge == c)
        } else {
            edges.binary_search_by_key(&c, |&(edge, _)| edge).ok()
        };
        found.map(|at| edges[at].1)
    }

    fn child(&self, node: u32, c: char) -> Option<u32> {
        if node == 0 && c.is_ascii() {
            return self.root.get(c as usize).copied().filter(|&next| next != 0);
        }
        self.search(node, c)
    }

    /// Whether a surface may start with this character.
    #[inline]
    pub(crate) fn leads(&self, c: char) -> bool {
        let lead = joint(c) as usize % LEADS;
        self.leads.get(lead / 64).is_some_and(|bits| bits & (1 << (lead % 64)) != 0)
    }

    /// The meanings of the surface that ends at a node.
    #[inline]
    pub(crate) fn senses(&self, node: u32) -> &[Sense] {
        &self.senses[node as usize]
    }

    /// Calls `found` with every surface that starts at `start`, shortest first: its end and its meanings.
    pub(crate) fn each(&self, chars: &[char], start: usize, mut found: impl FnMut(usize, &[Sense])) {
        self.walk(chars, start, |end, node| found(end, self.senses(node)));
    }

    /// Calls `found` with every surface that starts at `start`, shortest first: its end and its node.
    pub(crate) fn walk(&self, chars: &[char], start: usize, mut found: impl FnMut(usize, u32)) {
        let mut node = 0;
        let mut at = start;
        while let Some(&c) = chars.get(at) {
            if let Some(next) = self.child(node, joint(c)) {
                node = next;
                at += 1;
                if joint(c) == JOINT {
                    while chars.get(at).is_some_and(|&c| is_space(c)) {
                        at += 1;
                    }
                }
                if !self.senses(node).is_empty() {
                    found(at, node);
                }
            } else if is_space(c)
                && at > start
                && let Some(next) = past_inner_space(chars, at)
            {
                at = next;
            } else {
                return;
            }
        }
    }
}

/// Maps spaces and hyphens to the character that surfaces have for them.
#[inline]
pub(crate) fn joint(c: char) -> char {
    if c == '-' || is_space(c) { JOINT } else { c }
}

/// Past the spaces at `at`, if they are between two characters of a script without spaces.
fn past_inner_space(chars: &[char], at: usize) -> Option<usize> {
    let before = *chars.get(at.checked_sub(1)?)?;
    let next = at + chars[at..].iter().position(|&c| !is_space(c))?;
    (is_unspaced(before) && is_unspaced(chars[next])).then_some(next)
}
