//! `<!-- isogloss-disable-next-line RULE reason -->` and similar comments, also between `{/*` and `*/}`.

use std::collections::BTreeMap;

use memchr::memmem;

use super::named::add;
use super::scope::Surroundings;
use crate::nearest::suggestion;
use crate::rules::{self, Form, Listing, Name, Scope, Suppression, Suppressions};
use isogloss_document::{DIRECTIVE, Document, TokenKind};
use isogloss_text::Span;

/// The directives, without [`DIRECTIVE`].
const NAMES: [(&str, Directive); 4] = [
    ("disable-next-line", Directive::NextLine),
    ("disable-file", Directive::File),
    ("disable", Directive::Disable),
    ("enable", Directive::Enable),
];

/// The delimiters of comments.
const COMMENTS: [(&str, &str, Form); 2] = [("<!--", "-->", Form::HtmlComment), ("{/*", "*/}", Form::MdxComment)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Directive {
    NextLine,
    File,
    Disable,
    Enable,
}

/// A comment addressed to isogloss.
struct Comment {
    /// Including its delimiters.
    span: Span,
    /// From [`DIRECTIVE`] to the end of the text.
    content: Span,
    form: Form,
}

/// A word of a comment that names a rule.
struct Word<'t> {
    name: &'t str,
    /// Without the colon after it.
    span: Span,
    /// The end, exclusive, including colons.
    end: usize,
    /// Whether there is a comma before it.
    after_comma: bool,
}

/// Reads all comments of a document.
pub(super) fn read(document: &Document, found: &mut Suppressions) {
    let comments = comments(document);
    if comments.is_empty() {
        return;
    }
    let surroundings = Surroundings::new(document);
    // Indexes of suppressions that are still open.
    let mut disabled: BTreeMap<&'static str, usize> = BTreeMap::new();
    for comment in comments {
        let content = comment.content.slice(&document.text);
        let name = content.split(char::is_whitespace).next().unwrap_or_default();
        let start = comment.content.start as usize;
        let named = Span::new(start, start + name.len());
        let written = name.strip_prefix(DIRECTIVE).unwrap_or_default();
        let Some((_, directive)) = NAMES.iter().find(|(name, _)| *name == written) else {
            let help = suggestion(written, NAMES.iter().map(|(name, _)| *name));
            found.mistake(named, format!("unknown directive `{name}`; {help}"));
            continue;
        };
        let words = words(&content[name.len()..], start + name.len());
        if words.is_empty() {
            found.mistake(named, format!("missing rule; write `{name} RULE`"));
        }
        let mut listing = Listing { form: comment.form, whole: Some(comment.span), names: Vec::new() };
        for (index, word) in words.iter().enumerate() {
            let (rule, span) = (word.name, word.span);
            let open = disabled.get(rule).copied();
            let entry = match directive {
                Directive::File => add(found, rule, span, Scope::Document),
                Directive::NextLine => add(found, rule, span, Scope::Next(surroundings.next(comment.span))),
                Directive::Disable if open.is_some() => {
                    found.mistake(span, format!("`{rule}` is already disabled here"));
                    None
                }
                Directive::Disable => {
                    let part = surroundings.from(comment.span, surroundings.last());
                    let index = add(found, rule, span, Scope::Between(part));
                    disabled.extend(index.map(|index| (found.entries[index].rule.id, index)));
                    index
                }
                Directive::Enable if open.is_none() && rules::find(rule).is_some() => {
                    found.mistake(span, format!("`{rule}` is not disabled here"));
                    None
                }
                Directive::Enable => match open.and_then(|index| found.entries.get_mut(index)) {
                    Some(Suppression { scope: Scope::Between(part), .. }) => {
                        part.end = comment.span.start;
                        disabled.remove(rule)
                    }
                    // The rule does not exist, which is reported here too.
                    _ => add(found, rule, span, Scope::Document),
                },
            };
            let (after_another, before_another) = removals(&words, index);
            listing.names.push(Name { span, entry, after_another, before_another });
        }
        found.listings.push(listing);
    }
}

/// The comments that start with [`DIRECTIVE`], in order, except those inside code.
fn comments(document: &Document) -> Vec<Comment> {
    let text = &document.text;
    let body = document.front_matter.as_ref().map_or(0, |front| front.span.end as usize);
    let mut code: Option<Vec<Span>> = None;
    let mut comments = Vec::new();
    // Kinds of comments with no closing delimiter in the rest of the text, so that the search is not repeated.
    let mut unclosed = [false; COMMENTS.len()];
    // The end of the last comment: a comment inside another one does not count.
    let mut after = body;
    for start in memmem::find_iter(text.as_bytes(), DIRECTIVE) {
        let Some(before) = text.get(after..start).map(str::trim_end) else { continue };
        let Some(kind) = COMMENTS.iter().position(|(open, ..)| before.ends_with(open)) else { continue };
        if unclosed[kind] {
            continue;
        }
        let code = code.get_or_insert_with(|| code_of(document));
        let above = code.partition_point(|span| span.start as usize <= start);
        if code[..above].last().is_some_and(|span| span.contains(start as u32)) {
            continue;
        }
        let (open, close, form) = COMMENTS[kind];
        let Some(length) = memmem::find(&text.as_bytes()[start..], close.as_bytes()) else {
            unclosed[kind] = true;
            continue;
        };
        let opened = after + before.len() - open.len();
        after = start + length + close.len();
        // In `<!--isogloss-->`, the dash belongs to the delimiter.
        if length < DIRECTIVE.len() {
            continue;
        }
        let content = text[start..start + length].trim_end();
        let content = Span::new(start, start + content.len());
        comments.push(Comment { span: Span::new(opened, after), content, form });
    }
    comments
}

/// The spans of code, both inline and blocks, by start.
fn code_of(document: &Document) -> Vec<Span> {
    let tokens = document.tokens.iter().filter(|token| token.kind == TokenKind::Code);
    let mut spans: Vec<Span> = tokens.map(|token| token.span).collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// The rules at the start of `content`, which starts at `offset`: the first word, words after commas, and words that are rules.
/// The rest is the reason.
fn words(content: &str, offset: usize) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while at < content.len() {
        let rest = &content[at..];
        let word_at = rest.find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(rest.len());
        let after_comma = rest[..word_at].contains(',');
        let word = &rest[word_at..];
        let word = &word[..word.find(|c: char| c.is_whitespace() || c == ',').unwrap_or(word.len())];
        let name = word.trim_end_matches(':');
        let is_word = name.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !is_word || !(words.is_empty() || after_comma || rules::find(name).is_some()) {
            break;
        }
        let start = offset + at + word_at;
        words.push(Word { name, span: Span::new(start, start + name.len()), end: start + word.len(), after_comma });
        at += word_at + word.len();
    }
    words
}

/// What to remove with a word: see [`Name::after_another`] and [`Name::before_another`].
fn removals(words: &[Word<'_>], index: usize) -> (Option<Span>, Option<Span>) {
    let word = &words[index];
    let previous = index.checked_sub(1).map(|previous| &words[previous]);
    let after_another = previous.map(|previous| Span::new(previous.end, word.span.end as usize));
    let before_another = words.get(index + 1).and_then(|next| {
        // After a space only, a word that is not a rule would become the reason.
        let stays = previous.is_none() || word.after_comma || rules::find(next.name).is_some();
        stays.then(|| Span::new(word.span.start as usize, next.span.start as usize))
    });
    (after_another, before_another)
}
