//! Text that is present but empty in the translation.

use super::fault::{Fault, FaultKind, Side};
use isogloss_align::Alignment;
use isogloss_document::{BlockKind, Document};
use isogloss_text::Span;

/// Distinguishes missing text from empty text: a paragraph without content where it is expected, or HTML that has text
/// in the reference and none in the translation.
pub(super) fn settle(faults: &mut [Fault], reference: &Document, translation: &Document, alignment: &Alignment) {
    for fault in faults {
        let is_text = |block: &u32| reference.blocks[*block as usize].kind == BlockKind::Paragraph;
        if fault.kind == FaultKind::Text(Side::Missing) && fault.blocks.iter().all(is_text) {
            let found = emptied(fault, reference, translation, alignment);
            if let Some(place) = found.or_else(|| hollow(fault, translation)) {
                (fault.kind, fault.place) = (FaultKind::Empty, place);
            }
        }
    }
}

/// The counterpart of the HTML that contains all blocks of a fault, if it is empty.
fn emptied(fault: &Fault, reference: &Document, translation: &Document, alignment: &Alignment) -> Option<Span> {
    let parent = |block: &u32| reference.blocks[*block as usize].parent;
    let outer =
        parent(&fault.blocks[0]).filter(|outer| fault.blocks.iter().all(|block| parent(block) == Some(*outer)))?;
    let outer = alignment.translation_of(outer)?;
    // Its contents would follow it.
    let holds = translation.blocks.get(outer as usize + 1).is_some_and(|next| next.parent == Some(outer));
    let outer = &translation.blocks[outer as usize];
    let is_empty = outer.kind == BlockKind::Html && !holds && translation.plain_of(outer).trim().is_empty();
    (is_empty && is_whole(outer.span.slice(&translation.text))).then_some(outer.span)
}

/// Whether HTML starts with an opening tag and ends with a closing one, so that its contents do not continue elsewhere.
fn is_whole(raw: &str) -> bool {
    let last = raw.rfind('<').map_or("", |last| &raw[last..]);
    !raw.starts_with("</") && last.starts_with("</")
}

/// The empty paragraphs around the place of a fault, if there are as many as the fault has blocks.
fn hollow(fault: &Fault, translation: &Document) -> Option<Span> {
    let from = fault.place.start;
    let next = translation.blocks.partition_point(|block| block.span.start < from);
    let end = translation.blocks.get(next).map_or(translation.text.len() as u32, |next| next.span.start);
    let hollows = &translation.hollows;
    let hollows = &hollows[hollows.partition_point(|hollow| hollow.start < from)..];
    let hollows = &hollows[..hollows.partition_point(|hollow| hollow.start < end)];
    let (first, last) = (hollows.first()?, hollows.last()?);
    (hollows.len() == fault.blocks.len()).then_some(Span { start: first.start, end: last.end })
}
