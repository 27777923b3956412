//! Constructs that take a whole line: callouts, directives, admonitions, tabs, module statements.

use isogloss_text::Span;

use super::inline::inline;
use super::masker::Masker;
use crate::block::BlockKind;

/// Whether a whole line may be a construct, by its first byte after container markers; see [`line`].
pub(super) fn may_open(inner: &str) -> bool {
    matches!(inner.as_bytes().first(), Some(b':' | b'+' | b'/' | b'!' | b'?' | b'=' | b'[' | b'i' | b'e'))
}

/// Masks constructs that begin on the line `start..end`, of which `inner` is the part after container markers. Returns the end
/// of the line on which the last construct ends, if that is another line.
pub(super) fn line(masker: &mut Masker, start: usize, end: usize, inner: &str) -> Option<usize> {
    let at = end - inner.len();
    let inner_start = inner.trim_end();
    if let Some(first) = inner_start.as_bytes().first() {
        let done = match first {
            b':' | b'+' | b'/' => directive(masker, at, inner_start),
            b'!' | b'?' => admonition(masker, start, at, inner_start),
            b'=' => content_tab(masker, start, at, inner_start),
            b'[' => callout(masker, at, inner_start),
            b'i' | b'e' if masker.syntax.has_modules() && at == start => return module_statement(masker, start),
            _ => false,
        };
        if done {
            return None;
        }
    }
    inline(masker, start, end)
}

/// `:::note[Title]`, `/// tip | Title`, `+++Title`, and their closing lines.
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
        let kind = BlockKind::Close;
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
    masker.lone(span, BlockKind::Callout, name, titles);
    true
}

/// `!!! note "Title"` and the foldable `??? note`.
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

/// `=== "Title"`, a tab whose content is indented like that of an admonition.
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
            BlockKind::Callout,
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
        _ if is_video => BlockKind::Video,
        _ if name.starts_with("END") => BlockKind::Close,
        _ => BlockKind::Callout,
    };
    masker.lone(span, kind, Span::new(at + 2, at + 2 + word), titles);
    true
}

/// Whether a line in a quote is followed by an empty one: then it is a title, not the start of a sentence.
fn is_own_paragraph(masker: &Masker, span: Span) -> bool {
    let start = masker.line_start(span.start as usize);
    let end = masker.line_end(span.end as usize);
    let next = masker.text[end..].strip_prefix('\n').unwrap_or("").lines().next().unwrap_or("");
    masker.text[start..span.start as usize].contains('>')
        && next.trim_start().starts_with('>')
        && next.trim_matches([' ', '\t', '\r', '>']).is_empty()
}

/// `import …` and `export …` of MDX, up to a blank line: invisible to readers.
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
