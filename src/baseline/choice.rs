//! What to do about a baseline, and where its file is.

use camino::{Utf8Path, Utf8PathBuf};

/// The file's name, beside the configuration, unless another is given.
pub const FILE_NAME: &str = "isogloss-baseline.json";

/// What to do about a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// There is none.
    Off,
    /// It is used if the file is there.
    IfThere(Utf8PathBuf),
    /// It is used, and must be there.
    Read(Utf8PathBuf),
    /// The same, where the command line names it: it may be anywhere.
    Named(Utf8PathBuf),
    /// All findings are written to it.
    Write {
        /// The file.
        path: Utf8PathBuf,
        /// Whether the command line names it, so that it may be anywhere.
        named: bool,
        /// Whether later runs find it without being told.
        usual: bool,
    },
}

impl Default for Choice {
    /// The one in the current folder, if it is there.
    fn default() -> Self {
        Self::IfThere(FILE_NAME.into())
    }
}

impl Choice {
    /// Its file.
    pub fn path(&self) -> Option<&Utf8Path> {
        match self {
            Self::Off => None,
            Self::IfThere(path) | Self::Read(path) | Self::Named(path) | Self::Write { path, .. } => Some(path),
        }
    }

    /// Whether the command line names its file.
    pub(super) fn is_named(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Write { named: true, .. })
    }
}

/// What to do about a baseline, and what its path is relative to.
#[derive(Debug, Clone, Copy)]
pub struct Location<'c> {
    /// What to do about it.
    pub choice: &'c Choice,
    /// The configuration file, if there is one.
    pub configuration: Option<&'c Utf8Path>,
}
