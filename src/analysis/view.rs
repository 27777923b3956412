//! The input of rules: documents that are parsed, aligned and read.

use super::comparison::Comparison;
use super::fault::{Fault, FaultKind};
use super::origins::{self, Texts};
use super::version::Version;
use crate::corpus::page::{Member, Page};

/// One page with all its documents.
#[derive(Debug)]
pub struct PageView<'c> {
    /// The page.
    pub page: &'c Page,
    /// Its documents, sorted by locale.
    pub versions: Vec<Version<'c>>,
    /// Index of the one that the others are compared with.
    pub reference: usize,
    /// Whether the reference is the source that the others are translated from.
    pub has_source: bool,
    /// Whether the corpus has a source, and no document of this page is in its language.
    pub lacks_source: bool,
    /// The comparisons with the reference, in the order of locales.
    pub pairs: Vec<Comparison>,
}

/// A comparison as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct PairView<'v> {
    /// The page.
    pub page: &'v PageView<'v>,
    /// What the document is compared with.
    pub reference: &'v Version<'v>,
    /// The document.
    pub translation: &'v Version<'v>,
    /// What the comparison found.
    pub comparison: &'v Comparison,
}

impl<'c> PageView<'c> {
    /// The document that the others are compared with.
    pub fn reference(&self) -> &Version<'c> {
        &self.versions[self.reference]
    }

    /// Where the document is that the others are compared with, unless none can be read.
    pub fn reference_member(&self) -> Option<&'c Member> {
        self.versions.get(self.reference).map(|reference| reference.member)
    }

    /// Whether the history can say more than whether something changed.
    pub fn needs_history(&self) -> bool {
        self.versions.iter().any(|version| version.past.is_some())
    }

    /// Finds the origins of the faults. May block until git has read its log.
    pub fn trace(&mut self) {
        let Some(reference) = self.versions.get(self.reference) else { return };
        let texts = Texts::default();
        for comparison in &mut self.pairs {
            comparison.origins = origins::trace(reference, &self.versions[comparison.version], comparison, &texts);
        }
    }

    /// The comparisons with the reference.
    pub fn comparisons(&self) -> impl Iterator<Item = PairView<'_>> {
        self.pairs.iter().map(|comparison| PairView {
            page: self,
            reference: self.reference(),
            translation: &self.versions[comparison.version],
            comparison,
        })
    }
}

impl PairView<'_> {
    /// The reference's name in messages: "English source", or "English version" if no source is known.
    pub(crate) fn reference_name(&self) -> String {
        let kind = if self.page.has_source { "source" } else { "version" };
        format!("{} {kind}", self.reference.locale().name())
    }

    /// The faults of structure of some kinds.
    pub fn faults(&self, wanted: impl Fn(FaultKind) -> bool) -> impl Iterator<Item = &Fault> {
        self.comparison.faults.iter().filter(move |fault| wanted(fault.kind))
    }
}
