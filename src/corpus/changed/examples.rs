//! What a run about a change learns from: the pages it checks and, for each language, the nearest other pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::page::{Corpus, Page};
use isogloss_text::Locale;

/// How many pages near a checked page are learned from, shared among the locales that the change concerns. With 40, about 19 of
/// 20 pages get the same findings as in a full run; reading more would take longer than the rest of the run.
const NEAR: usize = 40;
/// The minimum for each locale, including those that are only compared for missing content.
const LEAST: usize = 6;
/// How many checked pages have neighbours chosen; together they are enough to learn from.
const FEW: usize = 32;

/// The indices of the pages to learn from, in order, each with the locales to read: all locales of `checked`, and two at a time
/// of the pages near each. `is_concerned` returns whether the change concerns a page in a locale.
pub(super) fn choose<'corpus>(
    corpus: &'corpus Corpus,
    checked: &[usize],
    is_concerned: impl Fn(&Page, &Locale) -> bool,
) -> BTreeMap<usize, BTreeSet<&'corpus Locale>> {
    let all = |page: usize| corpus.pages[page].members.iter().map(|member| &member.locale).collect();
    let mut chosen: BTreeMap<usize, BTreeSet<&Locale>> = checked.iter().map(|&page| (page, all(page))).collect();
    let step = checked.len().div_ceil(FEW).max(1);
    for &index in checked.iter().step_by(step) {
        let page = &corpus.pages[index];
        let first = page.members.first().map(|member| &member.locale);
        let Some(hub) = corpus.source.as_ref().filter(|source| page.member(source).is_some()).or(first) else {
            continue;
        };
        let others = || page.members.iter().map(|member| &member.locale).filter(|locale| *locale != hub);
        let concerned: BTreeSet<&Locale> = others().filter(|locale| is_concerned(page, locale)).collect();
        let share = NEAR.checked_div(concerned.len()).unwrap_or(0).max(LEAST);
        for locale in others() {
            let count = if concerned.contains(locale) { share } else { LEAST };
            let has_both = |&other: &usize| {
                corpus.pages[other].member(hub).is_some() && corpus.pages[other].member(locale).is_some()
            };
            for other in near(corpus, index).filter(has_both).take(count) {
                chosen.entry(other).or_default().extend([hub, locale]);
            }
        }
    }
    chosen
}

/// The other pages, nearest first; pages in the same folder are adjacent.
fn near(corpus: &Corpus, page: usize) -> impl Iterator<Item = usize> {
    let count = corpus.pages.len();
    (1..count).flat_map(move |away| {
        let before = page.checked_sub(away);
        let after = Some(page + away).filter(|&after| after < count);
        before.into_iter().chain(after)
    })
}
