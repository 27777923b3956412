//! Where the destinations of links are written.

use std::ops::Range;

use pulldown_cmark::{CowStr, RefDefs, Tag};

/// Where the destination of the link or image at `range` is written, and whether it has neither escapes nor entities.
pub(crate) fn destination(
    tag: &Tag<'_>,
    text: &str,
    range: &Range<usize>,
    definitions: &RefDefs<'_>,
) -> (Range<usize>, bool) {
    let (Tag::Link { dest_url, id, .. } | Tag::Image { dest_url, id, .. }) = tag else { return (range.clone(), false) };
    if let CowStr::Borrowed(borrowed) = dest_url
        && let Some(start) = borrowed.as_ptr().addr().checked_sub(text.as_ptr().addr())
        && start + borrowed.len() <= text.len()
    {
        return (start..start + borrowed.len(), true);
    }
    (escaped_destination(text, range, definitions.get(id).map(|definition| &definition.span)), dest_url.is_empty())
}

/// The destination of an inline link, or of a reference's definition, that the parser decoded.
#[cold]
fn escaped_destination(text: &str, link: &Range<usize>, definition: Option<&Range<usize>>) -> Range<usize> {
    let (range, opening) = match definition {
        Some(definition) => (definition, text[definition.clone()].find("]:")),
        None => (link, text[link.clone()].rfind("](")),
    };
    let Some(opening) = opening else { return link.end..link.end };
    let inner = text[range.start + opening + "](".len()..range.end].trim_start();
    let start = range.end - inner.len();
    if let Some(inner) = inner.strip_prefix('<') {
        return start + 1..start + 1 + inner.find('>').unwrap_or(inner.len());
    }
    let whole = if definition.is_some() { inner } else { inner.strip_suffix(')').unwrap_or(inner) };
    start..start + whole.find(char::is_whitespace).unwrap_or(whole.len())
}
