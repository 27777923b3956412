//! One file as the rules see it: front matter, sections, and blocks of text and structure with their places.
//!
//! A text is parsed once: dialects are masked with text of equal length (`mask`), `markdown` walks what pulldown-cmark makes of
//! it, `html` reads the HTML in it, and everything ends up in one list of [`Block`]s in reading order.

mod build;
pub mod front_matter;
mod hollow;
mod html;
mod markdown;
mod mask;
mod mask_line;
mod text;
mod token;
mod word;
pub mod yaml;

use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use front_matter::FrontMatter;
pub use isogloss_text::words::PLACEHOLDER;
pub use text::PlainText;
pub use token::{Token, TokenKind};

use isogloss_text::{LineIndex, Span};

/// How comments to isogloss begin; they are no blocks, so that what is translated stays as it is beside them.
pub const DIRECTIVE: &str = "isogloss-";

/// What makes a tag a place for links to lead to.
pub const ANCHORS: [&str; 2] = [" id=", " name="];

/// A parsed file.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The whole file, without changes.
    pub text: String,
    /// Its lines, looked for when they are first asked for: most documents have nothing to report.
    lines: OnceLock<LineIndex>,
    /// Front matter, if it opens with some.
    pub front_matter: Option<FrontMatter>,
    /// Blocks in reading order; a container stands before what it contains.
    pub blocks: Vec<Block>,
    /// Sections in reading order; the first is what stands before any heading.
    pub sections: Vec<Section>,
    /// The readable text of all blocks.
    pub plain: PlainText,
    /// Language-neutral tokens of all blocks, in order.
    pub tokens: Vec<Token>,
    /// Hashes of the words of all blocks, in order.
    pub words: Vec<u32>,
    /// Cells of all table rows, in order.
    pub cells: Vec<Cell>,
    /// Where paragraphs stand that are no blocks, since they are shells of text: `**&#x200B;**`; in order.
    pub hollows: Vec<Span>,
    /// For each block, how many of its table stand before it; counted when it is first asked for.
    rows_before: OnceLock<Vec<u32>>,
}

/// A leaf of text or structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: Kind,
    /// What it stands in.
    pub role: Role,
    /// How many lists, quotes and callouts it stands in.
    pub depth: u8,
    /// Where it stands, without white space and container marks around it.
    pub span: Span,
    /// Index of its section.
    pub section: u32,
    /// The block that contains it: the row of an HTML table's paragraph, the HTML around a row.
    pub parent: Option<u32>,
    /// Number of its table in the document, for rows.
    pub table: Option<u32>,
    /// Its readable text, as plain offsets.
    pub plain: Span,
    /// Its tokens, as indexes into [`Document::tokens`].
    pub tokens: (u32, u32),
    /// Its words, as indexes into [`Document::words`].
    pub words: (u32, u32),
    /// Its cells, as indexes into [`Document::cells`].
    pub cells: (u32, u32),
    /// An explicit id: `{#id}`, `{/*id*/}`.
    pub id: Option<Span>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A run of text: a paragraph, the text of a list item, of a callout, of an HTML cell.
    Paragraph,
    /// A row of a Markdown or HTML table, with cells.
    TableRow,
    /// A code block, fenced or indented.
    Code,
    /// A paragraph that holds images and nothing else.
    Image,
    /// A run of raw HTML; what can be read in it follows as blocks of its own.
    Html,
    /// The mark that opens a callout, admonition, tab or fold; its title is its text.
    Callout,
    /// A shortcode or component on lines of its own.
    Component,
    /// A mark that closes what one of the two before opened.
    Close,
    /// Text or media included from elsewhere.
    Include,
    /// An embedded video.
    Video,
    /// An attribute list on a line of its own.
    Attributes,
    /// An HTML comment.
    Comment,
}

impl Kind {
    /// Whether a reader would miss it.
    pub fn is_content(self) -> bool {
        !matches!(self, Self::Attributes | Self::Close | Self::Comment)
    }

    /// The word for it in `align`'s output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Heading(_) => "heading",
            Self::Paragraph => "paragraph",
            Self::TableRow => "table-row",
            Self::Code => "code",
            Self::Image => "image",
            Self::Html => "html",
            Self::Callout => "callout",
            Self::Component => "component",
            Self::Close => "close",
            Self::Include => "include",
            Self::Video => "video",
            Self::Attributes => "attributes",
            Self::Comment => "comment",
        }
    }
}

/// What a run of text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Nothing.
    Body,
    /// A list item.
    Item,
    /// A block quote.
    Quote,
    /// A callout or admonition.
    Callout,
    /// A cell of an HTML table.
    Cell,
    /// A footnote.
    Footnote,
}

/// A cell of a table row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Where it stands; empty cells have an empty span.
    pub span: Span,
    /// Its readable text, as plain offsets. In HTML tables, what stands in paragraphs and items of a cell is theirs.
    pub plain: Span,
}

/// A heading and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading's block; `None` for what stands before the first.
    pub heading: Option<u32>,
    /// 0 for what stands before the first heading, else 1 to 6.
    pub level: u8,
    /// The section around it.
    pub parent: Option<u32>,
    /// Blocks of the section itself, its heading first, without those of the sections under it.
    pub blocks: Range<u32>,
    /// One past the last block of the section and all sections under it.
    pub end: u32,
}

impl Document {
    /// Parses a file. Never fails: what cannot be understood is text. `mdx` says that the file is MDX.
    pub fn parse(text: String, mdx: bool) -> Self {
        let mut document = Self { front_matter: FrontMatter::find(&text), ..Self::default() };
        // About as much as documents hold, so that little is moved while they are read.
        document.blocks.reserve(text.len() / 150);
        document.tokens.reserve(text.len() / 100);
        document.plain.reserve(text.len() * 3 / 4);
        let body = document.front_matter.as_ref().map_or(0, |front| front.span.end as usize);
        let body = if text[body..].starts_with('\u{FEFF}') { body + '\u{FEFF}'.len_utf8() } else { body };
        markdown::read(&mut document, &text, body, mdx);
        document.text = text;
        document.find_sections();
        word::collect(&mut document);
        document
    }

    /// Its lines.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Where a span stands, for people and editors.
    pub fn range(&self, span: Span) -> isogloss_text::Range {
        /// What stands in the first bytes, as front matter does, is found by an index of these alone.
        const NEAR: usize = 1024;
        let near = isogloss_text::floor_char_boundary(&self.text, NEAR);
        if self.lines.get().is_none() && (span.end as usize) < near {
            return LineIndex::new(&self.text[..near]).range(&self.text, span);
        }
        self.lines().range(&self.text, span)
    }

    /// The readable text of a block.
    pub fn plain_of(&self, block: &Block) -> &str {
        block.plain.slice(self.plain.as_str())
    }

    /// The tokens of a block.
    pub fn tokens_of(&self, block: &Block) -> &[Token] {
        &self.tokens[block.tokens.0 as usize..block.tokens.1 as usize]
    }

    /// The text of a block without a shortcode that opens before it or closes after it on its lines, as in
    /// `{{% alert %}} Text. {{% /alert %}}`; `None` if there is none.
    pub fn inside_shortcode(&self, block: &Block) -> Option<&str> {
        let raw = block.span.slice(&self.text).trim();
        let is_closing = |inner: &str| inner.trim_start_matches(['<', '%', ' ']).starts_with('/');
        let opened = raw.strip_prefix("{{").filter(|inner| inner.starts_with(['<', '%']) && !is_closing(inner));
        let opened = opened.and_then(|inner| Some(inner.split_once("}}")?.1)).filter(|text| !text.trim().is_empty());
        let text = opened.unwrap_or(raw);
        let closed =
            text.strip_suffix("}}").and_then(|text| text.rsplit_once("{{")).filter(|(_, inner)| is_closing(inner));
        closed.map(|(text, _)| text).or(opened)
    }

    /// The word hashes of a block.
    pub fn words_of(&self, block: &Block) -> &[u32] {
        &self.words[block.words.0 as usize..block.words.1 as usize]
    }

    /// The cells of a block.
    pub fn cells_of(&self, block: &Block) -> &[Cell] {
        &self.cells[block.cells.0 as usize..block.cells.1 as usize]
    }

    /// How many of several blocks are items of a list; a single block is no list.
    pub fn list_items(&self, blocks: &Range<u32>) -> usize {
        let blocks = &self.blocks[blocks.start as usize..blocks.end as usize];
        if blocks.len() < 2 { 0 } else { blocks.iter().filter(|block| block.role == Role::Item).count() }
    }

    /// First and last line of a block, 1-based and inclusive.
    pub fn lines_of(&self, block: &Block) -> (u32, u32) {
        let last = block.span.end.max(block.span.start + 1) - 1;
        (self.lines().line(block.span.start), self.lines().line(last))
    }

    /// How many rows of its table stand before a row.
    pub fn rows_before(&self, row: u32) -> u32 {
        let count = || {
            let mut counts: FxHashMap<Option<u32>, u32> = FxHashMap::default();
            let count = |block: &Block| {
                let count = counts.entry(block.table).or_default();
                *count += 1;
                *count - 1
            };
            self.blocks.iter().map(count).collect()
        };
        self.rows_before.get_or_init(count)[row as usize]
    }

    /// Whether a block stands in a table row, whose cells hold its text too.
    pub fn is_in_row(&self, block: &Block) -> bool {
        block.parent.is_some_and(|parent| self.blocks[parent as usize].kind == Kind::TableRow)
    }

    fn find_sections(&mut self) {
        self.sections.push(Section { heading: None, level: 0, parent: None, blocks: 0..0, end: 0 });
        let mut open = vec![0_u32];
        for index in 0..self.blocks.len() as u32 {
            if let Kind::Heading(level) = self.blocks[index as usize].kind {
                while let Some(&top) = open.last()
                    && top != 0
                    && self.sections[top as usize].level >= level
                {
                    self.sections[top as usize].end = index;
                    open.pop();
                }
                let parent = open.last().copied();
                let number = self.sections.len() as u32;
                self.sections.push(Section { heading: Some(index), level, parent, blocks: index..index, end: 0 });
                open.push(number);
            }
            let current = self.sections.len() as u32 - 1;
            self.sections[current as usize].blocks.end = index + 1;
            self.blocks[index as usize].section = current;
        }
        for section in open {
            self.sections[section as usize].end = self.blocks.len() as u32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_near_the_beginning_stands_where_the_index_of_all_lines_says() {
        let text = "Tidewater håller mappar i fas.\n".repeat(100);
        for (at, line, column) in [(0, 1, 1), (40, 2, 9), (1016, 32, 24), (1030, 33, 7), (3000, 94, 24)] {
            let range = Document::parse(text.clone(), false).range(Span::at(at));
            assert_eq!((range.start.line, range.start.column), (line, column), "{at}");
            assert_eq!(range, LineIndex::new(&text).range(&text, Span::at(at)));
        }
    }
}
