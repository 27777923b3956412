//! Builds the blocks of a document; used by the readers of Markdown and HTML.

use isogloss_text::Span;
use isogloss_text::words::PLACEHOLDER;

use crate::block::{Block, BlockKind, Cell, Role};
use crate::document::Document;
use crate::hollow::is_hollow;
use crate::link::{Link, LinkKind};
use crate::mask::inline;
use crate::mask::masker::{NOTHING, OBJECT};
use crate::special::{find_special, is_invisible};
use crate::token::{Token, TokenKind};

/// What blocks can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// A list item.
    Item,
    /// A block quote.
    Quote,
    /// A callout or admonition.
    Callout,
    /// A footnote.
    Footnote,
    /// An HTML element.
    Html(Element),
}

/// HTML elements that structure text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Table,
    Row,
    Cell,
    Item,
    Paragraph,
    Other,
}

/// Number of innermost containers that matter to a block; deeper nesting occurs only in hostile input.
const MOST_NESTED: usize = 512;

/// The block of text that is open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    pub block: u32,
    /// Whether it has words outside images.
    pub has_prose: bool,
    pub has_image: bool,
}

/// Where the destination of a link is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Written {
    /// As it is.
    Verbatim(Span),
    /// With escapes or entities.
    Escaped(Span),
}

/// Writes the blocks of a [`Document`].
pub(super) struct Builder<'d> {
    pub document: &'d mut Document,
    /// The file's text, unmasked.
    pub text: &'d str,
    pub containers: Vec<Container>,
    pub open: Option<Open>,
    /// The open table row, if any.
    pub row: Option<u32>,
    /// Number of the open table, if any.
    pub table: Option<u32>,
    pub tables: u32,
    /// The open HTML block, if any.
    pub html: Option<u32>,
}

impl Builder<'_> {
    /// Appends an empty block at `span`, and returns its index.
    pub(crate) fn push(&mut self, kind: BlockKind, span: Span) -> u32 {
        let at = self.document.plain.len() as u32;
        let tokens = self.document.tokens.len() as u32;
        let cells = self.document.cells.len() as u32;
        let block = Block {
            kind,
            role: self.role(),
            depth: self.near().iter().filter(|container| !matches!(container, Container::Html(_))).count().min(255)
                as u8,
            span,
            section: 0,
            parent: self.row.or(self.html),
            table: self.table.filter(|_| kind == BlockKind::TableRow),
            plain: Span { start: at, end: at },
            tokens: (tokens, tokens),
            words: (0, 0),
            cells: (cells, cells),
            id: None,
        };
        self.document.blocks.push(block);
        self.document.blocks.len() as u32 - 1
    }

    /// The innermost containers, up to [`MOST_NESTED`].
    pub(crate) fn near(&self) -> &[Container] {
        &self.containers[self.containers.len().saturating_sub(MOST_NESTED)..]
    }

    fn role(&self) -> Role {
        self.near()
            .iter()
            .rev()
            .find_map(|container| match container {
                Container::Item | Container::Html(Element::Item) => Some(Role::Item),
                Container::Quote => Some(Role::Quote),
                Container::Callout => Some(Role::Callout),
                Container::Footnote => Some(Role::Footnote),
                Container::Html(Element::Cell) => Some(Role::Cell),
                Container::Html(_) => None,
            })
            .unwrap_or(Role::Body)
    }

    /// Opens a block of text, after closing the one before.
    pub(crate) fn start(&mut self, kind: BlockKind, span: Span) {
        self.finish();
        let block = self.push(kind, span);
        self.open = Some(Open { block, has_prose: false, has_image: false });
    }

    /// Extends the open block of text to the end of `span`; opens a paragraph if there is none.
    pub(crate) fn reach(&mut self, span: Span) {
        if self.open.is_none() {
            self.start(BlockKind::Paragraph, span);
        }
        if let Some(open) = self.open {
            let block = &mut self.document.blocks[open.block as usize];
            block.span.end = block.span.end.max(span.end);
        }
    }

    /// Closes the open block of text, and drops it if it is empty.
    pub(crate) fn finish(&mut self) {
        let Some(open) = self.open.take() else { return };
        let index = open.block as usize;
        let last = index + 1 == self.document.blocks.len();
        let start = self.document.blocks[index].plain.start;
        if last {
            self.document.plain.trim_end(start as usize);
        }
        // Trailing white space is outside the trimmed span.
        let text = self.document.plain.as_str()[start as usize..].trim_end();
        let end = start + text.len() as u32;
        let lead = text.trim_start().len() as u32;
        let block = &mut self.document.blocks[index];
        block.plain = Span { start: end - lead, end };
        block.tokens.1 = self.document.tokens.len() as u32;
        self.settle(index);
        let block = &mut self.document.blocks[index];
        if block.kind == BlockKind::Paragraph {
            if open.has_image && !open.has_prose {
                block.kind = BlockKind::Image;
            } else if !open.has_prose {
                let plain = block.plain.slice(self.document.plain.as_str());
                if block.tokens.0 == block.tokens.1 && plain.trim().is_empty() {
                    let span = block.span;
                    if last {
                        self.document.blocks.pop();
                    }
                    if is_hollow(span.slice(self.text)) {
                        self.document.hollows.push(span);
                    }
                    return;
                }
                block.kind = BlockKind::Component;
            }
        }
        self.document.plain.push("\n", Span::at(self.document.blocks[index].span.end as usize));
    }

    /// Appends a token to the open block.
    pub(crate) fn token(&mut self, token: Token) {
        self.document.tokens.push(token);
    }

    /// Appends a link to `destination` and its token.
    pub(crate) fn link(&mut self, kind: LinkKind, destination: &str, written: Written, span: Span) {
        let token = if kind == LinkKind::Image { TokenKind::Image } else { TokenKind::Link };
        self.token(Token::address(token, destination, span));
        let (written, decoded) = match written {
            Written::Verbatim(written) => (written, Span::default()),
            Written::Escaped(written) => {
                let start = self.document.destinations.len();
                self.document.destinations.push_str(destination);
                (written, Span::new(start, start + destination.len()))
            }
        };
        self.push_link(kind, written, decoded, span);
    }

    /// Appends the attributes of a component or shortcode that contain addresses.
    pub(crate) fn attributes(&mut self, span: Span) {
        let addresses = inline::values(self.text, span).filter(|(name, _)| inline::ADDRESSES.contains(name));
        addresses.for_each(|(_, value)| self.push_link(LinkKind::Attribute, value, Span::default(), value));
    }

    fn push_link(&mut self, kind: LinkKind, written: Span, decoded: Span, span: Span) {
        let last = self.document.blocks.len().saturating_sub(1) as u32;
        let block = self.open.map(|open| open.block).or(self.row).or(self.html).unwrap_or(last);
        let raw = written.slice(self.text);
        // An entity such as `&#35;` has a `#` too.
        let hash =
            memchr::memchr_iter(b'#', raw.as_bytes()).find(|&at| decoded.is_empty() || !raw[..at].ends_with('&'));
        let (target, fragment) = match hash {
            Some(at) => (part(written, 0, at), Some(part(written, at + 1, raw.len()))),
            None => (written, None),
        };
        self.document.links.push(Link { kind, block, span, target, fragment, decoded });
    }

    /// Appends a placeholder for the source at `span`.
    pub(crate) fn placeholder(&mut self, span: Span) {
        let mut buffer = [0; 4];
        self.document.plain.push(PLACEHOLDER.encode_utf8(&mut buffer), span);
    }

    /// Appends decoded text read from `span`, and handles masked bytes, bare addresses and invisible characters in it.
    pub(crate) fn prose(&mut self, text: &str, span: Span, in_image: bool) {
        if text.len() != span.len() {
            self.plain(text.trim_matches(is_invisible), span, in_image);
            return;
        }
        let bytes = text.as_bytes();
        // Everything before `from` is done; everything between it and `at` is prose.
        let (mut from, mut at) = (0, 0);
        while let Some(found) = find_special(&bytes[at..]) {
            at += found;
            let byte = bytes[at];
            let (start, end) = match byte {
                OBJECT | NOTHING => (at, at + bytes[at..].iter().take_while(|&&next| next == byte).count()),
                b':' if bytes[at..].starts_with(b"://") => {
                    let scheme = bytes[from..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
                    (at - scheme, address_end(text, at))
                }
                b':' => {
                    at += 1;
                    continue;
                }
                _ => {
                    let c = text[at..].chars().next().unwrap_or_default();
                    if !is_invisible(c) {
                        at += c.len_utf8();
                        continue;
                    }
                    (at, at + c.len_utf8())
                }
            };
            self.plain(&text[from..start], part(span, from, start), in_image);
            let here = part(span, start, end);
            if byte == OBJECT {
                self.object(here);
            } else if byte == b':' {
                self.link(LinkKind::Address, &text[start..end], Written::Verbatim(here), here);
                self.placeholder(here);
                self.note_prose(in_image);
            }
            (from, at) = (end, end);
        }
        self.plain(&text[from..], part(span, from, text.len()), in_image);
    }

    /// Appends text that is prose only.
    pub(crate) fn plain(&mut self, text: &str, span: Span, in_image: bool) {
        if !text.is_empty() {
            self.document.plain.push(text, span);
            if !in_image && let Some(open) = &mut self.open {
                open.has_prose = open.has_prose || !text.trim_start().is_empty();
            }
        }
    }

    /// Notes that the open block has words.
    pub(crate) fn note_prose(&mut self, in_image: bool) {
        if let Some(open) = &mut self.open
            && !in_image
        {
            open.has_prose = true;
        }
    }

    /// Appends a masked inline construct, with its name as a token.
    fn object(&mut self, span: Span) {
        let span = trim(self.text, span);
        let original = span.slice(self.text);
        let end = original.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(original.len());
        self.token(Token::new(TokenKind::Placeholder, &original[..end], span));
        self.placeholder(span);
        self.attributes(span);
    }

    /// Opens a row of the open table.
    pub(crate) fn start_row(&mut self, span: Span) {
        self.finish();
        let row = self.push(BlockKind::TableRow, span);
        self.row = Some(row);
    }

    /// Closes the open row.
    pub(crate) fn finish_row(&mut self, end: u32) {
        self.finish();
        let Some(row) = self.row.take() else { return };
        let start = self.document.blocks[row as usize].plain.start as usize;
        let plain = (start + self.document.plain.as_str()[start..].trim_end().len()) as u32;
        let (tokens, cells) = (self.document.tokens.len() as u32, self.document.cells.len() as u32);
        let block = &mut self.document.blocks[row as usize];
        block.plain.end = plain;
        block.tokens.1 = tokens;
        block.cells.1 = cells;
        block.span.end = block.span.end.max(end);
        self.settle(row as usize);
    }

    /// Trims the span of a block, but keeps all of its text: a row may never be closed, and in HTML, a container marker is text.
    fn settle(&mut self, block: usize) {
        let block = &mut self.document.blocks[block];
        block.span = trim(self.text, block.span);
        if !block.plain.is_empty() {
            let source = self.document.plain.bounds_at_end(block.plain);
            block.span = Span { start: block.span.start.min(source.start), end: block.span.end.max(source.end) };
        }
    }

    /// Opens a cell of the open row.
    pub(crate) fn start_cell(&mut self, span: Span) {
        self.finish();
        let at = self.document.plain.len() as u32;
        self.document.cells.push(Cell { span: trim(self.text, span), plain: Span { start: at, end: at } });
    }

    /// Closes the open cell, which extends to `end` at least.
    pub(crate) fn finish_cell(&mut self, end: u32) {
        self.finish();
        let plain = self.document.plain.len() as u32;
        let first = self.row.map_or(0, |row| self.document.blocks[row as usize].cells.0 as usize);
        if let Some(cell) = self.document.cells[first..].last_mut() {
            cell.plain.end = plain;
            cell.span.end = cell.span.end.max(end);
        }
        self.document.plain.push("\n", Span::at(self.document.cells.last().map_or(0, |cell| cell.span.end as usize)));
    }
}

fn part(span: Span, from: usize, to: usize) -> Span {
    Span::new(span.start as usize + from, span.start as usize + to)
}

/// A span without surrounding white space, and without trailing lines of container markers only; parsers include both.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let slice = span.slice(text);
    let mut kept = slice.trim_end();
    while kept.ends_with('>')
        && let Some(line) = kept.rfind('\n')
    {
        if !kept[line..].trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
            break;
        }
        kept = kept[..line].trim_end();
    }
    part(span, kept.len() - kept.trim_start().len(), kept.len())
}

/// End of the bare address whose `://` is at `at`, without the punctuation of the sentence around it.
fn address_end(text: &str, at: usize) -> usize {
    let end = at + text.as_bytes()[at..].iter().take_while(|&&byte| is_address(byte)).count();
    at + text[at..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_', '\'']).len()
}

fn is_address(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'`' | b'|' | b'\\')
}
