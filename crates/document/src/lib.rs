//! Markdown documents as sections and blocks with exact spans.
//!
//! [`Document::parse`] reads front matter, Markdown and its dialects (callouts, admonitions, shortcodes, MDX components), and the
//! HTML inside it. The result is one list of [`Block`]s in reading order, each with its [`Span`](isogloss_text::Span) in the
//! source, its readable text, and the [`Token`]s and [`Link`]s that a translation should keep.
//!
//! ```
//! use isogloss_document::{BlockKind, Document, Syntax};
//!
//! let text = "# Sync\n\nSee the [guide](guide.md#start).\n".to_owned();
//! let document = Document::parse(text, Syntax::Markdown);
//!
//! let paragraph = &document.blocks[1];
//! assert_eq!(paragraph.kind, BlockKind::Paragraph);
//! assert_eq!(document.plain_of(paragraph), "See the guide.");
//! assert_eq!(document.lines_of(paragraph), (3, 3));
//!
//! let link = &document.links[0];
//! assert_eq!(document.target(link), "guide.md");
//! assert_eq!(document.fragment(link), Some("start"));
//! ```
//!
//! A text is parsed once: constructs of dialects are masked with text of equal length (`mask`), pulldown-cmark parses the masked
//! text, and `markdown` and `html` turn its events into blocks.

mod block;
mod build;
mod destination;
mod document;
pub mod front_matter;
mod hollow;
mod html;
mod line_map;
mod link;
mod markdown;
mod mask;
mod parse;
mod section;
mod special;
mod structure;
mod syntax;
mod text;
mod token;
mod word;
pub mod yaml;

pub use block::{Block, BlockKind, Cell, Role};
pub use document::Document;
pub use hollow::ANCHORS;
pub use html::DIRECTIVE;
pub use isogloss_text::words::PLACEHOLDER;
pub use link::{Link, LinkKind};
pub use section::Section;
pub use structure::Structure;
pub use syntax::{MARKDOWN_EXTENSIONS, Syntax, is_markdown};
pub use text::PlainText;
pub use token::{Token, TokenKind};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
