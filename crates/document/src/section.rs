//! Sections: a heading and the blocks under it.

use std::ops::Range;

use crate::block::{Block, BlockKind};

/// A heading and the blocks under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading's block; `None` for the section before the first heading.
    pub heading: Option<u32>,
    /// 1 to 6, or 0 before the first heading.
    pub level: u8,
    /// The enclosing section, as an index.
    pub parent: Option<u32>,
    /// Blocks of the section itself, its heading first, without those of its subsections.
    pub blocks: Range<u32>,
    /// One past the last block of the section and its subsections.
    pub end: u32,
}

/// Divides blocks into sections at the headings, and sets the section of each block.
pub(crate) fn divide(blocks: &mut [Block]) -> Vec<Section> {
    let mut sections = vec![Section { heading: None, level: 0, parent: None, blocks: 0..0, end: 0 }];
    let mut open = vec![0_u32];
    for (index, block) in blocks.iter_mut().enumerate() {
        let index = index as u32;
        if let BlockKind::Heading(level) = block.kind {
            while let Some(&top) = open.last()
                && top != 0
                && sections[top as usize].level >= level
            {
                sections[top as usize].end = index;
                open.pop();
            }
            let parent = open.last().copied();
            open.push(sections.len() as u32);
            sections.push(Section { heading: Some(index), level, parent, blocks: index..index, end: 0 });
        }
        let current = sections.len() - 1;
        sections[current].blocks.end = index + 1;
        block.section = current as u32;
    }
    for section in open {
        sections[section as usize].end = blocks.len() as u32;
    }
    sections
}
