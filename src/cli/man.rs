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
    /// The subcommand whose page is wanted, instead of that of the program
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Writes the page of `program`, or of one of its subcommands, as roff, for section 1 of the manual.
///
/// # Errors
/// Those of `out`.
pub fn run(arguments: &ManArgs, mut program: Command, out: &mut dyn Write) -> io::Result<()> {
    // Makes the subcommands know their full names and the options that they share.
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
