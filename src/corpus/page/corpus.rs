//! Pages with all their locale versions.

use camino::Utf8PathBuf;

use crate::corpus::contents::Contents;
use isogloss_text::Locale;

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
    /// The source commit that it records.
    pub pin: Option<String>,
    /// Index into [`Corpus::families`].
    pub family: usize,
}

/// One logical document: its members are sorted by locale, one a locale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The id, or else the `key_path` of the source's member (of the first member, without a source).
    pub key: String,
    /// At least one, at most one a locale.
    pub members: Vec<Member>,
    /// The source's member's family, or else the first member's: index into [`Corpus::families`].
    pub family: usize,
}

/// Documents that are translated together: a page of one is missed in the locales of the same one only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Family {
    /// All locales that have at least one document in it, sorted.
    pub locales: Vec<Locale>,
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
    /// At least one, if there are documents.
    pub families: Vec<Family>,
    /// Two documents of one locale that claim one id, sorted by path; the second is paired by its path.
    pub duplicates: Vec<Duplicate>,
    /// Versions of one page whose ids differ, sorted by path.
    pub id_mismatches: Vec<IdMismatch>,
    /// How many documents are in no locale, and so in no page.
    pub unplaced: usize,
    /// Names of the layouts that were seen.
    pub layouts: Vec<&'static str>,
    /// Where the documents are read.
    pub contents: Contents,
}

/// Two documents of one locale with the same id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one that the id is taken to be of: the one whose path most other locales have with this id, else the first.
    pub kept: Member,
    /// The other.
    pub dropped: Member,
}

/// Two documents that are one page by their path, with different ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdMismatch {
    /// The source's, or else one that has the page's key as its id.
    pub reference: Member,
    /// The one whose id no document of the reference's locale has.
    pub other: Member,
}

impl Page {
    /// The member of a locale.
    pub fn member(&self, locale: &Locale) -> Option<&Member> {
        self.members.binary_search_by(|member| member.locale.cmp(locale)).ok().map(|at| &self.members[at])
    }
}

impl Corpus {
    /// The documents of all pages.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.pages.iter().flat_map(|page| &page.members)
    }

    /// Whether any page has two locales: without one, nothing can be compared.
    pub fn has_pairs(&self) -> bool {
        self.pages.iter().any(|page| page.members.len() > 1)
    }

    /// Whether the source locale has documents in the family.
    fn has_source(&self, family: usize) -> bool {
        let Some(source) = &self.source else { return false };
        self.families.get(family).is_some_and(|family| family.locales.binary_search(source).is_ok())
    }

    /// The locales of its family that lack a page. With a source at hand, only what stands in it can be missed.
    pub fn missing<'run>(&'run self, page: &'run Page) -> impl Iterator<Item = &'run Locale> {
        let is_due =
            !self.has_source(page.family) || self.source.as_ref().is_some_and(|source| page.member(source).is_some());
        let locales = self.families.get(page.family).filter(|_| is_due).map(|family| family.locales.as_slice());
        locales.unwrap_or_default().iter().filter(|locale| page.member(locale).is_none())
    }

    /// Whether a page stands in translations only, although its family has a source.
    pub fn is_orphan(&self, page: &Page) -> bool {
        self.has_source(page.family) && self.source.as_ref().is_some_and(|source| page.member(source).is_none())
    }
}
