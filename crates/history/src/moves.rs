//! Finds where a document was before it was moved: by its id, by its text, or like git itself by the lines that it
//! kept.
//!
//! Git's rename detection needs the texts of everything that a commit touched, and gives up if one is missing, as in a
//! partial clone. Here a text is read only if the ids of the blobs are not enough.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::log::{Deletion, Log};
use crate::question::IdOf;
use crate::tree::{self, PathState};

/// The smallest share of its lines, in bytes, that a moved document keeps, as in git's rename detection.
const KEPT: f32 = 0.5;
/// If a commit deleted more documents than this, only those of the same name are compared by their lines.
const MANY: usize = 200;
/// The most deleted documents whose ids are read.
const MOST_IDS: usize = 5_000;

/// Follows documents through a part of the history.
pub(crate) struct Moves<'m, 'l> {
    log: &'m Log<'l>,
    batch: &'m mut Batch,
    id_of: &'m IdOf,
    /// The blobs that were read; `None` if one is not available.
    texts: FxHashMap<&'l str, Option<Text>>,
    /// Deleted documents by id, once needed.
    by_id: Option<FxHashMap<String, Vec<Deletion<'l>>>>,
    /// By commit, the documents that it deleted by name, once needed.
    by_name: FxHashMap<u32, FxHashMap<&'l str, Vec<Deletion<'l>>>>,
    /// By commit, the first document that it deleted with each id, once needed.
    ids_in: FxHashMap<u32, FxHashMap<String, Deletion<'l>>>,
}

/// What is kept of a text.
struct Text {
    id: Option<String>,
    /// The hash and length in bytes of each line, sorted.
    lines: Vec<(u64, u32)>,
}

impl<'m, 'l> Moves<'m, 'l> {
    pub(crate) fn new(log: &'m Log<'l>, batch: &'m mut Batch, id_of: &'m IdOf) -> Self {
        let (texts, by_name, ids_in) = <(FxHashMap<_, _>, FxHashMap<_, _>, FxHashMap<_, _>)>::default();
        Self { log, batch, id_of, texts, by_id: None, by_name, ids_in }
    }

    /// The blobs that could not be read, sorted.
    pub(crate) fn unread(&self) -> Vec<String> {
        let mut unread: Vec<String> =
            self.texts.iter().filter(|(_, text)| text.is_none()).map(|(blob, _)| (*blob).to_owned()).collect();
        unread.sort_unstable();
        unread
    }

    /// The newest of a document's former paths at which it existed at a commit, and its blob there; `id` is the
    /// document's id, if it has one.
    pub(crate) fn former_path(
        &mut self,
        commit: &str,
        path: &str,
        id: Option<&str>,
    ) -> Result<Option<(&'l str, PathState)>, HistoryError> {
        let (mut name, mut from) = (path.to_owned(), 0);
        while let Some(before) = self.before(&name, from, id)? {
            let spot = (commit, before.path);
            match tree::entries(self.batch, &[spot])?.remove(&spot) {
                Some(entry) if entry != PathState::Absent => return Ok(Some((before.path, entry))),
                _ => {}
            }
            from = before.commit + 1;
            name = before.path.to_owned();
        }
        Ok(None)
    }

    /// The deletion that belongs to the appearance of a document as `name`, in the commit at `from` or an older one.
    fn before(&mut self, name: &str, from: u32, id: Option<&str>) -> Result<Option<Deletion<'l>>, HistoryError> {
        let log = self.log;
        let appeared = log.touches(name).iter().find(|touch| touch.added && touch.commit >= from);
        if let Some(touch) = appeared
            && let Some(blob) = touch.blob
        {
            if let Some(same) = log.deletion_of(touch.commit, blob) {
                return Ok(Some(same));
            }
            if let Some(alike) = self.most_alike(name, blob, touch.commit, id)? {
                return Ok(Some(alike));
            }
        }
        let Some(id) = id else { return Ok(None) };
        let known = self.deleted_by_id()?;
        Ok(known.get(id).and_then(|gone| gone.iter().find(|gone| gone.commit >= from && gone.path != name)).copied())
    }

    /// The document with the same id that the commit deleted, or else the one that shares the most lines.
    fn most_alike(
        &mut self,
        name: &str,
        blob: &'l str,
        commit: u32,
        id: Option<&str>,
    ) -> Result<Option<Deletion<'l>>, HistoryError> {
        let log = self.log;
        let gone = log.deletions_in(commit);
        let named = if gone.len() > MANY { self.named(commit, last_part(name)) } else { Vec::new() };
        let candidates = if gone.len() > MANY && id.is_none() { &named[..] } else { gone };
        if candidates.is_empty() {
            return Ok(None);
        }
        if let Some(id) = id
            && let Some(same) = self.deleted_with_id(commit, id)?
        {
            return Ok(Some(same));
        }
        let compared = if gone.len() > MANY { &named[..] } else { gone };
        self.read(compared.iter().map(|gone| gone.blob).chain([blob]))?;
        let text = |blob: &str| self.texts.get(blob).and_then(Option::as_ref);
        let Some(new) = text(blob) else { return Ok(None) };
        let alike = compared.iter().filter_map(|gone| Some((kept(&text(gone.blob)?.lines, &new.lines), *gone)));
        let best = alike.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.path.cmp(a.1.path)));
        Ok(best.filter(|(kept, _)| *kept >= KEPT).map(|(_, gone)| gone))
    }

    /// The documents of this name that a commit deleted, in any folder.
    fn named(&mut self, commit: u32, name: &str) -> Vec<Deletion<'l>> {
        let log = self.log;
        let names = self.by_name.entry(commit).or_insert_with(|| {
            let mut names: FxHashMap<&'l str, Vec<Deletion<'l>>> = FxHashMap::default();
            for gone in log.deletions_in(commit) {
                names.entry(last_part(gone.path)).or_default().push(*gone);
            }
            names
        });
        names.get(name).cloned().unwrap_or_default()
    }

    /// The first document with this id that a commit deleted.
    fn deleted_with_id(&mut self, commit: u32, id: &str) -> Result<Option<Deletion<'l>>, HistoryError> {
        if !self.ids_in.contains_key(&commit) {
            let gone = self.log.deletions_in(commit);
            self.read(gone.iter().map(|gone| gone.blob))?;
            let mut ids = FxHashMap::default();
            for deletion in gone {
                if let Some(id) = self.texts.get(deletion.blob).and_then(|text| text.as_ref()?.id.clone()) {
                    ids.entry(id).or_insert(*deletion);
                }
            }
            self.ids_in.insert(commit, ids);
        }
        Ok(self.ids_in.get(&commit).and_then(|ids| ids.get(id)).copied())
    }

    fn deleted_by_id(&mut self) -> Result<&FxHashMap<String, Vec<Deletion<'l>>>, HistoryError> {
        if self.by_id.is_none() {
            let mut gone = self.log.deletions();
            gone.truncate(MOST_IDS);
            self.read(gone.iter().map(|gone| gone.blob))?;
            let mut by_id: FxHashMap<String, Vec<Deletion<'l>>> = FxHashMap::default();
            for deletion in gone {
                if let Some(id) = self.texts.get(deletion.blob).and_then(|text| text.as_ref()?.id.clone()) {
                    by_id.entry(id).or_default().push(deletion);
                }
            }
            self.by_id = Some(by_id);
        }
        Ok(self.by_id.get_or_insert_default())
    }

    /// Reads the texts of blobs that are not known yet.
    fn read(&mut self, blobs: impl Iterator<Item = &'l str>) -> Result<(), HistoryError> {
        let mut wanted: Vec<&'l str> = blobs.filter(|blob| !self.texts.contains_key(blob)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let requests: Vec<Request> = wanted.iter().map(|blob| Request::Contents((*blob).to_owned())).collect();
        let (texts, id_of) = (&mut self.texts, self.id_of);
        self.batch.ask_each(&requests, |index, answer| {
            let text = answer.found("blob").map(|blob| {
                let text = String::from_utf8_lossy(&blob.contents);
                Text { id: id_of(&text), lines: lines(&text) }
            });
            texts.insert(wanted[index], text);
        })
    }
}

/// The name of a file in its folder.
fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn lines(text: &str) -> Vec<(u64, u32)> {
    let hash = |line: &str| {
        let mut hasher = FxHasher::default();
        line.hash(&mut hasher);
        (hasher.finish(), line.len() as u32)
    };
    let mut lines: Vec<(u64, u32)> = text.split_inclusive('\n').map(hash).collect();
    lines.sort_unstable();
    lines
}

/// The share of the longer text, in bytes, that both texts have.
fn kept(old: &[(u64, u32)], new: &[(u64, u32)]) -> f32 {
    let size = |lines: &[(u64, u32)]| lines.iter().map(|line| u64::from(line.1)).sum::<u64>();
    let (mut i, mut j, mut shared) = (0, 0, 0_u64);
    while i < old.len() && j < new.len() {
        match old[i].cmp(&new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += u64::from(old[i].1);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    shared as f32 / size(old).max(size(new)).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_lines_are_measured_in_bytes() {
        let share = |old: &str, new: &str| kept(&lines(old), &lines(new));
        assert!((share("a\nb\n", "b\na\n") - 1.0).abs() < f32::EPSILON);
        assert!((share("long line\nb\n", "long line\nc\n") - 10.0 / 12.0).abs() < 1e-6);
        assert!(share("", "").abs() < f32::EPSILON);
    }
}
