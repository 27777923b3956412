//! What is told of one locale.

use serde::Serialize;

use super::tally::Counts;
use super::words::Words;
use isogloss_text::Locale;

/// Where a locale stands; the order of the fields is that of the JSON contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Which one.
    pub locale: Locale,
    /// How many pages it should have: those of the source, in the folders that it is translated in.
    pub expected: usize,
    /// How many of them it has.
    pub pages: usize,
    /// Their share, from 0 to 1; `None` if none are expected.
    pub coverage: Option<f64>,
    /// Pages that it has and the source has not; they are counted nowhere else.
    pub orphans: usize,
    /// Pages made from the source of today; `None` if no page can be judged.
    pub fresh: Option<usize>,
    /// Pages whose source has changed since in a way that matters to a reader.
    pub stale: Option<usize>,
    /// Pages whose source has changed in other ways only.
    pub cosmetic: Option<usize>,
    /// Pages that cannot be judged.
    pub unknown: usize,
    /// Pages that are judged by a guess, since they record no source commit: some of the fresh, stale and cosmetic ones.
    pub guessed: usize,
    /// Blocks of the source that pages lack, as the `missing-*` rules report them.
    pub missing: usize,
    /// Words of the source that are to be translated.
    pub words: Words,
    /// How much of it people have translated, where pages say so.
    pub human: Option<Human>,
}

/// How much of a locale's pages people have translated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Human {
    /// From 0 to 1, by the words of the source.
    pub share: f64,
    /// How many pages say how much.
    pub pages: usize,
}

impl Row {
    pub(super) fn new(locale: &Locale, counts: &Counts) -> Self {
        let judged = counts.fresh + counts.stale + counts.cosmetic;
        let known = |count: usize| (judged > 0).then_some(count);
        let words = Words { total: counts.words.pages + counts.words.missing + counts.words.changed, ..counts.words };
        Self {
            locale: locale.clone(),
            expected: counts.expected,
            pages: counts.pages,
            coverage: share(counts.pages, counts.expected),
            orphans: counts.orphans,
            fresh: known(counts.fresh),
            stale: known(counts.stale),
            cosmetic: known(counts.cosmetic),
            unknown: counts.pages - judged,
            guessed: counts.guessed,
            missing: counts.missing,
            words,
            human: share(counts.human, counts.said * 100).map(|share| Human { share, pages: counts.human_pages }),
        }
    }
}

/// A part of a whole, to four digits and rounded down, so that only all is 1; `None` of nothing.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).floor() / 10_000.0)
}

/// A share for people: "94 %"; 100 % only for all, and 0 % only for nothing.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0 + 1e-6).floor();
    if share > 0.0 && percent < 1.0 { "<1 %".to_owned() } else { format!("{percent} %") }
}
