//! Comparing two versions of a document.

use isogloss_document::{BlockKind, Document};
use isogloss_text::Span;

use super::change::{Change, Changes};
use super::diff::Match;
use super::unit::Unit;
use super::{class, diff, unit};

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
            heads.filter(|&block| is_visible(document, block)).collect()
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
}

/// Whether a block is visible; HTML without text is not.
fn is_visible(document: &Document, block: u32) -> bool {
    let found = &document.blocks[block as usize];
    found.kind.is_content() && (found.kind != BlockKind::Html || unit::has_words(document, block))
}

fn front_matter(document: &Document) -> &str {
    let span = document.front_matter.as_ref().map_or(Span::default(), |front| front.span);
    span.slice(&document.text).trim()
}
