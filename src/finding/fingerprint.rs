//! What a finding is known by from one run to the next: in baselines, in code scanning, in comments on a change.
//!
//! A fingerprint is FNV-1a (64 bits) over four texts: the rule's id, the page's key, the locale, and what the finding is
//! about, which most often is the text of the block at fault. White space counts as one space, so that a paragraph may be
//! wrapped anew; each text ends with a zero byte, so that none runs into the next. Neither line numbers nor the message nor
//! the path of a root go in: the fingerprint stays when the file is edited elsewhere, moved with its id, or when a message
//! gets better words. Findings that are alike in all four are told apart by their order in the report: the first is known by
//! the hash alone, and each further one has its number, from 1 and little-endian in four bytes, hashed in too.
//!
//! FNV-1a is the same on every platform and in every version: <https://datatracker.ietf.org/doc/html/rfc9923>. Its
//! constants, and all of the above, are held by a test; what is changed there forgets every baseline.

use std::cell::OnceCell;
use std::fmt;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// FNV's prime for 64 bits.
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// A text that many findings are about, such as a paragraph of a thousand numbers: after the first few, hashing it takes no time.
///
/// FNV-1a changes no more than the lowest byte of its state before it multiplies. So what a text makes of a state is the state
/// times a power of the prime, plus something that depends on the lowest byte of the state alone.
#[derive(Debug)]
pub struct Shared {
    /// The text, with each run of white space as one space.
    bytes: Vec<u8>,
    /// The prime to the power of its length.
    power: u64,
    /// What is added, for each value of the lowest byte.
    added: Vec<OnceCell<u64>>,
}

impl Shared {
    /// A text that is to be hashed many times.
    pub fn new(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !bytes.is_empty() {
                bytes.push(b' ');
            }
            bytes.extend_from_slice(word.as_bytes());
        }
        let power = PRIME.wrapping_pow(bytes.len() as u32);
        Self { bytes, power, added: vec![OnceCell::new(); 256] }
    }

    /// The state after the text, from the one before it.
    fn after(&self, state: u64) -> u64 {
        let lowest = state & 0xFF;
        let added = self.added[lowest as usize].get_or_init(|| {
            let mut hasher = FnvHasher::with_key(lowest);
            hasher.write(&self.bytes);
            hasher.finish().wrapping_sub(lowest.wrapping_mul(self.power))
        });
        state.wrapping_mul(self.power).wrapping_add(*added)
    }
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

    /// The same where `identity`, which is not empty, goes on with a text that other findings are about too.
    pub fn of_shared(rule: &str, page: &str, locale: &str, identity: &str, shared: &Shared) -> Self {
        let mut hasher = FnvHasher::default();
        for text in [rule, page, locale] {
            write_words(&mut hasher, text);
            hasher.write(&[0]);
        }
        write_words(&mut hasher, identity);
        if !shared.bytes.is_empty() {
            hasher.write(b" ");
        }
        let mut hasher = FnvHasher::with_key(shared.after(hasher.finish()));
        hasher.write(&[0]);
        Self(hasher.finish())
    }

    /// That of the finding that is the `number`th alike, from 0.
    pub(super) fn again(self, number: u32) -> Self {
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
        digits.map(Self).ok_or_else(|| serde::de::Error::custom("fingerprint must have 16 hexadecimal digits"))
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
    fn a_text_that_many_share_counts_as_if_it_stood_there() {
        for text in ["", " \n ", "24", "24 hours,\n 25 días ", &"ab \u{3000}é\t".repeat(900)] {
            let shared = Shared::new(text);
            for number in 0..600 {
                let identity = format!("{number} days");
                let whole = Fingerprint::of("sla-mismatch", "plans.md", "sv", &format!("{identity} {text}"));
                assert_eq!(Fingerprint::of_shared("sla-mismatch", "plans.md", "sv", &identity, &shared), whole);
            }
        }
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
