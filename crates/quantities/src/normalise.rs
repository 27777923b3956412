//! Folds characters to one spelling: ASCII digits, spaces, dashes, width and case; invisible characters are dropped.
//! Each character keeps the byte that it came from.

use std::ops::RangeInclusive;

use isogloss_text::Span;
use unicode_normalization::char::compose;

/// A text as the grammar reads it.
pub(crate) struct Normalised<'t> {
    /// The original text.
    pub source: &'t str,
    /// The folded characters.
    pub chars: Vec<char>,
    /// The byte in `source` where each character starts; empty if each is one byte, at its own index.
    starts: Vec<u32>,
}

impl<'t> Normalised<'t> {
    /// Folds `source`.
    pub(crate) fn new(source: &'t str) -> Self {
        if source.is_ascii() {
            let chars = source.bytes().map(|b| char::from(b.to_ascii_lowercase())).collect();
            return Self { source, chars, starts: Vec::new() };
        }
        let mut this =
            Self { source, chars: Vec::with_capacity(source.len()), starts: Vec::with_capacity(source.len()) };
        let mut at = 0;
        while let Some(c) = source[at..].chars().next() {
            if c.is_ascii() {
                let rest = &source.as_bytes()[at..];
                let run = &rest[..rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len())];
                this.chars.extend(run.iter().map(|byte| char::from(byte.to_ascii_lowercase())));
                this.starts.extend(at as u32..(at + run.len()) as u32);
                at += run.len();
                continue;
            }
            if !(is_invisible(c) || this.composes(c)) {
                // Full-width commas separate groups of full-width digits, and end phrases after others.
                let is_phrase = c == '，' && source[..at].ends_with(|c: char| c.is_ascii_digit());
                this.chars.push(if is_phrase { '、' } else { fold(c) });
                this.starts.push(at as u32);
            }
            at += c.len_utf8();
        }
        this
    }

    /// Joins an accent to the letter before it, as in NFC: a decomposed "février" would be the word "fe" otherwise.
    fn composes(&mut self, accent: char) -> bool {
        if !ACCENTS.contains(&accent) {
            return false;
        }
        let Some(last) = self.chars.last_mut() else { return false };
        let composed = compose(*last, accent);
        composed.into_iter().for_each(|composed| *last = composed);
        composed.is_some()
    }

    /// The byte of `source` where the character at `at` starts.
    pub(crate) fn byte(&self, at: usize) -> Option<usize> {
        if self.starts.is_empty() {
            return (at < self.chars.len()).then_some(at);
        }
        self.starts.get(at).map(|&byte| byte as usize)
    }

    /// The character that starts at or after a byte.
    pub(crate) fn index(&self, byte: usize) -> usize {
        if self.starts.is_empty() { byte } else { self.starts.partition_point(|&start| (start as usize) < byte) }
    }

    /// The span in the source of the characters from `start` to `end`.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.byte(start).unwrap_or(self.source.len());
        let last = end.checked_sub(1).and_then(|last| self.byte(last));
        let to = last.map_or(from, |at| {
            let mut chars = self.source[at..].chars();
            let letter = chars.next().map_or(0, char::len_utf8);
            at + letter + chars.take_while(|c| ACCENTS.contains(c)).map(char::len_utf8).sum::<usize>()
        });
        Span::new(from, to.max(from))
    }

    /// The original characters from `start` to `end`, in their case.
    pub(crate) fn source(&self, start: usize, end: usize) -> &'t str {
        self.span(start, end).slice(self.source)
    }
}

/// The accents that follow a letter in decomposed text.
const ACCENTS: RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// Invisible characters: zero-width, bidirectional controls, soft hyphen, variation selectors.
#[inline]
pub(crate) fn is_invisible(c: char) -> bool {
    if ('\u{ae}'..'\u{61c}').contains(&c) || ('\u{3000}'..'\u{fe00}').contains(&c) {
        return false;
    }
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}')
}

/// The space that groups digits or keeps words together, unlike the one between words.
pub(crate) const HARD_SPACE: char = '\u{a0}';

/// The folded spelling of a character.
#[inline]
pub(crate) fn fold(c: char) -> char {
    if is_caseless(c) && !matches!(c, '\u{3000}' | '〜') {
        return c;
    }
    match c {
        'à'..='ö' | 'ø'..='ÿ' | '\u{a1}'..='\u{b4}' | '\u{b6}'..='\u{bf}' => c,
        // Capital letters of Latin-1 are 32 code points before the small ones.
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(c as u32 + 32).unwrap_or(c),
        // Most texts omit the dots.
        'ё' | 'Ё' => 'е',
        'а'..='џ' => c,
        'А'..='Я' => char::from_u32(c as u32 + 32).unwrap_or(c),
        '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\u{2008}' | '\u{2006}' => HARD_SPACE,
        '\u{1680}' | '\u{2000}'..='\u{2005}' | '\u{200a}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5d}' => {
            char::from_u32(c as u32 - 0xff01 + 0x21).map_or(c, |narrow| narrow.to_ascii_lowercase())
        }
        '～' | '〜' | '∼' => '~',
        '−' | '‑' | '‐' | '﹣' => '-',
        '‒' | '–' | '—' | '―' => '–',
        '’' | 'ʼ' | '‘' | '′' => '\'',
        'µ' => 'μ',
        '٫' => '.',
        '٬' => ',',
        '٪' => '%',
        '\u{2460}'..='\u{2793}' => enclosed(c).unwrap_or_else(|| lower(c)),
        // Signs and symbols, which have no case.
        '\u{2010}'..='\u{20ff}' | '\u{2190}'..='\u{245f}' | '\u{fffc}' => c,
        _ => digit(c).unwrap_or_else(|| lower(c)),
    }
}

/// The zeros of the scripts with decimal digits (Unicode category Nd) that documents are written in.
const ZEROS: &[u32] = &[
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
];

/// The decimal digits of those scripts.
pub(crate) fn digits() -> impl Iterator<Item = char> {
    let decimal = ZEROS.iter().flat_map(|&zero| zero..zero + 10);
    decimal.chain(ENCLOSED.iter().flat_map(|&one| one..one + 9)).filter_map(char::from_u32)
}

/// The ones of the digits in circles and parentheses: ①, ⑴, ❶, ➀, ➊.
const ENCLOSED: &[u32] = &[0x2460, 0x2474, 0x2776, 0x2780, 0x278a];

/// Whether a character is a digit in a circle or in parentheses.
pub(crate) fn is_enclosed(c: char) -> bool {
    enclosed(c).is_some()
}

/// The ASCII digit for a digit in a circle or in parentheses.
fn enclosed(c: char) -> Option<char> {
    let one = ENCLOSED.iter().find(|&&one| (one..one + 9).contains(&(c as u32)))?;
    char::from_digit(c as u32 - one + 1, 10)
}

/// The ASCII digit for a decimal digit of another script.
fn digit(c: char) -> Option<char> {
    let code = c as u32;
    if !(0x0660..0x1900).contains(&code) {
        return None;
    }
    let zero = ZEROS[..ZEROS.partition_point(|&zero| zero <= code)].last()?;
    char::from_digit(code - zero, 10)
}

/// Letters of caseless scripts that fill whole texts: kana, Han, Hangul.
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().unwrap_or(c)
}

/// Whether a character is of a script without spaces between words.
#[inline]
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Whether a code point is one of the most frequent letters outside ASCII: Latin, Greek, Cyrillic, Hebrew, Arabic,
/// Devanagari, Bengali, Tamil, Thai, kana, Han, Hangul.
fn is_common_letter(code: u32) -> bool {
    matches!(
        code,
        0xc0..=0xd6
            | 0xd8..=0xf6
            | 0xf8..=0x24f
            | 0x3a3..=0x3f5
            | 0x400..=0x481
            | 0x48a..=0x52f
            | 0x5d0..=0x5ea
            | 0x620..=0x657
            | 0x671..=0x6d3
            | 0x904..=0x939
            | 0x93d..=0x94c
            | 0x9aa..=0x9b0
            | 0xbae..=0xbb9
            | 0xe01..=0xe3a
            | 0x3041..=0x3096
            | 0x30a1..=0x30fa
            | 0x30fc..=0x30fe
            | 0x3400..=0x4dbf
            | 0x4e00..=0x9fff
            | 0xac00..=0xd7a3
    )
}

/// Whether `c` is a letter, without a table for the most frequent scripts.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    match c as u32 {
        code if is_common_letter(code) => true,
        0x2000..=0x206f | 0x2190..=0x23ff | 0x3000..=0x3004 | 0x3008..=0x3020 | 0x30fb | 0xfffc => false,
        _ => c.is_alphabetic(),
    }
}

/// Whether `c` is a letter or number of any script, without a table for the most frequent ones.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match c as u32 {
        code if is_common_letter(code) => true,
        0xa0
        | 0xab
        | 0xbb
        | 0x2000..=0x206f
        | 0x2190..=0x23ff
        | 0x3000..=0x3004
        | 0x3008..=0x3020
        | 0x30fb
        | 0xfffc => false,
        _ => c.is_alphanumeric(),
    }
}

/// Whether a character is a vowel sign or an accent that belongs to the letter before it: in the scripts of India and
/// Southeast Asia, in Hebrew and Arabic, and those for Latin letters.
#[inline]
pub(crate) fn is_mark(c: char) -> bool {
    let code = c as u32;
    let unspaced = matches!(code, 0xe31 | 0xe34..=0xe3a | 0xe47..=0xe4e | 0xeb1 | 0xeb4..=0xebc | 0xec8..=0xece
        | 0x102b..=0x103e | 0x17b6..=0x17d3);
    let may_be = unspaced || matches!(code, 0x300..=0x36f | 0x591..=0x5c7 | 0x64b..=0x65f | 0x900..=0xdff);
    (unspaced || may_be && !c.is_alphanumeric())
        && !matches!(code, 0x5be | 0x5c0 | 0x5c3 | 0x5c6 | 0x964..=0x970 | 0xdf4)
}

/// Whether a letter is Hebrew or Arabic: most vowels are not written, and prepositions and articles are joined to the word.
#[inline]
pub(crate) fn is_consonantal(c: char) -> bool {
    ('\u{590}'..'\u{780}').contains(&c)
}

/// Whether a character is of the script that attaches particles to words.
#[inline]
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xac00..=0xd7a3)
}

/// Whether a character is a space between words or inside numbers.
#[inline]
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r') || c == HARD_SPACE
}

/// The letter without its accent, in Latin scripts.
pub(crate) fn without_accent(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ě' | 'ę' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'ī' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => 'u',
        'ñ' | 'ń' => 'n',
        'ç' | 'č' | 'ć' => 'c',
        'š' | 'ś' => 's',
        'ř' => 'r',
        'ť' => 't',
        'ď' => 'd',
        'ý' | 'ÿ' => 'y',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cuts_agree_with_the_tables() {
        for c in '\u{0}'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_letter(c), c.is_alphabetic(), "{c:?}");
            let signs = matches!(c, '\u{a1}'..='\u{b4}' | '\u{b6}'..='\u{bf}' | '\u{2010}'..='\u{20ff}' | '\u{2190}'..='\u{245f}');
            let latin = matches!(c, 'À'..='ÿ' | 'А'..='џ') && c != 'ё';
            assert!(!latin || fold(c) == lower(c), "{c:?}");
            assert!(!signs || lower(c) == c && digit(c).is_none(), "{c:?}");
            assert!(!is_caseless(c) || lower(c) == c && digit(c).is_none() && !is_invisible(c), "{c:?}");
        }
    }

    #[test]
    fn characters_are_folded_and_keep_their_places() {
        let decomposed = Normalised::new("fe\u{301}vrier e\u{301}");
        assert_eq!(decomposed.chars.iter().collect::<String>(), "février é");
        assert_eq!(decomposed.span(0, 7).slice(decomposed.source), "fe\u{301}vrier");
        let text = Normalised::new("Ａ\u{200b}９٣℃…É");
        assert_eq!(text.chars.iter().collect::<String>(), "a93℃…é");
        assert_eq!(text.span(1, 2).slice(text.source), "９");
        assert_eq!(text.span(3, 4).slice(text.source), "℃");
        assert_eq!(text.source(5, 6), "É");
        assert!(text.span(6, 8).is_empty());
    }
}
