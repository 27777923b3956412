//! What the `missing-*` and `extra-*` rules say alike: two directions of the same fault.

use super::confidence;
use super::draft::Draft;
use super::origins::Origin;
use super::structure::{Fault, Side};
use super::view::{PairView, Version};
use crate::document::{Block, Kind, Role};
use crate::text::Span;

/// A finding about something that one side lacks: `what` is its noun with an article, `rest` ends the sentence.
pub(super) fn draft(view: &PairView<'_>, fault: &Fault, side: Side, what: &str, rest: &str) -> Draft {
    let (here, there) = sides(view, side);
    let first = &here.document.blocks[fault.blocks[0] as usize];
    let quote = fault
        .blocks
        .iter()
        .map(|&block| here.quote(&here.document.blocks[block as usize]))
        .find(|quote| !quote.is_empty())
        .map(|quote| format!(": “{quote}”"))
        .unwrap_or_default();
    let identity = here.identity(first);
    let origin = view.comparison.origins.get(side, fault);
    let told = origin.map(|origin| told(view, origin, side)).unwrap_or_default();
    let stands = span(&here.document.blocks, fault);
    let name = there.locale().name();
    let (missing, extra) = if confidence::is_doubtful(fault) {
        ("seems to be missing", "seems not to be")
    } else {
        ("is missing", "is not")
    };
    let draft = match side {
        Side::Missing => {
            Draft::at(view.translation, fault.place, identity, format!("{what} {missing}{rest}{told}{quote}"))
                .label("should stand here")
                .related(here, stands, "stands here")
        }
        Side::Extra => {
            let mark = if first.kind == Kind::TableRow { first.span } else { stands };
            Draft::at(view.translation, mark, identity, format!("{what} {extra} in the {name}{rest}{told}{quote}"))
                .label(format!("not in the {name}"))
                .related(view.reference, fault.place, "would stand here")
        }
    };
    let draft = confidence::tell(draft.data("blocks", fault.blocks.len()), fault);
    match origin {
        Some(origin) => with_origin(draft, origin),
        None => draft,
    }
}

/// What the history tells of it, to go on a sentence with.
fn told(view: &PairView<'_>, origin: &Origin, side: Side) -> String {
    let name = view.reference.locale().name();
    let verb = match side {
        Side::Missing => "added to",
        Side::Extra => "dropped from",
    };
    match origin {
        Origin::In(commit) => format!(", {verb} the {name} in {}, {}", commit.short(), commit.date()),
        Origin::After(commit) => format!(", {verb} the {name} since {}, {}", commit.short(), commit.date()),
        Origin::CurrentPin(commit) => {
            format!(", although the recorded commit {} has it and is current", commit.short())
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

/// The side that has it, and the side that lacks it.
pub(super) fn sides<'v>(view: &PairView<'v>, side: Side) -> (&'v Version<'v>, &'v Version<'v>) {
    match side {
        Side::Missing => (view.reference, view.translation),
        Side::Extra => (view.translation, view.reference),
    }
}

/// From the first block's beginning to the last one's end.
fn span(blocks: &[Block], fault: &Fault) -> Span {
    let spans = || fault.blocks.iter().map(|&block| blocks[block as usize].span);
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    let end = spans().map(|span| span.end).max().unwrap_or(0);
    Span { start, end: end.max(start) }
}

/// "a paragraph", "a list item", "3 list items".
pub(super) fn text_noun(view: &PairView<'_>, fault: &Fault, side: Side) -> String {
    let (here, _) = sides(view, side);
    let blocks = || fault.blocks.iter().map(|&block| &here.document.blocks[block as usize]);
    if blocks().next().is_some_and(|block| block.kind == Kind::Callout) {
        return "a callout".to_owned();
    }
    let noun = |block: &Block| match block.role {
        Role::Item => "list item",
        Role::Quote => "quoted paragraph",
        Role::Callout => "paragraph of a callout",
        Role::Footnote => "footnote",
        Role::Body | Role::Cell => "paragraph",
    };
    let first = blocks().next().map_or("paragraph", noun);
    let count = fault.blocks.len();
    if count == 1 {
        return format!("a {first}");
    }
    let noun = if blocks().all(|block| noun(block) == first) { first } else { "paragraph" };
    format!("a run of {count} {noun}s")
}

/// "a code block", "a table", "an image", "a run of 3 images".
pub(super) fn object_noun(view: &PairView<'_>, fault: &Fault, side: Side) -> String {
    let (here, _) = sides(view, side);
    let (article, noun) = match here.document.blocks[fault.blocks[0] as usize].kind {
        // All of its rows.
        Kind::TableRow => return "a table".to_owned(),
        Kind::Callout => return "the mark of a callout".to_owned(),
        Kind::Code => ("a", "code block"),
        Kind::Image => ("an", "image"),
        Kind::Video => ("a", "video"),
        Kind::Include => ("an", "include"),
        Kind::Component => ("a", "component"),
        _ => ("an", "HTML block"),
    };
    match fault.blocks.len() {
        1 => format!("{article} {noun}"),
        count => format!("a run of {count} {noun}s"),
    }
}
