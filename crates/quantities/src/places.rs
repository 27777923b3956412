//! Finds the positions of a text where a quantity may start, on its bytes and before anything is folded.
//!
//! Most words and signs are skipped here, and with them most texts. The grammar reads what is found, so there may be
//! too many positions but never too few.

use crate::boundary::starts_word_after;
use crate::lexicon::{Lexicon, MAX_COMPOUND};
use crate::normalise::{fold, is_alphanumeric, is_hangul, is_invisible, is_letter, is_space, is_unspaced};
use crate::openings::{Opening, Openings, Prefix};

use isogloss_text::words::PLACEHOLDER;

/// The positions in a text.
pub(crate) struct Places<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    openings: &'t Openings,
    /// Whether only what means something by itself or with its neighbours counts.
    significant: bool,
}

/// The most frequent signs outside ASCII, which start nothing: the apostrophe, hard spaces, the placeholder for code.
fn is_common_sign(c: char) -> bool {
    matches!(c, '’' | '\u{a0}' | '\u{202f}' | PLACEHOLDER)
}

/// The letters of one word in the text.
struct Letters {
    prefix: Prefix,
    start: usize,
    /// The byte after them.
    end: usize,
}

impl<'t> Places<'t> {
    /// The positions of `text` where any quantity may start.
    pub(crate) fn new(text: &'t str, lexicon: &'t Lexicon) -> Self {
        Self { text, lexicon, openings: &lexicon.openings, significant: false }
    }

    /// The positions that may make a difference in a text without digits.
    pub(crate) fn significant(text: &'t str, lexicon: &'t Lexicon) -> Self {
        Self { openings: &lexicon.significant, significant: true, ..Self::new(text, lexicon) }
    }

    /// The positions of [`Self::significant`], and those that may give a meaning to the digits after them.
    pub(crate) fn naming(text: &'t str, lexicon: &'t Lexicon) -> Self {
        Self { openings: &lexicon.naming, ..Self::significant(text, lexicon) }
    }

    /// The positions that may give a meaning to the digits before them.
    pub(crate) fn following(text: &'t str, lexicon: &'t Lexicon) -> Self {
        Self { openings: &lexicon.after, ..Self::new(text, lexicon) }
    }

    /// The first position at or after the byte `from`.
    pub(crate) fn next(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            at = self.openings.windows.next(self.text.as_bytes(), at)?;
            if self.begins(at) {
                return Some(self.name_start(at, from));
            }
            at += 1;
        }
    }

    /// Whether a quantity may start at `at`, or whatever else the openings are for.
    pub(crate) fn begins(&self, at: usize) -> bool {
        if let Some(&letter) = self.text.as_bytes().get(at).filter(|byte| byte.is_ascii_alphabetic()) {
            return self.word_may_begin(at, char::from(letter.to_ascii_lowercase()));
        }
        let first = self.text.get(at..).and_then(|rest| rest.chars().next());
        let Some(written) = first.filter(|&c| !is_invisible(c) && !is_common_sign(c)) else { return false };
        let (c, after) = (fold(written), at + written.len_utf8());
        if c.is_ascii_digit() || (!is_letter(c) && is_alphanumeric(c)) {
            return true;
        }
        if !is_letter(c) || is_unspaced(c) {
            return self.sign_may_begin(c, after) && !(self.significant && is_unspaced(c) && !self.is_significant(at));
        }
        if self.significant && is_hangul(c) {
            return self.is_significant(at);
        }
        self.word_may_begin(at, c)
    }

    /// Whether a quantity may start with a word at `at` whose first folded letter is `first`.
    fn word_may_begin(&self, at: usize, first: char) -> bool {
        starts_word_after(self.before(at), first)
            && self.letters(at, is_hangul(first)).is_none_or(|letters| self.may_begin(first, &letters))
    }

    /// The start of the first of the words that are joined to the one at `at`, from `from` on; together they may be one
    /// name.
    fn name_start(&self, at: usize, from: usize) -> usize {
        /// The longest name; it limits the work for long rows of signs.
        const MAX_BYTES: usize = 256;
        let joined = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'@') || !b.is_ascii();
        let before = self.text.as_bytes()[from..at].iter().rev().take(MAX_BYTES).take_while(joined).count();
        let starts = |&start: &usize| {
            let first = self.text.get(start..).and_then(|rest| rest.chars().next()).map(fold);
            first.is_some_and(|c| is_letter(c) && !is_unspaced(c) && starts_word_after(self.before(start), c))
        };
        (at - before..at).find(starts).unwrap_or(at)
    }

    /// The folded character before `at`.
    fn before(&self, at: usize) -> char {
        match at.checked_sub(1).map(|last| self.text.as_bytes()[last]) {
            None => return ' ',
            Some(ascii @ 0..=127) => return char::from(ascii.to_ascii_lowercase()),
            Some(_) => {}
        }
        self.text[..at].chars().rev().find(|&c| !is_invisible(c)).map_or(' ', fold)
    }

    /// The folded character at `byte`, and the byte after it; invisible characters are skipped.
    #[inline]
    fn folded(&self, byte: usize) -> Option<(char, usize)> {
        match self.text.as_bytes().get(byte)? {
            ascii @ 0..=127 => Some((char::from(ascii.to_ascii_lowercase()), byte + 1)),
            _ => self.folded_slowly(byte),
        }
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

    /// The folded character at `byte` after any spaces, and its position.
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

    /// The word at `byte`; `None` if it contains digits or letters of another kind of script.
    fn letters(&self, start: usize, hangul: bool) -> Option<Letters> {
        let (mut prefix, mut end) = (Prefix::default(), start);
        for &byte in &self.text.as_bytes()[start..] {
            if !byte.is_ascii_alphabetic() {
                if hangul || !byte.is_ascii() || byte.is_ascii_digit() {
                    break;
                }
                return Some(Letters { prefix, start, end });
            }
            prefix = prefix.with_letter(byte.to_ascii_lowercase());
            end += 1;
        }
        while let Some((c, after)) = self.folded(end) {
            if c.is_ascii_lowercase() && !hangul {
                prefix = prefix.with(c);
                end = after;
                continue;
            }
            if !is_alphanumeric(c) || is_unspaced(c) || (hangul && !is_hangul(c) && !c.is_ascii()) {
                break;
            }
            if !is_letter(c) || is_hangul(c) != hangul {
                return None;
            }
            prefix = prefix.with(c);
            end = after;
        }
        Some(Letters { prefix, start, end })
    }

    /// What a word may start.
    fn opening(&self, letters: &Letters) -> Opening {
        let opening = self.openings.opening(letters.prefix);
        if opening == Opening::Word || !self.openings.has_stems() {
            return opening;
        }
        let whole = self.significant && !self.lexicon.endings;
        if self.openings.stem(self.own(letters)) && (!whole || self.is_compound(letters)) {
            return Opening::Word;
        }
        opening
    }

    /// The folded characters of a word.
    fn own(&self, letters: &Letters) -> impl Iterator<Item = char> {
        let mut byte = letters.start;
        let next = move || {
            let (c, after) = self.folded(byte)?;
            byte = after;
            Some(c)
        };
        std::iter::from_fn(next).take(letters.prefix.length)
    }

    /// Whether a character of a script without spaces starts more than a part of another word: a number with its unit,
    /// or a word with a number after it.
    fn is_significant(&self, at: usize) -> bool {
        /// The characters of the longest surfaces, with what follows them.
        const MOST: usize = 16;
        let (mut chars, mut count, mut byte) = ([' '; MOST], 0, at);
        while count < MOST
            && let Some((c, after)) = self.folded(byte)
        {
            (chars[count], count, byte) = (c, count + 1, after);
        }
        self.lexicon.is_significant(&chars[..count])
    }

    /// Whether a word consists of several number words, or is too long to know.
    fn is_compound(&self, letters: &Letters) -> bool {
        let mut word = [' '; MAX_COMPOUND];
        let Some(word) = word.get_mut(..letters.prefix.length) else { return true };
        word.iter_mut().zip(self.own(letters)).for_each(|(place, c)| *place = c);
        self.lexicon.is_compound(word)
    }

    /// Whether a quantity or an address may start with a word.
    fn may_begin(&self, first: char, letters: &Letters) -> bool {
        if is_hangul(first) {
            return self.openings.character(first, || None);
        }
        match self.opening(letters) {
            Opening::Word => true,
            Opening::Sequence => self.sequence_may_begin(letters),
            Opening::None => {
                let scheme = first == 'h' && matches!(letters.prefix.length, 4 | 5);
                scheme && self.folded(letters.end).is_some_and(|(c, _)| c == ':')
            }
        }
    }

    /// Whether a quantity may start with a word and what follows it: a sign, or a space and another word.
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

    /// Whether a time may start at `byte` after any spaces.
    fn time_may_follow(&self, byte: usize) -> bool {
        let Some((c, byte)) = self.after_spaces(byte) else { return false };
        if c.is_ascii() && !c.is_ascii_lowercase() {
            return c.is_ascii_digit() || c == ':';
        }
        let word = self.letters(byte, false).filter(|letters| letters.prefix.length > 0);
        word.is_none_or(|letters| self.opening(&letters) != Opening::None)
    }

    /// Whether a quantity may start with a sign, or with a character of a script without spaces.
    fn sign_may_begin(&self, c: char, after: usize) -> bool {
        match c {
            '$' if !self.significant => true,
            ':' | '.' | ',' | '-' => self.folded(after).is_some_and(|(c, _)| c.is_ascii_digit()),
            // In some scripts, number words need the sign.
            '$' => self.after_spaces(after).is_some_and(|(c, _)| c.is_ascii_digit() || !c.is_ascii()),
            '#' | '%' => self.after_spaces(after).is_some_and(|(c, _)| c.is_ascii_digit()),
            _ if c.is_ascii() => false,
            _ => self.openings.character(c, || self.folded(after).map(|(c, _)| c)),
        }
    }
}
