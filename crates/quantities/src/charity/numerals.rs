//! The numerals of a text, whatever they count.

use super::text::Text;
use crate::meaning::{Clock, Date, Meaning, Quantity, QuantityKind};
use crate::normalise::{Normalised, is_alphanumeric, is_hangul, is_unspaced};
use crate::sense::{Period, Sense};

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// In digits, within a quantity or not.
    Digits,
    /// As the name of a month.
    Month,
    /// In words.
    Words,
}

/// A numeral: a run of digits, or a number in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Its digits; `x` for a wildcard in a version.
    pub digits: String,
    /// Their value, if it is not too large.
    pub value: Option<u64>,
    /// How it is written.
    pub written: Written,
    /// The quantity that it belongs to, as an index.
    pub owner: Option<usize>,
    /// Whether it is part of a time of day, which may be twelve hours later.
    pub of_clock: bool,
    /// Whether it is in a number that may have a decimal separator.
    pub of_decimal: bool,
    /// Whether it is part of a path or an address in the text.
    pub of_address: bool,
    /// Whether it is in the address of a link, which is not part of the text.
    pub of_link: bool,
    /// Whether it may lack a counterpart: a minor version of zero, a number outside of quantities.
    pub optional: bool,
}

impl Numeral {
    fn new(digits: String, written: Written, owner: Option<usize>) -> Self {
        Self {
            value: digits.parse().ok(),
            digits,
            written,
            owner,
            of_clock: false,
            of_decimal: false,
            of_address: false,
            of_link: false,
            optional: owner.is_none(),
        }
    }

    fn spelled(value: f64, written: Written, owner: Option<usize>) -> Option<Self> {
        let is_whole = value.fract() == 0.0 && (0.0..1e15).contains(&value.abs());
        is_whole.then(|| Self::new(format!("{}", value.abs()), written, owner))
    }

    fn on_a_clock(self) -> Self {
        Self { of_clock: true, ..self }
    }

    fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// The superscript digits, from zero: cm² has a two.
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// The numerals of a text: those of the quantities that are open, and those of no quantity.
pub(super) fn numerals(text: &Text<'_>, open: &[bool]) -> Vec<Numeral> {
    let mut found = Vec::new();
    let normalised = Normalised::new(text.text);
    in_digits(text, &normalised, open, &mut found);
    found.extend(normalised.chars.iter().filter_map(|&c| {
        let digit = SUPERSCRIPTS.iter().position(|&sign| sign == c)?;
        Some(Numeral::new(digit.to_string(), Written::Digits, None))
    }));
    for (index, quantity) in text.quantities.iter().enumerate().filter(|(index, _)| open[*index]) {
        in_words(quantity, index, &mut found);
    }
    between(text, &normalised, &mut found);
    in_roman(text.text, &mut found);
    beside(text, &mut found);
    found
}

/// Adds the runs of digits.
fn in_digits(text: &Text<'_>, normalised: &Normalised<'_>, open: &[bool], found: &mut Vec<Numeral>) {
    let chars = &normalised.chars;
    let mut owners = text.quantities.iter().enumerate().peekable();
    let mut at = 0;
    while let Some(start) = chars[at..].iter().position(char::is_ascii_digit).map(|first| at + first) {
        let end = start + chars[start..].iter().take_while(|c| c.is_ascii_digit()).count();
        at = end;
        let byte = normalised.byte(start).unwrap_or(text.text.len()) as u32;
        while owners.next_if(|(_, quantity)| quantity.span.end <= byte).is_some() {}
        let owner = owners.peek().filter(|(_, quantity)| quantity.span.start <= byte).map(|(index, _)| *index);
        if owner.is_some_and(|owner| !open[owner]) {
            continue;
        }
        let mut numeral = Numeral::new(chars[start..end].iter().collect(), Written::Digits, owner);
        if let Some(quantity) = owner.map(|owner| &text.quantities[owner]) {
            let kind = quantity.kind;
            let before = text.text[..quantity.span.start as usize].bytes().next_back();
            numeral.of_address = matches!(before, Some(b'/' | b'=' | b'%' | b'&'));
            let is_minor = start > 0 && matches!(chars[start - 1], '.' | ',') && numeral.digits == "0";
            numeral.of_clock = matches!(kind, QuantityKind::Time | QuantityKind::TimeRange);
            numeral.of_decimal = kind == QuantityKind::Number;
            let is_full_hour =
                numeral.of_clock && numeral.digits == "00" && start > 0 && matches!(chars[start - 1], ':' | '.');
            numeral.optional = is_full_hour || is_minor && matches!(kind, QuantityKind::Version | QuantityKind::Number);
        }
        match date_parts(&numeral.digits) {
            Some(parts) => found.extend(parts.map(|part| Numeral {
                digits: part.to_owned(),
                value: part.parse().ok(),
                ..numeral.clone()
            })),
            None => found.push(numeral),
        }
    }
}

/// The year, month and day of a date in eight digits, such as `20260630`.
fn date_parts(digits: &str) -> Option<[&str; 3]> {
    let parts = (digits.len() == 8).then(|| [&digits[..4], &digits[4..6], &digits[6..]])?;
    let [year, month, day] = parts.map(|part| part.parse().unwrap_or(0));
    ((1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)).then_some(parts)
}

/// Adds the numbers that a quantity has in words.
fn in_words(quantity: &Quantity, owner: usize, found: &mut Vec<Numeral>) {
    let spelled = |value: f64, written: Written| Numeral::spelled(value, written, Some(owner));
    let is_spelled = !quantity.is_in_digits();
    match &quantity.meaning {
        Meaning::Date(date) => found.extend(
            named_months(*date, &quantity.literal).filter_map(|month| spelled(f64::from(month), Written::Month)),
        ),
        Meaning::Version(name) if name.strip_suffix('x').is_some_and(|stem| stem.ends_with('.')) => {
            found.push(Numeral::new("x".to_owned(), Written::Digits, Some(owner)));
        }
        Meaning::Time(clock) if is_spelled => hours(*clock, owner, found),
        Meaning::TimeRange(from, to) => {
            // One end may be a word, such as midnight.
            let runs = runs(&quantity.literal).count();
            let is_word = |clock: &Clock| runs == 0 || runs == 1 && matches!(clock.hour, Some(0 | 12 | 24));
            [*from, *to].iter().filter(|clock| is_word(clock)).for_each(|clock| hours(*clock, owner, found));
        }
        Meaning::Number(amount)
        | Meaning::Percent(amount)
        | Meaning::Money(amount, _)
        | Meaning::Measure(amount, _)
            if is_spelled =>
        {
            match fraction(amount.value) {
                Some((part, whole)) => {
                    found.extend(spelled(part, Written::Words));
                    found.extend(spelled(whole, Written::Words).map(Numeral::optional));
                }
                None => found.extend(spelled(amount.value, Written::Words)),
            }
        }
        Meaning::Ordinal(value) if is_spelled => found.extend(spelled(*value, Written::Words)),
        Meaning::Duration(parts) if is_spelled => {
            found.extend(parts.iter().filter_map(|(amount, _)| spelled(amount.value, Written::Words)));
        }
        _ => {}
    }
}

/// The months of a date that are not figures in it.
fn named_months(date: Date, literal: &str) -> impl Iterator<Item = u8> + use<'_> {
    let months = [date.month, date.second_month].into_iter().flatten().filter(move |_| !date.shares);
    months.filter(move |&month| {
        let figures = runs(literal).filter(|run| run.parse() == Ok(month)).count();
        figures <= usize::from(date.day == Some(month))
    })
}

fn hours(clock: Clock, owner: usize, found: &mut Vec<Numeral>) {
    let minutes = Some(clock.minute).filter(|&minute| minute != 0);
    let values = clock.hour.into_iter().chain(minutes);
    found.extend(
        values
            .filter_map(|value| Numeral::spelled(f64::from(value), Written::Words, Some(owner)))
            .map(Numeral::on_a_clock),
    );
}

/// Two thirds: the numbers of a fraction in words.
fn fraction(value: f64) -> Option<(f64, f64)> {
    if value <= 0.0 || value >= 1.0 {
        return None;
    }
    let mut wholes = (2..=10).map(f64::from);
    wholes.find_map(|whole| {
        let part = (value * whole).round();
        ((part / whole - value).abs() < 1e-6).then_some((part, whole))
    })
}

/// Adds the names of months, number words and words for noon and midnight outside of quantities.
fn between(text: &Text<'_>, normalised: &Normalised<'_>, found: &mut Vec<Numeral>) {
    let chars = &normalised.chars;
    let trie = &text.reader.language.lexicon.trie;
    let is_read = |at: usize| {
        let byte = normalised.byte(at).unwrap_or(text.text.len()) as u32;
        let next = text.quantities.partition_point(|quantity| quantity.span.end <= byte);
        text.quantities.get(next).is_some_and(|quantity| quantity.span.start <= byte)
    };
    let joins = |c: char| is_unspaced(c) || is_hangul(c);
    for at in 0..chars.len() {
        let begins = at == 0 || joins(chars[at]) || !is_alphanumeric(chars[at - 1]);
        if !begins || !trie.leads(chars[at]) {
            continue;
        }
        trie.each(chars, at, |end, senses| {
            let whole = joins(chars[end - 1]) || chars.get(end).is_none_or(|&c| !is_alphanumeric(c));
            if !whole || is_read(at) {
                return;
            }
            found.extend(senses.iter().filter_map(|sense| match *sense {
                Sense::Month(month, _) => Numeral::spelled(f64::from(month), Written::Month, None),
                Sense::Cardinal(value, _) | Sense::Ordinal(value, _) => Numeral::spelled(value, Written::Words, None),
                Sense::Power(power) => Numeral::spelled(power, Written::Words, None),
                Sense::Unit(unit) if unit.id() == "decade" => Numeral::spelled(10.0, Written::Words, None),
                Sense::Period(Period::Midnight) => Numeral::spelled(0.0, Written::Words, None).map(Numeral::on_a_clock),
                Sense::Period(Period::Noon) => Numeral::spelled(12.0, Written::Words, None).map(Numeral::on_a_clock),
                _ => None,
            }));
        });
    }
}

/// Adds the Roman numerals of at least two letters: `siglo XIX`.
fn in_roman(text: &str, found: &mut Vec<Numeral>) {
    let value = |c: char| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            'M' => 1000,
            _ => return None,
        })
    };
    let is_short = |word: &&str| (2..=12).contains(&word.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(is_short) {
        // French adds the ending of an ordinal: XIXe.
        let word = word.trim_end_matches(char::is_lowercase);
        if !(2..=8).contains(&word.len()) {
            continue;
        }
        let Some(values) = word.chars().map(value).collect::<Option<Vec<i64>>>() else { continue };
        let next = values.iter().skip(1).copied().chain([0]);
        let total: i64 = values.iter().zip(next).map(|(value, next)| if *value < next { -value } else { *value }).sum();
        found.push(Numeral::new(total.to_string(), Written::Words, None));
    }
}

/// Adds the numbers that are not in the text: the number of a list item, those in code, and long ones in the addresses of
/// links.
fn beside(text: &Text<'_>, found: &mut Vec<Numeral>) {
    /// Shorter numbers are in every second address by chance.
    const LEAST_DIGITS: usize = 4;
    let numeral = |digits: &str| Numeral::new(digits.to_owned(), Written::Digits, None);
    found.extend(runs(text.mark).map(numeral));
    found.extend(text.code.iter().flat_map(|code| runs(code)).map(numeral));
    let in_addresses = text.addresses.iter().flat_map(|address| runs(address));
    let long = in_addresses.filter(|run| run.len() >= LEAST_DIGITS);
    found.extend(long.map(|digits| Numeral { of_link: true, ..numeral(digits) }));
}

/// The runs of ASCII digits in a text.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty())
}
