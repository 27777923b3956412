//! `stale-paragraph`: a paragraph whose source was reworded since the recorded commit.

use serde_json::Value;

use super::check::Check;
use super::draft::{Draft, Sink};
use super::rule::{Needs, Rule};
use crate::analysis::{PairView, Past};
use crate::finding::Severity;
use isogloss_align::Alignment;
use isogloss_align::changes::{Change, ChangeClass, Changes, DiffPart, word_diff};
use isogloss_document::{BlockKind, Document, TokenKind};

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "stale-paragraph",
    default: Some(Severity::Warning),
    summary: "The source of a paragraph changed since the recorded commit",
    documentation: include_str!("../../docs/rules/stale-paragraph.md"),
    needs: Needs::History,
};

/// Its check.
pub(super) const CHECK: Check = Check::Pair(check);

fn check(view: &PairView<'_>, sink: &mut Sink<'_>) {
    let Some(past) = &view.translation.past else { return };
    for (change, block) in reworded(view) {
        sink.report(&RULE, draft(view, past, change, block));
    }
}

/// The changes of the source that this rule reports, each with the translation's block that was made from it.
pub fn reworded<'v>(view: &PairView<'v>) -> impl Iterator<Item = (&'v Change, u32)> + use<'v> {
    let view = *view;
    let past = view.translation.past.as_deref().zip(view.comparison.pinned.as_ref());
    past.into_iter().flat_map(move |(past, pinned)| {
        past.changes.changed.iter().filter_map(move |change| {
            let block = translation_of(past, pinned, &view.translation.document, change.old)?;
            (!is_there_already(&view, past, change, block)).then_some((change, block))
        })
    })
}

fn draft(view: &PairView<'_>, past: &Past, change: &Change, block: u32) -> Draft {
    let (source, here) = (&view.reference.document, &view.translation.document.blocks[block as usize]);
    let (before, after) = (&past.document.blocks[change.old as usize], &source.blocks[change.new as usize]);
    let (was, is) = (before.span.slice(&past.document.text), after.span.slice(&source.text));
    let since = view.translation.verdict.and_then(|verdict| verdict.commit.as_deref());
    let guess = if view.translation.is_guess { ", estimated: no source commit recorded" } else { "" };
    let when = since.map(|commit| format!(" since {} ({}{guess})", commit.short(), commit.date())).unwrap_or_default();
    let message = format!("{}{when}", describe(&view.reference_name(), change.class));
    let mut draft = Draft::at(view.translation, here.span, &format!("{was} {is}"), message)
        .label("translated from an older version")
        .data("class", change.class.as_str())
        .data("old", was)
        .data("new", is);
    draft = if change.class.matters() {
        let parts = word_diff(&legible(before.kind, was), &legible(after.kind, is));
        let diff: Vec<Value> = parts.iter().map(DiffPart::to_json).collect();
        draft.related(view.reference, after.span, format!("current text: {}", inline(&parts))).data("diff", diff)
    } else {
        draft.related(view.reference, after.span, "current text")
    };
    if let Some(commit) = since {
        draft = draft.data("since", commit.date()).data("commit", commit.id.as_str());
    }
    draft.classes([change.class]).guessed(view.translation)
}

/// A block without quote markers and, for flowing text, without line breaks.
fn legible(kind: BlockKind, text: &str) -> String {
    let is_quoted = text.lines().skip(1).all(|line| line.trim_start().starts_with('>'));
    let unquoted = |line| if is_quoted { str::trim_start_matches(line, [' ', '>']) } else { line };
    match kind {
        BlockKind::Code | BlockKind::Html => text.to_owned(),
        _ => text.lines().flat_map(|line| unquoted(line).split_whitespace()).collect::<Vec<_>>().join(" "),
    }
}

/// The message: what changed in the source, which `name` names.
fn describe(name: &str, class: ChangeClass) -> String {
    let what = match class {
        ChangeClass::Wording => return format!("{name} reworded"),
        ChangeClass::Code => "code",
        ChangeClass::Number => "numbers",
        ChangeClass::Link => "links",
        ChangeClass::Label => "code language",
        ChangeClass::Markup => "markup",
        ChangeClass::Punctuation | ChangeClass::FrontMatter => "punctuation",
    };
    format!("{what} changed in {name}")
}

/// The block of the translation that was made from an old block, or, for a run of HTML without such a block, the one
/// that contains it.
fn translation_of(past: &Past, pinned: &Alignment, translation: &Document, old: u32) -> Option<u32> {
    if let Some(block) = pinned.translation_of(old) {
        return Some(block);
    }
    let run = past.document.blocks[old as usize].span;
    let mut inner = (old + 1..past.document.blocks.len() as u32)
        .take_while(|&block| run.contains(past.document.blocks[block as usize].span.start));
    let inside = inner.find_map(|block| pinned.translation_of(block))?;
    let start = translation.blocks[inside as usize].span.start;
    let is_around = |block: &u32| {
        let around = &translation.blocks[*block as usize];
        around.kind == BlockKind::Html && around.span.contains(start)
    };
    (0..inside).rev().find(is_around).or(Some(inside))
}

/// Whether the translation already has the new code, numbers or links, although it records the old commit.
fn is_there_already(view: &PairView<'_>, past: &Past, change: &Change, block: u32) -> bool {
    let (source, translation) = (&view.reference.document, &view.translation.document);
    let numbering =
        Changes::follows_numbering((&past.document, change.old), (source, change.new), (translation, block));
    if change.class == ChangeClass::Number && numbering == Some(false) {
        return false;
    }
    let kinds: &[TokenKind] = match change.class {
        ChangeClass::Code => &[TokenKind::Code],
        ChangeClass::Number => &[TokenKind::Number],
        ChangeClass::Link => &[TokenKind::Link, TokenKind::Image],
        ChangeClass::Label => &[TokenKind::Label],
        _ => return false,
    };
    let tokens = |version: &Document, block: u32| -> Vec<u32> {
        let tokens = version.tokens_of(&version.blocks[block as usize]).iter();
        let mut hashes: Vec<u32> = tokens.filter(|token| kinds.contains(&token.kind)).map(|token| token.hash).collect();
        hashes.sort_unstable();
        hashes
    };
    let here = tokens(translation, block);
    here == tokens(source, change.new)
        && (here != tokens(&past.document, change.old) || change.class == ChangeClass::Number && numbering.is_some())
}

/// The change in one line: `kept for [-180 days-] [+one year+]`, with a few words around each part.
fn inline(parts: &[DiffPart]) -> String {
    const AROUND: usize = 4;
    const LONGEST: usize = 240;
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let text = match part {
            DiffPart::Removed(text) | DiffPart::Added(text) if text.trim().is_empty() => continue,
            DiffPart::Removed(text) => format!("[-{}-]", words(text).join(" ")),
            DiffPart::Added(text) => format!("{{+{}+}}", words(text).join(" ")),
            DiffPart::Kept(text) => {
                let words = words(text);
                let (first, last) = (index == 0, index + 1 == parts.len());
                let (head, tail) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
                if words.len() <= head + tail + 1 {
                    words.join(" ")
                } else {
                    format!("{} … {}", words[..head].join(" "), words[words.len() - tail..].join(" ")).trim().to_owned()
                }
            }
        };
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&text);
        if out.len() > LONGEST {
            out.truncate(isogloss_text::floor_char_boundary(&out, LONGEST));
            out.push('…');
            break;
        }
    }
    out
}
