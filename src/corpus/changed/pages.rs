//! Pairs the documents of a run about a change as in a full run, reading as few heads as possible.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::documents::Documents;
use super::selection::Error;
use crate::corpus::head::{Head, read_head, read_heads};
use crate::corpus::layout::{self, Placed, Placement, place};
use crate::corpus::page::{Corpus, pair_files};
use crate::corpus::paths::pairing_path;
use crate::corpus::walk::{WalkedFile, path_order};
use isogloss_text::Locale;

/// A document that the change deleted.
#[derive(Debug)]
pub(super) struct Gone {
    placement: Placement,
    id: Option<String>,
}

/// Pairs all documents, and returns the deleted ones.
pub(super) fn pair(documents: &mut Documents<'_>) -> Result<(Corpus, Vec<Gone>), Error> {
    let count = documents.files.walked.len();
    let mut heads = vec![Head::default(); count];
    let mut placed = placed(documents, &documents.files.walked, &heads);
    let paths_suffice = placed.by_paths && {
        let alike = alike(documents, &placed);
        documents.read_files(&alike)?;
        read(documents, &alike, &mut heads);
        let ids = alike.iter().any(|&at| heads[at].id.is_some());
        !ids && !gone_ids(documents)?.iter().any(Option::is_some)
    };
    if !paths_suffice {
        read_unstaged(documents)?;
        read(documents, &(0..count).collect::<Vec<_>>(), &mut heads);
        placed = self::placed(documents, &documents.files.walked, &heads);
    }
    let gone = gone(documents, &heads)?;
    documents.files.notices.append(&mut placed.notices);
    Ok((pair_files(&documents.files.walked, heads, placed), gone))
}

fn placed(documents: &Documents<'_>, files: &[WalkedFile], heads: &[Head]) -> Placed {
    let request = documents.request;
    place(layout::Request {
        roots: &documents.files.roots,
        files,
        heads,
        source: request.source,
        locales: request.locales,
        choice: request.layout,
    })
}

/// Documents that, by their paths, could be versions of the same page as those that the change touches.
fn alike(documents: &Documents<'_>, placed: &Placed) -> Vec<usize> {
    let files = &documents.files;
    let key = |at: usize| placed.files[at].as_ref().map(|placement| pairing_path(placement.key_path.as_str()));
    let mut keys: FxHashSet<&str> =
        (0..files.walked.len()).filter(|&at| files.is_changed[at]).filter_map(key).collect();
    let gone = place_gone(documents, &vec![Head::default(); files.walked.len()]);
    keys.extend(gone.iter().flatten().map(|placement| pairing_path(placement.key_path.as_str())));
    (0..files.walked.len()).filter(|&at| key(at).is_some_and(|key| keys.contains(key))).collect()
}

/// Where the layout would place each deleted document.
fn place_gone(documents: &Documents<'_>, heads: &[Head]) -> Vec<Option<Placement>> {
    let files = &documents.files;
    if files.gone.is_empty() {
        return Vec::new();
    }
    // Place them together with the others: they may be what proved that their folder is a locale's.
    let mut all: Vec<(WalkedFile, Head, Option<usize>)> =
        files.walked.iter().zip(heads).map(|(file, head)| (file.clone(), head.clone(), None)).collect();
    all.extend(files.gone.iter().enumerate().map(|(at, (file, _))| (file.clone(), Head::default(), Some(at))));
    all.sort_by(|(a, ..), (b, ..)| {
        a.root.cmp(&b.root).then_with(|| path_order(a.relative.as_str(), b.relative.as_str()))
    });
    let (mut walked, mut heads, mut which) = (Vec::new(), Vec::new(), Vec::new());
    for (file, head, gone) in all {
        walked.push(file);
        heads.push(head);
        which.push(gone);
    }
    let placed = placed(documents, &walked, &heads);
    let mut places = vec![None; files.gone.len()];
    for (gone, placement) in which.into_iter().zip(placed.files) {
        if let Some(gone) = gone {
            places[gone] = placement;
        }
    }
    places
}

/// The deleted documents that a layout can place.
fn gone(documents: &mut Documents<'_>, heads: &[Head]) -> Result<Vec<Gone>, Error> {
    let ids = gone_ids(documents)?;
    let places = place_gone(documents, heads);
    Ok(places.into_iter().zip(ids).filter_map(|(placement, id)| Some(Gone { placement: placement?, id })).collect())
}

/// The id of each deleted document.
fn gone_ids(documents: &mut Documents<'_>) -> Result<Vec<Option<String>>, Error> {
    let blobs: Vec<String> = documents.files.gone.iter().map(|(_, blob)| blob.clone().unwrap_or_default()).collect();
    let held = documents.blobs(&blobs.iter().map(String::as_str).collect::<Vec<_>>())?;
    let request = documents.request;
    Ok(held.into_iter().map(|bytes| read_head(&bytes?, request.id_keys, request.pin_keys).id).collect())
}

/// Reads from the index the files that differ on disk.
fn read_unstaged(documents: &mut Documents<'_>) -> Result<(), Error> {
    let files = &documents.files;
    let differs = |&at: &usize| {
        files.stored[at].as_ref().is_some_and(|stored| !files.index.holds(&stored.entry, &files.walked[at].path))
    };
    let wanted: Vec<usize> = (0..files.stored.len()).into_par_iter().filter(differs).collect();
    documents.read_files(&wanted)?;
    Ok(())
}

/// Reads the heads of some documents, from the index where they were read from there and otherwise from disk.
fn read(documents: &mut Documents<'_>, wanted: &[usize], heads: &mut [Head]) {
    let request = documents.request;
    let on_disk: Vec<WalkedFile> = wanted
        .iter()
        .map(|&at| documents.files.walked[at].clone())
        .filter(|file| documents.files.contents.replaced(&file.path).is_none())
        .collect();
    let (read, notices) = read_heads(&documents.files.contents, &on_disk, request.id_keys, request.pin_keys);
    documents.files.notices.extend(notices);
    let mut read = read.into_iter();
    for &at in wanted {
        let replaced = documents.files.contents.replaced(&documents.files.walked[at].path);
        heads[at] = match replaced {
            Some(bytes) => read_head(bytes, request.id_keys, request.pin_keys),
            None => read.next().unwrap_or_default(),
        };
    }
}

/// Which pages lost a document in which locales, by the path of the page's first member.
pub(super) fn losses(corpus: &Corpus, gone: &[Gone]) -> FxHashMap<Utf8PathBuf, Vec<Locale>> {
    let mut losses: FxHashMap<Utf8PathBuf, Vec<Locale>> = FxHashMap::default();
    let mut by_path: FxHashMap<&str, Vec<&Locale>> = FxHashMap::default();
    let mut by_id: FxHashMap<&str, Vec<&Locale>> = FxHashMap::default();
    for Gone { placement, id } in gone {
        by_path.entry(pairing_path(placement.key_path.as_str())).or_default().push(&placement.locale);
        if let Some(id) = id {
            by_id.entry(id).or_default().push(&placement.locale);
        }
    }
    for page in corpus.pages.iter().filter(|_| !gone.is_empty()) {
        let lost = page.members.iter().flat_map(|member| {
            let same_path = by_path.get(pairing_path(member.key_path.as_str()));
            let same_id = member.id.as_deref().and_then(|id| by_id.get(id));
            same_path.into_iter().chain(same_id).flatten()
        });
        let lost: BTreeSet<&Locale> = lost.copied().filter(|locale| page.member(locale).is_none()).collect();
        if let Some(first) = page.members.first().filter(|_| !lost.is_empty()) {
            losses.insert(first.path.clone(), lost.into_iter().cloned().collect());
        }
    }
    losses
}
