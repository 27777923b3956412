//! The state of a document, from the blobs at its path in two commits.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::batch::{Batch, Request, text_of};
use crate::error::HistoryError;
use crate::tree::{CommitPath, PathState};
use crate::verdict::PinState;

/// The texts of blobs that were read, by id; `None` if one is not available.
pub(crate) type Texts = FxHashMap<String, Option<Arc<str>>>;

/// Reads the old texts of all documents that changed, each once, by blob id, unless they are known.
pub(crate) fn read_texts<'a>(
    batch: &mut Batch,
    pairs: impl Iterator<Item = (&'a PathState, &'a PathState)>,
    texts: &mut Texts,
) -> Result<(), HistoryError> {
    let changed = pairs.filter_map(|pair| match pair {
        (PathState::Blob(old), PathState::Blob(new)) if old != new => Some(old.as_str()),
        _ => None,
    });
    let mut wanted: Vec<&str> = changed.filter(|blob| !texts.contains_key(*blob)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let requests: Vec<_> = wanted.iter().map(|&id| Request::Contents(id.to_owned())).collect();
    batch.ask_each(&requests, |index, answer| {
        texts.insert(wanted[index].to_owned(), answer.found("blob").map(|blob| text_of(blob.contents).into()));
    })
}

/// The state of a document, from its blobs at its pin and at `HEAD`, if no object is missing.
pub(crate) fn state(pair: (&PathState, &PathState), moved_from: Option<&str>, texts: &Texts) -> PinState {
    match pair {
        (_, PathState::Absent) => PinState::GoneAtHead,
        (PathState::Blob(old), PathState::Blob(new)) if old == new => PinState::Fresh,
        (PathState::Blob(old), PathState::Blob(_)) => match texts.get(old).and_then(Option::as_ref) {
            Some(old) => PinState::Changed { old: old.clone(), moved_from: moved_from.map(str::to_owned) },
            None => PinState::AbsentAtPin,
        },
        _ => PinState::AbsentAtPin,
    }
}

/// The name of the object that is missing to compare a document with itself at `head`, if any.
pub(crate) fn missing_object(
    spot: CommitPath<'_>,
    pair: (&PathState, &PathState),
    head: &str,
    texts: &Texts,
) -> Option<String> {
    let folder = |commit: &str| format!("{commit}:{}", spot.1.rsplit_once('/').map_or("", |(folder, _)| folder));
    match pair {
        (_, PathState::Unknown) => Some(folder(head)),
        (_, PathState::Absent) => None,
        (PathState::Unknown, _) => Some(folder(spot.0)),
        (PathState::Blob(old), PathState::Blob(new)) if old != new && texts.get(old).is_none_or(Option::is_none) => {
            Some(old.clone())
        }
        _ => None,
    }
}
