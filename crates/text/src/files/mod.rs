//! Careful access to files: the one place that decides what may be read, how much of it, and where may be written.
//!
//! A checkout may come from a stranger, and a file in it may be a link, a pipe or a device. Files found by a well-known name are
//! opened with [`open`] or [`Tree::read`], which accept only regular files and follow no link. Files named on the command line
//! are read with [`read_named`] or [`Tree::read_named`]. Every read has a limit.

mod open;
mod output;
mod refusal;
mod tree;

pub use open::{into_text, open, open_following, read, read_following, read_named};
pub use output::Output;
use refusal::MIB;
pub use refusal::Refusal;
pub use tree::Tree;

/// Maximum size of a configuration file, in bytes.
pub const LARGEST_CONFIGURATION: u64 = MIB;
/// Maximum size of a `.gitignore` or `.isoglossignore`, in bytes.
pub const LARGEST_IGNORE_FILE: u64 = MIB;
/// Maximum size of a baseline, in bytes: about 500,000 findings.
pub const LARGEST_BASELINE: u64 = 64 * MIB;
/// Maximum size of a document, in bytes.
pub const LARGEST_DOCUMENT: u64 = 64 * MIB;

#[cfg(test)]
mod tests;
