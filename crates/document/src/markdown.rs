//! Markdown to blocks, through pulldown-cmark.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use isogloss_text::{Span, floor_char_boundary};

use crate::block::BlockKind;
use crate::build::{Builder, Container, Written, trim};
use crate::destination::destination;
use crate::document::Document;
use crate::html;
use crate::line_map::LineMap;
use crate::link::LinkKind;
use crate::mask::masker::{Mark, Masked};
use crate::mask::{inline, mask};
use crate::special::Specials;
use crate::syntax::Syntax;
use crate::token::{Token, TokenKind};

/// The span, moved back to character boundaries.
#[cold]
fn floored(text: &str, span: Span) -> Span {
    let floor = |at: u32| floor_char_boundary(text, at as usize);
    Span::new(floor(span.start), floor(span.end))
}

/// Reads the blocks of `text` from `body` on into `document`.
pub(super) fn read(document: &mut Document, text: &str, body: usize, syntax: Syntax) {
    let masked = mask(text, body, syntax);
    let builder =
        Builder { document, text, containers: Vec::new(), open: None, row: None, table: None, tables: 0, html: None };
    let specials = Specials::new(&masked.text);
    let mut reader = Reader { builder, masked: &masked, specials, syntax, links: Vec::new(), images: 0, nested: 0 };
    reader.walk(&masked.text[body..], &LineMap { lines: vec![(0, body)] });
    reader.builder.finish_row(0);
    for &id in &masked.ids {
        let after = document.blocks.partition_point(|block| block.span.start <= id.start);
        if let Some(block) = document.blocks[..after].last_mut()
            && block.span.contains(id.start)
        {
            block.id = Some(id);
        }
    }
}

/// The parser's extensions, one by one, since `all()` parses `:::note` as a definition list.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

/// Turns parser events into blocks.
struct Reader<'r, 'd> {
    builder: Builder<'d>,
    masked: &'r Masked<'r>,
    specials: Specials<'r>,
    syntax: Syntax,
    /// For each open link, whether it is an autolink.
    links: Vec<bool>,
    /// Number of open images.
    images: u32,
    /// Levels of indented text around this one; see [`MOST_NESTED`].
    nested: u8,
}

/// Maximum number of times that nested indented text is parsed; only hostile input needs more.
const MOST_NESTED: u8 = 8;

impl Reader<'_, '_> {
    fn walk(&mut self, text: &str, origin: &LineMap) {
        let mut events = Parser::new_ext(text, options()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let span = self.span(&range, origin);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::CodeBlock)));
                    debug_assert!(end.is_some());
                    self.code(&kind, text, &range, origin);
                }
                Event::Start(Tag::HtmlBlock) => {
                    events.by_ref().find(|(event, _)| matches!(event, Event::End(TagEnd::HtmlBlock)));
                    self.builder.finish();
                    let span = trim(self.builder.text, span);
                    html::block(&mut self.builder, span);
                }
                Event::Start(tag @ (Tag::Link { .. } | Tag::Image { .. })) => {
                    let destination = destination(&tag, text, &range, events.reference_definitions());
                    self.link(&tag, &destination, span, origin);
                }
                Event::Start(tag) => self.start(&tag, span),
                Event::End(tag) => self.end(tag, span),
                Event::Rule => self.rule(span),
                inline => self.inline(&inline, span),
            }
        }
        self.builder.finish();
    }

    /// The source of a range of the parsed text, on character boundaries: a multibyte character may be masked with several spaces,
    /// and the parser may split them.
    #[inline]
    fn span(&self, range: &Range<usize>, origin: &LineMap) -> Span {
        let span = origin.span(range);
        let is_boundary = |at: u32| self.builder.text.is_char_boundary(at as usize);
        if !self.masked.splits || is_boundary(span.start) && is_boundary(span.end) {
            span
        } else {
            floored(self.builder.text, span)
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        let builder = &mut self.builder;
        match tag {
            Tag::Paragraph => builder.start(BlockKind::Paragraph, Span::at(span.start as usize)),
            Tag::Heading { level, .. } => builder.start(BlockKind::Heading(*level as u8), span),
            Tag::Item => {
                builder.finish();
                let admonition = self.mark(span.start + 4).is_some_and(|mark| mark.span.start == span.start);
                self.builder.containers.push(if admonition { Container::Callout } else { Container::Item });
            }
            Tag::BlockQuote(_) => {
                builder.finish();
                builder.containers.push(Container::Quote);
            }
            Tag::FootnoteDefinition(_) => {
                builder.finish();
                builder.containers.push(Container::Footnote);
            }
            Tag::List(_) => builder.finish(),
            Tag::Table(_) => {
                builder.finish();
                builder.tables += 1;
                builder.table = Some(builder.tables);
            }
            Tag::TableHead | Tag::TableRow => builder.start_row(span),
            Tag::TableCell => {
                builder.start_cell(span);
                builder.open = None;
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.reach(span.start),
            _ => {}
        }
    }

    /// A link or an image, whose destination is at a range of the parsed text.
    fn link(&mut self, tag: &Tag<'_>, (range, is_verbatim): &(Range<usize>, bool), span: Span, origin: &LineMap) {
        self.reach(span.start);
        let written = self.span(range, origin);
        let written = if *is_verbatim { Written::Verbatim(written) } else { Written::Escaped(written) };
        match tag {
            Tag::Link { link_type, dest_url, .. } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let kind = if is_address { LinkKind::Address } else { LinkKind::Link };
                self.builder.link(kind, dest_url, written, span);
                self.links.push(is_address);
            }
            Tag::Image { dest_url, .. } => {
                self.builder.link(LinkKind::Image, dest_url, written, span);
                self.images += 1;
                if let Some(open) = &mut self.builder.open {
                    open.has_image = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        let builder = &mut self.builder;
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) => {
                builder.reach(Span { start: span.start, end: span.end });
                builder.finish();
            }
            TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                builder.finish();
                builder.containers.pop();
            }
            TagEnd::Table => {
                builder.finish_row(span.end);
                builder.table = None;
            }
            TagEnd::TableHead | TagEnd::TableRow => builder.finish_row(span.end),
            TagEnd::TableCell => builder.finish_cell(0),
            TagEnd::Link => {
                self.links.pop();
                self.stretch(span);
            }
            TagEnd::Image => {
                self.images = self.images.saturating_sub(1);
                self.stretch(span);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.stretch(span),
            _ => {}
        }
    }

    /// Extends the open block to the end of its content; in a tight list, no event ends a text.
    fn stretch(&mut self, span: Span) {
        if let Some(open) = self.builder.open {
            let block = &mut self.builder.document.blocks[open.block as usize];
            block.span.end = block.span.end.max(span.end);
        }
    }

    /// Opens a paragraph for inline content, unless a block or a table row is open.
    fn reach(&mut self, at: u32) {
        if self.builder.row.is_none() {
            self.builder.reach(Span { start: at, end: at });
        }
    }

    fn inline(&mut self, event: &Event<'_>, span: Span) {
        let in_image = self.images > 0;
        match event {
            Event::Text(text) => {
                self.reach(span.start);
                if self.links.last() == Some(&true) {
                    self.builder.placeholder(span);
                    self.builder.note_prose(in_image);
                } else if text.len() == span.len() && !self.specials.are_in(span) {
                    self.builder.plain(text, span, in_image);
                } else {
                    self.builder.prose(text, span, in_image);
                }
            }
            Event::Code(_) => {
                self.reach(span.start);
                let code = span.slice(self.builder.text).trim_matches('`');
                self.builder.token(Token::new(TokenKind::Code, code, span));
                self.builder.placeholder(span);
                self.builder.note_prose(in_image);
            }
            Event::InlineHtml(_) | Event::Html(_) => {
                if self.builder.row.is_none() {
                    self.reach(span.start);
                }
                html::inline(&mut self.builder, span);
            }
            Event::SoftBreak | Event::HardBreak => self.builder.document.plain.push(" ", span),
            Event::FootnoteReference(_) => self.builder.placeholder(span),
            _ => {}
        }
        self.stretch(span);
    }

    fn mark(&self, at: u32) -> Option<&Mark> {
        let marks = &self.masked.marks;
        marks.binary_search_by_key(&at, |mark| mark.at).ok().map(|index| &marks[index])
    }

    /// A thematic break: a masked construct, or nothing.
    fn rule(&mut self, span: Span) {
        self.builder.finish();
        let Some(mark) = self.mark(span.start).cloned() else { return };
        let kind = mark.kind;
        let builder = &mut self.builder;
        if kind == BlockKind::Callout
            && let Some(container @ Container::Quote) = builder.containers.last_mut()
        {
            *container = Container::Callout;
        }
        builder.start(kind, mark.span);
        let name = mark.name.slice(builder.text);
        builder.token(Token::new(TokenKind::Label, name, mark.name));
        if matches!(kind, BlockKind::Include | BlockKind::Video | BlockKind::Component) {
            if mark.titles.is_empty() {
                builder.token(Token::new(TokenKind::Placeholder, mark.span.slice(builder.text), mark.span));
            } else {
                values(builder, mark.span);
            }
            builder.attributes(mark.span);
        }
        for title in &mark.titles {
            builder
                .document
                .plain
                .push_break(builder.document.blocks.last().map_or(0, |block| block.plain.start as usize), *title);
            builder.document.plain.push(title.slice(builder.text), *title);
        }
        builder.finish();
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>, text: &str, range: &Range<usize>, origin: &LineMap) {
        self.builder.finish();
        if !self.syntax.has_indented_code()
            && matches!(kind, CodeBlockKind::Indented)
            && self.dedent(text, range, origin)
        {
            return;
        }
        let span = trim(self.builder.text, self.span(range, origin));
        let block = self.builder.push(BlockKind::Code, span);
        let mut lines = text[range.clone()].lines();
        if let CodeBlockKind::Fenced(info) = kind {
            lines.next();
            self.builder.token(Token::new(
                TokenKind::Label,
                info.split([' ', '{', ',']).next().unwrap_or_default(),
                span,
            ));
        }
        for line in lines.map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end()) {
            if !line.is_empty() && !line.starts_with("```") && !line.starts_with("~~~") {
                self.builder.token(Token::new(TokenKind::Code, line, span));
            }
        }
        let end = self.builder.document.tokens.len() as u32;
        self.builder.document.blocks[block as usize].tokens.1 = end;
    }

    /// Parses indented text as Markdown, for a syntax without indented code. `false` if it cannot be dedented, or is nested too
    /// deep.
    fn dedent(&mut self, text: &str, range: &Range<usize>, origin: &LineMap) -> bool {
        let line_start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let whole = &text[line_start..range.end];
        let indent = whole.lines().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
        // Text at the indentation of its container, such as code in a list item, is parsed once more.
        if self.nested == MOST_NESTED || (self.nested > 0 && indent == 0) {
            return false;
        }
        let mut inner = String::with_capacity(whole.len());
        let mut lines = Vec::new();
        let mut at = line_start;
        for line in whole.split_inclusive('\n') {
            let cut = indentation(line).min(indent);
            lines.push((inner.len(), origin.at(at + cut)));
            inner.push_str(&line[cut..]);
            at += line.len();
        }
        self.nested += 1;
        self.walk(&inner, &LineMap { lines });
        self.nested -= 1;
        true
    }
}

/// Appends the language-neutral values of a construct's attributes: addresses and names.
fn values(builder: &mut Builder<'_>, span: Span) {
    for (_, value) in inline::values(builder.text, span).filter(|(name, _)| !inline::TITLES.contains(name)) {
        let text = value.slice(builder.text);
        builder.token(if text.contains('/') {
            Token::address(TokenKind::Link, text, value)
        } else {
            Token::new(TokenKind::Placeholder, text, value)
        });
    }
}

/// Bytes of white space at the start of a line.
fn indentation(line: &str) -> usize {
    line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let document = Document::parse(text.to_owned(), Syntax::Mdx);
        document.blocks.iter().map(|block| (block.kind, document.plain_of(block).to_owned())).collect()
    }

    #[test]
    fn indented_content_of_components_is_text() {
        let open = (BlockKind::Component, String::new());
        let close = (BlockKind::Close, String::new());
        let text = |text: &str| (BlockKind::Paragraph, text.to_owned());
        for indentation in ["    ", "\t", "    \t", "\t\t", "        "] {
            let quote = format!(
                "- A list above.\n\n<Quotes>\n\n    <Quote>\n{indentation}Sync is quick.\n\n{indentation}We like it!\n    </Quote>\n\n</Quotes>\n"
            );
            let expected = [
                text("A list above."),
                open.clone(),
                open.clone(),
                text("Sync is quick."),
                text("We like it!"),
                close.clone(),
                close.clone(),
            ];
            assert_eq!(blocks(&quote), expected, "{indentation:?}");
        }
    }

    #[test]
    fn stairs_of_indentation_terminate() {
        let stairs: String = (0..2000).map(|step| format!("{}Step {step}\n\n", "\t".repeat(step))).collect();
        assert!(blocks(&stairs).len() > 1);
    }
}
