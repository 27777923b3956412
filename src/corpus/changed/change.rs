//! The change that a run is limited to.

use camino::Utf8PathBuf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::corpus::page::{Corpus, Member, Page};
use crate::finding::Finding;
use isogloss_text::Locale;

/// The change that a run is limited to.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Documents that were added or changed, by their paths as in the findings.
    pub(super) changed: FxHashSet<Utf8PathBuf>,
    /// Locales in which a page lost its document, by the path of the page's first member.
    pub(super) gone: FxHashMap<Utf8PathBuf, Vec<Locale>>,
    /// Pages to learn from: the checked ones and some near them.
    pub examples: Corpus,
}

impl Change {
    /// Whether a finding about a page is caused by the change: its document changed or was deleted, or the page's reference did.
    pub fn concerns(&self, corpus: &Corpus, page: &Page, reference: Option<&Member>, finding: &Finding) -> bool {
        let gone = page.members.first().and_then(|first| self.gone.get(&first.path));
        let is_gone = |locale: &Locale| gone.is_some_and(|gone| gone.contains(locale));
        // Findings in the source are about the translations in `related`.
        let is_related = |reference: &Member| {
            reference.path == finding.path && finding.related.iter().any(|related| self.changed.contains(&related.path))
        };
        self.changed.contains(&finding.path)
            || is_gone(&finding.locale)
            || self.touches_source(reference)
            || reference.is_some_and(is_related)
            || corpus.source.as_ref().is_some_and(is_gone)
    }

    /// Whether the page's reference changed.
    pub fn touches_source(&self, reference: Option<&Member>) -> bool {
        reference.is_some_and(|reference| self.changed.contains(&reference.path))
    }

    /// Whether a finding about the whole corpus involves the change.
    pub fn concerns_corpus(&self, finding: &Finding) -> bool {
        self.changed.contains(&finding.path)
            || finding.related.iter().any(|related| self.changed.contains(&related.path))
    }

    /// Whether the change can cause findings in a page's document in this locale.
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
