//! Opening and reading files.

use std::fs::{self, File, FileType, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::refusal::Refusal;

/// Opens the regular file at `path` for reading. If `path` itself is a symbolic link, it is refused.
///
/// # Errors
/// An error of the operating system, or a [`Refusal`]. Never blocks, for example on a named pipe without a writer.
pub fn open(path: &Path) -> io::Result<File> {
    let (file, _) = open_regular(path, false)?;
    Ok(file)
}

/// Like [`open`], but follows links: for documents named on the command line.
///
/// # Errors
/// As [`open`].
pub fn open_following(path: &Path) -> io::Result<File> {
    let (file, _) = open_regular(path, true)?;
    Ok(file)
}

/// Reads the regular file at `path`, up to `limit` bytes. If `path` itself is a symbolic link, it is refused.
///
/// # Errors
/// As [`open`], and if the file is larger.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, metadata) = open_regular(path, false)?;
    read_to_limit(file, metadata.len(), limit)
}

/// Like [`read`], but follows links: for documents named on the command line.
///
/// # Errors
/// As [`read`].
pub fn read_following(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let (file, metadata) = open_regular(path, true)?;
    read_to_limit(file, metadata.len(), limit)
}

/// Reads a file named on the command line, which may be a link, or a pipe made by a shell.
///
/// # Errors
/// An error of the operating system, or if the file has more than `limit` bytes.
pub fn read_named(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(Refusal::NotRegular(kind_of(metadata.file_type())).into());
    }
    read_to_limit(file, metadata.len(), limit)
}

/// Converts bytes to text.
///
/// # Errors
/// If they are not UTF-8; the error contains none of the text.
pub fn into_text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not valid UTF-8"))
}

/// Reads `file` to its end, up to `limit` bytes, whatever its metadata says about its `length`.
fn read_to_limit(file: File, length: u64, limit: u64) -> io::Result<Vec<u8>> {
    if length > limit {
        return Err(Refusal::TooLarge(limit).into());
    }
    // One spare byte, so that the end is found without reallocating.
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

/// Why a path could not be opened, if it is because of its file type: error codes differ between systems.
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
    // Otherwise opening a pipe waits for a writer, and opening a terminal makes it the controlling one.
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

/// What to call a file that is not a regular one.
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
