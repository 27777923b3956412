//! The source at the root with one folder per translation next to it: `guide.md` with `fr/guide.md`, as in Starlight, Rspress and
//! others.

use rustc_hash::FxHashSet;

use super::ground::Ground;
use super::ground::{Base, Group};
use super::kind::Layout;
use super::mirror::{claim_folders, locales, take_groups};
use crate::corpus::paths::pairing_path;

pub(super) const LAYOUT: Layout = Layout {
    name: "source-at-root",
    summary: "Source pages at the root, and one folder per translation: `guide.md`, `fr/guide.md`",
    detect,
};

fn detect(ground: &mut Ground<'_>) {
    let groups = take_groups(ground, |group| group.stem.is_empty() && group.base.is_some());
    let families: Vec<usize> = groups.iter().map(|group| claim_folders(ground, LAYOUT.name, group)).collect();
    // Innermost first, so that outer groups claim only what remains.
    for (group, family) in groups.iter().zip(families).rev() {
        if let Some(base) = &group.base {
            claim_base(ground, group, base, family);
        }
    }
}

/// Claims the documents next to the folders: all of them if they are a whole site, else only those in folders that contain
/// something translated.
fn claim_base(ground: &mut Ground<'_>, group: &Group<'_>, base: &Base, family: usize) {
    let Some(locale) = ground.base_locale(&locales(group), &base.files) else { return };
    let top = |file: usize, prefix: usize| {
        let below = &ground.relative(file)[prefix..];
        below.split_once('/').map_or("", |(first, _)| first)
    };
    let mut tops: FxHashSet<&str> = FxHashSet::default();
    let mut translated: FxHashSet<&str> = FxHashSet::default();
    for candidate in &group.candidates {
        for file in candidate.dir.files.clone() {
            tops.insert(top(file, candidate.dir.prefix));
            translated.insert(pairing_path(&ground.relative(file)[candidate.dir.prefix..]));
        }
    }
    let is_translated = |&&file: &&usize| translated.contains(pairing_path(&ground.relative(file)[base.prefix..]));
    let found = base.files.iter().filter(is_translated).count();
    let is_site = found * 2 >= translated.len() && found > 3;
    let files: Vec<usize> =
        base.files.iter().copied().filter(|&file| is_site || tops.contains(top(file, base.prefix))).collect();
    for file in files {
        ground.claim(file, &locale, ground.relative(file), family);
    }
}
