//! What a folder held at a commit, where git only says "missing": never there, or there but not fetched?

use rustc_hash::FxHashMap;

use super::HistoryError;
use super::batch::{Answer, Batch, Request};

/// A document at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// It was there, and this is its text's id; the text itself may be lacking in a partial clone.
    Blob {
        /// The full id.
        id: String,
        /// The text is at hand.
        here: bool,
    },
    /// It was not there.
    Absent,
    /// The folder is not at hand, so nobody knows.
    Lacking,
}

/// A place to look up: a full commit id, and a path from the top.
pub(super) type Spot<'a> = (&'a str, &'a str);

/// What stood at each of `spots`.
pub(super) fn entries(batch: &mut Batch, spots: &[Spot]) -> Result<Vec<Entry>, HistoryError> {
    let requests: Vec<_> = spots.iter().map(|(commit, path)| Request::Info(format!("{commit}:{path}"))).collect();
    let mut entries = Vec::with_capacity(spots.len());
    let mut unsure = Vec::new();
    for (index, answer) in batch.ask(&requests)?.into_iter().enumerate() {
        let missing = matches!(answer, Answer::Missing);
        if missing {
            unsure.push(index);
        }
        entries.push(answer.found("blob").map_or(Entry::Absent, |object| Entry::Blob { id: object.id, here: true }));
    }
    let folders = Folders::fetch(batch, unsure.iter().map(|&index| spots[index]))?;
    for index in unsure {
        entries[index] = folders.entry(spots[index]);
    }
    Ok(entries)
}

/// The raw trees of folders at commits; `None` for one that is not there or not at hand.
struct Folders<'a>(FxHashMap<Spot<'a>, Option<Vec<u8>>>);

impl<'a> Folders<'a> {
    /// Reads every folder above each of `spots`, each once.
    fn fetch(batch: &mut Batch, spots: impl Iterator<Item = Spot<'a>>) -> Result<Self, HistoryError> {
        let mut wanted: Vec<Spot> =
            spots.flat_map(|(commit, path)| parents(path).map(move |(folder, _)| (commit, folder))).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let requests: Vec<_> =
            wanted.iter().map(|(commit, folder)| Request::Contents(format!("{commit}:{folder}"))).collect();
        let trees = batch.ask(&requests)?.into_iter().map(|answer| answer.found("tree").map(|tree| tree.contents));
        Ok(Self(wanted.into_iter().zip(trees).collect()))
    }

    /// What stood at a spot that git calls missing.
    fn entry(&self, (commit, path): Spot) -> Entry {
        for (folder, name) in parents(path) {
            let Some(Some(tree)) = self.0.get(&(commit, folder)) else {
                // The folders above it said that it was there.
                return Entry::Lacking;
            };
            let is_last = folder.len() + name.len() + usize::from(!folder.is_empty()) == path.len();
            let mut entries = TreeEntries { rest: tree, id_bytes: commit.len() / 2 };
            match entries.find(|entry| entry.name == name.as_bytes()) {
                Some(entry) if is_last && entry.is_file() => return Entry::Blob { id: entry.hex_id(), here: false },
                Some(entry) if !is_last && entry.is_folder() => {}
                _ => return Entry::Absent,
            }
        }
        Entry::Absent
    }
}

/// The folders above a path from the top (the empty one) down, each with the name of the next one or of the file.
fn parents(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
    ends.scan(0_usize, move |start, end| {
        let folder = &path[..start.saturating_sub(1)];
        let name = &path[*start..end];
        *start = end + 1;
        Some((folder, name))
    })
}

/// The entries of a tree object: `<octal mode> <name>\0<raw id>`.
struct TreeEntries<'a> {
    rest: &'a [u8],
    /// 20 with SHA-1, 32 with SHA-256.
    id_bytes: usize,
}

struct TreeEntry<'a> {
    mode: &'a [u8],
    name: &'a [u8],
    id: &'a [u8],
}

impl TreeEntry<'_> {
    fn is_file(&self) -> bool {
        self.mode.starts_with(b"100")
    }

    fn is_folder(&self) -> bool {
        self.mode == b"40000"
    }

    fn hex_id(&self) -> String {
        use std::fmt::Write;
        self.id.iter().fold(String::with_capacity(40), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl<'a> Iterator for TreeEntries<'a> {
    type Item = TreeEntry<'a>;

    fn next(&mut self) -> Option<TreeEntry<'a>> {
        let space = memchr::memchr(b' ', self.rest)?;
        let nul = memchr::memchr(0, self.rest)?;
        let name = self.rest.get(space + 1..nul)?;
        let id = self.rest.get(nul + 1..nul + 1 + self.id_bytes)?;
        let entry = TreeEntry { mode: &self.rest[..space], name, id };
        self.rest = &self.rest[nul + 1 + self.id_bytes..];
        Some(entry)
    }
}
