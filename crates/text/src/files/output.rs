//! Writing files: whole or not at all, and nowhere that nobody asked for.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use super::tree::{normalized, real_path};
use super::{Refusal, Tree, is_git};

/// How the names of temporary files begin; the id of the process that writes them follows.
const PREFIX: &str = ".isogloss-";
/// How they end.
const SUFFIX: &str = ".tmp";

/// A file that is to be written, by its real path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Without links, unless it is outside of the tree.
    path: PathBuf,
}

impl Tree {
    /// The file to write at `path`. What is written to be in the tree really has to be there; of other places the command line
    /// may name any, and a configuration none. Nothing is written into `.git`.
    ///
    /// # Errors
    /// If it may not be written, or its folder does not exist.
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
    /// Whether both are one file: whatever links lead to it, and whether or not case matters there.
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

    /// Writes it through `write`: beside it first, then renamed, so that nobody ever reads half of it and a failed run
    /// leaves the old one. A pipe or a device is written to as it is.
    ///
    /// # Errors
    /// What the file system or `write` says; the file is then as it was.
    pub fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        if fs::metadata(&self.path).is_ok_and(|metadata| !metadata.is_file()) {
            let mut out = BufWriter::new(open_special(&self.path)?);
            write(&mut out)?;
            return out.flush();
        }
        // A link stays one: what it leads to is replaced.
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        remove_left(folder);
        let prefix = format!("{PREFIX}{}-", std::process::id());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // What any new file gets, less the user's mask; temporary files would be readable by their owner only.
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        // As long as this process lives, others can see that the file is not left over. Not every file system has locks.
        let _ = lock(file.as_file());
        let mut out = BufWriter::new(file);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(&target)?;
        Ok(())
    }
}

/// Opens a pipe or a device to write to it; nobody reading a named pipe is an error, and nothing to wait for.
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

/// Removes what runs that were killed left in a folder; whatever is in doubt stays.
fn remove_left(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let is_left = process_of(&entry.file_name()).is_some_and(|process| is_left(&entry.path(), process));
        if is_left {
            // The next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The process whose temporary file has this name, if it is the name of one.
fn process_of(name: &OsStr) -> Option<u32> {
    let (process, random) = name.to_str()?.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.split_once('-')?;
    let is_random = random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric());
    process.parse().ok().filter(|_| is_random)
}

/// Whether a temporary file is a regular one that no process is about to finish.
#[cfg(unix)]
fn is_left(path: &Path, process: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return false };
    let is_dead = test_kill_process(process) == Err(rustix::io::Errno::SRCH);
    // A process in another container may not be seen, but its lock is.
    is_dead && super::open(path).is_ok_and(|file| lock(&file).is_ok())
}

#[cfg(not(unix))]
fn is_left(path: &Path, _: u32) -> bool {
    use std::time::Duration;
    let age = |file: &File| file.metadata().ok()?.modified().ok()?.elapsed().ok();
    super::open(path).is_ok_and(|file| age(&file).is_some_and(|age| age > Duration::from_secs(3600)))
}

#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    Ok(rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive)?)
}

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<()> {
    Ok(())
}
