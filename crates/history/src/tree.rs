//! What stood at a path at a commit, read from the trees of its folders.
//!
//! Trees are asked for instead of the files themselves: a folder is then read once for all its documents, and in a
//! partial clone, where git calls both "missing", a file that was never there is told from one that was not fetched.

use rustc_hash::FxHashMap;

use crate::batch::{Batch, Request};
use crate::error::HistoryError;
use crate::index::hexadecimal;

/// A document at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It was there, and its text has this full id; the text itself may be lacking in a partial clone.
    Blob(String),
    /// It was not there.
    Absent,
    /// A folder above it is not at hand, so that nobody knows.
    Lacking,
}

/// A place to look up: a full commit id, and a path from the repository's top.
pub(crate) type CommitPath<'a> = (&'a str, &'a str);

/// What one folder's tree says about a name in it.
enum Found {
    NoTree,
    Nothing,
    File(String),
    Folder,
}

/// What stood at each of `spots`.
pub(crate) fn entries<'a>(
    batch: &mut Batch,
    spots: &[CommitPath<'a>],
) -> Result<FxHashMap<CommitPath<'a>, Presence>, HistoryError> {
    let found = look_up(batch, spots.to_vec())?;
    let unsure = found.iter().filter(|(_, found)| matches!(found, Found::NoTree)).map(|(&spot, _)| spot);
    let above = unsure.flat_map(|(commit, path)| folders_above(path).map(move |folder| (commit, folder)));
    let above = look_up(batch, above.collect())?;
    let entry = |(commit, path), found| match found {
        Found::File(id) => Presence::Blob(id),
        Found::Nothing | Found::Folder => Presence::Absent,
        Found::NoTree => {
            let mut above = folders_above(path).map(|folder| above.get(&(commit, folder)));
            let first_break = above.find(|found| !matches!(found, Some(Found::Folder)));
            if matches!(first_break, Some(Some(Found::Nothing | Found::File(_)))) {
                Presence::Absent
            } else {
                Presence::Lacking
            }
        }
    };
    Ok(found.into_iter().map(|(spot, found)| (spot, entry(spot, found))).collect())
}

/// Looks each of `spots` up in the tree of the folder that it is in, each folder once.
fn look_up<'a>(
    batch: &mut Batch,
    mut spots: Vec<CommitPath<'a>>,
) -> Result<FxHashMap<CommitPath<'a>, Found>, HistoryError> {
    // In this order a folder's documents come one after the other, and a commit's folders too.
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
        // Half as many bytes as the commit's id has hexadecimal digits: 20 with SHA-1, 32 with SHA-256.
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

/// Reads a tree to its end.
pub(crate) fn read_all(contents: &[u8]) {
    for entry in (TreeEntries { rest: contents, id_bytes: 20 }) {
        entry.found();
    }
}

/// A path's folder, without the slash, and its last part.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The folders above a path from the top down, without the top itself.
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
            // A symbolic link or a submodule: there is no text here.
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
