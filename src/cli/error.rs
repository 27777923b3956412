//! What can go wrong while a subcommand prints what it was asked for.

use std::io;

/// Why a subcommand has not printed everything; its words are one sentence without a full stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input cannot be read.
    #[error("cannot read {name}: {error}")]
    Unreadable {
        /// What was to be read, in words.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// The input is in another encoding, or is no text.
    #[error("cannot read {name}: line {line} is not valid UTF-8")]
    NotUtf8 {
        /// What was read, in words.
        name: String,
        /// The first line that is wrong, from 1.
        line: usize,
    },
    /// The output cannot be written to; nobody reading it any longer (a broken pipe) is no fault.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
}
