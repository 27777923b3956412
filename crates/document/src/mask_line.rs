//! What one line of a dialect says; see [`super::mask`].

use super::mask::{Mark, MarkKind, Masker, NOTHING, OBJECT};
use isogloss_text::Span;

/// A construct may not be longer than this: an opening that is never closed must not swallow the page.
const LONGEST: usize = 4000;

/// Attributes of shortcodes and components whose values a reader reads.
const TITLES: &[&str] = &["title", "label", "text", "alt", "description", "caption", "summary", "heading"];

/// Whether a line may be a construct as a whole, by its first byte behind container marks; see [`line`].
pub(super) fn may_open(inner: &str) -> bool {
    matches!(inner.as_bytes().first(), Some(b':' | b'+' | b'/' | b'!' | b'?' | b'=' | b'[' | b'i' | b'e'))
}

/// Masks what begins on the line `start..end`; `inner` is its end without container marks. Returns the end of the line on
/// which the last construct ends, if that is another line.
pub(super) fn line(masker: &mut Masker, start: usize, end: usize, inner: &str) -> Option<usize> {
    let at = end - inner.len();
    let inner_start = inner.trim_end();
    if let Some(first) = inner_start.as_bytes().first() {
        let done = match first {
            b':' | b'+' | b'/' => directive(masker, at, inner_start),
            b'!' | b'?' => admonition(masker, start, at, inner_start),
            b'=' => content_tab(masker, start, at, inner_start),
            b'[' => callout(masker, at, inner_start),
            b'i' | b'e' if masker.mdx && at == start => return module_statement(masker, start),
            _ => false,
        };
        if done {
            return None;
        }
    }
    inline(masker, start, end)
}

/// `:::note[Title]`, `/// tip | Title`, `+++Title`, and what closes them.
fn directive(masker: &mut Masker, at: usize, line: &str) -> bool {
    let mark = line.as_bytes()[0];
    let length = line.bytes().take_while(|&byte| byte == mark).count();
    if length < 3 || (mark == b'+' && length > 3) {
        return false;
    }
    let span = Span::new(at, at + line.len());
    if !masker.is_lone(span) {
        return false;
    }
    let rest = line[length..].trim();
    let rest_at = at + line.len() - line[length..].trim_start().len();
    let mut titles = Vec::new();
    let mut name = Span::new(at, at + length);
    if rest.is_empty() {
        let kind = MarkKind::Close;
        masker.lone(span, kind, name, titles);
        return true;
    }
    if mark == b'+' {
        titles.push(Span::new(rest_at, rest_at + rest.len()));
    } else {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
        if mark == b'/' && word == 0 {
            return false;
        }
        name = Span::new(rest_at, rest_at + word);
        let title = rest[word..].trim_matches(|c: char| c.is_whitespace() || "[]|\"{}".contains(c));
        if !title.is_empty() && !rest[word..].trim_start().starts_with('{') {
            let title_at = rest_at + word + rest[word..].find(title).unwrap_or(0);
            titles.push(Span::new(title_at, title_at + title.len()));
        }
    }
    masker.lone(span, MarkKind::Callout, name, titles);
    true
}

/// `!!! note "Title"` and the foldable `??? note`: becomes a list item, since what belongs to it is indented by four.
fn admonition(masker: &mut Masker, start: usize, at: usize, line: &str) -> bool {
    let marker = ["!!! ", "???+ ", "??? "].iter().find(|marker| line.starts_with(**marker));
    let Some(marker) = marker.filter(|_| line.len() >= 7 && masker.text[start..at].trim().is_empty()) else {
        return false;
    };
    let rest = &line[marker.len()..];
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    if word == 0 {
        return false;
    }
    let title = rest[word..].trim().trim_matches('"');
    let titles = if title.is_empty() {
        Vec::new()
    } else {
        let title_at = at + marker.len() + word + rest[word..].find(title).unwrap_or(0);
        vec![Span::new(title_at, title_at + title.len())]
    };
    let span = Span::new(at, at + line.len());
    masker.admonition(span, Span::new(at + marker.len(), at + marker.len() + word), titles);
    true
}

/// `=== "Title"`, a tab whose content is indented as that of an admonition is.
fn content_tab(masker: &mut Masker, start: usize, at: usize, line: &str) -> bool {
    let marker = ["=== ", "===+ ", "===! "].iter().find(|marker| line.starts_with(**marker));
    let Some(marker) = marker.filter(|_| masker.text[start..at].trim().is_empty()) else { return false };
    let title = line[marker.len()..].trim_start();
    let inner = ['"', '\''].iter().find_map(|&quote| title.strip_prefix(quote)?.strip_suffix(quote));
    let Some(inner) = inner.filter(|inner| !inner.is_empty()) else { return false };
    let end = at + line.len();
    let title = Span::new(end - 1 - inner.len(), end - 1);
    masker.admonition(Span::new(at, end), Span::new(at, at + "===".len()), vec![title]);
    true
}

/// `[!NOTE]`, `[!TAB Title]`, `[!VIDEO](address)` alone on a line, in a quote or not; `> [!NOTE] Title` in a quote.
fn callout(masker: &mut Masker, at: usize, line: &str) -> bool {
    let Some(rest) = line.strip_prefix("[!") else { return false };
    let word = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    let Some(close) = rest.find(']') else { return false };
    let name = &rest[..word];
    if word == 0 || close < word || matches!(name, "DNL" | "UICONTROL") {
        return false;
    }
    let after = rest[close + 1..].trim_matches(['+', '-', ' ']);
    let is_video = name.eq_ignore_ascii_case("VIDEO");
    let alone = after.is_empty() || (after.starts_with('(') && after.ends_with(')') && !after[1..].contains('('));
    let span = Span::new(at, at + line.len());
    let inside = rest[word..close].trim();
    let titled = !alone && inside.is_empty() && !after.starts_with(['(', '[', '{']) && is_own_paragraph(masker, span);
    if !(alone || titled) || !masker.is_lone(span) {
        return false;
    }
    if titled {
        let title_at = at + line.len() - line[2 + close + 1..].trim_start_matches(['+', '-', ' ']).len();
        masker.lone(
            span,
            MarkKind::Callout,
            Span::new(at + 2, at + 2 + word),
            vec![Span::new(title_at, span.end as usize)],
        );
        return true;
    }
    let title = inside;
    let titles = if title.is_empty() {
        Vec::new()
    } else {
        let title_at = at + 2 + word + rest[word..close].find(title).unwrap_or(0);
        vec![Span::new(title_at, title_at + title.len())]
    };
    let kind = match name {
        _ if is_video => MarkKind::Video,
        _ if name.starts_with("END") => MarkKind::Close,
        _ => MarkKind::Callout,
    };
    masker.lone(span, kind, Span::new(at + 2, at + 2 + word), titles);
    true
}

/// Whether a line in a quote is followed by an empty one there: it is a title then, and no beginning of a sentence.
fn is_own_paragraph(masker: &Masker, span: Span) -> bool {
    let start = masker.line_start(span.start as usize);
    let end = masker.line_end(span.end as usize);
    let next = masker.text[end..].strip_prefix('\n').unwrap_or("").lines().next().unwrap_or("");
    masker.text[start..span.start as usize].contains('>')
        && next.trim_start().starts_with('>')
        && next.trim_matches([' ', '\t', '\r', '>']).is_empty()
}

/// `import … ;` and `export …` of MDX, up to a blank line: no reader sees them.
fn module_statement(masker: &mut Masker, start: usize) -> Option<usize> {
    let text = &masker.text[start..];
    let is_import = text.starts_with("import ") || text.starts_with("import{");
    let declares =
        |rest: &str| ["const ", "default ", "function ", "let ", "{", "*"].iter().any(|word| rest.starts_with(word));
    let is_export = text.strip_prefix("export ").is_some_and(declares);
    if !is_import && !is_export {
        let end = masker.line_end(start);
        return inline(masker, start, end);
    }
    let mut end = masker.line_end(start);
    while end < masker.text.len() {
        let next = masker.line_end(end + 1);
        if masker.text[end + 1..next].trim().is_empty() {
            break;
        }
        end = next;
    }
    masker.fill(Span::new(start, end), b' ');
    Some(end)
}

/// Masks what stands inside a line, and what begins in it and goes on.
fn inline(masker: &mut Masker, start: usize, mut end: usize) -> Option<usize> {
    let mut at = start;
    let first_end = end;
    while at < end {
        let Some(here) = masker.opening(at, end) else { break };
        let until = match masker.text.as_bytes()[here] {
            b'{' => brace(masker, here),
            b'[' => bracket(masker, here),
            _ => element(masker, here),
        };
        at = until.unwrap_or(here + 1);
        if at > end {
            end = masker.line_end(at);
        }
    }
    (end != first_end).then_some(end)
}

/// The end of what begins at `at` and is closed by `close`, if it is closed soon.
fn closed(masker: &Masker, at: usize, close: &str) -> Option<usize> {
    let limit = isogloss_text::floor_char_boundary(masker.text, at + LONGEST);
    let length = memchr::memmem::find(&masker.text.as_bytes()[at..limit], close.as_bytes())?;
    Some(at + length + close.len())
}

fn brace(masker: &mut Masker, at: usize) -> Option<usize> {
    let rest = &masker.text[at..];
    let (end, kind) = if rest.starts_with("{{<") {
        (closed(masker, at, ">}}")?, MarkKind::Component)
    } else if rest.starts_with("{{%") {
        (closed(masker, at, "%}}")?, MarkKind::Component)
    } else if rest.starts_with("{{") {
        (closed(masker, at, "}}")?, MarkKind::Include)
    } else if rest.starts_with("{%") {
        (closed(masker, at, "%}")?, MarkKind::Component)
    } else if rest.starts_with("{/*") {
        let end = closed(masker, at + "{/*".len(), "*/}")?;
        return Some(comment(masker, Span::new(at, end)));
    } else {
        return attributes(masker, at);
    };
    let span = Span::new(at, end);
    // One that is not closed must not reach to the end of the next.
    let inner = &masker.text[at + 2..end];
    if inner.contains("{{") || (kind == MarkKind::Include && inner.contains('\n')) {
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

/// `{/* … */}` is a comment, or an id after a heading.
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

/// Name, kind and titles of a shortcode such as `{{% alert title="Note" %}}`.
fn shortcode(text: &str, span: Span, kind: MarkKind) -> (MarkKind, Span, Vec<Span>) {
    let inner = text[span.range()].trim_start_matches(['{', '<', '%', ' ', '\n', '\t']);
    let name_at = span.end as usize - inner.len();
    let length = inner.find(|c: char| c.is_whitespace() || matches!(c, '}' | '%' | '>')).unwrap_or(inner.len());
    let name = Span::new(name_at, name_at + length);
    let kind = match name.slice(text) {
        word if word.starts_with('/') => MarkKind::Close,
        word if word.contains("include") || word.contains("readfile") => MarkKind::Include,
        word if word.contains("youtube") || word.contains("video") => MarkKind::Video,
        _ => kind,
    };
    (kind, name, titles(text, span))
}

/// Values of the attributes that a reader reads.
fn titles(text: &str, span: Span) -> Vec<Span> {
    values(text, span).filter(|(is_title, value)| *is_title && !value.is_empty()).map(|(_, value)| value).collect()
}

/// Values of the attributes of a shortcode or component that stand between double quotes, and whether a reader reads them.
pub(super) fn values(text: &str, span: Span) -> impl Iterator<Item = (bool, Span)> {
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
                return Some((TITLES.contains(&word), Span::new(start, start + length)));
            }
        }
    })
}

/// `{#id .class key="value"}`, and what machine translation makes of it; `{:…}` and other braces are text.
fn attributes(masker: &mut Masker, at: usize) -> Option<usize> {
    let close = masker.close(at, b'}')? - at;
    let span = Span::new(at, at + close + 1);
    let inner = masker.text[at + 1..at + close].trim();
    let first = inner.strip_prefix(':').unwrap_or(inner);
    let is_list = match first.as_bytes().first()? {
        b'#' | b'.' => first.len() > 1 && !first.contains('{'),
        b if b.is_ascii_alphabetic() => {
            let word = first.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(first.len());
            first[word..].trim_start().starts_with('=') && !(masker.mdx && first[word..].trim_start().starts_with("=="))
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
        masker.lone(span, MarkKind::Attributes, Span::at(at), Vec::new());
    } else {
        masker.fill(span, NOTHING);
    }
    Some(span.end as usize)
}

/// `[!DNL Name]` and `[!UICONTROL Label]`: the mark vanishes, the words stay.
fn bracket(masker: &mut Masker, at: usize) -> Option<usize> {
    let rest = &masker.text[at..];
    let inner = rest.strip_prefix("[!")?;
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
        let kind = if name_at == 2 { MarkKind::Close } else { MarkKind::Component };
        let titles = titles(masker.text, span);
        masker.lone(span, kind, name, titles);
    } else {
        masker.fill(span, OBJECT);
    }
    Some(end)
}

/// Length of an element's tag, with strings and braces in its attributes.
fn element_length(rest: &str) -> Option<usize> {
    // Most of what opens and never closes is told by this at once.
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

impl Masker<'_> {
    fn admonition(&mut self, span: Span, name: Span, titles: Vec<Span>) {
        self.fill(span, b' ');
        let at = span.start as usize;
        self.write(at, "-   ***");
        self.marks.push(Mark { at: at as u32 + 4, span, kind: MarkKind::Callout, name, titles });
    }
}
