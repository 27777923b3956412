//! Counting pages, by locale.

use super::words::Words;
use crate::analysis::{FaultKind, PageView, PairView, Side, Version};
use crate::corpus::page::Corpus;
use crate::rules::reworded;
use isogloss_document::{Block, BlockKind, Document};
use isogloss_history::PinState;
use isogloss_text::Locale;

/// The counts so far. They are integers, so their sum does not depend on the order.
#[derive(Debug)]
pub(super) struct Tally {
    /// One for each locale, in the order of [`Corpus::locales`].
    pub counts: Vec<Counts>,
    pub pages: usize,
    pub words: usize,
}

/// The counts of a locale.
#[derive(Debug, Clone, Default)]
pub(super) struct Counts {
    pub expected: usize,
    pub pages: usize,
    pub orphans: usize,
    pub fresh: usize,
    pub stale: usize,
    pub cosmetic: usize,
    pub guessed: usize,
    pub missing: usize,
    /// Without the total.
    pub words: Words,
    /// Sum of each page's percentage translated by people times its words.
    pub human: usize,
    /// Words of the pages that record it.
    pub human_words: usize,
    pub human_pages: usize,
}

/// The freshness of a page according to its recorded commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Fresh,
    Stale,
    Cosmetic,
}

impl Tally {
    pub(super) fn new(corpus: &Corpus) -> Self {
        Self { counts: vec![Counts::default(); corpus.locales.len()], pages: 0, words: 0 }
    }

    pub(super) fn add(&mut self, corpus: &Corpus, view: &PageView<'_>) {
        let page = view.page;
        let index = |locale: &Locale| corpus.locales.binary_search(locale).ok();
        if corpus.is_orphan(page) {
            page.members.iter().filter_map(|member| index(&member.locale)).for_each(|at| self.counts[at].orphans += 1);
            return;
        }
        self.pages += 1;
        for at in page.members.iter().filter_map(|member| index(&member.locale)) {
            self.counts[at].expected += 1;
            self.counts[at].pages += 1;
        }
        // If no version can be read, there are no words to count.
        let words = view.versions.get(view.reference).map_or(0, |reference| words(&reference.document, |_| true));
        self.words += words;
        for at in corpus.missing(page).filter_map(index) {
            self.counts[at].expected += 1;
            self.counts[at].words.pages += words;
        }
        for version in &view.versions {
            if let Some(at) = index(version.locale()) {
                self.counts[at].add_version(version, view.has_source, words);
            }
        }
        for pair in view.comparisons() {
            if let Some(at) = index(pair.translation.locale()) {
                self.counts[at].add_pair(&pair);
            }
        }
    }

    pub(super) fn plus(&mut self, other: Self) {
        self.pages += other.pages;
        self.words += other.words;
        self.counts.iter_mut().zip(other.counts).for_each(|(own, other)| own.plus(&other));
    }
}

impl Counts {
    fn add_version(&mut self, version: &Version<'_>, has_source: bool, words: usize) {
        let freshness = freshness(version).filter(|_| has_source);
        self.guessed += usize::from(freshness.is_some() && version.is_guess);
        match freshness {
            Some(Freshness::Fresh) => self.fresh += 1,
            Some(Freshness::Stale) => self.stale += 1,
            Some(Freshness::Cosmetic) => self.cosmetic += 1,
            None => {}
        }
        if let Some(percent) = human_percent(&version.document) {
            self.human += percent * words;
            self.human_words += words;
            self.human_pages += 1;
        }
    }

    fn add_pair(&mut self, pair: &PairView<'_>) {
        let document = &pair.reference.document;
        let missing = missing_blocks(pair);
        let changed = changed_blocks(pair);
        self.missing += pair.faults(is_missing).map(|fault| fault.blocks.len()).sum::<usize>();
        self.words.missing += words(document, |block| missing[block]);
        self.words.changed += words(document, |block| changed[block] && !missing[block]);
    }

    fn plus(&mut self, other: &Self) {
        self.expected += other.expected;
        self.pages += other.pages;
        self.orphans += other.orphans;
        self.fresh += other.fresh;
        self.stale += other.stale;
        self.cosmetic += other.cosmetic;
        self.guessed += other.guessed;
        self.missing += other.missing;
        self.words.pages += other.words.pages;
        self.words.missing += other.words.missing;
        self.words.changed += other.words.changed;
        self.human += other.human;
        self.human_words += other.human_words;
        self.human_pages += other.human_pages;
    }
}

/// The freshness according to the recorded commit; `None` if it is unknown.
fn freshness(version: &Version<'_>) -> Option<Freshness> {
    Some(match (&version.verdict?.state, version.past.as_deref()) {
        // A change that was reverted leaves no difference.
        (PinState::Fresh, _) | (PinState::Changed { .. }, None) => Freshness::Fresh,
        (PinState::Changed { .. }, Some(past)) if past.changes.is_empty() => Freshness::Fresh,
        (PinState::Changed { .. }, Some(past)) if past.changes.matter() => Freshness::Stale,
        (PinState::Changed { .. }, Some(_)) => Freshness::Cosmetic,
        _ => return None,
    })
}

/// The percentage translated by people, as recorded in front matter: "97%".
pub(super) fn human_percent(document: &Document) -> Option<usize> {
    let written = document.front_matter.as_ref()?.get(&document.text, "ht-degree")?;
    let percent: f64 = written.trim().trim_end_matches('%').trim_end().parse().ok()?;
    (0.0..=100.0).contains(&percent).then_some(percent as usize)
}

/// The faults that the `missing-*` rules report, and empty text.
fn is_missing(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::Section(Side::Missing)
            | FaultKind::Heading(Side::Missing)
            | FaultKind::Text(Side::Missing)
            | FaultKind::Object(Side::Missing)
            | FaultKind::Empty
            | FaultKind::Broken
    )
}

/// For each block of the reference, whether the translation lacks it, including rows of tables that exist.
fn missing_blocks(pair: &PairView<'_>) -> Vec<bool> {
    let document = &pair.reference.document;
    let mut missing = vec![false; document.blocks.len()];
    for fault in pair.faults(|kind| is_missing(kind) || kind == FaultKind::Row(Side::Missing)) {
        for &block in &fault.blocks {
            missing[block as usize] = true;
            for inside in within(document, block) {
                missing[inside] |= pair.comparison.alignment.pair_of_source(inside as u32).is_none();
            }
        }
    }
    missing
}

/// For each block of the reference, whether `stale-paragraph` reports a relevant change. A run of HTML is reported as a whole, so
/// its reworded blocks count instead.
fn changed_blocks(pair: &PairView<'_>) -> Vec<bool> {
    let document = &pair.reference.document;
    let mut changed = vec![false; document.blocks.len()];
    let Some(past) = pair.translation.past.as_deref() else { return changed };
    for (change, _) in reworded(pair).filter(|(change, _)| change.class.matters()) {
        changed[change.new as usize] = true;
        for inside in within(document, change.new) {
            let plain = document.plain_of(&document.blocks[inside]);
            let old = past.changes.old_of(inside as u32).map(|old| &past.document.blocks[old as usize]);
            changed[inside] |= old.is_none_or(|old| past.document.plain_of(old) != plain);
        }
    }
    changed
}

/// The blocks inside a run of HTML or a row.
fn within(document: &Document, outer: u32) -> impl Iterator<Item = usize> + '_ {
    let Block { kind, span, .. } = document.blocks[outer as usize];
    let is_outer = matches!(kind, BlockKind::Html | BlockKind::TableRow);
    let blocks = document.blocks.iter().enumerate().skip(outer as usize + 1);
    blocks.take_while(move |(_, block)| is_outer && span.contains(block.span.start)).map(|(index, _)| index)
}

/// The number of words in the `wanted` blocks. A row's text is that of its paragraphs, and counts once. Code has no words to
/// translate.
pub(super) fn words(document: &Document, wanted: impl Fn(usize) -> bool) -> usize {
    let is_counted = |index: usize, block: &Block| {
        let row = block.parent.filter(|_| document.is_in_row(block));
        block.kind != BlockKind::Code && wanted(index) && row.is_none_or(|row| !wanted(row as usize))
    };
    let blocks = document.blocks.iter().enumerate().filter(|(index, block)| is_counted(*index, block));
    blocks.map(|(_, block)| document.words_of(block).len()).sum()
}
