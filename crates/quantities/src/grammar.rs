//! Walks a text once and reads the quantity at each position where one may start.

use crate::boundary::{ends_word, starts_word};
use crate::clock::Reading;
use crate::found::{Found, FoundNumber};
use crate::locale_data::Habit;
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind, Strength};
use crate::normalise::{is_letter, is_space, is_unspaced};
use crate::scan::Scan;
use crate::sense::{Sense, begins};

impl Scan<'_> {
    /// All quantities, in order; `next` returns the first position at or after an index where one may start.
    pub(crate) fn all(&self, mut next: impl FnMut(usize) -> Option<usize>) -> Vec<Quantity> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(place) = next(at)
            && let Some(&c) = self.chars.get(place)
        {
            at = place;
            let (here, end) = if c.is_ascii_digit() {
                match self.never(at) {
                    Some(end) => (Vec::new(), end),
                    None => self.at_digit_or_weekday(at),
                }
            } else if is_letter(c) {
                self.at_word(at)
            } else {
                (self.at_sign(at), at + 1)
            };
            at = here.iter().fold(end, |end, one| end.max(one.end));
            found.extend(here.into_iter().map(|one| self.finish(one)));
        }
        found
    }

    /// What starts with a digit, and where to continue. Some weekdays have numbers: `6ª feira`.
    fn at_digit_or_weekday(&self, at: usize) -> (Vec<Found>, usize) {
        let found = self.at_digit(at);
        let weekday = self.end(at, |sense| matches!(sense, Sense::Weekday(_)));
        match weekday.filter(|&end| found.last().is_none_or(|last| last.end < end)) {
            Some(end) => (Vec::new(), end),
            None => (found, self.after_digit(at)),
        }
    }

    /// Where to continue after a digit at which nothing starts: behind all that are with it.
    fn after_digit(&self, at: usize) -> usize {
        at + self.chars[at..].iter().take_while(|c| c.is_ascii_digit()).count()
    }

    /// What starts with a letter, and where to continue if nothing does.
    fn at_word(&self, at: usize) -> (Vec<Found>, usize) {
        let nothing = Vec::new();
        if !starts_word(self.chars, at) {
            return (nothing, at + 1);
        }
        let (end, digits) = self.run(at);
        let kinds = self.begins(at, self.does(Habit::Compounds));
        let joined = matches!(self.chars.get(end), Some('-' | '.' | '_' | '@')) && self.joins_digits(end);
        if kinds == 0 && !digits && !joined && self.chars[at] != 'h' {
            return (nothing, end);
        }
        if let Some(end) = self.skipped(at) {
            return (nothing, end);
        }
        if kinds == begins::ARTICLE && !digits && !joined && self.counts_nothing(end) {
            return (self.lone_article(at), end);
        }
        if kinds == 0 {
            return (self.identifier(at).into_iter().collect(), end);
        }
        let found = self.of_kinds(at, kinds);
        // The numeral in the name of a weekday is no number: 周五 is Friday.
        let weekday = self.end(at, |sense| matches!(sense, Sense::Weekday(_))).filter(|_| found.is_empty());
        (found, weekday.map_or(end, |weekday| weekday.max(end)))
    }

    /// Whether there are digits in what is joined to the word that ends at `end`.
    fn joins_digits(&self, end: usize) -> bool {
        let joined = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '@');
        self.chars[end..].iter().take(64).take_while(joined).any(char::is_ascii_digit)
    }

    /// Whether the word after an article is unknown to the grammar.
    fn counts_nothing(&self, end: usize) -> bool {
        let next = self.skip_spaces(end);
        let mut known = next == end;
        self.each(next, |end, _| known |= self.lexicon().endings || ends_word(self.chars, end));
        !known && !self.does(Habit::Compounds) && !self.chars.get(next).is_some_and(char::is_ascii_digit)
    }

    fn lone_article(&self, at: usize) -> Vec<Found> {
        let article = self.article(at).map(|end| Found {
            kind: QuantityKind::Number,
            meaning: Meaning::Number(Amount::exact(1.0)),
            strength: Strength::Weak,
            start: at,
            end,
        });
        article.into_iter().collect()
    }

    /// What starts with a sign: a currency, a minus, the point of a fraction, a colon without its hour.
    fn at_sign(&self, at: usize) -> Vec<Found> {
        let c = self.chars[at];
        if matches!(c, '.' | ',' | ':' | '-') && !self.chars.get(at + 1).is_some_and(char::is_ascii_digit)
            || (c == '-' && self.minus(at).is_none())
        {
            return Vec::new();
        }
        if c.is_ascii() {
            return self.of_kinds(at, begins::AMOUNT | begins::TIME);
        }
        let kinds = self.begins(at, false);
        if kinds != 0 || c.is_numeric() { self.of_kinds(at, kinds | begins::AMOUNT) } else { Vec::new() }
    }

    fn finish(&self, found: Found) -> Quantity {
        let written = &self.chars[found.start..found.end];
        let mut literal = String::with_capacity(written.len());
        literal.extend(written.iter().filter(|c| !is_space(**c)));
        Quantity {
            kind: found.kind,
            span: self.text.span(found.start, found.end),
            meaning: found.meaning,
            strength: found.strength,
            literal,
        }
    }

    /// The end of a URL, or of words that are never a number.
    fn skipped(&self, at: usize) -> Option<usize> {
        let rest = &self.chars[at..];
        let starts = |prefix: &str| prefix.chars().enumerate().all(|(n, c)| rest.get(n) == Some(&c));
        match rest[0] {
            'h' if starts("http://") || starts("https://") => {
                Some(at + rest.iter().position(|&c| is_space(c) || is_unspaced(c)).unwrap_or(rest.len()))
            }
            _ => self.never(at),
        }
    }

    /// What starts with a digit.
    fn at_digit(&self, at: usize) -> Vec<Found> {
        self.lone_number(at).map_or_else(|| self.read_digit(at), |number| vec![number])
    }

    /// What starts with a digit, according to the whole grammar.
    pub(crate) fn read_digit(&self, at: usize) -> Vec<Found> {
        self.of_kinds(at, begins::AMOUNT | begins::TIME | begins::DATE | begins::AVAILABILITY)
    }

    /// The longest quantity of these kinds that starts at `at`, or the two ends of a range.
    fn of_kinds(&self, at: usize, kinds: u8) -> Vec<Found> {
        let wanted = |kind: u8| kinds & kind != 0;
        if wanted(begins::AVAILABILITY)
            && let Some(one) = self.availability(at)
        {
            return vec![one];
        }
        let name = self.identifier(at);
        let mut best: Vec<Found> = Vec::new();
        let mut consider = |found: Vec<Found>| {
            let end = |all: &[Found]| all.last().map_or(0, |last| last.end);
            if end(&best) < end(&found) {
                best = found;
            }
        };
        if wanted(begins::DATE) {
            consider(self.dates(at));
        }
        if wanted(begins::TIME) {
            consider(self.time_range(at).or_else(|| self.time(at)).into_iter().collect());
        }
        if wanted(begins::AMOUNT | begins::ARTICLE) {
            consider(self.amounts(at).unwrap_or_default());
        }
        match name {
            // A name is longer than the number that it starts with.
            Some(name) if best.last().is_none_or(|last| last.end < name.end) => vec![name],
            _ => best,
        }
    }

    /// The end of the words at `at` that are never a number, unless they are part of one with its unit: 十分 means
    /// "very", but 十分钟 means "ten minutes".
    pub(crate) fn never(&self, at: usize) -> Option<usize> {
        let end = self.other_word(at)?;
        let mut counts = false;
        self.each(at, |number, senses| {
            let unit = || self.unit(number).is_some_and(|(_, unit)| unit > end);
            counts |=
                number < end && is_unspaced(self.chars[number]) && senses.iter().any(|it| it.is_number()) && unit();
        });
        (!counts).then_some(end)
    }

    /// The number at `at`, with its sign.
    pub(crate) fn number(&self, at: usize) -> Option<FoundNumber> {
        match self.last_number.get() {
            Some((start, number)) if start == at => number,
            _ => {
                let number = self.signed(at);
                self.last_number.set(Some((at, number)));
                number
            }
        }
    }

    /// The time of day at `at`, which may turn out to be something else.
    pub(crate) fn reading(&self, at: usize) -> Option<Reading> {
        match self.last_reading.get() {
            Some((start, reading)) if start == at => reading,
            _ => {
                let reading = self.read_time(at);
                self.last_reading.set(Some((at, reading)));
                reading
            }
        }
    }
}
