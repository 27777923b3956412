//! Versions and names with digits, which are not numbers and are compared as written.

use crate::boundary::{ends_word, starts_word};
use crate::found::Found;
use crate::literal::{Literal, literal};
use crate::meaning::{Meaning, QuantityKind, Strength};
use crate::normalise::{is_alphanumeric, is_consonantal, is_hangul, is_letter, is_unspaced, without_accent};
use crate::scan::Scan;

/// The longest name that is read.
const MAX_LENGTH: usize = 256;

/// A letter or digit of a script that puts spaces between words.
#[inline]
fn is_name_letter(c: char) -> bool {
    is_alphanumeric(c) && !is_unspaced(c) && !is_hangul(c) && !is_consonantal(c)
}

/// Whether a name is a number between two words or letters, such as i18n, k8s and B2B. Translators may spell these out.
fn is_numeronym(name: &[char]) -> bool {
    let [first, digits @ .., last] = name else { return false };
    is_letter(*first) && is_letter(*last) && matches!(digits.len(), 1 | 2) && digits.iter().all(char::is_ascii_digit)
}

impl Scan<'_> {
    /// A version, file name or other name with digits at `start`.
    pub(crate) fn identifier(&self, start: usize) -> Option<Found> {
        let first = *self.chars.get(start)?;
        if !is_name_letter(first) || !starts_word(self.chars, start) {
            return None;
        }
        let joint = |c| matches!(c, '_' | '.' | '-' | '@');
        let mut run = self.chars[start..].iter().take(2 * MAX_LENGTH).take_while(|&&c| is_name_letter(c) || joint(c));
        if !run.any(char::is_ascii_digit) {
            return None;
        }
        let run_end = self.run_end(start, joint);
        if let Some(end) = self.file_name(start, run_end) {
            return Some(self.name(QuantityKind::Identifier, start, end));
        }
        if let Some(end) = self.version(start) {
            return Some(self.name(QuantityKind::Version, start, end));
        }
        let end = self.run_end(start, |c| c == '_');
        if let Some(end) = self.versioned_word(start, end) {
            return Some(self.name(QuantityKind::Identifier, start, end));
        }
        let run = &self.chars[start..end];
        if let Some(found) = self.numbered(start, end) {
            return Some(found);
        }
        let mixed = run.iter().any(char::is_ascii_digit) && run.iter().any(|&c| is_letter(c));
        if mixed && ends_word(self.chars, end) {
            return Some(self.name(QuantityKind::Identifier, start, end));
        }
        None
    }

    /// Letters with a version attached: Go1.23.
    fn versioned_word(&self, start: usize, end: usize) -> Option<usize> {
        let letters = self.chars[start..end].iter().take_while(|&&c| is_letter(c)).count();
        let digits = &self.chars[start + letters..end];
        let dotted = self.dotted_end(end);
        let fits = letters > 0 && !digits.is_empty() && digits.iter().all(char::is_ascii_digit);
        (fits && self.chars.get(end) == Some(&'.') && dotted > end + 1 && ends_word(self.chars, dotted))
            .then_some(dotted)
    }

    /// Capital letters, a hyphen, and digits: ABC-123.
    fn numbered(&self, start: usize, end: usize) -> Option<Found> {
        if self.chars.get(end) != Some(&'-') || !self.chars.get(end + 1)?.is_ascii_digit() {
            return None;
        }
        let letters = self.text.source(start, end).as_bytes();
        let capitals = letters.len() >= 2
            && letters[0].is_ascii_uppercase()
            && letters.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !capitals {
            return None;
        }
        let mut end = self.run_end(end + 1, |_| false);
        if self.chars.get(end) == Some(&'.') && self.chars.get(end + 1).is_some_and(char::is_ascii_digit) {
            // The number is a version of what the letters name.
            return None;
        }
        while self.chars.get(end) == Some(&'-') && self.chars.get(end + 1).is_some_and(char::is_ascii_digit) {
            end = self.run_end(end + 1, |_| false);
        }
        Some(self.name(QuantityKind::Identifier, start, end))
    }

    fn name(&self, kind: QuantityKind, start: usize, end: usize) -> Found {
        let spelled = |from: usize| self.chars[from..end].iter().map(|&c| without_accent(c)).collect();
        let meaning = match kind {
            QuantityKind::Version => Meaning::Version(spelled(start + usize::from(self.chars[start] == 'v'))),
            _ => Meaning::Identifier(spelled(start)),
        };
        let strength = if is_numeronym(&self.chars[start..end]) { Strength::Words } else { Strength::Digits };
        Found { kind, meaning, strength, start, end }
    }

    /// The end of a run of letters, digits and `also`, without trailing punctuation.
    fn run_end(&self, start: usize, also: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(start..).unwrap_or_default();
        let length = rest.iter().take(MAX_LENGTH).take_while(|&&c| is_name_letter(c) || also(c)).count();
        let trimmed = rest[..length].iter().rev().take_while(|&&c| !is_alphanumeric(c)).count();
        start + length - trimmed
    }

    /// A run with digits and an underscore or a file extension.
    fn file_name(&self, start: usize, end: usize) -> Option<usize> {
        let run = &self.chars[start..end];
        if !run.iter().any(char::is_ascii_digit) || !run.iter().any(char::is_ascii_alphabetic) {
            return None;
        }
        let underscore = run.contains(&'_');
        let extension = run.iter().rposition(|&c| c == '.').map(|dot| &run[dot + 1..]).is_some_and(|extension| {
            (2..=5).contains(&extension.len())
                && extension.iter().all(char::is_ascii_alphabetic)
                && run[0].is_ascii_alphabetic()
        });
        (underscore || extension).then_some(end)
    }

    /// `v2.4`, `2.4.7-p3`, `11.x`, `1.0.0-beta.2`.
    fn version(&self, start: usize) -> Option<usize> {
        let prefixed = self.chars[start] == 'v' && self.chars.get(start + 1).is_some_and(char::is_ascii_digit);
        let digits = start + usize::from(prefixed);
        if !self.chars.get(digits)?.is_ascii_digit() {
            return None;
        }
        let mut end = self.dotted_end(digits);
        let dots = self.chars[digits..end].iter().filter(|&&c| c == '.').count();
        let open = matches!(self.chars.get(end..end + 2), Some(['.', 'x' | '*'])) && ends_word(self.chars, end + 2);
        if open {
            end += 2;
        }
        let pointed = || matches!(literal(self.chars, digits, self.separators()), Some(Literal::Version { .. }));
        if !(open || (prefixed && dots <= 3) || (dots > 1 && pointed())) {
            return None;
        }
        let suffix = self.run_end(end, |c| c == '.' || c == '-');
        let tail = &self.chars[end..suffix.max(end)];
        if tail.first() == Some(&'-') && tail.iter().any(char::is_ascii_digit) && tail.len() <= 16 {
            end = self.suffix_end(end);
        }
        ends_word(self.chars, end).then_some(end)
    }

    /// The end of `-p3`, `-rc.1` or `-beta2` after a version; any other word after a hyphen is not part of it.
    fn suffix_end(&self, at: usize) -> usize {
        let letters = self.chars[at + 1..].iter().take_while(|&&c| is_letter(c)).count();
        let mut digits = at + 1 + letters;
        if self.chars.get(digits) == Some(&'.') {
            digits += 1;
        }
        let count = self.chars.get(digits..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
        // "2.4.0-2.4.3" is a range.
        let range = letters == 0 && self.chars.get(digits + count) == Some(&'.');
        if count > 0 && letters <= 8 && !range { digits + count } else { at }
    }

    /// Past digits with single points between them.
    fn dotted_end(&self, start: usize) -> usize {
        let mut at = start;
        loop {
            while self.chars.get(at).is_some_and(char::is_ascii_digit) {
                at += 1;
            }
            if self.chars.get(at) == Some(&'.') && self.chars.get(at + 1).is_some_and(char::is_ascii_digit) {
                at += 1;
            } else {
                return at;
            }
        }
    }
}
