//! The words of one language, compiled from its data: a trie over folded characters with what each surface may mean.

use super::normalise::{is_alphanumeric, is_hangul, is_letter, is_space, is_unspaced};
use super::openings::{Openings, Set};
use super::time::ZONES;
use super::trie::Trie;
use super::units::Unit;
use isogloss_text::words::word_hashes;

/// The letters of the longest word that is looked at for the numbers in it; a bit for each, and one for the end.
pub(super) const MAX_COMPOUND: usize = 63;

/// How much a number word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Often not a number at all: an article, "once".
    Weak,
    /// A number only with a unit beside it or in a row of others.
    Bound,
    /// A number.
    Plain,
}

/// Part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Period {
    Am,
    Pm,
    Noon,
    Night,
    /// The moment of twelve, with no number before it.
    Midnight,
}

/// A word of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Minus,
    And,
    Point,
    From,
    To,
    RangeClose,
    Whole,
    Filler,
    Clock,
    ClockBefore,
    HourMark,
    MinuteMark,
    YearMark,
    MonthMark,
    DayMark,
    DateLink,
    Counter,
    Denominator,
    OrdinalSuffix,
    OrdinalPrefix,
    DecadeSuffix,
    Percent,
    AroundTheClock,
    AllDay,
    AllYear,
    Never,
}

/// What a surface may mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sense {
    Cardinal(f64, Weight),
    Ordinal(f64, Weight),
    Magnitude(f64),
    Fraction(f64),
    /// After a unit: and this part of it.
    AndFraction(f64),
    Unit(Unit),
    /// A whole duration.
    Duration(f64, Unit),
    /// 1 to 12; whether it is often another word.
    Month(u8, bool),
    Weekday(u8),
    Period(Period),
    /// A percentage counted in parts: this many per cent each; negative is what is left of 100.
    Part(f64),
    /// Before the number: this many per cent each.
    PartPrefix(f64),
    Currency([u8; 3]),
    MinorCurrency(f64),
    /// Days a week of availability.
    Days(u8),
    Word(Word),
}

/// The kinds of quantity that a word may begin, as bits.
pub(super) mod begins {
    /// Numbers, and what counts like them.
    pub const AMOUNT: u8 = 1;
    /// A word for one that is mostly an article.
    pub const ARTICLE: u8 = 2;
    /// Times of day.
    pub const TIME: u8 = 4;
    /// Dates.
    pub const DATE: u8 = 8;
    /// Availability.
    pub const AVAILABILITY: u8 = 16;
}

impl Sense {
    /// Which kinds of quantity the word may begin.
    pub fn begins(self) -> u8 {
        match self {
            Self::Cardinal(value, Weight::Weak) if value <= 1.0 => begins::ARTICLE,
            Self::Cardinal(..) | Self::Magnitude(_) => begins::AMOUNT | begins::TIME | begins::DATE,
            Self::Ordinal(..)
            | Self::Fraction(_)
            | Self::Currency(_)
            | Self::PartPrefix(_)
            | Self::Duration(..)
            | Self::Word(Word::Minus | Word::Whole | Word::OrdinalPrefix) => begins::AMOUNT,
            Self::Month(..) | Self::Weekday(_) => begins::DATE,
            Self::Period(_) | Self::Word(Word::From | Word::ClockBefore) => begins::TIME,
            Self::Days(_) | Self::Word(Word::AroundTheClock | Word::AllDay | Word::AllYear) => begins::AVAILABILITY,
            _ => 0,
        }
    }

    /// Whether a quantity other than a plain number may need the word to be more than a figure of speech, where no digits
    /// are. Words for one are mostly articles, and all other words of the grammar say something only beside a number.
    pub fn tells(self) -> bool {
        match self {
            // Rows of words that say little say more, if the first is ten at least.
            Self::Cardinal(value, Weight::Weak) => value >= 10.0,
            Self::Cardinal(..) | Self::Magnitude(_) | Self::Duration(..) => true,
            Self::Word(word) => matches!(word, Word::Minus | Word::AroundTheClock | Word::AllDay),
            _ => false,
        }
    }

    /// Whether the word may say something of digits right after it.
    pub fn leads_digits(self) -> bool {
        let word = matches!(self, Self::Word(Word::ClockBefore | Word::OrdinalPrefix));
        word || matches!(self, Self::Month(..) | Self::Period(_) | Self::Currency(_) | Self::PartPrefix(_))
    }

    /// Whether the word may say something of digits right before it.
    pub fn follows_digits(self) -> bool {
        match self {
            Self::Word(word) => matches!(
                word,
                Word::Filler
                    | Word::Clock
                    | Word::HourMark
                    | Word::MinuteMark
                    | Word::YearMark
                    | Word::MonthMark
                    | Word::DayMark
                    | Word::DateLink
                    | Word::Denominator
                    | Word::OrdinalSuffix
                    | Word::DecadeSuffix
                    | Word::Percent
            ),
            Self::Cardinal(..) | Self::Ordinal(..) | Self::Weekday(_) | Self::Days(_) => false,
            _ => true,
        }
    }

    /// Whether the word is a number or a power of ten.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Cardinal(..) | Self::Magnitude(_))
    }

    /// Whether the word may be part of a number that is one word.
    pub fn joins(self) -> bool {
        self.is_number() || self == Self::Word(Word::And)
    }
}

/// The compiled words of a language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
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

/// Whether a word may end before `at`.
#[inline]
pub(super) fn ends_word(chars: &[char], at: usize) -> bool {
    let (Some(&last), Some(&next)) = (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at)) else {
        return true;
    };
    if next.is_ascii() && !next.is_ascii_alphanumeric() {
        return true;
    }
    if is_unspaced(last) || is_unspaced(next) || is_hangul(next) || is_hangul(last) {
        return true;
    }
    !(is_alphanumeric(last) && is_alphanumeric(next))
}

/// Whether a word may start at `at`.
#[inline]
pub(super) fn starts_word(chars: &[char], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at)) {
        (Some(&before), Some(&first)) => starts_word_after(before, first),
        _ => true,
    }
}

/// Whether a word may start with `first` after the character `before`.
#[inline]
pub(super) fn starts_word_after(before: char, first: char) -> bool {
    if before.is_ascii() && !before.is_ascii_alphanumeric() {
        return before != '_';
    }
    if is_unspaced(before) || is_unspaced(first) || (is_hangul(before) && first.is_ascii_alphanumeric()) {
        return true;
    }
    !(is_alphanumeric(before) || before == '_')
}

/// The letter without its accent, for the letters of Latin scripts.
pub(super) fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => 'u',
        'ñ' | 'ń' => 'n',
        'ç' | 'č' | 'ć' => 'c',
        'š' | 'ś' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        _ => c,
    }
}
