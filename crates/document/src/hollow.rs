//! Paragraphs that are shells: the text that they were made for is gone.

use super::ANCHORS;

/// Whether a paragraph in which nothing is to be read is a shell of text: signs of markup, entities, and tags around nothing. White
/// space, comments, and places for links to lead to are none.
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
    fn a_shell_of_text_holds_nothing_that_is_written() {
        for raw in ["**&#x200B;**", "&nbsp;", "<b></b>", "__", "<p class=\"lead\">\n</p>"] {
            assert!(is_hollow(raw), "{raw}");
        }
        for raw in ["", "<a id=\"team\"></a>", "<!-- later -->", "{/* later */}", "a < b", "& so on"] {
            assert!(!is_hollow(raw), "{raw}");
        }
    }
}
