//! Makes dialects readable for a `CommonMark` parser: each construct is masked with text of equal byte length, so that offsets
//! stay valid.
//!
//! A construct on lines of its own becomes a thematic break (`***`), which may interrupt a paragraph in any container, and is
//! listed as a [`masker::Mark`]. Inside a line it becomes [`masker::OBJECT`]s if it has content that is not prose, or
//! [`masker::NOTHING`]s if it is invisible.

pub(crate) mod inline;
mod line;
pub(crate) mod masker;

use crate::syntax::Syntax;
use masker::{Masked, Masker, list_marker};

/// Masks the dialects of `text` from `from` on.
pub(crate) fn mask(text: &str, from: usize, syntax: Syntax) -> Masked<'_> {
    let mut masker = Masker::new(text, from, syntax);
    lines(&mut masker, from);
    masker.finish()
}

/// An open code fence.
struct Fence {
    mark: u8,
    length: usize,
}

/// Masks every line from `from` on that is not inside a code fence.
fn lines(masker: &mut Masker<'_>, from: usize) {
    let mut fence: Option<Fence> = None;
    let mut start = from;
    while start < masker.text.len() {
        let end = masker.line_end(start);
        let inner = strip_containers(&masker.text[start..end]);
        if let Some(open) = &fence {
            if closes(open, inner) {
                fence = None;
            }
            start = end + 1;
            continue;
        }
        if let Some(opened) = opens_fence(inner) {
            fence = Some(opened);
            start = end + 1;
            continue;
        }
        let may_open = line::may_open(inner) || masker.opening(start, end).is_some();
        let until = if may_open { line::line(masker, start, end, inner) } else { None };
        start = until.unwrap_or(end) + 1;
    }
}

/// A line without indentation and quote and list markers.
fn strip_containers(line: &str) -> &str {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        let Some(marker) = list_marker(&bytes[at..]) else { return &line[at..] };
        at += marker;
    }
}

fn opens_fence(line: &str) -> Option<Fence> {
    let mark = *line.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let length = line.bytes().take_while(|&byte| byte == mark).count();
    let info = &line[length..];
    (length >= 3 && (mark == b'~' || !info.contains('`'))).then_some(Fence { mark, length })
}

fn closes(fence: &Fence, line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= fence.length && line.bytes().all(|byte| byte == fence.mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockKind;

    fn masked(text: &str, syntax: Syntax) -> (String, Vec<(BlockKind, String, Vec<String>)>) {
        let masked = mask(text, 0, syntax);
        let marks = masked.marks.iter().map(|mark| {
            let titles = mark.titles.iter().map(|title| title.slice(text).to_owned()).collect();
            (mark.kind, mark.name.slice(text).to_owned(), titles)
        });
        (masked.text.replace('\u{1A}', "§").replace('\u{1C}', "°"), marks.collect())
    }

    #[test]
    fn constructs_on_their_own_lines_become_breaks() {
        use BlockKind::*;
        for (text, expected, kind, name, titles) in [
            (">[!NOTE]\n>Text", ">***    \n>Text", Callout, "NOTE", &[][..]),
            ("> [!TAB Linux]\n", "> ***         \n", Callout, "TAB", &["Linux"]),
            ("> [!TIP] Mind this\n>\n> Text", "> ***             \n>\n> Text", Callout, "TIP", &["Mind this"]),
            (">[!VIDEO](https://v.example/1)", ">***                          ", Video, "VIDEO", &[]),
            (":::tip[Mind this]\ntext\n:::", "***              \ntext\n***", Callout, "tip", &["Mind this"]),
            ("+++Details\ntext\n+++", "***       \ntext\n***", Callout, "+++", &["Details"]),
            ("/// warning | Careful\n///", "***                  \n***", Callout, "warning", &["Careful"]),
            ("!!! note \"Read me\"\n    text", "-   ***           \n    text", Callout, "note", &["Read me"]),
            ("=== \"Linux\"\n\n    text", "-   ***    \n\n    text", Callout, "===", &["Linux"]),
            ("{{% alert title=\"Note\" %}}\nt", "***                       \nt", Component, "alert", &["Note"]),
            ("{{$include /help/_note.md}}", "***                        ", Include, "$include", &[]),
            ("{style=\"table-layout:auto\"}", "***                        ", Attributes, "", &[]),
        ] {
            let (text, marks) = masked(text, Syntax::Markdown);
            assert_eq!(text, expected);
            let titles = titles.iter().map(ToString::to_string).collect();
            assert_eq!(marks[0], (kind, name.to_owned(), titles), "{expected}");
        }
    }

    #[test]
    fn a_sentence_after_a_callout_marker_is_not_a_title() {
        for text in ["> [!TIP] Mind this\n> text.\n", "[!TIP] Mind this\n\nText", "> [!TIP] Mind this\n\nText"] {
            assert_eq!(masked(text, Syntax::Markdown).0, text);
        }
    }

    #[test]
    fn mdx_is_masked_only_in_mdx() {
        let text = "import X from 'x';\n\n<Tabs\n  a={1}\n>\n\t<TabItem label=\"One\">Text</TabItem>\n</Tabs>\n";
        let (out, marks) = masked(text, Syntax::Mdx);
        assert_eq!(out, "                  \n\n***  \n       \n \n\t§§§§§§§§§§§§§§§§§§§§§Text§§§§§§§§§§\n***    \n");
        assert_eq!(marks.iter().map(|mark| mark.1.as_str()).collect::<Vec<_>>(), ["Tabs", "Tabs"]);
        assert_eq!(masked(text, Syntax::Markdown).0, text);
    }

    #[test]
    fn inline_constructs_become_nothing_or_objects() {
        assert_eq!(masked("See [!DNL Tidewater] {#see}", Syntax::Markdown).0, "See °°°°°°Tidewater° °°°°°°");
        assert_eq!(masked("## Plans {/*plans*/}", Syntax::Mdx).0, "## Plans °°°°°°°°°°°");
        assert_eq!(masked("Use {{< param v >}} now", Syntax::Markdown).0, "Use §§§§§§§§§§§§§§§ now");
        assert_eq!(mask("# A {#a-b}\n", 0, Syntax::Markdown).ids.len(), 1);
    }

    #[test]
    fn a_thematic_break_may_end_inside_a_character_of_the_construct() {
        let (text, marks) = masked("{.🀰}\n\nText 🀰\n", Syntax::Markdown);
        assert_eq!(text, "***    \n\nText 🀰\n");
        assert_eq!(marks.len(), 1);
    }

    #[test]
    fn code_is_not_masked() {
        for text in ["```\n{{< x >}}\n:::\n```\n", "> ~~~md\n> :::note\n> ~~~\n", "- ```\n  +++\n  ```\n"] {
            assert_eq!(masked(text, Syntax::Mdx).0, text);
        }
    }
}
