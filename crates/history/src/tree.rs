//! What exists at a path at a commit, read from the trees of its folders.
//!
//! Reading trees instead of the files has two advantages: a folder is read once for all its documents, and in a partial
//! clone, where git calls both "missing", a file that never existed can be distinguished from one that was not fetched.

use rustc_hash::FxHashMap;

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::index::hexadecimal;

/// What exists at a path at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PathState {
    /// A file whose text has this full id; in a partial clone, the text itself may be missing.
    Blob(String),
    /// No file.
    Absent,
    /// Unknown, because the tree of a folder above it is missing.
    Unknown,
}

/// A full commit id, and a path from the repository's top.
pub(crate) type CommitPath<'a> = (&'a str, &'a str);

/// The entry for a name in the tree of a folder.
enum Found {
    NoTree,
    Nothing,
    File(String),
    Folder,
}

/// Looks up each of `spots`.
pub(crate) fn entries<'a>(
    batch: &mut Batch,
    spots: &[CommitPath<'a>],
) -> Result<FxHashMap<CommitPath<'a>, PathState>, HistoryError> {
    let found = look_up(batch, spots.to_vec())?;
    let unsure = found.iter().filter(|(_, found)| matches!(found, Found::NoTree)).map(|(&spot, _)| spot);
    let above = unsure.flat_map(|(commit, path)| folders_above(path).map(move |folder| (commit, folder)));
    let above = look_up(batch, above.collect())?;
    let entry = |(commit, path), found| match found {
        Found::File(id) => PathState::Blob(id),
        Found::Nothing | Found::Folder => PathState::Absent,
        Found::NoTree => {
            let mut above = folders_above(path).map(|folder| above.get(&(commit, folder)));
            let first_break = above.find(|found| !matches!(found, Some(Found::Folder)));
            if matches!(first_break, Some(Some(Found::Nothing | Found::File(_)))) {
                PathState::Absent
            } else {
                PathState::Unknown
            }
        }
    };
    Ok(found.into_iter().map(|(spot, found)| (spot, entry(spot, found))).collect())
}

/// Looks up each of `spots` in the tree of its folder, reading each folder once.
fn look_up<'a>(
    batch: &mut Batch,
    mut spots: Vec<CommitPath<'a>>,
) -> Result<FxHashMap<CommitPath<'a>, Found>, HistoryError> {
    // Groups the documents of a folder, and the folders of a commit.
    spots.sort_by_cached_key(|&(commit, path)| (commit, split(path)));
    spots.dedup();
    let folders: Vec<&[CommitPath]> =
        spots.chunk_by(|one, next| (one.0, split(one.1).0) == (next.0, split(next.1).0)).collect();
    let requests: Vec<_> = folders
        .iter()
        .map(|documents| Request::Contents(format!("{}:{}", documents[0].0, split(documents[0].1).0)))
        .collect();
    let mut found: FxHashMap<CommitPath, Found> = spots.iter().map(|&spot| (spot, Found::NoTree)).collect();
    batch.ask_each(&requests, |index, answer| {
        let Some(tree) = answer.found("tree") else { return };
        let mut names: FxHashMap<&[u8], CommitPath> =
            folders[index].iter().map(|&spot| (split(spot.1).1.as_bytes(), spot)).collect();
        // A binary id has half as many bytes as the hexadecimal one has digits: 20 with SHA-1, 32 with SHA-256.
        let id_bytes = folders[index][0].0.len() / 2;
        for entry in (TreeEntries { rest: &tree.contents, id_bytes }) {
            if let Some(spot) = names.remove(entry.name) {
                found.insert(spot, entry.found());
            }
        }
        found.extend(names.into_values().map(|spot| (spot, Found::Nothing)));
    })?;
    Ok(found)
}

/// Reads all entries of a tree, for fuzzing.
pub(crate) fn read_all(contents: &[u8]) {
    for entry in (TreeEntries { rest: contents, id_bytes: 20 }) {
        entry.found();
    }
}

/// The folder of a path, without the slash, and its name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The folders above a path, from the top down, without the top itself.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The entries of a tree object: `<octal mode> <name>\0<raw id>`.
struct TreeEntries<'a> {
    rest: &'a [u8],
    id_bytes: usize,
}

struct TreeEntry<'a> {
    mode: &'a [u8],
    name: &'a [u8],
    id: &'a [u8],
}

impl TreeEntry<'_> {
    fn found(&self) -> Found {
        match self.mode {
            b"40000" => Found::Folder,
            mode if mode.starts_with(b"100") => Found::File(self.hexadecimal_id()),
            // A symbolic link or a submodule has no text.
            _ => Found::Nothing,
        }
    }

    fn hexadecimal_id(&self) -> String {
        hexadecimal(self.id)
    }
}

impl<'a> Iterator for TreeEntries<'a> {
    type Item = TreeEntry<'a>;

    fn next(&mut self) -> Option<TreeEntry<'a>> {
        let nul = memchr::memchr(0, self.rest)?;
        let space = memchr::memchr(b' ', &self.rest[..nul])?;
        let end = nul + 1 + self.id_bytes;
        let entry = TreeEntry {
            mode: &self.rest[..space],
            name: self.rest.get(space + 1..nul)?,
            id: self.rest.get(nul + 1..end)?,
        };
        self.rest = &self.rest[end..];
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_read_to_their_end_or_to_where_they_break() {
        let names = |rest: &[u8]| {
            let entries = TreeEntries { rest, id_bytes: 2 };
            entries
                .map(|entry| (String::from_utf8_lossy(entry.name).into_owned(), entry.hexadecimal_id()))
                .collect::<Vec<_>>()
        };
        let whole = b"100644 a b.md\0\x01\xff40000 c\0\0\0";
        assert_eq!(names(whole), [("a b.md".to_owned(), "01ff".to_owned()), ("c".to_owned(), "0000".to_owned())]);
        for end in 0..whole.len() {
            assert!(names(&whole[..end]).len() < 2);
        }
        assert!(names(b"\0 \0").is_empty());
    }

    #[test]
    fn folders_above_begin_at_the_top() {
        assert_eq!(folders_above("a/b/c.md").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders_above("c.md").count(), 0);
        assert_eq!(split("a/b/c.md"), ("a/b", "c.md"));
        assert_eq!(split("c.md"), ("", "c.md"));
    }
}
