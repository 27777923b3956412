//! `<!-- isogloss-disable-next-line RULE reason -->` and the like, also between `{/*` and `*/}`.

use std::collections::BTreeMap;

use memchr::memmem;

use super::named::add;
use super::scope::Surroundings;
use crate::nearest::suggestion;
use crate::rules::{self, Scope, Suppression, Suppressions};
use isogloss_document::{DIRECTIVE, Document, TokenKind};
use isogloss_text::Span;

/// What a comment can say, behind [`DIRECTIVE`].
const NAMES: [(&str, Directive); 4] = [
    ("disable-next-line", Directive::NextLine),
    ("disable-file", Directive::File),
    ("disable", Directive::Disable),
    ("enable", Directive::Enable),
];

/// How comments begin and end.
const COMMENTS: [(&str, &str); 2] = [("<!--", "-->"), ("{/*", "*/}")];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Directive {
    NextLine,
    File,
    Disable,
    Enable,
}

/// A comment that speaks to isogloss.
struct Comment {
    /// With its marks.
    span: Span,
    /// From [`DIRECTIVE`] to the end of what it says.
    said: Span,
}

/// Reads all comments of a document.
pub(super) fn read(document: &Document, found: &mut Suppressions) {
    let comments = comments(document);
    if comments.is_empty() {
        return;
    }
    let surroundings = Surroundings::new(document);
    // Indexes of what is disabled and not enabled again.
    let mut disabled: BTreeMap<&'static str, usize> = BTreeMap::new();
    for comment in comments {
        let said = comment.said.slice(&document.text);
        let name = said.split(char::is_whitespace).next().unwrap_or_default();
        let start = comment.said.start as usize;
        let named = Span::new(start, start + name.len());
        let written = name.strip_prefix(DIRECTIVE).unwrap_or_default();
        let Some((_, directive)) = NAMES.iter().find(|(name, _)| *name == written) else {
            let help = suggestion(written, NAMES.iter().map(|(name, _)| *name));
            found.mistake(named, format!("unknown directive `{name}`; {help}"));
            continue;
        };
        let rules = names(&said[name.len()..], start + name.len());
        if rules.is_empty() {
            found.mistake(named, format!("missing rule; write `{name} RULE`"));
        }
        for (rule, span) in rules {
            let open = disabled.get(rule).copied();
            match directive {
                Directive::File => add(found, rule, span, Scope::Document),
                Directive::NextLine => add(found, rule, span, Scope::Next(surroundings.next(comment.span))),
                Directive::Disable if open.is_some() => {
                    found.mistake(span, format!("`{rule}` is already disabled here"));
                }
                Directive::Disable => {
                    let index = found.entries.len();
                    let part = surroundings.from(comment.span, surroundings.last());
                    add(found, rule, span, Scope::Between(part));
                    disabled.extend(found.entries.get(index).map(|entry| (entry.rule.id, index)));
                }
                Directive::Enable if open.is_none() && rules::find(rule).is_some() => {
                    found.mistake(span, format!("`{rule}` is not disabled here"));
                }
                Directive::Enable => match open.and_then(|index| found.entries.get_mut(index)) {
                    Some(Suppression { scope: Scope::Between(part), .. }) => {
                        part.end = comment.span.start;
                        disabled.remove(rule);
                    }
                    // There is no such rule, which is said once more where it is enabled.
                    _ => add(found, rule, span, Scope::Document),
                },
            }
        }
    }
}

/// The comments that begin with [`DIRECTIVE`], in their order; code that shows some is none.
fn comments(document: &Document) -> Vec<Comment> {
    let text = &document.text;
    let body = document.front_matter.as_ref().map_or(0, |front| front.span.end as usize);
    let mut code: Option<Vec<Span>> = None;
    let mut comments = Vec::new();
    // Kinds of comments that are not closed any more: nobody looks for their ends again.
    let mut unclosed = [false; COMMENTS.len()];
    // The end of the last comment: what stands in one is no other.
    let mut after = body;
    for start in memmem::find_iter(text.as_bytes(), DIRECTIVE) {
        let Some(before) = text.get(after..start).map(str::trim_end) else { continue };
        let Some(kind) = COMMENTS.iter().position(|(open, _)| before.ends_with(open)) else { continue };
        if unclosed[kind] {
            continue;
        }
        let code = code.get_or_insert_with(|| code_of(document));
        let above = code.partition_point(|span| span.start as usize <= start);
        if code[..above].last().is_some_and(|span| span.contains(start as u32)) {
            continue;
        }
        let (open, close) = COMMENTS[kind];
        let Some(length) = memmem::find(&text.as_bytes()[start..], close.as_bytes()) else {
            unclosed[kind] = true;
            continue;
        };
        let opened = after + before.len() - open.len();
        after = start + length + close.len();
        // In `<!--isogloss-->`, the dash is the mark's.
        if length < DIRECTIVE.len() {
            continue;
        }
        let said = text[start..start + length].trim_end();
        comments.push(Comment { span: Span::new(opened, after), said: Span::new(start, start + said.len()) });
    }
    comments
}

/// Where code stands, in lines and in blocks, by its beginning.
fn code_of(document: &Document) -> Vec<Span> {
    let tokens = document.tokens.iter().filter(|token| token.kind == TokenKind::Code);
    let mut spans: Vec<Span> = tokens.map(|token| token.span).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The names of rules at the beginning of `said`, which begins at `offset`: the first word, those after commas, and those that
/// are rules. The rest is the reason.
fn names(said: &str, offset: usize) -> Vec<(&str, Span)> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < said.len() {
        let rest = &said[at..];
        let word_at = rest.find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(rest.len());
        let after_comma = rest[..word_at].contains(',');
        let word = &rest[word_at..];
        let word = &word[..word.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(word.len())];
        let name = word.trim_end_matches(':');
        let is_word = name.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !is_word || !(names.is_empty() || after_comma || rules::find(name).is_some()) {
            break;
        }
        let start = offset + at + word_at;
        names.push((name, Span::new(start, start + name.len())));
        at += word_at + word.len();
    }
    names
}
