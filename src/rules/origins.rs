//! Where a fault of structure comes from, as the history tells: the source added or dropped something since, or the
//! translation never had it.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::structure::{Fault, FaultKind, Side};
use super::view::{Comparison, Past, Version};
use crate::align::Alignment;
use crate::changes::Changes;
use crate::document::Document;
use crate::history::{Commit, PinState, Revision};
use crate::page::is_mdx;

/// Where a fault comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The source added or dropped it in this commit.
    In(Arc<Commit>),
    /// The source added or dropped it at some time after this commit, the recorded one.
    After(Arc<Commit>),
    /// It stood in the source at the recorded commit already.
    AtPin,
    /// The recorded commit has the source of today, so that nothing would be stale.
    CurrentPin(Arc<Commit>),
}

/// The origins of a comparison's faults, by side and first block.
#[derive(Debug, Default)]
pub struct Origins {
    missing: BTreeMap<u32, Origin>,
    extra: BTreeMap<u32, Origin>,
}

impl Origins {
    /// The origins of the faults of a document beside the source.
    pub fn of(source: &Version<'_>, translation: &Version<'_>, comparison: &Comparison) -> Self {
        let mut origins = Self::default();
        let Some(commit) = translation.verdict.and_then(|verdict| verdict.commit.as_ref()) else { return origins };
        let is_current = translation.verdict.is_some_and(|verdict| verdict.state == PinState::Fresh);
        let timeline = Timeline::new(source, translation, commit);
        for fault in &comparison.faults {
            let Some(side) = side(fault.kind) else { continue };
            let origin = match (&timeline, &comparison.pinned, side) {
                (Some(timeline), Some(pinned), _) => timeline.origin(fault, side, pinned),
                (.., Side::Missing) if is_current => Some(Origin::CurrentPin(commit.clone())),
                _ => None,
            };
            if let Some(origin) = origin {
                origins.side_mut(side).insert(fault.blocks[0], origin);
            }
        }
        origins
    }

    /// The origin of a fault, if the history tells.
    pub fn get(&self, side: Side, fault: &Fault) -> Option<&Origin> {
        let origins = match side {
            Side::Missing => &self.missing,
            Side::Extra => &self.extra,
        };
        origins.get(&fault.blocks[0])
    }

    fn side_mut(&mut self, side: Side) -> &mut BTreeMap<u32, Origin> {
        match side {
            Side::Missing => &mut self.missing,
            Side::Extra => &mut self.extra,
        }
    }
}

fn side(kind: FaultKind) -> Option<Side> {
    match kind {
        FaultKind::Section(side)
        | FaultKind::Heading(side)
        | FaultKind::Text(side)
        | FaultKind::Object(side)
        | FaultKind::Row(side)
        | FaultKind::Column(side, _) => Some(side),
        FaultKind::Level | FaultKind::SectionOrder | FaultKind::BlockOrder => None,
    }
}

/// The versions of the source from the recorded commit to now, read as far as they are asked for.
struct Timeline<'v> {
    source: &'v Version<'v>,
    translation: &'v Version<'v>,
    past: &'v Past,
    pin: &'v Arc<Commit>,
    /// Newest first; empty if they are not known.
    revisions: OnceCell<Vec<Revision>>,
    versions: RefCell<FxHashMap<usize, Option<Arc<Between>>>>,
}

/// A version between the recorded commit and now.
struct Between {
    document: Document,
    /// From the recorded commit to it.
    before: OnceCell<Changes>,
    /// From it to now.
    after: OnceCell<Changes>,
}

impl<'v> Timeline<'v> {
    fn new(source: &'v Version<'v>, translation: &'v Version<'v>, pin: &'v Arc<Commit>) -> Option<Self> {
        let past = translation.past.as_deref()?;
        let (revisions, versions) = (OnceCell::new(), RefCell::default());
        Some(Self { source, translation, past, pin, revisions, versions })
    }

    fn origin(&self, fault: &Fault, side: Side, pinned: &Alignment) -> Option<Origin> {
        let changes = &self.past.changes;
        match side {
            Side::Missing => {
                let added = fault.blocks.iter().find(|&&block| changes.old_of(block).is_none());
                Some(added.map_or(Origin::AtPin, |&block| self.since(|version| self.has(version, block))))
            }
            Side::Extra => {
                let olds = fault.blocks.iter().filter_map(|&block| pinned.source_of(block));
                let mut dropped = olds.filter(|&old| changes.new_of(old).is_none());
                dropped.next().map(|old| self.since(|version| self.lacks(version, old)))
            }
        }
    }

    /// The commit from which on something holds that did not hold at the recorded commit and holds now: by bisection, as it is
    /// taken to have become so once.
    fn since(&self, holds: impl Fn(&Between) -> bool) -> Origin {
        let revisions = self.revisions.get_or_init(|| {
            self.translation.revisions().map(|revisions| revisions.to_vec()).unwrap_or_default()
        });
        let (mut holding, mut before) = (0, revisions.len());
        while before > holding + 1 {
            let middle = usize::midpoint(holding, before);
            let Some(version) = self.version(&revisions[middle], middle) else { break };
            if holds(&version) {
                holding = middle;
            } else {
                before = middle;
            }
        }
        match revisions.get(holding) {
            Some(revision) if before == holding + 1 => Origin::In(revision.commit.clone()),
            _ => Origin::After(self.pin.clone()),
        }
    }

    fn version(&self, revision: &Revision, index: usize) -> Option<Arc<Between>> {
        let mut versions = self.versions.borrow_mut();
        let version = versions.entry(index).or_insert_with(|| {
            let text = self.translation.history?.text(revision.blob.as_deref()?)?;
            let document = Document::parse(text, is_mdx(&self.source.member.path));
            Some(Arc::new(Between { document, before: OnceCell::new(), after: OnceCell::new() }))
        });
        version.clone()
    }

    /// Whether a version has a block of the source of today.
    fn has(&self, version: &Between, block: u32) -> bool {
        let new = &self.source.document;
        version.document.text.contains(new.blocks[block as usize].span.slice(&new.text))
            || version.after.get_or_init(|| Changes::between(&version.document, new)).old_of(block).is_some()
    }

    /// Whether a version lacks a block of the source at the recorded commit.
    fn lacks(&self, version: &Between, block: u32) -> bool {
        let old = &self.past.document;
        !version.document.text.contains(old.blocks[block as usize].span.slice(&old.text))
            && version.before.get_or_init(|| Changes::between(old, &version.document)).new_of(block).is_none()
    }
}
