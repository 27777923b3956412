//! Layouts: how a path encodes locale and page. One file a layout, one list.
//!
//! Each layout claims the files that it explains and leaves the others to the layouts after it, so that one tree may
//! hold several. Unless a layout is named, folders must prove that they are locales: see `mirror.rs`.

mod docusaurus;
mod front_matter;
mod ground;
mod locale_folders;
mod mirror;
mod name;
mod pattern;
mod report;
mod root_name;
mod script;
mod sibling_roots;
mod source_at_root;
mod suffix;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::Root;
use crate::finding::Notice;
use crate::head::Head;
use crate::walk::WalkedFile;
use ground::Ground;
use isogloss_text::Locale;

pub use pattern::{Pattern, PatternError};

/// One way in which paths encode locale and page.
#[derive(Debug)]
pub struct Layout {
    /// As it is configured, in kebab case.
    pub name: &'static str,
    /// What it looks like, in one line without a full stop.
    pub summary: &'static str,
    /// Claims the files that follow it.
    detect: fn(&mut Ground<'_>),
}

/// All layouts that can be detected or named, in the order in which they are tried.
pub static LAYOUTS: &[Layout] = &[
    docusaurus::LAYOUT,
    sibling_roots::LAYOUT,
    locale_folders::LAYOUT,
    source_at_root::LAYOUT,
    suffix::LAYOUT,
    root_name::LAYOUT,
    front_matter::LAYOUT,
];

/// The layout of that name.
pub fn find(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name == name)
}

/// Which layout the paths follow.
#[derive(Debug, Clone, Default)]
pub enum Choice {
    /// To be detected.
    #[default]
    Auto,
    /// This one: its folders need not prove that they are locales.
    Named(&'static Layout),
    /// A pattern from the configuration.
    Pattern(Pattern),
}

/// What there is to go by.
#[derive(Debug, Clone, Copy)]
pub struct Request<'run> {
    /// The folders that were walked.
    pub roots: &'run [Root],
    /// Sorted by root, then by path, as the walk returns them.
    pub files: &'run [WalkedFile],
    /// One for each file.
    pub heads: &'run [Head],
    /// The source locale, if it was said.
    pub source: Option<&'run Locale>,
    /// The locales that take part besides the source, each with its more specific ones; empty: all that are found.
    pub locales: &'run [Locale],
    /// Which layout to use.
    pub choice: &'run Choice,
}

/// Where one file belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its locale.
    pub locale: Locale,
    /// The path with the locale's part taken out.
    pub key_path: Utf8PathBuf,
    /// Index of its family: the documents that are translated together, so that only its locales can be missed.
    pub family: usize,
}

/// All files, placed.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// One for each file; `None` where no layout explains it.
    pub files: Vec<Option<Placement>>,
    /// The source locale: as said, else that of the documents beside which the locale folders stand, else English.
    /// `None` if there is none of these.
    pub source: Option<Locale>,
    /// Names of the layouts that explain at least one file, in the order of the list; `pattern`, `LOCALE=PATH`.
    pub layouts: Vec<&'static str>,
    /// Whether paths alone told all of this, so that other front matter could change nothing.
    pub by_paths: bool,
    /// One about the layout, and one if files were left out.
    pub notices: Vec<Notice>,
}

/// The locale that a root's own name tells: `docs.fr-FR`, `fr`.
pub fn locale_of_root(path: &Utf8Path) -> Option<Locale> {
    name::read(root_name::root_name(path).as_str()).map(|tagged| tagged.locale)
}

/// The folders beside a root, and the root itself, that are named alike but for the locale: `docs.fr` beside `docs.en`.
/// Sorted by locale; none if the root's name tells no locale.
pub fn siblings(root: &Utf8Path) -> Vec<(Locale, String)> {
    let Some(own) = root.file_name().and_then(name::read) else { return Vec::new() };
    let beside = root.parent().and_then(|above| above.read_dir_utf8().ok()).into_iter().flatten().flatten();
    let mut found: Vec<(Locale, String)> = beside
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| {
            let tagged = name::read(entry.file_name()).filter(|tagged| tagged.stem == own.stem && !tagged.is_weak)?;
            Some((tagged.locale, entry.file_name().to_owned()))
        })
        .collect();
    found.sort_unstable();
    found.dedup_by(|a, b| a.0 == b.0);
    found
}

/// Places every file.
pub fn place(request: Request<'_>) -> Placed {
    let mut ground = Ground::new(request);
    root_name::claim_given(&mut ground);
    match request.choice {
        Choice::Pattern(pattern) => pattern::claim(&mut ground, pattern),
        Choice::Named(layout) => {
            (layout.detect)(&mut ground);
        }
        Choice::Auto => {
            for layout in LAYOUTS {
                (layout.detect)(&mut ground);
            }
        }
    }
    report::finish(ground)
}

#[cfg(test)]
mod tests;
