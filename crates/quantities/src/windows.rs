//! The first three bytes of all surfaces, with which most of a text is skipped without looking at its words.

use std::sync::LazyLock;

use crate::normalise::{digits, is_hangul, is_letter, is_unspaced};

/// The class of a byte, in six bits: a sign, a small letter by its index in the alphabet, one of the classes below, or
/// from `OTHER` on a byte of another character by its lowest bits.
type Category = u8;

const SIGN: Category = 0;
const FIRST_LETTER: Category = 1;
const LAST_LETTER: Category = 26;
const DIGIT: Category = 27;
/// The sign after which no word starts.
const UNDERSCORE: Category = 28;
/// Signs that may precede a number, with or without spaces.
const BEFORE: Category = 29;
/// Signs that directly precede a number.
const BESIDE: Category = 30;
const OTHER: Category = 32;

const CLASSES: [Category; 256] = {
    let mut classes = [SIGN; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            letter @ (b'a'..=b'z' | b'A'..=b'Z') => letter & 0x1f,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b'$' | b'#' | b'%' => BEFORE,
            b':' | b'.' | b',' | b'-' => BESIDE,
            0..=127 => SIGN,
            other => OTHER | (other & 0x1f),
        };
        byte += 1;
    }
    classes
};

/// A bit for each class.
const fn bits(from: Category, to: Category) -> u64 {
    (u64::MAX >> (63 - (to - from))) << from
}

const ALL: u64 = u64::MAX;
const LETTER: u64 = bits(FIRST_LETTER, LAST_LETTER);
/// Classes after which an ASCII letter does not start a word.
const INNER: u64 = LETTER | bits(DIGIT, UNDERSCORE);
/// The first bytes of characters that fold to ASCII or are invisible.
const FOLDED: u64 = 1 << CLASSES[0xc2] | 1 << CLASSES[0xe2] | 1 << CLASSES[0xef];
/// The first bytes of invisible characters.
const HIDDEN: u64 = FOLDED | 1 << CLASSES[0xd8];

/// The number of windows of two classes.
const WINDOWS: usize = 1 << 12;

/// A bit for each three classes, set if a quantity may start with them.
#[derive(Debug, Clone)]
pub(crate) struct Windows(Vec<u64>);

/// The windows of digits, signs and addresses, which all languages share.
static COMMON: LazyLock<Windows> = LazyLock::new(|| {
    let mut windows = Windows::none();
    windows.add(bits(DIGIT, DIGIT) | bits(BEFORE, BEFORE) | FOLDED, ALL, ALL);
    windows.add(bits(BESIDE, BESIDE), bits(DIGIT, DIGIT) | FOLDED, ALL);
    for digit in digits() {
        windows.insert(&[digit], true);
        let mut bytes = [0; 4];
        let first = digit.encode_utf8(&mut bytes).as_bytes()[0];
        windows.add(bits(BESIDE, BESIDE), 1 << CLASSES[usize::from(first)], ALL);
    }
    for sign in ['٫', '٬', '٪'] {
        windows.insert(&[sign], true);
    }
    // Addresses are skipped as a whole.
    windows.insert(&['h', 't', 't'], true);
    windows
});

impl Default for Windows {
    fn default() -> Self {
        COMMON.clone()
    }
}

impl Windows {
    /// No windows, not even of digits.
    pub(crate) fn none() -> Self {
        Self(vec![0; WINDOWS])
    }

    /// Adds a surface; with `stem`, words that start with it count too.
    pub(crate) fn insert(&mut self, chars: &[char], stem: bool) {
        /// The number of letters of a word that matter.
        const WIDTH: usize = 3;
        let spaced = |c: char| is_letter(c) && !is_unspaced(c) && !is_hangul(c);
        let letters = chars.iter().take(WIDTH).take_while(|&&c| spaced(c)).count();
        let length = letters.max(1).min(chars.len());
        let after = if stem || letters == 0 || letters == WIDTH { ALL } else { !LETTER };
        self.spell(&chars[..length], &mut Vec::new(), after);
    }

    /// Adds the bytes of `chars` in both cases after the given ones, and what may follow them.
    fn spell(&mut self, chars: &[char], bytes: &mut Vec<u64>, after: u64) {
        // Invisible characters may occur between any two.
        let next = if chars.is_empty() { after } else { HIDDEN };
        if !bytes.is_empty() {
            let class = |at: usize| bytes.get(at).copied().unwrap_or(if at == bytes.len() { next } else { ALL });
            self.add(class(0), class(1), class(2));
        }
        let Some((&c, rest)) = chars.split_first() else { return };
        // ASCII capitals are of the same class, and Turkish has another capital "i".
        let capitals = (!c.is_ascii()).then(|| c.to_uppercase()).into_iter().flatten();
        let others: &[char] = match c {
            'i' => &['İ'],
            'е' => &['ё', 'Ё'],
            _ => &[],
        };
        for case in std::iter::once(c).chain(capitals).chain(others.iter().copied()) {
            let length = bytes.len();
            let mut buffer = [0; 4];
            bytes.extend(case.encode_utf8(&mut buffer).bytes().map(|byte| 1 << CLASSES[usize::from(byte)]));
            self.spell(rest, bytes, after);
            bytes.truncate(length);
        }
    }

    /// Adds all windows whose three classes are in these sets.
    fn add(&mut self, first: u64, second: u64, third: u64) {
        for first in members(first) {
            for second in members(second) {
                self.0[first << 6 | second] |= third;
            }
        }
    }

    /// The first byte from `from` on where a quantity may start.
    pub(crate) fn next(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let windows = self.0.first_chunk::<WINDOWS>()?;
        let class = |at: usize| bytes.get(at).map_or(SIGN, |&byte| CLASSES[usize::from(byte)]);
        let before = from.checked_sub(1).map_or(SIGN, class);
        // The class before a window, and its first two.
        let mut last =
            [before, class(from), class(from + 1)].iter().fold(0, |last, &next| last << 6 | usize::from(next));
        let mut begins = |third: Category| {
            let (before, first) = (last >> 12, last >> 6 & 0x3f);
            let begins =
                (windows[last & (WINDOWS - 1)] >> third) & 1 != 0 && (INNER >> before) & (LETTER >> first) & 1 == 0;
            last = (last << 6 | usize::from(third)) & (WINDOWS * 64 - 1);
            begins
        };
        let rest = bytes.get(from + 2..).unwrap_or_default();
        if let Some(at) = rest.iter().position(|&byte| begins(CLASSES[usize::from(byte)])) {
            return Some(from + at);
        }
        // The text is followed by signs.
        (from + rest.len()..bytes.len()).find(|_| begins(SIGN))
    }
}

/// The members of a set of classes.
fn members(set: u64) -> impl Iterator<Item = usize> {
    let some = |set: u64| (set != 0).then_some(set);
    std::iter::successors(some(set), move |set| some(set & (set - 1))).map(|set| set.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_begin() {
        let mut windows = Windows::default();
        windows.insert(&['t', 'w', 'o'], false);
        windows.insert(&['o', 'n'], false);
        windows.insert(&['é', 't', 'é'], false);
        windows.insert(&['三'], false);
        for (text, want) in [
            ("just two", Some(5)),
            ("TWO", Some(0)),
            ("network", None),
            ("put on", Some(4)),
            ("once", None),
            ("cet ÉTÉ", Some(4)),
            ("第三", Some(3)),
            ("at - 5", Some(5)),
            ("at -5", Some(3)),
            ("t\u{ad}wo", Some(0)),
            ("", None),
        ] {
            assert_eq!(windows.next(text.as_bytes(), 0), want, "{text:?}");
        }
    }
}
