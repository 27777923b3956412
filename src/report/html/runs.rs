//! Text in runs that are alternately plain and marked.

use std::ops::Range;

use isogloss_align::changes::{Side, unicode_words};

use crate::sanitize::{is_unsafe, replacement};
use isogloss_text::floor_char_boundary;

/// Runs of text: plain at even indexes, marked at odd ones. An empty marked run is a gap: the place where something is
/// expected.
pub(super) type Runs = Vec<String>;

/// Bytes shown before and after a mark.
const AROUND: usize = 480;
/// Bytes before and after a place that are searched for the paragraph around it, which may have thousands of findings.
const SEEN_AROUND: usize = 8 * 1024;
/// Bytes shown of a marked run.
const MARKED: usize = 2_400;
/// Lines shown before and after a gap.
const AROUND_GAP: usize = 3;
/// Longer texts are not compared word by word.
const LONGEST_COMPARED: usize = 20_000;

/// The text at `place`, in bytes, with the paragraph around it, or with the lines around it if the place is empty.
pub(super) fn excerpt(text: &str, place: Range<usize>) -> Runs {
    let start = floor_char_boundary(text, place.start);
    let end = floor_char_boundary(text, place.end.max(start));
    let first = floor_char_boundary(text, start.saturating_sub(SEEN_AROUND));
    let last = floor_char_boundary(text, end + SEEN_AROUND);
    excerpt_of(&text[first..last], start - first..end - first, first == 0)
}

/// The same in a part of a text, and whether that is its start; the place is on character boundaries.
fn excerpt_of(text: &str, Range { start, end }: Range<usize>, is_beginning: bool) -> Runs {
    let (before, marked, after) = (&text[..start], &text[start..end], &text[end..]);
    if marked.is_empty() {
        return vec![shown(end_of(lines_before(before))), String::new(), shown(start_of(lines_after(after)))];
    }
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    // Text that is marked from the start to the end of its lines is a block.
    let whole = is_opening(&text[first..start]) && text[end..last].trim().is_empty();
    let is_alone = whole || is_beginning && in_front_matter(text, first);
    let around = if is_alone { first..last } else { paragraph(text, first..last) };
    let marked = marked.trim_end();
    let end = start + marked.len();
    let after = text[end..around.end.max(end)].trim_end();
    vec![shown(end_of(&text[around.start..start])), shown(cut_in_the_middle(marked, MARKED)), shown(start_of(after))]
}

/// The changes of a text: its old words with the removed ones marked, and its new words with the added ones marked.
pub(super) fn changes(old: &str, new: &str) -> (Runs, Runs) {
    if old.len() + new.len() > LONGEST_COMPARED {
        return (vec![shown(cut_in_the_middle(old, MARKED))], vec![shown(cut_in_the_middle(new, MARKED))]);
    }
    let (mut was, mut now) = (Marked::default(), Marked::default());
    let mut between = String::new();
    for (side, word) in unicode_words(old, new) {
        if side == Side::Both {
            between.push_str(word);
            continue;
        }
        // A space between two changed words does not end a mark.
        let joins = !between.is_empty() && between.trim().is_empty();
        let between = std::mem::take(&mut between);
        for text in [&mut was, &mut now] {
            text.push_between(&between, joins);
        }
        let text = if side == Side::Old { &mut was } else { &mut now };
        text.push(word, true);
    }
    (was.finish(&between), now.finish(&between))
}

/// A builder of runs.
#[derive(Default)]
struct Marked(Vec<String>);

impl Marked {
    fn is_marked(&self) -> bool {
        !self.0.is_empty() && self.0.len().is_multiple_of(2)
    }

    fn push(&mut self, text: &str, marked: bool) {
        if self.0.is_empty() {
            self.0.push(String::new());
        }
        if self.is_marked() != marked {
            self.0.push(String::new());
        }
        if let Some(run) = self.0.last_mut() {
            run.push_str(text);
        }
    }

    /// Unchanged text; `joins` leaves it marked if it follows a mark.
    fn push_between(&mut self, text: &str, joins: bool) {
        if !text.is_empty() {
            self.push(text, joins && self.is_marked());
        }
    }

    /// The runs, long ones truncated: plain ones keep the text next to a mark.
    fn finish(mut self, rest: &str) -> Runs {
        self.push_between(rest, false);
        let last = self.0.len().saturating_sub(1);
        let cut = |(index, run): (usize, &String)| match index {
            _ if index % 2 == 1 => shown(cut_in_the_middle(run, MARKED)),
            0 if last > 0 => shown(end_of(run)),
            _ if index == last && last > 0 => shown(start_of(run)),
            _ => shown(cut_in_the_middle(run, 2 * AROUND)),
        };
        self.0.iter().enumerate().map(cut).collect()
    }
}

/// The end of a text; all of it if it is short.
fn end_of(text: &str) -> String {
    if text.len() <= AROUND {
        return text.to_owned();
    }
    format!("…{}", &text[floor_char_boundary(text, text.len() - AROUND)..])
}

/// The start of a text; all of it if it is short.
fn start_of(text: &str) -> String {
    if text.len() <= AROUND {
        return text.to_owned();
    }
    format!("{}…", &text[..floor_char_boundary(text, AROUND)])
}

/// Both ends of a text; all of it if it has at most that many bytes.
fn cut_in_the_middle(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let (head, tail) = (floor_char_boundary(text, most * 2 / 3), floor_char_boundary(text, text.len() - most / 3));
    format!("{} […] {}", &text[..head], &text[tail..])
}

/// The last lines of the paragraph that ends a text.
fn lines_before(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = text.len();
    for _ in 0..AROUND_GAP {
        let above = text[..start].strip_suffix('\n').unwrap_or(&text[..start]);
        let line = above.rfind('\n').map_or(0, |newline| newline + 1);
        if above[line..].trim().is_empty() {
            break;
        }
        start = line;
    }
    &text[start..]
}

/// The first lines of the paragraph that starts a text.
fn lines_after(text: &str) -> &str {
    let text = text.trim_start_matches(['\n', '\r']);
    let mut end = 0;
    for line in text.split_inclusive('\n').take(AROUND_GAP) {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    text[..end].trim_end()
}

/// The lines of the paragraph, item or row that `lines` are part of.
fn paragraph(text: &str, lines: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = lines;
    while start > 0 && !begins(&text[start..end]) {
        let before = text[..start - 1].rfind('\n').map_or(0, |newline| newline + 1);
        if text[before..start].trim().is_empty() {
            break;
        }
        start = before;
    }
    while end < text.len() {
        let after = text[end + 1..].find('\n').map_or(text.len(), |newline| end + 1 + newline);
        let line = &text[end + 1..after];
        if line.trim().is_empty() || begins(line) {
            break;
        }
        end = after;
    }
    start..end
}

/// Whether a line starts a separate block: an item, a row, a heading, a quote, a tag.
fn begins(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['|', '#', '>', '<']) || is_opening_word(line) || (numbered.len() < line.len() && is_dot(numbered))
}

fn is_opening_word(line: &str) -> bool {
    ["- ", "* ", "+ "].iter().any(|marker| line.starts_with(marker))
}

fn is_dot(line: &str) -> bool {
    line.starts_with(". ") || line.starts_with(") ")
}

/// Whether the text before a mark in its line is empty, or only the marker of an item, a heading or a quote.
fn is_opening(before: &str) -> bool {
    before.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || "-*+.)#>".contains(c))
}

/// Whether an offset is in front matter, whose lines are independent of each other.
fn in_front_matter(text: &str, offset: usize) -> bool {
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence)) else { return false };
    text[3..].find(&format!("\n{fence}")).is_some_and(|end| offset <= end + 3)
}

/// Text as a browser can show it: line breaks and tabs stay, and other invisible characters are made visible.
fn shown(text: impl AsRef<str>) -> String {
    let text = text.as_ref().replace("\r\n", "\n");
    text.chars().map(|c| if is_unsafe(c) && !matches!(c, '\n' | '\t') { replacement(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_inside_its_paragraph_and_a_block_by_itself() {
        let text = "---\ntitle: a\npin: 1234\n---\n\n# Plans\n\nFirst line\nhas 4 hours and\nmore.\n\n- one 5\n- two\n  more\n\n| a | 6 h |\n| b | 7 h |\n";
        for (marked, runs) in [
            ("4 hours", ["First line\nhas ", "4 hours", " and\nmore."]),
            ("one 5", ["- ", "one 5", ""]),
            ("two\n  more", ["- ", "two\n  more", ""]),
            ("more\n\n|", ["- two\n  ", "more\n\n|", " a | 6 h |"]),
            ("6 h", ["| a | ", "6 h", " |"]),
            ("1234", ["pin: ", "1234", ""]),
            ("# Plans", ["", "# Plans", ""]),
        ] {
            let at = text.find(marked).unwrap();
            assert_eq!(excerpt(text, at..at + marked.len()), runs, "{marked}");
        }
    }

    #[test]
    fn a_gap_is_between_its_neighbors() {
        let text = "# Plans\n\none\ntwo\nthree\nfour\n\nfive\r\nsix\n";
        for (at, runs) in [
            (text.find("five").unwrap(), ["two\nthree\nfour", "", "five\nsix"]),
            (text.find("# ").unwrap(), ["", "", "# Plans"]),
            (text.find("one").unwrap(), ["# Plans", "", "one\ntwo\nthree"]),
            (text.len(), ["five\nsix", "", ""]),
            (usize::MAX, ["five\nsix", "", ""]),
        ] {
            assert_eq!(excerpt(text, at..at), runs);
        }
    }

    #[test]
    fn changed_words_are_marked_on_both_sides() {
        for (old, new, was, now) in [
            (
                "Tidewater keeps 30 versions.",
                "Tidewater keeps 20 old versions.",
                &["Tidewater keeps ", "30", " versions."][..],
                &["Tidewater keeps ", "20 old", " versions."][..],
            ),
            ("same", "same", &["same"], &["same"]),
            ("", "new", &[], &["", "new"]),
            ("a b c", "x y c", &["", "a b", " c"], &["", "x y", " c"]),
            ("keep it", "keep", &["keep", " it"], &["keep"]),
        ] {
            assert_eq!(
                changes(old, new),
                (was.iter().map(|&s| s.into()).collect(), now.iter().map(|&s| s.into()).collect())
            );
        }
    }

    #[test]
    fn long_text_is_cut_where_no_mark_is() {
        let long = "日本 ".repeat(400);
        let (was, now) = changes(&format!("{long}4 {long}"), &format!("{long}5 {long}"));
        assert_eq!((was[1].as_str(), now[1].as_str()), ("4", "5"));
        assert!(was[0].starts_with('…') && was[2].ends_with('…') && was[0].len() < 500 && was[2].len() < 500);
        let runs = excerpt(&format!("a {long}"), 2..long.len());
        assert!(runs[1].contains(" […] ") && runs[1].len() < 2_500);
        let (was, _) = changes(&long.repeat(20), "");
        assert_eq!(was.len(), 1);
    }

    #[test]
    fn no_place_and_no_text_breaks_an_excerpt() {
        let text = "é\r\n\u{202E}日\n\n\u{1B}|- \n";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let runs = excerpt(text, start..end);
                assert_eq!(runs.len(), 3);
                assert!(!runs.concat().contains(['\u{202E}', '\u{1B}']), "{runs:?}");
            }
        }
    }
}
