//! A document compared with the reference.

use std::sync::OnceLock;

use isogloss_align::Alignment;

use super::fault::Fault;
use super::mismatch::{Index, Mismatch};
use super::origin::Origins;

/// A document beside the reference.
#[derive(Debug)]
pub struct Comparison {
    /// Index of the document in [`PageView::versions`](super::view::PageView::versions).
    pub version: usize,
    /// The reference's blocks beside the document's.
    pub alignment: Alignment,
    /// The blocks of the source at the pin beside the document's, where the source has changed since.
    pub pinned: Option<Alignment>,
    /// What one side lacks or has elsewhere.
    pub faults: Vec<Fault>,
    /// Where the faults come from, once they were [traced](super::view::PageView::trace).
    pub origins: Origins,
    /// Quantities that differ.
    pub mismatches: Vec<Mismatch>,
    /// The same by their places, made when they are first looked up, after which they must not change.
    pub index: OnceLock<Index>,
}

impl Comparison {
    /// The quantities that differ by their places in the reference.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.mismatches))
    }
}
