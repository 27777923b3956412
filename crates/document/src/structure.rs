//! What an edit of a document must not change.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::html::DIRECTIVE;
use crate::markdown::options;

/// The structure of a Markdown text: its blocks, its markup and the words between them.
///
/// Two texts with equal structures are rendered alike. Spaces between words do not count, and neither do comments to isogloss, which
/// start with [`DIRECTIVE`], in HTML or MDX syntax; line breaks inside a paragraph do. Constructs of dialects, such as shortcodes,
/// count as the words that they consist of.
///
/// ```
/// use isogloss_document::Structure;
///
/// let text = "# Sync\n\n<!-- isogloss-disable-file link -->\n\nIt is on.\n";
/// assert_eq!(Structure::of(text), Structure::of("# Sync\n\nIt is on.\n"));
/// assert_ne!(Structure::of(text), Structure::of("# Sync\n\n> It is on.\n"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure(Vec<String>);

impl Structure {
    /// Parses `body`, a document without its front matter, with the extensions that documents are parsed with. Takes time linear in
    /// its length.
    pub fn of(body: &str) -> Self {
        let text = body.replace("{/*", "<!--").replace("*/}", "-->");
        let mut parts = Vec::new();
        let mut run = String::new();
        for event in Parser::new_ext(&text, options()) {
            match event {
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => run.push_str(&text),
                event => {
                    flush(&mut run, &mut parts);
                    parts.push(format!("{event:?}"));
                }
            }
        }
        flush(&mut run, &mut parts);
        Self(parts)
    }
}

/// Appends the words of `run` to `out`, and clears `run`.
fn flush(run: &mut String, out: &mut Vec<String>) {
    let mut words = String::new();
    let mut rest = run.as_str();
    while let Some((before, comment)) = rest.split_once("<!--") {
        words.push_str(before);
        let is_ours = comment.trim_start().starts_with(DIRECTIVE);
        rest = match comment.split_once("-->") {
            Some((_, after)) if is_ours => after,
            _ => {
                words.push_str("<!--");
                comment
            }
        };
    }
    words.push_str(rest);
    let words: Vec<&str> = words.split_whitespace().collect();
    if !words.is_empty() {
        out.push(words.join(" "));
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_and_comments_to_isogloss_do_not_count() {
        let same = |a: &str, b: &str| Structure::of(a) == Structure::of(b);
        let comment = "<!-- isogloss-disable link -->";
        assert!(same("It  is on.\n", "It is on."));
        assert!(same(&format!("It is{comment} on."), "It is on."));
        assert!(same("It is on. {/* isogloss-disable link */}", "It is on."));
        assert!(same(&format!("It is on.\n\n{comment}\n\nIt stays on."), "It is on.\n\nIt stays on."));
        // A comment that separates two paragraphs or lists.
        assert!(!same(&format!("It is on.\n{comment}\n\nIt stays on."), "It is on.\nIt stays on."));
        assert!(!same(&format!("- a\n\n{comment}\n\n- b"), "- a\n\n- b"));
        // Other comments, other words, other markup.
        assert!(!same("It is on. <!-- why? -->", "It is on."));
        assert!(!same("It is on.", "It is off."));
        assert!(!same("It is *on*.", "It is **on**."));
        assert!(!same("[It](a.md) is on.", "[It](b.md) is on."));
    }
}
