//! The locale of a whole root: as given (`fr=docs`), or from the root's name if no layout is detected inside.

use camino::{Utf8Path, Utf8PathBuf};

use super::ground::Ground;
use super::kind::Layout;
use isogloss_text::Locale;

pub(super) const LAYOUT: Layout =
    Layout { name: "root-name", summary: "One root, named after its locale: `docs.fr-FR`", detect };

/// Claims the roots whose locale the user gave.
pub(super) fn claim_given(ground: &mut Ground<'_>) {
    for (at, root) in ground.request.roots.iter().enumerate() {
        if let Some(locale) = &root.locale {
            let name = root_name(&root.path);
            let stem = super::name::read(name.as_str()).map_or(name.as_str(), |tagged| tagged.stem).to_owned();
            claim_root(ground, "LOCALE=PATH", at, locale, &stem);
        }
    }
}

fn detect(ground: &mut Ground<'_>) {
    for (root, _) in ground.free_roots() {
        let name = root_name(&ground.request.roots[root].path);
        let Some(tag) = ground.tagged(name.as_str()) else { continue };
        if !tag.is_weak || (tag.stem.is_empty() && tag.locale.as_str().len() == 2) {
            let (locale, stem) = (tag.locale.clone(), tag.stem.to_owned());
            claim_root(ground, LAYOUT.name, root, &locale, &stem);
        }
    }
}

/// Claims a whole root for one locale. If a locale has several roots, those with the same `stem` are one family.
pub(super) fn claim_root(ground: &mut Ground<'_>, layout: &'static str, root: usize, locale: &Locale, stem: &str) {
    let names = ground.request.roots.iter().map(|root| root_name(&root.path));
    let mut seen = rustc_hash::FxHashSet::default();
    // If a locale has two roots, there are several sets of documents, and only the roots' names show which belong together.
    let is_one_family = ground.request.roots.iter().zip(names).all(|(root, name)| {
        let tag = || super::name::read(name.as_str()).map(|tagged| tagged.locale);
        root.locale.clone().or_else(tag).is_none_or(|locale| seen.insert(locale))
    });
    let folder = if is_one_family { Utf8Path::new("") } else { Utf8Path::new(stem) };
    let place = if is_one_family { Utf8PathBuf::new() } else { Utf8PathBuf::from(format!("{stem}.*")) };
    ground.note(layout, place);
    let family = ground.family_named(format!("roots {folder}"));
    for file in ground.roots()[root].files.clone() {
        ground.claim_across_roots(file, locale, folder.join(ground.relative(file)), family);
    }
}

/// The name of a root's folder, even if it is written as `.` or `..`.
pub(super) fn root_name(path: &Utf8Path) -> Utf8PathBuf {
    if let Some(name) = path.file_name() {
        return name.into();
    }
    let path = if path.as_str().is_empty() { Utf8Path::new(".") } else { path };
    let name = path.canonicalize_utf8().ok().and_then(|path| path.file_name().map(Utf8PathBuf::from));
    name.unwrap_or_default()
}
