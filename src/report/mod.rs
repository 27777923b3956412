//! Reports: one file a format, one list, and what is said around the findings.
//!
//! A format is a function from a [`Report`] to text. Documents are hostile: every format neutralises what comes out of
//! them, so that neither a terminal nor a parser takes text for commands.

mod destination;
mod json;
mod jsonl;
mod notices;
mod options;
mod pretty;
mod progress;
mod short;
mod summary;
#[cfg(test)]
mod tests;
mod visible;

use std::io;
use std::sync::Arc;

use camino::Utf8Path;

use crate::finding::{Finding, Notice};

pub use self::destination::{Destination, write_file};
pub(crate) use self::json::write_line as write_json_line;
pub use self::notices::write_notices;
pub use self::options::{Options, Palette};
pub use self::progress::Progress;
pub use self::summary::{Counts, LocaleSummary, Summary, write_summary};
pub(crate) use self::visible::{stand_in, visible};

/// What a run found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Counts over the whole run.
    pub summary: Summary,
    /// In the order of [`Finding::sort_key`], with their severities after configuration.
    pub findings: Vec<Finding>,
    /// What is worth telling besides.
    pub notices: Vec<Notice>,
}

/// Gives the text of a document by its path as in the finding; `None` if it is not at hand.
///
/// It must be the text that the findings' byte offsets are in.
pub type Sources<'a> = dyn Fn(&Utf8Path) -> Option<Arc<str>> + 'a;

/// A way to write findings.
#[derive(Debug)]
pub struct Format {
    /// As on the command line.
    pub name: &'static str,
    /// What it is for, in one line without a full stop.
    pub summary: &'static str,
    /// Writes the report, in small pieces: the writer should buffer. Its errors
    /// are passed up, a broken pipe among them.
    pub write: fn(&Report, &Sources<'_>, Options, &mut dyn io::Write) -> io::Result<()>,
}

/// All formats, in the order in which they are documented; the first is the default.
pub static FORMATS: &[Format] = &[
    Format { name: "pretty", summary: "For people: both sides, the thing itself underlined", write: pretty::write },
    Format { name: "short", summary: "One line a finding, as editors and grep like it", write: short::write },
    Format { name: "json", summary: "One object with everything", write: json::write },
    Format { name: "jsonl", summary: "One object a line, one line a finding", write: jsonl::write },
];

/// The format with that name.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
