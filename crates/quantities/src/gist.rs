//! A cheap summary of the quantities of a text.
//!
//! Most texts contain nothing that could differ, and most others contain names, versions and bare numbers, which every
//! language writes alike. Two texts with the same of these, and no word that gives them another meaning, need not be
//! read.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use crate::lexicon::Lexicon;
use crate::normalise::{is_hangul, is_letter, is_unspaced};
use crate::places::Places;

use isogloss_text::words::PLACEHOLDER;

/// The summary of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gist {
    /// No quantity that needs a counterpart.
    Nothing,
    /// Only digits with what is joined to them, and no word that says what they count. The hash is the same for the
    /// same names in any order.
    Names(u64),
    /// More, so the text must be read.
    More,
}

impl Gist {
    /// Whether there can be no difference between two texts with these gists, each in its own language; `other` is
    /// computed only if needed.
    pub fn agrees(self, other: impl FnOnce() -> Self) -> bool {
        self != Self::More && self == other()
    }
}

/// The gist of `text`, whose words have the hashes `words`, if they are known.
pub(crate) fn gist(text: &str, words: Option<&[u32]>, lexicon: &Lexicon) -> Gist {
    // A fold over all bytes, so that the compiler vectorises it.
    let digits = text.bytes().fold(false, |digits, byte| digits | byte.is_ascii_digit());
    let silent = || words.is_some_and(|words| lexicon.is_silent(words)) && is_only_words(text);
    if !digits && (silent() || Places::significant(text, lexicon).next(0).is_none()) {
        return Gist::Nothing;
    }
    let places = Places::naming(text, lexicon);
    let (mut at, mut names) = (0, 0_u64);
    while let Some(start) = places.next(at) {
        let Some(end) = name_end(text, start, lexicon) else { return Gist::More };
        let mut hasher = FxHasher::default();
        hasher.write(&text.as_bytes()[start..end]);
        names = names.wrapping_add(hasher.finish());
        at = end;
    }
    Gist::Names(names)
}

/// Whether a text without ASCII digits consists of words with one hash each and common signs between them; no character
/// may be another spelling of a letter or digit.
fn is_only_words(text: &str) -> bool {
    let known = |c: char| {
        // Only small letters, because the hash of a word depends on its case.
        let letter = matches!(c, 'ß'..='ö' | 'ø'..='ÿ' | 'œ');
        letter
            || matches!(
                c,
                '\u{a0}' | '\u{202f}' | '«' | '»' | '‘' | '’' | '“' | '”' | '„' | '–' | '—' | '…' | PLACEHOLDER
            )
    };
    let mut rest = text;
    while let Some(at) = first_beyond_ascii(rest.as_bytes()) {
        let mut chars = rest[at..].chars();
        if !chars.next().is_some_and(known) {
            return false;
        }
        rest = chars.as_str();
    }
    true
}

/// The index of the first byte that is not ASCII, sixteen at a time.
fn first_beyond_ascii(bytes: &[u8]) -> Option<usize> {
    /// The highest bit of each of sixteen bytes.
    const HIGH: u128 = u128::from_ne_bytes([0x80; 16]);
    let (chunks, rest) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let high = u128::from_le_bytes(*chunk) & HIGH;
        if high != 0 {
            return Some(16 * index + high.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| !byte.is_ascii()).map(|at| bytes.len() - rest.len() + at)
}

/// The end of the digits at `start` with everything joined to them; `None` if there are none, or if the text says what
/// they count.
fn name_end(text: &str, start: usize, lexicon: &Lexicon) -> Option<usize> {
    let rest = &text.as_bytes()[start..];
    let joined = &rest[..rest.iter().take_while(|byte| byte.is_ascii_graphic()).count()];
    let closing =
        |byte: &&u8| matches!(byte, b'.' | b',' | b':' | b';' | b'!' | b'?' | b')' | b']' | b'}' | b'"' | b'|');
    let name = &joined[..joined.len() - joined.iter().rev().take_while(closing).count()];
    // Signs before digits and commas between them are ambiguous.
    if !matches!(name.first()?, b'#' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')
        || !name.iter().any(u8::is_ascii_digit)
        || name.contains(&b',')
    {
        return None;
    }
    let after = start + joined.len();
    let glued = |c| is_letter(c) && !is_unspaced(c) && !(is_hangul(c) && name[0].is_ascii_digit());
    let more = text[after..].chars().next().is_some_and(glued) || (!is_name(name) && says_more(text, after, lexicon));
    (!more).then_some(start + name.len())
}

/// Whether digits with everything joined to them are an address, a version or a name, and so count nothing.
fn is_name(joined: &[u8]) -> bool {
    /// The most letters of a unit that is joined to its number.
    const UNIT: usize = 3;
    let of = |signs: &[u8]| joined.iter().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(byte));
    let (letters, digits) = joined.split_at(joined.iter().take_while(|byte| !byte.is_ascii_digit()).count());
    if let [key @ .., b'-'] = letters {
        return key.len() > 1 && key.iter().all(u8::is_ascii_uppercase) && of(b"-.");
    }
    let points = memchr::memchr_iter(b'.', joined).count();
    let counted = digits.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    joined.starts_with(b"http")
        || (letters.is_empty() && points > 1 && of(b"-."))
        || (letters.is_empty() && counted > UNIT && of(b"_"))
        || (!letters.is_empty() && letters.iter().all(u8::is_ascii_alphabetic) && of(b"_."))
}

/// Whether the text after a number that ends at `after` may say what it counts, or continue it.
fn says_more(text: &str, after: usize, lexicon: &Lexicon) -> bool {
    let rest = text[after..].trim_start();
    match rest.as_bytes().first() {
        None => false,
        Some(byte) if byte.is_ascii() && !byte.is_ascii_alphabetic() => {
            byte.is_ascii_digit() || matches!(byte, b'%' | b'$' | b'#' | b'\'' | b'"')
        }
        Some(_) => Places::following(text, lexicon).begins(text.len() - rest.len()),
    }
}
