//! Pages: one logical document with all its locale versions.

use camino::Utf8PathBuf;

use crate::locale::Locale;

/// A file that is one locale's version of some page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its locale.
    pub locale: Locale,
    /// As the user wrote the root, joined with the path below it; it can be opened as it is, and is what reports print.
    pub path: Utf8PathBuf,
    /// The path with the locale's part taken out, `/` between its parts: equal for all locale versions of one page.
    pub key_path: Utf8PathBuf,
    /// Id from front matter (`exl-id` or another configured key), if it has one.
    pub id: Option<String>,
}

/// One logical document: its members are sorted by locale, one a locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The id, or else the `key_path` of the source's member (of the first member, without a source).
    pub key: String,
    /// At least one, at most one a locale.
    pub members: Vec<Member>,
}

/// All pages of a run.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Sorted by the path of their first member.
    pub pages: Vec<Page>,
    /// All locales that have at least one document, sorted.
    pub locales: Vec<Locale>,
    /// The source locale, if it is known; it need not have documents at hand.
    pub source: Option<Locale>,
    /// Two documents of one locale that claim one id: the second is not in any page's members.
    pub duplicates: Vec<Duplicate>,
}

/// Two documents of one locale with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that is kept: of the two, the one whose path pairs with the source's, else the first.
    pub kept: Member,
    /// The other.
    pub dropped: Member,
}
