//! How to use a baseline, and where its file is.

use camino::{Utf8Path, Utf8PathBuf};

/// The default file name, next to the configuration.
pub const FILE_NAME: &str = "isogloss-baseline.json";

/// How to use a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Do not use one.
    Off,
    /// Use it if the file exists.
    IfThere(Utf8PathBuf),
    /// Use it; the file must exist.
    Read(Utf8PathBuf),
    /// The same for a file that is named on the command line, which may be anywhere.
    Named(Utf8PathBuf),
    /// Write all findings to it.
    Write {
        /// The file.
        path: Utf8PathBuf,
        /// Whether it is named on the command line and may be anywhere.
        named: bool,
        /// Whether later runs find it by default.
        usual: bool,
    },
}

impl Default for Choice {
    /// The one in the current folder, if it exists.
    fn default() -> Self {
        Self::IfThere(FILE_NAME.into())
    }
}

impl Choice {
    /// The path of the file.
    pub fn path(&self) -> Option<&Utf8Path> {
        match self {
            Self::Off => None,
            Self::IfThere(path) | Self::Read(path) | Self::Named(path) | Self::Write { path, .. } => Some(path),
        }
    }

    /// Whether the file is named on the command line.
    pub(super) fn is_named(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Write { named: true, .. })
    }
}

/// How to use a baseline, and what its path is relative to.
#[derive(Debug, Clone, Copy)]
pub struct Location<'c> {
    /// How to use it.
    pub choice: &'c Choice,
    /// The configuration file, if there is one.
    pub configuration: Option<&'c Utf8Path>,
}
