//! Heads: the few front matter values that are needed to pair pages.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

use camino::Utf8Path;
use rayon::prelude::*;

use crate::corpus::contents::{Contents, unreadable};
use crate::corpus::pin_pattern::PinPattern;
use crate::corpus::walk::WalkedFile;
use crate::finding::Notice;
use isogloss_document::front_matter::{Entry, FrontMatter};
use isogloss_text::Span;
use isogloss_text::encoding::{decode_start, is_utf16};

/// Size of the first read, in bytes: nearly all front matter is shorter.
const FIRST: usize = 2 * 1024;
/// The most that is read, in bytes: longer front matter is ignored.
const MOST: usize = 1024 * 1024;
/// The keys in which documents name their language.
const LOCALE_KEYS: [&str; 3] = ["lang", "locale", "language"];

/// The values in the head of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The value of the first id key that has one.
    pub id: Option<String>,
    /// The first word of the first pin key that has a value: the source commit that the document was translated from.
    pub pin: Option<String>,
    /// The value of `lang`, `locale` or `language`, as written.
    pub locale: Option<String>,
}

/// Reads the heads of all files in parallel, in the order of `files`; `id_keys` and `pin_keys` are tried in turn.
///
/// A file that cannot be read has an empty head, and a notice names it.
pub fn read_heads(
    contents: &Contents,
    files: &[WalkedFile],
    id_keys: &[String],
    pin_keys: &[String],
) -> (Vec<Head>, Vec<Notice>) {
    let read: Vec<io::Result<Head>> = files
        .par_iter()
        .map_init(Vec::new, |buffer, file| {
            let end = read_front_matter(&mut *contents.open(&file.path)?, buffer)?;
            Ok(head(&String::from_utf8_lossy(&buffer[..end]), id_keys, pin_keys))
        })
        .collect();
    let mut notices = Vec::new();
    let heads = read.into_iter().zip(files).map(|(head, file)| {
        head.unwrap_or_else(|error| {
            notices.push(unreadable(&file.path, &error));
            Head::default()
        })
    });
    let heads = heads.collect();
    (heads, notices)
}

/// Reads the whole of each file whose head has no source commit, and uses the first match of `pattern`.
///
/// A file that cannot be read has none; the notice about its head already reports that.
pub fn read_body_pins(contents: &Contents, files: &[WalkedFile], heads: &mut [Head], pattern: &PinPattern) {
    heads.par_iter_mut().zip(files).filter(|(head, _)| head.pin.is_none()).for_each(|(head, file)| {
        let Ok(bytes) = contents.read(&file.path) else { return };
        let text = decode_start(&bytes);
        head.pin = pattern.find(&text).map(|span| span.slice(&text).to_owned());
    });
}

/// In how many documents each of `keys` has a value in front matter, and each other key a value that looks like a commit: 40
/// hexadecimal digits. Keys without any are omitted.
pub fn count_keys(contents: &Contents, paths: &[&Utf8Path], keys: &BTreeSet<&str>) -> BTreeMap<String, usize> {
    let seen = paths.par_iter().map_init(Vec::new, |buffer, path| {
        // Ignore errors: `read_heads` reports them.
        let read = |buffer| contents.open(path).and_then(|mut file| read_front_matter(&mut *file, buffer));
        let end = read(&mut *buffer).unwrap_or(0);
        let text = String::from_utf8_lossy(&buffer[..end]);
        let entries = FrontMatter::find(&text).map(|found| found.entries).unwrap_or_default();
        let counts = |entry: &Entry| {
            let value = entry.value.slice(&text);
            !value.is_empty() && (keys.contains(entry.key.as_str()) || is_commit(value))
        };
        // Count a duplicate key once per document.
        entries.iter().filter(|entry| counts(entry)).map(|entry| entry.key.clone()).collect::<BTreeSet<_>>()
    });
    let seen: Vec<BTreeSet<String>> = seen.collect();
    let mut counts = BTreeMap::new();
    for key in seen.into_iter().flatten() {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn is_commit(value: &str) -> bool {
    let word = value.split_whitespace().next().unwrap_or_default();
    word.len() == 40 && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The head of a file that is already in memory.
pub fn read_head(bytes: &[u8], id_keys: &[String], pin_keys: &[String]) -> Head {
    let bytes = &bytes[..bytes.len().min(MOST)];
    if is_utf16(bytes) {
        return head(&decode_start(bytes), id_keys, pin_keys);
    }
    let end = front_matter_end(bytes).unwrap_or(bytes.len());
    head(&String::from_utf8_lossy(&bytes[..end]), id_keys, pin_keys)
}

/// Reads the start of a file into `buffer`, converting UTF-16 to UTF-8, and returns where its front matter ends; 0 without front
/// matter.
fn read_front_matter(file: &mut dyn Read, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut length = 0;
    let mut limit = FIRST;
    loop {
        buffer.resize(limit, 0);
        let read = match file.read(&mut buffer[length..limit]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        length += read;
        if is_utf16(&buffer[..length]) {
            buffer.truncate(length);
            file.take((MOST - length) as u64).read_to_end(buffer)?;
            let text = decode_start(buffer);
            buffer.clear();
            buffer.extend_from_slice(text.as_bytes());
            return Ok(front_matter_end(buffer).unwrap_or(buffer.len()));
        }
        match front_matter_end(&buffer[..length]) {
            Some(end) => return Ok(end),
            // The closing fence may be the last line, without a line break.
            None if read == 0 => return Ok(length),
            None if length >= MOST => return Ok(0),
            None if length == limit => limit *= 4,
            None => {}
        }
    }
}

/// The end of the front matter at the start of a text, including its closing fence; 0 if there is none, `None` if more text is
/// needed to decide.
fn front_matter_end(start: &[u8]) -> Option<usize> {
    let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let mut from = mark;
    let mut fence: Option<&[u8]> = None;
    while let Some(length) = memchr::memchr(b'\n', &start[from..]) {
        let line = start[from..from + length].trim_ascii_end();
        match fence {
            None if line == b"---" || line == b"+++" => fence = Some(line),
            None => return Some(0),
            Some(fence) if line == fence || (fence == b"---" && line == b"...") => return Some(from + length),
            Some(_) => {}
        }
        from += length + 1;
    }
    // The last line may be an incomplete fence.
    let rest = &start[from..];
    match fence {
        None => (rest.len() > 3 && !matches!(&rest[..3], b"---" | b"+++")).then_some(0),
        Some(_) => None,
    }
}

fn head(start: &str, id_keys: &[String], pin_keys: &[String]) -> Head {
    let Some(front_matter) = FrontMatter::find(start) else { return Head::default() };
    let value = |key: &str| front_matter.get(start, key).map(str::trim).filter(|value| !value.is_empty());
    Head {
        id: id_keys.iter().find_map(|key| value(key)).map(str::to_owned),
        pin: find_pin(&front_matter, start, pin_keys).map(|pin| pin.slice(start).to_owned()),
        locale: LOCALE_KEYS.iter().find_map(|key| value(key)).map(str::to_owned),
    }
}

/// The id of a document, from its text.
pub fn find_id(text: &str, id_keys: &[String]) -> Option<String> {
    head(text, id_keys, &[]).id
}

/// The span of the source commit in front matter: the first word of the first key with a value, since some authors add a remark.
pub fn find_pin(front_matter: &FrontMatter, text: &str, keys: &[String]) -> Option<Span> {
    keys.iter().find_map(|key| {
        let value = front_matter.entry(key)?.value;
        let trimmed = value.slice(text).trim_start();
        let start = value.end as usize - trimmed.len();
        let length = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        (length > 0).then(|| Span::new(start, start + length))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use camino::Utf8PathBuf;

    use super::*;

    #[test]
    fn the_first_id_key_with_a_value_counts() {
        let keys = ["page-id".to_owned(), "meta.uid".to_owned()];
        for (text, id, locale) in [
            ("---\nmeta:\n  uid: a1\nlang: fr\n---\n", Some("a1"), Some("fr")),
            ("---\npage-id: b2 # old\nmeta:\n  uid: a1\n---\n", Some("b2"), None),
            ("---\npage-id:\nmeta:\n  uid: 'a1'\n---\n", Some("a1"), None),
            ("+++\nlanguage = \"sv\"\n[meta]\nuid = \"a1\"\n+++\n", Some("a1"), Some("sv")),
            ("page-id: b2\n", None, None),
            ("---\npage-id: b2\n", None, None),
        ] {
            let found = head(text, &keys, &[]);
            assert_eq!((found.id.as_deref(), found.locale.as_deref()), (id, locale), "{text}");
        }
    }

    #[test]
    fn known_keys_and_what_looks_like_a_commit_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let commit = "0a".repeat(20);
        let paths: Vec<_> = [
            format!("---\nuid: a1\nfrom: {commit} # patched\n---\n"),
            format!("---\nuid:\nfrom: {commit}\nfrom: {commit}\ntitle: {commit}0\n---\n"),
            "uid: a1\n".to_owned(),
        ]
        .into_iter()
        .zip(["a.md", "b.md", "c.md"])
        .map(|(text, name)| {
            fs::write(folder.join(name), text).unwrap();
            folder.join(name)
        })
        .collect();
        let counts = count_keys(
            &Contents::default(),
            &paths.iter().map(Utf8PathBuf::as_path).collect::<Vec<_>>(),
            &["uid", "page-id"].into(),
        );
        assert_eq!(counts.into_iter().collect::<Vec<_>>(), [("from".to_owned(), 2), ("uid".to_owned(), 1)]);
    }

    #[test]
    fn front_matter_longer_than_the_first_read_is_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let files: Vec<WalkedFile> = [
            ("long.md", format!("---\nnote: {}\nid: far\n---\nText\n", "x".repeat(20_000)).into_bytes()),
            ("latin.md", b"---\ntitle: caf\xe9\nid: near\n---\n".to_vec()),
            ("empty.md", Vec::new()),
            ("short.md", b"\xef\xbb\xbf---\nid: short\n---".to_vec()),
            ("open.md", format!("---\nid: open\n{}", "text\n".repeat(400_000)).into_bytes()),
        ]
        .into_iter()
        .map(|(name, bytes)| {
            fs::write(folder.join(name), bytes).unwrap();
            WalkedFile { path: folder.join(name), relative: name.into(), root: 0 }
        })
        .chain([WalkedFile { path: folder.join("gone.md"), relative: "gone.md".into(), root: 0 }])
        .collect();
        let (heads, notices) = read_heads(&Contents::default(), &files, &["id".to_owned()], &[]);
        let ids: Vec<Option<&str>> = heads.iter().map(|head| head.id.as_deref()).collect();
        assert_eq!(ids, [Some("far"), Some("near"), None, Some("short"), None, None]);
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].path, Some(folder.join("gone.md")));
    }
}
