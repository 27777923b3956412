//! Checking what a change touches and nothing else: `--staged` and `--changed-since`.
//!
//! Git says which files changed; the pages that these belong to are found by the names of all files, and front matter
//! is read only of documents that could be one page with them. Only if one of these has an id, or paths do not tell the
//! locales, every head has to be read. What is checked then, is checked as in a run over everything: a whole page, with
//! what its neighbours teach about its languages, and only what concerns the change is reported.

mod examples;
mod files;
mod pages;
mod tracked;

use std::collections::BTreeSet;

use camino::Utf8PathBuf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::Found;
use crate::config::Config;
use crate::contents::Contents;
use crate::finding::{Finding, Notice, NoticeLevel};
use crate::page::{Corpus, Member, Page};
use crate::rules::{PageView, Version};
use crate::walk::WalkError;
use files::{Files, Seen};
use isogloss_history::{BlobReader, ChangeError, Checkout};
use isogloss_text::Locale;
pub(crate) use tracked::add_tracked;

/// Which change is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// What is to be committed: the index against `HEAD`. Documents are read from the index.
    Staged,
    /// What the work tree and the index have beyond the last commit that they share with this revision.
    Since(String),
}

/// What a run that is about a change goes by.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The documents that were added or changed, by their paths as in the findings.
    changed: FxHashSet<Utf8PathBuf>,
    /// The locales that pages lost a document of, by the path of the page's first member.
    gone: FxHashMap<Utf8PathBuf, Vec<Locale>>,
    /// The pages to learn from: those that are checked, and some near them.
    pub examples: Corpus,
}

/// Why no change can be checked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A root that is not there.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// Git cannot say what changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl Error {
    /// Whether it is what was asked that is wrong, and not what there is to see.
    pub fn is_wrong_usage(&self) -> bool {
        matches!(self, Self::Walk(_) | Self::Change(ChangeError::UnknownRevision(_)))
    }
}

impl Change {
    /// Whether a finding about a page comes of the change: its document changed, or went away, or the one that all others of
    /// the page are compared with.
    pub fn concerns(&self, corpus: &Corpus, view: &PageView<'_>, finding: &Finding) -> bool {
        let gone = view.page.members.first().and_then(|first| self.gone.get(&first.path));
        let is_gone = |locale: &Locale| gone.is_some_and(|gone| gone.contains(locale));
        let reference = view.versions.get(view.reference);
        // What stands in the source is about the translations beside it.
        let beside = |reference: &Version<'_>| {
            reference.member.path == finding.path
                && finding.related.iter().any(|related| self.changed.contains(&related.path))
        };
        self.changed.contains(&finding.path)
            || is_gone(&finding.locale)
            || self.touches_source(view)
            || reference.is_some_and(beside)
            || corpus.source.as_ref().is_some_and(is_gone)
    }

    /// Whether what all others of a page are compared with changed.
    pub fn touches_source(&self, view: &PageView<'_>) -> bool {
        view.versions.get(view.reference).is_some_and(|reference| self.changed.contains(&reference.member.path))
    }

    /// Whether a finding about the whole corpus has a part in the change.
    pub fn concerns_corpus(&self, finding: &Finding) -> bool {
        self.changed.contains(&finding.path)
            || finding.related.iter().any(|related| self.changed.contains(&related.path))
    }

    /// Whether a page's document in a locale may get findings of the change.
    fn brings(&self, corpus: &Corpus, page: &Page, locale: &Locale) -> bool {
        let is_changed = |member: &Member| self.changed.contains(&member.path);
        match corpus.source.as_ref().and_then(|source| page.member(source)) {
            Some(source) => is_changed(source) || page.member(locale).is_some_and(is_changed),
            None => true,
        }
    }

    /// Leaves the pages in the corpus that are to be checked, chooses what to learn from for them, and reads all of these
    /// that stand in the index.
    fn narrow(&mut self, corpus: &mut Corpus, documents: &mut Documents<'_>) -> Result<(), ChangeError> {
        let touched: Vec<usize> = (0..corpus.pages.len()).filter(|&at| self.touches(&corpus.pages[at])).collect();
        let chosen = examples::choose(corpus, &touched, |page, locale| self.brings(corpus, page, locale));
        let example = |(at, locales): (usize, BTreeSet<&Locale>)| {
            let mut page = corpus.pages[at].clone();
            page.members.retain(|member| locales.contains(&member.locale));
            page
        };
        let examples: Vec<Page> = chosen.into_iter().map(example).collect();
        corpus.contents = documents.read_pages(&examples)?;
        corpus.pages = touched.into_iter().map(|page| corpus.pages[page].clone()).collect();
        let locales: BTreeSet<&Locale> =
            corpus.pages.iter().flat_map(|page| &page.members).map(|member| &member.locale).collect();
        corpus.locales = locales.into_iter().cloned().collect();
        let (locales, source) = (corpus.locales.clone(), corpus.source.clone());
        self.examples = Corpus { pages: examples, locales, source, ..Corpus::default() };
        Ok(())
    }

    fn touches(&self, page: &Page) -> bool {
        page.members.iter().any(|member| self.changed.contains(&member.path))
            || page.members.first().is_some_and(|first| self.gone.contains_key(&first.path))
    }
}

/// Finds the pages that a change touches.
///
/// # Errors
/// If a root does not exist, or git cannot say what changed.
pub fn find(config: &Config, asked: &Asked) -> Result<Found, Error> {
    let checkout = Checkout::here()?;
    let files = match files::find(config, asked, &checkout)? {
        Seen::Documents(files) => *files,
        Seen::Nothing => return Ok(untouched(asked)),
        Seen::Elsewhere => return Ok(elsewhere(&checkout)),
    };
    let mut documents = Documents { files, checkout: &checkout, reader: None, config };
    let (mut corpus, gone) = pages::pair(&mut documents)?;
    let mut change = Change {
        changed: documents.files.changed().map(|file| file.path.clone()).collect(),
        gone: pages::losses(&corpus, &gone),
        examples: Corpus::default(),
    };
    let mut notices = std::mem::take(&mut documents.files.notices);
    crate::tell_what_lacks(&corpus, config, &mut notices);
    change.narrow(&mut corpus, &mut documents)?;
    let members = corpus.pages.iter().flat_map(|page| &page.members).map(|member| &member.path);
    let about: FxHashSet<&Utf8PathBuf> = members.chain(&change.changed).chain(&documents.files.unnameable).collect();
    // What is odd elsewhere is no news in a hook.
    notices.retain(|notice| match notice.level {
        NoticeLevel::Blind => true,
        NoticeLevel::Warning => notice.path.as_ref().is_none_or(|path| about.contains(path)),
        NoticeLevel::Note => false,
    });
    Ok(Found { corpus, roots: documents.files.roots, notices, change: Some(change) })
}

/// The run that has nothing to do.
fn untouched(asked: &Asked) -> Found {
    let message = match asked {
        Asked::Staged => "nothing that is staged concerns the documents".to_owned(),
        Asked::Since(revision) => format!("nothing that changed since `{revision}` concerns the documents"),
    };
    nothing(Notice { level: NoticeLevel::Note, path: None, message })
}

/// The run that looks past the change.
fn elsewhere(checkout: &Checkout) -> Found {
    let message = format!("none of the folders to check is in {}, where the change is", checkout.top());
    nothing(Notice { level: NoticeLevel::Blind, path: None, message })
}

fn nothing(notice: Notice) -> Found {
    Found { corpus: Corpus::default(), roots: Vec::new(), notices: vec![notice], change: Some(Change::default()) }
}

/// The files of a run about a change, and the process that reads those in the index.
struct Documents<'run> {
    files: Files,
    checkout: &'run Checkout,
    /// Started when something is asked for.
    reader: Option<BlobReader>,
    config: &'run Config,
}

impl Documents<'_> {
    /// What is stored under ids.
    fn blobs(&mut self, ids: &[&str]) -> Result<Vec<Option<Vec<u8>>>, ChangeError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => none.insert(self.checkout.reader()?),
        };
        reader.read(ids)
    }

    /// Reads from the index what `pages` hold there; gives away all that was read.
    fn read_pages(&mut self, pages: &[Page]) -> Result<Contents, ChangeError> {
        let of_path: FxHashMap<&Utf8PathBuf, usize> =
            self.files.walked.iter().enumerate().map(|(at, file)| (&file.path, at)).collect();
        let members = pages.iter().flat_map(|page| &page.members);
        let wanted: Vec<usize> = members.filter_map(|member| of_path.get(&member.path).copied()).collect();
        self.read_files(&wanted)?;
        Ok(std::mem::take(&mut self.files.contents))
    }

    /// Reads from the index what these files hold there and was not read yet.
    fn read_files(&mut self, wanted: &[usize]) -> Result<(), ChangeError> {
        let is_unread = |&at: &usize| self.files.contents.replaced(&self.files.walked[at].path).is_none();
        let of_index = |at: usize| Some((at, self.files.stored[at].as_ref()?.entry.id.clone()));
        let wanted: Vec<(usize, String)> = wanted.iter().copied().filter(is_unread).filter_map(of_index).collect();
        let ids: Vec<&str> = wanted.iter().map(|(_, id)| id.as_str()).collect();
        for ((at, id), bytes) in wanted.iter().zip(self.blobs(&ids)?) {
            match (bytes, &self.reader) {
                (Some(bytes), _) => self.files.contents.insert(self.files.walked[*at].path.clone(), bytes),
                // The file on disk is not what is to be checked.
                (None, Some(reader)) => return Err(reader.why_missing(id)),
                (None, None) => {}
            }
        }
        Ok(())
    }
}
