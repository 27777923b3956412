//! Sections and blocks that are out of order.

use super::fault::{Fault, FaultKind};
use isogloss_align::Alignment;
use isogloss_document::{BlockKind, Document};
use isogloss_text::Span;

/// Moved blocks in groups: a moved section is one fault, and so are adjacent moved blocks.
pub(super) fn moves(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Fault> {
    let moved: Vec<u32> = (0..translation.blocks.len() as u32)
        .filter(|&block| alignment.pair_of_translation(block).is_some_and(|pair| pair.moved))
        .collect();
    let mut faults: Vec<Fault> = Vec::new();
    let mut covered = 0;
    for &block in &moved {
        if block < covered {
            continue;
        }
        let source = alignment.source_of(block).map_or(0, |source| source as usize);
        let is_heading = matches!(translation.blocks[block as usize].kind, BlockKind::Heading(_));
        if is_heading && matches!(reference.blocks[source].kind, BlockKind::Heading(_)) {
            let section = &translation.sections[translation.blocks[block as usize].section as usize];
            covered = section.end;
            let at = |bound: u32| moved.partition_point(|&inner| inner < bound);
            let blocks = moved[at(block)..at(section.end)].to_vec();
            faults.push(Fault { kind: FaultKind::SectionOrder, blocks, place: Span::default(), confidence: None });
            continue;
        }
        match faults.last_mut() {
            Some(last)
                if last.kind == FaultKind::BlockOrder && last.blocks.last() == Some(&(block.wrapping_sub(1))) =>
            {
                last.blocks.push(block);
            }
            _ => faults.push(Fault {
                kind: FaultKind::BlockOrder,
                blocks: vec![block],
                place: Span::default(),
                confidence: None,
            }),
        }
    }
    // The contents of a table row or HTML move with it, and a callout marker has no position without its text.
    faults.retain(|fault| {
        let parent = translation.blocks[fault.blocks[0] as usize].parent;
        let is_mark = |&block: &u32| translation.blocks[block as usize].kind == BlockKind::Callout;
        parent.is_none_or(|parent| moved.binary_search(&parent).is_err()) && !fault.blocks.iter().all(is_mark)
    });
    faults
}
