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
        if let Command::Man(man::ManArgs { command: Some(written) }) = &cli.command {
            let program = Self::command();
            let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            if !names.contains(&written.as_str()) {
                let help = suggestion(written, names.iter().copied());
                let message = format!("unknown subcommand `{written}`; {help}");
                return Err(Self::command().error(ErrorKind::ValueValidation, message));
            }
        }
        Ok(cli)
    }
}
