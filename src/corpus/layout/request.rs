//! Input and output of layout detection.

use camino::Utf8PathBuf;

use super::pattern::Pattern;
use crate::corpus::head::Head;
use crate::corpus::walk::{Root, WalkedFile};
use crate::finding::Notice;
use isogloss_text::Locale;

/// Which layout the paths follow.
#[derive(Debug, Clone, Default)]
pub enum Choice {
    /// Detect it.
    #[default]
    Auto,
    /// The layout with this name: its folders need not prove that they are locales.
    Named(&'static str),
    /// A pattern from the configuration.
    Pattern(Pattern),
}

/// The input of layout detection.
#[derive(Debug, Clone, Copy)]
pub struct Request<'run> {
    /// The folders that were walked.
    pub roots: &'run [Root],
    /// Sorted by root, then by path, as the walk returns them.
    pub files: &'run [WalkedFile],
    /// For each file.
    pub heads: &'run [Head],
    /// The source locale, if configured.
    pub source: Option<&'run Locale>,
    /// The locales to check besides the source, each including more specific ones; empty for all that are found.
    pub locales: &'run [Locale],
    /// Which layout to use.
    pub choice: &'run Choice,
}

/// The locale and page of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its locale.
    pub locale: Locale,
    /// The path without the part that names the locale.
    pub key_path: Utf8PathBuf,
    /// Index of its family: the documents that are translated together, so only its locales can lack the page.
    pub family: usize,
}

/// The locale and page of every file.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// For each file; `None` if no layout recognises it.
    pub files: Vec<Option<Placement>>,
    /// The source locale: the configured one, else that of the documents next to the locale folders, else English. `None` if
    /// there is none of these.
    pub source: Option<Locale>,
    /// Names of the layouts that recognise at least one file, in list order, including `pattern` and `LOCALE=PATH`.
    pub layouts: Vec<&'static str>,
    /// Whether all of this follows from paths alone, so that other front matter could not change it.
    pub by_paths: bool,
    /// One about the layout, and one if files were skipped.
    pub notices: Vec<Notice>,
}
