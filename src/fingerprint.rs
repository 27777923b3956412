//! What a finding is known by from one run to the next: in baselines, in code scanning, in comments on a change.
//!
//! A fingerprint is FNV-1a (64 bits) over four texts: the rule's id, the page's key, the locale, and what the finding is
//! about, which most often is the text of the block at fault. White space counts as one space, so that a paragraph may be
//! wrapped anew; each text ends with a zero byte, so that none runs into the next. Neither line numbers nor the message nor
//! the path of a root go in: the fingerprint stays when the file is edited elsewhere, moved with its id, or when a message
//! gets better words. Findings that are alike in all four are told apart by their order in the report: the first is known by
//! the hash alone, and each further one has its number, from 1 and little-endian in four bytes, hashed in too.
//!
//! Of the text that many findings may share, such as a paragraph with a thousand numbers, only a hash goes in where it is longer
//! than [`LONGEST_SHARED`] bytes, so that it is read once and not for each of them: see [`shared`].
//!
//! FNV-1a is the same on every platform and in every version: <https://datatracker.ietf.org/doc/html/rfc9923>. Its
//! constants, and all of the above, are held by a test; what is changed there forgets every baseline.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::finding::Finding;

/// A longer text than this, in bytes, stands for itself by its hash where many findings share it.
pub const LONGEST_SHARED: usize = 32 * 1024;

/// A text that many findings may share, as it goes into what each is about: itself, or else its own FNV-1a hash in 16
/// hexadecimal digits, with white space counted as in a fingerprint.
pub fn shared(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_SHARED {
        return Cow::Borrowed(text);
    }
    let mut hasher = FnvHasher::default();
    write_words(&mut hasher, text);
    Cow::Owned(format!("{:016x}", hasher.finish()))
}

/// Writes a text with each run of white space as one space, and none around it.
fn write_words(hasher: &mut FnvHasher, text: &str) {
    let mut write = |(index, word): (usize, &str)| {
        if index > 0 {
            hasher.write(b" ");
        }
        hasher.write(word.as_bytes());
    };
    // The same, without a look at tables of characters.
    if text.is_ascii() {
        let words = text.split([' ', '\t', '\n', '\x0B', '\x0C', '\r']).filter(|word| !word.is_empty());
        words.enumerate().for_each(&mut write);
    } else {
        text.split_whitespace().enumerate().for_each(&mut write);
    }
}

/// What a finding is known by; 16 hexadecimal digits in every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a finding of `rule` on the page with the key `page`. `identity` is what stays the same while the
    /// file is edited elsewhere: the text at fault, most often.
    pub fn of(rule: &str, page: &str, locale: &str, identity: &str) -> Self {
        let mut hasher = FnvHasher::default();
        for text in [rule, page, locale, identity] {
            write_words(&mut hasher, text);
            hasher.write(&[0]);
        }
        Self(hasher.finish())
    }

    /// That of the finding that is the `number`th alike, from 0.
    fn again(self, number: u32) -> Self {
        if number == 0 {
            return self;
        }
        let mut hasher = FnvHasher::with_key(self.0);
        hasher.write(&number.to_le_bytes());
        Self(hasher.finish())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fingerprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = String::deserialize(deserializer)?;
        let is_hex = written.len() == 16 && written.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let digits = if is_hex { u64::from_str_radix(&written, 16).ok() } else { None };
        digits.map(Self).ok_or_else(|| serde::de::Error::custom("a fingerprint has 16 hexadecimal digits"))
    }
}

/// Gives findings that are alike fingerprints of their own; `findings` are all of a run, in the order of the report.
pub fn tell_apart(findings: &mut [Finding]) {
    let mut seen = HashMap::<Fingerprint, u32>::with_capacity(findings.len());
    for finding in findings {
        let count = seen.entry(finding.fingerprint).or_insert(0);
        finding.fingerprint = finding.fingerprint.again(*count);
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_are_the_same_for_ever() {
        let of = |identity| Fingerprint::of("sla-mismatch", "plans.md", "sv", identity);
        assert_eq!(of("").to_string(), "f510721374a2cc70");
        assert_eq!(of("06.00–17.00:30").to_string(), "d47a5019001b50a8");
        assert_eq!(of("06.00–17.00:30").again(1).to_string(), "3e65fe4597b1cbb9");
        assert_eq!(of("06.00–17.00:30").again(0), of("06.00–17.00:30"));
    }

    #[test]
    fn a_long_text_that_many_share_stands_for_itself_by_its_hash() {
        let short = "24 hours. ".repeat(LONGEST_SHARED / 10);
        assert_eq!(shared(&short), short);
        let long = "24 hours. ".repeat(LONGEST_SHARED / 10 + 1);
        assert_eq!(shared(&long), "01946cb3a77e9fa2");
        assert_eq!(shared(&long.replace(' ', " \n ")), shared(&long));
    }

    #[test]
    fn every_part_counts_and_white_space_is_one_space() {
        let base = Fingerprint::of("a", "b", "c", "two words");
        assert_eq!(Fingerprint::of("a", "b", "c", "  two\r\n\twords "), base);
        for other in [
            Fingerprint::of("a", "b", "c", "twowords"),
            Fingerprint::of("ab", "", "c", "two words"),
            Fingerprint::of("a", "bc", "", "two words"),
            Fingerprint::of("a", "b", "c two", "words"),
            base.again(1),
            base.again(2),
        ] {
            assert_ne!(other, base);
        }
    }
}
