//! Comparing pages: parses the documents of each, aligns them with the reference and reads their quantities, while git may still
//! be reading its log.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use camino::Utf8Path;
use rayon::prelude::*;

use super::causes;
use super::comparison::Comparison;
use super::confidence::{confirm, judge};
use super::learn::Learned;
use super::origin::Origins;
use super::pins::Pins;
use super::quantities::{Manner, mismatches};
use super::readings::Readings;
use super::since::leave_to_staleness;
use super::structure::faults;
use super::version::{Past, Pin, Version};
use super::view::PageView;
use crate::corpus::contents::Contents;
use crate::corpus::head::find_pin;
use crate::corpus::page::{Corpus, Member, Page};
use crate::corpus::pin_pattern::PinPattern;
use crate::finding::Notice;
use crate::panics::contain;
use isogloss_align::changes::{Changes, carry};
use isogloss_align::{Aligner, Alignment, Model, Outline, Outlined};
use isogloss_document::{Document, Syntax};
use isogloss_history::PinState;
use isogloss_quantities::Reader;
use isogloss_text::Locale;

/// Reads and parses a file.
///
/// # Errors
/// A notice that names the file, if it cannot be read or is not text.
pub fn parse(path: &Utf8Path) -> Result<Document, Notice> {
    parse_in(&Contents::default(), path)
}

/// Like [`parse`], for a file that may not be read from disk.
///
/// # Errors
/// See [`parse`].
pub fn parse_in(contents: &Contents, path: &Utf8Path) -> Result<Document, Notice> {
    let text = contents.document(path)?;
    contain(|| Document::parse(text, Syntax::of_path(path))).map_err(|bug| bug_notice(Some(path), &bug))
}

/// What every page is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Context<'c> {
    /// Front matter keys that may hold a source commit.
    pub pin_keys: &'c [String],
    /// The pattern of a source commit in documents without such a key.
    pub pin_pattern: Option<&'c PinPattern>,
    /// Whether to explain mismatches.
    pub explain: bool,
    /// All pages.
    pub corpus: &'c Corpus,
    /// What was learned from the pages.
    pub learned: &'c Learned,
    /// The verdicts of the history.
    pub pins: &'c Pins,
}

impl<'c> Context<'c> {
    /// Compares a page. Files that cannot be read are skipped with a notice.
    pub fn view(&self, page: &'c Page) -> (PageView<'c>, Vec<Notice>) {
        let mut notices = Vec::new();
        let mut versions = Vec::with_capacity(page.members.len());
        for member in &page.members {
            let read = || Ok((parse_in(&self.corpus.contents, &member.path)?, OnceLock::new()));
            let learned = self.learned.take(&member.path).map(|(document, outline)| (document, outline.into()));
            match learned.map_or_else(read, Ok) {
                Ok((document, outline)) => versions.push(self.version(member, document, outline)),
                Err(notice) => notices.push(notice),
            }
        }
        let source = versions.iter().position(|version| self.corpus.source.as_ref() == Some(version.locale()));
        let reference = source.unwrap_or_else(|| most_complete(&versions));
        if let Some(source) = source {
            find_past(&mut versions, source);
        }
        let has_source = source.is_some();
        let is_of_source = |source: &Locale| versions.iter().any(|version| source.covers(version.locale()));
        let lacks_source = self.corpus.source.as_ref().is_some_and(|source| !is_of_source(source));
        let mut view = PageView { page, versions, reference, has_source, lacks_source, pairs: Vec::new() };
        view.pairs = self.comparisons(&view);
        confirm(&mut view.pairs);
        (view, notices)
    }

    fn version(&self, member: &'c Member, document: Document, outline: OnceLock<Outline>) -> Version<'c> {
        let front = document.front_matter.as_ref();
        let in_body = || self.pin_pattern.and_then(|pattern| pattern.find(&document.text));
        let span = front.and_then(|front| find_pin(front, &document.text, self.pin_keys)).or_else(in_body);
        Version {
            member,
            pin: span.map(|span| Pin { id: span.slice(&document.text).to_owned(), span }),
            verdict: self.pins.verdict(&member.path),
            is_guess: self.pins.is_guess(&member.path),
            history: self.pins.history(&member.path),
            past: None,
            reader: Reader::for_locale(&member.locale),
            document,
            outline,
        }
    }

    fn comparisons(&self, view: &PageView<'_>) -> Vec<Comparison> {
        if view.versions.len() < 2 {
            return Vec::new();
        }
        let reference = view.reference();
        let readings = Readings::new(&reference.document, reference.reader);
        let others = view.versions.iter().enumerate().filter(|(index, _)| *index != view.reference);
        others
            .map(|(index, version)| {
                let model = self.learned.model(reference.locale(), version.locale());
                let aligner = Aligner::new(reference.outlined(), version.outlined(), model);
                let (alignment, pinned) = match &version.past {
                    None => (aligner.align(), None),
                    Some(past) => {
                        let (alignment, pinned) = carried(past, version.outlined(), model, &aligner);
                        (alignment, Some(pinned))
                    }
                };
                let mut faults = faults(&reference.document, &version.document, &alignment);
                judge(&mut faults, &aligner, &alignment, version.past.is_some());
                let own = Readings::new(&version.document, version.reader);
                let reliability = self.learned.reliability(reference.locale(), version.locale());
                let manner = Manner { reliability, explain: self.explain };
                let mismatches = mismatches(&readings, &own, &alignment, manner);
                let origins = Origins::default();
                let mut comparison = Comparison {
                    version: index,
                    alignment,
                    pinned,
                    faults,
                    origins,
                    mismatches,
                    index: OnceLock::default(),
                };
                leave_to_staleness(reference, version, (&own, manner), &mut comparison);
                causes::settle((&reference.document, &version.document), &mut comparison.mismatches);
                comparison
            })
            .collect()
    }
}

/// The state of a page's comparison.
enum Compared<'c, T> {
    /// Cannot be compared without git's log.
    Late,
    /// Compared, but waiting for git's log.
    Waiting(PageView<'c>, Vec<Notice>),
    Done(T, Vec<Notice>),
}

/// The maximum number of pages that wait for git's log, because each keeps its parsed documents.
const MOST_WAITING: usize = 512;

/// Compares all pages and returns the result of `look` for each, by index, with notices about its files. While git reads its log,
/// pages that do not depend on it come first, then those that need it only because `needs_history` returns true, then the
/// rest. If the program panics on a page, only that page is lost, with a notice.
pub(crate) fn compare_pages<'c, T: Send + Default>(
    context: &Context<'c>,
    needs_history: impl Fn(&PageView<'c>) -> bool + Sync,
    look: impl Fn(usize, PageView<'c>) -> T + Sync,
) -> Vec<(T, Vec<Notice>)> {
    let (corpus, pins) = (context.corpus, context.pins);
    let waiting = AtomicUsize::new(0);
    let compare = |index: usize| {
        let page = &corpus.pages[index];
        if page.members.iter().any(|member| pins.is_late(&member.path)) {
            return Compared::Late;
        }
        let (view, notices) = context.view(page);
        let is_early = needs_history(&view) && pins.is_reading();
        if is_early && waiting.fetch_add(1, Ordering::Relaxed) < MOST_WAITING {
            return Compared::Waiting(view, notices);
        }
        Compared::Done(look(index, view), notices)
    };
    let finish = |index: usize, compared| match compared {
        Compared::Late => {
            let (view, notices) = context.view(&corpus.pages[index]);
            (look(index, view), notices)
        }
        Compared::Waiting(view, notices) => (look(index, view), notices),
        Compared::Done(found, notices) => (found, notices),
    };
    let page_bug = |index: usize, bug: &str| {
        bug_notice(corpus.pages[index].members.first().map(|member| member.path.as_path()), bug)
    };
    let waits = |&index: &usize| corpus.pages[index].members.iter().any(|member| pins.waits(&member.path));
    let (after, before): (Vec<usize>, Vec<usize>) = (0..corpus.pages.len()).partition(waits);
    let mut compared: Vec<(usize, Compared<'c, T>)> = Vec::with_capacity(corpus.pages.len());
    for indexes in [before, after] {
        // One at a time, because one page may take a hundred times as long as another.
        let indexes = indexes.into_par_iter().with_max_len(1);
        let compare = |index| {
            let bug = |bug: String| Compared::Done(T::default(), vec![page_bug(index, &bug)]);
            contain(|| compare(index)).unwrap_or_else(bug)
        };
        compared.par_extend(indexes.map(|index| (index, compare(index))));
    }
    compared.par_sort_unstable_by_key(|(index, _)| *index);
    let finish = |(index, compared)| {
        let bug = |bug: String| (T::default(), vec![page_bug(index, &bug)]);
        contain(|| finish(index, compared)).unwrap_or_else(bug)
    };
    compared.into_par_iter().with_max_len(1).map(finish).collect()
}

/// A notice that a page was not checked because of a bug.
fn bug_notice(path: Option<&Utf8Path>, bug: &str) -> Notice {
    let message = format!("not checked: a bug in isogloss; please report it with this page: {bug}");
    Notice::incomplete(path.map(Utf8Path::to_owned), message)
}

/// The alignments of the reference and of the past source with a translation. If the source has changed since the translation was
/// made, the translation is aligned with the source that it was made from, which fits better, and the changes are carried over.
fn carried(past: &Past, translation: Outlined<'_>, model: &Model, aligner: &Aligner<'_>) -> (Alignment, Alignment) {
    let pinned = Aligner::new((&past.document, &Outline::new(&past.document)), translation, model).align();
    let alignment = carry(&pinned, &past.changes, aligner.block_counts(), || aligner.align());
    (alignment, pinned)
}

/// The version with the most content: by blocks first, because word counts of different languages are not comparable.
fn most_complete(versions: &[Version<'_>]) -> usize {
    let content = |document: &Document| document.blocks.iter().filter(|block| block.kind.is_content()).count();
    let completeness = |version: &Version<'_>| (content(&version.document), source_word_count(&version.document));
    let indexes = (0..versions.len()).rev();
    indexes.max_by_key(|&index| completeness(&versions[index])).unwrap_or(0)
}

/// The number of words of the source when the document was made, if recorded. A newer source is usually longer.
fn source_word_count(document: &Document) -> u64 {
    let count = document.front_matter.as_ref().and_then(|front| front.get(&document.text, "source-wordcount"));
    count.and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// Compares the source with its version at each translation's pin, parsing each text once.
fn find_past(versions: &mut [Version<'_>], source: usize) {
    let mut known: Vec<(Arc<str>, Arc<Past>)> = Vec::new();
    for index in 0..versions.len() {
        let Some(PinState::Changed { old, .. }) = versions[index].verdict.map(|verdict| &verdict.state) else {
            continue;
        };
        let source = &versions[source];
        if **old == *source.document.text {
            continue;
        }
        let past = known.iter().find(|(text, _)| Arc::ptr_eq(text, old)).map(|(_, past)| past.clone());
        let past = past.unwrap_or_else(|| {
            let document = Document::parse(old.to_string(), Syntax::of_path(&source.member.path));
            let changes = Changes::between(&document, &source.document);
            let past = Arc::new(Past { document, changes });
            known.push((old.clone(), past.clone()));
            past
        });
        versions[index].past = Some(past);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::pins::HistoryChoice;
    use crate::config::Config;
    use crate::corpus::walk::Root;

    #[test]
    fn a_page_that_brings_a_bug_to_light_costs_a_notice_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = Utf8Path::from_path(folder.path()).unwrap();
        for (file, text) in [("en/a.md", "one"), ("fr/a.md", "un"), ("en/b.md", "two"), ("fr/b.md", "deux")] {
            std::fs::create_dir_all(path.join(file).parent().unwrap()).unwrap();
            std::fs::write(path.join(file), text).unwrap();
        }
        let roots = vec![Root { locale: None, path: path.to_owned() }];
        let config = Config { roots, history: HistoryChoice::Off, ..Config::default() };
        let crate::corpus::Found { corpus, roots, .. } = crate::find(&config).unwrap();
        let (learned, pins) = crate::prepare(&config, &corpus, &roots, &corpus, false);
        let context = config.context(&corpus, &learned, &pins);
        let looked = compare_pages(
            &context,
            |_| false,
            |index, view| {
                assert!(index != 0, "no first page, please");
                view.versions.len()
            },
        );
        let counts: Vec<usize> = looked.iter().map(|(count, _)| *count).collect();
        assert_eq!(counts, [0, 2]);
        let [notice] = &looked[0].1[..] else { panic!("{looked:?}") };
        assert_eq!(notice.path.as_deref(), Some(&*path.join("en/a.md")));
        assert!(notice.message.contains("bug in isogloss") && notice.message.contains("no first page"), "{notice:?}");
        assert!(looked[1].1.is_empty());
    }
}
