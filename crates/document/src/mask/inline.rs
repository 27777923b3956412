//! Constructs inside a line: shortcodes, attribute lists, JSX, comments.

use isogloss_text::Span;

use super::masker::{Masker, NOTHING, OBJECT};
use crate::block::BlockKind;

/// The longest construct, in bytes, so that an opening without a close does not swallow the page.
const LONGEST: usize = 4000;

/// Attributes of shortcodes and components that are shown to readers.
pub(crate) const TITLES: &[&str] = &["title", "label", "text", "alt", "description", "caption", "summary", "heading"];

/// Attributes of shortcodes and components that contain an address.
pub(crate) const ADDRESSES: &[&str] = &["href", "src", "to", "url"];

/// Masks inline constructs that begin in `start..end`. Returns the end of the line on which the last one ends, if that is
/// another line.
pub(super) fn inline(masker: &mut Masker, start: usize, mut end: usize) -> Option<usize> {
    let mut at = start;
    let first_end = end;
    while at < end {
        let Some(here) = masker.opening(at, end) else { break };
        let until = match masker.text.as_bytes()[here] {
            b'{' => brace(masker, here),
            b'[' => bracket(masker, here),
            _ => numbered(masker, here).or_else(|| element(masker, here)),
        };
        at = until.unwrap_or(here + 1);
        if at > end {
            end = masker.line_end(at);
        }
    }
    (end != first_end).then_some(end)
}

/// End of the construct at `at` that ends with `close`, if it is short enough.
fn closed(masker: &Masker, at: usize, close: &str) -> Option<usize> {
    let limit = isogloss_text::floor_char_boundary(masker.text, at + LONGEST);
    let length = memchr::memmem::find(&masker.text.as_bytes()[at..limit], close.as_bytes())?;
    Some(at + length + close.len())
}

fn brace(masker: &mut Masker, at: usize) -> Option<usize> {
    let rest = &masker.text[at..];
    let (end, kind) = if rest.starts_with("{{<") {
        (closed(masker, at, ">}}")?, BlockKind::Component)
    } else if rest.starts_with("{{%") {
        (closed(masker, at, "%}}")?, BlockKind::Component)
    } else if rest.starts_with("{{") {
        (closed(masker, at, "}}")?, BlockKind::Include)
    } else if rest.starts_with("{%") {
        (closed(masker, at, "%}")?, BlockKind::Component)
    } else if rest.starts_with("{/*") {
        let end = closed(masker, at + "{/*".len(), "*/}")?;
        return Some(comment(masker, Span::new(at, end)));
    } else {
        return attributes(masker, at);
    };
    let span = Span::new(at, end);
    // Without its own end, it must not extend to the end of the next one.
    let inner = &masker.text[at + 2..end];
    if inner.contains("{{") || (kind == BlockKind::Include && inner.contains('\n')) {
        return None;
    }
    if masker.is_lone(span) {
        let (kind, name, titles) = shortcode(masker.text, span, kind);
        masker.lone(span, kind, name, titles);
    } else {
        masker.fill(span, OBJECT);
    }
    Some(end)
}

/// `{/* … */}`: a comment, or the id of a heading.
fn comment(masker: &mut Masker, span: Span) -> usize {
    let inner = masker.text[span.start as usize + 3..span.end as usize - 3].trim();
    let line = &masker.text[masker.line_of(span.start as usize)..span.start as usize];
    if line.starts_with('#') && !inner.contains(char::is_whitespace) {
        let at = span.start as usize + masker.text[span.range()].find(inner).unwrap_or(0);
        masker.ids.push(Span::new(at, at + inner.len()));
    }
    let with = if masker.is_lone(span) { b' ' } else { NOTHING };
    masker.fill(span, with);
    span.end as usize
}

/// Kind, name and titles of a shortcode such as `{{% alert title="Note" %}}`.
fn shortcode(text: &str, span: Span, kind: BlockKind) -> (BlockKind, Span, Vec<Span>) {
    let inner = text[span.range()].trim_start_matches(['{', '<', '%', ' ', '\n', '\t']);
    let name_at = span.end as usize - inner.len();
    let length = inner.find(|c: char| c.is_whitespace() || matches!(c, '}' | '%' | '>')).unwrap_or(inner.len());
    let name = Span::new(name_at, name_at + length);
    let kind = match name.slice(text) {
        word if word.starts_with('/') => BlockKind::Close,
        word if word.contains("include") || word.contains("readfile") => BlockKind::Include,
        word if word.contains("youtube") || word.contains("video") => BlockKind::Video,
        _ => kind,
    };
    (kind, name, titles(text, span))
}

/// Values of the attributes that are shown to readers.
fn titles(text: &str, span: Span) -> Vec<Span> {
    values(text, span)
        .filter(|(name, value)| TITLES.contains(name) && !value.is_empty())
        .map(|(_, value)| value)
        .collect()
}

/// Names and values of a shortcode's or component's attributes, of those in double quotes.
pub(crate) fn values(text: &str, span: Span) -> impl Iterator<Item = (&str, Span)> {
    let inner = &text[span.range()];
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let equals = at + memchr::memchr(b'=', &inner.as_bytes()[at..])?;
            at = equals + 1;
            let word = inner[..equals].rfind(|c: char| !c.is_alphanumeric() && c != '-').map_or(0, |before| before + 1);
            let word = if inner.is_char_boundary(word) { &inner[word..equals] } else { "" };
            if let Some(rest) = inner[at..].strip_prefix('"')
                && let Some(length) = rest.find('"')
            {
                let start = span.start as usize + at + 1;
                at += length + 2;
                return Some((word, Span::new(start, start + length)));
            }
        }
    })
}

/// `{#id .class key="value"}`, also with a leading colon or with spaces that machine translation adds. Other braces are text.
fn attributes(masker: &mut Masker, at: usize) -> Option<usize> {
    let close = masker.close(at, b'}')? - at;
    let span = Span::new(at, at + close + 1);
    let inner = masker.text[at + 1..at + close].trim();
    let first = inner.strip_prefix(':').map_or(inner, str::trim_start);
    let is_list = match first.as_bytes().first()? {
        b'#' | b'.' => first.len() > 1 && !first.contains('{'),
        b if b.is_ascii_alphabetic() => {
            let word = first.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(first.len());
            first[word..].trim_start().starts_with('=')
                && !(masker.syntax.has_jsx() && first[word..].trim_start().starts_with("=="))
        }
        _ => false,
    };
    if !is_list {
        return None;
    }
    if let Some(id) = first.strip_prefix('#') {
        let length = id.find(char::is_whitespace).unwrap_or(id.len());
        let id_at = at + 1 + masker.text[at + 1..at + close].find('#').unwrap_or(0) + 1;
        masker.ids.push(Span::new(id_at, id_at + length));
    }
    if masker.is_lone(span) {
        masker.lone(span, BlockKind::Attributes, Span::at(at), Vec::new());
    } else {
        masker.fill(span, NOTHING);
    }
    Some(span.end as usize)
}

/// `[^2]`: a reference to a footnote, which may have been lost, and is not text.
fn footnote(masker: &mut Masker, at: usize) -> Option<usize> {
    let rest = &masker.text[at..];
    let label = rest.strip_prefix("[^")?;
    let length = label.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    if length == 0 || !label[length..].starts_with(']') {
        return None;
    }
    let end = at + "[^]".len() + length;
    // At the start of a line it is the footnote itself.
    let line = masker.text[masker.line_start(at)..at].trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    if !(line.is_empty() && masker.text[end..].starts_with(':')) {
        masker.fill(Span::new(at, end), NOTHING);
    }
    Some(end)
}

fn numbered(masker: &mut Masker, at: usize) -> Option<usize> {
    let end = at + numbered_tag(&masker.text[at..])?;
    masker.fill(Span::new(at, end), NOTHING);
    Some(end)
}

/// The length of `<0>` or `</0>` at the start of a text: what a translation platform put in place of a tag, left in the text.
pub(crate) fn numbered_tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?.trim_start_matches(['/', ' ']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let close = inner[digits..].trim_start_matches(['/', ' ']);
    (digits > 0 && close.starts_with('>')).then_some(text.len() - close.len() + 1)
}

/// `[!DNL Name]` and `[!UICONTROL Label]`: only the words stay.
fn bracket(masker: &mut Masker, at: usize) -> Option<usize> {
    let rest = &masker.text[at..];
    let Some(inner) = rest.strip_prefix("[!") else { return footnote(masker, at) };
    let word = inner.bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b'-').count();
    if word < 2 || !inner[word..].starts_with(' ') {
        return None;
    }
    let close = masker.close(at, b']')?;
    masker.fill(Span::new(at, at + 2 + word + 1), NOTHING);
    masker.fill(Span::new(close, close + 1), NOTHING);
    Some(at + 2 + word + 1)
}

/// A component or element of MDX: `<Tabs items={[…]}>`, `</Tabs>`, `<>`.
fn element(masker: &mut Masker, at: usize) -> Option<usize> {
    if !masker.syntax.has_jsx() {
        return None;
    }
    let rest = &masker.text[at..];
    let name_at = if rest.starts_with("</") { 2 } else { 1 };
    let first = *rest.as_bytes().get(name_at)?;
    if !(first.is_ascii_alphabetic() || first == b'>') {
        return None;
    }
    let end = at + element_length(rest)?;
    let span = Span::new(at, end);
    let is_component = first.is_ascii_uppercase() || first == b'>' || rest[..end - at].contains('{');
    if !is_component {
        return Some(end);
    }
    let length = rest[name_at..].find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(0);
    let name = Span::new(at + name_at, at + name_at + length);
    if masker.is_lone(span) {
        let kind = if name_at == 2 { BlockKind::Close } else { BlockKind::Component };
        let titles = titles(masker.text, span);
        masker.lone(span, kind, name, titles);
    } else {
        masker.fill(span, OBJECT);
    }
    Some(end)
}

/// Length of a tag, whose attributes may contain strings and braces.
fn element_length(rest: &str) -> Option<usize> {
    // Rules out most unclosed tags at once.
    memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(LONGEST)])?;
    let mut depth = 0_i32;
    let mut quote = None;
    for (index, &byte) in rest.as_bytes().iter().enumerate().take(LONGEST).skip(1) {
        match (quote, byte) {
            (Some(open), _) if byte == open => {
                quote = None;
            }
            (None, b'"' | b'`') => quote = Some(byte),
            (None, b'\'') if depth == 0 => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') => depth -= 1,
            (None, b'>') if depth == 0 && rest.as_bytes()[index - 1] != b'=' => return Some(index + 1),
            (None, b'<') if depth == 0 => return None,
            _ => {}
        }
    }
    None
}
