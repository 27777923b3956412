//! Aligned columns for a terminal.

use std::io;

use indicatif::HumanCount;
use owo_colors::{OwoColorize, Style};
use unicode_width::UnicodeWidthStr;

use super::overview::Status;
use super::row::Row;
use super::row::percent;
use crate::report::{Options, Palette};
use crate::sanitize::Sanitized;

/// The column headings.
pub(super) const HEADS: [&str; 10] =
    ["locale", "pages", "cover", "fresh", "stale", "cosmetic", "unknown", "missing", "words", "human"];
/// The legend below the table; `--help` has more.
const LEGEND: &str = "stale: source reworded; missing: paragraphs; words: source words to translate";

pub(super) fn write(status: &Status, options: Options, out: &mut dyn io::Write) -> io::Result<()> {
    let out: &mut dyn io::Write = &mut Sanitized::new(out);
    let palette = options.palette();
    if !status.rows.is_empty() {
        writeln!(out, "{}\n", extent(status))?;
        let rows: Vec<[String; HEADS.len()]> = status.rows.iter().map(|row| cells(row, options.unicode)).collect();
        write_rows(status, &rows, options, out)?;
        writeln!(out, "\n{}", LEGEND.style(palette.faint))?;
    }
    if let Some(note) = guessed(status) {
        writeln!(out, "{note}")?;
    }
    if let Some(why) = status.unjudged {
        writeln!(out, "{why}")?;
    }
    out.flush()
}

fn write_rows(
    status: &Status,
    rows: &[[String; HEADS.len()]],
    options: Options,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let palette = options.palette();
    let heads = HEADS.map(str::to_owned);
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|column| rows.iter().chain([&heads]).map(|cells| cells[column].width()).max().unwrap_or(0))
        .collect();
    let total: usize = widths.iter().sum();
    // A one-column gap is enough between numbers if there is no room for two.
    let gap = if total + 2 * (HEADS.len() - 1) > options.width { " " } else { "  " };
    let mut line = |cells: &[String; HEADS.len()], styles: [Style; HEADS.len()]| -> io::Result<()> {
        for (column, (cell, style)) in cells.iter().zip(styles).enumerate() {
            let room = " ".repeat(widths[column] - cell.width());
            match column {
                0 => write!(out, "{}{room}", cell.style(style))?,
                _ => write!(out, "{gap}{room}{}", cell.style(style))?,
            }
        }
        writeln!(out)
    };
    line(&heads, [palette.faint; HEADS.len()])?;
    for (row, cells) in status.rows.iter().zip(rows) {
        line(cells, styles(row, &palette))?;
    }
    Ok(())
}

/// "142 pages in English, 81,203 words".
pub(super) fn extent(status: &Status) -> String {
    let counted =
        |count: usize, noun: &str| format!("{} {noun}{}", HumanCount(count as u64), if count == 1 { "" } else { "s" });
    let (pages, words) = (counted(status.pages, "page"), counted(status.words, "word"));
    match &status.source {
        Some(source) => format!("{pages} in {}, {words}", source.name()),
        None => format!("{pages} without a source, {words} in the most complete translations"),
    }
}

/// The number of pages with estimated freshness, if any.
pub(super) fn guessed(status: &Status) -> Option<String> {
    let count: usize = status.rows.iter().map(|row| row.guessed).sum();
    let pages = if count == 1 { "page without a source commit" } else { "pages without a source commit" };
    (count > 0).then(|| {
        let count = HumanCount(count as u64);
        format!("{count} {pages}: freshness estimated from the date of the last change")
    })
}

/// The contents of the columns.
pub(super) fn cells(row: &Row, unicode: bool) -> [String; HEADS.len()] {
    let none = || if unicode { "–" } else { "-" }.to_owned();
    let number = |count: usize| HumanCount(count as u64).to_string();
    let known = |count: Option<usize>| count.map_or_else(none, number);
    let share = |share: Option<f64>| share.map_or_else(none, percent);
    [
        row.locale.to_string(),
        number(row.pages),
        share(row.coverage),
        known(row.fresh),
        known(row.stale),
        known(row.cosmetic),
        number(row.unknown),
        number(row.missing),
        number(row.words.total),
        share(row.human.map(|human| human.share)),
    ]
}

/// Highlights what needs work, and dims zeros and unknown values.
fn styles(row: &Row, palette: &Palette) -> [Style; HEADS.len()] {
    let if_any = |count: usize, style: Style| if count > 0 { style } else { palette.faint };
    let known = |count: Option<usize>, style: Style| if_any(count.unwrap_or(0), style);
    let plain = Style::new();
    [
        palette.strong,
        plain,
        if row.pages < row.expected { palette.warning } else { plain },
        known(row.fresh, palette.other),
        known(row.stale, palette.warning),
        known(row.cosmetic, plain),
        if_any(row.unknown, plain),
        if_any(row.missing, palette.error),
        if_any(row.words.total, plain),
        if row.human.is_some() { plain } else { palette.faint },
    ]
}
