//! Learning from a sample of the corpus before pages are compared: a [`Model`] for each pair of locales.

use std::collections::BTreeMap;
use std::sync::Mutex;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::corpus::page::{Corpus, Page};
use isogloss_align::{Model, Outline, Outlined, Trainer};
use isogloss_document::Document;
use isogloss_text::Locale;

/// Number of pages to learn from for each pair of locales, spread evenly over the corpus.
const SAMPLE: usize = 256;

/// Models by locale, and the documents that were parsed to learn them, each with its outline.
#[derive(Debug, Default)]
pub struct Learned {
    /// By the locales of the reference and the translation.
    models: BTreeMap<(Locale, Locale), Model>,
    /// Used for pairs without a model.
    plain: Model,
    parsed: FxHashMap<Utf8PathBuf, Mutex<Option<(Document, Outline)>>>,
}

impl Learned {
    /// The model for a pair of locales.
    pub fn model(&self, reference: &Locale, translation: &Locale) -> &Model {
        self.models.get(&(reference.clone(), translation.clone())).unwrap_or(&self.plain)
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
    let parsed = parsed.into_iter().map(|(path, read)| (path.to_owned(), Mutex::new(Some(read)))).collect();
    Learned { models, plain: Model::default(), parsed }
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
