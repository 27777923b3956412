//! Heads: the few front matter keys that must be known before pages can be paired.

use std::fs::File;
use std::io::{self, Read};

use camino::Utf8Path;
use rayon::prelude::*;

use crate::document::front_matter::FrontMatter;
use crate::finding::Notice;
use crate::text::Span;
use crate::walk::{WalkedFile, warning};

/// How much of a file is read at first, in bytes: nearly all front matter is shorter.
const FIRST: usize = 8 * 1024;
/// How much is read at most, in bytes: front matter that is longer is not looked at.
const MOST: usize = 1024 * 1024;
/// The keys under which documents name their language.
const LOCALE_KEYS: [&str; 3] = ["lang", "locale", "language"];

/// What the head of one file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The value of the first id key that has one.
    pub id: Option<String>,
    /// The first word of the first pin key that has a value: the source commit that the document was made from.
    pub pin: Option<String>,
    /// The value of `lang`, `locale` or `language`, as written.
    pub locale: Option<String>,
}

/// Reads the heads of all files in parallel, in their order; `id_keys` and `pin_keys` are tried in turn.
///
/// A file that cannot be read has an empty head, and a notice names it.
pub fn read_heads(files: &[WalkedFile], id_keys: &[String], pin_keys: &[String]) -> (Vec<Head>, Vec<Notice>) {
    let read: Vec<io::Result<Head>> = files
        .par_iter()
        .map_init(Vec::new, |buffer, file| {
            let end = read_front_matter(&file.path, buffer)?;
            Ok(head(&String::from_utf8_lossy(&buffer[..end]), id_keys, pin_keys))
        })
        .collect();
    let mut notices = Vec::new();
    let heads = read.into_iter().zip(files).map(|(head, file)| {
        head.unwrap_or_else(|error| {
            let message = format!("cannot be read ({error}): mend its permissions, or ignore it");
            notices.push(warning(Some(file.path.clone()), message));
            Head::default()
        })
    });
    let heads = heads.collect();
    (heads, notices)
}

/// The head of a whole file that was read already.
pub fn read_head(bytes: &[u8], id_keys: &[String], pin_keys: &[String]) -> Head {
    let bytes = &bytes[..bytes.len().min(MOST)];
    let end = front_matter_end(bytes).unwrap_or(bytes.len());
    head(&String::from_utf8_lossy(&bytes[..end]), id_keys, pin_keys)
}

/// Reads the start of a file into `buffer`, and returns where its front matter ends in it; 0 without front matter.
fn read_front_matter(path: &Utf8Path, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let mut file = File::open(path)?;
    let mut length = 0;
    let mut limit = FIRST;
    loop {
        buffer.resize(limit, 0);
        let read = match file.read(&mut buffer[length..limit]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        length += read;
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

/// Where the front matter that a text begins with ends, with its closing fence; 0 if it begins with none, `None` if more
/// of the text must be read to tell.
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
    // The last line may be a fence that is read in part.
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

/// The span of the source commit that front matter records: the first word of the first key with a value, since some write a
/// remark after it.
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
            std::fs::write(folder.join(name), bytes).unwrap();
            WalkedFile { path: folder.join(name), relative: name.into(), root: 0 }
        })
        .chain([WalkedFile { path: folder.join("gone.md"), relative: "gone.md".into(), root: 0 }])
        .collect();
        let (heads, notices) = read_heads(&files, &["id".to_owned()], &[]);
        let ids: Vec<Option<&str>> = heads.iter().map(|head| head.id.as_deref()).collect();
        assert_eq!(ids, [Some("far"), Some("near"), None, Some("short"), None, None]);
        assert_eq!(notices.len(), 1);
        assert_eq!(notices[0].path, Some(folder.join("gone.md")));
    }
}
