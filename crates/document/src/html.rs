//! HTML inside Markdown, tokenized by html5gum: tables become rows of cells, lists become items, the rest paragraphs.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span as HtmlSpan, Tokenizer};

use isogloss_text::Span;

use crate::block::BlockKind;
use crate::build::{Builder, Container, Element, Written};
use crate::link::LinkKind;
use crate::mask::inline::numbered_tag;
use crate::token::{Token, TokenKind};

/// How comments addressed to isogloss begin. They are not blocks, so that a translation may add or omit them.
pub const DIRECTIVE: &str = "isogloss-";

/// Reads the block of raw HTML at `span`.
pub(super) fn block(builder: &mut Builder<'_>, span: Span) {
    let raw = span.slice(builder.text);
    let is_comment = raw.starts_with("<!--") && raw.find("-->").is_none_or(|end| raw[end + 3..].trim().is_empty());
    let content = || raw[4..].split("-->").next().unwrap_or_default().trim_start();
    if is_comment && content().starts_with(DIRECTIVE) {
        builder.finish();
        return;
    }
    let index = builder.push(if is_comment { BlockKind::Comment } else { BlockKind::Html }, span);
    if is_comment {
        return;
    }
    let outer = builder.html.replace(index);
    read(builder, raw, span.start as usize, Some(index));
    builder.finish();
    builder.html = outer;
}

/// Reads a tag inside a line of Markdown.
pub(super) fn inline(builder: &mut Builder<'_>, span: Span) {
    let raw = span.slice(builder.text);
    if raw.starts_with("<!") || is_irrelevant(raw) {
        return;
    }
    read(builder, raw, span.start as usize, None);
}

/// Whether a tag has no attributes and its element does not matter here: `<u>`, `</strong>`.
fn is_irrelevant(raw: &str) -> bool {
    let name = raw.strip_prefix("</").or(raw.strip_prefix('<')).and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| {
        name.bytes().all(|byte| byte.is_ascii_lowercase())
            && !matches!(name, "br" | "img")
            && element(name.as_bytes()).is_none()
    })
}

/// Reads tags and text; the HTML block `container` gets the element names as tokens.
fn read(builder: &mut Builder<'_>, raw: &str, offset: usize, container: Option<u32>) {
    let reader = Reader {
        builder,
        raw,
        offset,
        container,
        hidden: false,
        tag: Vec::new(),
        start: 0,
        address: None,
        written: Span::at(offset),
        value: false,
    };
    let html = limit_recursion(raw);
    let Ok(()) = Tokenizer::new_with_emitter(&*html, CallbackEmitter::new(reader)).finish();
}

/// HTML with more quoted attributes than this is rewritten, since the tokenizer recurses for each one in a row.
const MOST_QUOTED: usize = 100;

/// The same HTML, of the same length, with a slash instead of white space after quoted attributes. It separates them as well, but
/// makes the tokenizer return in between.
fn limit_recursion(raw: &str) -> Cow<'_, str> {
    let ends = || {
        let bytes = raw.as_bytes();
        let quotes = memchr::memchr_iter(b'"', bytes).map(|quote| quote + 1);
        quotes.filter(|&after| bytes.get(after).is_some_and(u8::is_ascii_whitespace))
    };
    if ends().nth(MOST_QUOTED).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut html = String::with_capacity(raw.len());
    for end in ends() {
        html.push_str(&raw[html.len()..end]);
        html.push('/');
    }
    html.push_str(&raw[html.len()..]);
    Cow::Owned(html)
}

/// Receives the events of the tokenizer, which borrow their content to avoid allocation.
struct Reader<'r, 'd> {
    builder: &'r mut Builder<'d>,
    raw: &'r str,
    /// Its offset in the file.
    offset: usize,
    container: Option<u32>,
    /// Whether text is invisible, as in a script.
    hidden: bool,
    /// The name of the open tag.
    tag: Vec<u8>,
    /// The start of that tag.
    start: usize,
    /// The address in that tag, decoded.
    address: Option<Vec<u8>>,
    /// Where it is written.
    written: Span,
    /// Whether the next attribute value is that address.
    value: bool,
}

impl Callback<Infallible, usize> for Reader<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: HtmlSpan<usize>) -> Option<Infallible> {
        let in_block = self.container.is_some();
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag.clear();
                self.tag.extend_from_slice(name);
                (self.start, self.address, self.value) = (span.start, None, false);
            }
            CallbackEvent::AttributeName { name } => {
                let is_address = matches!((&self.tag[..], name), (b"a", b"href") | (b"img", b"src"));
                self.value = is_address && self.address.is_none();
                if self.value {
                    self.written = self.place(span.end, span.end);
                    self.address = Some(Vec::new());
                }
            }
            CallbackEvent::AttributeValue { value } => {
                let written = self.place(span.start, span.end);
                if let Some(address) = self.address.as_mut().filter(|_| self.value) {
                    address.extend_from_slice(value);
                    self.written = written;
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.start_tag(self.place(self.start, span.end)),
            CallbackEvent::EndTag { name } => {
                self.hidden = false;
                end_tag(self.builder, name, self.place(span.start, span.end), in_block);
            }
            CallbackEvent::String { .. } if in_block && !self.hidden => {
                string(self.builder, self.place(span.start, span.end));
            }
            _ => {}
        }
        None
    }
}

impl Reader<'_, '_> {
    /// A span of the file from a tokenizer's span, moved to character boundaries.
    fn place(&self, start: usize, end: usize) -> Span {
        let (raw, offset) = (self.raw, self.offset);
        let end = end.min(raw.len());
        let start = isogloss_text::floor_char_boundary(raw, start.min(end));
        let end = isogloss_text::floor_char_boundary(raw, end);
        Span::new(offset + start, offset + end.max(start))
    }

    fn start_tag(&mut self, span: Span) {
        let (builder, in_block) = (&mut *self.builder, self.container.is_some());
        self.hidden = matches!(&self.tag[..], b"script" | b"style");
        if let Some(index) = self.container
            && builder.open.is_none()
            && builder.row.is_none()
        {
            builder.token(Token::new(TokenKind::Label, &String::from_utf8_lossy(&self.tag), span));
            if builder.document.blocks.len() == index as usize + 1 {
                builder.document.blocks[index as usize].tokens.1 = builder.document.tokens.len() as u32;
            }
        }
        let address = self.address.take();
        let address = address.as_deref().map(String::from_utf8_lossy);
        let is_verbatim = address.as_deref() == Some(self.written.slice(builder.text));
        let written = if is_verbatim { Written::Verbatim(self.written) } else { Written::Escaped(self.written) };
        match &self.tag[..] {
            b"a" => {
                if let Some(address) = address {
                    builder.link(LinkKind::Link, &address, written, span);
                }
            }
            b"img" => {
                if in_block && builder.row.is_none() {
                    builder.reach(span);
                }
                if let Some(address) = address {
                    builder.link(LinkKind::Image, &address, written, span);
                }
                if let Some(open) = &mut builder.open {
                    open.has_image = true;
                }
            }
            b"br" => space(builder, span),
            name => {
                if let Some(element) = element(name) {
                    open_element(builder, element, span, in_block);
                }
            }
        }
    }
}

fn element(name: &[u8]) -> Option<Element> {
    Some(match name {
        b"table" => Element::Table,
        b"tr" => Element::Row,
        b"td" | b"th" => Element::Cell,
        b"li" | b"dt" | b"dd" => Element::Item,
        b"p" | b"summary" | b"figcaption" | b"caption" | b"blockquote" => Element::Paragraph,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"div" | b"ul" | b"ol" | b"dl" | b"details" | b"section"
        | b"figure" | b"tbody" | b"thead" | b"tfoot" | b"center" | b"pre" | b"iframe" | b"video" | b"article"
        | b"aside" | b"nav" => Element::Other,
        _ => return None,
    })
}

fn space(builder: &mut Builder<'_>, span: Span) {
    if builder.open.is_some() || builder.row.is_some() {
        builder.document.plain.push(" ", span);
    }
}

fn open_element(builder: &mut Builder<'_>, element: Element, span: Span, in_block: bool) {
    match element {
        Element::Table if in_block => {
            builder.finish();
            builder.tables += 1;
            builder.table = Some(builder.tables);
            builder.containers.push(Container::Html(element));
        }
        Element::Row if in_block => {
            close_element(builder, Element::Row, span, true);
            builder.start_row(span);
            builder.containers.push(Container::Html(element));
        }
        Element::Cell if in_block => {
            close_element(builder, Element::Cell, span, true);
            if builder.row.is_some() {
                builder.start_cell(span);
                builder.containers.push(Container::Html(element));
            }
        }
        Element::Item | Element::Paragraph if in_block || builder.row.is_some() => {
            // The end tags of both are optional.
            close_element(builder, element, span, in_block);
            builder.finish();
            if builder.row.is_some() {
                builder.document.plain.push(" ", span);
            }
            builder.containers.push(Container::Html(element));
            builder.start(BlockKind::Paragraph, Span::at(span.start as usize));
        }
        Element::Other if in_block => builder.finish(),
        _ => space(builder, span),
    }
}

fn end_tag(builder: &mut Builder<'_>, name: &[u8], span: Span, in_block: bool) {
    if let Some(element) = element(name) {
        close_element(builder, element, span, in_block);
    }
}

/// Closes the innermost open element of a type and everything inside it, within the same row and table.
fn close_element(builder: &mut Builder<'_>, element: Element, span: Span, in_block: bool) {
    if element == Element::Other {
        if in_block {
            builder.finish();
        }
        return;
    }
    let fence = match element {
        Element::Item | Element::Paragraph => Element::Cell,
        Element::Cell => Element::Row,
        _ => Element::Table,
    };
    let near = builder.near();
    let Some(depth) = near.iter().rposition(|container| *container == Container::Html(element)) else {
        return;
    };
    let depth = builder.containers.len() - near.len() + depth;
    let hides =
        |container: &Container| !matches!(container, Container::Html(inner) if *inner != fence || element == fence);
    if builder.containers[depth + 1..].iter().any(hides) {
        return;
    }
    while builder.containers.len() > depth {
        match builder.containers.pop() {
            Some(Container::Html(Element::Cell)) => builder.finish_cell(span.end),
            Some(Container::Html(Element::Row)) => builder.finish_row(span.end),
            Some(Container::Html(Element::Table)) => {
                builder.finish();
                builder.table = None;
            }
            Some(Container::Html(Element::Item | Element::Paragraph)) => {
                if let Some(open) = builder.open {
                    let block = &mut builder.document.blocks[open.block as usize];
                    block.span.end = block.span.end.max(span.start);
                }
                builder.finish();
            }
            _ => {}
        }
    }
}

/// Appends text between tags, decoded piece by piece so that each piece maps to its source.
fn string(builder: &mut Builder<'_>, span: Span) {
    let raw = span.slice(builder.text);
    if raw.trim().is_empty() {
        space(builder, span);
        return;
    }
    let lead = raw.len() - raw.trim_start().len();
    if builder.row.is_none() || builder.open.is_some() {
        builder.reach(Span::new(span.start as usize + lead, span.start as usize + raw.trim_end().len()));
    }
    // The tokenizer takes the `<` of `<0>` for text, and may have passed it on.
    let start = span.start as usize;
    let before = start - usize::from(builder.text[..start].ends_with('<'));
    let mut at = numbered_tag(&builder.text[before..]).map_or(0, |length| (before + length).saturating_sub(start));
    while at < raw.len() {
        let rest = &raw[at..];
        let next = rest.find(['&', '<']).unwrap_or(rest.len());
        let here = span.start as usize + at;
        builder.prose(&rest[..next], Span::new(here, here + next), false);
        at += next;
        if let Some(tag) = raw.get(at..).filter(|rest| rest.starts_with('<')) {
            let here = start + at;
            let length = numbered_tag(&builder.text[here..]);
            builder.prose(&tag[..usize::from(length.is_none())], Span::new(here, here + 1), false);
            at += length.unwrap_or(1);
        } else if let Some(entity) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let length = entity.bytes().take(32).position(|byte| byte == b';').map_or(1, |length| length + 1);
            let here = span.start as usize + at;
            builder.prose(&htmlize::unescape(&entity[..length]), Span::new(here, here + length), false);
            at += length;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Syntax};

    #[test]
    fn a_comment_that_only_names_isogloss_is_an_ordinary_comment() {
        let kinds = |text: &str| -> Vec<BlockKind> {
            Document::parse(text.to_owned(), Syntax::Markdown).blocks.iter().map(|block| block.kind).collect()
        };
        assert_eq!(kinds("<!--isogloss-->\n"), [BlockKind::Comment]);
        assert_eq!(kinds("<!-- isogloss-enable sla-mismatch -->\n"), []);
    }

    #[test]
    fn html_with_limited_recursion_reads_the_same() {
        let row = "<tr class=\"a\" id=\"b\"\n><td>Say \"Hi\" to <a href=\"x.md\" title=\"y\">it</a></td></tr>";
        let html = format!("<table>{}</table>\n", row.repeat(MOST_QUOTED));
        assert!(matches!(limit_recursion(row), Cow::Borrowed(_)) && matches!(limit_recursion(&html), Cow::Owned(_)));
        assert_eq!(limit_recursion(&html).len(), html.len());
        let document = Document::parse(html, Syntax::Markdown);
        let rows = document.blocks.iter().filter(|block| block.kind == BlockKind::TableRow);
        let texts: Vec<&str> = rows.map(|row| document.plain_of(row)).collect();
        assert_eq!(texts, vec!["Say \"Hi\" to it"; MOST_QUOTED]);
        assert!(document.tokens.iter().any(|token| token.kind == TokenKind::Link));
    }
}
