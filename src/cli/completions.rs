//! `isogloss completions`.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

const EXAMPLES: &str = "\
Examples:
  isogloss completions bash > ~/.local/share/bash-completion/completions/isogloss
  isogloss completions zsh > ~/.zfunc/_isogloss       with ~/.zfunc in fpath
  isogloss completions fish > ~/.config/fish/completions/isogloss.fish";

/// Arguments of `completions`.
#[derive(Debug, Clone, Args)]
#[command(after_help = EXAMPLES)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Writes the script for `program`.
///
/// # Errors
/// The errors of `out`.
pub fn run(arguments: &CompletionsArgs, mut program: Command, out: &mut dyn Write) -> io::Result<()> {
    // Written to memory first, because the generator exits if it cannot write, for example to a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut program, "isogloss", &mut script);
    out.write_all(&script)
}
