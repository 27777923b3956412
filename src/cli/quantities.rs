//! `isogloss quantities`.

use std::fs;
use std::io::{self, Read, Write};

use camino::Utf8PathBuf;
use clap::Args;
use memchr::memchr_iter;
use owo_colors::OwoColorize;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::error::Error;
use super::values;
use crate::finding::{Notice, NoticeLevel};
use crate::json::write_line as write_json_line;
use crate::report::Options;
use crate::sanitize::{Sanitized, visible};
use isogloss_quantities::{Quantity, Reader, Strength};
use isogloss_text::Locale;

const EXAMPLES: &str = "\
Examples:
  isogloss quantities --locale sv plans.md
  echo 'within 2 business days' | isogloss quantities --locale en --format jsonl";

/// Arguments of `quantities`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct QuantitiesArgs {
    /// File to read [default: standard input]
    #[arg(value_name = "FILE")]
    pub file: Option<Utf8PathBuf>,
    /// Locale of the text
    #[arg(short, long, value_name = "LOCALE", value_parser = values::locale)]
    pub locale: Locale,
    /// Output format; in `jsonl`, one object per line, `start` and `end` count characters from 0
    #[arg(short, long, value_name = "NAME", default_value = "text", value_parser = values::word(&QuantitiesFormat::NAMES))]
    pub format: QuantitiesFormat,
}

/// The formats of `quantities`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantitiesFormat {
    /// For people.
    Text,
    /// One object per line of the text.
    Jsonl,
}

impl QuantitiesFormat {
    const NAMES: [(&'static str, Self); 2] = [("text", Self::Text), ("jsonl", Self::Jsonl)];
}

/// One line of the text and its quantities, as in the JSON format.
#[derive(Serialize)]
struct Line<'t> {
    line: usize,
    quantities: Vec<Row<'t>>,
}

/// One quantity; `start` and `end` are 0-based and count the Unicode scalar values of its line.
#[derive(Serialize)]
struct Row<'t> {
    kind: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    /// The values that it may have instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<String>,
    text: &'t str,
    start: usize,
    end: usize,
    /// How strongly it needs a counterpart.
    strength: &'static str,
    #[serde(skip)]
    described: String,
}

/// Writes the quantities of each line: for programs every line, for people only lines with quantities.
///
/// # Errors
/// If the text cannot be read, or `out` cannot be written to.
pub fn run(arguments: &QuantitiesArgs, options: Options, out: &mut dyn Write) -> Result<(), Error> {
    let text = read(arguments)?;
    let reader = Reader::for_locale(&arguments.locale);
    let lines = text.lines().zip(1..).map(|(text, line)| Line { line, quantities: rows(&reader.read(text), text) });
    match arguments.format {
        QuantitiesFormat::Jsonl => {
            for line in lines {
                write_json_line(&line, out)?;
            }
        }
        QuantitiesFormat::Text => write_table(&lines.collect::<Vec<_>>(), options, out)?,
    }
    Ok(())
}

/// The notice for a locale without data, or without number words.
pub fn notice(locale: &Locale) -> Option<Notice> {
    let (reader, name) = (Reader::for_locale(locale), locale.name());
    let message = if !reader.has_names() {
        format!("no data for {name}; reading only digits and common symbols")
    } else if !reader.has_number_words() {
        format!("no number words for {name}; reading digits and the names of months and units")
    } else {
        return None;
    };
    Some(Notice { level: NoticeLevel::Note, path: None, message })
}

fn read(arguments: &QuantitiesArgs) -> Result<String, Error> {
    let name = || arguments.file.as_ref().map_or("standard input".to_owned(), |file| format!("`{file}`"));
    let bytes = if let Some(file) = &arguments.file {
        fs::read(file)
    } else {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    };
    let bytes = bytes.map_err(|error| Error::Unreadable { name: name(), error })?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Error::NotUtf8 { name: name(), line: memchr_iter(b'\n', valid).count() + 1 }
    })
}

/// A row for each quantity of `line`; quantities are sorted and do not overlap.
fn rows<'t>(quantities: &[Quantity], line: &'t str) -> Vec<Row<'t>> {
    let (mut bytes, mut scalars) = (0, 0);
    let row = |quantity: &Quantity| {
        let range = quantity.span.range();
        let text = quantity.span.slice(line);
        let start = scalars + line[bytes..range.start].chars().count();
        let end = start + text.chars().count();
        (bytes, scalars) = (range.end, end);
        Row {
            kind: quantity.kind.as_str(),
            value: quantity.value(),
            unit: quantity.unit().map(str::to_owned),
            alternatives: quantity.alternatives(),
            text,
            start,
            end,
            strength: quantity.strength.as_str(),
            described: quantity.describe(),
        }
    };
    quantities.iter().map(row).collect()
}

/// `line: text → kind value`, in columns.
fn write_table(lines: &[Line<'_>], options: Options, out: &mut dyn Write) -> io::Result<()> {
    let palette = options.palette();
    let mut out = Sanitized::new(out);
    let arrow = if options.unicode { "→" } else { "->" };
    let rows = || lines.iter().flat_map(|line| line.quantities.iter().map(move |row| (line.line, row)));
    let digits = rows().last().map_or(0, |(line, _)| line.to_string().len());
    let width = rows().map(|(_, row)| visible(row.text).width()).max().unwrap_or_default();
    let kinds = rows().map(|(_, row)| row.kind.len()).max().unwrap_or_default();
    for (line, row) in rows() {
        let text = visible(row.text);
        let padding = width - text.width();
        let line = format!("{line:digits$}:");
        let kind = format!("{:kinds$}", row.kind);
        let (line, kind) = (line.style(palette.place), kind.style(palette.strong));
        let described = visible(&row.described);
        // The description of an amount has its alternative already.
        let is_moment = matches!(row.kind, "time" | "date");
        let weak = if row.strength == Strength::Weak.as_str() { " (may not be a number)" } else { "" };
        let or = row.alternatives.iter().filter(|_| is_moment).map(|other| format!(" or {other}")).collect::<String>();
        writeln!(
            out,
            "{line} {text}{:padding$} {arrow} {kind} {described}{}",
            "",
            format_args!("{or}{weak}").style(palette.faint)
        )?;
    }
    out.flush()
}
