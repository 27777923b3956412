//! Which documents there are, as the change leaves them, and which of them it touches.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Asked, Error};
use crate::config::{Config, Root};
use crate::contents::Contents;
use crate::finding::Notice;
use crate::history::{Checkout, Index, Touched};
use crate::walk::{WalkedFile, is_markdown, path_order, walk};
use camino::{Utf8Path, Utf8PathBuf};

/// The documents of a run about a change.
#[derive(Default)]
pub(super) struct Files {
    /// See [`crate::walk::Walked::roots`].
    pub roots: Vec<Root>,
    /// Sorted by root, then by path: what the change leaves, whatever stands in the work tree.
    pub walked: Vec<WalkedFile>,
    /// One for each file: whether the change touches it.
    pub is_changed: Vec<bool>,
    /// One for each file: what the index holds; `None` if it is to be read from disk.
    pub stored: Vec<Option<Stored>>,
    /// What the change takes away, and the ids of what it held.
    pub gone: Vec<(WalkedFile, Option<String>)>,
    /// Those that the change touches and whose names are not UTF-8, as notices print them.
    pub unnameable: Vec<Utf8PathBuf>,
    /// The parts of the roots that lie in the checkout, from its top.
    pub folders: Vec<String>,
    /// What was read from the index.
    pub contents: Contents,
    /// Of the walk.
    pub notices: Vec<Notice>,
}

/// What there is to see of a change.
pub(super) enum Seen {
    Documents(Box<Files>),
    /// It touches no document.
    Nothing,
    /// It is in a checkout that holds none of the roots.
    Elsewhere,
}

/// A document in the index.
pub(super) struct Stored {
    /// Its path from the top of the checkout.
    pub name: String,
    /// The id of its text.
    pub id: String,
}

/// A root in the checkout or around it.
struct Place {
    /// Absolute, without links, `/` between its parts and at its end.
    absolute: String,
    is_folder: bool,
}

/// Looks for the documents and for what the change touches.
///
/// # Errors
/// If a root does not exist, or git cannot say what changed.
pub(super) fn find(config: &Config, asked: &Asked, checkout: &Checkout) -> Result<Seen, Error> {
    let top = with_slash(checkout.top());
    let given: Vec<Place> = config.roots.iter().filter_map(Place::of).collect();
    let jobs = config.jobs.map_or(0, usize::from);
    if given.len() < config.roots.len() {
        // A root that is not there is wrong whether or not anything changed: the walk says which.
        walk(&config.roots, &config.exclude, jobs)?;
    }
    let folders = folders(&given, &top);
    if folders.is_empty() && !given.is_empty() {
        return Ok(Seen::Elsewhere);
    }
    let touched = match asked {
        Asked::Staged => checkout.staged(&folders)?,
        Asked::Since(revision) => checkout.since(revision, &folders)?,
    };
    let is_document = |file: &Touched| is_markdown(Path::new(&file.path));
    let unnameable: Vec<String> = touched.unnameable.into_iter().filter(|name| is_markdown(Path::new(name))).collect();
    let touched: BTreeMap<String, Option<String>> =
        touched.files.into_iter().filter(is_document).map(|file| (file.path, file.old)).collect();
    if touched.is_empty() && unnameable.is_empty() {
        return Ok(Seen::Nothing);
    }
    let list = || matches!(asked, Asked::Staged).then(|| checkout.index(&folders)).transpose();
    let (walked, index) = rayon::join(|| walk(&config.roots, &config.exclude, jobs), list);
    let (walked, index) = (walked?, index?);
    let roots: Vec<Option<Place>> = walked.roots.iter().map(Place::of).collect();
    let is_given = |place: &Place| given.iter().any(|root| root.is_folder && root.absolute == place.absolute);
    let mut gathering = Gathering {
        config,
        top: &top,
        roots: &walked.roots,
        is_walked: roots.iter().map(|place| place.as_ref().is_some_and(is_given)).collect(),
        absolute: roots.into_iter().map(|place| place.map(|place| place.absolute).unwrap_or_default()).collect(),
        touched,
        index,
        found: Vec::new(),
        gone: Vec::new(),
    };
    gathering.walked(walked.files);
    gathering.not_walked();
    let unnameable: Vec<Utf8PathBuf> =
        unnameable.iter().filter_map(|name| Some(gathering.below_root(name)?.path)).collect();
    let Gathering { mut found, gone, .. } = gathering;
    if gone.is_empty() && unnameable.is_empty() && !found.iter().any(|(_, changed, _)| *changed) {
        return Ok(Seen::Nothing);
    }
    found.sort_by(|(a, ..), (b, ..)| {
        a.root.cmp(&b.root).then_with(|| path_order(a.relative.as_str(), b.relative.as_str()))
    });
    let mut files =
        Files { roots: walked.roots, folders, gone, unnameable, notices: walked.notices, ..Files::default() };
    for (file, is_changed, stored) in found {
        files.walked.push(file);
        files.is_changed.push(is_changed);
        files.stored.push(stored);
    }
    Ok(Seen::Documents(Box::new(files)))
}

impl Files {
    /// Those that the change touches and leaves there.
    pub fn changed(&self) -> impl Iterator<Item = &WalkedFile> {
        self.walked.iter().zip(&self.is_changed).filter(|(_, is_changed)| **is_changed).map(|(file, _)| file)
    }
}

impl Place {
    /// Where a root is; `None` if it is nowhere, which the walk will say.
    fn of(root: &Root) -> Option<Self> {
        let on_disk = if root.path.as_str().is_empty() { Utf8Path::new(".") } else { &root.path };
        let canonical = on_disk.canonicalize_utf8().ok()?;
        Some(Self { absolute: with_slash(&canonical), is_folder: canonical.is_dir() })
    }
}

/// A folder as the beginning of what is in it, with `/` also on Windows.
fn with_slash(folder: &Utf8Path) -> String {
    let folder = folder.as_str().trim_end_matches(['/', std::path::MAIN_SEPARATOR]);
    if cfg!(windows) { folder.replace('\\', "/") + "/" } else { format!("{folder}/") }
}

/// What of the roots lies in the checkout, from its top; an empty name is all of it.
fn folders(roots: &[Place], top: &str) -> Vec<String> {
    let inside = |root: &Place| match root.absolute.strip_prefix(top) {
        Some(below) => Some(below.trim_end_matches('/').to_owned()),
        // A root above the checkout.
        None => top.starts_with(&root.absolute).then(String::new),
    };
    roots.iter().filter_map(inside).collect()
}

/// Goes through the documents on disk, and then through those that are only in git.
struct Gathering<'run> {
    config: &'run Config,
    top: &'run str,
    roots: &'run [Root],
    /// One for each root, as [`Place::absolute`].
    absolute: Vec<String>,
    /// One for each root: whether it is a folder that was walked, not one that holds a file that was given.
    is_walked: Vec<bool>,
    /// What was not met yet, with the id of what it held.
    touched: BTreeMap<String, Option<String>>,
    /// What was not met yet; `None` if the work tree counts.
    index: Option<Index>,
    /// With whether the change touches it, and what the index holds of it.
    found: Vec<(WalkedFile, bool, Option<Stored>)>,
    gone: Vec<(WalkedFile, Option<String>)>,
}

impl Gathering<'_> {
    /// Documents on disk: without an index all of them, and else those that it holds or cannot know.
    fn walked(&mut self, files: Vec<WalkedFile>) {
        self.found.reserve(files.len());
        let mut path = String::new();
        for file in files {
            path.clear();
            path.push_str(&self.absolute[file.root]);
            path.push_str(file.relative.as_str());
            let Some(name) = path.strip_prefix(self.top) else {
                self.found.push((file, false, None));
                continue;
            };
            let blob = self.index.as_mut().and_then(|index| index.blobs.remove(name));
            let is_known = blob.is_some() || self.index.as_ref().is_none_or(|index| index.is_elsewhere(name));
            if is_known {
                let is_changed = self.touched.remove(name).is_some();
                let stored = blob.map(|id| Stored { name: name.to_owned(), id });
                self.found.push((file, is_changed, stored));
            }
        }
    }

    /// Documents that are in the index and not on disk, and those that are gone.
    fn not_walked(&mut self) {
        let is_of_index = self.index.is_some();
        let mut blobs = self.index.take().unwrap_or_default().blobs;
        for (name, old) in std::mem::take(&mut self.touched) {
            let Some(file) = self.below_root(&name) else { continue };
            match blobs.remove(&name) {
                // What is still there is ignored.
                Some(_) if is_on_disk(&file) => {}
                Some(id) => self.found.push((file, true, Some(Stored { name, id }))),
                None if !is_of_index && is_on_disk(&file) => {}
                // What git has never held is gone from nowhere.
                None if old.is_none() => {}
                None => self.gone.push((file, old)),
            }
        }
        for (name, id) in blobs {
            let file = is_markdown(Path::new(&name)).then(|| self.below_root(&name)).flatten();
            if let Some(file) = file.filter(|file| !is_on_disk(file)) {
                self.found.push((file, false, Some(Stored { name, id })));
            }
        }
    }

    /// The file of that name in the root that holds it, the deepest of several, unless it is excluded.
    fn below_root(&self, name: &str) -> Option<WalkedFile> {
        let absolute = format!("{}{name}", self.top);
        let holds = |&root: &usize| self.is_walked[root] && absolute.starts_with(&self.absolute[root]);
        let root = (0..self.roots.len()).filter(holds).max_by_key(|&root| self.absolute[root].len())?;
        let relative = Utf8PathBuf::from(&absolute[self.absolute[root].len()..]);
        let path = self.roots[root].path.join(&relative);
        (!self.config.exclude.is_match(&path)).then_some(WalkedFile { path, relative, root })
    }
}

fn is_on_disk(file: &WalkedFile) -> bool {
    std::fs::symlink_metadata(&file.path).is_ok()
}

impl Index {
    /// Whether a name lies in a submodule, of which this index knows nothing.
    fn is_elsewhere(&self, name: &str) -> bool {
        let holds = |folder: &String| name.strip_prefix(folder.as_str()).is_some_and(|below| below.starts_with('/'));
        self.submodules.iter().any(holds)
    }
}
