//! Pages with all their locale versions.

use camino::Utf8PathBuf;

use crate::corpus::contents::Contents;
use isogloss_text::Locale;

/// A file that is one locale's version of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its locale.
    pub locale: Locale,
    /// The root as the user wrote it, joined with the path below it; can be opened, and is what reports print.
    pub path: Utf8PathBuf,
    /// The path without the part that names the locale, with `/` as separator: the same for all versions of one page.
    pub key_path: Utf8PathBuf,
    /// Id from front matter (`exl-id` or another configured key), if it has one.
    pub id: Option<String>,
    /// The source commit in its front matter or text.
    pub pin: Option<String>,
    /// Index into [`Corpus::families`].
    pub family: usize,
}

/// One logical document: its members are sorted by locale, at most one per locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The id, or else the `key_path` of the source's member (of the first member, if there is no source).
    pub key: String,
    /// At least one, at most one per locale.
    pub members: Vec<Member>,
    /// Family of the source's member, or else of the first member: index into [`Corpus::families`].
    pub family: usize,
}

/// Documents that are translated together: a page of a family can be missing only in the family's locales.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Family {
    /// All locales with at least one document in the family, sorted.
    pub locales: Vec<Locale>,
}

/// All pages of a run.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    /// Sorted by the path of their first member.
    pub pages: Vec<Page>,
    /// All locales with at least one document, sorted.
    pub locales: Vec<Locale>,
    /// The source locale, if known; it need not have documents.
    pub source: Option<Locale>,
    /// At least one, unless there are no documents.
    pub families: Vec<Family>,
    /// Pairs of documents in one locale with the same id, sorted by path; the second is paired by its path.
    pub duplicates: Vec<Duplicate>,
    /// Versions of one page with different ids, sorted by path.
    pub id_mismatches: Vec<IdMismatch>,
    /// How many documents have no known locale and so belong to no page.
    pub unplaced: usize,
    /// Names of the detected layouts.
    pub layouts: Vec<&'static str>,
    /// Where the documents are read from.
    pub contents: Contents,
}

/// Two documents of one locale with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that keeps the id: the one whose path is the most common among other locales with this id, else the first.
    pub kept: Member,
    /// The other.
    pub dropped: Member,
}

/// Two documents that are one page by path but have different ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdMismatch {
    /// The source's document, or else one whose id is the page's key.
    pub reference: Member,
    /// The one whose id no document in the reference's locale has.
    pub other: Member,
}

impl Page {
    /// The member in a locale.
    pub fn member(&self, locale: &Locale) -> Option<&Member> {
        self.members.binary_search_by(|member| member.locale.cmp(locale)).ok().map(|at| &self.members[at])
    }
}

impl Corpus {
    /// All documents, page by page.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.pages.iter().flat_map(|page| &page.members)
    }

    /// Whether any page has two locales; otherwise nothing can be compared.
    pub fn has_pairs(&self) -> bool {
        self.pages.iter().any(|page| page.members.len() > 1)
    }

    /// Whether the source locale has documents in the family.
    fn has_source(&self, family: usize) -> bool {
        let Some(source) = &self.source else { return false };
        self.families.get(family).is_some_and(|family| family.locales.binary_search(source).is_ok())
    }

    /// The locales of its family that lack a page. If the family has source documents, only pages with a source can be missing.
    pub fn missing<'run>(&'run self, page: &'run Page) -> impl Iterator<Item = &'run Locale> {
        let is_due =
            !self.has_source(page.family) || self.source.as_ref().is_some_and(|source| page.member(source).is_some());
        let locales = self.families.get(page.family).filter(|_| is_due).map(|family| family.locales.as_slice());
        locales.unwrap_or_default().iter().filter(|locale| page.member(locale).is_none())
    }

    /// Whether a page has only translations although its family has a source.
    pub fn is_orphan(&self, page: &Page) -> bool {
        self.has_source(page.family) && self.source.as_ref().is_some_and(|source| page.member(source).is_none())
    }
}
