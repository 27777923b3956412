//! The contents of a run's documents: from disk, unless the run checks another version of them, such as git's index.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::finding::Notice;
use isogloss_text::encoding::decode;
use isogloss_text::files::{self, LARGEST_DOCUMENT, Refusal};

/// Where documents are read from unless they are replaced.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Opens a document for reading.
    ///
    /// # Errors
    /// The system's error, or that it is not a regular file.
    fn open(&self, path: &Utf8Path) -> io::Result<Box<dyn Read>>;

    /// Reads a whole document.
    ///
    /// # Errors
    /// As [`Disk::open`], and if it is larger than [`LARGEST_DOCUMENT`].
    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>>;
}

/// The disk of this machine.
#[derive(Debug)]
struct LocalDisk;

impl Disk for LocalDisk {
    fn open(&self, path: &Utf8Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(files::open_following(path.as_std_path())?))
    }

    fn read(&self, path: &Utf8Path) -> io::Result<Vec<u8>> {
        files::read_following(path.as_std_path(), LARGEST_DOCUMENT)
    }
}

/// The notice for a document that cannot be read.
pub fn unreadable(path: &Utf8Path, error: &io::Error) -> Notice {
    let message = match Refusal::of(error) {
        Some(refusal) => format!("not checked: {refusal}; replace or exclude it"),
        None => format!("not checked: cannot read the file: {error}; fix its permissions, or exclude it"),
    };
    Notice::incomplete(Some(path.to_owned()), message)
}

/// The contents of files, by their paths as in the findings.
#[derive(Debug, Clone)]
pub struct Contents {
    elsewhere: FxHashMap<Utf8PathBuf, Arc<[u8]>>,
    disk: Arc<dyn Disk>,
}

impl Default for Contents {
    fn default() -> Self {
        Self::on(Arc::new(LocalDisk))
    }
}

impl Contents {
    /// Files that are all on `disk`.
    pub fn on(disk: Arc<dyn Disk>) -> Self {
        Self { elsewhere: FxHashMap::default(), disk }
    }

    /// Replaces the file at `path` with `bytes`.
    pub fn insert(&mut self, path: Utf8PathBuf, bytes: Vec<u8>) {
        self.elsewhere.insert(path, bytes.into());
    }

    /// The bytes that replace a file on disk, if any.
    pub fn replaced(&self, path: &Utf8Path) -> Option<&[u8]> {
        self.elsewhere.get(path).map(AsRef::as_ref)
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// If it is on disk and cannot be read.
    pub fn open(&self, path: &Utf8Path) -> io::Result<Box<dyn Read + '_>> {
        match self.replaced(path) {
            Some(bytes) => Ok(Box::new(bytes)),
            None => self.disk.open(path).map(|file| file as Box<dyn Read>),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it is on disk and cannot be read.
    pub fn read(&self, path: &Utf8Path) -> io::Result<Cow<'_, [u8]>> {
        match self.replaced(path) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => self.disk.read(path).map(Cow::Owned),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// A notice that names the file, if it cannot be read or is not text.
    pub fn document(&self, path: &Utf8Path) -> Result<String, Notice> {
        let bytes = self.read(path).map_err(|error| unreadable(path, &error))?;
        decode(&bytes).map_err(|error| {
            Notice::incomplete(Some(path.to_owned()), format!("not checked: {error}; save it as UTF-8, or exclude it"))
        })
    }

    /// The text of a file, if it can be read and is text.
    pub fn text(&self, path: &Utf8Path) -> Option<Arc<str>> {
        decode(&self.read(path).ok()?).ok().map(Arc::from)
    }
}
