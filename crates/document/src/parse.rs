//! Parsing a file.

use crate::document::Document;
use crate::front_matter::FrontMatter;
use crate::syntax::Syntax;
use crate::{markdown, section, word};

impl Document {
    /// Parses a file. Never fails: anything that cannot be understood is text.
    pub fn parse(text: String, syntax: Syntax) -> Self {
        let mut document = Self::with_front_matter(FrontMatter::find(&text));
        // Typical densities, so that the lists rarely grow.
        document.blocks.reserve(text.len() / 150);
        document.tokens.reserve(text.len() / 100);
        document.plain.reserve(text.len() * 3 / 4);
        let body = document.front_matter.as_ref().map_or(0, |front| front.span.end as usize);
        let body = if text[body..].starts_with('\u{FEFF}') { body + '\u{FEFF}'.len_utf8() } else { body };
        markdown::read(&mut document, &text, body, syntax);
        document.text = text;
        document.sections = section::divide(&mut document.blocks);
        word::collect(&mut document);
        document
    }
}
