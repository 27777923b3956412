//! One folder per locale, next to each other: `docs.en`, `docs.fr-FR`, given as roots or found in one.

use camino::{Utf8Path, Utf8PathBuf};

use super::ground::{Base, Candidate};
use super::ground::{Dir, Ground};
use super::kind::Layout;
use super::mirror::{Neighbors, claim_folders, judge, locales, take_groups};
use super::root_name::{claim_root, root_name};

pub(super) const LAYOUT: Layout = Layout {
    name: "sibling-roots",
    summary: "One folder per locale, side by side: `docs.en/…`, `docs.fr-FR/…`",
    detect,
};

fn detect(ground: &mut Ground<'_>) {
    given_roots(ground);
    found_folders(ground);
}

/// Roots named after their locales.
fn given_roots(ground: &mut Ground<'_>) {
    let names: Vec<Utf8PathBuf> = ground.request.roots.iter().map(|root| root_name(&root.path)).collect();
    let mut tagged: Vec<(usize, Candidate<'_>)> = Vec::new();
    let mut plain: Vec<(usize, Dir<'_>)> = Vec::new();
    for (root, dir) in ground.free_roots() {
        match ground.tagged(names[root].as_str()) {
            Some(tag) => tagged.push((root, Candidate { dir, tag })),
            None => plain.push((root, dir)),
        }
    }
    let given = ground.request.roots.iter().filter(|root| root.locale.is_some()).count();
    let strong = tagged.iter().filter(|(_, candidate)| !candidate.tag.is_weak).count();
    if tagged.is_empty() || (strong + given < 2 && plain.is_empty() && tagged.len() < 2) {
        return;
    }
    let mut base_root = None;
    if strong + given < 2 {
        // Names alone prove nothing yet: the roots must mirror each other, or the only root without a tag.
        let base = match plain.as_slice() {
            [(root, dir)] => {
                base_root = Some(*root);
                Some(Base { files: dir.files.clone().collect(), prefix: 0 })
            }
            _ => None,
        };
        let above = tagged[0].1.dir.clone();
        let candidates = tagged.iter().map(|(_, candidate)| candidate.clone()).collect();
        let Some(group) = judge(ground, above, "", candidates, Neighbors { folders: Vec::new(), base }) else { return };
        let proven = locales(&group);
        tagged.retain(|(_, candidate)| proven.contains(&candidate.tag.locale));
        base_root = base_root.filter(|_| group.base.is_some());
    } else if let [(root, _)] = plain.as_slice() {
        base_root = Some(*root);
    }
    let found = tagged.iter().map(|(_, candidate)| candidate.tag.locale.clone()).collect();
    for (root, candidate) in &tagged {
        claim_root(ground, LAYOUT.name, *root, &candidate.tag.locale, candidate.tag.stem);
    }
    let base = plain.into_iter().find(|(root, _)| Some(*root) == base_root);
    if let Some((root, dir)) = base
        && let Some(locale) = ground.base_locale(&found, &dir.files.collect::<Vec<_>>())
    {
        let name = Utf8Path::new(&names[root]).as_str().to_owned();
        claim_root(ground, LAYOUT.name, root, &locale, &name);
    }
}

/// Folders in a root: `docs.fr`, `docs-fr`, `docs_fr`; the source may be in `docs`.
fn found_folders(ground: &mut Ground<'_>) {
    for group in take_groups(ground, |group| !group.stem.is_empty()) {
        let family = claim_folders(ground, LAYOUT.name, &group);
        let Some(base) = &group.base else { continue };
        if let Some(locale) = ground.base_locale(&locales(&group), &base.files) {
            for &file in &base.files {
                ground.claim(file, &locale, ground.relative(file), family);
            }
        }
    }
}
