//! The command line: one file per subcommand, with its arguments and, unless it needs more, its implementation.
//!
//! Usage errors are reported here, in one sentence and with exit code 2.

pub mod align;
pub mod check;
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

use std::ffi::OsString;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use crate::config::ConfigError;
use crate::report::{Destination, Options};
use crate::sanitize::Sanitized;
pub use error::Error;

const EXAMPLES: &str = "\
Examples:
  isogloss check                      check the configured or the current folder
  isogloss check en=docs fr=docs.fr   check two folders, one per language
  isogloss init                       write a configuration
  isogloss status                     show the state of each locale
  isogloss diff content/fr/plans.md   show a page side by side
  isogloss explain sla-mismatch       explain a rule

Exit codes:
  0  no findings at or above --fail-on
  1  findings
  2  wrong usage or configuration
  3  incomplete check: something could not be read, compared or looked up";

/// Keep translated Markdown documentation consistent with its source
#[derive(Debug, Parser)]
#[command(
    name = "isogloss",
    version,
    after_help = EXAMPLES,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use color; `auto` means on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 900)]
    pub color: ColorChoice,
}

/// The subcommands, the most important first.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report what translations are missing, what is outdated and what differs
    Check(Box<check::CheckArgs>),
    /// Detect the layout of the documents and write a configuration
    Init(init::InitArgs),
    /// Show how complete and how fresh each locale is
    Status(status::StatusArgs),
    /// Show a page side by side in two languages, with the differences
    Diff(Box<diff::DiffArgs>),
    /// Explain a rule
    Explain(explain::ExplainArgs),
    /// List all rules
    Rules(rules::RulesArgs),
    /// Show the effective configuration and where each value comes from
    Config(config::ShowArgs),
    /// Print which blocks of a translation correspond to which of the source
    Align(align::AlignArgs),
    /// Print the quantities found in each line of a text
    Quantities(quantities::QuantitiesArgs),
    /// Print a shell completion script
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

impl Cli {
    /// The number of threads of the command line.
    pub fn jobs(&self) -> Option<NonZeroUsize> {
        match &self.command {
            Command::Check(check) => check.jobs,
            _ => None,
        }
    }

    /// Parses the command line, including the program's name.
    ///
    /// # Errors
    /// For usage errors and for `--help` and `--version`; [`clap::Error::exit`] prints it and exits with the right
    /// code.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        if let Command::Check(check) = &cli.command
            && let Some(place) = Destination::shared(&check.format)
        {
            let message = format!("two formats cannot both be written to {place}");
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(cli)
    }
}

/// Resolves a configuration from the current folder.
fn load<T>(resolve: impl FnOnce(&Utf8Path) -> Result<T, ConfigError>) -> Result<T, ConfigError> {
    let current = std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    // A current folder that was removed or has no UTF-8 name cannot contain a configuration.
    resolve(&current.unwrap_or_default())
}

/// Prints an error and returns the exit code for wrong usage.
fn refuse(message: &str) -> ExitCode {
    write_error(message);
    ExitCode::from(2)
}

/// Writes to standard error.
pub fn write_error(message: &str) {
    // Errors of standard error cannot be reported.
    let _ = Sanitized::new(io::stderr().lock()).write_all(message.as_bytes());
}

/// Prints the help or usage error of clap and returns the exit code.
pub fn explain_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // The pipe may be closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // Arguments may be file names, as in hooks, with any content.
    let rendered = error.render();
    let color = Options::for_stderr(ColorChoice::Auto).color;
    refuse(&if color { rendered.ansi().to_string() } else { rendered.to_string() })
}
