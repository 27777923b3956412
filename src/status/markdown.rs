//! A table for comments and pages. It contains no text from documents: locales are registered tags, and the rest are counts.

use std::io;

use super::overview::Status;
use super::table::{HEADS, cells, extent, guessed};
use crate::report::Options;

pub(super) fn write(status: &Status, _: Options, out: &mut dyn io::Write) -> io::Result<()> {
    if !status.rows.is_empty() {
        writeln!(out, "{}\n", extent(status))?;
        writeln!(out, "| {} |", HEADS.join(" | "))?;
        writeln!(out, "| --- |{}", " ---: |".repeat(HEADS.len() - 1))?;
        for row in &status.rows {
            writeln!(out, "| {} |", cells(row, true).join(" | "))?;
        }
    }
    if let Some(note) = guessed(status) {
        writeln!(out, "\n{note}")?;
    }
    match status.unjudged {
        Some(why) => writeln!(out, "\n{why}"),
        None => Ok(()),
    }
}
