//! What a format is.

use std::io;

use super::options::Options;
use super::outcome::Report;
use super::sources::Sources;

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
