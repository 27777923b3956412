//! Docusaurus: `docs/guide.md` with `i18n/fr/docusaurus-plugin-content-docs/current/guide.md`, and likewise its blog,
//! pages, versions and further plugin instances.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::{Dir, Ground};
use super::kind::Layout;
use isogloss_text::Locale;

pub(super) const LAYOUT: Layout =
    Layout {
        name: "docusaurus", summary: "`docs/…` with `i18n/fr/docusaurus-plugin-content-docs/current/…`", detect
    };

/// One translated file.
struct Translated {
    file: usize,
    locale: Locale,
    /// Path of its source relative to the site's folder: `docs/guide.md`.
    source: String,
}

fn detect(ground: &mut Ground<'_>) {
    let mut open = ground.roots();
    let mut sites = Vec::new();
    while let Some(dir) = open.pop() {
        let (children, _) = ground.children(&dir);
        for child in children {
            if child.name == "i18n" && ground.is_free(&child.files) {
                sites.push((dir.clone(), child));
            } else {
                open.push(child);
            }
        }
    }
    sites.sort_by_key(|(dir, _)| (dir.files.start, dir.prefix));
    for (site, i18n) in sites {
        let translated = translated(ground, &i18n);
        if !translated.is_empty() {
            claim(ground, &site, &translated);
        }
    }
}

/// The files below `i18n` whose paths match those of the plugins.
fn translated(ground: &Ground<'_>, i18n: &Dir<'_>) -> Vec<Translated> {
    let mut found = Vec::new();
    for folder in ground.children(i18n).0 {
        let Some(tag) = ground.tagged(folder.name).filter(|tag| tag.stem.is_empty()) else { continue };
        for file in folder.files.clone() {
            if let Some(source) = source_path(&ground.relative(file)[folder.prefix..]) {
                found.push(Translated { file, locale: tag.locale.clone(), source });
            }
        }
    }
    found
}

/// The path of the source of `docusaurus-plugin-content-docs/current/guide.md`: `docs/guide.md`.
fn source_path(below: &str) -> Option<String> {
    let (plugin, rest) = below.strip_prefix("docusaurus-plugin-content-")?.split_once('/')?;
    let (kind, instance) = plugin.split_once('-').map_or((plugin, None), |(kind, instance)| (kind, Some(instance)));
    match kind {
        "docs" => {
            let (version, rest) = rest.split_once('/')?;
            Some(match (version, instance) {
                ("current", instance) => format!("{}/{rest}", instance.unwrap_or("docs")),
                (version, None) => format!("versioned_docs/{version}/{rest}"),
                (version, Some(instance)) => format!("{instance}_versioned_docs/{version}/{rest}"),
            })
        }
        "blog" => Some(format!("{}/{rest}", instance.unwrap_or("blog"))),
        "pages" => Some(format!("src/pages/{rest}")),
        _ => None,
    }
}

/// The leading parts of a source path that name one plugin's folder: `docs/`, `versioned_docs/version-1/`.
fn plugin_folder(source: &str) -> &str {
    let depth = if source.starts_with("src/pages/") || source.contains("versioned_docs/") { 2 } else { 1 };
    source.match_indices('/').nth(depth - 1).map_or(source, |(at, _)| &source[..=at])
}

fn claim(ground: &mut Ground<'_>, site: &Dir<'_>, translated: &[Translated]) {
    let family = ground.family(LAYOUT.name, ground.printed(site));
    let prefix = ground.relative(translated[0].file)[..site.prefix].to_owned();
    let folders: FxHashSet<&str> = translated.iter().map(|file| plugin_folder(&file.source)).collect();
    let mut sources: FxHashMap<usize, String> = FxHashMap::default();
    for file in site.files.clone() {
        let below = &ground.relative(file)[site.prefix..];
        if folders.contains(plugin_folder(below)) {
            sources.insert(file, format!("{prefix}{below}"));
        }
    }
    let locales: FxHashSet<Locale> = translated.iter().map(|file| file.locale.clone()).collect();
    let mut files: Vec<usize> = sources.keys().copied().collect();
    files.sort_unstable();
    if let Some(locale) = ground.base_locale(&locales, &files) {
        for file in files {
            ground.claim(file, &locale, &sources[&file], family);
        }
    }
    for Translated { file, locale, source } in translated {
        ground.claim(*file, locale, &format!("{prefix}{source}"), family);
    }
}
