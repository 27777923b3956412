//! What the names of roots say about their locales.

use camino::Utf8Path;

use super::{name, root_name};
use isogloss_text::Locale;

/// The locale in a root's own name: `docs.fr-FR`, `fr`.
pub fn locale_of_root(path: &Utf8Path) -> Option<Locale> {
    name::read(root_name::root_name(path).as_str()).map(|tagged| tagged.locale)
}

/// The root and the folders next to it whose names differ only in the locale: `docs.fr` next to `docs.en`. Sorted by locale;
/// empty if the root's name contains no locale.
pub fn siblings(root: &Utf8Path) -> Vec<(Locale, String)> {
    let Some(own) = root.file_name().and_then(name::read) else { return Vec::new() };
    let neighbors = root.parent().and_then(|above| above.read_dir_utf8().ok()).into_iter().flatten().flatten();
    let mut found: Vec<(Locale, String)> = neighbors
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let tagged = name::read(entry.file_name()).filter(|tagged| tagged.stem == own.stem && !tagged.is_weak)?;
            Some((tagged.locale, entry.file_name().to_owned()))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}
