//! Messages that the `missing-*` and `extra-*` rules share: the same fault in two directions.

use std::fmt;

use super::doubt;
use super::draft::Draft;
use crate::analysis::{Fault, FaultKind, Side};
use crate::analysis::{Origin, is_doubtful};
use crate::analysis::{PairView, Version, shorten};
use isogloss_document::{Block, BlockKind, Document, Role};
use isogloss_text::Span;

/// The name of what a fault covers.
#[derive(Debug)]
pub(super) enum Noun {
    /// A noun without an article: "paragraph".
    One(&'static str),
    /// Several consecutive blocks of one kind.
    Run(usize, &'static str),
    /// Consecutive blocks of several kinds, with the number of each.
    Passage(Vec<(usize, &'static str)>),
    /// A specific name: "table row 3".
    Name(String),
}

/// "paragraph", "3 images", "2 paragraphs and 1 code block".
impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(noun) => f.write_str(noun),
            Self::Run(count, noun) => f.write_str(&several(*count, noun)),
            Self::Passage(parts) => {
                let parts = parts.iter().map(|&(count, noun)| several(count, noun));
                let parts: Vec<String> = parts.collect();
                let (last, first) = parts.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
                write!(f, "{} and {last}", first.join(", "))
            }
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// "1 image", "2 callout paragraphs".
fn several(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A finding about something that one side lacks: `what` names it, `rest` follows the name.
pub(super) fn draft(view: &PairView<'_>, fault: &Fault, side: Side, what: &Noun, rest: &str) -> Draft {
    let (here, there) = sides(view, side);
    let first = &here.document.blocks[fault.blocks[0] as usize];
    let quote = match fault.kind {
        FaultKind::Broken => format!(": “{}”", shorten(fault.place.slice(&there.document.text))),
        _ => quote(here, fault),
    };
    let identity = here.identity(first);
    let origin = view.comparison.origins.get(side, fault);
    let since = origin.map(|origin| since(view, origin, side)).unwrap_or_default();
    let present = span(&here.document.blocks, fault);
    let name = view.reference_name();
    let possibly = if is_doubtful(fault) { "possibly " } else { "" };
    let (state, label) = match fault.kind {
        FaultKind::Empty => ("empty", "no text here"),
        FaultKind::Broken => ("broken", "not recognized as a callout marker"),
        _ => ("missing", "expected here"),
    };
    let draft = match side {
        Side::Missing => {
            Draft::at(view.translation, fault.place, identity, format!("{possibly}{state} {what}{rest}{since}{quote}"))
                .label(label)
                .related(here, present, "present here")
        }
        Side::Extra => {
            let mark = if first.kind == BlockKind::TableRow { first.span } else { present };
            Draft::at(view.translation, mark, identity, format!("{what} {possibly}not in {name}{rest}{since}{quote}"))
                .label(format!("not in {name}"))
                .related(view.reference, fault.place, "would be here")
        }
    };
    with_facts(draft, fault, origin)
}

/// The start of a fault's first text, for the end of a message.
pub(super) fn quote(here: &Version<'_>, fault: &Fault) -> String {
    let mut quotes = fault.blocks.iter().map(|&block| here.quote(&here.document.blocks[block as usize]));
    quotes.find(|quote| !quote.is_empty()).map(|quote| format!(": “{quote}”")).unwrap_or_default()
}

/// Adds the data of a fault.
pub(super) fn with_facts(draft: Draft, fault: &Fault, origin: Option<&Origin>) -> Draft {
    let draft = doubt::with_confidence(draft.data("blocks", fault.blocks.len()), fault);
    match origin {
        Some(origin) => with_origin(draft, origin),
        None => draft,
    }
}

/// The end of a message: when the source gained or lost it, if the history says so.
fn since(view: &PairView<'_>, origin: &Origin, side: Side) -> String {
    let name = view.reference_name();
    let verb = match side {
        Side::Missing => "added to",
        Side::Extra => "removed from",
    };
    match origin {
        Origin::In(commit) => format!(", {verb} {name} in {} ({})", commit.short(), commit.date()),
        Origin::After(commit) => format!(", {verb} {name} since {} ({})", commit.short(), commit.date()),
        Origin::CurrentPin(commit) => {
            format!(", although present in the recorded and current commit {}", commit.short())
        }
        Origin::AtPin => String::new(),
    }
}

fn with_origin(draft: Draft, origin: &Origin) -> Draft {
    let (word, commit) = match origin {
        Origin::In(commit) => ("in-commit", Some(commit)),
        Origin::After(commit) => ("after-pin", Some(commit)),
        Origin::AtPin => ("at-pin", None),
        Origin::CurrentPin(commit) => ("current-pin", Some(commit)),
    };
    let draft = draft.data("origin", word);
    match commit {
        Some(commit) => draft.data("since", commit.date()).data("commit", commit.id.as_str()),
        None => draft,
    }
}

/// The side that has it and the side that lacks it, in this order.
pub(super) fn sides<'v>(view: &PairView<'v>, side: Side) -> (&'v Version<'v>, &'v Version<'v>) {
    match side {
        Side::Missing => (view.reference, view.translation),
        Side::Extra => (view.translation, view.reference),
    }
}

/// The span from the start of the first block to the end of the last one.
pub(super) fn span(blocks: &[Block], fault: &Fault) -> Span {
    let spans = || fault.blocks.iter().map(|&block| blocks[block as usize].span);
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    let end = spans().map(|span| span.end).max().unwrap_or(0);
    Span { start, end: end.max(start) }
}

/// "paragraph", "3 list items", "1 paragraph and 2 code blocks".
pub(super) fn noun(view: &PairView<'_>, fault: &Fault, side: Side) -> Noun {
    let document = &sides(view, side).0.document;
    let blocks = || fault.blocks.iter().map(|&block| &document.blocks[block as usize]);
    match fault.blocks[..].first().map(|&first| document.blocks[first as usize].kind) {
        // All of its rows.
        Some(BlockKind::TableRow) => return Noun::One("table"),
        Some(BlockKind::Callout) if fault.blocks.len() == 1 => return Noun::One("callout marker"),
        _ => {}
    }
    let mut parts: Vec<(usize, &'static str)> = Vec::new();
    let mut callout: Option<u8> = None;
    for block in blocks() {
        // The contents of a callout are reported with it.
        let is_inside = callout.is_some_and(|depth| {
            block.role == Role::Callout
                && block.depth >= depth
                && (block.kind != BlockKind::Callout || block.depth > depth)
        });
        if is_inside {
            continue;
        }
        callout = (block.kind == BlockKind::Callout).then_some(block.depth);
        let name = name(document, block);
        match parts.iter_mut().find(|(_, known)| *known == name) {
            Some((count, _)) => *count += 1,
            None => parts.push((1, name)),
        }
    }
    match parts[..] {
        [(1, noun)] => Noun::One(noun),
        [(count, noun)] => Noun::Run(count, noun),
        // Runs of text blocks are called paragraphs.
        _ if blocks().all(|block| block.kind == BlockKind::Paragraph) => Noun::Run(fault.blocks.len(), "paragraph"),
        _ => Noun::Passage(parts),
    }
}

/// The noun for a block.
fn name(document: &Document, block: &Block) -> &'static str {
    let is_tab = |raw: &str| raw.starts_with("===") || raw.to_ascii_lowercase().contains("[!tab");
    match block.kind {
        BlockKind::Code => "code block",
        BlockKind::Image => "image",
        BlockKind::Video => "video",
        BlockKind::Include => "include",
        BlockKind::Component => "component",
        BlockKind::Callout if is_tab(block.span.slice(&document.text)) => "tab",
        BlockKind::Callout => "callout",
        BlockKind::Paragraph => match block.role {
            Role::Item if goes_on(document, block) => "list item paragraph",
            Role::Item => "list item",
            Role::Quote => "quoted paragraph",
            Role::Callout => "callout paragraph",
            Role::Footnote => "footnote",
            Role::Body | Role::Cell => "paragraph",
        },
        _ => "HTML block",
    }
}

/// Whether a paragraph of a list item is not its first one: no marker or tag precedes it on its line.
fn goes_on(document: &Document, block: &Block) -> bool {
    let before = &document.text[..block.span.start as usize];
    let lines = document.lines();
    let line = &before[lines.line_start(lines.line(block.span.start)).unwrap_or(0) as usize..];
    line.trim_matches([' ', '\t', '>']).is_empty() && !before.trim_end().ends_with('>')
}

/// "section", or "heading" with a note about its text.
pub(super) fn section_noun(fault: &Fault) -> (Noun, &'static str) {
    match fault.kind {
        FaultKind::Heading(_) => (Noun::One("heading"), " (its text is present)"),
        _ => (Noun::One("section"), ""),
    }
}
