//! The matching preset, and which of its keys must be overridden so that the run stays the same as without a configuration.

use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::config::{Config, PRESETS, Preset};
use crate::corpus::page::{Corpus, Page};
use crate::corpus::walk::Root;
use crate::corpus::walk::WalkError;
use crate::report::plural;

/// The matching preset, and why it matches.
#[derive(Debug)]
pub struct Chosen {
    /// The preset.
    pub preset: &'static Preset,
    /// What identified it, in a few words.
    pub reason: String,
    /// Keys that would change the run.
    pub kept: Vec<Kept>,
}

/// A key of a preset that would change the run, so the file sets it to its value without the preset.
#[derive(Debug)]
pub struct Kept {
    /// The key.
    pub key: &'static str,
    /// How many fewer documents the preset's value would compare.
    pub fewer: usize,
    /// How many more it would compare.
    pub more: usize,
}

impl Kept {
    /// What the preset's value would do, after "would".
    pub fn effect(&self) -> String {
        match (self.fewer, self.more) {
            (0, 0) => "pair documents differently".to_owned(),
            (0, more) => format!("add {}", plural(more, "document", "s")),
            (fewer, _) => format!("skip {} that are checked now", plural(fewer, "document", "s")),
        }
    }
}

/// Chooses the preset that matches, and finds out what it would change.
///
/// # Errors
/// If a root does not exist.
pub(super) fn choose(
    corpus: &Corpus,
    keys: &BTreeMap<String, usize>,
    base: &Config,
    current: &Utf8Path,
) -> Result<Option<Chosen>, WalkError> {
    let documents = corpus.members().count();
    let Some((preset, reason)) = recognize(corpus, keys, documents, base, current) else { return Ok(None) };
    let mut kept = Vec::new();
    for (key, value) in preset.keys() {
        let text = format!("{key}: {value}\n");
        let roots = base.roots.clone();
        let Ok(config) = Config::from_text("isogloss.yaml".into(), text, roots, current) else { continue };
        let config = Config { source: base.source.clone(), ..config };
        let other = crate::find(&config)?.corpus;
        if !alike(corpus, &other) {
            let count = other.members().count();
            kept.push(Kept { key, fewer: documents.saturating_sub(count), more: count.saturating_sub(documents) });
        }
    }
    Ok(Some(Chosen { preset, reason, kept }))
}

/// The first preset whose files or layout exist, or else the one whose front matter keys most documents have.
fn recognize(
    corpus: &Corpus,
    keys: &BTreeMap<String, usize>,
    documents: usize,
    base: &Config,
    current: &Utf8Path,
) -> Option<(&'static Preset, String)> {
    let by_file = |preset: &'static Preset| {
        let file = preset.files.iter().find(|file| is_there(file, &base.roots, current))?;
        Some((preset, format!("`{file}` exists")))
    };
    // Only Docusaurus has its own layout; other presets share theirs.
    let by_layout = |preset: &'static Preset| {
        let is_own = preset.layout == Some(preset.name) && corpus.layouts.contains(&preset.name);
        is_own.then(|| (preset, format!("the layout is `{}`", preset.name)))
    };
    let with_layout = PRESETS.iter().filter(|preset| preset.layout.is_some());
    with_layout
        .clone()
        .find_map(|preset| by_file(preset).or_else(|| by_layout(preset)))
        .or_else(|| by_mark(keys, documents))
        .or_else(|| PRESETS.iter().filter(|preset| preset.layout.is_none()).find_map(by_file))
}

/// The preset whose front matter key is in the most documents; ties go to the first.
fn by_mark(keys: &BTreeMap<String, usize>, documents: usize) -> Option<(&'static Preset, String)> {
    let marked = PRESETS.iter().flat_map(|preset| preset.marks.iter().map(move |mark| (preset, *mark)));
    let counted = marked.filter_map(|(preset, mark)| Some((*keys.get(mark)?, preset, mark)));
    let best = counted.reduce(|best, next| if next.0 > best.0 { next } else { best });
    // A few documents may have been copied from elsewhere.
    let (count, preset, mark) = best.filter(|(count, ..)| count * 20 >= documents)?;
    Some((preset, format!("`{mark}` is in {}", plural(count, "document", "s"))))
}

fn is_there(file: &str, roots: &[Root], current: &Utf8Path) -> bool {
    current.join(file).exists() || roots.iter().any(|root| current.join(&root.path).join(file).exists())
}

/// Whether two runs compare the same documents.
pub(super) fn alike(a: &Corpus, b: &Corpus) -> bool {
    let pages = |corpus: &Corpus| -> Vec<_> {
        let page = |page: &Page| {
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
