//! The numbers, units and names that a text may have in words.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::text::Text;
use crate::normalise::{Normalised, is_alphanumeric, is_hangul, is_unspaced, without_accent};
use crate::sense::Sense;
use crate::units::Unit;

use isogloss_text::words::PLACEHOLDER;

/// The words of a text that may stand for a quantity, found when they are first needed.
pub(super) struct Words<'t> {
    text: &'t Text<'t>,
    found: OnceCell<Found>,
    /// The numbers of which the text has a derived word.
    derived: OnceCell<FxHashSet<u64>>,
}

#[derive(Default)]
struct Found {
    /// The numbers, as bits.
    numbers: FxHashSet<u64>,
    /// How often there is a word for one.
    ones: usize,
    /// The units of time.
    units: Vec<Unit>,
    /// How many names in code there are.
    names: usize,
}

impl<'t> Words<'t> {
    /// The words of a text, none found yet.
    pub(super) fn new(text: &'t Text<'t>) -> Self {
        Self { text, found: OnceCell::new(), derived: OnceCell::new() }
    }

    /// How often the text has a word for one, such as an article.
    pub(super) fn ones(&self) -> usize {
        self.found().ones
    }

    /// Whether the text speaks of a unit of time, but not of this one: a monthly plan is not one of a year.
    pub(super) fn speaks_only_of_another(&self, unit: Unit) -> bool {
        let units = &self.found().units;
        !units.is_empty() && !units.contains(&unit)
    }

    /// Whether the text has the number in words anywhere, however often the word is something else, in any inflection.
    pub(super) fn have(&self, value: f64) -> bool {
        let bits = value.to_bits();
        self.found().numbers.contains(&bits) || self.derived.get_or_init(|| derived(self.text)).contains(&bits)
    }

    /// Whether the text lists that many names in code, which the other one counts.
    pub(super) fn list(&self, value: f64) -> bool {
        value > 1.0 && self.found().names as f64 == value
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let names = self.text.text.chars().filter(|&c| c == PLACEHOLDER).count();
            let mut found = Found { names, ..Found::default() };
            each_surface(self.text, |whole, sense| match *sense {
                Sense::Cardinal(number, _) | Sense::Ordinal(number, _) | Sense::Duration(number, _) => {
                    found.numbers.insert(number.to_bits());
                    let is_one = number == 1.0 && matches!(sense, Sense::Cardinal(..));
                    found.ones += usize::from(whole && is_one);
                }
                Sense::Unit(unit) if whole && unit.is_duration() && !found.units.contains(&unit) => {
                    found.units.push(unit);
                }
                _ => {}
            });
            found
        })
    }
}

/// Calls `found` with every meaning of the words in a text, and of what they start with, after whether it is a whole word.
fn each_surface(text: &Text<'_>, mut found: impl FnMut(bool, &Sense)) {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 3;
    let lexicon = &text.reader.language.lexicon;
    let mut chars = Normalised::new(text.text).chars;
    // An ending may change the accent of a stem: tři, třemi, tříbodové.
    let plain: Vec<char> = chars.iter().map(|&c| without_accent(c)).collect();
    let length = chars.len();
    if plain != chars {
        chars.push(' ');
        chars.extend(plain);
    }
    let joins = |c: char| is_unspaced(c) || is_hangul(c);
    for at in 0..chars.len() {
        let begins = at == 0 || lexicon.compounds || joins(chars[at]) || !is_alphanumeric(chars[at - 1]);
        if !begins || !lexicon.trie.leads(chars[at]) {
            continue;
        }
        lexicon.trie.each(&chars, at, |end, senses| {
            let whole = joins(chars[at]) || chars.get(end).is_none_or(|&c| !is_alphanumeric(c));
            if whole || end - at >= LEAST_STEM {
                // The words without accents are not counted again.
                senses.iter().for_each(|sense| found(whole && at < length, sense));
            }
        });
    }
}

/// The numbers of which a text has a derived word: `шестнадцатеричный`, `cinquantaine`.
fn derived(text: &Text<'_>) -> FxHashSet<u64> {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 5;
    let mut stems: FxHashMap<Vec<char>, Vec<u64>> = FxHashMap::default();
    let mut longest = LEAST_STEM;
    text.reader.language.lexicon.trie.surfaces(&mut |chars, senses| {
        if chars.len() <= LEAST_STEM {
            return;
        }
        let numbers = senses.iter().filter_map(|sense| match sense {
            Sense::Cardinal(number, _) => Some(number.to_bits()),
            _ => None,
        });
        let mut numbers = numbers.peekable();
        if numbers.peek().is_some() {
            longest = longest.max(chars.len() - 1);
            stems.entry(chars[..chars.len() - 1].to_vec()).or_default().extend(numbers);
        }
    });
    let chars = Normalised::new(text.text).chars;
    let mut found = FxHashSet::default();
    for word in chars.split(|&c| !is_alphanumeric(c)) {
        for length in LEAST_STEM..=longest.min(word.len()) {
            found.extend(stems.get(&word[..length]).into_iter().flatten());
        }
    }
    found
}
