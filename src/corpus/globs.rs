//! Globs from the configuration, matched against paths as printed in reports.

use std::borrow::Cow;

use camino::{Utf8Path, Utf8PathBuf};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::paths::normalized;

/// The folder that a configuration's globs are relative to, and the current folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Folder {
    /// The current folder, absolute: reported paths are relative to it.
    current: Utf8PathBuf,
    /// The configuration file's folder, absolute and without `..`.
    base: Utf8PathBuf,
}

impl Folder {
    /// `base` is absolute or relative to `current`, which is absolute.
    pub(crate) fn new(current: &Utf8Path, base: &Utf8Path) -> Self {
        Self { current: current.to_owned(), base: normalized(&current.join(base)) }
    }

    /// Makes `path`, absolute or relative to the current folder, relative to the base folder. A path outside of it becomes
    /// relative to the root of the file system, so that only globs that begin with `**` match it.
    fn relative(&self, path: &Utf8Path) -> Utf8PathBuf {
        let absolute = normalized(&self.current.join(path));
        let inside = absolute.strip_prefix(&self.base).map(Utf8Path::to_owned);
        inside.unwrap_or_else(|_| absolute.strip_prefix("/").map(Utf8Path::to_owned).unwrap_or(absolute))
    }
}

/// A set of globs, relative to the configuration file's folder.
///
/// `*` and `?` do not match `/`; `**` does. A glob without `/` matches at any depth, as in `.gitignore`, and one that matches a
/// folder also matches everything in it.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    set: GlobSet,
    folder: Folder,
}

impl Globs {
    /// The set of `globs`, which [`compile`] returned.
    pub(crate) fn new(folder: &Folder, globs: Vec<globset::Glob>) -> Result<Self, globset::Error> {
        let mut builder = GlobSetBuilder::new();
        for glob in globs {
            builder.add(glob);
        }
        Ok(Self { set: builder.build()?, folder: folder.clone() })
    }

    /// Whether `path`, absolute or relative to the current folder, matches or is in a folder that does.
    pub fn is_match(&self, path: &Utf8Path) -> bool {
        !self.set.is_empty() && self.set.is_match(self.folder.relative(path))
    }

    /// Whether there are no globs.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
}

/// The longest glob, in bytes.
const LONGEST_GLOB: usize = 1024;

/// A glob's share of the limit on all globs, which bounds memory.
pub(crate) fn weight(written: &str) -> usize {
    1 + written.bytes().filter(|byte| b"*?[{".contains(byte)).count()
}

/// Compiles `written` into two globs: one for the path itself, one for what is in it.
///
/// # Errors
/// One sentence without a full stop, if it is not a valid glob or leads out of the folder.
pub(crate) fn compile(written: &str) -> Result<[globset::Glob; 2], String> {
    let glob = written.trim_start_matches("./").trim_end_matches('/');
    if glob.is_empty() {
        return Err("empty glob".to_owned());
    }
    if glob.len() > LONGEST_GLOB {
        return Err(format!("glob longer than {LONGEST_GLOB} bytes"));
    }
    if glob.starts_with("..") {
        return Err("globs are relative to the configuration file's folder and cannot leave it".to_owned());
    }
    let anchored = match glob.strip_prefix('/') {
        Some(rest) => Cow::Borrowed(rest),
        None if glob.contains('/') => Cow::Borrowed(glob),
        None => Cow::Owned(format!("**/{glob}")),
    };
    let build = |text: &str| GlobBuilder::new(text).literal_separator(true).build();
    match (build(&anchored), build(&format!("{anchored}/**"))) {
        (Ok(itself), Ok(inside)) => Ok([itself, inside]),
        (Err(error), _) | (_, Err(error)) => Err(format!("invalid glob: {}", error.kind())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_like_gitignore_from_the_configuration_folder() {
        for (glob, path, expected) in [
            ("drafts", "drafts/a.md", true),
            ("drafts/", "docs/drafts/b/a.md", true),
            ("/drafts", "docs/drafts/a.md", false),
            ("CHANGELOG.md", "docs/fr/CHANGELOG.md", true),
            ("docs/*.md", "docs/a.md", true),
            ("docs/*.md", "docs/fr/a.md", false),
            ("./docs/**/legal/*", "docs/fr/v1/legal/a.md", true),
            ("docs/{fr,sv}/**", "./docs/sv/a.md", true),
            ("docs/fr", "docs/fr-CA/a.md", false),
        ] {
            let folder = Folder::new("/srv/site".into(), "".into());
            let globs = Globs::new(&folder, compile(glob).unwrap().into()).unwrap();
            assert_eq!(globs.is_match(path.into()), expected, "{glob} {path}");
        }
    }

    #[test]
    fn paths_are_seen_from_the_folder_of_the_configuration() {
        let folder = Folder::new("/srv/site/docs".into(), "..".into());
        for (path, expected) in [("fr/a.md", true), ("../docs/fr/a.md", true), ("/srv/site/docs/fr/a.md", true)] {
            let globs = Globs::new(&folder, compile("docs/fr").unwrap().into()).unwrap();
            assert_eq!(globs.is_match(path.into()), expected, "{path}");
        }
        for (glob, expected) in [("docs", true), ("/docs", false), ("**/a.md", true), ("other/docs", false)] {
            let globs = Globs::new(&folder, compile(glob).unwrap().into()).unwrap();
            assert_eq!(globs.is_match("../../other/docs/a.md".into()), expected, "{glob}");
        }
    }

    #[test]
    fn what_is_no_glob_is_refused() {
        for glob in ["", "./", "a[", "a{b", "../x/*.md", &"{a,".repeat(300), &"{".repeat(100_000)] {
            assert!(compile(glob).is_err(), "{glob:.20}");
        }
    }
}
