//! The command line: one file per subcommand, with its arguments and, unless it needs more, its implementation.
//!
//! Usage errors are reported here, in one sentence and with exit code 2.

pub mod align;
mod arguments;
pub mod check;
mod common;
pub mod completions;
pub mod config;
pub mod configuration;
pub mod diff;
mod error;
pub mod explain;
pub mod init;
pub mod man;
pub mod quantities;
pub mod rules;
pub mod status;
#[cfg(test)]
mod tests;
pub mod threads;
mod values;

pub use arguments::{Cli, Command};
pub use common::{explain_usage, write_error};
pub use error::Error;
