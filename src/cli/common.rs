//! Code shared by subcommands.

use std::io::{self, Write};
use std::process::ExitCode;

use camino::{Utf8Path, Utf8PathBuf};
use clap::ColorChoice;

use crate::config::ConfigError;
use crate::report::Options;
use crate::sanitize::Sanitized;

/// Resolves a configuration from the current folder.
pub(super) fn load<T>(resolve: impl FnOnce(&Utf8Path) -> Result<T, ConfigError>) -> Result<T, ConfigError> {
    let current = std::env::current_dir().ok().and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    // A current folder that was deleted or whose path is not UTF-8 cannot contain a configuration.
    resolve(&current.unwrap_or_default())
}

/// Prints an error and returns the exit code for wrong usage.
pub(super) fn refuse(message: &str) -> ExitCode {
    write_error(message);
    ExitCode::from(2)
}

/// Writes to standard error.
pub fn write_error(message: &str) {
    // Errors writing to standard error cannot be reported.
    let _ = Sanitized::new(io::stderr().lock()).write_all(message.as_bytes());
}

/// Prints the help or usage error of clap and returns the exit code.
pub fn explain_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // The pipe may be closed.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // Arguments may be file names, for example in hooks, and contain anything.
    let rendered = error.render();
    let color = Options::for_stderr(ColorChoice::Auto).color;
    refuse(&if color { rendered.ansi().to_string() } else { rendered.to_string() })
}
