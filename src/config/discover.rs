//! Finds the configuration file.

use camino::{Utf8Path, Utf8PathBuf};

use super::ConfigError;

/// The names that a configuration file can have; a folder can have one of them.
pub const FILE_NAMES: [&str; 2] = ["isogloss.yaml", ".isogloss.yaml"];

/// The configuration file in the folder `current`, which is absolute, or in the nearest one above that has one, as a path
/// relative to `current`: `../isogloss.yaml`.
///
/// # Errors
/// If that folder has both [`FILE_NAMES`].
pub fn discover(current: &Utf8Path) -> Result<Option<Utf8PathBuf>, ConfigError> {
    let mut up = Utf8PathBuf::new();
    for folder in current.ancestors() {
        let [plain, hidden] = FILE_NAMES;
        match (folder.join(plain).is_file(), folder.join(hidden).is_file()) {
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
        std::fs::create_dir_all(base.join("site/docs/fr")).unwrap();
        std::fs::create_dir_all(base.join("site/docs/isogloss.yaml")).unwrap();
        let found = |folder: &str| discover(&base.join(folder)).unwrap();

        assert_eq!(found("site/docs/fr"), None);
        std::fs::write(base.join(".isogloss.yaml"), "").unwrap();
        assert_eq!(found("site/docs/fr"), Some("../../../.isogloss.yaml".into()));
        std::fs::write(base.join("site/isogloss.yaml"), "").unwrap();
        assert_eq!(found("site/docs/fr"), Some("../../isogloss.yaml".into()));
        assert_eq!(found("site"), Some("isogloss.yaml".into()));
        std::fs::write(base.join("site/.isogloss.yaml"), "").unwrap();
        let error = discover(&base.join("site/docs")).unwrap_err();
        assert_eq!(error.to_string(), "../isogloss.yaml and ../.isogloss.yaml are both there: keep one of them");
    }
}
