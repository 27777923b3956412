//! The index: which files git tracks, and whether the files on disk are unchanged.
//!
//! To compare a file, git itself would convert it with the programs that `.gitattributes` and the configuration name,
//! and rewrite the index. So files are compared here, as bytes.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};
use sha1::{Digest, Sha1};
use sha2::Sha256;

use crate::error::HistoryError;
use crate::git::Git;
use isogloss_text::files::{self, LARGEST_DOCUMENT};

/// The index, or the part of it below some folders.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Regular files with UTF-8 names, by path from the top of the checkout.
    pub files: FxHashMap<String, IndexEntry>,
    /// The other names, in printable form.
    pub unnameable: FxHashSet<String>,
    /// The paths of submodules, whose files are not in this index.
    pub submodules: Vec<String>,
    /// When the index was written, since 1970.
    written: Duration,
}

/// A file in the index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IndexEntry {
    /// The id of its blob.
    pub id: String,
    /// Whether a sparse checkout excludes it from the work tree.
    pub is_sparse: bool,
    /// The file on disk when git last compared it.
    seen: Option<FileStamp>,
}

/// What git records about a file on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileStamp {
    changed: (u32, u32),
    modified: (u32, u32),
    /// The size in bytes, modulo 2³².
    size: u32,
}

impl Index {
    /// The index of a checkout below `folders`, which are relative to its top.
    pub(crate) fn of(git: &Git, folders: &[String]) -> Result<Self, HistoryError> {
        let file = git.index_file();
        let data = fs::metadata(&file);
        if data.as_ref().is_ok_and(|data| !data.is_file()) {
            return Err(git.error("index file is not a regular file"));
        }
        // One command lists both the entries and what git knows about the files on disk.
        let mut arguments = vec!["ls-files", "--full-name", "-z", "-t", "--stage", "--debug", "--"];
        let literal: Vec<String> = folders.iter().map(|folder| format!(":(top,literal){folder}")).collect();
        arguments.extend(literal.iter().map(String::as_str));
        let mut index = Self::read(&git.quick_output(&arguments)?);
        let written = data.and_then(|data| data.modified()).ok();
        index.written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        Ok(index)
    }

    /// Parses any number of `<tag> <mode> <id> <stage>\t<path>\0`, each followed by lines about the file on disk. In a
    /// conflict, the side that is checked out counts.
    pub(crate) fn read(mut listed: &[u8]) -> Self {
        let mut index = Self::default();
        while let Some(end) = memchr::memchr(0, listed) {
            let entry = &listed[..end];
            let (seen, rest) = FileStamp::read(&listed[end + 1..]);
            listed = rest;
            index.add(entry, seen);
        }
        index
    }

    fn add(&mut self, entry: &[u8], seen: Option<FileStamp>) {
        let Some(tab) = memchr::memchr(b'\t', entry) else { return };
        let (Ok(facts), path) = (std::str::from_utf8(&entry[..tab]), &entry[tab + 1..]) else { return };
        let mut words = facts.split(' ');
        let (Some(tag), Some(mode), Some(id), Some(stage)) = (words.next(), words.next(), words.next(), words.next())
        else {
            return;
        };
        match std::str::from_utf8(path) {
            Err(_) => drop(self.unnameable.insert(String::from_utf8_lossy(path).into_owned())),
            Ok(path) if !is_inside(path) => {}
            Ok(path) if mode == "160000" => self.submodules.push(path.to_owned()),
            Ok(path) if is_regular(mode) && matches!(stage, "0" | "2") => {
                let entry = IndexEntry { id: id.to_owned(), is_sparse: tag == "S", seen };
                self.files.insert(path.to_owned(), entry);
            }
            Ok(_) => {}
        }
    }

    /// Whether a path is in a submodule, which this index does not cover.
    pub fn is_elsewhere(&self, path: &str) -> bool {
        let holds = |folder: &String| path.strip_prefix(folder.as_str()).is_some_and(|below| below.starts_with('/'));
        self.submodules.iter().any(holds)
    }

    /// Whether the file at `path` has the contents of the entry. Line breaks may differ, as git converts them. Files
    /// that git converts in other ways count as different, unless they were not touched since git wrote them.
    pub fn holds(&self, entry: &IndexEntry, path: &Utf8Path) -> bool {
        let Ok(data) = path.symlink_metadata() else { return false };
        if !data.is_file() {
            return false;
        }
        // A file that is as new as the index may have changed again in the same moment.
        let is_older = |seen: &FileStamp| seen.modified_at() < self.written;
        if entry.seen.filter(is_older).is_some_and(|seen| seen.is_of(&data)) {
            return true;
        }
        let Ok(bytes) = files::read(path.as_std_path(), LARGEST_DOCUMENT) else { return false };
        has_id(&bytes, &entry.id) || bytes.contains(&b'\r') && has_id(&without_returns(&bytes), &entry.id)
    }
}

impl FileStamp {
    /// Parses five lines of numbers, if they are there. Their format is internal to git; if it is not understood, the
    /// file itself is read.
    fn read(printed: &[u8]) -> (Option<Self>, &[u8]) {
        if !printed.starts_with(b"  ctime: ") {
            return (None, printed);
        }
        let Some(end) = memchr::memchr_iter(b'\n', printed).nth(4) else { return (None, &[]) };
        let (lines, rest) = (String::from_utf8_lossy(&printed[..end]), &printed[end + 1..]);
        let value = |name: &str| {
            let start = lines.find(name)? + name.len();
            lines[start..].split_whitespace().next()
        };
        let time = |name: &str| {
            let (seconds, nanoseconds) = value(name)?.split_once(':')?;
            Some((seconds.parse().ok()?, nanoseconds.parse().ok()?))
        };
        let seen = || {
            let size = value("  size: ")?.parse().ok()?;
            Some(Self { changed: time("  ctime: ")?, modified: time("  mtime: ")?, size })
        };
        (seen(), rest)
    }

    fn modified_at(&self) -> Duration {
        let (seconds, nanoseconds) = self.modified;
        // Without a fraction, it may be any moment of that second.
        let nanoseconds = if nanoseconds == 0 { 999_999_999 } else { nanoseconds };
        Duration::new(seconds.into(), nanoseconds)
    }

    fn is_of(&self, data: &fs::Metadata) -> bool {
        data.len() as u32 == self.size && is_time(self.modified, data.modified().ok()) && self.has_change_time(data)
    }

    #[cfg(unix)]
    fn has_change_time(&self, data: &fs::Metadata) -> bool {
        use std::os::unix::fs::MetadataExt;
        let nanoseconds = data.ctime_nsec() as u32;
        self.changed.0 == data.ctime() as u32 && (self.changed.1 == nanoseconds || self.changed.1 == 0)
    }

    #[cfg(not(unix))]
    fn has_change_time(&self, _: &fs::Metadata) -> bool {
        true
    }
}

/// Whether a time is the one that git recorded, which may have no fraction.
fn is_time(noted: (u32, u32), time: Option<SystemTime>) -> bool {
    let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    since.is_some_and(|since| since.as_secs() as u32 == noted.0 && (noted.1 == 0 || since.subsec_nanos() == noted.1))
}

/// Whether the blob of a text has this id, with SHA-1 or SHA-256.
fn has_id(bytes: &[u8], id: &str) -> bool {
    let header = format!("blob {}\0", bytes.len());
    match id.len() {
        40 => hexadecimal(&Sha1::new().chain_update(header).chain_update(bytes).finalize()) == id,
        64 => hexadecimal(&Sha256::new().chain_update(header).chain_update(bytes).finalize()) == id,
        _ => false,
    }
}

/// Bytes in hexadecimal, as git writes ids.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A text with the line breaks that git stores.
fn without_returns(bytes: &[u8]) -> Vec<u8> {
    let is_kept = |(at, byte): (usize, &u8)| (*byte != b'\r' || bytes.get(at + 1) != Some(&b'\n')).then_some(*byte);
    bytes.iter().enumerate().filter_map(is_kept).collect()
}

/// Whether a mode is that of a regular file, and not of a link or a submodule.
pub(crate) fn is_regular(mode: &str) -> bool {
    mode.starts_with("100")
}

/// Whether a path of the index or a tree is inside the checkout, on every system. Git checks out no others, but a
/// forged index can contain them.
pub(crate) fn is_inside(path: &str) -> bool {
    let is_odd = |part: &str| matches!(part, "" | "." | "..") || part.eq_ignore_ascii_case(".git");
    !(path.split('/').any(is_odd) || cfg!(windows) && path.contains(['\\', ':']))
}

impl Git {
    fn index_file(&self) -> Utf8PathBuf {
        let named = self.environment().get("GIT_INDEX_FILE").and_then(|file| file.to_str());
        let repository = self.repository();
        let top = repository.and_then(|repository| repository.work_tree.clone()).unwrap_or_default();
        match (named, repository) {
            (Some(named), _) => top.join(named),
            (None, Some(repository)) => repository.folder.join("index"),
            (None, None) => "index".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_git_lists_is_read_whatever_the_names_are() {
        let seen = "  ctime: 7:8\n  mtime: 5:6\n  dev: 1\tino: 2\n  uid: 0\tgid: 0\n  size: 3\tflags: 0\n";
        let mut listed =
            format!("H 100644 aa 0\ta\tb.md\0{seen}S 100755 bb 2\tc.md\0{seen}M 100644 cc 3\tc.md\0").into_bytes();
        listed.extend(b"H 160000 dd 0\tsub\0H 120000 ee 0\tlink.md\0H 100644 ff 0\tcaf\xe9.md\0odd\0H 100644 gg 0\t../x.md\0H 1006");
        let index = Index::read(&listed);
        let seen = Some(FileStamp { changed: (7, 8), modified: (5, 6), size: 3 });
        assert_eq!(index.files["a\tb.md"], IndexEntry { id: "aa".to_owned(), is_sparse: false, seen });
        assert_eq!(index.files["c.md"], IndexEntry { id: "bb".to_owned(), is_sparse: true, seen });
        assert_eq!((index.files.len(), index.submodules), (2, vec!["sub".to_owned()]));
        assert!(index.unnameable.contains("caf\u{fffd}.md"));
    }

    #[test]
    fn files_are_known_by_their_bytes() {
        let of_text = "ce013625030ba8dba906f756967f9e9ca394464a";
        assert!(has_id(b"hello\n", of_text));
        assert!(!has_id(b"hello\r\n", of_text));
        assert!(has_id(&without_returns(b"hello\r\n"), of_text));
        assert_eq!(without_returns(b"a\rb\r\r\n"), b"a\rb\r\n");
        assert!(has_id(b"hello\n", "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4"));
        assert!(!has_id(b"hello\n", ""));
    }

    #[test]
    fn no_path_leads_out_of_the_checkout() {
        assert!(["a", "a/b c.md", "..a/b...md"].iter().all(|path| is_inside(path)));
        assert!(["", "/a", "a//b", "../a", "a/../b", "a/.", "a/.git/b", ".GIT/a"].iter().all(|path| !is_inside(path)));
    }
}
