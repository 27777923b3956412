//! Blocks: the leaves of text and structure that a document consists of.

use isogloss_text::Span;

/// A leaf of text or structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The kind of its container.
    pub role: Role,
    /// The number of lists, quotes and callouts around it.
    pub depth: u8,
    /// Its source, without surrounding white space and container markers.
    pub span: Span,
    /// Index of its section.
    pub section: u32,
    /// Index of the block around it: the row of a paragraph in an HTML table, the HTML around a row.
    pub parent: Option<u32>,
    /// Number of its table in the document, for rows.
    pub table: Option<u32>,
    /// Its readable text, in [`Document::plain`](crate::Document::plain).
    pub plain: Span,
    /// Its tokens, as indexes into [`Document::tokens`](crate::Document::tokens).
    pub tokens: (u32, u32),
    /// Its words, as indexes into [`Document::words`](crate::Document::words).
    pub words: (u32, u32),
    /// Its cells, as indexes into [`Document::cells`](crate::Document::cells).
    pub cells: (u32, u32),
    /// An explicit id: `{#id}`, `{/*id*/}`.
    pub id: Option<Span>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A run of text: a paragraph, the text of a list item, of a callout, of an HTML cell.
    Paragraph,
    /// A row of a Markdown or HTML table, with cells.
    TableRow,
    /// A code block, fenced or indented.
    Code,
    /// A paragraph of images only.
    Image,
    /// A run of raw HTML, followed by blocks for its text.
    Html,
    /// The line that opens a callout, admonition, tab or fold; its title is its text.
    Callout,
    /// A shortcode or component on lines of its own.
    Component,
    /// The end of a callout, shortcode or component.
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

impl BlockKind {
    /// Whether readers see it.
    pub fn is_content(self) -> bool {
        !matches!(self, Self::Attributes | Self::Close | Self::Comment)
    }

    /// Its name in the output of `isogloss align`.
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

/// The kind of a block's container.
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
    /// Its source; empty for an empty cell.
    pub span: Span,
    /// Its readable text, in [`Document::plain`](crate::Document::plain). In HTML tables, this excludes paragraphs and list items
    /// in the cell, which are blocks.
    pub plain: Span,
}
