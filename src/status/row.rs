//! The status of one locale.

use serde::Serialize;

use super::tally::Counts;
use super::words::Words;
use isogloss_text::Locale;

/// The status of a locale; the order of the fields is that of the JSON contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The locale.
    pub locale: Locale,
    /// Number of expected pages: those of the source, in the folders that are translated into the locale.
    pub expected: usize,
    /// Number of expected pages that exist.
    pub pages: usize,
    /// The share of expected pages that exist, from 0 to 1; `None` if none are expected.
    pub coverage: Option<f64>,
    /// Pages that the source does not have; they are not included in the other counts.
    pub orphans: usize,
    /// Pages made from the current source; `None` if no page can be judged.
    pub fresh: Option<usize>,
    /// Pages whose source has since changed in a way that affects readers.
    pub stale: Option<usize>,
    /// Pages whose source has since changed only in other ways.
    pub cosmetic: Option<usize>,
    /// Pages that cannot be judged.
    pub unknown: usize,
    /// Pages whose source commit is estimated because none is recorded; included in the fresh, stale and cosmetic ones.
    pub guessed: usize,
    /// Blocks of the source that pages lack, as the `missing-*` rules report them.
    pub missing: usize,
    /// Words of the source to translate.
    pub words: Words,
    /// How much people have translated, if pages record it.
    pub human: Option<Human>,
}

/// How much of a locale's pages people have translated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Human {
    /// From 0 to 1, weighted by words of the source.
    pub share: f64,
    /// Number of pages that record it.
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
            human: share(counts.human, counts.human_words * 100)
                .map(|share| Human { share, pages: counts.human_pages }),
        }
    }
}

/// A ratio with four digits, rounded down so that only the whole is 1; `None` if `whole` is 0.
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).floor() / 10_000.0)
}

/// A share as a percentage: "94 %". Only the whole is 100 %, and only nothing is 0 %.
pub(super) fn percent(share: f64) -> String {
    let percent = (share * 100.0 + 1e-6).floor();
    if share > 0.0 && percent < 1.0 { "<1 %".to_owned() } else { format!("{percent} %") }
}
