//! A parsed file, with access to the parts of its blocks.

use std::ops::Range;
use std::sync::OnceLock;

use isogloss_text::{LineIndex, Span};
use rustc_hash::FxHashMap;

use crate::block::{Block, BlockKind, Cell, Role};
use crate::front_matter::FrontMatter;
use crate::link::Link;
use crate::section::Section;
use crate::text::PlainText;
use crate::token::Token;

/// A parsed file.
///
/// The lists are shared by all blocks, and each block has a range of every list; see [`Document::tokens_of`] and the like.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The whole file, unchanged.
    pub text: String,
    /// Line starts, found on first use: most documents have no findings.
    lines: OnceLock<LineIndex>,
    /// Front matter, if the file begins with it.
    pub front_matter: Option<FrontMatter>,
    /// Blocks in reading order; a container comes before its content.
    pub blocks: Vec<Block>,
    /// Sections in reading order; the first is the part before any heading.
    pub sections: Vec<Section>,
    /// The readable text of all blocks.
    pub plain: PlainText,
    /// Language-neutral tokens of all blocks, in order.
    pub tokens: Vec<Token>,
    /// Links and images, in reading order.
    pub links: Vec<Link>,
    /// Destinations of links that are not as written, one after another.
    pub(crate) destinations: String,
    /// Hashes of the words of all blocks, in order.
    pub words: Vec<u32>,
    /// Cells of all table rows, in order.
    pub cells: Vec<Cell>,
    /// Paragraphs that are not blocks, because their markup has no text (`**&#x200B;**`), in order.
    pub hollows: Vec<Span>,
    /// For each block, the number of blocks of its table before it; counted on first use.
    rows_before: OnceLock<Vec<u32>>,
}

impl Document {
    /// A document without text or blocks.
    pub(crate) fn with_front_matter(front_matter: Option<FrontMatter>) -> Self {
        Self { front_matter, ..Self::default() }
    }

    /// The start of each line.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// Lines and columns of a span.
    pub fn range(&self, span: Span) -> isogloss_text::Range {
        /// Spans this close to the start, such as front matter, need no index of the whole text.
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

    /// The target of a link, without its fragment: decoded, not as written.
    pub fn target(&self, link: &Link) -> &str {
        let destination = self.destination(link);
        destination.split_once('#').map_or(destination, |(target, _)| target)
    }

    /// The fragment of a link, without `#`: decoded, not as written.
    pub fn fragment(&self, link: &Link) -> Option<&str> {
        Some(self.destination(link).split_once('#')?.1)
    }

    fn destination(&self, link: &Link) -> &str {
        if link.decoded.is_empty() {
            link.destination().slice(&self.text)
        } else {
            link.decoded.slice(&self.destinations)
        }
    }

    /// The tokens of a block.
    pub fn tokens_of(&self, block: &Block) -> &[Token] {
        &self.tokens[block.tokens.0 as usize..block.tokens.1 as usize]
    }

    /// The text of a block inside a shortcode that opens or closes on the same lines, as in
    /// `{{% alert %}} Text. {{% /alert %}}`; `None` without a shortcode.
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

    /// The number of list items among several blocks; 0 for a single block.
    pub fn list_items(&self, blocks: &Range<u32>) -> usize {
        let blocks = &self.blocks[blocks.start as usize..blocks.end as usize];
        if blocks.len() < 2 { 0 } else { blocks.iter().filter(|block| block.role == Role::Item).count() }
    }

    /// First and last line of a block, 1-based and inclusive.
    pub fn lines_of(&self, block: &Block) -> (u32, u32) {
        let last = block.span.end.max(block.span.start + 1) - 1;
        (self.lines().line(block.span.start), self.lines().line(last))
    }

    /// The number of rows before a row in its table.
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

    /// Whether a block is in a table row, whose cells include its text.
    pub fn is_in_row(&self, block: &Block) -> bool {
        block.parent.is_some_and(|parent| self.blocks[parent as usize].kind == BlockKind::TableRow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::Syntax;

    #[test]
    fn ranges_near_the_start_agree_with_the_index_of_the_whole_text() {
        let text = "Tidewater håller mappar i fas.\n".repeat(100);
        for (at, line, column) in [(0, 1, 1), (40, 2, 9), (1016, 32, 24), (1030, 33, 7), (3000, 94, 24)] {
            let range = Document::parse(text.clone(), Syntax::Markdown).range(Span::at(at));
            assert_eq!((range.start.line, range.start.column), (line, column), "{at}");
            assert_eq!(range, LineIndex::new(&text).range(&text, Span::at(at)));
        }
    }
}
