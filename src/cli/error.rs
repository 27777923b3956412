//! Errors of subcommands that print results.

use std::io;

/// Why a subcommand could not print everything; messages have no full stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input cannot be read.
    #[error("cannot read {name}: {error}")]
    Unreadable {
        /// The name of the input.
        name: String,
        /// The system's message.
        error: io::Error,
    },
    /// The input has another encoding or is not text.
    #[error("cannot read {name}: line {line} is not valid UTF-8")]
    NotUtf8 {
        /// The name of the input.
        name: String,
        /// The first invalid line, from 1.
        line: usize,
    },
    /// The output cannot be written to; a broken pipe is not an error.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}
