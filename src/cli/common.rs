//! What several subcommands do alike.

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
    // A current folder that is gone or has no UTF-8 name holds no configuration that could be named.
    resolve(&current.unwrap_or_default())
}

/// Says why nothing was done; the exit code for wrong usage.
pub(super) fn refuse(message: &str) -> ExitCode {
    write_error(message);
    ExitCode::from(2)
}

/// Writes to standard error.
pub fn write_error(message: &str) {
    // Without a standard error there is nobody to tell.
    let _ = Sanitized::new(io::stderr().lock()).write_all(message.as_bytes());
}

/// Prints what clap has to say, be it help or a mistake in the command line; the exit code that goes with it.
pub fn explain_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Nobody reads it to its end, at worst.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    // Arguments may be file names, as of hooks, and these may hold anything.
    let rendered = error.render();
    let color = Options::for_stderr(ColorChoice::Auto).color;
    refuse(&if color { rendered.ansi().to_string() } else { rendered.to_string() })
}
