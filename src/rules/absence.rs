//! What the `missing-*` and `extra-*` rules say alike: two directions of the same fault.

use std::fmt;

use super::doubt;
use super::draft::Draft;
use crate::analysis::{Fault, FaultKind, Side};
use crate::analysis::{Origin, is_doubtful};
use crate::analysis::{PairView, Version, shorten};
use isogloss_document::{Block, Document, Kind, Role};
use isogloss_text::Span;

/// What something is called.
#[derive(Debug)]
pub(super) enum Noun {
    /// An article and a noun: "a paragraph".
    One(&'static str, &'static str),
    /// So many of a noun, one after the other.
    Run(usize, &'static str),
    /// Several kinds of things, one after the other, so many of each.
    Passage(Vec<(usize, &'static str)>),
    /// A name of its own: "row 3 of the table".
    Name(String),
}

impl Noun {
    /// What it is called where it stands: "this paragraph", "these 3 images".
    pub fn this(&self) -> String {
        match self {
            Self::One(_, noun) => format!("this {noun}"),
            Self::Run(count, noun) => format!("these {}", several(*count, noun)),
            Self::Passage(_) => "this passage".to_owned(),
            Self::Name(name) => name.clone(),
        }
    }
}

/// What it is called elsewhere: "a paragraph", "a run of 3 images".
impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(article, noun) => write!(f, "{article} {noun}"),
            Self::Run(count, noun) => write!(f, "a run of {}", several(*count, noun)),
            Self::Passage(parts) => {
                let parts = parts.iter().map(|&(count, noun)| match count {
                    1 => format!("{} {noun}", article(noun)),
                    _ => several(count, noun),
                });
                let parts: Vec<String> = parts.collect();
                let (last, first) = parts.split_last().map_or(("", &[][..]), |(last, first)| (last.as_str(), first));
                write!(f, "a passage of {} and {last}", first.join(", "))
            }
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// "3 images", "2 paragraphs of a callout".
fn several(count: usize, noun: &str) -> String {
    match noun.split_once(' ').filter(|(_, rest)| rest.starts_with("of ")) {
        Some((head, rest)) => format!("{count} {head}s {rest}"),
        None => format!("{count} {noun}s"),
    }
}

/// A finding about something that one side lacks: `what` it is, `rest` ends the sentence.
pub(super) fn draft(view: &PairView<'_>, fault: &Fault, side: Side, what: &Noun, rest: &str) -> Draft {
    let (here, there) = sides(view, side);
    let first = &here.document.blocks[fault.blocks[0] as usize];
    let quote = match fault.kind {
        FaultKind::Broken => format!(": “{}”", shorten(fault.place.slice(&there.document.text))),
        _ => quote(here, fault),
    };
    let identity = here.identity(first);
    let origin = view.comparison.origins.get(side, fault);
    let told = origin.map(|origin| told(view, origin, side)).unwrap_or_default();
    let stands = span(&here.document.blocks, fault);
    let name = there.locale().name();
    let (is, extra) = if is_doubtful(fault) { ("seems to be", "seems not to be") } else { ("is", "is not") };
    let (state, label) = match fault.kind {
        FaultKind::Empty => ("empty", "holds no text"),
        FaultKind::Broken => ("broken", "not read as a mark"),
        _ => ("missing", "should stand here"),
    };
    let draft = match side {
        Side::Missing => {
            Draft::at(view.translation, fault.place, identity, format!("{what} {is} {state}{rest}{told}{quote}"))
                .label(label)
                .related(here, stands, "stands here")
        }
        Side::Extra => {
            let mark = if first.kind == Kind::TableRow { first.span } else { stands };
            Draft::at(view.translation, mark, identity, format!("{what} {extra} in the {name}{rest}{told}{quote}"))
                .label(format!("not in the {name}"))
                .related(view.reference, fault.place, "would stand here")
        }
    };
    with_facts(draft, fault, origin)
}

/// The beginning of a fault's first text, to end a sentence with.
pub(super) fn quote(here: &Version<'_>, fault: &Fault) -> String {
    let mut quotes = fault.blocks.iter().map(|&block| here.quote(&here.document.blocks[block as usize]));
    quotes.find(|quote| !quote.is_empty()).map(|quote| format!(": “{quote}”")).unwrap_or_default()
}

/// Adds what machines may want to know of a fault.
pub(super) fn with_facts(draft: Draft, fault: &Fault, origin: Option<&Origin>) -> Draft {
    let draft = doubt::tell(draft.data("blocks", fault.blocks.len()), fault);
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
pub(super) fn span(blocks: &[Block], fault: &Fault) -> Span {
    let spans = || fault.blocks.iter().map(|&block| blocks[block as usize].span);
    let start = spans().map(|span| span.start).min().unwrap_or(0);
    let end = spans().map(|span| span.end).max().unwrap_or(0);
    Span { start, end: end.max(start) }
}

/// "a paragraph", "a run of 3 list items", "a passage of a paragraph and 2 code blocks".
pub(super) fn noun(view: &PairView<'_>, fault: &Fault, side: Side) -> Noun {
    let document = &sides(view, side).0.document;
    let blocks = || fault.blocks.iter().map(|&block| &document.blocks[block as usize]);
    match fault.blocks[..].first().map(|&first| document.blocks[first as usize].kind) {
        // All of its rows.
        Some(Kind::TableRow) => return Noun::One("a", "table"),
        Some(Kind::Callout) if fault.blocks.len() == 1 => return Noun::One("the", "mark of a callout"),
        _ => {}
    }
    let mut parts: Vec<(usize, &'static str)> = Vec::new();
    let mut callout: Option<u8> = None;
    for block in blocks() {
        // What stands in a callout that is told is told with it.
        let is_inside = callout.is_some_and(|depth| {
            block.role == Role::Callout && block.depth >= depth && (block.kind != Kind::Callout || block.depth > depth)
        });
        if is_inside {
            continue;
        }
        callout = (block.kind == Kind::Callout).then_some(block.depth);
        let name = name(document, block);
        match parts.iter_mut().find(|(_, known)| *known == name) {
            Some((count, _)) => *count += 1,
            None => parts.push((1, name)),
        }
    }
    match parts[..] {
        [(1, noun)] => Noun::One(article(noun), noun),
        [(count, noun)] => Noun::Run(count, noun),
        // Of texts alone, it is no matter which they are.
        _ if blocks().all(|block| block.kind == Kind::Paragraph) => Noun::Run(fault.blocks.len(), "paragraph"),
        _ => Noun::Passage(parts),
    }
}

/// What a block is called.
fn name(document: &Document, block: &Block) -> &'static str {
    let is_tab = |raw: &str| raw.starts_with("===") || raw.to_ascii_lowercase().contains("[!tab");
    match block.kind {
        Kind::Code => "code block",
        Kind::Image => "image",
        Kind::Video => "video",
        Kind::Include => "include",
        Kind::Component => "component",
        Kind::Callout if is_tab(block.span.slice(&document.text)) => "tab",
        Kind::Callout => "callout",
        Kind::Paragraph => match block.role {
            Role::Item if goes_on(document, block) => "paragraph of a list item",
            Role::Item => "list item",
            Role::Quote => "quoted paragraph",
            Role::Callout => "paragraph of a callout",
            Role::Footnote => "footnote",
            Role::Body | Role::Cell => "paragraph",
        },
        _ => "HTML block",
    }
}

/// Whether a text of a list item is not its first: neither the item's mark nor its tag stands before it.
fn goes_on(document: &Document, block: &Block) -> bool {
    let before = &document.text[..block.span.start as usize];
    let lines = document.lines();
    let line = &before[lines.line_start(lines.line(block.span.start)).unwrap_or(0) as usize..];
    line.trim_matches([' ', '\t', '>']).is_empty() && !before.trim_end().ends_with('>')
}

/// A noun's article.
fn article(noun: &str) -> &'static str {
    if matches!(noun.as_bytes()[0], b'i' | b'H') { "an" } else { "a" }
}

/// "the section", "the heading"; and what is to be said of its text.
pub(super) fn section_noun(fault: &Fault) -> (Noun, &'static str) {
    match fault.kind {
        FaultKind::Heading(_) => (Noun::One("the", "heading"), "; its text is there"),
        _ => (Noun::One("the", "section"), ""),
    }
}
