//! Reports: one file per format, one list, and the output around the findings.
//!
//! A format is a function from a [`Report`] to text. Documents are untrusted: every format escapes their text, so that
//! neither a terminal nor a parser interprets it.

mod checkstyle;
mod destination;
mod format;
mod formats;
mod github;
mod gitlab;
mod help;
mod html;
mod json;
mod jsonl;
mod junit;
mod markdown;
mod notices;
mod options;
mod outcome;
mod pretty;
mod progress;
mod rdjson;
mod sarif;
mod short;
mod sources;
mod summary;
#[cfg(test)]
mod tests;
mod utf16;
mod xml;

pub use self::destination::{Destination, write_file};
pub use self::format::Format;
pub use self::formats::{FORMATS, find};
pub use self::github::append_job_summary;
pub use self::notices::write_notices;
pub use self::options::{Options, Palette};
pub use self::outcome::Report;
pub use self::progress::Progress;
pub use self::sources::Sources;
pub(crate) use self::summary::plural;
pub use self::summary::{Counts, LocaleSummary, PageSummary, Summary, write_summary};
