//! The files that git tracks below some folders, whatever ignore files say.

use std::collections::BTreeMap;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};

use crate::environment::Environment;
use crate::error::HistoryError;
use crate::index::Index;
use crate::location::{Location, locate, tops};
use crate::paths::real;

/// The files below `folders` that git tracks, as canonical paths, and the errors of checkouts that could not be read.
/// Folders that are not in a checkout have none.
pub fn tracked_files(folders: &[&Utf8Path]) -> (Vec<PathBuf>, Vec<HistoryError>) {
    let environment = Environment::of_this_process();
    // Folders below the same `.git` folders are in the same checkout.
    let mut by_checkout: BTreeMap<Vec<Utf8PathBuf>, Vec<Utf8PathBuf>> = BTreeMap::new();
    for folder in folders.iter().filter_map(|folder| real(folder)) {
        let tops: Vec<Utf8PathBuf> = tops(&environment, &folder).into_iter().map(Utf8Path::to_owned).collect();
        if !tops.is_empty() {
            by_checkout.entry(tops).or_default().push(folder);
        }
    }
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for folders in by_checkout.into_values() {
        match files_of(&environment, &folders) {
            Ok(found) => files.extend(found),
            Err(error) => failures.push(error),
        }
    }
    (files, failures)
}

/// The tracked files below folders of one checkout.
fn files_of(environment: &Environment, folders: &[Utf8PathBuf]) -> Result<Vec<PathBuf>, HistoryError> {
    let Some(first) = folders.first() else { return Ok(Vec::new()) };
    let Location { git, top: Some(top), .. } = locate(environment, first)? else { return Ok(Vec::new()) };
    let below = |folder: &Utf8PathBuf| Some(folder.strip_prefix(&top).ok()?.as_str().replace('\\', "/"));
    let folders: Vec<String> = folders.iter().filter_map(below).collect();
    let index = Index::of(&git, &folders)?;
    Ok(index.files.into_keys().map(|path| top.join(path).into_std_path_buf()).collect())
}
