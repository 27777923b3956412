//! Why files are refused.

use std::fmt;
use std::io;

/// A mebibyte, in bytes.
pub(super) const MIB: u64 = 1024 * 1024;

/// Why a file is refused, although the operating system allows access. The inner error of an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The last part of the path is a symbolic link.
    Link,
    /// It is not a regular file but this.
    NotRegular(&'static str),
    /// It has more than this many bytes.
    TooLarge(u64),
    /// Its real path is outside the tree that it has to be in: a repository or a folder.
    Outside(&'static str),
    /// It is inside `.git`.
    InGit,
}

impl Refusal {
    /// The refusal inside an error, if any.
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link => f.write_str("it is a symbolic link, which is not followed"),
            Self::NotRegular(kind) => write!(f, "it is {kind}, not a regular file"),
            Self::TooLarge(limit) if limit % MIB == 0 => write!(f, "it is larger than {} MiB", limit / MIB),
            Self::TooLarge(limit) => write!(f, "it is larger than {limit} bytes"),
            Self::Outside(tree) => write!(f, "it is outside of the {tree}"),
            Self::InGit => f.write_str("it is inside of `.git`"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::TooLarge(_) => io::ErrorKind::FileTooLarge,
            Refusal::Link | Refusal::NotRegular(_) | Refusal::Outside(_) | Refusal::InGit => {
                io::ErrorKind::InvalidInput
            }
        };
        Self::new(kind, refusal)
    }
}
