//! Writing files atomically, and only where allowed.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use super::open::open;
use super::refusal::Refusal;
use super::tree::{Tree, is_git, normalized, real_path};

/// Prefix of temporary file names, before the id of the writing process.
const PREFIX: &str = ".isogloss-";
/// Suffix of temporary file names.
const SUFFIX: &str = ".tmp";

/// A file to write, by its real path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Without links, unless it is outside the tree.
    path: PathBuf,
}

impl Tree {
    /// The file to write at `path`. A path inside the tree must really lead there. Outside the tree, only paths `named` on the
    /// command line are allowed. Nothing is written into `.git`.
    ///
    /// # Errors
    /// If writing there is not allowed, or its folder does not exist.
    pub fn output(&self, path: &Path, named: bool) -> io::Result<Output> {
        let absolute = std::path::absolute(path)?;
        if named && !self.is_written_inside(&absolute) {
            let is_in_git =
                |path: &Path| path.components().any(|part| matches!(part, Component::Normal(name) if is_git(name)));
            let real = fs::canonicalize(&absolute).or_else(|_| real_path(&absolute))?;
            if is_in_git(&normalized(&absolute)) || is_in_git(&real) {
                return Err(Refusal::InGit.into());
            }
            return Ok(Output { path: absolute });
        }
        Ok(Output { path: self.target(&absolute)? })
    }
}

impl Output {
    /// Whether both are the same file, whatever links lead to it, and even if the file system ignores case.
    pub fn is_same(&self, other: &Self) -> bool {
        let folded = |path: &Path| {
            let real = fs::canonicalize(path).or_else(|_| real_path(path)).unwrap_or_else(|_| path.to_owned());
            real.to_string_lossy().to_lowercase()
        };
        folded(&self.path) == folded(&other.path) || is_same_file(&self.path, &other.path)
    }

    /// Whether it is standard output.
    pub fn is_stdout(&self) -> bool {
        ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].iter().any(|name| self.path == Path::new(name))
            || is_same_file(&self.path, Path::new("/dev/stdout"))
    }

    /// Writes the file with `write`: first to a temporary file in the same folder, which then replaces it, so that no reader
    /// sees half of it and a failure keeps the old one. A pipe or a device is written to directly.
    ///
    /// # Errors
    /// An error of the file system or of `write`; the file is then unchanged.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        if fs::metadata(&self.path).is_ok_and(|metadata| !metadata.is_file()) {
            let mut out = BufWriter::new(open_special(&self.path)?);
            write(&mut out)?;
            return out.flush();
        }
        // Replaces the target of a link, not the link.
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        remove_abandoned(folder);
        let prefix = format!("{PREFIX}{}-", std::process::id());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // The default of new files, subject to the umask; temporary files are otherwise readable only by their owner.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        // Shows other processes that the file is in use. Not every file system has locks.
        let _ = lock(file.as_file());
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(&target)?;
        Ok(())
    }
}

/// Opens a pipe or a device for writing; a named pipe without a reader is an error instead of a wait.
fn open_special(path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    let _reader = {
        use std::os::unix::fs::OpenOptionsExt;
        let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
        OpenOptions::new().write(true).custom_flags(flags.bits() as i32).open(path)?
    };
    OpenOptions::new().write(true).open(path)
}

/// Whether two paths lead to one file on disk.
#[cfg(unix)]
fn is_same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(a), Ok(b)) = (fs::metadata(a), fs::metadata(b)) else { return false };
    a.is_file() && b.is_file() && (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(not(unix))]
fn is_same_file(_: &Path, _: &Path) -> bool {
    false
}

/// Removes temporary files that killed runs left in a folder; keeps those in doubt.
fn remove_abandoned(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_abandoned = writer_of(&entry.file_name()).is_some_and(|process| is_abandoned(&entry.path(), process));
        if is_abandoned {
            // A failure is harmless: the next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The id of the process in the name of a temporary file; `None` for other names.
fn writer_of(name: &OsStr) -> Option<u32> {
    let (process, random) = name.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    let is_random = random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    process.parse().ok().filter(|_| is_random)
}

/// Whether a temporary file is a regular one that no process is writing.
#[cfg(unix)]
fn is_abandoned(path: &Path, process: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return false };
    let is_dead = test_kill_process(process) == Err(rustix::io::Errno::SRCH);
    // A process in another container may be invisible, but its lock is not.
    is_dead && open(path).is_ok_and(|file| lock(&file).is_ok())
}

#[cfg(not(unix))]
fn is_abandoned(path: &Path, _: u32) -> bool {
    use std::time::Duration;
    let age = |file: &File| file.metadata().ok()?.modified().ok()?.elapsed().ok();
    open(path).is_ok_and(|file| age(&file).is_some_and(|age| age > Duration::from_secs(3600)))
}

#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    Ok(rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive)?)
}

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<()> {
    Ok(())
}
