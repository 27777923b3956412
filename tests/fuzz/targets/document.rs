//! One file, read as Markdown and as MDX.

use isogloss::suppress::read_document;
use isogloss_align::Outline;
use isogloss_document::{BlockKind, Document, Syntax};

use super::assert_within;

pub(super) fn run(text: &str) {
    for syntax in [Syntax::Markdown, Syntax::Mdx] {
        let document = Document::parse(text.to_owned(), syntax);
        check(&document);
        let again = Document::parse(text.to_owned(), syntax);
        assert_eq!(document.blocks, again.blocks);
        assert_eq!(document.sections, again.sections);
        assert_eq!(document.plain.as_str(), again.plain.as_str());
        assert_eq!(document.words, again.words);
        assert_eq!(document.links, again.links);
        let _ = Outline::new(&document);
        let _ = read_document(&document);
    }
}

/// Invariants of every document.
pub(super) fn check(document: &Document) {
    let (text, plain) = (&*document.text, document.plain.as_str());
    let blocks = document.blocks.len() as u32;
    for (index, block) in document.blocks.iter().enumerate() {
        assert_within(text, block.span.start as usize, block.span.end as usize);
        assert_within(plain, block.plain.start as usize, block.plain.end as usize);
        assert!(block.parent.is_none_or(|parent| (parent as usize) < index), "a container comes before its blocks");
        assert!((block.section as usize) < document.sections.len());
        let (first, last) = document.lines_of(block);
        assert!(1 <= first && first <= last);
        let range = document.range(block.span);
        assert!(range.start.line >= 1 && range.start.column >= 1 && range.end.byte as usize <= text.len());
        for cell in document.cells_of(block) {
            assert_within(text, cell.span.start as usize, cell.span.end as usize);
            assert_within(plain, cell.plain.start as usize, cell.plain.end as usize);
        }
        let _ = (document.plain_of(block), document.tokens_of(block), document.words_of(block));
        let _ = (document.inside_shortcode(block), document.is_in_row(block));
    }
    for section in &document.sections {
        assert!(section.blocks.start <= section.blocks.end && section.end <= blocks);
        let is_heading = |index: u32| matches!(document.blocks[index as usize].kind, BlockKind::Heading(_));
        assert!(section.heading.is_none_or(is_heading));
    }
    for link in &document.links {
        assert_within(text, link.span.start as usize, link.span.end as usize);
        assert_within(text, link.destination().start as usize, link.destination().end as usize);
        assert!(link.block < blocks);
        let _ = (document.target(link), document.fragment(link));
    }
    for hollow in &document.hollows {
        assert_within(text, hollow.start as usize, hollow.end as usize);
    }
}
