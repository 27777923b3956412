//! One file that a walk finds.

use std::cmp::Ordering;

use camino::Utf8PathBuf;

use crate::finding::{Notice, NoticeLevel};

/// One Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkedFile {
    /// The root as the user wrote it, joined with the path below it.
    pub path: Utf8PathBuf,
    /// The path below the root, with `/` as separator.
    pub relative: Utf8PathBuf,
    /// Index into [`super::Walked::roots`].
    pub root: usize,
}

/// Orders paths by components, so that a folder's contents are contiguous; many times faster than comparing them as paths.
pub(crate) fn path_order(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    // Most paths have a common prefix, which is skipped 16 bytes at a time.
    let chunks = a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0);
    let same = 16 * chunks.take_while(|(a, b)| a == b).count();
    match a[same..].iter().zip(&b[same..]).position(|(a, b)| a != b).map(|at| same + at) {
        // The separator sorts before any character of a name.
        Some(at) => (a[at] != b'/').cmp(&(b[at] != b'/')).then(a[at].cmp(&b[at])),
        None => a.len().cmp(&b.len()),
    }
}

/// The notice for something that is named like a document but is a pipe, a socket or a device.
pub(super) fn no_file(path: Utf8PathBuf) -> Notice {
    Notice::incomplete(Some(path), "skipped: not a regular file; remove or ignore it".to_owned())
}

/// The notice that something was skipped.
pub(crate) fn warning(path: Option<Utf8PathBuf>, message: String) -> Notice {
    Notice { level: NoticeLevel::Warning, path, message }
}
