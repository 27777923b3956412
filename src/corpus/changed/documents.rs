//! The files of a run about a change; those that differ in the index are read from there.

use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

use super::files::Files;
use crate::corpus::contents::Contents;
use crate::corpus::found::Request;
use crate::corpus::page::Page;
use isogloss_history::{BlobReader, ChangeError, Checkout};

/// The files of a run about a change, and the process that reads blobs from the index.
pub(super) struct Documents<'run> {
    pub files: Files,
    pub checkout: &'run Checkout,
    /// Started on first use.
    pub reader: Option<BlobReader>,
    pub request: &'run Request<'run>,
}

impl Documents<'_> {
    /// The contents of blobs, in the order of `ids`.
    pub(super) fn blobs(&mut self, ids: &[&str]) -> Result<Vec<Option<Vec<u8>>>, ChangeError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => none.insert(self.checkout.reader()?),
        };
        reader.read(ids)
    }

    /// Reads the documents of `pages` that are in the index, and returns everything read so far.
    pub(super) fn read_pages(&mut self, pages: &[Page]) -> Result<Contents, ChangeError> {
        let of_path: FxHashMap<&Utf8PathBuf, usize> =
            self.files.walked.iter().enumerate().map(|(at, file)| (&file.path, at)).collect();
        let members = pages.iter().flat_map(|page| &page.members);
        let wanted: Vec<usize> = members.filter_map(|member| of_path.get(&member.path).copied()).collect();
        self.read_files(&wanted)?;
        Ok(std::mem::take(&mut self.files.contents))
    }

    /// Reads these files from the index, unless that has been done.
    pub(super) fn read_files(&mut self, wanted: &[usize]) -> Result<(), ChangeError> {
        let is_unread = |&at: &usize| self.files.contents.replaced(&self.files.walked[at].path).is_none();
        let of_index = |at: usize| Some((at, self.files.stored[at].as_ref()?.entry.id.clone()));
        let wanted: Vec<(usize, String)> = wanted.iter().copied().filter(is_unread).filter_map(of_index).collect();
        let ids: Vec<&str> = wanted.iter().map(|(_, id)| id.as_str()).collect();
        for ((at, id), bytes) in wanted.iter().zip(self.blobs(&ids)?) {
            match (bytes, &self.reader) {
                (Some(bytes), _) => self.files.contents.insert(self.files.walked[*at].path.clone(), bytes),
                // Don't fall back to the file on disk: it is not the version to check.
                (None, Some(reader)) => return Err(reader.why_missing(id)),
                (None, None) => {}
            }
        }
        Ok(())
    }
}
