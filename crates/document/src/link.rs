//! Links and images, with their targets.

use isogloss_text::Span;

/// A link or an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Index of the innermost block that is open where it begins.
    pub block: u32,
    /// The link with its text, the HTML tag, or the attribute's value.
    pub span: Span,
    /// The target as written, up to `#`; empty for a link within the page. In Markdown and HTML, escapes and entities may make
    /// the real target differ: [`Document::target`](crate::Document::target) returns that.
    pub target: Span,
    /// The fragment as written, after `#`.
    pub fragment: Option<Span>,
    /// The real destination in the document's decoded destinations; empty if it is as written.
    pub(crate) decoded: Span,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LinkKind {
    /// `[text](target)`, `[text][reference]` or `<a href>`.
    Link,
    /// `![text](target)`, `![text][reference]` or `<img src>`.
    Image,
    /// An address that is its own text: `<https://example.com>`, or without brackets.
    Address,
    /// An attribute of a component or shortcode: `<Card href="target">`.
    Attribute,
}

impl Link {
    /// The destination as written: target and fragment.
    pub fn destination(&self) -> Span {
        Span { start: self.target.start, end: self.fragment.map_or(self.target.end, |fragment| fragment.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Syntax};

    /// Kind, text of the block, real target and fragment, and target and fragment as written, of every link.
    fn links(text: &str, syntax: Syntax) -> Vec<(LinkKind, String, String)> {
        let document = Document::parse(text.to_owned(), syntax);
        let link = |link: &Link| {
            let real = (document.target(link), document.fragment(link));
            let written = (link.target.slice(text), link.fragment.map(|fragment| fragment.slice(text)));
            assert!(link.span.start <= link.span.end && (link.block as usize) < document.blocks.len());
            let show = |(target, fragment): (&str, Option<&str>)| {
                fragment.map_or(target.to_owned(), |fragment| format!("{target} # {fragment}"))
            };
            (link.kind, show(real), show(written))
        };
        document.links.iter().map(link).collect()
    }

    #[track_caller]
    fn assert_links(text: &str, syntax: Syntax, expected: &[(LinkKind, &str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(kind, real, raw)| (*kind, (*real).to_owned(), (*raw).to_owned())).collect();
        assert_eq!(links(text, syntax), expected, "{text}");
    }

    #[test]
    fn markdown_links_keep_target_and_fragment() {
        use LinkKind::{Address, Image, Link};
        for (text, kind, real, written) in [
            ("[a](b.md#c)", Link, "b.md # c", "b.md # c"),
            ("[a](#c \"Title\")", Link, " # c", " # c"),
            ("[a](<b c.md>)", Link, "b c.md", "b c.md"),
            ("[a]()", Link, "", ""),
            ("> - ![é](../é.png?v=1)", Image, "../é.png?v=1", "../é.png?v=1"),
            ("[a][r]\n\n[r]: /b#c 'Title'", Link, "/b # c", "/b # c"),
            ("[r][]\n\n> [r]:\n>   </b c>", Link, "/b c", "/b c"),
            ("[r]\n\n[R]: b", Link, "b", "b"),
            ("![r]\n\n[r]: b.png", Image, "b.png", "b.png"),
            ("<https://a.example/b#c>", Address, "https://a.example/b # c", "https://a.example/b # c"),
            ("<sync@a.example>", Address, "sync@a.example", "sync@a.example"),
            ("See https://a.example/b#c.", Address, "https://a.example/b # c", "https://a.example/b # c"),
            ("| a |\n|---|\n| [b](c.md) |", Link, "c.md", "c.md"),
            ("# A [b](c.md) {#d}", Link, "c.md", "c.md"),
            // Escapes and entities.
            ("[a](b\\_c.md#d\\_e)", Link, "b_c.md # d_e", "b\\_c.md # d\\_e"),
            ("[a](?b&amp;c&#35;d \"T\")", Link, "?b&c # d", "?b&amp;c&#35;d"),
            ("[a](<b&lt;c> (T))", Link, "b<c", "b&lt;c"),
            ("![a\\](b][r]\n\n[r]: b\\*c#d", Image, "b*c # d", "b\\*c # d"),
            ("| a |\n|---|\n| [b](c\\|d.md) |", Link, "c|d.md", "c\\|d.md"),
        ] {
            for syntax in [Syntax::Markdown, Syntax::Mdx] {
                if !(text.starts_with('<') && syntax == Syntax::Mdx) {
                    assert_links(text, syntax, &[(kind, real, written)]);
                }
            }
        }
        assert_links("[![a](b.png)](c.md)", Syntax::Markdown, &[(Link, "c.md", "c.md"), (Image, "b.png", "b.png")]);
        assert_links("`[a](b)`\n\n    [a](b)\n\n[r]: unused", Syntax::Markdown, &[]);
    }

    #[test]
    fn html_links_keep_target_and_fragment() {
        use LinkKind::{Image, Link};
        for text in ["<p>É <a class=\"x\" href=\"b.md?c&amp;d#e\">f</a></p>", "É <a href='b.md?c&amp;d#e'>f</a>"] {
            assert_links(text, Syntax::Markdown, &[(Link, "b.md?c&d # e", "b.md?c&amp;d # e")]);
        }
        let row = "<table><tr><td>É <img\nsrc=a.png><a href=\"\">b</a></td></tr></table>";
        assert_links(row, Syntax::Markdown, &[(Image, "a.png", "a.png"), (Link, "", "")]);
        assert_links("<a id=\"b\"></a><a name=\"c\">d</a>", Syntax::Markdown, &[]);
    }

    #[test]
    fn links_in_mdx_keep_their_place_behind_masks_and_indentation() {
        use LinkKind::{Attribute, Image, Link};
        let text = "import A from 'a';\n\n<Tabs>\n    É {/* é */} [b](c.md#d)\n\n    - ![e](f\\_g.png)\n</Tabs>\n";
        assert_links(text, Syntax::Mdx, &[(Link, "c.md # d", "c.md # d"), (Image, "f_g.png", "f\\_g.png")]);
        let text = "<Card title=\"A\" href=\"/b#c\" />\n\nSee <Link to=\"/d\">é</Link> and <a href=\"/e\">f</a>.\n";
        assert_links(
            text,
            Syntax::Mdx,
            &[(Attribute, "/b # c", "/b # c"), (Attribute, "/d", "/d"), (Link, "/e", "/e")],
        );
    }

    #[test]
    fn links_know_their_block() {
        let text = "# A\n\nB [c](d)\n\n- e [f](g)\n\n| h |\n|---|\n| [i](j) |\n";
        let document = Document::parse(text.to_owned(), Syntax::Markdown);
        let blocks: Vec<&str> =
            document.links.iter().map(|link| document.plain_of(&document.blocks[link.block as usize])).collect();
        assert_eq!(blocks, ["B c", "e f", "i"]);
        assert!(document.links.iter().all(|link| link.span.slice(text).starts_with('[')));
    }
}
