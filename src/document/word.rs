//! Words as hashes, for recognising a translation by the words that usually go together.

use super::token::{Token, TokenKind, fold};
use super::{Document, PLACEHOLDER};
use crate::text::Span;

/// Fills in the words and the number tokens of every block.
pub(super) fn collect(document: &mut Document) {
    let mut words = Vec::with_capacity(document.plain.len() / 5);
    let mut tokens = Vec::with_capacity(document.tokens.len() + document.plain.len() / 64);
    for block in &mut document.blocks {
        let from = words.len() as u32;
        let first = tokens.len() as u32;
        tokens.extend_from_slice(&document.tokens[block.tokens.0 as usize..block.tokens.1 as usize]);
        split(block.plain.slice(document.plain.as_str()), block.span, &mut words, &mut tokens);
        block.words = (from, words.len() as u32);
        block.tokens = (first, tokens.len() as u32);
    }
    document.words = words;
    document.tokens = tokens;
}

/// Appends the hash of each word of `text`: lower-cased words where a script has them, else each pair of neighbouring
/// characters, which serve as words where none are spaced (Chinese, Japanese, Thai). Numbers become tokens of their block.
fn split(text: &str, block: Span, words: &mut Vec<u32>, tokens: &mut Vec<Token>) {
    let mut at = 0;
    let mut previous = None;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            previous = None;
        } else if byte.is_ascii_digit() {
            let length = text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            tokens.push(Token::new(TokenKind::Number, text[at..at + length].trim_start_matches('0'), block));
            at += length;
            previous = None;
        } else if let Some(c) = text[at..].chars().next().filter(|c| is_unspaced(*c)) {
            if let Some(previous) = previous {
                words.push(hash_chars([previous, c]));
            }
            previous = Some(c);
            at += c.len_utf8();
        } else {
            let (length, hash) = word(&text[at..]);
            words.extend(hash);
            at += length;
            previous = None;
        }
    }
}

/// Length and hash of the word that `text` begins with; a character that begins none has a length and no hash.
fn word(text: &str) -> (usize, Option<u32>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic() || **byte == b'_').count();
        let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) else { break };
        if !is_letter(c) {
            if at == 0 {
                return (c.len_utf8(), None);
            }
            break;
        }
        at += c.len_utf8();
    }
    (at.max(1), (at > 0).then(|| hash_bytes(&bytes[..at])))
}

/// Whether a character other than ASCII is part of a spaced word. Latin letters, which are the most, are known by their place.
fn is_letter(c: char) -> bool {
    match c {
        '\u{C0}'..='\u{24F}' => !matches!(c, '×' | '÷'),
        '\u{2000}'..='\u{206F}' | '\u{A0}'..='\u{BF}' | PLACEHOLDER => false,
        _ => c.is_alphanumeric() && !is_unspaced(c),
    }
}

/// Hash of a word, eight bytes at a time (multiply and rotate, as `FxHash` does). Setting bit 5 makes ASCII letters lower case;
/// what it does to others, it does to all of them alike.
fn hash_bytes(word: &[u8]) -> u32 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let hash = word.chunks(8).fold(word.len() as u64, |hash, chunk| {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        (hash.rotate_left(23) ^ (u64::from_le_bytes(bytes) | CASE)).wrapping_mul(FACTOR)
    });
    fold(hash)
}

fn hash_chars([first, second]: [char; 2]) -> u32 {
    fold((u64::from(u32::from(first)) << 32 | u64::from(u32::from(second))).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// Whether a character belongs to a script that is written without spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}'        // Thai, Lao
        | '\u{1000}'..='\u{109F}'      // Myanmar
        | '\u{1780}'..='\u{17FF}'      // Khmer
        | '\u{3041}'..='\u{30FF}'      // kana
        | '\u{3400}'..='\u{9FFF}'      // Han
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}
