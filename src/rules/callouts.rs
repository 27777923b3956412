//! Callouts that one side writes as a quote with a mark and the other as a shortcode or component: the same to a reader.

use super::structure::{Fault, FaultKind, Side};
use crate::align::Alignment;
use crate::document::{Document, Kind};

/// Takes back that a callout's mark is missing where another one that opens the same text is extra, or where a shortcode opens
/// that text on the same line.
pub(super) fn settle(faults: &mut Vec<Fault>, reference: &Document, translation: &Document, alignment: &Alignment) {
    let mark = |fault: &Fault, side: Side, document: &Document| match fault.blocks[..] {
        [block] if fault.kind == FaultKind::Object(side) => opens(document, block).map(|text| (block, text)),
        _ => None,
    };
    faults.retain(|fault| {
        let in_line = |document: &Document, block: Option<u32>| {
            block.is_some_and(|block| document.inside_shortcode(&document.blocks[block as usize]).is_some())
        };
        let is_there = mark(fault, Side::Missing, reference)
            .is_some_and(|(_, text)| in_line(translation, alignment.translation_of(text)));
        let is_here = mark(fault, Side::Extra, translation)
            .is_some_and(|(_, text)| in_line(reference, alignment.source_of(text)));
        !is_there && !is_here
    });
    let extra: Vec<(u32, u32)> = faults.iter().filter_map(|fault| mark(fault, Side::Extra, translation)).collect();
    if extra.is_empty() {
        return;
    }
    let mut settled = Vec::new();
    for fault in faults.iter() {
        let Some((missing, text)) = mark(fault, Side::Missing, reference) else { continue };
        let Some(there) = alignment.translation_of(text) else { continue };
        if let Some((other, _)) = extra.iter().find(|(_, text)| *text == there) {
            settled.push((missing, *other));
        }
    }
    faults.retain(|fault| {
        let is_settled = |&(missing, extra): &(u32, u32)| match fault.kind {
            FaultKind::Object(Side::Missing) => fault.blocks == [missing],
            FaultKind::Object(Side::Extra) => fault.blocks == [extra],
            _ => false,
        };
        !settled.iter().any(is_settled)
    });
}

/// The text that a callout's mark opens, if the block is one.
fn opens(document: &Document, block: u32) -> Option<u32> {
    let is_mark = matches!(document.blocks[block as usize].kind, Kind::Callout | Kind::Component);
    let next = document.blocks.get(block as usize + 1)?;
    (is_mark && next.kind == Kind::Paragraph).then_some(block + 1)
}
