//! Proof that folders are locales: their names are language tags, and their contents mirror each other.
//!
//! A name proves little: `it`, `id`, `api` and `cpp` are language tags too. The paths below such a folder must therefore also
//! exist below another such folder next to it, or in the parent folder (the source at the root), and names that are also words
//! need more shared paths. If more other folders than candidates have the same paths, none of them are locales.

use camino::Utf8Path;
use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::{Base, Candidate, Dir, Ground, Group};
use super::name::Tagged;
use crate::corpus::paths::pairing_path;
use isogloss_text::Locale;

/// Pages that any folder may have, so that they prove little.
const COMMON: &[&str] = &[
    "",
    "index",
    "_index",
    "readme",
    "404",
    "overview",
    "changelog",
    "license",
    "contributing",
    "code-of-conduct",
    "metadata",
];

/// The folders and documents next to the candidates.
#[derive(Debug, Default)]
pub(super) struct Neighbors<'run> {
    /// Folders that are not candidates.
    pub folders: Vec<Dir<'run>>,
    /// The documents that may be the source.
    pub base: Option<Base>,
}

/// Which folders have a page.
#[derive(Debug, Clone, Copy)]
struct Occurrences {
    last: usize,
    folders: u32,
    in_base: bool,
}

/// How many files of a candidate also exist elsewhere.
#[derive(Debug, Clone, Copy, Default)]
struct Share {
    all: usize,
    shared: usize,
    /// Shared pages that are not in [`COMMON`].
    distinctive: usize,
    /// Pages that the base has too: of all shared ones, and of the distinctive ones.
    in_base: usize,
    distinctive_in_base: usize,
}

/// The candidates that are locales; `None` if there are none.
pub(super) fn judge<'run>(
    ground: &Ground<'run>,
    above: Dir<'run>,
    stem: &'run str,
    candidates: Vec<Candidate<'run>>,
    neighbors: Neighbors<'run>,
) -> Option<Group<'run>> {
    let candidates = one_per_locale(candidates);
    let mut occurrences: FxHashMap<&str, Occurrences> = FxHashMap::default();
    for (index, candidate) in candidates.iter().enumerate() {
        for key in keys(ground, &candidate.dir) {
            let entry = occurrences.entry(key).or_insert(Occurrences { last: index, folders: 1, in_base: false });
            if entry.last != index {
                (entry.last, entry.folders) = (index, entry.folders + 1);
            }
        }
    }
    if let Some(base) = &neighbors.base {
        for &file in &base.files {
            for key in file_keys(ground, file, base.prefix) {
                if let Some(entry) = occurrences.get_mut(key) {
                    entry.in_base = true;
                }
            }
        }
    }
    let shares: Vec<Share> = candidates.iter().map(|candidate| share(ground, &candidate.dir, &occurrences)).collect();
    let is_proven = |(candidate, share): &(Candidate<'run>, Share)| {
        let trusted = ground.is_trusting() && !candidate.tag.is_weak;
        trusted || proves(&candidate.tag, share)
    };
    let proven: Vec<(Candidate<'run>, Share)> = candidates.into_iter().zip(shares).filter(is_proven).collect();
    let base = neighbors.base.filter(|_| base_counts(ground, &proven));
    let is_clear = |(candidate, share): &(Candidate<'run>, Share)| {
        !candidate.tag.is_weak
            || (base.is_some() && share.distinctive_in_base >= 3 && share.distinctive_in_base * 2 >= share.all)
    };
    let places = proven.len() + usize::from(base.is_some());
    let impostors = neighbors.folders.iter().filter(|dir| base.is_none() && mirrors(ground, dir, &occurrences)).count();
    let enough = places >= 2 || (ground.is_trusting() && places > 0);
    (enough && proven.iter().any(is_clear) && impostors <= proven.len()).then(|| Group {
        above,
        stem,
        candidates: proven.into_iter().map(|(candidate, _)| candidate).collect(),
        base,
    })
}

/// Whether enough of a candidate exists elsewhere, given how ambiguous its name is.
fn proves(tag: &Tagged<'_>, share: &Share) -> bool {
    let most = share.shared * 2 >= share.all;
    match (tag.is_weak, tag.locale.language().len()) {
        (false, _) => share.distinctive > 0 || (share.shared > 0 && most),
        (true, 2) => (share.distinctive > 0 && most) || (share.shared > 0 && share.shared == share.all),
        (true, _) => share.distinctive > 0 && most,
    }
}

/// Whether the documents next to the folders are the source of the translations.
fn base_counts(ground: &Ground<'_>, proven: &[(Candidate<'_>, Share)]) -> bool {
    let sum = |part: fn(&Share) -> usize| proven.iter().map(|(_, share)| part(share)).sum::<usize>();
    let (distinctive, in_base) = (sum(|share| share.distinctive_in_base), sum(|share| share.in_base));
    let has = |language: &str| proven.iter().any(|(candidate, _)| candidate.tag.locale.as_str() == language);
    match ground.request.source {
        Some(source) => in_base > 0 && !has(source.as_str()),
        // If a folder is English, the root must be a complete version too, not just a start page and a few others.
        None if proven.iter().any(|(candidate, _)| candidate.tag.locale.language() == "en") => {
            distinctive * 2 >= sum(|share| share.all)
        }
        None => distinctive > 0 || (in_base > 0 && in_base == sum(|share| share.shared)),
    }
}

/// Of two folders with the same locale, keeps the one with more files.
fn one_per_locale(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    candidates.sort_by(|a, b| {
        let size = |candidate: &Candidate<'_>| candidate.dir.files.len();
        a.tag.locale.cmp(&b.tag.locale).then_with(|| size(b).cmp(&size(a)))
    });
    candidates.dedup_by(|second, first| second.tag.locale == first.tag.locale);
    candidates
}

/// What identifies a file across locales: its path below the folder, and its id.
fn file_keys<'run>(ground: &Ground<'run>, file: usize, prefix: usize) -> impl Iterator<Item = &'run str> {
    let path = pairing_path(&ground.relative(file)[prefix..]);
    let heads = ground.request.heads;
    std::iter::once(path).chain(heads.get(file).and_then(|head| head.id.as_deref()))
}

fn keys<'run>(ground: &Ground<'run>, dir: &Dir<'run>) -> impl Iterator<Item = &'run str> {
    dir.files.clone().flat_map(|file| file_keys(ground, file, dir.prefix))
}

fn share(ground: &Ground<'_>, dir: &Dir<'_>, occurrences: &FxHashMap<&str, Occurrences>) -> Share {
    let mut share = Share { all: dir.files.len(), ..Share::default() };
    for file in dir.files.clone() {
        let (mut shared, mut distinctive, mut in_base, mut distinctive_in_base) = (false, false, false, false);
        for key in file_keys(ground, file, dir.prefix) {
            if let Some(entry) = occurrences.get(key).filter(|entry| entry.folders > 1 || entry.in_base) {
                shared = true;
                distinctive |= is_distinctive(key);
                in_base |= entry.in_base;
                distinctive_in_base |= entry.in_base && is_distinctive(key);
            }
        }
        share.shared += usize::from(shared);
        share.distinctive += usize::from(distinctive);
        share.in_base += usize::from(in_base);
        share.distinctive_in_base += usize::from(distinctive_in_base);
    }
    share
}

fn is_distinctive(key: &str) -> bool {
    !COMMON.iter().any(|common| key.eq_ignore_ascii_case(common))
}

/// Whether a folder that is not a candidate has a distinctive page of the candidates.
fn mirrors(ground: &Ground<'_>, dir: &Dir<'_>, occurrences: &FxHashMap<&str, Occurrences>) -> bool {
    keys(ground, dir).any(|key| is_distinctive(key) && occurrences.contains_key(key))
}

/// All groups of locale folders that are not claimed yet, only the outermost in each branch; outer groups come first.
pub(super) fn groups<'run>(ground: &Ground<'run>) -> Vec<Group<'run>> {
    let mut found = Vec::new();
    let mut open: Vec<Dir<'run>> = ground.roots().into_iter().rev().collect();
    while let Some(dir) = open.pop() {
        let (children, direct) = ground.children(&dir);
        let children: Vec<Dir<'run>> = children.into_iter().filter(|child| ground.is_free(&child.files)).collect();
        let mut stems: Vec<(&'run str, Vec<Candidate<'run>>)> = Vec::new();
        let mut by_stem: FxHashMap<&'run str, usize> = FxHashMap::default();
        for child in &children {
            if let Some(tag) = ground.tagged(child.name) {
                let at = *by_stem.entry(tag.stem).or_insert(stems.len());
                if at == stems.len() {
                    stems.push((tag.stem, Vec::new()));
                }
                stems[at].1.push(Candidate { dir: child.clone(), tag });
            }
        }
        let mut taken: FxHashSet<&str> = FxHashSet::default();
        for (stem, candidates) in stems {
            let neighbors = neighbors(ground, &dir, stem, &candidates, &children, &direct);
            if let Some(group) = judge(ground, dir.clone(), stem, candidates, neighbors) {
                taken.extend(group.candidates.iter().map(|candidate| candidate.dir.name));
                if group.base.is_some() && !stem.is_empty() {
                    taken.insert(stem);
                }
                found.push(group);
            }
        }
        open.extend(children.into_iter().rev().filter(|child| !taken.contains(child.name)));
    }
    found
}

/// The folders and documents next to the candidates with the same stem.
fn neighbors<'run>(
    ground: &Ground<'run>,
    dir: &Dir<'run>,
    stem: &str,
    candidates: &[Candidate<'run>],
    children: &[Dir<'run>],
    direct: &[usize],
) -> Neighbors<'run> {
    if !stem.is_empty() {
        let base = children.iter().find(|child| child.name == stem);
        let base = base.map(|child| Base { files: child.files.clone().collect(), prefix: child.prefix });
        return Neighbors { folders: Vec::new(), base };
    }
    let own: FxHashSet<&str> = candidates.iter().map(|candidate| candidate.dir.name).collect();
    let folders: Vec<Dir<'run>> = children.iter().filter(|child| !own.contains(child.name)).cloned().collect();
    let inside = folders.iter().flat_map(|child| child.files.clone());
    let mut files: Vec<usize> =
        direct.iter().copied().chain(inside).filter(|&at| ground.placements[at].is_none()).collect();
    files.sort_unstable();
    let base = (!files.is_empty()).then_some(Base { files, prefix: dir.prefix });
    Neighbors { folders, base }
}

/// The locales of a group.
pub(super) fn locales(group: &Group<'_>) -> FxHashSet<Locale> {
    group.candidates.iter().map(|candidate| candidate.tag.locale.clone()).collect()
}

/// Claims the folders of a group for their locales; returns the family.
pub(super) fn claim_folders(ground: &mut Ground<'_>, layout: &'static str, group: &Group<'_>) -> usize {
    let place = ground.printed(&group.above);
    let place = if group.stem.is_empty() { place } else { place.join(format!("{}.*", group.stem)) };
    let family = ground.family(layout, place);
    for candidate in &group.candidates {
        for file in candidate.dir.files.clone() {
            let relative = ground.relative(file);
            let (above, below) = (&relative[..group.above.prefix], &relative[candidate.dir.prefix..]);
            let key_path = Utf8Path::new(above).join(group.stem).join(below);
            ground.claim(file, &candidate.tag.locale, key_path.as_str(), family);
        }
    }
    family
}

/// Removes and returns the groups that `wanted` accepts; the first call finds all groups.
pub(super) fn take_groups<'run>(
    ground: &mut Ground<'run>,
    mut wanted: impl FnMut(&Group<'run>) -> bool,
) -> Vec<Group<'run>> {
    let groups = ground.groups.take().unwrap_or_else(|| groups(ground));
    let (taken, left) = groups.into_iter().partition(|group| wanted(group));
    ground.groups = Some(left);
    taken
}
