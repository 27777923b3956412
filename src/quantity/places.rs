//! Finds the places of a text where a quantity may begin, on its bytes and before anything is folded.
//!
//! Most words and signs are passed over here, and most texts with them. What it gives is read in full by the grammar, so it
//! may give too many places but never too few.

use super::lexicon::{Lexicon, starts_word_after};
use super::normalise::{fold, is_alphanumeric, is_hangul, is_invisible, is_letter, is_space, is_unspaced};
use super::openings::{Opening, Openings, Prefix};

/// A walk over a text.
pub(super) struct Places<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    openings: &'t Openings,
    /// Whether a word with the first letters of a number word counts only if it is one.
    whole: bool,
    byte: usize,
    /// The number of folded characters before `byte`.
    index: usize,
    /// The folded character before `byte`.
    before: char,
}

/// The letters of one word in the text.
struct Letters {
    prefix: Prefix,
    start: usize,
    /// The byte after them.
    end: usize,
}

impl<'t> Places<'t> {
    /// The places of `text` where any quantity may begin.
    pub fn new(text: &'t str, lexicon: &'t Lexicon) -> Self {
        Self { text, lexicon, openings: &lexicon.openings, whole: false, byte: 0, index: 0, before: ' ' }
    }

    /// Those places without which a text differs from no other such text.
    pub fn telling(text: &'t str, lexicon: &'t Lexicon) -> Self {
        let whole = lexicon.compounds && !lexicon.endings;
        Self { openings: &lexicon.telling, whole, ..Self::new(text, lexicon) }
    }

    /// The first place at or after the folded character `from`, as an index of folded characters.
    pub fn next(&mut self, from: usize) -> Option<usize> {
        while self.index < from {
            let (c, after) = self.folded(self.byte)?;
            self.pass(c, after);
        }
        loop {
            let byte = *self.text.as_bytes().get(self.byte)?;
            let letter = LETTERS[usize::from(byte)];
            if letter == SIGN {
                self.pass(char::from(byte), self.byte + 1);
                continue;
            }
            if letter >= FIRST_LETTER && self.pass_plain_word() {
                continue;
            }
            if let Some(c) = wide_character(&self.text.as_bytes()[self.byte..]).filter(|&c| is_unspaced(c)) {
                let after = self.byte + 3;
                if self.openings.character(c, || self.folded(after).map(|(c, _)| c)) {
                    return Some(self.index);
                }
                self.pass(c, after);
                continue;
            }
            let (c, after) = self.folded(self.byte)?;
            if !is_letter(c) || is_unspaced(c) {
                if self.sign_may_begin(c, after) {
                    return Some(self.index);
                }
                self.pass(c, after);
            } else if !starts_word_after(self.before, c) {
                self.pass(c, after);
            } else {
                let letters = self.letters(self.byte, is_hangul(c)).filter(|letters| !self.may_begin(c, letters));
                let Some(Letters { prefix, end, .. }) = letters else { return Some(self.index) };
                self.byte = end;
                self.index += prefix.length;
                // Which letter it was makes no difference to what follows.
                self.before = c;
            }
        }
    }

    /// Goes past a word of at most fifteen letters of ASCII if nothing begins with it, whatever follows: most words.
    #[inline]
    fn pass_plain_word(&mut self) -> bool {
        let rest = &self.text.as_bytes()[self.byte..];
        let before = self.before;
        let starts = before.is_ascii() && !before.is_ascii_alphanumeric() && before != '_';
        let (true, Some(chunk)) = (starts, rest.first_chunk::<8>()) else { return false };
        let short = short_word(u64::from_be_bytes(*chunk));
        let mut word = short;
        if word.length == 8 {
            let Some(chunk) = rest.get(8..).and_then(<[u8]>::first_chunk::<8>) else { return false };
            word = word.joined(short_word(u64::from_be_bytes(*chunk)));
        }
        let ends = |at: usize| rest.get(at).is_none_or(|&byte| LETTERS[usize::from(byte)] == SIGN);
        let passed = (ends(word.length)
            || (matches!(rest.get(word.length), Some(b'.' | b',')) && ends(word.length + 1)))
            && word.length < 16
            && self.openings.passes(word, short);
        if passed {
            self.byte += word.length;
            self.index += word.length;
            // Which letter it was makes no difference to what follows.
            self.before = 'a';
        }
        passed
    }

    #[inline]
    fn pass(&mut self, c: char, after: usize) {
        self.byte = after;
        self.index += 1;
        self.before = c;
    }

    /// The folded character at `byte` and the byte after it; what does not show is passed over.
    #[inline]
    fn folded(&self, byte: usize) -> Option<(char, usize)> {
        let rest = self.text.as_bytes().get(byte..)?;
        let first = *rest.first()?;
        if first.is_ascii() {
            return Some((char::from(first.to_ascii_lowercase()), byte + 1));
        }
        wide_character(rest).map(|c| (c, byte + 3)).or_else(|| self.folded_slowly(byte))
    }

    /// The same for any character.
    fn folded_slowly(&self, byte: usize) -> Option<(char, usize)> {
        let mut byte = byte;
        for c in self.text.get(byte..)?.chars() {
            byte += c.len_utf8();
            if !is_invisible(c) {
                return Some((fold(c), byte));
            }
        }
        None
    }

    /// The folded character at `byte` after any spaces, and where it stands.
    fn after_spaces(&self, byte: usize) -> Option<(char, usize)> {
        let mut byte = byte;
        loop {
            let (c, after) = self.folded(byte)?;
            if !is_space(c) {
                return Some((c, byte));
            }
            byte = after;
        }
    }

    /// The word at `byte`; `None` if digits or letters of a script of another kind stand in it.
    #[inline]
    fn letters(&self, start: usize, hangul: bool) -> Option<Letters> {
        let bytes = self.text.as_bytes();
        let (mut prefix, mut end) = (Prefix::default(), start);
        if let Some(chunk) = bytes.get(start..).and_then(<[u8]>::first_chunk::<8>) {
            prefix = short_word(u64::from_be_bytes(*chunk));
            end += prefix.length;
        }
        loop {
            let byte = bytes.get(end).copied().unwrap_or(b' ');
            let letter = LETTERS[usize::from(byte)];
            if letter >= FIRST_LETTER {
                prefix.add(u32::from(letter));
                end += 1;
            } else if let (LATIN, false, Some(letter)) =
                (letter, hangul, bytes.get(end + 1).and_then(|&byte| accented(byte)))
            {
                prefix.add(letter);
                end += 2;
            } else if byte.is_ascii_digit() {
                return None;
            } else if byte.is_ascii() {
                return Some(Letters { prefix, start, end });
            } else {
                match self.folded(end) {
                    Some((c, after)) if is_alphanumeric(c) && !is_unspaced(c) => {
                        if hangul && !is_hangul(c) && !c.is_ascii() {
                            return Some(Letters { prefix, start, end });
                        }
                        if c.is_ascii_digit() || is_hangul(c) != hangul || !is_letter(c) {
                            return None;
                        }
                        prefix.add(c as u32);
                        end = after;
                    }
                    _ => return Some(Letters { prefix, start, end }),
                }
            }
        }
    }

    /// What a word may begin.
    fn opening(&self, letters: &Letters) -> Opening {
        if self.openings.has_stems()
            && self.openings.stem(self.own(letters))
            && (!self.whole || self.is_compound(letters))
        {
            return Opening::Word;
        }
        self.openings.opening(letters.prefix)
    }

    /// The folded characters of a word.
    fn own(&self, letters: &Letters) -> impl Iterator<Item = char> {
        let mut byte = letters.start;
        std::iter::from_fn(move || {
            let (c, after) = self.folded(byte)?;
            byte = after;
            Some(c)
        })
        .take(letters.prefix.length)
    }

    fn is_compound(&self, letters: &Letters) -> bool {
        let word: Vec<char> = self.own(letters).collect();
        self.lexicon.is_compound(&word)
    }

    /// Whether a quantity may begin with a word.
    fn may_begin(&self, first: char, letters: &Letters) -> bool {
        let opening = if !is_hangul(first) {
            self.opening(letters)
        } else if self.openings.character(first, || None) {
            Opening::Word
        } else {
            Opening::None
        };
        if opening != Opening::None {
            return opening == Opening::Word
                || self.joined_may_begin(first, letters)
                || self.sequence_may_begin(letters);
        }
        let alone = self.text.as_bytes().get(letters.end).is_none_or(|&byte| LETTERS[usize::from(byte)] == SIGN);
        !alone && self.joined_may_begin(first, letters)
    }

    /// Whether an address or a name with digits may begin with a word.
    fn joined_may_begin(&self, first: char, letters: &Letters) -> bool {
        match self.folded(letters.end) {
            Some(('-' | '.' | '_' | '@', _)) => first == 'h' || self.joins_digits(letters.end),
            Some((':', _)) => first == 'h' && matches!(letters.prefix.length, 4 | 5),
            _ => false,
        }
    }

    /// Whether a quantity may begin with a word and what follows it: a sign, or a space and another word.
    fn sequence_may_begin(&self, letters: &Letters) -> bool {
        let openings = self.openings;
        if openings.leads(letters.prefix) && self.time_may_follow(letters.end) {
            return true;
        }
        let Some((sign, after)) = self.folded(letters.end) else { return false };
        let with_sign = letters.prefix.with(sign);
        if openings.begins(with_sign) || (openings.leads(with_sign) && self.time_may_follow(after)) {
            return true;
        }
        let next = if is_space(sign) || sign == '-' { self.after_spaces(after) } else { self.folded(after) };
        next.is_some_and(|(c, _)| openings.begins(with_sign.with(c)))
    }

    /// Whether a time may begin at `byte` after any spaces.
    fn time_may_follow(&self, byte: usize) -> bool {
        let Some((c, byte)) = self.after_spaces(byte) else { return false };
        if c.is_ascii() && !c.is_ascii_lowercase() {
            return c.is_ascii_digit() || c == ':';
        }
        let word = self.letters(byte, false).filter(|letters| letters.prefix.length > 0);
        word.is_none_or(|letters| self.opening(&letters) != Opening::None)
    }

    /// Whether digits may stand in what is joined to the word that ends at `end`.
    fn joins_digits(&self, end: usize) -> bool {
        /// No name is longer; it bounds the work on long rows of signs.
        const MAX_BYTES: usize = 256;
        let joined = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'@') || !b.is_ascii();
        self.text.as_bytes()[end..]
            .iter()
            .take(MAX_BYTES)
            .take_while(joined)
            .any(|b| b.is_ascii_digit() || !b.is_ascii())
    }

    /// Whether a quantity may begin with a sign, or with a character of a script without words.
    fn sign_may_begin(&self, c: char, after: usize) -> bool {
        match c {
            '0'..='9' | '$' => true,
            ':' | '.' | ',' | '-' => self.folded(after).is_some_and(|(c, _)| c.is_ascii_digit()),
            '#' | '%' => self.after_spaces(after).is_some_and(|(c, _)| c.is_ascii_digit()),
            _ if c.is_ascii() => false,
            _ => {
                self.openings.character(c, || self.folded(after).map(|(c, _)| c))
                    || (!is_letter(c) && is_alphanumeric(c))
            }
        }
    }
}

/// A sign of ASCII with which nothing begins, and which does not join words.
const SIGN: u8 = 1;
/// The first byte of Latin letters with accents.
const LATIN: u8 = 2;
/// Letters stand for themselves, in lower case.
const FIRST_LETTER: u8 = b'a';

/// What a byte is: a letter, one of the kinds above, or 0.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => byte | 0x20,
            b'0'..=b'9' | b'-' | b'.' | b'_' | b'@' | b':' | b',' | b'#' | b'%' | b'$' => 0,
            _ => SIGN,
        };
        byte += 1;
    }
    letters[0xc3] = LATIN;
    letters
};

/// The small letter U+00DF to U+00FF that a letter from U+00C0 on stands for, by its second byte.
fn accented(second: u8) -> Option<u32> {
    match second {
        0x97 | 0xb7 => None,
        0x80..=0x9e => Some(0xe0 + u32::from(second & 0x1f)),
        _ => Some(0xc0 + u32::from(second & 0x3f)),
    }
}

/// The letters of ASCII that begin eight bytes, of which the first is the highest.
fn short_word(bytes: u64) -> Prefix {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let lower = bytes | (0x20 * EACH);
    // The high bit of each sum says that its byte is not below "a", or above "z".
    let from_a = (lower & !HIGH) + (0x80 - 0x61) * EACH;
    let past_z = (lower & !HIGH) + (0x80 - 0x7b) * EACH;
    let letters = from_a & !past_z & !bytes & HIGH;
    let length = ((letters ^ HIGH).leading_zeros() / 8) as usize;
    if length == 0 { Prefix::default() } else { Prefix::short(lower & (u64::MAX << (64 - 8 * length)), length) }
}

/// The kana, Han or Hangul character of three bytes that begins `bytes`: what folding leaves as it is.
fn wide_character(bytes: &[u8]) -> Option<char> {
    let &[first @ 0xe3..=0xed, second, third, ..] = bytes else { return None };
    let code = u32::from(first & 0xf) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
    let plain = matches!(code, 0x3041..=0x3096 | 0x30a1..=0x30fa | 0x30fc | 0x4e00..=0x9fff | 0xac00..=0xd7a3);
    char::from_u32(code).filter(|_| plain)
}
