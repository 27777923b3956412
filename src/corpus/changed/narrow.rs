//! Reduces a corpus to the pages that a change touches.

use std::collections::BTreeSet;

use super::change::Change;
use super::documents::Documents;
use super::examples;
use crate::corpus::page::{Corpus, Page};
use isogloss_history::ChangeError;
use isogloss_text::Locale;

/// Keeps only the pages to check, chooses which pages to learn from, and reads those of them that are in the index.
pub(super) fn narrow(
    change: &mut Change,
    corpus: &mut Corpus,
    documents: &mut Documents<'_>,
) -> Result<(), ChangeError> {
    let touched: Vec<usize> = (0..corpus.pages.len()).filter(|&at| change.touches(&corpus.pages[at])).collect();
    let chosen = examples::choose(corpus, &touched, |page, locale| change.brings(corpus, page, locale));
    let example = |(at, locales): (usize, BTreeSet<&Locale>)| {
        let mut page = corpus.pages[at].clone();
        page.members.retain(|member| locales.contains(&member.locale));
        page
    };
    let examples: Vec<Page> = chosen.into_iter().map(example).collect();
    corpus.contents = documents.read_pages(&examples)?;
    corpus.pages = touched.into_iter().map(|page| corpus.pages[page].clone()).collect();
    let locales: BTreeSet<&Locale> = corpus.members().map(|member| &member.locale).collect();
    corpus.locales = locales.into_iter().cloned().collect();
    let (locales, source) = (corpus.locales.clone(), corpus.source.clone());
    change.examples = Corpus { pages: examples, locales, source, ..Corpus::default() };
    Ok(())
}
