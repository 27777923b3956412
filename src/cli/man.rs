//! `isogloss man`.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_mangen::Man;

const EXAMPLES: &str = "\
Examples:
  isogloss man | man -l -
  isogloss man check > isogloss-check.1";

/// Arguments of `man`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct ManArgs {
    /// Subcommand to print the page of, instead of the program's
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Writes the page of `program`, or of one of its subcommands, as roff, for section 1 of the manual.
///
/// # Errors
/// The errors of `out`.
pub fn run(arguments: &ManArgs, mut program: Command, out: &mut dyn Write) -> io::Result<()> {
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
