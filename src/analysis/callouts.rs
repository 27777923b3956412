//! Callouts that are a quote with a marker on one side and a shortcode or component on the other, which readers see
//! alike. And markers damaged by machine translation, which are one fault even though one side lacks a marker and the
//! other has a text.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fault::{Fault, FaultKind, Side};
use isogloss_align::Alignment;
use isogloss_document::{BlockKind, Document};

/// Removes the fault of a missing callout marker if an extra one opens the same text, or if a shortcode opens that text
/// on the same line; and the fault of missing text that is on the line of the marker.
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
        let in_title = match fault.kind {
            FaultKind::Text(Side::Missing) => {
                is_title(fault, (reference, translation), &|mark| alignment.translation_of(mark))
            }
            FaultKind::Text(Side::Extra) => {
                is_title(fault, (translation, reference), &|mark| alignment.source_of(mark))
            }
            _ => false,
        };
        !is_there && !is_here && !in_title
    });
    broken(faults, reference, translation, alignment);
    // Markers by the text that they open, which is the one after them.
    let extra = faults.iter().filter_map(|fault| mark(fault, Side::Extra, translation));
    let extra: FxHashMap<u32, u32> = extra.map(|(mark, text)| (text, mark)).collect();
    if extra.is_empty() {
        return;
    }
    let (mut missing, mut answered) = (FxHashSet::default(), FxHashSet::default());
    for fault in faults.iter() {
        let Some((mark, text)) = mark(fault, Side::Missing, reference) else { continue };
        let Some(there) = alignment.translation_of(text) else { continue };
        if let Some(other) = extra.get(&there) {
            missing.insert(mark);
            answered.insert(*other);
        }
    }
    faults.retain(|fault| match (fault.kind, &fault.blocks[..]) {
        (FaultKind::Object(Side::Missing), [block]) => !missing.contains(block),
        (FaultKind::Object(Side::Extra), [block]) => !answered.contains(block),
        _ => true,
    });
}

/// Merges a missing marker and the extra text that it became, right before the text that the marker opens.
fn broken(faults: &mut Vec<Fault>, reference: &Document, translation: &Document, alignment: &Alignment) {
    let became = |fault: &Fault| match fault.blocks[..] {
        [block] if fault.kind == FaultKind::Text(Side::Extra) => {
            is_broken_mark(translation.plain_of(&translation.blocks[block as usize])).then_some(block)
        }
        _ => None,
    };
    let texts: FxHashSet<u32> = faults.iter().filter_map(became).collect();
    if texts.is_empty() {
        return;
    }
    let mut merged = FxHashSet::default();
    for fault in faults.iter_mut() {
        let [mark] = fault.blocks[..] else { continue };
        let is_missing = fault.kind == FaultKind::Object(Side::Missing);
        if !is_missing || reference.blocks[mark as usize].kind != BlockKind::Callout {
            continue;
        }
        let before = opens(reference, mark).and_then(|text| alignment.translation_of(text)?.checked_sub(1));
        if let Some(text) = before.filter(|text| texts.contains(text)) {
            (fault.kind, fault.place) = (FaultKind::Broken, translation.blocks[text as usize].span);
            merged.insert(text);
        }
    }
    faults.retain(|fault| became(fault).is_none_or(|text| !merged.contains(&text)));
}

/// Whether a text starts like a damaged marker: `[ !Nnote]`, or `[!NOTE] Title` where markers have no title.
fn is_broken_mark(text: &str) -> bool {
    /// Longer brackets contain a sentence.
    const LONGEST: usize = 64;
    let inside = text.trim().strip_prefix('[').map(str::trim_start).and_then(|text| text.strip_prefix('!'));
    inside.and_then(|inside| inside.find(']')).is_some_and(|end| end <= LONGEST)
}

/// Whether the text of a fault `here`, right after a callout marker without a title, may be the title that the marker
/// has `there`: tools that translate line by line write `::: warning Text :::`.
fn is_title(fault: &Fault, (here, there): (&Document, &Document), counterpart: &dyn Fn(u32) -> Option<u32>) -> bool {
    /// The maximum ratio of their lengths in bytes.
    const MOST: usize = 3;
    let title = |document: &Document, mark: u32| {
        let block = &document.blocks[mark as usize];
        (block.kind == BlockKind::Callout).then(|| document.plain_of(block).trim().len())
    };
    let Some(mark) = fault.blocks[0].checked_sub(1) else { return false };
    let there = || title(there, counterpart(mark)?);
    let is_text = |block: &u32| here.blocks[*block as usize].kind == BlockKind::Paragraph;
    let length = || fault.blocks.iter().map(|&block| here.plain_of(&here.blocks[block as usize]).len()).sum::<usize>();
    title(here, mark) == Some(0)
        && fault.blocks.iter().all(is_text)
        && there().is_some_and(|title| title * MOST >= length() && length() * MOST >= title)
}

/// The text that a callout marker opens, if the block is one.
fn opens(document: &Document, block: u32) -> Option<u32> {
    let is_mark = matches!(document.blocks[block as usize].kind, BlockKind::Callout | BlockKind::Component);
    let next = document.blocks.get(block as usize + 1)?;
    (is_mark && next.kind == BlockKind::Paragraph).then_some(block + 1)
}
