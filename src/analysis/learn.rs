//! Learning from a sample of the corpus before pages are compared: a [`Model`] for each pair of locales.

use std::collections::BTreeMap;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::quantities::observe;
use super::readings::Readings;
use crate::corpus::page::{Corpus, Page};
use isogloss_align::{Model, Outline, Outlined, Trainer, sure_pairs};
use isogloss_document::Document;
use isogloss_quantities::{Reader, Reliability};
use isogloss_text::Locale;

/// Number of pages to learn from for each pair of locales, spread evenly over the corpus.
const SAMPLE: usize = 256;

/// Of these, each of so many is read to learn which quantities can be relied upon.
const READ_EACH: usize = 8;

/// Models by locale, and the documents that were parsed to learn them, each with its outline.
#[derive(Debug, Default)]
pub struct Learned {
    /// By the locales of the reference and the translation.
    models: BTreeMap<(Locale, Locale), Model>,
    /// Used for pairs without a model.
    plain: Model,
    /// By the same locales.
    reliability: BTreeMap<(Locale, Locale), Reliability>,
    nothing: Reliability,
    parsed: FxHashMap<Utf8PathBuf, Mutex<Option<(Document, Outline)>>>,
}

impl Learned {
    /// The model for a pair of locales.
    pub fn model(&self, reference: &Locale, translation: &Locale) -> &Model {
        self.models.get(&(reference.clone(), translation.clone())).unwrap_or(&self.plain)
    }

    /// Which quantities of a pair of locales can be relied upon.
    pub fn reliability(&self, reference: &Locale, translation: &Locale) -> &Reliability {
        self.reliability.get(&(reference.clone(), translation.clone())).unwrap_or(&self.nothing)
    }

    /// All of these, by the locales of the reference and the translation.
    pub fn reliabilities(&self) -> impl Iterator<Item = (&(Locale, Locale), &Reliability)> {
        self.reliability.iter()
    }

    /// Takes a document that was already parsed, with its outline.
    pub fn take(&self, path: &Utf8Path) -> Option<(Document, Outline)> {
        self.parsed.get(path)?.lock().ok()?.take()
    }
}

/// Learns a model for every locale other than the source, or other than the locale with the most pages. `parse` reads a file.
pub fn learn(corpus: &Corpus, parse: &(dyn Fn(&Utf8Path) -> Option<Document> + Sync)) -> Learned {
    let Some(hub) = hub(corpus) else { return Learned::default() };
    let samples: Vec<(&Locale, Vec<&Page>)> = corpus
        .locales
        .iter()
        .filter(|locale| *locale != hub)
        .map(|locale| (locale, sample(corpus, hub, locale)))
        .collect();
    let mut paths: Vec<&Utf8Path> = Vec::new();
    for (locale, pages) in &samples {
        for page in pages {
            paths.extend(
                [hub, locale].iter().filter_map(|locale| page.member(locale)).map(|member| member.path.as_path()),
            );
        }
    }
    // As text, because paths compare component by component.
    paths.sort_unstable_by_key(|path| path.as_str());
    paths.dedup();
    let read = |path| {
        let document = parse(path)?;
        let outline = Outline::new(&document);
        Some((path, (document, outline)))
    };
    let parsed: FxHashMap<&Utf8Path, (Document, Outline)> = paths.into_par_iter().filter_map(read).collect();
    let models = samples
        .par_iter()
        .map(|(locale, pages)| {
            let outlined = |page: &Page, locale: &Locale| {
                let (document, outline) = parsed.get(page.member(locale)?.path.as_path())?;
                Some((document, outline))
            };
            let pairs: Vec<(Outlined<'_>, Outlined<'_>)> =
                pages.iter().filter_map(|page| Some((outlined(page, hub)?, outlined(page, locale)?))).collect();
            let mut trainer = Trainer::default();
            for ((source, _), (translation, _)) in &pairs {
                trainer.add(source, translation);
            }
            let is_thin = trainer.is_thin();
            let mut model = trainer.finish();
            model.calibrate(&pairs);
            if is_thin {
                model = Trainer::again(&pairs, &model).finish();
                model.calibrate(&pairs);
            }
            ((hub.clone(), (*locale).clone()), model)
        })
        .collect();
    let reliability = reliability(hub, &samples, &parsed);
    let parsed = parsed.into_iter().map(|(path, read)| (path.to_owned(), Mutex::new(Some(read)))).collect();
    Learned { models, plain: Model::default(), reliability, nothing: Reliability::default(), parsed }
}

/// Counts which quantities have counterparts, in blocks of the sample that are surely counterparts. Page by page, so that the
/// source's text is read once for all locales.
fn reliability(
    hub: &Locale,
    samples: &[(&Locale, Vec<&Page>)],
    parsed: &FxHashMap<&Utf8Path, (Document, Outline)>,
) -> BTreeMap<(Locale, Locale), Reliability> {
    let mut by_page = BTreeMap::<&str, (&Page, Vec<&Locale>)>::new();
    for (locale, pages) in samples {
        for &page in pages.iter().step_by(READ_EACH) {
            by_page.entry(&page.key).or_insert((page, Vec::new())).1.push(*locale);
        }
    }
    let document = |page: &Page, locale: &Locale| Some(&parsed.get(page.member(locale)?.path.as_path())?.0);
    let read = |(page, locales): &(&Page, Vec<&Locale>)| -> Vec<(Locale, Reliability)> {
        let Some(reference) = document(page, hub) else { return Vec::new() };
        let source = Readings::new(reference, Reader::for_locale(hub));
        let of_locale = |locale: &&Locale| {
            let document = document(page, locale)?;
            let translation = Readings::new(document, Reader::for_locale(locale));
            let mut reliability = Reliability::default();
            for (from, to) in sure_pairs(reference, document) {
                observe(&source, &translation, (from as u32, to as u32), &mut reliability);
            }
            Some(((*locale).clone(), reliability))
        };
        locales.iter().filter_map(of_locale).collect()
    };
    let pages: Vec<_> = by_page.into_values().collect();
    let read: Vec<_> = pages.par_iter().with_max_len(1).map(read).collect();
    let mut all = BTreeMap::<_, Reliability>::new();
    for (locale, reliability) in read.into_iter().flatten() {
        all.entry((hub.clone(), locale)).or_default().join(reliability);
    }
    all
}

/// The source, if it has documents, or else the locale with the most pages; ties go to the first.
fn hub(corpus: &Corpus) -> Option<&Locale> {
    if let Some(source) = corpus.locales.iter().find(|locale| corpus.source.as_ref() == Some(locale)) {
        return Some(source);
    }
    let pages = |locale: &&Locale| corpus.pages.iter().filter(|page| page.member(locale).is_some()).count();
    corpus.locales.iter().rev().max_by_key(pages)
}

/// Pages that both locales have, spread evenly.
fn sample<'c>(corpus: &'c Corpus, hub: &Locale, locale: &Locale) -> Vec<&'c Page> {
    let both: Vec<&Page> =
        corpus.pages.iter().filter(|page| page.member(hub).is_some() && page.member(locale).is_some()).collect();
    let step = both.len().div_ceil(SAMPLE).max(1);
    both.into_iter().step_by(step).collect()
}
