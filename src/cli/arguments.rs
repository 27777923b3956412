//! The command line as a whole.

use std::ffi::OsString;
use std::num::NonZeroUsize;

use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use super::{align, check, completions, config, diff, explain, init, man, quantities, rules, status};
use crate::nearest::suggestion;
use crate::report::Destination;

const EXAMPLES: &str = "\
Examples:
  isogloss init                       look around, and write a configuration
  isogloss check                      as configured, or the current folder
  isogloss check en=docs fr=docs.fr   two folders, one a language
  isogloss status                     how far behind each locale is
  isogloss diff content/fr/plans.md   one page side by side
  isogloss explain sla-mismatch       what a rule means

Exit codes:
  0  no findings at or above --fail-on
  1  findings
  2  wrong usage or configuration
  3  incomplete: something could not be read or compared, or the history is missing";

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
    /// When to use colours; `auto` is on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 900)]
    pub color: ColorChoice,
}

/// The subcommands, the most needed first.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report what is missing, out of date or different in the translations
    Check(Box<check::CheckArgs>),
    /// Look at the documents, and write a configuration that fits them
    Init(init::InitArgs),
    /// Show how far behind each locale is, in a table
    Status(status::StatusArgs),
    /// Show a page side by side in two languages, and what differs
    Diff(Box<diff::DiffArgs>),
    /// Explain a rule
    Explain(explain::ExplainArgs),
    /// List all rules
    Rules(rules::RulesArgs),
    /// Show the configuration in force, and where each value comes from
    Config(config::ShowArgs),
    /// Print which blocks of a translation stand for which of the source
    Align(align::AlignArgs),
    /// Print the quantities that are read in each line of a text
    Quantities(quantities::QuantitiesArgs),
    /// Print a script that completes command lines in a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

impl Cli {
    /// How many threads the command line asks for.
    pub fn jobs(&self) -> Option<NonZeroUsize> {
        match &self.command {
            Command::Check(check) => check.jobs,
            _ => None,
        }
    }

    /// Reads the command line, the program's name included.
    ///
    /// # Errors
    /// For wrong usage and for `--help` and `--version`; [`clap::Error::exit`] prints it and ends with the right code.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        if let Command::Check(check) = &cli.command
            && let Some(place) = Destination::shared(&check.format)
        {
            let message = format!("two formats are written to {place}");
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        if let Command::Man(man::ManArgs { command: Some(written) }) = &cli.command {
            let program = Self::command();
            let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            if !names.contains(&written.as_str()) {
                let help = suggestion(written, names.iter().copied());
                let message = format!("invalid value '{written}' for '[COMMAND]': there is no such subcommand: {help}");
                return Err(Self::command().error(ErrorKind::ValueValidation, message));
            }
        }
        Ok(cli)
    }
}
