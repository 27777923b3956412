//! Words as hashes, for recognising a translation by the words that usually go together.

use std::hash::Hasher;

use fnv::FnvHasher;

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
    let mut hasher = FnvHasher::default();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii_alphabetic() || (byte == b'_' && at > 0) {
            hasher.write_u8(byte.to_ascii_lowercase());
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next().filter(|c| !c.is_ascii()) else { break };
        if !c.is_alphanumeric() || is_unspaced(c) || c == PLACEHOLDER {
            // What begins no word is passed over.
            return if at == 0 { (c.len_utf8(), None) } else { (at, Some(fold(hasher.finish()))) };
        }
        lower(c, &mut hasher);
        at += c.len_utf8();
    }
    (at, Some(fold(hasher.finish())))
}

fn lower(c: char, hasher: &mut FnvHasher) {
    if c.is_ascii() {
        hasher.write_u8(c.to_ascii_lowercase() as u8);
    } else {
        c.to_lowercase().for_each(|c| hasher.write_u32(c as u32));
    }
}

fn hash_chars(chars: [char; 2]) -> u32 {
    let mut hasher = FnvHasher::default();
    chars.iter().for_each(|&c| hasher.write_u32(c as u32));
    fold(hasher.finish())
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
