//! `isogloss man`.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::Cli;
use crate::config::nearest::suggestion;

const EXAMPLES: &str = "\
Examples:
  isogloss man | man -l -
  isogloss man check > isogloss-check.1";

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ManArgs {
    /// Subcommand to print the page of, instead of the program's
    #[arg(value_name = "COMMAND", value_parser = subcommand)]
    pub command: Option<String>,
}

fn subcommand(written: &str) -> Result<String, String> {
    let command = Cli::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    if names.contains(&written) {
        return Ok(written.to_owned());
    }
    Err(format!("unknown subcommand; {}", suggestion(written, names.iter().copied())))
}

/// Writes the page as roff, for section 1 of the manual.
///
/// # Errors
/// The errors of `out`.
pub fn run(arguments: &ManArgs, out: &mut dyn Write) -> io::Result<()> {
    let mut program = Cli::command();
    // Sets the full names and shared options of the subcommands.
    program.build();
    let wanted = arguments.command.as_ref().and_then(|name| program.find_subcommand(name)).cloned();
    let command = match wanted {
        // The page of `isogloss check` is called `isogloss-check`.
        Some(command) => {
            let name = format!("isogloss-{}", command.get_name());
            command.name(name).version(env!("CARGO_PKG_VERSION"))
        }
        None => program,
    };
    Man::new(command).render(&mut &mut *out)
}
