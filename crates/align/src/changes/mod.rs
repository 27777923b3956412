//! What changed between two versions of one source document, block by block, and whether a reader would notice.
//!
//! Both versions are in one language, so that equal text is the same text: what stands in both to the letter is matched
//! first, then what a reader reads alike, then what is still alike enough, then what only moved (`diff`). How two versions
//! of a block differ is a [`Class`] (`class`). [`carry`] brings the changes over to a translation that was made from the
//! old version. `docs/staleness.md` describes the method.

mod carry;
mod class;
mod diff;
mod likeness;
mod runs;
#[cfg(test)]
mod tests;
mod unit;
mod words;

pub use carry::carry;
pub use class::Class;
pub use words::{Part, word_diff};

use diff::Match;
use isogloss_document::{Document, Kind};
use isogloss_text::Span;
use unit::Unit;

/// A block that stands in both versions, but not alike. Of a run of HTML it is the block of the run itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Index in the old document.
    pub old: u32,
    /// Index in the new document.
    pub new: u32,
    /// How it changed: the gravest class that applies.
    pub class: Class,
    /// How many links lead elsewhere, where that is its class.
    pub links: u32,
}

/// A block by its index, with its document.
pub type BlockOf<'d> = (&'d Document, u32);

/// All changes from one version to another.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Blocks that changed, in the order of the new document.
    pub changed: Vec<Change>,
    /// Blocks of the new document that the old one lacks and a reader would miss.
    pub added: Vec<u32>,
    /// Blocks of the old document that the new one lacks and a reader would miss.
    pub removed: Vec<u32>,
    /// Whether the front matter changed.
    pub front_matter: bool,
    /// For each old block, the new one that it became.
    forward: Vec<Option<u32>>,
    /// For each new block, the old one that it was.
    backward: Vec<Option<u32>>,
    /// How many blocks stand elsewhere now, changed or not.
    pub reordered: usize,
    /// For each old block, whether it stands elsewhere now.
    moved: Vec<bool>,
}

impl Changes {
    /// Compares two versions of a document.
    pub fn between(old: &Document, new: &Document) -> Self {
        let (before, after) = (unit::units(old), unit::units(new));
        let matches = diff::matches((old, &before), (new, &after));
        let mut changes = Self {
            front_matter: front_matter(old) != front_matter(new),
            forward: vec![None; old.blocks.len()],
            backward: vec![None; new.blocks.len()],
            moved: vec![false; old.blocks.len()],
            ..Self::default()
        };
        for found in &matches {
            changes.pair((old, &before[found.old]), (new, &after[found.new]), found);
        }
        changes.changed.sort_unstable_by_key(|change| change.new);
        let lost = |document: &Document, units: &[Unit], other: &[Option<u32>]| -> Vec<u32> {
            let heads = units.iter().map(|unit| unit.block).filter(|&block| other[block as usize].is_none());
            heads.filter(|&block| is_missed(document, block)).collect()
        };
        changes.added = lost(new, &after, &changes.backward);
        changes.removed = lost(old, &before, &changes.forward);
        changes
    }

    fn pair(&mut self, old: (&Document, &Unit), new: (&Document, &Unit), found: &Match) {
        let inner = |unit: &Unit| unit.block + 1..unit.end;
        self.join(old.1.block, new.1.block, found.moved);
        self.reordered += usize::from(found.moved);
        if found.is_exact && old.1.end - old.1.block == new.1.end - new.1.block {
            inner(old.1).zip(inner(new.1)).for_each(|(x, y)| self.join(x, y, found.moved));
        } else if old.1.end > old.1.block + 1 && new.1.end > new.1.block + 1 {
            let (before, after) = (unit::singles(inner(old.1)), unit::singles(inner(new.1)));
            for inside in diff::matches((old.0, &before), (new.0, &after)) {
                self.join(before[inside.old].block, after[inside.new].block, found.moved || inside.moved);
            }
        }
        if !found.is_exact
            && let Some((class, links)) = class::class((old.0, old.1), (new.0, new.1))
        {
            self.changed.push(Change { old: old.1.block, new: new.1.block, class, links });
        }
    }

    fn join(&mut self, old: u32, new: u32, moved: bool) {
        self.forward[old as usize] = Some(new);
        self.backward[new as usize] = Some(old);
        self.moved[old as usize] = moved;
    }

    /// The old block that a block of the new document was; `None` if it was added.
    pub fn old_of(&self, new: u32) -> Option<u32> {
        self.backward.get(new as usize).copied().flatten()
    }

    /// The new block that a block of the old document became; `None` if it was removed.
    pub fn new_of(&self, old: u32) -> Option<u32> {
        self.forward.get(old as usize).copied().flatten()
    }

    /// The change of a block of the new document, or of the run of HTML that it stands in.
    pub fn change_of(&self, new: &Document, block: u32) -> Option<&Change> {
        let after = self.changed.partition_point(|change| change.new <= block);
        let change = self.changed[..after].last()?;
        let span = new.blocks[change.new as usize].span;
        let inside = change.new == block
            || new.blocks[change.new as usize].kind == Kind::Html
                && span.contains(new.blocks[block as usize].span.start);
        inside.then_some(change)
    }

    /// Whether a translation of a block has the number before it already, or has lost it already, with which the block's two
    /// versions differ; `None` if they do not differ in that.
    pub fn follows_numbering(old: BlockOf<'_>, new: BlockOf<'_>, translation: BlockOf<'_>) -> Option<bool> {
        let is_numbered =
            |(document, block): BlockOf<'_>| unit::is_numbered(document, &document.blocks[block as usize]);
        let now = is_numbered(new);
        (is_numbered(old) != now).then(|| is_numbered(translation) == now)
    }

    /// Whether a reader of the translation is affected: what was added or removed is other wording.
    pub fn matter(&self) -> bool {
        !(self.added.is_empty() && self.removed.is_empty()) || self.changed.iter().any(|change| change.class.matters())
    }

    /// Whether there is nothing that could be named but that blocks stand elsewhere.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.added.is_empty() && self.removed.is_empty() && !self.front_matter
    }
}

/// Whether a reader would miss a block: an element of HTML without text is no loss.
fn is_missed(document: &Document, block: u32) -> bool {
    let found = &document.blocks[block as usize];
    found.kind.is_content() && (found.kind != Kind::Html || unit::has_words(document, block))
}

fn front_matter(document: &Document) -> &str {
    let span = document.front_matter.as_ref().map_or(Span::default(), |front| front.span);
    span.slice(&document.text).trim()
}
