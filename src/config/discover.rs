//! Finds the configuration file.

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::ConfigError;

/// Possible names of the configuration file; a folder may contain only one of them.
pub const FILE_NAMES: [&str; 2] = ["isogloss.yaml", ".isogloss.yaml"];

/// A configuration file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    /// Absolute or relative to the current folder.
    pub path: Utf8PathBuf,
    /// Whether the command line names it, which allows it to be a link or to be anywhere.
    pub named: bool,
}

impl<P: Into<Utf8PathBuf>> From<P> for ConfigFile {
    /// A file that was discovered.
    fn from(path: P) -> Self {
        Self { path: path.into(), named: false }
    }
}

/// The configuration file in the folder `current`, which is absolute, or in its nearest ancestor that has one, as a path relative
/// to `current`: `../isogloss.yaml`. A broken link counts, and is reported on reading; a folder does not.
///
/// # Errors
/// If one folder contains both [`FILE_NAMES`].
pub fn discover(current: &Utf8Path) -> Result<Option<Utf8PathBuf>, ConfigError> {
    let mut up = Utf8PathBuf::new();
    for folder in current.ancestors() {
        let [plain, hidden] = FILE_NAMES;
        let is_there = |name| fs::symlink_metadata(folder.join(name)).is_ok_and(|metadata| !metadata.is_dir());
        match (is_there(plain), is_there(hidden)) {
            (true, true) => return Err(ConfigError::Ambiguous(up.join(plain), up.join(hidden))),
            (true, false) => return Ok(Some(up.join(plain))),
            (false, true) => return Ok(Some(up.join(hidden))),
            (false, false) => up.push(".."),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_file_is_found_and_two_in_one_folder_are_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap();
        fs::create_dir_all(base.join("site/docs/fr")).unwrap();
        fs::create_dir_all(base.join("site/docs/isogloss.yaml")).unwrap();
        let found = |folder: &str| discover(&base.join(folder)).unwrap();

        assert_eq!(found("site/docs/fr"), None);
        fs::write(base.join(".isogloss.yaml"), "").unwrap();
        assert_eq!(found("site/docs/fr"), Some("../../../.isogloss.yaml".into()));
        fs::write(base.join("site/isogloss.yaml"), "").unwrap();
        assert_eq!(found("site/docs/fr"), Some("../../isogloss.yaml".into()));
        assert_eq!(found("site"), Some("isogloss.yaml".into()));
        fs::write(base.join("site/.isogloss.yaml"), "").unwrap();
        let error = discover(&base.join("site/docs")).unwrap_err();
        assert_eq!(error.to_string(), "both `../isogloss.yaml` and `../.isogloss.yaml` exist; keep one of them");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let temporary = tempfile::tempdir().unwrap();
        let base = Utf8Path::from_path(temporary.path()).unwrap();
        std::os::unix::fs::symlink("gone.yaml", base.join("isogloss.yaml")).unwrap();
        assert_eq!(discover(base).unwrap(), Some("isogloss.yaml".into()));
    }
}
