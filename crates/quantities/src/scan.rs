//! A text that is being read: its characters, words and language, which all parts of the grammar use.

use std::cell::Cell;

use crate::clock::Reading;
use crate::found::FoundNumber;
use crate::language::{Language, Order};
use crate::lexicon::Lexicon;
use crate::literal::Separators;
use crate::locale_data::Habit;
use crate::lookup::Lookups;
use crate::normalise::{Normalised, is_alphanumeric, is_consonantal, is_hangul, is_space, is_unspaced};
use crate::sense::{Sense, Word};

/// A text that is being read.
pub(crate) struct Scan<'a> {
    pub text: &'a Normalised<'a>,
    pub chars: &'a [char],
    language: &'a Language,
    lookups: Lookups,
    /// The number that was read last, by its start, because the grammar reads it many times.
    pub last_number: Cell<Option<(usize, Option<FoundNumber>)>>,
    /// The time of day that was read last, by its start.
    pub last_reading: Cell<Option<(usize, Option<Reading>)>>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a Normalised<'a>, language: &'a Language) -> Self {
        Self {
            text,
            chars: &text.chars,
            language,
            lookups: Lookups::default(),
            last_number: Cell::new(None),
            last_reading: Cell::new(None),
        }
    }

    #[inline]
    pub(crate) fn lexicon(&self) -> &'a Lexicon {
        &self.language.lexicon
    }

    #[inline]
    pub(crate) fn separators(&self) -> &'a Separators {
        &self.language.separators
    }

    /// Whether the language has a habit.
    #[inline]
    pub(crate) fn does(&self, habit: Habit) -> bool {
        self.language.habits.contains(&habit)
    }

    pub(crate) fn date_order(&self) -> Order {
        self.language.order
    }

    pub(crate) fn dotted_times(&self) -> bool {
        self.language.dotted_times
    }

    /// The end of a word of the grammar at `at`.
    #[inline]
    pub(crate) fn word(&self, at: usize, wanted: Word) -> Option<usize> {
        self.end(at, |sense| sense == Sense::Word(wanted)).filter(|&end| self.is_whole(at, end))
    }

    /// Whether the text from `at` to `end` is not the start of an unrelated word, such as the minutes in 分支, "branch".
    pub(crate) fn is_whole(&self, at: usize, end: usize) -> bool {
        !is_unspaced(self.chars[end - 1]) && !is_hangul(self.chars[end - 1])
            || self.other_word(at).is_none_or(|other| other <= end || self.goes_on_with_to(end, other))
    }

    /// Whether a word such as "to" starts at `end` and is longer than the other word that ends at `other`: 일부터 is "from
    /// the day", although 일부 is "part".
    fn goes_on_with_to(&self, end: usize, other: usize) -> bool {
        self.longest(end, |sense| (sense == Sense::Word(Word::To)).then_some(())).is_some_and(|((), to)| to > other)
    }

    /// The end of a word at `at` that is unrelated to quantities, although it may start like one.
    pub(crate) fn other_word(&self, at: usize) -> Option<usize> {
        self.end(at, |sense| sense == Sense::Word(Word::Never))
    }

    /// Past any spaces.
    #[inline]
    pub(crate) fn skip_spaces(&self, at: usize) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&&c| is_space(c)).count()
    }

    /// Past the letters and digits of a word.
    pub(crate) fn word_end(&self, start: usize) -> usize {
        self.run(start).0
    }

    /// Past the letters and digits of a word, and whether it contains digits.
    pub(crate) fn run(&self, start: usize) -> (usize, bool) {
        let Some(&first) = self.chars.get(start) else { return (start + 1, false) };
        if is_unspaced(first) {
            return (start + 1, false);
        }
        let hangul = is_hangul(first);
        let mut digits = false;
        let mut end = start;
        for &c in &self.chars[start..] {
            if c.is_ascii_digit() {
                if is_consonantal(first) {
                    break;
                }
                digits = true;
            } else if !c.is_ascii_alphabetic()
                && (c.is_ascii() || !is_alphanumeric(c) || is_unspaced(c) || (hangul && !is_hangul(c)))
            {
                break;
            }
            end += 1;
        }
        (end.max(start + 1), digits)
    }

    /// Whether any surface starts at `at`.
    pub(crate) fn knows(&self, at: usize) -> bool {
        self.lookups.is_known(&self.lexicon().trie, self.chars, at)
    }

    /// Calls `found` with every surface that starts at `at`, shortest first: its end, whether a word may end there, and
    /// what it may mean.
    pub(crate) fn surfaces(&self, at: usize, found: impl FnMut(usize, bool, &[Sense])) {
        self.lookups.each(&self.lexicon().trie, self.chars, at, found);
    }

    /// Calls `found` with every surface that starts at `at`, shortest first: its end and what it may mean.
    pub(crate) fn each(&self, at: usize, mut found: impl FnMut(usize, &[Sense])) {
        self.surfaces(at, |end, _, senses| found(end, senses));
    }

    /// The kinds of quantity that may start with the word at `at`, as a set of [`begins`].
    pub(crate) fn begins(&self, at: usize, compounds: bool) -> u8 {
        let mut kinds = 0;
        let suffixes = self.lexicon().suffixes;
        if !self.lexicon().trie.may_open(&self.chars[at.min(self.chars.len())..]) {
            return kinds;
        }
        self.surfaces(at, |end, whole, senses| {
            let whole = whole || self.lexicon().endings || self.chars.get(end).is_some_and(char::is_ascii_digit);
            for sense in senses {
                let inflected = suffixes && matches!(sense, Sense::Month(..));
                if whole || inflected || (compounds && matches!(sense, Sense::Cardinal(..) | Sense::Magnitude(_))) {
                    kinds |= sense.begins();
                }
            }
        });
        kinds
    }

    /// The end of the longest surface at `at` that ends a word and has a meaning for which `is` holds.
    pub(crate) fn end(&self, at: usize, is: impl Fn(Sense) -> bool) -> Option<usize> {
        self.longest(at, |sense| is(sense).then_some(())).map(|((), end)| end)
    }

    /// The longest surface at `at` that ends a word and has a meaning that `pick` picks: the meaning and the end.
    pub(crate) fn longest<T>(&self, at: usize, pick: impl Fn(Sense) -> Option<T>) -> Option<(T, usize)> {
        let mut best = None;
        let endings = self.lexicon().endings;
        self.surfaces(at, |end, whole, senses| {
            // Shorter units are abbreviations, which other words may start with.
            let stem = |sense: Sense| endings && (end - at >= 5 || matches!(sense, Sense::Unit(_)) && end - at >= 4);
            if let Some(meaning) = senses.iter().filter(|&&sense| whole || stem(sense)).find_map(|&sense| pick(sense)) {
                best = Some((meaning, end));
            }
        });
        best
    }
}
