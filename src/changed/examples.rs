//! What a run about a change learns from: the pages that it checks, and for each language the nearest others.

use std::collections::BTreeSet;

use crate::locale::Locale;
use crate::page::{Corpus, Page};

/// How many pages near a checked one are learned from for each of its locales.
const NEAR: usize = 12;
/// How many checked pages have neighbours chosen: so many teach each other enough.
const FEW: usize = 32;

/// The indices of the pages to learn from, in order: those of `checked` and, near each, pages that have two of its locales.
pub(super) fn choose(corpus: &Corpus, checked: &[usize]) -> Vec<usize> {
    let mut chosen: BTreeSet<usize> = checked.iter().copied().collect();
    let step = checked.len().div_ceil(FEW).max(1);
    for &page in checked.iter().step_by(step) {
        let locales = corpus.pages[page].members.iter().map(|member| &member.locale);
        let hub = corpus.source.as_ref().or_else(|| corpus.pages[page].members.first().map(|member| &member.locale));
        let Some(hub) = hub else { continue };
        for locale in locales.filter(|locale| *locale != hub) {
            chosen.extend(near(corpus, page).filter(|&other| has_both(&corpus.pages[other], hub, locale)).take(NEAR));
        }
    }
    chosen.into_iter().collect()
}

fn has_both(page: &Page, one: &Locale, other: &Locale) -> bool {
    page.member(one).is_some() && page.member(other).is_some()
}

/// The other pages, the nearest first: those of one folder stand together.
fn near(corpus: &Corpus, page: usize) -> impl Iterator<Item = usize> {
    let count = corpus.pages.len();
    (1..count).flat_map(move |away| {
        let before = page.checked_sub(away);
        let after = Some(page + away).filter(|&after| after < count);
        before.into_iter().chain(after)
    })
}
