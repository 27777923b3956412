//! The numbers, units and names that a text may have in words.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::text::Text;
use crate::meaning::Clock;
use crate::normalise::{Normalised, is_alphanumeric, is_consonantal, is_hangul, is_unspaced, without_accent};
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
    /// Whether there is a word for a half or a quarter.
    has_fraction: bool,
    /// The units of time.
    units: Vec<Unit>,
    /// Those outside of quantities, with how often they are.
    unread: Vec<(Unit, usize)>,
    /// The units, and those that a word starts or ends with: `Jahresplan`, `Viertelstunde`.
    parts: Vec<Unit>,
    /// How many names in code there are, and in each list of them.
    names: Vec<usize>,
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
        !units.is_empty() && !self.found().parts.contains(&unit)
    }

    /// Whether the text has a word for a part, such as "half".
    pub(super) fn have_fraction(&self) -> bool {
        self.found().has_fraction
    }

    /// How often the name of a unit of time is outside of quantities: after a number word that is not known, for instance.
    pub(super) fn unread(&self, unit: Unit) -> usize {
        self.found().unread.iter().find(|(other, _)| *other == unit).map_or(0, |(_, count)| *count)
    }

    /// Whether the text may say an amount of a unit in words for a half or a quarter: "half an hour" for 30 minutes.
    pub(super) fn may_say_fraction(&self, amount: f64, unit: Unit) -> bool {
        self.found().parts.iter().any(|part| {
            let quarters = amount * unit.factor() / part.factor() * 4.0;
            part.dimension() == unit.dimension()
                && quarters.fract() == 0.0
                && quarters % 4.0 != 0.0
                && (quarters < 4.0 || quarters % 4.0 == 2.0)
                && quarters <= 14.0
        })
    }

    /// Whether the text has the hour of a time of day in words, and its minutes or the part of an hour that they are.
    pub(super) fn may_say_time(&self, clock: Clock) -> bool {
        let Some(hour) = clock.hour else { return false };
        let minute = f64::from(clock.minute);
        let is_part = clock.minute.is_multiple_of(15) && self.found().has_fraction;
        let has_minute = clock.minute == 0 || is_part || self.have(minute);
        // "A quarter to ten" has the next hour.
        let hours = [hour, hour % 12, hour % 12 + 12, if clock.minute > 0 { hour % 12 + 1 } else { hour }];
        has_minute && hours.iter().any(|&hour| hour > 1 && self.have(f64::from(hour)))
    }

    /// Whether the text has the number in words anywhere, however often the word is something else, in any inflection.
    pub(super) fn have(&self, value: f64) -> bool {
        let bits = value.to_bits();
        self.found().numbers.contains(&bits) || self.derived.get_or_init(|| derived(self.text)).contains(&bits)
    }

    /// Whether the text lists that many names in code, which the other one counts.
    pub(super) fn list(&self, value: f64) -> bool {
        value > 1.0 && self.found().names.iter().any(|&names| names as f64 == value)
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| {
            let mut found = Found { names: lists_of_names(self.text.text), ..Found::default() };
            let quantities = self.text.quantities;
            let is_read = |at: usize| {
                let next = quantities.partition_point(|quantity| quantity.span.end as usize <= at);
                quantities.get(next).is_some_and(|quantity| quantity.span.start as usize <= at)
            };
            each_surface(self.text, |whole, at, sense| match *sense {
                Sense::Cardinal(number, _) | Sense::Ordinal(number, _) | Sense::Duration(number, _) => {
                    found.numbers.insert(number.to_bits());
                    let is_one = number == 1.0 && matches!(sense, Sense::Cardinal(..));
                    found.ones += usize::from(whole && is_one);
                }
                Sense::Fraction(_) | Sense::AndFraction(_) | Sense::PlusFraction(_) | Sense::ClockOffset(_) => {
                    found.has_fraction = true;
                }
                Sense::Unit(unit) | Sense::Periodic(unit) if unit.is_duration() => {
                    let lists = [Some(&mut found.parts), whole.then_some(&mut found.units)];
                    for units in lists.into_iter().flatten().filter(|units| !units.contains(&unit)) {
                        units.push(unit);
                    }
                    if whole && !is_read(at) {
                        match found.unread.iter_mut().find(|(other, _)| *other == unit) {
                            Some((_, count)) => *count += 1,
                            None => found.unread.push((unit, 1)),
                        }
                    }
                }
                _ => {}
            });
            found
        })
    }
}

/// The number of names in code, and of those in each list: names with only a comma or a short word between them.
fn lists_of_names(text: &str) -> Vec<usize> {
    /// The longest text between two names, in characters: ", or ".
    const MOST_BETWEEN: usize = 6;
    let mut pieces: Vec<&str> = text.split(PLACEHOLDER).collect();
    let mut counts = vec![pieces.len() - 1];
    // Before the first name and after the last one.
    pieces.pop();
    let mut run = 0;
    for piece in pieces.into_iter().skip(1) {
        let joins = piece.chars().nth(MOST_BETWEEN).is_none();
        run = if joins { run.max(1) + 1 } else { 0 };
        if run > 1 {
            counts.push(run);
        }
    }
    counts
}

/// Calls `found` with every meaning of the words in a text, and of what they start with, after whether it is a whole word and
/// the byte where it starts.
fn each_surface(text: &Text<'_>, mut found: impl FnMut(bool, usize, &Sense)) {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 3;
    let lexicon = &text.reader.language.lexicon;
    let normalised = Normalised::new(text.text);
    let mut chars = normalised.chars.clone();
    // An ending may change the accent of a stem: tři, třemi, tříbodové.
    let plain: Vec<char> = chars.iter().map(|&c| without_accent(c)).collect();
    let length = chars.len();
    if plain != chars {
        chars.push(' ');
        chars.extend(plain);
    }
    let joins = |c: char| is_unspaced(c) || is_hangul(c);
    for at in 0..chars.len() {
        let byte = normalised.byte(if at < length { at } else { at.saturating_sub(length + 1) }).unwrap_or(0);
        let starts = |at: usize| at == 0 || !is_alphanumeric(chars[at - 1]);
        // Prepositions and articles are joined to the word in Hebrew and Arabic.
        let joined = || is_consonantal(chars[at]) && (at.saturating_sub(2)..at).any(starts);
        let begins = lexicon.compounds || joins(chars[at]) || starts(at) || joined();
        let inside = !begins && is_alphanumeric(chars[at]);
        if inside && lexicon.trie.leads(chars[at]) {
            lexicon.trie.each(&chars, at, |end, senses| {
                // Compounds end with a unit: "Viertelstunde", "negyedóra".
                let ends = end - at >= LEAST_STEM && chars.get(end).is_none_or(|&c| !is_alphanumeric(c));
                senses
                    .iter()
                    .filter(|sense| ends && matches!(sense, Sense::Unit(_)))
                    .for_each(|sense| found(false, byte, sense));
            });
        }
        if !begins || !lexicon.trie.leads(chars[at]) {
            continue;
        }
        lexicon.trie.each(&chars, at, |end, senses| {
            let whole = joins(chars[at]) || chars.get(end).is_none_or(|&c| !is_alphanumeric(c));
            if whole || end - at >= LEAST_STEM {
                // The words without accents are not counted again.
                senses.iter().for_each(|sense| found(whole && at < length, byte, sense));
            }
        });
    }
}

/// The numbers of which a text has a derived word: `шестнадцатеричный`, `cinquantaine`.
fn derived(text: &Text<'_>) -> FxHashSet<u64> {
    /// Shorter stems are in unrelated words by chance.
    const LEAST_STEM: usize = 5;
    /// Arabic and Hebrew write few vowels.
    const LEAST_OF_CONSONANTS: usize = 3;
    let least = |chars: &[char]| {
        if chars.first().is_some_and(|&c| is_consonantal(c)) { LEAST_OF_CONSONANTS } else { LEAST_STEM }
    };
    let mut stems: FxHashMap<Vec<char>, Vec<u64>> = FxHashMap::default();
    let mut longest = LEAST_STEM;
    text.reader.language.lexicon.trie.surfaces(&mut |chars, senses| {
        if chars.len() <= least(chars) {
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
        for start in 0..if word.first().is_some_and(|&c| is_consonantal(c)) { 3.min(word.len()) } else { 1 } {
            let word = &word[start..];
            for length in least(word)..=longest.min(word.len()) {
                found.extend(stems.get(&word[..length]).into_iter().flatten());
            }
        }
        if is_dual(word, &text.reader.language.dual_endings) {
            found.insert(2.0_f64.to_bits());
        }
    }
    found
}

/// Whether a word may be a dual: Arabic and Hebrew have an ending for two of something.
fn is_dual(word: &[char], endings: &[Vec<char>]) -> bool {
    const LEAST: usize = 5;
    word.len() >= LEAST && endings.iter().any(|ending| word.ends_with(ending))
}
