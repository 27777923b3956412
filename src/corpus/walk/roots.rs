//! Turns the roots that the user gave into folders to walk, without duplicates, and with each file in its folder.

use std::fs;
use std::path::PathBuf;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::error::WalkError;
use super::file::{WalkedFile, no_file, warning};
use crate::finding::Notice;
use isogloss_document::is_markdown;
use isogloss_text::Locale;

/// A file or folder to walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The locale of everything in it, if given; otherwise the layout determines it.
    pub locale: Option<Locale>,
    /// As the user wrote it, or joined to the configuration file's folder. Empty for the current folder, so that reports print
    /// its files without a prefix.
    pub path: Utf8PathBuf,
}

/// The roots, sorted into folders and files.
pub(super) struct Resolved {
    /// See [`super::Walked::roots`].
    pub roots: Vec<Root>,
    /// Folders to walk.
    pub folders: Vec<Folder>,
    /// Files that the user gave individually.
    pub files: Vec<SingleFile>,
    pub notices: Vec<Notice>,
}

/// A folder to walk.
pub(super) struct Folder {
    /// Absolute, without links.
    pub canonical: PathBuf,
    /// Index into the roots.
    pub root: usize,
}

/// A file that the user gave individually.
pub(super) struct SingleFile {
    /// Absolute, without links.
    pub canonical: PathBuf,
    pub walked: WalkedFile,
}

/// A file as the user gave it.
struct Given {
    locale: Option<Locale>,
    path: Utf8PathBuf,
    canonical: PathBuf,
}

/// Looks up every root on disk.
pub(super) fn resolve(given: &[Root]) -> Result<Resolved, WalkError> {
    let mut resolved = Resolved { roots: Vec::new(), folders: Vec::new(), files: Vec::new(), notices: Vec::new() };
    let mut files: Vec<Given> = Vec::new();
    let mut seen: FxHashSet<PathBuf> = FxHashSet::default();
    for root in given {
        let on_disk = if root.path.as_str().is_empty() { Utf8Path::new(".") } else { &root.path };
        let canonical = fs::canonicalize(on_disk).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => WalkError::Missing(root.path.clone()),
            _ => WalkError::Unreadable { path: root.path.clone(), source },
        })?;
        if canonical.is_dir() {
            add_folder(&mut resolved, root, canonical);
        } else if !is_markdown(on_disk.as_std_path()) {
            let message = "skipped: not Markdown (.md, .mdx or .markdown)".to_owned();
            resolved.notices.push(warning(Some(root.path.clone()), message));
        } else if !canonical.is_file() {
            resolved.notices.push(no_file(root.path.clone()));
        } else if seen.insert(canonical.clone()) {
            files.push(Given { locale: root.locale.clone(), path: root.path.clone(), canonical });
        }
    }
    add_files(&mut resolved, files);
    Ok(resolved)
}

fn add_folder(resolved: &mut Resolved, root: &Root, canonical: PathBuf) {
    let Some(same) = resolved.folders.iter().find(|folder| folder.canonical == canonical) else {
        resolved.folders.push(Folder { canonical, root: resolved.roots.len() });
        resolved.roots.push(root.clone());
        return;
    };
    let kept = &mut resolved.roots[same.root];
    match (&kept.locale, &root.locale) {
        (Some(first), Some(second)) if first != second => {
            let message = format!("given as both {first} and {second}, using {first}; give each locale its own folder");
            resolved.notices.push(warning(Some(root.path.clone()), message));
        }
        (None, Some(locale)) => kept.locale = Some(locale.clone()),
        _ => {}
    }
}

/// Files given individually share their deepest common folder as root, so that a layout can still be detected in their paths; a
/// file with a locale has its own folder as root.
fn add_files(resolved: &mut Resolved, files: Vec<Given>) {
    if let ([only], true) = (files.as_slice(), resolved.folders.is_empty()) {
        let message = "given without its other locales; give the folder that contains all of them";
        resolved.notices.push(warning(Some(only.path.clone()), message.to_owned()));
    }
    let unnamed: Vec<&Utf8Path> =
        files.iter().filter(|file| file.locale.is_none()).map(|file| folder_of(&file.path)).collect();
    let shared = common_folder(&unnamed);
    let first = resolved.roots.len();
    for file in files {
        let folder = match &shared {
            Some(shared) if file.locale.is_none() => shared.clone(),
            _ => folder_of(&file.path).to_owned(),
        };
        let relative = file.path.strip_prefix(&folder).unwrap_or(&file.path).to_owned();
        let root = Root { locale: file.locale, path: folder };
        let known = resolved.roots[first..].iter().position(|known| *known == root);
        if known.is_none() {
            resolved.roots.push(root);
        }
        let root = known.map_or(resolved.roots.len() - 1, |at| first + at);
        let walked = WalkedFile { path: file.path, relative, root };
        resolved.files.push(SingleFile { canonical: file.canonical, walked });
    }
}

fn folder_of(file: &Utf8Path) -> &Utf8Path {
    file.parent().unwrap_or(Utf8Path::new(""))
}

/// The deepest folder that contains all of these, as written; `None` if they have no common prefix.
fn common_folder(folders: &[&Utf8Path]) -> Option<Utf8PathBuf> {
    let (first, others) = folders.split_first()?;
    first
        .ancestors()
        .find(|above| others.iter().all(|other| other.starts_with(above)))
        .filter(|above| !above.as_str().is_empty() || first.is_relative())
        .map(Utf8Path::to_owned)
}
