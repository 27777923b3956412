//! Two documents side by side, for people: the output of `isogloss diff`.
//!
//! The reference is on the left and the translation on the right, each block with its line number, so that both can be read top
//! to bottom. `rows` decides which blocks share a row, `cell` wraps text, and this module draws the table.

mod cell;
mod rows;

use std::io;
use std::ops::Range;

use owo_colors::{OwoColorize, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use self::cell::Line;
use self::rows::{Part, Row};
use crate::analysis::{PairView, Version};
use crate::finding::Finding;
use crate::report::{Counts, Options, Palette};
use crate::sanitize::{Sanitized, visible};
use isogloss_document::Document;

/// The minimum width of the line numbers, in columns.
const LEAST_GUTTER: usize = 3;
/// The width of the frame between the two sides and after the line numbers: ` 12 text │  14 text`.
const FRAME: usize = 5;
/// The maximum number of lines of a block with findings, and of a context block.
const MOST_LINES: usize = 8;
const MOST_CONTEXT: usize = 2;
/// Indentation of wrapped messages.
const INDENT: &str = "    ";

/// Writes the reference next to a translation. `findings` are those about the translation; only what they are about is shown, or
/// everything with `all`.
///
/// # Errors
/// The errors of `out`.
pub fn write(
    view: &PairView<'_>,
    findings: &[Finding],
    all: bool,
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let out: &mut dyn io::Write = &mut Sanitized::new(out);
    let (reference, translation) = (&view.reference.document, &view.translation.document);
    let mut rows = rows::rows(reference, translation, &view.comparison.alignment);
    let of_the_whole = rows::attach(&mut rows, reference, translation, findings);
    let table = Table::new(view, findings, all, options);
    table.write_head(&of_the_whole, out)?;
    let mut is_first = true;
    for part in rows::fold(&rows, reference, translation, all) {
        match part {
            Part::Row { index, is_context } => table.write_row(&rows[index], is_context, out)?,
            // If no row is shown, the last line says so.
            Part::Fold { blocks } if is_first && blocks == rows.len() => {}
            Part::Fold { blocks } => table.write_fold(blocks, out)?,
        }
        is_first = false;
    }
    table.write_foot(out)?;
    out.flush()
}

/// The characters of the frame.
struct Signs {
    between: &'static str,
    gap: &'static str,
    rule: &'static str,
    under: &'static str,
    more: &'static str,
    fold: &'static str,
    differs: &'static str,
    moved: &'static str,
}

const UNICODE: Signs =
    Signs {
        between: "│", gap: "╌", rule: "─", under: "‾", more: "…", fold: "⋮", differs: "≠", moved: "↕"
    };
const ASCII: Signs =
    Signs { between: "|", gap: "-", rule: "-", under: "^", more: "...", fold: ":", differs: "#", moved: "~" };

struct Table<'v> {
    view: &'v PairView<'v>,
    findings: &'v [Finding],
    options: Options,
    palette: Palette,
    signs: &'static Signs,
    /// Whether blocks are shown in full.
    all: bool,
    /// The width of the line numbers of each side, in columns.
    gutters: [usize; 2],
    /// The width of the text of each side, in columns.
    columns: [usize; 2],
}

impl<'v> Table<'v> {
    fn new(view: &'v PairView<'v>, findings: &'v [Finding], all: bool, options: Options) -> Self {
        let gutter = |version: &Version<'_>| version.document.lines().lines().to_string().len().max(LEAST_GUTTER);
        let gutters = [gutter(view.reference), gutter(view.translation)];
        let room = options.width.saturating_sub(gutters[0] + gutters[1] + FRAME);
        let columns = [room.div_ceil(2), room / 2];
        let signs = if options.unicode { &UNICODE } else { &ASCII };
        Self { view, findings, options, palette: options.palette(), signs, all, gutters, columns }
    }

    fn documents(&self) -> [&'v Document; 2] {
        [&self.view.reference.document, &self.view.translation.document]
    }

    /// The names of the two files, and the findings about the whole translation.
    fn write_head(&self, of_the_whole: &[usize], out: &mut dyn io::Write) -> io::Result<()> {
        let name = |side: usize, version: &Version<'_>| {
            let path = visible(version.member.path.as_str());
            let name = clip_start(&path, self.columns[side] + self.gutters[side], self.signs.more);
            vec![Line { text: name, ..Line::default() }]
        };
        let names = [name(0, self.view.reference), name(1, self.view.translation)];
        let [left, right] = names.map(|lines| lines.into_iter().map(|line| line.text).collect::<String>());
        let width = self.gutters[0] + 1 + self.columns[0];
        let padding = " ".repeat(width.saturating_sub(left.width()));
        let strong = self.palette.strong;
        writeln!(out, "{}{padding} {} {}", left.style(strong), self.faint(self.signs.between), right.style(strong))?;
        let rule = |side: usize| self.signs.rule.repeat(self.gutters[side] + 1 + self.columns[side]);
        let cross = if self.options.unicode { "─┼─" } else { "-+-" };
        writeln!(out, "{}", self.faint(&format!("{}{cross}{}", rule(0), rule(1))))?;
        of_the_whole.iter().try_for_each(|&index| self.write_note(&self.findings[index], out))
    }

    fn write_row(&self, row: &Row, is_context: bool, out: &mut dyn io::Write) -> io::Result<()> {
        let documents = self.documents();
        let is_heading = row.is_heading(documents[0], documents[1]);
        let severity = row.findings.iter().map(|&index| self.findings[index].severity).max();
        let style = match severity {
            _ if is_heading => self.palette.strong,
            None if is_context => self.palette.faint,
            _ => Style::new(),
        };
        let loud = severity.map_or(self.palette.other, |severity| self.palette.severity(severity));
        let mut cells = [self.cell(0, row, is_context), self.cell(1, row, is_context)];
        if is_heading {
            cells.iter_mut().enumerate().for_each(|(side, cell)| self.rule_off(side, cell));
        }
        let sign = self.sign(row);
        let lines = [self.styled(0, &cells[0], row.left.is_empty(), style, loud), {
            self.styled(1, &cells[1], row.right.is_empty(), style, loud)
        }];
        for index in 0..lines[0].len().max(lines[1].len()) {
            let (sign, sign_style) = if index == 0 { (sign, loud) } else { (self.signs.between, self.palette.faint) };
            let sign_style = if sign == self.signs.between { self.palette.faint } else { sign_style };
            let blank = || " ".repeat(self.gutters[0] + 1 + self.columns[0]);
            let left = lines[0].get(index).cloned().unwrap_or_else(blank);
            let right = lines[1].get(index).map_or("", |line| line.trim_end());
            let line = format!("{left} {} {right}", sign.style(sign_style));
            writeln!(out, "{}", line.trim_end())?;
        }
        row.findings.iter().try_for_each(|&index| self.write_note(&self.findings[index], out))
    }

    /// The lines of one side of a row.
    fn cell(&self, side: usize, row: &Row, is_context: bool) -> Vec<Line> {
        let (blocks, document) =
            if side == 0 { (row.left.clone(), self.documents()[0]) } else { (row.right.clone(), self.documents()[1]) };
        if blocks.is_empty() {
            return self.gap(side, row);
        }
        let marks = self.marks(side, row, document);
        let lines = cell::lines(document, blocks, &marks, self.columns[side]);
        let most = if is_context { MOST_CONTEXT } else { MOST_LINES };
        if self.all { lines } else { cell::clip(&lines, most, self.signs.more) }
    }

    /// The cell of the side that lacks a block: the line where the block is expected, or where it is instead.
    fn gap(&self, side: usize, row: &Row) -> Vec<Line> {
        let document = self.documents()[side];
        if let Some(block) = row.elsewhere {
            let line = document.lines_of(&document.blocks[block as usize]).0;
            let text = format!("at line {line}");
            let lines = textwrap::wrap(&text, self.columns[side]).into_iter();
            return lines.map(|text| Line { text: text.into_owned(), ..Line::default() }).collect();
        }
        let place = row.findings.iter().find_map(|&index| {
            let finding = &self.findings[index];
            if side == 1 { Some(finding.range) } else { finding.related.first().map(|related| related.range) }
        });
        let number = place.map(|range| range.start.line);
        // Blocks that are missing together share one location.
        let text = if number.is_some() { self.signs.gap.repeat(self.columns[side]) } else { String::new() };
        vec![Line { number, text, marks: Vec::new() }]
    }

    /// The parts of a block that findings point at, in bytes of the file.
    fn marks(&self, side: usize, row: &Row, document: &Document) -> Vec<Range<u32>> {
        let blocks = if side == 0 { &row.left } else { &row.right };
        let whole = |mark: &Range<u32>| {
            blocks.clone().any(|block| {
                let span = document.blocks[block as usize].span;
                mark.start <= span.start && span.end <= mark.end
            })
        };
        let findings = row.findings.iter().map(|&index| &self.findings[index]);
        let ranges = findings.filter_map(|finding| {
            if side == 1 { Some(finding.range) } else { finding.related.first().map(|related| related.range) }
        });
        ranges.map(|range| range.start.byte..range.end.byte).filter(|mark| !mark.is_empty() && !whole(mark)).collect()
    }

    /// Draws a rule from the end of a heading to the end of its column.
    fn rule_off(&self, side: usize, cell: &mut [Line]) {
        let Some(line) = cell.last_mut() else { return };
        let room = self.columns[side].saturating_sub(line.text.width() + 1);
        if room > 0 && !line.text.is_empty() {
            line.text.push(' ');
            line.text.push_str(&self.signs.rule.repeat(room));
        }
    }

    /// The lines of a cell with their numbers, padded to the column's width, and underlines below those with marks.
    fn styled(&self, side: usize, cell: &[Line], is_gap: bool, style: Style, loud: Style) -> Vec<String> {
        let style = if is_gap { loud } else { style };
        let mut lines = Vec::with_capacity(cell.len());
        for line in cell {
            let number = line.number.map_or(String::new(), |number| number.to_string());
            let gutter = self.gutters[side];
            let mut text = String::new();
            let mut from = 0;
            for mark in &line.marks {
                text.push_str(&painted(&line.text[from..mark.start], style));
                text.push_str(&painted(&line.text[mark.clone()], loud));
                from = mark.end;
            }
            text.push_str(&painted(&line.text[from..], style));
            let padding = " ".repeat(self.columns[side].saturating_sub(line.text.width()));
            lines.push(format!("{} {text}{padding}", self.faint(&format!("{number:>gutter$}"))));
            if let Some(under) = cell::underline(line, self.signs.under) {
                let padding = " ".repeat(self.columns[side].saturating_sub(under.width()));
                lines.push(format!("{:gutter$} {}{padding}", "", painted(&under, loud)));
            }
        }
        lines
    }

    fn sign(&self, row: &Row) -> &'static str {
        match (row.left.is_empty(), row.right.is_empty()) {
            _ if row.elsewhere.is_some() => self.signs.moved,
            (true, _) => ">",
            (_, true) => "<",
            _ if !row.findings.is_empty() => self.signs.differs,
            _ => self.signs.between,
        }
    }

    /// A finding's message, below what it is about.
    fn write_note(&self, finding: &Finding, out: &mut dyn io::Write) -> io::Result<()> {
        let icon = self.options.icon(finding.severity).style(self.palette.severity(finding.severity)).to_string();
        let text = format!("{}: {}", finding.rule.style(self.palette.strong), visible(&finding.message));
        let first = format!("  {icon} ");
        let wrapping = textwrap::Options::new(self.options.width).initial_indent(&first).subsequent_indent(INDENT);
        writeln!(out, "{}", textwrap::fill(&text, wrapping))
    }

    fn write_fold(&self, blocks: usize, out: &mut dyn io::Write) -> io::Result<()> {
        let text = format!("{:>width$} {blocks} more blocks", self.signs.fold, width = self.gutters[0]);
        writeln!(out, "{}", self.faint(&text))
    }

    /// A summary of the findings, in one line.
    fn write_foot(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut counts = Counts::default();
        self.findings.iter().for_each(|finding| counts.add(finding.severity));
        let summary = if counts.is_empty() {
            "no findings".style(self.palette.other).to_string()
        } else {
            counts.describe(&self.palette)
        };
        writeln!(out, "{}: {summary}", self.view.translation.locale().style(self.palette.strong))
    }

    fn faint(&self, text: &str) -> String {
        painted(text, self.palette.faint)
    }
}

/// Styled text. Empty text gets no escape sequences.
fn painted(text: &str, style: Style) -> String {
    if text.is_empty() { String::new() } else { text.style(style).to_string() }
}

/// The end of a text that fits into that many columns: the end of a path is the most informative part.
fn clip_start(text: &str, columns: usize, ellipsis: &str) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(ellipsis.width());
    let mut used = 0;
    let mut start = text.len();
    for (at, c) in text.char_indices().rev() {
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        start = at;
    }
    format!("{ellipsis}{}", &text[start..])
}

#[cfg(test)]
mod tests;
