//! Finds the faults of structure between two documents.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::fault::{Fault, FaultKind, Side};
use super::places::Places;
use isogloss_align::Alignment;
use isogloss_document::{ANCHORS, BlockKind, Document, Role, TokenKind};
use isogloss_text::Span;

/// All faults of structure between two documents, in reading order.
pub fn faults(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Fault> {
    let forth = One {
        side: Side::Missing,
        here: reference,
        there: translation,
        pair: &|block| alignment.pair_of_source(block).map(|pair| (pair.translation.start, pair.moved)),
        first_rows: OnceCell::new(),
    };
    let back = One {
        side: Side::Extra,
        here: translation,
        there: reference,
        pair: &|block| alignment.pair_of_translation(block).map(|pair| (pair.source.start, pair.moved)),
        first_rows: OnceCell::new(),
    };
    let mut faults = forth.find();
    faults.extend(back.find());
    super::callouts::settle(&mut faults, reference, translation, alignment);
    super::emptied::settle(&mut faults, reference, translation, alignment);
    faults.extend(super::table::columns(reference, translation, alignment));
    faults.extend(levels(reference, translation, alignment));
    faults.extend(super::order::moves(reference, translation, alignment));
    faults
}

/// Whether readers would miss a block.
fn matters(document: &Document, index: u32) -> bool {
    let block = &document.blocks[index as usize];
    block.kind.is_content() && (block.kind != BlockKind::Html || !is_scaffold(document, index))
}

/// The elements, in addition to [`ANCHORS`], that show something and are more than a box around others.
const SHOWN: &[&str] =
    &["<img", "<i", "<video", "<audio", "<embed", "<object", "<svg", "<canvas", "<picture", "<button", "<hr"];

/// Whether a block of HTML has no content: a single opening or closing tag, which lays out its surroundings.
fn is_scaffold(document: &Document, index: u32) -> bool {
    let block = &document.blocks[index as usize];
    let holds = document.blocks.get(index as usize + 1).is_some_and(|next| block.span.contains(next.span.start));
    let raw = block.span.slice(&document.text).to_ascii_lowercase();
    !holds
        && document.plain_of(block).trim().is_empty()
        && !document.tokens_of(block).iter().any(|token| matches!(token.kind, TokenKind::Link | TokenKind::Image))
        && !SHOWN.iter().chain(&ANCHORS).any(|shown| raw.contains(shown))
}

/// One direction: what `here` has and `there` lacks.
struct One<'d> {
    side: Side,
    here: &'d Document,
    there: &'d Document,
    pair: &'d dyn Fn(u32) -> Option<(u32, bool)>,
    /// The first row of each table of `here`, collected at the first row without a counterpart.
    first_rows: OnceCell<FxHashMap<u32, u32>>,
}

impl One<'_> {
    fn find(&self) -> Vec<Fault> {
        let count = self.here.blocks.len();
        let mut open: Vec<bool> = (0..count as u32).map(|block| (self.pair)(block).is_none()).collect();
        let mut faults = Vec::new();
        let mut places = Places::new(self.there, self.pair, count as u32);
        for index in 0..count {
            if !open[index] || !matters(self.here, index as u32) {
                continue;
            }
            let fault = self.fault(index as u32, &mut open, &mut places);
            faults.push(fault);
        }
        join(faults, self)
    }

    /// The fault that starts with the unpaired block `index`; its blocks are then no longer open.
    fn fault(&self, index: u32, open: &mut [bool], places: &mut Places<'_>) -> Fault {
        let block = &self.here.blocks[index as usize];
        let (kind, blocks) = match block.kind {
            BlockKind::Heading(_) => self.heading(index, open),
            BlockKind::TableRow => self.rows(index, open),
            BlockKind::Paragraph => (FaultKind::Text(self.side), vec![index]),
            BlockKind::Callout => self.callout(index, open),
            _ => (FaultKind::Object(self.side), vec![index]),
        };
        for &block in &blocks {
            // Blocks that are already closed are in another fault, along with their contents.
            if std::mem::replace(&mut open[block as usize], false) {
                self.close_children(block, open);
            }
        }
        Fault { kind, place: places.of(blocks[0]), blocks, confidence: None }
    }

    /// Closes the contents of a block, at any depth.
    fn close_children(&self, parent: u32, open: &mut [bool]) {
        let mut around = vec![parent];
        for child in parent + 1..self.here.blocks.len() as u32 {
            let Some(above) = self.here.blocks[child as usize].parent.filter(|above| *above >= parent) else { break };
            while around.last().is_some_and(|last| *last > above) {
                around.pop();
            }
            if around.last() == Some(&above) {
                open[child as usize] = false;
                around.push(child);
            }
        }
    }

    /// A heading: missing with the text below it, or alone.
    fn heading(&self, index: u32, open: &[bool]) -> (FaultKind, Vec<u32>) {
        let section = &self.here.sections[self.here.blocks[index as usize].section as usize];
        let under: Vec<u32> = (index + 1..section.end).filter(|&block| matters(self.here, block)).collect();
        let lost: Vec<u32> = under.iter().copied().filter(|&block| open[block as usize]).collect();
        if lost.len() * 2 < under.len() || (lost.is_empty() && !under.is_empty()) {
            return (FaultKind::Heading(self.side), vec![index]);
        }
        (FaultKind::Section(self.side), std::iter::once(index).chain(lost).collect())
    }

    /// A row, or the whole table if all of its rows are missing.
    fn rows(&self, index: u32, open: &[bool]) -> (FaultKind, Vec<u32>) {
        let table = self.here.blocks[index as usize].table;
        if table.is_none_or(|table| self.first_rows().get(&table) != Some(&index)) {
            return (FaultKind::Row(self.side), vec![index]);
        }
        let rows: Vec<u32> = (index..self.here.blocks.len() as u32)
            .take_while(|&block| {
                let block = &self.here.blocks[block as usize];
                block.table == table || block.table.is_none() && block.parent.is_some()
            })
            .filter(|&block| self.here.blocks[block as usize].table == table)
            .collect();
        if rows.iter().all(|&row| open[row as usize]) {
            return (FaultKind::Object(self.side), rows);
        }
        (FaultKind::Row(self.side), vec![index])
    }

    fn first_rows(&self) -> &FxHashMap<u32, u32> {
        self.first_rows.get_or_init(|| {
            let mut first = FxHashMap::default();
            for (index, block) in self.here.blocks.iter().enumerate() {
                if let Some(table) = block.table {
                    first.entry(table).or_insert(index as u32);
                }
            }
            first
        })
    }

    /// A callout marker, with its contents if they are missing too.
    fn callout(&self, index: u32, open: &[bool]) -> (FaultKind, Vec<u32>) {
        let depth = self.here.blocks[index as usize].depth;
        let text: Vec<u32> = (index + 1..self.here.blocks.len() as u32)
            .take_while(|&block| {
                let block = &self.here.blocks[block as usize];
                // Another one of the same depth is not part of it, but a deeper one is.
                let is_next = block.kind == BlockKind::Callout && block.depth == depth;
                block.depth >= depth && block.role == Role::Callout && !is_next
            })
            .filter(|&block| open[block as usize])
            .collect();
        if text.is_empty() {
            return (FaultKind::Object(self.side), vec![index]);
        }
        (FaultKind::Text(self.side), std::iter::once(index).chain(text).collect())
    }

    /// The kind of the fault that two faults are together, if they have one cause.
    fn joint(&self, first: &Fault, second: &Fault) -> Option<FaultKind> {
        let kind = |block: &u32| self.here.blocks[*block as usize].kind;
        // Blocks that may be part of a passage of text: no table, and nothing that may be the marker or frame of
        // something present.
        let runs = |fault: &Fault, block: &u32| match kind(block) {
            BlockKind::Paragraph | BlockKind::Code | BlockKind::Image | BlockKind::Video | BlockKind::Include => true,
            BlockKind::Callout => fault.kind == FaultKind::Text(self.side),
            _ => false,
        };
        // The blocks joined before were already checked for the first one.
        let (ends_so, runs_on) = (
            || first.blocks.last().is_some_and(|block| runs(first, block)),
            || second.blocks.iter().all(|block| runs(second, block)),
        );
        // The marker of one more, such as the last tab, whose content is present.
        let is_one_more = || {
            let mark = &self.here.blocks[second.blocks[0] as usize];
            let like = |block: &u32| {
                let block = &self.here.blocks[*block as usize];
                block.kind == BlockKind::Callout && block.depth == mark.depth
            };
            mark.kind == BlockKind::Callout && first.blocks.iter().rev().any(like)
        };
        let (text, object) = (FaultKind::Text(self.side), FaultKind::Object(self.side));
        let joint = match (first.kind, second.kind) {
            (a, b) if a == text && b == text => Some(text),
            (a, b) if a == object && b == object => {
                let alike = kind(&first.blocks[0]) == kind(&second.blocks[0]);
                let joins = runs_on() && ends_so()
                    || alike && !matches!(kind(&second.blocks[0]), BlockKind::TableRow | BlockKind::Callout);
                joins.then_some(object)
            }
            (a, b) if [a, b].iter().all(|kind| [text, object].contains(kind)) => {
                (ends_so() && (runs_on() || is_one_more())).then_some(text)
            }
            _ => None,
        };
        joint.filter(|_| first.place == second.place)
    }
}

/// Joins adjacent faults: three paragraphs in a row, or a paragraph with the code that it introduces, went missing
/// together.
fn join(faults: Vec<Fault>, one: &One<'_>) -> Vec<Fault> {
    let mut joined: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in faults {
        if let Some(last) = joined.last_mut()
            && let Some(kind) = one.joint(last, &fault)
            && let (Some(&end), Some(&start)) = (last.blocks.last(), fault.blocks.first())
            && (end + 1..start).all(|between| !matters(one.here, between))
            && one.here.blocks[end as usize].section == one.here.blocks[start as usize].section
        {
            last.kind = kind;
            last.blocks.extend(fault.blocks);
            continue;
        }
        joined.push(fault);
    }
    joined
}

/// Headings whose level differs by another amount than that of the previous heading.
fn levels(reference: &Document, translation: &Document, alignment: &Alignment) -> Vec<Fault> {
    let shift = |section: u32| -> Option<i8> {
        let section = &translation.sections[section as usize];
        let heading = section.heading?;
        let source = &reference.blocks[alignment.source_of(heading)? as usize];
        match (source.kind, translation.blocks[heading as usize].kind) {
            (BlockKind::Heading(there), BlockKind::Heading(here)) => Some(here as i8 - there as i8),
            _ => None,
        }
    };
    let mut faults = Vec::new();
    for (number, section) in translation.sections.iter().enumerate() {
        let (Some(heading), Some(own)) = (section.heading, shift(number as u32)) else { continue };
        let above = section.parent.and_then(shift).unwrap_or(0);
        if own != 0 && own != above {
            faults.push(Fault {
                kind: FaultKind::Level,
                blocks: vec![heading],
                place: Span::default(),
                confidence: None,
            });
        }
    }
    for pair in &alignment.pairs {
        let (source, here) = (
            reference.blocks[pair.source.start as usize].kind,
            translation.blocks[pair.translation.start as usize].kind,
        );
        if matches!(source, BlockKind::Heading(_)) != matches!(here, BlockKind::Heading(_)) {
            faults.push(Fault {
                kind: FaultKind::Level,
                blocks: vec![pair.translation.start],
                place: Span::default(),
                confidence: None,
            });
        }
    }
    faults
}
