//! What layouts work on: the files as a tree, and which layout has claimed which.

use std::ops::Range;

use camino::Utf8PathBuf;
use rustc_hash::{FxHashMap, FxHashSet};

use super::name::{self, Tagged};
use super::request::{Choice, Placement, Request};
use super::script;
use isogloss_text::Locale;

/// A folder. Files are sorted by their path components, so everything below it is contiguous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dir<'run> {
    /// Its name; empty for a root.
    pub name: &'run str,
    /// Indices of the files below it.
    pub files: Range<usize>,
    /// Length in bytes of its path below the root, including the final `/`.
    pub prefix: usize,
}

/// A folder that may hold one locale's documents.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'run> {
    pub dir: Dir<'run>,
    pub tag: Tagged<'run>,
}

/// Sibling locale folders.
#[derive(Debug, Clone)]
pub(super) struct Group<'run> {
    /// Their parent folder.
    pub above: Dir<'run>,
    /// What their names have in common before the tag: empty for `fr`, `docs` for `docs.fr`.
    pub stem: &'run str,
    /// At least one; no locale appears twice.
    pub candidates: Vec<Candidate<'run>>,
    /// The documents that they are translated from, unless these are in a locale folder themselves.
    pub base: Option<Base>,
}

/// Documents next to locale folders.
#[derive(Debug, Clone)]
pub(super) struct Base {
    /// Indices of the files.
    pub files: Vec<usize>,
    /// Length in bytes of the path to the folder whose contents the locale folders mirror.
    pub prefix: usize,
}

/// A folder in which a layout claimed files, for the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// The layout's name.
    pub layout: &'static str,
    /// The parent of the locale folders, as printed; empty for the current folder.
    pub place: Utf8PathBuf,
}

/// The files, and which layout each belongs to.
pub(super) struct Ground<'run> {
    pub request: Request<'run>,
    /// For each file.
    pub placements: Vec<Option<Placement>>,
    pub claims: Vec<Claim>,
    /// The locale of the documents next to locale folders, and whether it is a guess.
    pub base: Option<(Locale, bool)>,
    /// Groups of locale folders; `None` until they have been looked for.
    pub groups: Option<Vec<Group<'run>>>,
    families: FxHashMap<String, usize>,
    /// Several roots contain layouts, so paths below a root do not identify a page.
    separates_roots: bool,
}

impl<'run> Ground<'run> {
    pub(super) fn new(request: Request<'run>) -> Self {
        Self {
            request,
            placements: vec![None; request.files.len()],
            claims: Vec::new(),
            base: None,
            groups: None,
            families: FxHashMap::default(),
            separates_roots: request.roots.iter().filter(|root| root.locale.is_none()).count() > 1,
        }
    }

    /// Whether the layout was configured, so that folders need not prove that they are locales.
    pub(super) fn is_trusting(&self) -> bool {
        matches!(self.request.choice, Choice::Named(_))
    }

    /// The file's path below its root.
    pub(super) fn relative(&self, file: usize) -> &'run str {
        self.request.files[file].relative.as_str()
    }

    /// All roots as folders, including those without files.
    pub(super) fn roots(&self) -> Vec<Dir<'run>> {
        let files = self.request.files;
        (0..self.request.roots.len())
            .map(|root| {
                let start = files.partition_point(|file| file.root < root);
                let end = files.partition_point(|file| file.root <= root);
                Dir { name: "", files: start..end, prefix: 0 }
            })
            .collect()
    }

    /// The roots with no claimed files.
    pub(super) fn free_roots(&self) -> Vec<(usize, Dir<'run>)> {
        let roots = self.roots().into_iter().enumerate();
        roots.filter(|(_, dir)| !dir.files.is_empty() && self.is_free(&dir.files)).collect()
    }

    /// Whether none of these files is claimed.
    pub(super) fn is_free(&self, files: &Range<usize>) -> bool {
        self.placements[files.clone()].iter().all(Option::is_none)
    }

    /// The subfolders of a folder, in order, and the indices of the files directly in it.
    pub(super) fn children(&self, dir: &Dir<'run>) -> (Vec<Dir<'run>>, Vec<usize>) {
        let (mut folders, mut direct): (Vec<Dir<'run>>, _) = (Vec::new(), Vec::new());
        for file in dir.files.clone() {
            let below = &self.relative(file)[dir.prefix..];
            let Some(slash) = memchr::memchr(b'/', below.as_bytes()) else {
                direct.push(file);
                continue;
            };
            match folders.last_mut() {
                Some(last) if last.name == &below[..slash] => last.files.end = file + 1,
                _ => folders.push(Dir { name: &below[..slash], files: file..file + 1, prefix: dir.prefix + slash + 1 }),
            }
        }
        (folders, direct)
    }

    /// Parses a name as a locale to check. A configured locale is never weak: it needs no better proof than others.
    pub(super) fn tagged<'name>(&self, name: &'name str) -> Option<Tagged<'name>> {
        let mut tagged = name::read(name)?;
        if self.is_configured(&tagged.locale) {
            tagged.is_weak = false;
        }
        self.takes_part(&tagged.locale).then_some(tagged)
    }

    /// Whether documents of `locale` are checked.
    pub(super) fn takes_part(&self, locale: &Locale) -> bool {
        self.request.locales.is_empty() || self.is_configured(locale)
    }

    fn is_configured(&self, locale: &Locale) -> bool {
        self.request.source.into_iter().chain(self.request.locales).any(|range| range.covers(locale))
    }

    /// Makes `file` the `locale` version of the page at `key_path` below its own root, unless it is already claimed.
    pub(super) fn claim(&mut self, file: usize, locale: &Locale, key_path: &str, family: usize) {
        if self.placements[file].is_some() {
            return;
        }
        let root = &self.request.roots[self.request.files[file].root];
        let key_path = if self.separates_roots { root.path.join(key_path) } else { key_path.into() };
        self.placements[file] = Some(Placement { locale: locale.clone(), key_path, family });
    }

    /// Like [`Self::claim`] for a root with a single locale: the page has the same path below the other locales' roots.
    pub(super) fn claim_across_roots(&mut self, file: usize, locale: &Locale, key_path: Utf8PathBuf, family: usize) {
        if self.placements[file].is_none() {
            self.placements[file] = Some(Placement { locale: locale.clone(), key_path, family });
        }
    }

    /// The family of the files that `layout` claims in one folder. `place` is the folder as printed, and is added to the notice.
    pub(super) fn family(&mut self, layout: &'static str, place: Utf8PathBuf) -> usize {
        let family = self.family_named(format!("{layout} {place}"));
        self.note(layout, place);
        family
    }

    /// The family with this name.
    pub(super) fn family_named(&mut self, name: String) -> usize {
        let next = self.families.len();
        *self.families.entry(name).or_insert(next)
    }

    /// Adds to the notice that `layout` was detected in `place`, unless the last addition is the same.
    pub(super) fn note(&mut self, layout: &'static str, place: Utf8PathBuf) {
        let claim = Claim { layout, place };
        if self.claims.last() != Some(&claim) {
            self.claims.push(claim);
        }
    }

    /// The path of a folder as printed.
    pub(super) fn printed(&self, dir: &Dir<'_>) -> Utf8PathBuf {
        let Some(first) = self.request.files.get(dir.files.start) else { return Utf8PathBuf::new() };
        let below = first.relative.as_str().get(..dir.prefix).unwrap_or_default().trim_end_matches('/');
        let root = &self.request.roots[first.root].path;
        if below.is_empty() { root.clone() } else { root.join(below) }
    }

    /// The locale of documents next to those of `others`: the configured source, else the most frequent one in their front
    /// matter, else English. If `others` include English, the script of the documents is tried first, and the locale is unknown
    /// (`und`) rather than a second `en`.
    pub(super) fn base_locale(&mut self, others: &FxHashSet<Locale>, files: &[usize]) -> Option<Locale> {
        let (locale, is_assumed) = if let Some(source) = self.request.source {
            (source.clone(), false)
        } else if let Some(locale) = self.commonest_locale(files) {
            (locale, false)
        } else {
            let is_english = |locale: &Locale| locale.language() == "en";
            let written = others.iter().any(is_english).then(|| self.written_language(files)).flatten();
            // Documents next to British English may be American English.
            let unknown = if others.contains(&Locale::parse("en")?) { "und" } else { "en" };
            (Locale::parse(written.unwrap_or(unknown))?, true)
        };
        if others.contains(&locale) {
            return None;
        }
        if self.base.is_none() {
            self.base = Some((locale.clone(), is_assumed));
        }
        Some(locale)
    }

    /// The language of the first of these documents, if their script determines it.
    fn written_language(&self, files: &[usize]) -> Option<&'static str> {
        /// Enough to see what most are written in.
        const ENOUGH: usize = 8;
        let texts = files.iter().take(ENOUGH).filter_map(|&file| std::fs::read(&self.request.files[file].path).ok());
        let texts: Vec<u8> = texts.flatten().collect();
        script::language(&String::from_utf8_lossy(&texts))
    }

    fn commonest_locale(&self, files: &[usize]) -> Option<Locale> {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for locale in files.iter().filter_map(|&file| self.request.heads.get(file)?.locale.as_deref()) {
            *counts.entry(locale).or_default() += 1;
        }
        let mut counts: Vec<(usize, &str)> = counts.into_iter().map(|(locale, count)| (count, locale)).collect();
        counts.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        Locale::parse(counts.first()?.1)
    }
}
