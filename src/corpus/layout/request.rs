//! What the layouts are asked, and what they answer.

use camino::Utf8PathBuf;

use super::pattern::Pattern;
use crate::corpus::head::Head;
use crate::corpus::walk::{Root, WalkedFile};
use crate::finding::Notice;
use isogloss_text::Locale;

/// Which layout the paths follow.
#[derive(Debug, Clone, Default)]
pub enum Choice {
    /// To be detected.
    #[default]
    Auto,
    /// The one of this name: its folders need not prove that they are locales.
    Named(&'static str),
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
