//! Pairing: by id, then by path, then by path without extension, then a folder's index with the page named like the folder.
//!
//! A page that moves keeps its id, so an id counts more than a path. Groups of documents are merged step by step, and only if
//! they have no locale in common.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::{Corpus, Duplicate, Family, IdMismatch, Member, Page};
use crate::corpus::head::Head;
use crate::corpus::layout::Placed;
use crate::corpus::paths::{pairing_path, without_extension};
use crate::corpus::walk::{WalkedFile, path_order};
use isogloss_text::Locale;

/// Pairs the files that have a placement; `files`, `placed.files` and `heads` are parallel.
pub fn pair_files(files: &[WalkedFile], heads: Vec<Head>, placed: Placed) -> Corpus {
    let members: Vec<Member> = files
        .iter()
        .zip(heads)
        .zip(placed.files)
        .filter_map(|((file, head), placement)| {
            let placement = placement?;
            Some(Member {
                locale: placement.locale,
                path: file.path.clone(),
                key_path: placement.key_path,
                id: head.id,
                pin: head.pin,
                family: placement.family,
            })
        })
        .collect();
    let unplaced = files.len() - members.len();
    Corpus { unplaced, layouts: placed.layouts, ..pair(members, placed.source) }
}

/// Pairs documents into pages; two documents with the same locale and path remain two pages.
pub fn pair(mut members: Vec<Member>, source: Option<Locale>) -> Corpus {
    members.par_sort_unstable_by(|a, b| {
        path_order(a.key_path.as_str(), b.key_path.as_str())
            .then_with(|| a.locale.cmp(&b.locale))
            .then_with(|| path_order(a.path.as_str(), b.path.as_str()))
    });
    let distinct: FxHashSet<&Locale> = members.iter().map(|member| &member.locale).collect();
    let mut locales: Vec<Locale> = distinct.into_iter().cloned().collect();
    locales.sort_unstable();
    let (by_id, duplicates) = group_by_id(&members);
    let speaks: Vec<bool> = by_id.iter().map(Option::is_some).collect();
    let mut groups = Groups::new(&members, by_id, source.as_ref(), locales.len());
    groups.merge(&members, |path| path);
    groups.merge(&members, without_extension);
    groups.merge(&members, pairing_path);

    let mut id_mismatches = Vec::new();
    let families = families(&members);
    let mut slots: Vec<Option<(Member, bool)>> = members.into_iter().zip(speaks).map(Some).collect();
    let mut pages: Vec<Page> = Vec::new();
    for group in groups.members {
        let mut members: Vec<(Member, bool)> = group.iter().filter_map(|&member| slots[member].take()).collect();
        members.sort_unstable_by(|(a, _), (b, _)| a.locale.cmp(&b.locale));
        if let Some(page) = page(members, source.as_ref(), &mut id_mismatches) {
            pages.push(page);
        }
    }
    pages.sort_by(|a, b| path_order(a.members[0].path.as_str(), b.members[0].path.as_str()));
    id_mismatches.sort_by(|a, b| path_order(a.other.path.as_str(), b.other.path.as_str()));
    Corpus { pages, locales, source, families, duplicates, id_mismatches, ..Corpus::default() }
}

/// Builds the page with these members, which are sorted by locale, and appends the mismatches of their ids. Each member comes
/// with whether it keeps its id, rather than another document of its locale.
fn page(members: Vec<(Member, bool)>, source: Option<&Locale>, mismatches: &mut Vec<IdMismatch>) -> Option<Page> {
    let (first, _) = members.iter().find(|(member, _)| Some(&member.locale) == source).or(members.first())?;
    let with_id = || members.iter().filter(|(_, is_own)| *is_own).map(|(member, _)| member);
    let reference = with_id().find(|member| member.locale == first.locale).or_else(|| with_id().next());
    if let Some(reference) = reference {
        for other in with_id().filter(|other| other.id != reference.id) {
            mismatches.push(IdMismatch { reference: reference.clone(), other: other.clone() });
        }
    }
    let key = reference.and_then(|member| member.id.clone()).unwrap_or_else(|| first.key_path.to_string());
    let family = first.family;
    Some(Page { key, members: members.into_iter().map(|(member, _)| member).collect(), family })
}

fn families(members: &[Member]) -> Vec<Family> {
    let count = members.iter().map(|member| member.family + 1).max().unwrap_or(0);
    let mut families = vec![Family::default(); count];
    let mut seen = FxHashSet::default();
    for member in members {
        if seen.insert((member.family, &member.locale)) {
            families[member.family].locales.push(member.locale.clone());
        }
    }
    for family in &mut families {
        family.locales.sort_unstable();
    }
    families
}

/// The id by which each document is paired; if several have the same id and locale, only one keeps it.
fn group_by_id(members: &[Member]) -> (Vec<Option<&str>>, Vec<Duplicate>) {
    let mut by_id: Vec<Option<&str>> = members.iter().map(|member| member.id.as_deref()).collect();
    let mut claimed: FxHashSet<(&str, &Locale)> = FxHashSet::default();
    let with_id = || members.iter().enumerate().filter_map(|(at, member)| Some((at, member, member.id.as_deref()?)));
    let twice: FxHashSet<&str> =
        with_id().filter(|(_, member, id)| !claimed.insert((id, &member.locale))).map(|(_, _, id)| id).collect();
    let mut paths: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    let mut claims: FxHashMap<(&str, &Locale), Vec<usize>> = FxHashMap::default();
    // Few ids, if any, occur twice.
    for (at, member, id) in with_id().filter(|(_, _, id)| twice.contains(id)) {
        *paths.entry((id, pairing_path(member.key_path.as_str()))).or_default() += 1;
        claims.entry((id, &member.locale)).or_default().push(at);
    }
    let mut duplicates = Vec::new();
    for ((id, _), claimants) in claims {
        let agreeing = |at: usize| paths.get(&(id, pairing_path(members[at].key_path.as_str()))).copied().unwrap_or(0);
        // The first of those that agree with the most other locales.
        let Some(kept) = claimants.iter().copied().max_by_key(|&at| (agreeing(at), std::cmp::Reverse(at))) else {
            continue;
        };
        for dropped in claimants.into_iter().filter(|&at| at != kept) {
            by_id[dropped] = None;
            duplicates.push(Duplicate { kept: members[kept].clone(), dropped: members[dropped].clone() });
        }
    }
    duplicates.sort_by(|a, b| path_order(a.dropped.path.as_str(), b.dropped.path.as_str()));
    (by_id, duplicates)
}

/// Pages while they are being built.
struct Groups<'run> {
    /// For each group, the sorted indices of its members.
    members: Vec<Vec<usize>>,
    source: Option<&'run Locale>,
    /// The number of locales: a group with this many members has all of them, and cannot be merged.
    locales: usize,
}

impl<'run> Groups<'run> {
    /// One group for each id, and one for each document without an id.
    fn new(members: &[Member], by_id: Vec<Option<&str>>, source: Option<&'run Locale>, locales: usize) -> Self {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut of_id: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, id) in by_id.into_iter().enumerate().take(members.len()) {
            let next = groups.len();
            let group = id.map_or(next, |id| *of_id.entry(id).or_insert(next));
            if group == next {
                groups.push(Vec::new());
            }
            groups[group].push(at);
        }
        Self { members: groups, source, locales }
    }

    /// Merges groups that have members with the same `key`, unless they have a locale in common.
    fn merge(&mut self, members: &[Member], key: fn(&str) -> &str) {
        let mut by_key: FxHashMap<&str, Vec<(bool, usize)>> = FxHashMap::default();
        let mut order: Vec<&str> = Vec::new();
        let open = self.members.iter().enumerate().filter(|(_, group)| group.len() < self.locales);
        for (index, group) in open {
            for &member in group {
                let key = key(members[member].key_path.as_str());
                let others = by_key.entry(key).or_insert_with(|| {
                    order.push(key);
                    Vec::new()
                });
                // A group whose member with this key is the source's sorts first.
                others.push((Some(&members[member].locale) != self.source, index));
            }
        }
        let mut merged: Vec<usize> = (0..self.members.len()).collect();
        for key in order {
            let Some(mut touching) = by_key.remove(key).filter(|touching| touching.len() > 1) else { continue };
            touching.sort_unstable();
            let mut bases: Vec<usize> = Vec::new();
            for (_, index) in touching {
                let index = root(&mut merged, index);
                if bases.contains(&index) {
                    continue;
                }
                // Only a few groups share a path and a locale, so this is not quadratic.
                match bases.iter().copied().find(|&base| self.are_disjoint(members, base, index)) {
                    Some(base) => {
                        let moved = std::mem::take(&mut self.members[index]);
                        self.members[base].extend(moved);
                        merged[index] = base;
                    }
                    None => bases.push(index),
                }
            }
        }
        self.members.retain(|group| !group.is_empty());
    }

    fn are_disjoint(&self, members: &[Member], a: usize, b: usize) -> bool {
        let (a, b) = (&self.members[a], &self.members[b]);
        !a.iter().any(|&one| b.iter().any(|&other| members[one].locale == members[other].locale))
    }
}

/// The group that `index` was merged into.
fn root(merged: &mut [usize], mut index: usize) -> usize {
    while merged[index] != index {
        merged[index] = merged[merged[index]];
        index = merged[index];
    }
    index
}
