//! Walks a text once and reads the quantity at each place where one may begin.

use super::lexicon::{Lexicon, Sense, Word, ends_word, starts_word};
use super::literal::Separators;
use super::meaning::{Kind, Meaning, Quantity, Strength};
use super::normalise::{Normalised, is_hangul, is_space, is_unspaced};
use super::{Order, Reader};

/// A quantity before its span is known in the source.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub kind: Kind,
    pub meaning: Meaning,
    pub strength: Strength,
    pub start: usize,
    pub end: usize,
}

/// One text being read.
pub(super) struct Scan<'a> {
    pub text: &'a Normalised<'a>,
    pub chars: &'a [char],
    reader: &'a Reader,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a Normalised<'a>, reader: &'a Reader) -> Self {
        Self { text, chars: &text.chars, reader }
    }

    pub fn lexicon(&self) -> &'a Lexicon {
        &self.reader.lexicon
    }

    pub fn separators(&self) -> &'a Separators {
        &self.reader.separators
    }

    pub fn compounds(&self) -> bool {
        self.reader.compounds
    }

    pub fn percent_first(&self) -> bool {
        self.reader.percent_first
    }

    pub fn date_order(&self) -> Order {
        self.reader.order
    }

    pub fn dotted_times(&self) -> bool {
        self.reader.dotted_times
    }

    pub fn hour_is_clock(&self) -> bool {
        self.reader.hour_is_clock
    }

    pub fn twelve_hours(&self) -> bool {
        self.reader.twelve_hours
    }

    /// Every quantity of the text, in order.
    pub fn all(&self) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.chars.len() {
            if let Some(end) = self.skipped(at) {
                at = end.max(at + 1);
                continue;
            }
            if self.may_begin(at)
                && let Some(next) = self.at(at)
            {
                at = next.last().map_or(at + 1, |last| last.end.max(at + 1));
                found.extend(next.into_iter().map(|one| self.finish(one)));
                continue;
            }
            at = self.advance(at);
        }
        found
    }

    fn finish(&self, found: Found) -> Quantity {
        let literal = self.chars[found.start..found.end].iter().filter(|c| !is_space(**c)).collect();
        Quantity {
            kind: found.kind,
            span: self.text.span(found.start, found.end),
            meaning: found.meaning,
            strength: found.strength,
            literal,
        }
    }

    /// Whether a quantity can begin at `at`.
    fn may_begin(&self, at: usize) -> bool {
        let c = self.chars[at];
        if c.is_ascii_digit() || !(c.is_alphanumeric() || is_space(c)) {
            return true;
        }
        c.is_alphanumeric() && starts_word(self.chars, at)
    }

    /// Past what stands at `at` when nothing begins there.
    fn advance(&self, at: usize) -> usize {
        let c = self.chars[at];
        if c.is_alphanumeric() && !is_unspaced(c) { self.word_end(at) } else { at + 1 }
    }

    /// The end of a URL, an address or a footnote mark, which are no text.
    fn skipped(&self, at: usize) -> Option<usize> {
        let rest = &self.chars[at..];
        let starts = |prefix: &str| prefix.chars().enumerate().all(|(n, c)| rest.get(n) == Some(&c));
        match rest[0] {
            'h' if starts("http://") || starts("https://") => {
                Some(at + rest.iter().position(|&c| is_space(c) || is_unspaced(c)).unwrap_or(rest.len()))
            }
            '[' if starts("[^") => rest.iter().take(40).position(|&c| c == ']').map(|n| at + n + 1),
            _ => self.word(at, Word::Never),
        }
    }

    /// What begins at `at`: one quantity, or the two ends of a range.
    fn at(&self, at: usize) -> Option<Vec<Found>> {
        let c = self.chars[at];
        let is_word = c.is_alphabetic();
        if is_word && !self.known(at) {
            return self.identifier(at).map(|one| vec![one]);
        }
        if let Some(one) = self.availability(at) {
            return Some(vec![one]);
        }
        let named = self.identifier(at);
        let mut best: Option<Vec<Found>> = None;
        let mut consider = |found: Option<Vec<Found>>| {
            if let Some(found) = found {
                let end = |all: &[Found]| all.last().map_or(0, |last| last.end);
                if best.as_ref().is_none_or(|best| end(best) < end(&found)) {
                    best = Some(found);
                }
            }
        };
        consider(self.date(at).map(|one| vec![one]));
        consider(self.time_range(at).map(|one| vec![one]));
        consider(self.time(at).map(|one| vec![one]));
        consider(self.amounts(at));
        match (best, named) {
            // A name is longer than the number that it begins with.
            (Some(best), Some(name)) if best.last().is_none_or(|last| last.end < name.end) => Some(vec![name]),
            (None, Some(name)) => Some(vec![name]),
            (best, _) => best,
        }
    }

    /// Whether some surface of the language starts here, or the word may be a compound of number words.
    fn known(&self, at: usize) -> bool {
        let mut known = false;
        self.lexicon().each(self.chars, at, |end, senses| {
            known |= ends_word(self.chars, end)
                || self.lexicon().endings
                || self.chars.get(end).is_some_and(char::is_ascii_digit)
                || (self.compounds() && senses.iter().any(|s| matches!(s, Sense::Cardinal(..) | Sense::Magnitude(_))));
        });
        known
    }

    /// The end of the word of the grammar at `at`.
    pub fn word(&self, at: usize, wanted: Word) -> Option<usize> {
        let found = self.lexicon().longest(self.chars, at, |sense| (sense == Sense::Word(wanted)).then_some(()));
        found.map(|(_, end)| end)
    }

    /// Past any spaces.
    pub fn skip_spaces(&self, at: usize) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&&c| is_space(c)).count()
    }

    /// Past the letters and digits of one word.
    pub fn word_end(&self, start: usize) -> usize {
        let hangul = self.chars.get(start).is_some_and(|&c| is_hangul(c));
        let rest = self.chars.get(start..).unwrap_or_default();
        let same = |&&c: &&char| c.is_alphanumeric() && !is_unspaced(c) && (is_hangul(c) == hangul || !hangul);
        start + rest.iter().take_while(same).count().max(1)
    }
}
