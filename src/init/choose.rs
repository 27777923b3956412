//! Which preset fits, and what of it has to be undone so that the run stays as it is without a configuration.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::config::{Config, PRESETS, Preset, Root};
use crate::page::Corpus;
use crate::walk::WalkError;

use super::members;

/// A preset that fits, and why.
#[derive(Debug)]
pub struct Chosen {
    /// The preset.
    pub preset: &'static Preset,
    /// By what it was recognized, in a few words.
    pub reason: String,
    /// Keys of it that would change the run.
    pub kept: Vec<Kept>,
}

/// A key of a preset that would change the run, so that the file sets it to what it is without the preset.
#[derive(Debug)]
pub struct Kept {
    /// The key.
    pub key: &'static str,
    /// How many documents fewer (or more) would be compared with the preset's value.
    pub fewer: usize,
    /// The same the other way round.
    pub more: usize,
}

/// The preset that fits what was found, with what it would change.
///
/// # Errors
/// If a root does not exist.
pub(super) fn choose(
    corpus: &Corpus,
    keys: &BTreeMap<String, usize>,
    roots: &[Root],
    current: &Utf8Path,
) -> Result<Option<Chosen>, WalkError> {
    let documents = members(corpus).count();
    let Some((preset, reason)) = recognize(corpus, keys, documents, roots, current) else { return Ok(None) };
    let mut kept = Vec::new();
    for (key, value) in preset.keys() {
        let text = format!("{key}: {value}\n");
        let Ok(mut config) = Config::from_text("isogloss.yaml".into(), text, roots.to_vec(), current) else { continue };
        // A file that is no more than one key of a preset has no roots of its own.
        if roots.is_empty() {
            config.roots = Config::default().roots;
        }
        let other = crate::find(&config)?.corpus;
        if !alike(corpus, &other) {
            let count = members(&other).count();
            kept.push(Kept { key, fewer: documents.saturating_sub(count), more: count.saturating_sub(documents) });
        }
    }
    Ok(Some(Chosen { preset, reason, kept }))
}

/// The first preset whose layout or files are there, else the one whose front matter keys most documents have.
fn recognize(
    corpus: &Corpus,
    keys: &BTreeMap<String, usize>,
    documents: usize,
    roots: &[Root],
    current: &Utf8Path,
) -> Option<(&'static Preset, String)> {
    for preset in PRESETS {
        if let Some(file) = preset.files.iter().find(|file| is_there(file, roots, current)) {
            return Some((preset, format!("`{file}` is there")));
        }
        // Only Docusaurus has a layout of its own; the others share theirs.
        if preset.layout == Some(preset.name) && corpus.layouts.contains(&preset.name) {
            return Some((preset, format!("the layout is `{}`", preset.name)));
        }
    }
    let marked = PRESETS.iter().flat_map(|preset| preset.marks.iter().map(move |mark| (preset, *mark)));
    let counted = marked.filter_map(|(preset, mark)| Some((*keys.get(mark)?, preset, mark)));
    // Of equals the first; a few documents may have been copied from elsewhere.
    let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best });
    let (count, preset, mark) = best.filter(|(count, ..)| count * 20 >= documents)?;
    let documents = if count == 1 { "document" } else { "documents" };
    Some((preset, format!("`{mark}` is in {count} {documents}")))
}

fn is_there(file: &str, roots: &[Root], current: &Utf8Path) -> bool {
    current.join(file).exists() || roots.iter().any(|root| current.join(&root.path).join(file).exists())
}

/// Whether two runs compare the same documents with each other.
pub(super) fn alike(a: &Corpus, b: &Corpus) -> bool {
    let pages = |corpus: &Corpus| -> Vec<_> {
        let page = |page: &crate::page::Page| {
            let members: Vec<_> =
                page.members.iter().map(|member| (member.path.clone(), member.locale.clone())).collect();
            let pins: Vec<_> = page.members.iter().map(|member| (member.id.clone(), member.pin.clone())).collect();
            let missing: Vec<_> = corpus.missing(page).cloned().collect();
            (page.key.clone(), members, pins, missing)
        };
        corpus.pages.iter().map(page).collect()
    };
    a.source == b.source && pages(a) == pages(b)
}
