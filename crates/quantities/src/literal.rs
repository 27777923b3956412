//! Numbers in digits, with the separators of the locale and both readings of ambiguous ones.

use crate::normalise::{HARD_SPACE, is_space};

/// How a locale writes numbers.
#[derive(Debug, Clone)]
pub(crate) struct Separators {
    /// The decimal separator.
    pub decimal: char,
    /// The group separators; a space means any space.
    pub groups: Vec<char>,
}

/// A run of digits and separators.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Literal {
    /// A number, with the value under the other reading of its separator if there is one.
    Number { value: f64, alternative: Option<f64>, end: usize },
    /// Numbers with points between them that are not one number.
    Version { end: usize },
}

/// A run of digits, with the separator before it.
#[derive(Clone, Copy)]
struct Segment {
    separator: char,
    start: usize,
    end: usize,
}

impl Segment {
    fn len(self) -> usize {
        self.end - self.start
    }
}

/// More segments than any number has.
const MAX_SEGMENTS: usize = 12;

/// Reads the digits at `start`.
pub(crate) fn literal(chars: &[char], start: usize, locale: &Separators) -> Option<Literal> {
    let mut segments = [Segment { separator: ' ', start, end: start }; MAX_SEGMENTS];
    let mut count = 0;
    let mut at = start;
    let point = chars.get(at).copied().filter(|&c| c == locale.decimal || c == '.');
    if point.is_some() {
        // ".5" and ",08" have an empty integer part.
        count = 1;
    }
    let mut separator = point.unwrap_or(' ');
    at += count;
    while count < MAX_SEGMENTS {
        let end = digits_end(chars, at);
        if end == at || (count > 0 && is_space(separator) && !is_group(at, end)) {
            break;
        }
        segments[count] = Segment { separator, start: at, end };
        count += 1;
        match chars.get(end) {
            Some(&c) if matches!(c, '.' | ',' | '\'' | HARD_SPACE | ' ') => {
                separator = c;
                at = end + 1;
            }
            _ => break,
        }
    }
    (1..=count).rev().find_map(|count| {
        let segments = &segments[..count];
        let spaced = segments[1..].iter().any(|segment| is_space(segment.separator));
        let end = segments.last().map_or(start, |last| last.end);
        if spaced && has_neighbours(chars, start, end) { None } else { interpret(chars, segments, locale) }
    })
}

/// Whether the digits from `start` to `end` can be a group after a space: three digits, followed only by such groups.
fn is_group(start: usize, end: usize) -> bool {
    end - start == 3
}

/// Whether only a space separates the run from `start` to `end` from other digits, as in a telephone number.
fn has_neighbours(chars: &[char], start: usize, end: usize) -> bool {
    let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let space = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|&c| is_space(c));
    (space(start.checked_sub(1)) && digit(start.checked_sub(2))) || (space(Some(end)) && digit(Some(end + 1)))
}

fn digits_end(chars: &[char], start: usize) -> usize {
    chars[start.min(chars.len())..].iter().position(|c| !c.is_ascii_digit()).map_or(chars.len(), |n| start + n)
}

fn interpret(chars: &[char], segments: &[Segment], locale: &Separators) -> Option<Literal> {
    let (first, rest) = segments.split_first()?;
    let end = segments.last()?.end;
    let number = |segments: &[Segment], fraction: Option<Segment>| value(chars, segments, fraction);
    let Some(last) = rest.last() else {
        return (first.len() > 0).then(|| Literal::Number { value: number(&[*first], None), alternative: None, end });
    };
    if first.len() == 0 {
        return (rest.len() == 1).then(|| Literal::Number { value: number(&[], Some(*last)), alternative: None, end });
    }
    let groups = &rest[..rest.len() - 1];
    let uniform = groups.windows(2).all(|pair| pair[0].separator == pair[1].separator);
    let grouped = uniform && groups_fit(*first, groups);
    if rest.len() == 1 {
        return Some(one_separator(chars, *first, *last, locale, end)).flatten();
    }
    let same = groups.iter().all(|group| group.separator == last.separator);
    match last.separator {
        '.' if same => {
            let all_groups = groups_fit(*first, rest) && locale.groups.contains(&'.');
            Some(if all_groups {
                Literal::Number { value: number(segments, None), alternative: None, end }
            } else {
                Literal::Version { end }
            })
        }
        ',' | '\'' if same => {
            groups_fit(*first, rest).then(|| Literal::Number { value: number(segments, None), alternative: None, end })
        }
        c if is_space(c) => (grouped && groups.iter().all(|group| is_space(group.separator)) && first.len() <= 3)
            .then(|| Literal::Number { value: number(segments, None), alternative: None, end }),
        '.' | ',' if grouped && !groups.is_empty() && groups[0].separator != last.separator => Some(Literal::Number {
            value: number(&segments[..segments.len() - 1], Some(*last)),
            alternative: None,
            end,
        }),
        _ => None,
    }
}

/// Two runs of digits with one separator between them.
fn one_separator(chars: &[char], first: Segment, last: Segment, locale: &Separators, end: usize) -> Option<Literal> {
    let as_fraction = || value(chars, &[first], Some(last));
    let as_group = || value(chars, &[first, last], None);
    let group_like = last.len() == 3 && first.len() <= 3 && chars[first.start] != '0';
    let c = last.separator;
    match c {
        // No number starts with a zero, so one that does continues the number before it, whatever the language.
        ' ' => (group_like && (locale.groups.contains(&' ') || chars[last.start] == '0')).then(|| Literal::Number {
            value: as_group(),
            alternative: None,
            end,
        }),
        HARD_SPACE | '\'' => group_like.then(|| Literal::Number { value: as_group(), alternative: None, end }),
        // Where the point is the decimal separator it never groups, but translations from such a language sometimes
        // keep the separators of the source.
        _ if c == locale.decimal => {
            let alternative = (group_like && c != '.').then(as_group);
            Some(Literal::Number { value: as_fraction(), alternative, end })
        }
        _ if group_like => {
            let alternative = (c == '.').then(as_fraction);
            Some(Literal::Number { value: as_group(), alternative, end })
        }
        _ => Some(Literal::Number { value: as_fraction(), alternative: None, end }),
    }
}

/// Whether the segments after `first` are groups of three digits, or as in India of two and a last one of three.
fn groups_fit(first: Segment, rest: &[Segment]) -> bool {
    let Some((last, middle)) = rest.split_last() else { return true };
    first.len() <= 3 && last.len() == 3 && middle.iter().all(|group| group.len() == 3)
        || first.len() <= 2 && last.len() == 3 && last.separator == ',' && middle.iter().all(|group| group.len() == 2)
}

/// The value of integer segments and a fraction.
fn value(chars: &[char], integer: &[Segment], fraction: Option<Segment>) -> f64 {
    /// Whole numbers with at most this many digits are exact.
    const EXACT: usize = 15;
    if fraction.is_none() && integer.iter().map(|segment| segment.len()).sum::<usize>() <= EXACT {
        let digits = integer.iter().flat_map(|segment| &chars[segment.start..segment.end]);
        return digits.fold(0.0, |value, c| value * 10.0 + f64::from(c.to_digit(10).unwrap_or(0)));
    }
    let mut text = String::with_capacity(24);
    for segment in integer {
        text.extend(&chars[segment.start..segment.end]);
    }
    if let Some(segment) = fraction {
        text.push('.');
        text.extend(&chars[segment.start..segment.end]);
    }
    text.parse().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, decimal: char, groups: &[char]) -> Option<Literal> {
        let chars: Vec<char> = text.chars().collect();
        literal(&chars, 0, &Separators { decimal, groups: groups.to_vec() })
    }

    #[test]
    fn separators_are_read_by_locale() {
        let number = |value, alternative, end| Some(Literal::Number { value, alternative, end });
        for (text, decimal, groups, want) in [
            ("12,567 words", '.', &[','][..], number(12567.0, None, 6)),
            ("1,674,200.5", '.', &[','], number(1_674_200.5, None, 11)),
            ("2.313", '.', &[','], number(2.313, None, 5)),
            ("2.313", ',', &['.'], number(2313.0, Some(2.313), 5)),
            ("4,800", ',', &[' '], number(4.8, Some(4800.0), 5)),
            ("1.234.567,5", ',', &['.'], number(1_234_567.5, None, 11)),
            ("2 3000", ',', &[' '], number(2.0, None, 1)),
            ("3 000", ',', &[' '], number(3000.0, None, 5)),
            ("3 000", '.', &[','], number(3000.0, None, 5)),
            ("3 100", '.', &[','], number(3.0, None, 1)),
            ("1 234 567", '.', &[','], number(1_234_567.0, None, 9)),
            ("1\u{a0}234", '.', &[','], number(1234.0, None, 5)),
            ("3,75,00,000", '.', &[','], number(37_500_000.0, None, 11)),
            ("1,2,3", '.', &[','], number(1.2, None, 3)),
            (",08", ',', &['.'], number(0.08, None, 3)),
            ("192.", '.', &[','], number(192.0, None, 3)),
            ("100.0.2", '.', &[','], Some(Literal::Version { end: 7 })),
        ] {
            assert_eq!(read(text, decimal, groups), want, "{text}");
        }
    }
}
