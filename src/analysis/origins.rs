//! The origin of a fault of structure according to the history: the source added or removed something after the pin, or
//! the translation never had it.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::comparison::Comparison;
use super::fault::{Fault, Side};
use super::origin::{Origin, Origins};
use super::version::{Past, Version};
use isogloss_align::Alignment;
use isogloss_document::{Document, PLACEHOLDER};
use isogloss_history::{Commit, PinState, Revision};

/// The minimum number of letters by which a text can be recognized.
const WORDY: usize = 8;

/// The origins of the faults of a document. `texts` are the versions of the source that were already read.
pub(super) fn trace(
    source: &Version<'_>,
    translation: &Version<'_>,
    comparison: &Comparison,
    texts: &Texts,
) -> Origins {
    let mut origins = Origins::default();
    let Some(commit) = translation.verdict.and_then(|verdict| verdict.commit.as_ref()) else { return origins };
    let is_current = translation.verdict.is_some_and(|verdict| verdict.state == PinState::Fresh);
    let timeline = Timeline::new(source, translation, commit, texts);
    for fault in &comparison.faults {
        let Some(side) = fault.kind.side() else { continue };
        let origin = match (&timeline, &comparison.pinned, side) {
            (Some(timeline), Some(pinned), _) => timeline.origin(fault, side, pinned),
            (.., Side::Missing) if is_current => Some(Origin::CurrentPin(commit.clone())),
            _ => None,
        };
        // An estimated commit does not say what the translation was made from.
        let is_known = |origin: &Origin| match origin {
            Origin::In(_) | Origin::After(_) => true,
            Origin::AtPin | Origin::CurrentPin(_) => !translation.is_guess,
        };
        if let Some(origin) = origin.filter(is_known) {
            origins.side_mut(side).insert(fault.blocks[0], origin);
        }
    }
    origins
}

/// The maximum number of bytes of source versions that are searched for the faults of one translation. Further faults
/// only name the recorded commit. A page of 100 KB with a hundred faults takes a tenth of that.
const MOST_SEARCHED: usize = 1 << 30;

/// The versions of the source since the recorded commit, read when needed.
struct Timeline<'v> {
    source: &'v Document,
    translation: &'v Version<'v>,
    past: &'v Past,
    pin: &'v Arc<Commit>,
    /// Newest first; empty if they are not known.
    revisions: OnceCell<Vec<Revision>>,
    texts: &'v Texts,
    /// Number of bytes searched so far.
    searched: Cell<usize>,
}

/// Texts by blob id; `None` if one is not available.
pub(super) type Texts = RefCell<FxHashMap<String, Option<Rc<str>>>>;

impl<'v> Timeline<'v> {
    fn new(
        source: &'v Version<'v>,
        translation: &'v Version<'v>,
        pin: &'v Arc<Commit>,
        texts: &'v Texts,
    ) -> Option<Self> {
        let past = translation.past.as_deref()?;
        Some(Self {
            source: &source.document,
            translation,
            past,
            pin,
            revisions: OnceCell::new(),
            texts,
            searched: Cell::new(0),
        })
    }

    fn origin(&self, fault: &Fault, side: Side, pinned: &Alignment) -> Option<Origin> {
        let changes = &self.past.changes;
        match side {
            Side::Missing => {
                let added = fault.blocks.iter().find(|&&block| changes.old_of(block).is_none());
                Some(added.map_or(Origin::AtPin, |&block| self.since(self.source, block, usize::ge)))
            }
            Side::Extra => {
                let olds = fault.blocks.iter().filter_map(|&block| pinned.source_of(block));
                let mut dropped = olds.filter(|&old| changes.new_of(old).is_none());
                dropped.next().map(|old| self.since(&self.past.document, old, usize::lt))
            }
        }
    }

    /// The commit since which a block's text occurs as often as in its document, or less often, found by bisection: it
    /// assumes that this happened once.
    fn since(&self, document: &Document, block: u32, holds: fn(&usize, &usize) -> bool) -> Origin {
        let revisions = self
            .revisions
            .get_or_init(|| self.translation.revisions().map(|revisions| revisions.to_vec()).unwrap_or_default());
        let finder = Finder::new(distinctive_text(document, block));
        let count = |text: &str| {
            self.searched.set(self.searched.get() + text.len());
            finder.find_iter(text.as_bytes()).count()
        };
        if self.searched.get() > MOST_SEARCHED {
            return Origin::After(self.pin.clone());
        }
        let expected = count(&document.text);
        let (mut holding, mut before) = (0, revisions.len());
        while before > holding + 1 {
            let middle = usize::midpoint(holding, before);
            let Some(text) = self.text(&revisions[middle]) else { break };
            if holds(&count(&text), &expected) {
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

    /// The text after a revision; empty if it deleted the document.
    fn text(&self, revision: &Revision) -> Option<Rc<str>> {
        let Some(blob) = &revision.blob else { return Some(Rc::from("")) };
        if let Some(known) = self.texts.borrow().get(blob) {
            return known.clone();
        }
        let text = self.translation.history.and_then(|history| history.text(blob)).map(Rc::from);
        self.texts.borrow_mut().insert(blob.clone(), text.clone());
        text
    }
}

/// The text that identifies a block while its links and markup change: its longest stretch of plain words, or its
/// longest line.
fn distinctive_text(document: &Document, block: u32) -> &str {
    let block = &document.blocks[block as usize];
    let raw = block.span.slice(&document.text);
    let stretches = document.plain.pieces(block.plain).map(|(_, source)| source.slice(&document.text));
    let is_word = |text: &&str| text.chars().filter(|c| c.is_alphanumeric()).count() >= WORDY;
    let stretches = stretches.flat_map(|text| text.split([PLACEHOLDER, '\n'])).map(str::trim).filter(is_word);
    let lines = raw.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let longest = |line: &&str| line.len();
    stretches.max_by_key(longest).or_else(|| lines.max_by_key(longest)).unwrap_or(raw)
}
