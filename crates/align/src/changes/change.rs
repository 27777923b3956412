//! The changes from one version of a document to another.

use isogloss_document::{BlockKind, Document};

use super::class::ChangeClass;
use super::unit::is_numbered;

/// A block that differs between two versions; for a run of HTML, the block of the run itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Index in the old document.
    pub old: u32,
    /// Index in the new document.
    pub new: u32,
    /// How it changed: the most severe class that applies.
    pub class: ChangeClass,
    /// Number of changed link targets, if that is its class.
    pub links: u32,
}

/// A block by its index, with its document.
pub type BlockOf<'d> = (&'d Document, u32);

/// All changes from one version to another.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Changed blocks, in the order of the new document.
    pub changed: Vec<Change>,
    /// Visible blocks of the new document that are not in the old one.
    pub added: Vec<u32>,
    /// Visible blocks of the old document that are not in the new one.
    pub removed: Vec<u32>,
    /// Whether the front matter changed.
    pub front_matter: bool,
    /// For each old block, its new one.
    pub(super) forward: Vec<Option<u32>>,
    /// For each new block, its old one.
    pub(super) backward: Vec<Option<u32>>,
    /// Number of moved blocks, changed or not.
    pub reordered: usize,
    /// For each old block, whether it moved.
    pub(super) moved: Vec<bool>,
}

impl Changes {
    /// The old version of a new block; `None` if it was added.
    pub fn old_of(&self, new: u32) -> Option<u32> {
        self.backward.get(new as usize).copied().flatten()
    }

    /// The new version of an old block; `None` if it was removed.
    pub fn new_of(&self, old: u32) -> Option<u32> {
        self.forward.get(old as usize).copied().flatten()
    }

    /// The change of a block of the new document, or of the run of HTML around it.
    pub fn change_of(&self, new: &Document, block: u32) -> Option<&Change> {
        let after = self.changed.partition_point(|change| change.new <= block);
        let change = self.changed[..after].last()?;
        let span = new.blocks[change.new as usize].span;
        let inside = change.new == block
            || new.blocks[change.new as usize].kind == BlockKind::Html
                && span.contains(new.blocks[block as usize].span.start);
        inside.then_some(change)
    }

    /// If the two versions of a block differ in whether it is a numbered list item: whether a translation agrees with the new
    /// one; else `None`.
    pub fn follows_numbering(old: BlockOf<'_>, new: BlockOf<'_>, translation: BlockOf<'_>) -> Option<bool> {
        let has_number = |(document, block): BlockOf<'_>| is_numbered(document, &document.blocks[block as usize]);
        let now = has_number(new);
        (has_number(old) != now).then(|| has_number(translation) == now)
    }

    /// Whether readers of the translation are affected; added and removed blocks count as changed wording.
    pub fn matter(&self) -> bool {
        !(self.added.is_empty() && self.removed.is_empty()) || self.changed.iter().any(|change| change.class.matters())
    }

    /// Whether nothing changed except the order of blocks.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty() && !self.front_matter
    }
}
