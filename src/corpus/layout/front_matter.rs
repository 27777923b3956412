//! Documents that name their own language (`lang: fr`), in roots where nothing else determines it; they are paired by id.

use super::ground::Ground;
use super::kind::Layout;
use isogloss_text::Locale;

pub(super) const LAYOUT: Layout =
    Layout { name: "front-matter", summary: "`lang: fr` in each document; pages are paired by id", detect };

fn detect(ground: &mut Ground<'_>) {
    for (_, dir) in ground.free_roots() {
        let locale_of = |file: &usize| {
            let locale = ground.request.heads.get(*file)?.locale.as_deref();
            Some((*file, Locale::parse(locale?)?))
        };
        let files: Vec<(usize, Locale)> = dir.files.clone().filter_map(|file| locale_of(&file)).collect();
        if files.is_empty() {
            continue;
        }
        let family = ground.family(LAYOUT.name, ground.printed(&dir));
        for (file, locale) in files {
            ground.claim(file, &locale, ground.relative(file), family);
        }
    }
}
