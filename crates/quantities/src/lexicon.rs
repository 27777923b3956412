//! The words of one language: a trie over folded characters, with what each surface may mean.

use crate::normalise::{is_hangul, is_letter, is_space, is_unspaced};
use crate::openings::{Openings, Set};
use crate::sense::{Sense, Word, ZONES};
use crate::trie::Trie;

use isogloss_text::words::word_hashes;

/// The most letters of a word that is searched for several number words; a bit for each, and one for the end.
pub(crate) const MAX_COMPOUND: usize = 63;

/// The compiled words of a language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// All surfaces.
    pub trie: Trie,
    /// The surfaces that may be part of a compound number, if the language has such.
    joining: Trie,
    /// Whether a stem may be followed by any ending.
    pub endings: bool,
    /// Whether number words are joined to each other and to other words.
    pub compounds: bool,
    /// Whether the names of months and hours may take endings.
    pub suffixes: bool,
    /// How surfaces start that may start a quantity.
    pub openings: Openings,
    /// How surfaces start that may make a difference in a text without digits.
    pub significant: Openings,
    /// The hashes of the first words of `significant`; `None` if other words may start with them.
    significant_words: Option<Set>,
    /// `significant`, and how surfaces start that give a meaning to the digits after them.
    pub naming: Openings,
    /// How surfaces start that give a meaning to the digits before them.
    pub after: Openings,
}

impl Lexicon {
    /// Collects how the surfaces start, once all have been added.
    pub(crate) fn find_openings(&mut self) {
        let (endings, compounds, suffixes) = (self.endings, self.compounds, self.suffixes);
        let (openings, significant, naming) = (&mut self.openings, &mut self.significant, &mut self.naming);
        let (after, joining) = (&mut self.after, &mut self.joining);
        // A line for each surface.
        let mut lines = String::new();
        for zone in ZONES {
            after.insert(&zone.chars().collect::<Vec<_>>(), Sense::Word(Word::Clock));
        }
        self.trie.surfaces(&mut |chars, senses| {
            for &sense in senses {
                let number = sense.is_number();
                if compounds && sense.joins() {
                    joining.insert(chars, sense);
                }
                // The grammar checks for words that are never a number at each word with an "h", because of URLs.
                let never = sense == Sense::Word(Word::Never) && chars.first() == Some(&'h');
                if never || sense.begins() != 0 {
                    openings.insert(chars, sense);
                    if endings || (compounds && number) || (suffixes && matches!(sense, Sense::Month(..))) {
                        openings.insert_stem(chars);
                    }
                }
                let is_significant = match chars.first() {
                    // Its neighbours are checked as well.
                    Some(&c) if is_unspaced(c) || is_hangul(c) => {
                        number || sense.is_significant() || sense.leads_digits()
                    }
                    Some(&c) if !is_letter(c) => sense.is_significant() || sense.leads_digits(),
                    _ => sense.is_significant(),
                };
                if is_significant {
                    significant.insert(chars, sense);
                    if chars.first().is_some_and(|&c| is_letter(c)) {
                        lines.extend(chars);
                        lines.push('\n');
                    }
                }
                if is_significant || (sense.leads_digits() && chars.iter().all(|&c| !matches!(c, ' ' | '\'' | '.'))) {
                    naming.insert(chars, sense);
                }
                if (endings && is_significant) || (compounds && number) {
                    significant.insert_stem(chars);
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
        self.significant_words = (!endings && !compounds).then(|| first_words(&lines));
    }

    /// Whether words with these hashes make no difference in a text without digits.
    pub(crate) fn is_silent(&self, words: &[u32]) -> bool {
        self.significant_words
            .as_ref()
            .is_some_and(|significant| !words.iter().any(|&hash| significant.has(u64::from(hash))))
    }

    /// Whether `chars`, in a script without spaces, start with a number and its unit, with a word and the number that
    /// it applies to, or with a word that is a quantity by itself.
    pub(crate) fn is_significant(&self, chars: &[char]) -> bool {
        let known = |start: usize, is: fn(&Sense) -> bool| {
            let mut found = false;
            self.trie.each(chars, start, |_, senses| found |= senses.iter().any(is));
            found
        };
        let mut is_significant = false;
        self.trie.each(chars, 0, |end, senses| {
            let next = end + chars[end..].iter().take_while(|&&c| is_space(c) || c == '-').count();
            let sign = chars.get(next).is_some_and(|c| matches!(c, '%' | '‰') || c.is_ascii_digit());
            is_significant |= senses.iter().any(|sense| match sense {
                Sense::Cardinal(..) | Sense::Magnitude(_) => {
                    sign || known(next, |sense| sense.follows_digits() || sense.is_number())
                }
                _ => {
                    sense.is_significant() || (sense.leads_digits() && (sign || known(next, |sense| sense.is_number())))
                }
            });
        });
        is_significant
    }

    /// Whether a word of at most [`MAX_COMPOUND`] letters consists of several number words and what joins them.
    pub(crate) fn is_compound(&self, word: &[char]) -> bool {
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
