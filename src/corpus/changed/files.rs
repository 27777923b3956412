//! The documents that exist after the change, and which of them it touches.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::selection::{Error, Selection};
use crate::corpus::contents::Contents;
use crate::corpus::found::Request;
use crate::corpus::walk::Root;
use crate::corpus::walk::{Walked, WalkedFile, add_tracked, path_order, walk};
use crate::finding::{Notice, NoticeLevel};
use camino::{Utf8Path, Utf8PathBuf};
use isogloss_document::is_markdown;
use isogloss_history::{Checkout, Index, IndexEntry, Touched, TouchedFiles};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// The documents of a run about a change.
#[derive(Default)]
pub(super) struct Files {
    /// See [`crate::corpus::walk::Walked::roots`].
    pub roots: Vec<Root>,
    /// Sorted by root, then by path: the state after the change, which may differ from the work tree.
    pub walked: Vec<WalkedFile>,
    /// For each file, whether the change touches it.
    pub is_changed: Vec<bool>,
    /// For each file, its entry in the index; `None` to read it from disk.
    pub stored: Vec<Option<Stored>>,
    /// Documents that the change deletes, with the ids of their old blobs.
    pub gone: Vec<(WalkedFile, Option<String>)>,
    /// Changed documents whose names are not UTF-8, as printed in notices.
    pub unnameable: Vec<Utf8PathBuf>,
    /// The files that git tracks.
    pub index: Index,
    /// Documents read from the index.
    pub contents: Contents,
    /// Notices of the walk.
    pub notices: Vec<Notice>,
}

/// The part of a change that can be checked.
pub(super) enum Scope {
    Documents(Box<Files>),
    /// The change touches no document.
    Nothing,
    /// The checkout contains none of the roots.
    Elsewhere,
}

/// A document in the index.
pub(super) struct Stored {
    /// Its entry in the index.
    pub entry: IndexEntry,
}

/// A root inside the checkout or around it.
struct Place {
    /// Absolute, without symbolic links, with `/` as separator and at the end.
    absolute: String,
    is_folder: bool,
}

/// Finds the documents and which of them the change touches.
///
/// # Errors
/// If a root does not exist, or git cannot determine what changed.
pub(super) fn find(request: &Request<'_>, selection: &Selection, checkout: &Checkout) -> Result<Scope, Error> {
    let top = with_slash(checkout.top());
    let given: Vec<Place> = request.roots.iter().filter_map(Place::of).collect();
    if given.len() < request.roots.len() {
        // A missing root is an error even if nothing changed; the walk reports which one it is.
        walk(request.roots, request.exclude)?;
    }
    let folders = folders(&given, &top);
    if folders.is_empty() && !given.is_empty() {
        return Ok(Scope::Elsewhere);
    }
    let TouchedFiles { files: touched, unnameable } = match selection {
        Selection::Staged => checkout.staged(&folders)?,
        Selection::Since(revision) => checkout.since(revision, &folders)?,
    };
    let is_staged = matches!(selection, Selection::Staged);
    let hides = touched.iter().any(|file| file.path.rsplit('/').next() == Some(".isoglossignore"));
    let is_document = |file: &Touched| is_markdown(&file.path);
    let unnameable: Vec<String> = unnameable.into_iter().filter(|name| is_markdown(name)).collect();
    let touched: BTreeMap<String, Option<String>> =
        touched.into_iter().filter(is_document).map(|file| (file.path, file.old)).collect();
    if is_staged && touched.is_empty() && unnameable.is_empty() {
        return Ok(Scope::Nothing);
    }
    let (walked, index) = rayon::join(|| walk(request.roots, request.exclude), || checkout.index(&folders));
    let (mut walked, index) = (walked?, index?);
    let on_disk = |name: &String| Path::new(&format!("{top}{name}")).to_owned();
    if walked.skipped_by_gitignore {
        let documents = index.files.keys().filter(|name| is_markdown(name));
        add_tracked(&mut walked, request.roots, request.exclude, documents.map(on_disk))?;
    }
    let roots: Vec<Option<Place>> = walked.roots.iter().map(Place::of).collect();
    let is_given = |place: &Place| given.iter().any(|root| root.is_folder && root.absolute == place.absolute);
    let mut gathering = Gathering {
        request,
        top: &top,
        roots: &walked.roots,
        is_walked: roots.iter().map(|place| place.as_ref().is_some_and(is_given)).collect(),
        absolute: roots.into_iter().map(|place| place.map(|place| place.absolute).unwrap_or_default()).collect(),
        is_staged,
        touched,
        index: &index,
        on_disk: FxHashSet::default(),
        found: Vec::new(),
        gone: Vec::new(),
        hidden: Vec::new(),
        linked: Vec::new(),
    };
    gathering.walked(&walked);
    gathering.not_walked();
    let mut unnameable: Vec<Utf8PathBuf> =
        unnameable.iter().filter_map(|name| Some(gathering.below_root(name)?.path)).collect();
    if !is_staged {
        unnameable.extend(gathering.unnameable(&walked));
    }
    let Gathering { mut found, gone, hidden, linked, .. } = gathering;
    let hidden = hidden.first().filter(|_| hides).map(|first| hidden_by_change(hidden.len(), first));
    let linked = linked.first().map(|first| behind_links(linked.len(), first));
    let hidden: Vec<Notice> = hidden.into_iter().chain(linked).collect();
    if gone.is_empty() && unnameable.is_empty() && hidden.is_empty() && !found.iter().any(|(_, changed, _)| *changed) {
        return Ok(Scope::Nothing);
    }
    found.sort_by(|(a, ..), (b, ..)| {
        a.root.cmp(&b.root).then_with(|| path_order(a.relative.as_str(), b.relative.as_str()))
    });
    let Walked { roots, mut notices, .. } = walked;
    notices.extend(hidden);
    let mut files = Files { roots, gone, unnameable, notices, ..Files::default() };
    for (file, is_changed, stored) in found {
        files.walked.push(file);
        files.is_changed.push(is_changed);
        files.stored.push(stored);
    }
    files.index = index;
    Ok(Scope::Documents(Box::new(files)))
}

/// Reports that the change itself causes documents it touches to be skipped: a valid setting, but one that a reviewer should see.
fn hidden_by_change(count: usize, first: &Utf8Path) -> Notice {
    let noun = if count == 1 { "document" } else { "documents" };
    let message = format!(
        "skipped {count} changed {noun}: the change also edits an .isoglossignore that now matches (first: `{first}`)"
    );
    Notice { level: NoticeLevel::Warning, path: None, message }
}

/// Reports that the change replaces documents with symbolic links.
fn behind_links(count: usize, first: &Utf8Path) -> Notice {
    let noun = if count == 1 { "document" } else { "documents" };
    let message = format!(
        "skipped {count} changed {noun}: replaced with symbolic links, which are not followed (first: `{first}`)"
    );
    Notice::incomplete(None, message)
}

impl Files {
    /// Documents that the change adds or modifies.
    pub(super) fn changed(&self) -> impl Iterator<Item = &WalkedFile> {
        self.walked.iter().zip(&self.is_changed).filter(|(_, is_changed)| **is_changed).map(|(file, _)| file)
    }
}

impl Place {
    /// Where a root is; `None` if it does not exist, which the walk reports.
    fn of(root: &Root) -> Option<Self> {
        let on_disk = if root.path.as_str().is_empty() { Utf8Path::new(".") } else { &root.path };
        let canonical = on_disk.canonicalize_utf8().ok()?;
        Some(Self { absolute: with_slash(&canonical), is_folder: canonical.is_dir() })
    }
}

/// A folder as a path prefix, with `/` also on Windows.
fn with_slash(folder: &Utf8Path) -> String {
    let folder = folder.as_str().trim_end_matches(['/', std::path::MAIN_SEPARATOR]);
    if cfg!(windows) { folder.replace('\\', "/") + "/" } else { format!("{folder}/") }
}

/// The parts of the roots inside the checkout, relative to its top; an empty name means the whole checkout.
fn folders(roots: &[Place], top: &str) -> Vec<String> {
    let inside = |root: &Place| match root.absolute.strip_prefix(top) {
        Some(below) => Some(below.trim_end_matches('/').to_owned()),
        // The root contains the checkout.
        None => top.starts_with(&root.absolute).then(String::new),
    };
    roots.iter().filter_map(inside).collect()
}

/// Collects the documents on disk, then those that are only in git.
struct Gathering<'run> {
    request: &'run Request<'run>,
    top: &'run str,
    roots: &'run [Root],
    /// For each root, its [`Place::absolute`].
    absolute: Vec<String>,
    /// For each root, whether it is a folder that was walked, as opposed to the parent of single files.
    is_walked: Vec<bool>,
    /// Whether the index is checked instead of the work tree.
    is_staged: bool,
    /// Files that differ between the index and the base of the comparison, with the blob id in the base.
    touched: BTreeMap<String, Option<String>>,
    index: &'run Index,
    /// Names found on disk.
    on_disk: FxHashSet<String>,
    /// Each with whether the change touches it, and its index entry if it must be read from the index.
    found: Vec<(WalkedFile, bool, Option<Stored>)>,
    gone: Vec<(WalkedFile, Option<String>)>,
    /// Touched documents that are on disk but skipped.
    hidden: Vec<Utf8PathBuf>,
    /// Documents that the change moves behind a symbolic link, which is not followed.
    linked: Vec<Utf8PathBuf>,
}

impl Gathering<'_> {
    /// Documents on disk: all of them, or only those that are in the index or outside its checkout.
    fn walked(&mut self, walked: &Walked) {
        let names: Vec<Option<String>> = walked.files.iter().map(|file| self.name(file)).collect();
        let is_changed: Vec<bool> =
            walked.files.par_iter().zip(&names).map(|(file, name)| self.is_changed(file, name.as_deref())).collect();
        for ((file, name), is_changed) in walked.files.iter().zip(names).zip(is_changed) {
            let Some(name) = name else {
                self.found.push((file.clone(), false, None));
                continue;
            };
            let entry = self.index.files.get(&name);
            if entry.is_some() || !self.is_staged || self.index.is_elsewhere(&name) {
                let stored = entry.filter(|_| self.is_staged).map(|entry| Stored { entry: entry.clone() });
                self.found.push((file.clone(), is_changed, stored));
                self.on_disk.insert(name);
            }
        }
    }

    /// The path relative to the top of the checkout, if the file is in it.
    fn name(&self, file: &WalkedFile) -> Option<String> {
        let absolute = format!("{}{}", self.absolute[file.root], file.relative);
        absolute.strip_prefix(self.top).map(str::to_owned)
    }

    fn is_changed(&self, file: &WalkedFile, name: Option<&str>) -> bool {
        let Some(name) = name else { return false };
        if self.touched.contains_key(name) || self.is_staged {
            return self.touched.contains_key(name);
        }
        match self.index.files.get(name) {
            Some(entry) => !self.index.holds(entry, &file.path),
            // Untracked.
            None => !self.index.is_elsewhere(name),
        }
    }

    /// Documents that are in git but were not found on disk, and deleted ones.
    fn not_walked(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        let tracked = self.index.files.keys().filter(|name| is_markdown(name));
        let names: BTreeSet<&String> =
            tracked.chain(touched.keys()).filter(|name| !self.on_disk.contains(*name)).collect();
        for name in names {
            let Some(file) = self.below_root(name) else { continue };
            let (entry, before) = (self.index.files.get(name), touched.get(name));
            if before.is_some_and(Option::is_some) && self.is_behind_link(&file) {
                self.linked.push(file.path);
                continue;
            }
            // A staged deletion counts even if the file is still on disk.
            if is_on_disk(&file) && (entry.is_some() || !self.is_staged) {
                if before.is_some() {
                    self.hidden.push(file.path);
                }
                continue;
            }
            match (entry, before) {
                (Some(entry), _) if self.is_staged || (entry.is_sparse && before.is_some()) => {
                    self.found.push((file, before.is_some(), Some(Stored { entry: entry.clone() })));
                }
                (Some(entry), _) if entry.is_sparse => {}
                (Some(entry), before) => {
                    let old = before.cloned().unwrap_or_else(|| Some(entry.id.clone()));
                    self.lose(file, old);
                }
                (None, before) => self.lose(file, before.cloned().flatten()),
            }
        }
    }

    /// Whether a file on disk is a symbolic link or below one.
    fn is_behind_link(&self, file: &WalkedFile) -> bool {
        let root = &self.roots[file.root].path;
        let is_link = |part: &Utf8Path| {
            std::fs::symlink_metadata(root.join(part)).is_ok_and(|data| data.file_type().is_symlink())
        };
        is_on_disk(file) && file.relative.ancestors().filter(|part| !part.as_str().is_empty()).any(is_link)
    }

    fn lose(&mut self, file: WalkedFile, old: Option<String>) {
        // A file that git never had cannot be deleted.
        if old.is_some() {
            self.gone.push((file, old));
        }
    }

    /// Files on disk whose names are not UTF-8 and that git does not track.
    fn unnameable(&self, walked: &Walked) -> Vec<Utf8PathBuf> {
        let paths = walked.notices.iter().filter_map(|notice| notice.path.as_ref());
        let odd = paths.filter(|path| path.as_str().contains(char::REPLACEMENT_CHARACTER));
        let is_tracked = |path: &Utf8Path| self.index.unnameable.iter().any(|name| path.ends_with(name));
        odd.filter(|path| !is_tracked(path)).cloned().collect()
    }

    /// The file with this name in the deepest root that contains it, unless it is excluded.
    fn below_root(&self, name: &str) -> Option<WalkedFile> {
        let absolute = format!("{}{name}", self.top);
        let holds = |&root: &usize| self.is_walked[root] && absolute.starts_with(&self.absolute[root]);
        let root = (0..self.roots.len()).filter(holds).max_by_key(|&root| self.absolute[root].len())?;
        let relative = Utf8PathBuf::from(&absolute[self.absolute[root].len()..]);
        let path = self.roots[root].path.join(&relative);
        (!self.request.exclude.is_match(&path)).then_some(WalkedFile { path, relative, root })
    }
}

fn is_on_disk(file: &WalkedFile) -> bool {
    std::fs::symlink_metadata(&file.path).is_ok()
}
