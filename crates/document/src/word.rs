//! Words and numbers of blocks.

use isogloss_text::words;

use crate::document::Document;
use crate::token::{Token, TokenKind};

/// Adds words and number tokens to every block.
pub(super) fn collect(document: &mut Document) {
    let mut words = Vec::with_capacity(document.plain.len() / 5);
    let mut tokens = Vec::with_capacity(document.tokens.len() + document.plain.len() / 64);
    for block in &mut document.blocks {
        let from = words.len() as u32;
        let first = tokens.len() as u32;
        tokens.extend_from_slice(&document.tokens[block.tokens.0 as usize..block.tokens.1 as usize]);
        let number = |digits: &str| {
            tokens.push(Token::new(TokenKind::Number, digits.trim_start_matches('0'), block.span));
        };
        words::split(document.plain.as_str(), block.plain, &mut words, number);
        block.words = (from, words.len() as u32);
        block.tokens = (first, tokens.len() as u32);
    }
    document.words = words;
    document.tokens = tokens;
}
