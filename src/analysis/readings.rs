//! The quantities of a document's parts, for comparison with those of their counterparts.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use isogloss_document::{Document, Link, LinkKind, TokenKind};
use isogloss_quantities::{Gist, Quantity, QuantityKind, Reader, Text, TextPair};
use isogloss_text::Span;

/// A quantity and its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Its span.
    pub span: Span,
    /// Its value in words.
    pub said: String,
}

/// The quantities of a document's parts, read when needed. Those of the reference are used for all translations.
#[derive(Debug)]
pub struct Readings<'d> {
    pub(super) document: &'d Document,
    reader: &'static Reader,
    /// A summary of each part that is available without reading it: of each block, then of each cell.
    gists: Vec<OnceCell<Gist>>,
    /// The quantities of the same parts.
    quantities: Vec<OnceCell<Vec<Quantity>>>,
    /// The document's names with digits, in lower case.
    names: OnceCell<FxHashSet<String>>,
}

/// A stretch of text whose quantities are compared with those of its counterpart: a block, several that were merged or split
/// on the other side, or a cell of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Where its readings are cached, if it is a block or a cell.
    kept: Option<usize>,
    /// The first and the last block that it is in.
    blocks: (u32, u32),
    plain: Span,
    pub span: Span,
    /// Its words, possibly with surrounding ones, as indexes into the document's; `None` if they are not contiguous.
    words: Option<(u32, u32)>,
    /// The number of list items that it may contain, with their numbers in its text.
    items: usize,
}

impl<'d> Readings<'d> {
    /// The readings of a document, none computed yet.
    pub fn new(document: &'d Document, reader: &'static Reader) -> Self {
        let count = document.blocks.len() + document.cells.len();
        let (gists, quantities) = (vec![OnceCell::new(); count], vec![OnceCell::new(); count]);
        Self { document, reader, gists, quantities, names: OnceCell::new() }
    }

    /// The number of blocks in the document.
    pub fn blocks(&self) -> usize {
        self.document.blocks.len()
    }

    /// The number of parts in a block: its cells, or itself.
    pub(super) fn count(&self, block: u32) -> usize {
        let (from, to) = self.document.blocks[block as usize].cells;
        (to - from).max(1) as usize
    }

    /// A part of a block.
    pub(super) fn part(&self, block: u32, index: usize) -> Part {
        let (kept, blocks) = (block as usize, (block, block));
        let block = &self.document.blocks[kept];
        match self.document.cells_of(block).get(index) {
            Some(cell) => {
                let kept = self.document.blocks.len() + block.cells.0 as usize + index;
                // The text of an HTML table's cell is in separate blocks.
                let within = block.plain.start <= cell.plain.start && cell.plain.end <= block.plain.end;
                let words = within.then_some(block.words);
                Part { kept: Some(kept), blocks, plain: cell.plain, span: cell.span, words, items: 0 }
            }
            None => Part {
                kept: Some(kept),
                blocks,
                plain: block.plain,
                span: block.span,
                words: Some(block.words),
                items: 0,
            },
        }
    }

    /// Consecutive blocks, read as one part: the other side merged or split them, and has this number of them as items.
    pub(super) fn joined(&self, blocks: &Range<u32>, items: usize) -> Part {
        let (first, last) =
            (&self.document.blocks[blocks.start as usize], &self.document.blocks[blocks.end as usize - 1]);
        let join = |first: Span, last: Span| Span { start: first.start, end: last.end.max(first.start) };
        Part {
            kept: None,
            blocks: (blocks.start, blocks.end - 1),
            plain: join(first.plain, last.plain),
            span: join(first.span, last.span),
            words: None,
            items,
        }
    }

    pub(super) fn text(&self, part: Part) -> &'d str {
        part.plain.slice(self.document.plain.as_str())
    }

    /// A part with its quantities, as one side of a comparison.
    pub(super) fn as_side<'s>(&'s self, part: Part, quantities: &'s [Quantity]) -> Text<'s> {
        let document = self.document;
        let line = document.text[..part.span.start as usize].rsplit('\n').next().unwrap_or_default();
        // "* 2018. aastal" is a list in a list, by mistake.
        let mark = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '>' | '*' | '-' | '+'));
        let is_number = mark.starts_with(|c: char| c.is_ascii_digit()) && mark.trim_end().ends_with(['.', ')']);
        let (first, last) = (&document.blocks[part.blocks.0 as usize], &document.blocks[part.blocks.1 as usize]);
        let tokens = document.tokens[first.tokens.0 as usize..last.tokens.1 as usize].iter();
        let code = tokens.filter(|token| token.kind == TokenKind::Code && part.span.contains(token.span.start));
        Text {
            reader: self.reader,
            text: self.text(part),
            mark: if is_number { mark } else { "" },
            addresses: self.links(part).map(|link| document.target(link)).collect(),
            code: code.map(|token| token.span.slice(&document.text)).collect(),
            quantities,
        }
    }

    /// A key for a part's text and its counterpart's, if both are read as written.
    pub(super) fn texts(&self, part: Part, (translation, there): (&Self, Part)) -> Option<TextPair> {
        let is_whole = part.kept.is_some() && there.kept.is_some();
        let texts = || TextPair::new((self.reader, self.text(part)), (translation.reader, translation.text(there)));
        is_whole.then(texts)
    }

    /// The words of a part, possibly with surrounding ones, as hashes; `None` if they are not contiguous.
    pub(super) fn words(&self, part: Part) -> Option<&'d [u32]> {
        part.words.map(|(from, to)| &self.document.words[from as usize..to as usize])
    }

    pub(super) fn gist(&self, part: Part) -> Gist {
        let words = self.words(part);
        let read = || self.reader.gist(self.text(part), words);
        part.kept.map_or_else(read, |kept| *self.gists[kept].get_or_init(read))
    }

    pub(super) fn quantities(&self, part: Part) -> Cow<'_, [Quantity]> {
        let read = || self.reader.read(self.text(part));
        match part.kept {
            Some(kept) => Cow::Borrowed(self.quantities[kept].get_or_init(read)),
            None => Cow::Owned(without_marks(self.text(part), read(), part.items)),
        }
    }

    /// Quantities of a part without those in the descriptions of images.
    pub(super) fn without_images(&self, part: Part, quantities: &[Quantity]) -> Vec<Quantity> {
        let images: Vec<Span> =
            self.links(part).filter(|link| link.kind == LinkKind::Image).map(|link| link.span).collect();
        let is_in_image = |quantity: &Quantity| {
            let start = self.source_span(part, quantity).start;
            let next = images.partition_point(|image| image.end <= start);
            images.get(next).is_some_and(|image| image.contains(start))
        };
        quantities.iter().filter(|quantity| images.is_empty() || !is_in_image(quantity)).cloned().collect()
    }

    /// The links in a part.
    fn links(&self, part: Part) -> impl Iterator<Item = &'d Link> {
        let links = &self.document.links;
        let first = links.partition_point(|link| link.span.start < part.span.start);
        links[first..].iter().take_while(move |link| link.span.start < part.span.end)
    }

    /// Whether a block may lack a quantity of its counterpart in the reference: it has the quantity as
    /// code.
    pub(super) fn may_lack(code: &FxHashSet<&str>, quantity: &Quantity) -> bool {
        code.contains(&*quantity.literal)
    }

    /// Whether a translation of a block may have a quantity that the block lacks: it is code here, or a name, such as a product's, that the translation repeats instead of a pronoun.
    pub(super) fn may_gain(&self, code: &FxHashSet<&str>, quantity: &Quantity) -> bool {
        code.contains(&*quantity.literal)
            || (quantity.kind == QuantityKind::Identifier && self.has_name(&quantity.literal))
    }

    /// Which of some texts are in code spans of a block, not next to a letter or digit.
    pub(super) fn as_code<'q>(&self, block: u32, literals: impl Iterator<Item = &'q str>) -> FxHashSet<&'q str> {
        let tokens = self.document.tokens_of(&self.document.blocks[block as usize]);
        let mut code = tokens.iter().filter(|token| token.kind == TokenKind::Code).peekable();
        let wanted: FxHashSet<&str> = literals.filter(|literal| !literal.is_empty()).collect();
        let mut found = FxHashSet::default();
        if wanted.is_empty() || code.peek().is_none() {
            return found;
        }
        let wanted: Vec<&str> = wanted.into_iter().collect();
        // All at once, because both may be thousands.
        let Ok(searcher) = AhoCorasick::new(&wanted) else { return found };
        for token in code {
            let code = token.span.slice(&self.document.text).to_lowercase();
            let alone = searcher
                .find_overlapping_iter(&code)
                .filter(|hit| stands_alone(&code[..hit.start()], &code[hit.end()..]));
            found.extend(alone.map(|hit| wanted[hit.pattern()]));
        }
        found
    }

    /// Whether a name with digits is in the document.
    fn has_name(&self, name: &str) -> bool {
        let names = self.names.get_or_init(|| {
            let words = self.document.plain.as_str().split(|c: char| !c.is_alphanumeric());
            words.filter(|word| word.contains(|c: char| c.is_ascii_digit())).map(str::to_lowercase).collect()
        });
        names.contains(name)
    }

    pub(super) fn reading(&self, part: Part, quantity: &Quantity) -> Reading {
        Reading { span: self.source_span(part, quantity), said: quantity.describe() }
    }

    /// The source of a quantity.
    fn source_span(&self, part: Part, quantity: &Quantity) -> Span {
        let plain = Span::new(
            (part.plain.start + quantity.span.start) as usize,
            (part.plain.start + quantity.span.end) as usize,
        );
        self.document.plain.source(plain)
    }
}

/// Whether a number between these texts is neither part of a name nor of a longer number; a version may follow a "v".
fn stands_alone(before: &str, after: &str) -> bool {
    let before = before.strip_suffix('v').unwrap_or(before);
    let after = after.strip_prefix('.').unwrap_or(after);
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '.') && !after.starts_with(char::is_alphanumeric)
}

/// Quantities without the numbers of that many items, which are in the text of a list that became one paragraph.
fn without_marks(text: &str, mut quantities: Vec<Quantity>, items: usize) -> Vec<Quantity> {
    let mut next = 1;
    quantities.retain(|quantity| {
        let (from, to) = (quantity.span.start as usize, quantity.span.end as usize);
        let number = text[from..to].trim_end_matches(['.', ')']);
        let is_mark = next <= items
            && number.parse() == Ok(next)
            && text[from + number.len()..].starts_with(['.', ')'])
            && text[..from].chars().next_back().is_none_or(char::is_whitespace);
        next += usize::from(is_mark);
        !is_mark
    });
    quantities
}
