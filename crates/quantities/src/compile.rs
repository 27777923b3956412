//! Compiles the lexicon of a language from its data.

use crate::lexicon::Lexicon;
use crate::locale_data::{Habit, LocaleData};
use crate::normalise::{Normalised, without_accent};
use crate::sense::{Named, Period, Sense, Weight, Word};
use crate::units::Unit;

use unicode_normalization::UnicodeNormalization;

/// The spellings of a word with nuktas, dots below the letters of India: as one character, as two, and omitted.
fn other_nuktas(chars: &[char]) -> Option<[Vec<char>; 3]> {
    const NUKTAS: [char; 4] = ['\u{93c}', '\u{9bc}', '\u{a3c}', '\u{b3c}'];
    let of_india = |c: &char| matches!(c, '\u{900}'..='\u{b7f}');
    if !chars.iter().any(of_india) {
        return None;
    }
    let apart: Vec<char> = chars.iter().copied().nfd().collect();
    if !apart.iter().any(|c| NUKTAS.contains(c)) {
        return None;
    }
    // Unicode composes none of them by itself.
    let joined = [0x958..=0x95f, 0x9dc..=0x9df, 0xa33..=0xa36, 0xa59..=0xa5e, 0xb5c..=0xb5d].into_iter().flatten();
    let together = joined.filter_map(char::from_u32).fold(apart.iter().collect(), |text: String, c| {
        let pair: String = std::iter::once(c).nfd().collect();
        text.replace(&pair, c.encode_utf8(&mut [0; 4]))
    });
    let plain = apart.iter().copied().filter(|c| !NUKTAS.contains(c)).collect();
    Some([apart, together.chars().collect(), plain])
}

/// The fewest letters of a number word that may lack its accents.
const LEAST_WITHOUT_ACCENT: usize = 4;

/// Currency codes that documents use for something else.
const OTHER_WORDS: &[&str] = &["PHP", "TRY"];

impl Lexicon {
    /// Compiles all layers of a locale's data.
    pub(crate) fn new(layers: &[LocaleData]) -> Self {
        let mut this = Self::default();
        for data in layers {
            this.endings |= data.habits.contains(&Habit::Endings);
            this.compounds |= data.habits.contains(&Habit::Compounds);
            this.suffixes |= data.habits.contains(&Habit::Suffixes);
            this.add_numbers(data);
            this.add_times(data, layers);
            this.add_amounts(data);
            this.add_words(data);
        }
        this.reweigh(layers);
        this.drop_units(layers);
        this.trie.freeze();
        this.find_openings();
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
        for (key, words) in &data.plus_fractions {
            self.add_all(words, Sense::PlusFraction(number(key)));
        }
        for (key, words) in &data.powers {
            self.add_all(words, Sense::Power(number(key)));
        }
        for (key, words) in &data.discounts {
            self.add_all(words, Sense::Discount(number(key)));
        }
        for (key, words) in &data.parts {
            self.add_all(words, Sense::Part(number(key)));
        }
        for (key, words) in &data.part_prefixes {
            self.add_all(words, Sense::PartPrefix(number(key)));
        }
    }

    fn add_times(&mut self, data: &LocaleData, layers: &[LocaleData]) {
        let lists = |word: &str, list: fn(&LocaleData) -> &[String]| {
            let bare = |word: &str| word.trim_end_matches('.').to_owned();
            layers.iter().any(|data| list(data).iter().any(|other| bare(other) == bare(word)))
        };
        let named = |word: &String| match word {
            word if lists(word, |data| &data.abbreviated_months) => Named::InDates,
            word if lists(word, |data| &data.ambiguous_months) => Named::InCapitals,
            _ => Named::Surely,
        };
        for (at, words) in data.months.iter().enumerate() {
            for word in words {
                self.add(word, Sense::Month(at as u8 + 1, named(word)));
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
                "dusk" => Period::Dusk,
                _ => continue,
            };
            self.add_all(words, Sense::Period(period));
        }
        for (key, words) in &data.clock_offsets {
            self.add_all(words, Sense::ClockOffset(key.parse().unwrap_or(0)));
        }
        for (key, words) in &data.eras {
            self.add_all(words, Sense::Era(key.parse().unwrap_or(0)));
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
        for (key, words) in &data.periodic {
            if let Some(unit) = Unit::find(key) {
                self.add_all(words, Sense::Periodic(unit));
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
            (&data.month_prefixes, Word::MonthPrefix),
            (&data.year_prefixes, Word::YearPrefix),
            (&data.day_prefixes, Word::DayPrefix),
            (&data.date_links, Word::DateLink),
            (&data.counters, Word::Counter),
            (&data.per, Word::Per),
            (&data.or_more, Word::OrMore),
            (&data.at_least, Word::AtLeast),
            (&data.beyond_before, Word::BeyondBefore),
            (&data.beyond_after, Word::BeyondAfter),
            (&data.negations, Word::Negation),
            (&data.denominator, Word::Denominator),
            (&data.ordinal_suffixes, Word::OrdinalSuffix),
            (&data.ordinal_prefixes, Word::OrdinalPrefix),
            (&data.decade_suffixes, Word::DecadeSuffix),
            (&data.decade_prefixes, Word::DecadePrefix),
            (&data.century, Word::Century),
            (&data.century_suffixes, Word::CenturySuffix),
            (&data.prepositions, Word::Preposition),
            (&data.by, Word::By),
            (&data.percent, Word::Percent),
            (&data.around_the_clock, Word::AroundTheClock),
            (&data.all_day, Word::AllDay),
            (&data.all_year, Word::AllYear),
            (&data.never, Word::Never),
            (&data.vague, Word::Vague),
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

    /// Adds a surface, and its spellings without accents and without a final full stop.
    fn add(&mut self, word: &str, sense: Sense) {
        let chars = Normalised::new(word).chars;
        self.trie.insert(&chars, sense);
        if let Some(others) = other_nuktas(&chars) {
            others.iter().for_each(|other| self.trie.insert(other, sense));
        }
        if let Some(stripped) = chars.strip_suffix(&['.'])
            && stripped.len() > 1
        {
            self.trie.insert(stripped, sense);
        }
        let plain: Vec<char> = chars.iter().map(|&c| without_accent(c)).collect();
        let kept = match sense {
            Sense::Word(word) => word != Word::Point,
            Sense::Period(_) => true,
            // Many short words differ from others only in it: Vietnamese "sáu" is "six", and "sau" is "after".
            Sense::Cardinal(..) | Sense::Ordinal(..) => plain.len() < LEAST_WITHOUT_ACCENT,
            Sense::Fraction(_) => plain.len() <= LEAST_WITHOUT_ACCENT,
            _ => false,
        };
        if plain != chars && plain.len() > 2 && !kept {
            self.trie.insert(&plain, sense);
        }
    }

    /// Lowers the weight of the number words that the data lists as articles or bound.
    fn reweigh(&mut self, layers: &[LocaleData]) {
        for (words, weight) in
            layers.iter().flat_map(|data| [(&data.articles, Weight::Weak), (&data.bound, Weight::Bound)])
        {
            for word in words {
                let chars = Normalised::new(word).chars;
                let Some(senses) = self.trie.senses_mut(&chars) else { continue };
                for sense in senses.iter_mut() {
                    if let Sense::Cardinal(_, old) | Sense::Ordinal(_, old) = sense {
                        *old = weight.min(*old);
                    }
                }
                let size = senses.iter().find_map(|sense| match sense {
                    Sense::Magnitude(value) => Some(*value),
                    _ => None,
                });
                // By itself, a power of ten is a number word.
                senses.extend(size.map(|value| Sense::Cardinal(value, weight)));
            }
        }
    }

    /// Removes the unit from the surfaces that the data lists as not units.
    fn drop_units(&mut self, layers: &[LocaleData]) {
        for word in layers.iter().flat_map(|data| &data.not_units) {
            if let Some(senses) = self.trie.senses_mut(&Normalised::new(word).chars) {
                senses.retain(|sense| !matches!(sense, Sense::Unit(_)));
            }
        }
    }
}
