//! The words of one language, compiled from its data: a trie over folded characters with what each surface may mean.

use super::data::{Habit, LocaleData};
use super::normalise::{Normalised, is_alphanumeric, is_hangul, is_unspaced};
use super::openings::{Opening, Openings, Prefix};
use super::trie::Trie;
use super::units::Unit;

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
}

/// The compiled words of a language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    trie: Trie,
    /// Whether a stem may be followed by any ending.
    pub endings: bool,
    /// Whether number words are written together with other words.
    compounds: bool,
    /// How the surfaces begin that may begin a quantity.
    openings: Openings,
}

/// Currency codes that documents use for something else.
const OTHER_WORDS: &[&str] = &["PHP", "TRY"];

impl Lexicon {
    /// Compiles all layers of a locale's data.
    pub fn new(layers: &[LocaleData]) -> Self {
        let mut this = Self::default();
        for data in layers {
            this.endings |= data.habits.contains(&Habit::Endings);
            this.compounds |= data.habits.contains(&Habit::Compounds);
            this.add_numbers(data);
            this.add_times(data, layers);
            this.add_amounts(data);
            this.add_words(data);
        }
        this.reweigh(layers);
        this.drop_units(layers);
        this.trie.freeze();
        this
    }

    fn add_numbers(&mut self, data: &LocaleData) {
        let number = |key: &str| key.parse::<f64>().unwrap_or(0.0);
        for (key, words) in &data.cardinals {
            self.add_all(words, Sense::Cardinal(number(key), Weight::Plain));
        }
        self.add_all(&data.articles, Sense::Cardinal(1.0, Weight::Weak));
        for (key, words) in &data.weak {
            self.add_all(words, Sense::Cardinal(number(key), Weight::Weak));
        }
        for (key, words) in &data.ordinals {
            self.add_all(words, Sense::Ordinal(number(key), Weight::Plain));
        }
        for (key, words) in &data.magnitudes {
            self.add_all(words, Sense::Magnitude(number(key)));
        }
        for (key, words) in &data.fractions {
            self.add_all(words, Sense::Fraction(number(key)));
        }
        for (key, words) in &data.and_fractions {
            self.add_all(words, Sense::AndFraction(number(key)));
        }
        for (key, words) in &data.parts {
            self.add_all(words, Sense::Part(number(key)));
        }
        for (key, words) in &data.part_prefixes {
            self.add_all(words, Sense::PartPrefix(number(key)));
        }
    }

    fn add_times(&mut self, data: &LocaleData, layers: &[LocaleData]) {
        let ambiguous = |word: &String| layers.iter().any(|data| data.ambiguous_months.contains(word));
        for (at, words) in data.months.iter().enumerate() {
            for word in words {
                self.add(word, Sense::Month(at as u8 + 1, ambiguous(word)));
            }
        }
        for (at, words) in data.weekdays.iter().enumerate() {
            self.add_all(words, Sense::Weekday(at as u8 + 1));
        }
        for (key, words) in &data.day_periods {
            let period = match key.as_str() {
                "am" | "morning" => Period::Am,
                "pm" | "afternoon" | "evening" => Period::Pm,
                "night" => Period::Night,
                "noon" => Period::Noon,
                "midnight" => Period::Midnight,
                _ => continue,
            };
            self.add_all(words, Sense::Period(period));
        }
        for (key, words) in &data.days {
            self.add_all(words, Sense::Days(key.parse().unwrap_or(7)));
        }
    }

    fn add_amounts(&mut self, data: &LocaleData) {
        for (key, words) in &data.units {
            if let Some(unit) = Unit::find(key) {
                self.add_all(words, Sense::Unit(unit));
            }
        }
        for (key, words) in &data.durations {
            if let Some((count, unit)) = key.split_once(' ')
                && let (Ok(count), Some(unit)) = (count.parse(), Unit::find(unit))
            {
                self.add_all(words, Sense::Duration(count, unit));
            }
        }
        self.add_all(&data.business_day, Sense::Unit(Unit::BUSINESS_DAY));
        for (code, words) in &data.currencies {
            if let Ok(code) = <[u8; 3]>::try_from(code.as_bytes()) {
                self.add_all(words, Sense::Currency(code));
                if let Ok(text) = std::str::from_utf8(&code)
                    && !OTHER_WORDS.contains(&text)
                {
                    self.add(text, Sense::Currency(code));
                }
            }
        }
        for (key, words) in &data.minor_currencies {
            self.add_all(words, Sense::MinorCurrency(key.parse().unwrap_or(0.01)));
        }
    }

    fn add_words(&mut self, data: &LocaleData) {
        let lists = [
            (&data.minus, Word::Minus),
            (&data.and, Word::And),
            (&data.point, Word::Point),
            (&data.from, Word::From),
            (&data.to, Word::To),
            (&data.range_close, Word::RangeClose),
            (&data.whole, Word::Whole),
            (&data.filler, Word::Filler),
            (&data.clock, Word::Clock),
            (&data.clock_before, Word::ClockBefore),
            (&data.hour_mark, Word::HourMark),
            (&data.minute_mark, Word::MinuteMark),
            (&data.year_mark, Word::YearMark),
            (&data.month_mark, Word::MonthMark),
            (&data.day_mark, Word::DayMark),
            (&data.date_links, Word::DateLink),
            (&data.counters, Word::Counter),
            (&data.denominator, Word::Denominator),
            (&data.ordinal_suffixes, Word::OrdinalSuffix),
            (&data.ordinal_prefixes, Word::OrdinalPrefix),
            (&data.percent, Word::Percent),
            (&data.around_the_clock, Word::AroundTheClock),
            (&data.all_day, Word::AllDay),
            (&data.all_year, Word::AllYear),
            (&data.never, Word::Never),
        ];
        for (words, word) in lists {
            self.add_all(words, Sense::Word(word));
        }
    }

    fn add_all(&mut self, words: &[String], sense: Sense) {
        for word in words {
            self.add(word, sense);
        }
    }

    /// Adds a surface, with its spelling without accents and without a final full stop.
    fn add(&mut self, word: &str, sense: Sense) {
        let chars = Normalised::new(word.trim()).chars;
        self.insert(&chars, sense);
        if let Some(stripped) = chars.strip_suffix(&['.'])
            && stripped.len() > 1
        {
            self.insert(stripped, sense);
        }
        let plain: Vec<char> = chars.iter().map(|&c| without_accent(c)).collect();
        let kept = matches!(sense, Sense::Word(word) if word != Word::Point) || matches!(sense, Sense::Period(_));
        if plain != chars && plain.len() > 2 && !kept {
            self.insert(&plain, sense);
        }
    }

    fn insert(&mut self, chars: &[char], sense: Sense) {
        self.trie.insert(chars, sense);
        // The grammar looks for words that are never a number at every word with an "h", because of addresses.
        let never = sense == Sense::Word(Word::Never) && chars.first() == Some(&'h');
        if never || sense.begins() != 0 {
            self.openings.insert(chars, sense);
        }
    }

    /// Lowers the weight of the number words that the data calls articles or bound.
    fn reweigh(&mut self, layers: &[LocaleData]) {
        for (words, weight) in
            layers.iter().flat_map(|data| [(&data.articles, Weight::Weak), (&data.bound, Weight::Bound)])
        {
            for word in words {
                let chars = Normalised::new(word).chars;
                for sense in self.trie.senses_mut(&chars).into_iter().flatten() {
                    if let Sense::Cardinal(_, old) | Sense::Ordinal(_, old) = sense {
                        *old = weight;
                    }
                }
            }
        }
    }

    /// Takes the unit out of the surfaces that the data says are none.
    fn drop_units(&mut self, layers: &[LocaleData]) {
        for word in layers.iter().flat_map(|data| &data.not_units) {
            if let Some(senses) = self.trie.senses_mut(&Normalised::new(word).chars) {
                senses.retain(|sense| !matches!(sense, Sense::Unit(_)));
            }
        }
    }

    /// The trie of all surfaces.
    pub fn trie(&self) -> &Trie {
        &self.trie
    }

    /// What a word may begin; `letters` are its own.
    pub fn opening(&self, word: Prefix, letters: impl Iterator<Item = char>) -> Opening {
        if self.endings || (self.compounds && self.openings.stem(letters)) {
            Opening::Word
        } else {
            self.openings.opening(word)
        }
    }

    /// Whether a quantity may begin with a character that is no letter of a word; `second` is the one after it.
    pub fn character_may_begin(&self, first: char, second: impl FnOnce() -> Option<char>) -> bool {
        (self.endings && is_unspaced(first)) || self.openings.character(first, second)
    }

    /// How the surfaces begin that may begin a quantity.
    pub fn openings(&self) -> &Openings {
        &self.openings
    }
}

/// Whether a word may end before `at`.
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
pub(super) fn starts_word(chars: &[char], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at)) {
        (Some(&before), Some(&first)) => starts_word_after(before, first),
        _ => true,
    }
}

/// Whether a word may start with `first` after the character `before`.
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
