//! Words as hashes, which identify a word without storing it.

use crate::span::Span;

/// Replaces inline content that is not prose, such as code or a placeholder. U+FFFC, the object replacement character.
pub const PLACEHOLDER: char = '\u{FFFC}';

/// The role of a byte in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ByteClass {
    /// Between words.
    Separator,
    /// An ASCII letter or an underscore.
    Letter,
    Digit,
    /// Part of a non-ASCII character.
    Other,
}

/// The class of every byte; a lookup takes a third of the time of comparisons.
static CLASSES: [ByteClass; 256] = {
    let mut classes = [ByteClass::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            // DEL is not a letter, but too rare for [`letters`] to distinguish it from the underscore.
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x7F => ByteClass::Letter,
            b'0'..=b'9' => ByteClass::Digit,
            _ => ByteClass::Separator,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> ByteClass {
    CLASSES[usize::from(byte)]
}

/// Number of leading bytes of one class.
fn run(bytes: &[u8], of: ByteClass) -> usize {
    bytes.iter().position(|&byte| class(byte) != of).unwrap_or(bytes.len())
}

/// Appends the hash of each word of `part` of `text`, in lower case. In scripts without spaces (Chinese, Japanese, Thai), each
/// pair of neighbouring characters is a word. Calls `number` with each run of digits.
pub fn split(text: &str, part: Span, words: &mut Vec<u32>, mut number: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let (mut at, end) = (part.start as usize, part.end as usize);
    let own = &text[..end];
    let mut previous = None;
    while at < end {
        let byte = bytes[at];
        let before = previous.take();
        match class(byte) {
            ByteClass::Separator => at += 1,
            ByteClass::Digit => {
                let length = run(&bytes[at..end], ByteClass::Digit);
                number(&text[at..at + length]);
                at += length;
            }
            ByteClass::Letter => {
                let short = short_word(bytes, at).and_then(|word| if at + word.0 <= end { Ok(word) } else { Err(at) });
                let (length, hash) = short.unwrap_or_else(|known| long_word(own, at, known.min(end)));
                words.push(hash);
                at += length;
                // Most words are followed by a space.
                at += usize::from(bytes.get(at) == Some(&b' '));
            }
            ByteClass::Other => {
                let c = own[at..].chars().next().unwrap_or_default();
                if is_unspaced(c) {
                    words.extend(before.map(|before| hash_chars([before, c])));
                    previous = Some(c);
                    at += c.len_utf8();
                } else if is_letter(c) {
                    let (length, hash) = long_word(own, at, at);
                    words.push(hash);
                    at += length;
                } else {
                    at += c.len_utf8();
                }
            }
        }
    }
}

/// Length and hash of the word at `at`, if it has fewer than 16 letters, all ASCII, as most words do. Otherwise, an offset up to
/// which all bytes are letters. Processes eight bytes at a time.
fn short_word(bytes: &[u8], at: usize) -> Result<(usize, u32), usize> {
    let eight = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight));
    let is_end = |eight: u64, length: usize| eight >> (8 * length) & 0x80 == 0;
    let first = eight(at).ok_or(at)?;
    let length = letter_count(first);
    if length < 8 {
        let hash = || fold(mix(length as u64, beginning(first, length)));
        return is_end(first, length).then(|| (length, hash())).ok_or(at + length);
    }
    let second = eight(at + 8).ok_or(at + 8)?;
    let more = letter_count(second);
    let length = 8 + more;
    if more == 8 || !is_end(second, more) {
        return Err(at + length);
    }
    let hash = mix(length as u64, first);
    Ok((length, fold(if more == 0 { hash } else { mix(hash, beginning(second, more)) })))
}

/// The highest bit of every byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The highest bit of every byte of `eight` that is an ASCII letter or an underscore (or DEL), after Lamport 1975, "Multiple byte
/// processing with full-word instructions".
fn letters(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Bit 5 makes letters lower case, and turns an underscore into DEL; no addition carries into the next byte.
    let lower = (eight & !HIGH) | CASE;
    let from_a = lower + ONES * u64::from(0x80 - b'a');
    let past_z = lower + ONES * u64::from(0x80 - (b'z' + 1));
    let del = lower + ONES;
    ((from_a & !past_z) | del) & !eight & HIGH
}

/// Number of leading ASCII letters among `eight` bytes.
fn letter_count(eight: u64) -> usize {
    (!letters(eight) & HIGH).trailing_zeros() as usize / 8
}

/// The first `length` (less than 8) of `eight` bytes.
fn beginning(eight: u64, length: usize) -> u64 {
    eight & !(u64::MAX << (8 * length))
}

/// Length and hash of the word at `at`, which extends to `end` at least.
fn long_word(text: &str, at: usize, mut end: usize) -> (usize, u32) {
    let bytes = text.as_bytes();
    loop {
        end += letter_run(bytes, end);
        match bytes.get(end..).unwrap_or_default() {
            // Latin letters, the most frequent ones, need no decoding.
            [0xC3, second, ..] if !matches!(second, 0x97 | 0xB7) => end += 2,
            [0xC4..=0xC8, ..] => end += 2,
            [0x80..=0xFF, ..] => match text[end..].chars().next() {
                Some(c) if is_letter(c) => end += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    (end - at, hash_bytes(&bytes[at..], end - at))
}

/// Number of ASCII letters from `at` on.
fn letter_run(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(&eight) = bytes.get(end..).and_then(<[u8]>::first_chunk) {
        let length = letter_count(u64::from_le_bytes(eight));
        end += length;
        if length < 8 {
            return end - at;
        }
    }
    end - at + run(&bytes[end..], ByteClass::Letter)
}

/// Whether a non-ASCII character is a letter of a word between spaces. Tests the range of Latin letters first, the most frequent.
fn is_letter(c: char) -> bool {
    match c {
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{2000}'..='\u{206F}' | '\u{A0}'..='\u{BF}' | PLACEHOLDER => false,
        _ => c.is_alphanumeric() && !is_unspaced(c),
    }
}

/// Bit 5 of every byte, which makes ASCII letters lower case and changes other bytes consistently.
const CASE: u64 = 0x2020_2020_2020_2020;
/// 2⁶⁴ divided by the golden ratio, odd.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Adds eight bytes of a word to its hash: rotate and multiply, as in `FxHash`.
fn mix(hash: u64, eight: u64) -> u64 {
    (hash.rotate_left(23) ^ (eight | CASE)).wrapping_mul(FACTOR)
}

/// Hash of the first `length` bytes of `text`, in lower case.
fn hash_bytes(mut text: &[u8], length: usize) -> u32 {
    let mut hash = length as u64;
    let mut left = length;
    while let Some((eight, rest)) = text.split_first_chunk().filter(|_| left >= 8) {
        hash = mix(hash, u64::from_le_bytes(*eight));
        (text, left) = (rest, left - 8);
    }
    fold(if left == 0 { hash } else { mix(hash, first_bytes(text, left)) })
}

/// The first `length` (less than 8) bytes as a number.
fn first_bytes(text: &[u8], length: usize) -> u64 {
    if let Some(eight) = text.first_chunk() {
        return beginning(u64::from_le_bytes(*eight), length);
    }
    let mut eight = [0; 8];
    eight[..length].copy_from_slice(&text[..length]);
    u64::from_le_bytes(eight)
}

/// The hashes of the words of a text.
pub fn word_hashes(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    split(text, Span::new(0, text.len()), &mut words, |_| ());
    words
}

fn hash_chars([first, second]: [char; 2]) -> u32 {
    fold((u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))).wrapping_mul(FACTOR))
}

/// Whether a character belongs to a script without spaces between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'        // Thai, Lao
        | '\u{1000}'..='\u{109F}'      // Myanmar
        | '\u{1780}'..='\u{17FF}'      // Khmer
        | '\u{3041}'..='\u{30FF}'      // kana
        | '\u{3400}'..='\u{9FFF}'      // Han
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Folds a 64-bit hash to 32 bits.
pub fn fold(hash: u64) -> u32 {
    (hash ^ (hash >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_hash_in_any_context_and_case() {
        let alone = word_hashes("folder");
        for text in
            ["Folder", "(folder)", "folder and so on, at length", "FOLDER—a dash", "7 folder,", "\u{a0}folder\u{a0}"]
        {
            assert!(word_hashes(text).contains(&alone[0]), "{text}");
        }
        assert_eq!(word_hashes("synchronisation des dossiers"), word_hashes("Synchronisation, DES — dossiers."));
        assert_ne!(word_hashes("dossier"), word_hashes("dossiers"));
    }

    #[test]
    fn words_end_where_letters_end() {
        for (text, count) in [
            ("one two_three four-five", 4),
            ("été où naïf", 3),
            ("caféteria cafeteria", 2),
            ("x2 7days", 2),
            ("", 0),
            ("設定を保存", 4),
            ("A設定B", 3),
        ] {
            assert_eq!(word_hashes(text).len(), count, "{text}");
        }
    }
}
