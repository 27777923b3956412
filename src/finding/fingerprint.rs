//! Fingerprints identify findings across runs: in baselines, in code scanning, in comments on a change.
//!
//! A fingerprint is FNV-1a (64 bits) over four texts: the rule's id, the page's key, the locale, and the finding's identity,
//! which is usually the text of the block at fault. White space counts as one space, so that a paragraph may be rewrapped; each
//! text ends with a zero byte, so that none runs into the next. Line numbers, the message and the path of a root are not hashed:
//! a fingerprint does not change if the file is edited elsewhere, if it is moved and keeps its id, or if a message is reworded.
//! Findings that agree in all four are distinguished by their order in the report: the first has the plain hash, and each further
//! one also hashes its number, from 1, as four little-endian bytes.
//!
//! FNV-1a is the same on every platform and in every version: <https://datatracker.ietf.org/doc/html/rfc9923>. A test pins its
//! constants and all of the above; any change invalidates every baseline.

use std::cell::OnceCell;
use std::fmt;
use std::hash::Hasher;

use fnv::FnvHasher;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The 64-bit FNV prime.
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// A text that many findings share, such as a paragraph of a thousand numbers. After the first few uses, hashing it is free.
///
/// FNV-1a only changes the lowest byte of its state before it multiplies. So hashing a text multiplies the state by a power of
/// the prime and adds a value that depends only on the lowest byte of the state.
#[derive(Debug)]
pub struct Shared {
    /// The text, with each run of white space replaced by one space.
    bytes: Vec<u8>,
    /// The prime raised to the length of the text.
    power: u64,
    /// The value to add, for each value of the lowest byte.
    added: Vec<OnceCell<u64>>,
}

impl Shared {
    /// Prepares a text that is hashed many times.
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

    /// The state after hashing the text.
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

/// Writes a text with each run of white space replaced by one space, and trimmed.
fn write_words(hasher: &mut FnvHasher, text: &str) {
    let mut write = |(index, word): (usize, &str)| {
        if index > 0 {
            hasher.write(b" ");
        }
        hasher.write(word.as_bytes());
    };
    // Fast path that needs no Unicode tables.
    if text.is_ascii() {
        let words = text.split([' ', '\t', '\n', '\x0B', '\x0C', '\r']).filter(|word| !word.is_empty());
        words.enumerate().for_each(&mut write);
    } else {
        text.split_whitespace().enumerate().for_each(&mut write);
    }
}

/// The identity of a finding across runs; 16 hexadecimal digits in every format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a finding of `rule` on the page with the key `page`. `identity` is text that stays the same while the
    /// file is edited elsewhere, usually the text at fault.
    pub fn of(rule: &str, page: &str, locale: &str, identity: &str) -> Self {
        let mut hasher = FnvHasher::default();
        for text in [rule, page, locale, identity] {
            write_words(&mut hasher, text);
            hasher.write(&[0]);
        }
        Self(hasher.finish())
    }

    /// Like [`Self::of`], with a shared text appended to `identity`, which is not empty.
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

    /// The fingerprint of the finding with this number, from 0, among identical ones.
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
