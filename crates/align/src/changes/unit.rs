//! Units of comparison: a block, or a run of HTML with all blocks in it, and their visible words.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use isogloss_document::{Block, BlockKind, Document, PLACEHOLDER, Role, TokenKind};
use isogloss_text::Span;

/// A part of a document that is compared as one.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Its block; for a run of HTML, the run itself.
    pub block: u32,
    /// One past its last block: texts in HTML are separate blocks.
    pub end: u32,
    exact: OnceCell<u64>,
    content: OnceCell<Content>,
}

/// The visible content of a unit, computed if the source is not identical.
#[derive(Debug, Clone, Copy)]
pub(super) struct Content {
    /// Hash of kind and words; 0 if there are none.
    pub hash: u64,
    /// Number of words.
    pub words: u32,
}

impl Unit {
    fn new(block: u32) -> Self {
        Self { block, end: block + 1, exact: OnceCell::new(), content: OnceCell::new() }
    }

    /// Whether two units are identical.
    pub(super) fn is(&self, document: &Document, other: &Self, other_document: &Document) -> bool {
        let (a, b) = (&document.blocks[self.block as usize], &other_document.blocks[other.block as usize]);
        a.kind == b.kind
            && self.end - self.block == other.end - other.block
            && a.span.slice(&document.text) == b.span.slice(&other_document.text)
            && form(document, a) == form(other_document, b)
    }

    /// Hash of kind and source, with white space folded.
    pub(super) fn exact(&self, document: &Document) -> u64 {
        *self.exact.get_or_init(|| {
            let block = &document.blocks[self.block as usize];
            let mut hasher = FxHasher::default();
            (block.kind, form(document, block)).hash(&mut hasher);
            hasher.write(folded(block.span.slice(&document.text)).as_bytes());
            hasher.finish()
        })
    }

    /// Its visible content.
    pub(super) fn content(&self, document: &Document) -> Content {
        *self.content.get_or_init(|| {
            let mut hasher = FxHasher::default();
            // A heading of another level is the same heading.
            std::mem::discriminant(&document.blocks[self.block as usize].kind).hash(&mut hasher);
            let mut count = 0;
            words(document, self.block, &mut |word| {
                count += 1;
                hasher.write(word.text.as_bytes());
                hasher.write_u8(b' ');
            });
            Content { hash: if count > 0 { hasher.finish() | 1 } else { 0 }, words: count }
        })
    }
}

/// A visible word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Word<'d> {
    pub text: &'d str,
    /// Whether it is code.
    pub code: bool,
}

/// All units of a document.
pub(super) fn units(document: &Document) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(document.blocks.len());
    let mut inside = Span::default();
    for (index, block) in document.blocks.iter().enumerate() {
        let index = index as u32;
        if block.parent.is_some() && inside.contains(block.span.start) && block.kind != BlockKind::Html {
            if let Some(last) = units.last_mut() {
                last.end = index + 1;
            }
            continue;
        }
        inside = block.span;
        units.push(Unit::new(index));
    }
    units
}

/// Some blocks, each as a unit.
pub(super) fn singles(blocks: Range<u32>) -> Vec<Unit> {
    blocks.map(Unit::new).collect()
}

/// The container of a paragraph, and its bullet.
fn form(document: &Document, block: &Block) -> Option<(Role, char)> {
    (block.kind == BlockKind::Paragraph).then(|| (block.role, marker(document, block)))
}

/// The bullet of a list item; `1` for any number; empty for other blocks.
fn marker(document: &Document, block: &Block) -> char {
    if block.role != Role::Item {
        return ' ';
    }
    let before = &document.text[..block.span.start as usize];
    let line = before.rfind('\n').map_or(before, |newline| &before[newline + 1..]);
    match line.trim_end().chars().next_back() {
        Some(bullet @ ('-' | '*' | '+')) => bullet,
        Some('.' | ')') => '1',
        _ => ' ',
    }
}

/// Whether a block is an item of a numbered list.
pub(super) fn is_numbered(document: &Document, block: &Block) -> bool {
    block.kind == BlockKind::Paragraph && marker(document, block) == '1'
}

/// A text with each run of white space replaced by one space, and none around it.
fn folded(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    // Most texts are on one line.
    let has_breaks = memchr::memchr3(b'\n', b'\t', b'\r', bytes).is_some() || bytes.contains(&0x0C);
    let is_folded = !has_breaks
        && memchr::memmem::find(bytes, b"  ").is_none()
        && !is_space(bytes.first())
        && !is_space(bytes.last());
    if is_folded {
        return Cow::Borrowed(text);
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    Cow::Owned(folded)
}

/// Whether a block has any visible words.
pub(super) fn has_words(document: &Document, block: u32) -> bool {
    let mut found = false;
    words(document, block, &mut |_| found = true);
    found
}

/// The visible words of a block; for a run of HTML, of everything in it.
pub(super) fn words_of(document: &Document, block: u32) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    words(document, block, &mut |word| found.push(word));
    found
}

/// Calls a function with each word of a block, in order.
fn words<'d>(document: &'d Document, index: u32, take: &mut impl FnMut(Word<'d>)) {
    let block = &document.blocks[index as usize];
    let raw = block.span.slice(&document.text);
    match block.kind {
        BlockKind::Code => code_words(raw, take),
        BlockKind::Comment | BlockKind::Attributes | BlockKind::Close => {}
        // The type of a callout is visible first.
        BlockKind::Callout => {
            let labels = document.tokens_of(block).iter().filter(|token| token.kind == TokenKind::Label);
            labels.for_each(|label| split(label.span.slice(&document.text), false, take));
            plain_words(document, block.plain, block.span, take);
        }
        BlockKind::Include | BlockKind::Video | BlockKind::Component if block.plain.is_empty() => {
            if !raw.starts_with('<') {
                split(raw, false, take);
            }
        }
        BlockKind::Html => plain_words(document, plain_of_run(document, index), block.span, take),
        _ => plain_words(document, block.plain, block.span, take),
    }
}

/// The readable text of everything in a run of HTML, which may include text from elsewhere: a row that is closed in a later
/// run.
fn plain_of_run(document: &Document, index: u32) -> Span {
    let run = &document.blocks[index as usize];
    let inside = |block: &&Block| run.span.contains(block.span.start);
    let blocks = document.blocks[index as usize..].iter().take_while(inside);
    blocks.fold(run.plain, |whole, block| Span {
        start: whole.start.min(block.plain.start),
        end: whole.end.max(block.plain.end),
    })
}

/// The words of a part of readable text whose source is in `within`; content that is not prose is read from the source.
fn plain_words<'d>(document: &'d Document, plain: Span, within: Span, take: &mut impl FnMut(Word<'d>)) {
    for (piece, source) in document.plain.pieces(plain) {
        if !within.contains(source.start) {
            continue;
        }
        let text = piece.slice(document.plain.as_str());
        let verbatim = piece.len() == source.len();
        let mut at = 0;
        while let Some(found) = text[at..].find(PLACEHOLDER) {
            split(&text[at..at + found], false, take);
            let end = at + found + PLACEHOLDER.len_utf8();
            // Content of the same length as its placeholder is in one run with the text around it.
            let start = source.start as usize;
            let source = if verbatim { Span::new(start + at + found, start + end) } else { source };
            object_words(document, source, take);
            at = end;
        }
        split(&text[at..], false, take);
    }
}

/// The words of code, an address or a shortcode, but not of tags and addresses in angle brackets.
fn object_words<'d>(document: &'d Document, source: Span, take: &mut impl FnMut(Word<'d>)) {
    let raw = source.slice(&document.text);
    if !raw.starts_with('<') && !document.text[..source.start as usize].ends_with('<') {
        let code = raw.starts_with('`');
        let mut rest = raw;
        // A link inside code, delimiters and all, was put there by mistake, and is still a link.
        while let Some((text, target)) = rest.split_once("](").filter(|_| code) {
            split(text, code, take);
            rest = target.split_once(')').map_or("", |(_, rest)| rest);
        }
        split(rest, code, take);
    }
}

fn split<'d>(text: &'d str, code: bool, take: &mut impl FnMut(Word<'d>)) {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.for_each(|text| take(Word { text, code }));
}

/// The words of a code block, separated by white space: punctuation matters there. Without its fences.
fn code_words<'d>(raw: &'d str, take: &mut impl FnMut(Word<'d>)) {
    for line in raw.lines() {
        let line = line.trim_start_matches(['>', ' ', '\t']);
        if !line.starts_with("```") && !line.starts_with("~~~") {
            line.split_whitespace().for_each(|text| take(Word { text, code: true }));
        }
    }
}
