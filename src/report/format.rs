//! What a format is.

use std::io;

use super::options::Options;
use super::outcome::Report;
use super::sources::Sources;

/// An output format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Summary in one line without a full stop.
    pub summary: &'static str,
    /// Writes the report in small pieces, so the writer should buffer. Returns the writer's errors, including a broken
    /// pipe.
    pub write: fn(&Report, &Sources<'_>, Options, &mut dyn io::Write) -> io::Result<()>,
}
