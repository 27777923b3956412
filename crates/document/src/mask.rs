//! Dialects, made readable for a `CommonMark` parser: each construct is masked with text of equal byte length, so that every
//! offset stays true.
//!
//! A construct on lines of its own becomes a thematic break (`***`), which may interrupt a paragraph in any container, and is
//! listed as a [`Mark`]; inside a line it becomes [`OBJECT`]s, which stand for something that is no prose, or [`NOTHING`]s.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::mask_line;
use isogloss_text::Span;

/// Stands for a byte of something that is no prose.
pub const OBJECT: u8 = 0x1A;
/// Stands for a byte that a reader does not see.
pub const NOTHING: u8 = 0x1C;

/// A construct on lines of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where its thematic break begins, which is where the parser will report it.
    pub at: u32,
    /// What the construct covers.
    pub span: Span,
    /// What it is.
    pub kind: MarkKind,
    /// Its name: `NOTE`, `alert`, `Tabs`.
    pub name: Span,
    /// Texts of it that a reader reads: titles and labels.
    pub titles: Vec<Span>,
}

/// What a [`Mark`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Opens a callout, admonition or fold.
    Callout,
    /// A shortcode or component.
    Component,
    /// Closes a callout, shortcode or component.
    Close,
    /// Includes text or media.
    Include,
    /// Embeds a video.
    Video,
    /// An attribute list.
    Attributes,
}

/// A text whose dialects are masked.
#[derive(Debug)]
pub struct Masked<'t> {
    /// As long as the original.
    pub text: Cow<'t, str>,
    /// Whether characters of several bytes are masked: each became as many, so that a boundary of `text` may be none of the original.
    pub splits: bool,
    /// In the order of the text.
    pub marks: Vec<Mark>,
    /// Explicit ids inside lines, in the order of the text.
    pub ids: Vec<Span>,
}

/// Masks the dialects of `text`, in which everything before `from` is left alone.
pub fn mask(text: &str, from: usize, mdx: bool) -> Masked<'_> {
    let (fills, marks, ids) = (Vec::new(), Vec::new(), Vec::new());
    let mut masker = Masker { text, fills, marks, ids, mdx, opening: from, line: None, closes: [None; CLOSES.len()] };
    masker.run(from);
    let (text, splits) = masker.masked();
    Masked { text, splits, marks: masker.marks, ids: masker.ids }
}

/// The state of one masking.
pub(super) struct Masker<'t> {
    pub text: &'t str,
    fills: Vec<Fill>,
    pub marks: Vec<Mark>,
    pub ids: Vec<Span>,
    pub mdx: bool,
    /// Where the first byte at or after it that may open a construct inside a line was looked for last, and found.
    opening: usize,
    /// The line that was looked at last.
    line: Option<Line>,
    /// Where the next of each of [`CLOSES`] stood when it was looked for last.
    closes: [Option<usize>; CLOSES.len()],
}

/// Bytes that close constructs inside a line.
const CLOSES: [u8; 2] = [b'}', b']'];

/// A line, as far as it matters to what stands in it: it may hold thousands of constructs.
#[derive(Debug, Clone, Copy)]
struct Line {
    start: usize,
    /// Where its text begins, container marks aside.
    text: usize,
    end: usize,
}

/// What is to be overwritten: whole constructs, which begin and end at ASCII bytes, or the beginning of one.
struct Fill {
    span: Span,
    /// ASCII: the beginning of what is written there.
    lead: &'static str,
    /// ASCII: the rest of it, but for line ends, which stay.
    rest: u8,
}

/// An open code fence.
struct Fence {
    mark: u8,
    length: usize,
}

impl<'t> Masker<'t> {
    /// The masked text, and whether characters of several bytes are masked.
    fn masked(&mut self) -> (Cow<'t, str>, bool) {
        if self.fills.is_empty() {
            return (self.text.into(), false);
        }
        // Of those that begin together, marks first, then the longest.
        self.fills.sort_unstable_by_key(|fill| (fill.span.start, fill.lead.is_empty(), Reverse(fill.span.end)));
        let mut masked = String::with_capacity(self.text.len());
        let mut splits = false;
        for Fill { span, lead, rest } in &self.fills {
            let (start, end) = (span.start as usize, span.end as usize);
            if masked.len() < end {
                // What is overwritten already may end inside this, and inside a character of it.
                masked.push_str(self.text.get(masked.len()..start).unwrap_or_default());
                masked.push_str(lead.get(masked.len() - start..).unwrap_or_default());
                let over = |byte: &u8| if matches!(byte, b'\n' | b'\r') { *byte } else { *rest };
                let covered = &self.text.as_bytes()[masked.len()..end];
                splits |= !covered.is_ascii();
                masked.extend(covered.iter().map(over).map(char::from));
            }
        }
        masked.push_str(&self.text[masked.len()..]);
        (masked.into(), splits)
    }

    fn run(&mut self, from: usize) {
        let mut fence: Option<Fence> = None;
        let mut start = from;
        while start < self.text.len() {
            let end = self.line_end(start);
            let line = &self.text[start..end];
            let inner = strip_containers(line);
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
            let may_open = mask_line::may_open(inner) || self.opening(start, end).is_some();
            let until = if may_open { mask_line::line(self, start, end, inner) } else { None };
            start = until.unwrap_or(end) + 1;
        }
    }

    /// The first byte from `at` on that may open a construct inside a line, if it stands before `end`. Looked for in the whole
    /// text, since most lines hold none.
    pub fn opening(&mut self, at: usize, end: usize) -> Option<usize> {
        if self.opening <= at {
            let bytes = self.text.as_bytes();
            let next = |from: usize| {
                let rest = &bytes[from..];
                let found =
                    if self.mdx { memchr::memchr3(b'{', b'[', b'<', rest) } else { memchr::memchr2(b'{', b'[', rest) };
                found.map_or(bytes.len(), |found| from + found)
            };
            let mut found = next(at);
            // Most brackets are those of links.
            while bytes.get(found) == Some(&b'[') && bytes.get(found + 1) != Some(&b'!') {
                found = next(found + 1);
            }
            self.opening = found;
        }
        (self.opening < end).then_some(self.opening)
    }

    /// End of the line that `at` stands on: the offset of its newline, or the end of the text.
    pub fn line_end(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length)
    }

    /// Start of the line that `at` stands on.
    pub fn line_start(&self, at: usize) -> usize {
        memchr::memrchr(b'\n', &self.text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
    }

    /// Overwrites the bytes of a span with one of ASCII, keeping line ends.
    pub fn fill(&mut self, span: Span, with: u8) {
        self.fills.push(Fill { span, lead: "", rest: with });
    }

    /// Replaces the construct at `span`, which stands alone on its lines, with a thematic break, and lists it.
    pub fn lone(&mut self, span: Span, kind: MarkKind, name: Span, titles: Vec<Span>) {
        self.fill(span, b' ');
        let start = self.line_start(span.start as usize);
        let prefix = &self.text[start..span.start as usize];
        // An indented component of MDX must not turn into indented code; in a list, its indentation is the list's.
        let at = if self.mdx && columns(prefix) >= 4 && !prefix.contains('>') && !self.in_list(start) {
            start
        } else {
            span.start as usize
        };
        if at + 3 <= span.end as usize {
            self.write(at, "***");
            self.marks.push(Mark { at: at as u32, span, kind, name, titles });
        }
    }

    /// Writes ASCII at `at`, over what is filled there.
    pub fn write(&mut self, at: usize, lead: &'static str) {
        self.fills.push(Fill { span: Span::new(at, at + lead.len()), lead, rest: b' ' });
    }

    /// Whether the construct at `span` has its lines for itself, container marks aside.
    pub fn is_lone(&mut self, span: Span) -> bool {
        let begins = span.len() >= 3 && span.start as usize <= self.line_at(span.start as usize).text;
        begins && self.text[span.end as usize..].lines().next().is_none_or(|rest| rest.trim_start().is_empty())
    }

    /// The line that `at` stands on.
    fn line_at(&mut self, at: usize) -> Line {
        if let Some(line) = self.line.filter(|line| (line.start..=line.end).contains(&at)) {
            return line;
        }
        let (start, end) = (self.line_start(at), self.line_end(at));
        let marks = self.text[start..end].bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        *self.line.insert(Line { start, text: start + marks, end })
    }

    /// Where the line begins that `at` stands on.
    pub fn line_of(&mut self, at: usize) -> usize {
        self.line_at(at).start
    }

    /// Where the first of one of [`CLOSES`] stands from `at` on, if that is on the same line.
    pub fn close(&mut self, at: usize, byte: u8) -> Option<usize> {
        let end = self.line_at(at).end;
        let index = CLOSES.iter().position(|close| *close == byte)?;
        let known = self.closes[index].filter(|close| *close >= at);
        let close = known.unwrap_or_else(|| {
            let found = memchr::memchr(byte, &self.text.as_bytes()[at..]);
            found.map_or(self.text.len(), |length| at + length)
        });
        self.closes[index] = Some(close);
        Some(close).filter(|close| *close < end)
    }

    /// Whether a line may belong to a list: going up, a list marker comes before a line that stands at the margin.
    fn in_list(&self, line: usize) -> bool {
        let mut at = line;
        for _ in 0..200 {
            if at == 0 {
                return false;
            }
            let start = self.line_start(at - 1);
            let above = &self.text[start..at - 1];
            if list_marker(above.trim_start().as_bytes()).is_some() {
                return true;
            }
            if !above.trim().is_empty() && !above.starts_with([' ', '\t']) {
                return false;
            }
            at = start;
        }
        false
    }
}

/// A line without the indentation, quote and list marks before its text.
fn strip_containers(line: &str) -> &str {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
        let Some(marker) = list_marker(&bytes[at..]) else { return &line[at..] };
        at += marker;
    }
}

/// Length of the list marker that a line begins with.
fn list_marker(line: &[u8]) -> Option<usize> {
    let number = match line.first()? {
        b'-' | b'*' | b'+' => 0,
        b'0'..=b'9' => line.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => return None,
    };
    let is_marked = number == 0 || (number < 10 && matches!(line.get(number), Some(b'.' | b')')));
    (is_marked && matches!(line.get(number + 1), None | Some(b' ' | b'\t' | b'\r'))).then_some(number + 1)
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

/// Width of leading white space in columns, with tab stops of four.
fn columns(prefix: &str) -> usize {
    prefix.bytes().fold(0, |column, byte| if byte == b'\t' { (column / 4 + 1) * 4 } else { column + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str, mdx: bool) -> (String, Vec<(MarkKind, String, Vec<String>)>) {
        let masked = mask(text, 0, mdx);
        let marks = masked.marks.iter().map(|mark| {
            let titles = mark.titles.iter().map(|title| title.slice(text).to_owned()).collect();
            (mark.kind, mark.name.slice(text).to_owned(), titles)
        });
        (masked.text.replace('\u{1A}', "§").replace('\u{1C}', "°"), marks.collect())
    }

    #[test]
    fn constructs_on_their_own_lines_become_breaks() {
        use MarkKind::*;
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
            let (text, marks) = masked(text, false);
            assert_eq!(text, expected);
            let titles = titles.iter().map(ToString::to_string).collect();
            assert_eq!(marks[0], (kind, name.to_owned(), titles), "{expected}");
        }
    }

    #[test]
    fn a_sentence_after_a_mark_is_no_title() {
        for text in ["> [!TIP] Mind this\n> text.\n", "[!TIP] Mind this\n\nText", "> [!TIP] Mind this\n\nText"] {
            assert_eq!(masked(text, false).0, text);
        }
    }

    #[test]
    fn mdx_is_masked_only_in_mdx() {
        let text = "import X from 'x';\n\n<Tabs\n  a={1}\n>\n\t<TabItem label=\"One\">Text</TabItem>\n</Tabs>\n";
        let (out, marks) = masked(text, true);
        assert_eq!(out, "                  \n\n***  \n       \n \n\t§§§§§§§§§§§§§§§§§§§§§Text§§§§§§§§§§\n***    \n");
        assert_eq!(marks.iter().map(|mark| mark.1.as_str()).collect::<Vec<_>>(), ["Tabs", "Tabs"]);
        assert_eq!(masked(text, false).0, text);
    }

    #[test]
    fn inline_constructs_vanish_or_stand_for_themselves() {
        assert_eq!(masked("See [!DNL Tidewater] {#see}", false).0, "See °°°°°°Tidewater° °°°°°°");
        assert_eq!(masked("## Plans {/*plans*/}", true).0, "## Plans °°°°°°°°°°°");
        assert_eq!(masked("Use {{< param v >}} now", false).0, "Use §§§§§§§§§§§§§§§ now");
        assert_eq!(mask("# A {#a-b}\n", 0, false).ids.len(), 1);
    }

    #[test]
    fn a_mark_may_end_inside_a_character_of_the_construct() {
        let (text, marks) = masked("{.🀰}\n\nText 🀰\n", false);
        assert_eq!(text, "***    \n\nText 🀰\n");
        assert_eq!(marks.len(), 1);
    }

    #[test]
    fn code_is_left_alone() {
        for text in ["```\n{{< x >}}\n:::\n```\n", "> ~~~md\n> :::note\n> ~~~\n", "- ```\n  +++\n  ```\n"] {
            assert_eq!(masked(text, true).0, text);
        }
    }
}
