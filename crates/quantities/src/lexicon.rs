//! The words of one language, compiled from its data: a trie over folded characters with what each surface may mean.

use crate::normalise::{is_hangul, is_letter, is_space, is_unspaced};
use crate::openings::{Openings, Set};
use crate::sense::{Sense, Word, ZONES};
use crate::trie::Trie;

use isogloss_text::words::word_hashes;

/// The letters of the longest word that is looked at for the numbers in it; a bit for each, and one for the end.
pub(crate) const MAX_COMPOUND: usize = 63;

/// The compiled words of a language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// All surfaces.
    pub trie: Trie,
    /// The surfaces that may be part of a number that is one word, where the language has such.
    joining: Trie,
    /// Whether a stem may be followed by any ending.
    pub endings: bool,
    /// Whether number words are written together with other words.
    pub compounds: bool,
    /// How the surfaces begin that may begin a quantity.
    pub openings: Openings,
    /// How the surfaces begin without which a text that has no digits differs from no other such text.
    pub telling: Openings,
    /// The first words of the same, by their hashes in documents; `None` where other words may begin with them.
    telling_words: Option<Set>,
    /// The same, and how the surfaces begin that say something of the digits after them.
    pub naming: Openings,
    /// How the surfaces begin that say something of the digits before them.
    pub after: Openings,
}

impl Lexicon {
    /// Gathers how the surfaces begin, when all are there.
    pub fn find_openings(&mut self) {
        let (endings, compounds) = (self.endings, self.compounds);
        let (openings, telling, naming) = (&mut self.openings, &mut self.telling, &mut self.naming);
        let (after, joining) = (&mut self.after, &mut self.joining);
        // A paragraph for each surface.
        let mut told = String::new();
        for zone in ZONES {
            after.insert(&zone.chars().collect::<Vec<_>>(), Sense::Word(Word::Clock));
        }
        self.trie.surfaces(&mut |chars, senses| {
            for &sense in senses {
                let number = sense.is_number();
                if compounds && sense.joins() {
                    joining.insert(chars, sense);
                }
                // The grammar looks for words that are never a number at every word with an "h", because of addresses.
                let never = sense == Sense::Word(Word::Never) && chars.first() == Some(&'h');
                if never || sense.begins() != 0 {
                    openings.insert(chars, sense);
                    if endings || (compounds && number) {
                        openings.insert_stem(chars);
                    }
                }
                let tells = match chars.first() {
                    // What stands beside it is looked at as well.
                    Some(&c) if is_unspaced(c) || is_hangul(c) => number || sense.tells() || sense.leads_digits(),
                    Some(&c) if !is_letter(c) => sense.tells() || sense.leads_digits(),
                    _ => sense.tells(),
                };
                if tells {
                    telling.insert(chars, sense);
                    if chars.first().is_some_and(|&c| is_letter(c)) {
                        told.extend(chars);
                        told.push('\n');
                    }
                }
                if tells || (sense.leads_digits() && chars.iter().all(|&c| !matches!(c, ' ' | '\'' | '.'))) {
                    naming.insert(chars, sense);
                }
                if (endings && tells) || (compounds && number) {
                    telling.insert_stem(chars);
                    naming.insert_stem(chars);
                }
                if sense.follows_digits() {
                    after.insert(chars, sense);
                    if endings || (compounds && number) {
                        after.insert_stem(chars);
                    }
                }
            }
        });
        self.joining.freeze();
        self.telling_words = (!endings && !compounds).then(|| first_words(&told));
    }

    /// Whether a text of which only words and no digits are read, those with these hashes, differs from no other such text.
    pub fn is_silent(&self, words: &[u32]) -> bool {
        self.telling_words.as_ref().is_some_and(|telling| !words.iter().any(|&hash| telling.has(u64::from(hash))))
    }

    /// Whether `chars` begin, in a script whose words run into each other, with a number and what it counts, with a word and
    /// the number of which it says something, or with a word that says all by itself.
    pub fn tells(&self, chars: &[char]) -> bool {
        let known = |start: usize, is: fn(&Sense) -> bool| {
            let mut found = false;
            self.trie.each(chars, start, |_, senses| found |= senses.iter().any(is));
            found
        };
        let mut tells = false;
        self.trie.each(chars, 0, |end, senses| {
            let next = end + chars[end..].iter().take_while(|&&c| is_space(c) || c == '-').count();
            let sign = chars.get(next).is_some_and(|c| matches!(c, '%' | '‰') || c.is_ascii_digit());
            tells |= senses.iter().any(|sense| match sense {
                Sense::Cardinal(..) | Sense::Magnitude(_) => {
                    sign || known(next, |sense| sense.follows_digits() || sense.is_number())
                }
                _ => sense.tells() || (sense.leads_digits() && (sign || known(next, |sense| sense.is_number()))),
            });
        });
        tells
    }

    /// Whether a word of at most [`MAX_COMPOUND`] letters is made of several number words and what joins them, and nothing
    /// else.
    pub fn is_compound(&self, word: &[char]) -> bool {
        let mut reached = 1_u64;
        for at in 0..word.len() {
            if reached >> at & 1 != 0 {
                self.joining.each(word, at, |end, _| {
                    let whole = end - at == word.len();
                    reached |= u64::from(!whole) << end;
                });
            }
        }
        reached >> word.len() & 1 != 0
    }
}

/// The hashes of the first words of all lines.
fn first_words(text: &str) -> Set {
    let mut words = Set::default();
    for line in text.lines() {
        word_hashes(line).first().into_iter().for_each(|&hash| words.insert(u64::from(hash)));
    }
    words
}
