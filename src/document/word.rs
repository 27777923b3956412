//! Words as hashes, for recognising a translation by the words that usually go together.

use std::hash::Hasher;

use fnv::FnvHasher;

use super::token::{Token, TokenKind, fold};
use super::{Document, PLACEHOLDER};
use crate::text::Span;

/// Fills in the words and the number tokens of every block.
pub(super) fn collect(document: &mut Document) {
    let mut words = Vec::with_capacity(document.plain.len() / 6);
    let mut tokens = Vec::with_capacity(document.tokens.len() + document.plain.len() / 64);
    for block in &mut document.blocks {
        let from = words.len() as u32;
        let first = tokens.len() as u32;
        tokens.extend_from_slice(&document.tokens[block.tokens.0 as usize..block.tokens.1 as usize]);
        split(block.plain.slice(document.plain.as_str()), block.plain.start, &mut words, &mut tokens);
        block.words = (from, words.len() as u32);
        block.tokens = (first, tokens.len() as u32);
    }
    for token in &mut tokens {
        if token.kind == TokenKind::Number {
            token.span = document.plain.source(token.span);
        }
    }
    document.words = words;
    document.tokens = tokens;
}

/// Appends the hash of each word of `text`: lower-cased words where a script has them, else each character and each pair of
/// neighbours, which serve as words where none are spaced (Chinese, Japanese, Thai). Numbers become tokens with plain spans.
fn split(text: &str, offset: u32, words: &mut Vec<u32>, tokens: &mut Vec<Token>) {
    let mut previous = None;
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if is_unspaced(first) {
            if let Some(previous) = previous {
                words.push(hash_chars([previous, first]));
            }
            previous = Some(first);
            continue;
        }
        previous = None;
        if !first.is_alphanumeric() || first == PLACEHOLDER {
            continue;
        }
        let mut hasher = FnvHasher::default();
        let mut end = start;
        let mut digits = true;
        let mut next = Some((start, first));
        while let Some((at, c)) = next {
            digits &= c.is_ascii_digit();
            end = at + c.len_utf8();
            lower(c, &mut hasher);
            next = chars
                .next_if(|&(_, c)| c.is_alphanumeric() && !is_unspaced(c) && c.is_ascii_digit() == digits || c == '_');
        }
        let hash = fold(hasher.finish());
        if digits {
            let value = text[start..end].trim_start_matches('0');
            let span = Span { start: offset + start as u32, end: offset + end as u32 };
            tokens.push(Token { kind: TokenKind::Number, ..Token::new(TokenKind::Number, value, span) });
        } else {
            words.push(hash);
        }
    }
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
