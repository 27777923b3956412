//! What the documents of a run say: on disk, unless the run looks at another version of them, such as git's index.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

/// The contents of files, by their paths as in the findings.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    elsewhere: FxHashMap<Utf8PathBuf, Arc<[u8]>>,
}

impl Contents {
    /// Has the file at `path` hold `bytes`, whatever stands on disk.
    pub fn insert(&mut self, path: Utf8PathBuf, bytes: Vec<u8>) {
        self.elsewhere.insert(path, bytes.into());
    }

    /// What was put in place of the file on disk.
    pub fn replaced(&self, path: &Utf8Path) -> Option<&[u8]> {
        self.elsewhere.get(path).map(AsRef::as_ref)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it is on disk and cannot be read.
    pub fn read(&self, path: &Utf8Path) -> io::Result<Cow<'_, [u8]>> {
        match self.replaced(path) {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => std::fs::read(path).map(Cow::Owned),
        }
    }

    /// The text of a file, if it can be read and is UTF-8.
    pub fn text(&self, path: &Utf8Path) -> Option<Arc<str>> {
        String::from_utf8(self.read(path).ok()?.into_owned()).ok().map(Arc::from)
    }
}
