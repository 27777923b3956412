//! Opening files: the one place that decides what may be read, and how much of it, and where may be written.
//!
//! A checkout may come from a stranger, and a file in it may be a link, a pipe or a device. What has merely a well-known name
//! there is opened with [`open`] or [`Tree::read`]: a regular file only, without following a link. What the command line names
//! is opened with [`open_named`] or [`read_named`]. Every file is read up to a limit.

mod output;
mod tree;

use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

pub use output::Output;
pub use tree::Tree;

const MIB: u64 = 1024 * 1024;

/// The largest configuration file that is read, in bytes.
pub const LARGEST_CONFIGURATION: u64 = MIB;
/// The largest `.gitignore` or `.isoglossignore` that is read, in bytes.
pub const LARGEST_IGNORE_FILE: u64 = MIB;
/// The largest baseline that is read, in bytes: some 500,000 findings.
pub const LARGEST_BASELINE: u64 = 64 * MIB;
/// The largest document that is read, in bytes.
pub const LARGEST_DOCUMENT: u64 = 64 * MIB;

/// Why a file is not read, though the system would let us. It is the inner error of an [`io::Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The last part of the path is a symbolic link.
    Link,
    /// It is something else than a regular file.
    NotRegular(&'static str),
    /// It has more bytes than this.
    TooLarge(u64),
    /// Its real path is outside of the tree that it has to be in, which is called this.
    Outside(&'static str),
    /// It is inside of `.git`.
    InGit,
}

impl Refusal {
    /// The refusal in an error, if it is one.
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

/// Opens the regular file at `path` to read it; its last part is not followed if it is a link.
///
/// # Errors
/// What the system says, or a [`Refusal`]. Never waits, as for somebody to write into a named pipe.
pub fn open(path: &Path) -> io::Result<File> {
    let (file, _) = open_regular(path, false)?;
    Ok(file)
}

/// The same, following links: for a document that the command line names.
///
/// # Errors
/// As [`open`].
pub fn open_following(path: &Path) -> io::Result<File> {
    let (file, _) = open_regular(path, true)?;
    Ok(file)
}

/// The bytes of the regular file at `path`, of which there may be `limit`; its last part is not followed if it is a link.
///
/// # Errors
/// As [`open`], and if the file is larger.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, metadata) = open_regular(path, false)?;
    read_to_limit(file, metadata.len(), limit)
}

/// The same, following links: for a document that the command line names.
///
/// # Errors
/// As [`read`].
pub fn read_following(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, metadata) = open_regular(path, true)?;
    read_to_limit(file, metadata.len(), limit)
}

/// The bytes of a file that the command line names, which may be a link, or a pipe that a shell made.
///
/// # Errors
/// What the system says, or if it has more than `limit` bytes.
pub fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(Refusal::NotRegular(kind_of(metadata.file_type())).into());
    }
    read_to_limit(file, metadata.len(), limit)
}

/// Bytes as text.
///
/// # Errors
/// If they are not UTF-8; the error has none of the text.
pub fn into_text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// Reads `file` to its end, unless that is more than `limit` bytes away, whatever `length` it claims to have.
fn read_to_limit(file: File, length: u64, limit: u64) -> io::Result<Vec<u8>> {
    if length > limit {
        return Err(Refusal::TooLarge(limit).into());
    }
    // One more than there should be, so that the end is found without growing.
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Refusal::TooLarge(limit).into()) } else { Ok(bytes) }
}

fn open_regular(path: &Path, follow: bool) -> io::Result<(File, Metadata)> {
    let opened = open_without_waiting(path, follow).and_then(|file| {
        let metadata = file.metadata()?;
        Ok((file, metadata))
    });
    match opened {
        Ok((file, metadata)) if metadata.is_file() => Ok((file, metadata)),
        Ok((_, metadata)) => Err(Refusal::NotRegular(kind_of(metadata.file_type())).into()),
        Err(error) => Err(explain(path, follow).map_or(error, io::Error::from)),
    }
}

/// Why a path could not be opened, if it is because of what is there: systems have different codes for that.
fn explain(path: &Path, follow: bool) -> Option<Refusal> {
    let found = if follow { fs::metadata(path) } else { fs::symlink_metadata(path) }.ok()?;
    match found.file_type() {
        kind if kind.is_symlink() => Some(Refusal::Link),
        kind if kind.is_file() => None,
        kind => Some(Refusal::NotRegular(kind_of(kind))),
    }
}

#[cfg(unix)]
fn open_without_waiting(path: &Path, follow: bool) -> io::Result<File> {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt;
    // Opening a pipe would wait for a writer, and opening a terminal would make it ours.
    let mut flags = OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    flags.set(OFlags::NOFOLLOW, !follow);
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path, follow: bool) -> io::Result<File> {
    if let Some(refusal) = explain(path, follow) {
        return Err(refusal.into());
    }
    OpenOptions::new().read(true).open(path)
}

/// What something that is no regular file is called.
fn kind_of(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_char_device() || kind.is_block_device() {
            return "a device";
        }
    }
    if kind.is_dir() {
        "a folder"
    } else if kind.is_symlink() {
        "a symbolic link"
    } else {
        "something else"
    }
}

/// Whether a part of a path is git's own folder, also where case does not matter.
fn is_git(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case(".git")
}

#[cfg(test)]
mod tests;
