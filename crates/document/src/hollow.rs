//! Paragraphs with markup but no text.

/// Attributes that make a tag the target of links.
pub const ANCHORS: [&str; 2] = [" id=", " name="];

/// Whether a paragraph without readable text has lost its text: only markup characters, entities and empty tags remain. White
/// space, comments and link targets are not hollow.
pub(super) fn is_hollow(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(at) = rest.find(|c: char| matches!(c, '<' | '&') || c.is_alphanumeric()) {
        let end = match rest.as_bytes()[at] {
            b'<' => '>',
            b'&' => ';',
            _ => return false,
        };
        let Some(length) = rest[at..].find(end) else { return false };
        let inner = &rest[at..at + length];
        if inner.starts_with("<!") || ANCHORS.iter().any(|anchor| inner.contains(anchor)) {
            return false;
        }
        rest = &rest[at + length + 1..];
    }
    !raw.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hollow_paragraphs_have_markup_and_no_text() {
        for raw in ["**&#x200B;**", "&nbsp;", "<b></b>", "__", "<p class=\"lead\">\n</p>"] {
            assert!(is_hollow(raw), "{raw}");
        }
        for raw in ["", "<a id=\"team\"></a>", "<!-- later -->", "{/* later */}", "a < b", "& so on"] {
            assert!(!is_hollow(raw), "{raw}");
        }
    }
}
