//! The locale before the extension: `guide.md` or `guide.en.md` with `guide.fr.md`, or `guide_fr.md`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::Ground;
use super::kind::Layout;
use isogloss_text::Locale;

pub(super) const LAYOUT: Layout = Layout {
    name: "suffix",
    summary: "The locale before the extension: `guide.md`, `guide.fr.md` or `guide_fr.md`",
    detect,
};

/// Country codes that are used as language codes in file names and are not tags themselves. Not used for folders, where they may
/// name offices and markets too.
const COUNTRIES: &[(&str, &str)] = &[("cn", "zh-CN"), ("cz", "cs"), ("jp", "ja"), ("ua", "uk"), ("vn", "vi")];

/// A file whose name ends in a language tag.
struct Suffixed<'run> {
    file: usize,
    locale: Locale,
    is_weak: bool,
    /// The tag follows an underscore, which also joins the words of a name.
    is_joined: bool,
    /// Path without tag and extension: `docs/guide`.
    page: &'run str,
    extension: &'run str,
}

fn detect(ground: &mut Ground<'_>) {
    for dir in ground.roots() {
        // If another layout was detected in the root, claim only files that belong to a suffixed page.
        let is_primary = ground.is_free(&dir.files);
        let mut suffixed: Vec<Suffixed<'_>> = dir
            .files
            .clone()
            .filter(|&file| ground.placements[file].is_none())
            .filter_map(|file| read(ground, file))
            .collect();
        if suffixed.is_empty() {
            continue;
        }
        let plain: FxHashMap<&str, usize> = dir
            .files
            .clone()
            .filter(|&file| ground.placements[file].is_none())
            .filter_map(|file| Some((ground.relative(file).rsplit_once('.')?.0, file)))
            .collect();
        let mut versions: FxHashMap<&str, usize> = FxHashMap::default();
        for file in &suffixed {
            *versions.entry(file.page).or_default() += 1;
        }
        let strong: FxHashSet<&str> = suffixed.iter().filter(|file| !file.is_weak).map(|file| file.page).collect();
        let is_proven = |file: &Suffixed<'_>| match (file.is_weak, file.is_joined) {
            // `user_id.md` and `user_doc.md` are pages of their own next to `user.md`.
            (true, true) => strong.contains(file.page),
            _ => plain.contains_key(file.page) || versions[file.page] > 1,
        };
        suffixed.retain(|file| ground.is_trusting() || is_proven(file));
        if suffixed.iter().all(|file| file.is_weak) {
            continue;
        }
        claim(ground, &suffixed, &plain, is_primary);
    }
}

fn read<'run>(ground: &Ground<'run>, file: usize) -> Option<Suffixed<'run>> {
    let (path, extension) = ground.relative(file).rsplit_once('.')?;
    let name_at = path.rfind('/').map_or(0, |slash| slash + 1);
    let name = &path[name_at..];
    let (stem, tag, is_joined) = if let Some((stem, end)) = name.rsplit_once('.') {
        (stem, ground.tagged(end).filter(|tag| tag.stem.is_empty()), false)
    } else {
        let tag = ground.tagged(name).filter(|tag| name[tag.stem.len()..].starts_with('_'));
        let stem = tag.as_ref().map(|tag| tag.stem).or_else(|| name.rsplit_once('_').map(|(stem, _)| stem))?;
        (stem, tag, true)
    };
    let (locale, is_weak) = match tag {
        Some(tag) => (tag.locale, tag.is_weak),
        None => (of_country(&name[stem.len() + 1..]).filter(|locale| ground.takes_part(locale))?, false),
    };
    let page = &path[..name_at + stem.len()];
    (!stem.is_empty()).then_some(Suffixed { file, locale, is_weak, is_joined, page, extension })
}

/// The language that a country code in a file name means.
fn of_country(name: &str) -> Option<Locale> {
    let (_, tag) = COUNTRIES.iter().find(|(country, _)| country.eq_ignore_ascii_case(name))?;
    Locale::parse(tag)
}

fn claim(ground: &mut Ground<'_>, suffixed: &[Suffixed<'_>], plain: &FxHashMap<&str, usize>, is_primary: bool) {
    let locales: FxHashSet<Locale> = suffixed.iter().map(|file| file.locale.clone()).collect();
    let tagged: FxHashSet<usize> = suffixed.iter().map(|file| file.file).collect();
    let pages: FxHashSet<&str> = suffixed.iter().map(|file| file.page).collect();
    let tops: FxHashSet<&str> = pages.iter().map(|page| top(page)).collect();
    let mut base: Vec<usize> = plain
        .iter()
        .filter(|(page, file)| {
            !tagged.contains(file) && (pages.contains(*page) || (is_primary && tops.contains(top(page))))
        })
        .map(|(_, &file)| file)
        .collect();
    base.sort_unstable();
    let has_base = base.iter().any(|&file| pages.contains(without_extension(ground.relative(file))));
    let family = ground.family(LAYOUT.name, "".into());
    if has_base && let Some(locale) = ground.base_locale(&locales, &base) {
        for file in base {
            ground.claim(file, &locale, ground.relative(file), family);
        }
    }
    for file in suffixed {
        ground.claim(file.file, &file.locale, &format!("{}.{}", file.page, file.extension), family);
    }
}

/// The first folder of a path; empty for a file at the root.
fn top(page: &str) -> &str {
    page.split_once('/').map_or("", |(first, _)| first)
}

fn without_extension(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}
