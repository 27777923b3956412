//! What a run that is about a change goes by.

use camino::Utf8PathBuf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::page::{Corpus, Member, Page};
use crate::finding::Finding;
use isogloss_text::Locale;

/// What a run that is about a change goes by.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The documents that were added or changed, by their paths as in the findings.
    pub(super) changed: FxHashSet<Utf8PathBuf>,
    /// The locales that pages lost a document of, by the path of the page's first member.
    pub(super) gone: FxHashMap<Utf8PathBuf, Vec<Locale>>,
    /// The pages to learn from: those that are checked, and some near them.
    pub examples: Corpus,
}

impl Change {
    /// Whether a finding about a page comes of the change: its document changed, or went away, or the one that all others of
    /// the page are compared with.
    pub fn concerns(&self, corpus: &Corpus, page: &Page, reference: Option<&Member>, finding: &Finding) -> bool {
        let gone = page.members.first().and_then(|first| self.gone.get(&first.path));
        let is_gone = |locale: &Locale| gone.is_some_and(|gone| gone.contains(locale));
        // What stands in the source is about the translations beside it.
        let beside = |reference: &Member| {
            reference.path == finding.path && finding.related.iter().any(|related| self.changed.contains(&related.path))
        };
        self.changed.contains(&finding.path)
            || is_gone(&finding.locale)
            || self.touches_source(reference)
            || reference.is_some_and(beside)
            || corpus.source.as_ref().is_some_and(is_gone)
    }

    /// Whether what all others of a page are compared with changed.
    pub fn touches_source(&self, reference: Option<&Member>) -> bool {
        reference.is_some_and(|reference| self.changed.contains(&reference.path))
    }

    /// Whether a finding about the whole corpus has a part in the change.
    pub fn concerns_corpus(&self, finding: &Finding) -> bool {
        self.changed.contains(&finding.path)
            || finding.related.iter().any(|related| self.changed.contains(&related.path))
    }

    /// Whether a page's document in a locale may get findings of the change.
    pub(super) fn brings(&self, corpus: &Corpus, page: &Page, locale: &Locale) -> bool {
        let is_changed = |member: &Member| self.changed.contains(&member.path);
        match corpus.source.as_ref().and_then(|source| page.member(source)) {
            Some(source) => is_changed(source) || page.member(locale).is_some_and(is_changed),
            None => true,
        }
    }

    pub(super) fn touches(&self, page: &Page) -> bool {
        page.members.iter().any(|member| self.changed.contains(&member.path))
            || page.members.first().is_some_and(|first| self.gone.contains_key(&first.path))
    }
}
