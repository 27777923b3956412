//! Paths, without a look at the disk: normalized, and as versions of one page are matched by.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// `path` without `.` and `..`, lexically: symbolic links are not resolved.
pub(crate) fn normalized(path: &Utf8Path) -> Utf8PathBuf {
    let mut result = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir if result.file_name().is_some() => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

/// The path by which versions of one page are matched: without extension, and with a folder's index as the folder.
pub(crate) fn pairing_path(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = ["index", "_index", "readme"].iter().any(|index| stem.eq_ignore_ascii_case(index));
    if is_index && !folder.is_empty() { folder } else { without_extension(path) }
}

/// A path without the extension: what follows the last dot of its last component.
pub(crate) fn without_extension(path: &str) -> &str {
    let extension = Utf8Path::new(path).extension().map_or(0, |extension| extension.len() + 1);
    &path[..path.len() - extension]
}
