//! A document compared with the reference.

use std::sync::OnceLock;

use isogloss_align::Alignment;

use super::fault::Fault;
use super::mismatch::{Index, Mismatch};
use super::origin::Origins;

/// A document and its reference.
#[derive(Debug)]
pub struct Comparison {
    /// Index of the document in [`PageView::versions`](super::view::PageView::versions).
    pub version: usize,
    /// The alignment of the reference with the document.
    pub alignment: Alignment,
    /// The alignment of the source at the pin with the document, if the source has changed since.
    pub pinned: Option<Alignment>,
    /// Faults of structure.
    pub faults: Vec<Fault>,
    /// Origins of the faults, once they are [traced](super::view::PageView::trace).
    pub origins: Origins,
    /// Quantities that differ.
    pub mismatches: Vec<Mismatch>,
    /// The mismatches by place, computed at the first lookup, after which they must not change.
    pub index: OnceLock<Index>,
}

impl Comparison {
    /// The quantities that differ by their places in the reference.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.mismatches))
    }
}
