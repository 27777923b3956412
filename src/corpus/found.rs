//! What a run looks for, and what it finds.

use std::collections::BTreeSet;

use isogloss_text::Locale;

use super::changed::Change;
use super::globs::Globs;
use super::layout;
use super::page::Corpus;
use super::pin_pattern::PinPattern;
use super::walk::Root;
use crate::finding::{Notice, NoticeLevel};

/// Which documents a run looks for, and how their pages are recognised.
#[derive(Debug, Clone)]
pub struct Request<'c> {
    /// Files and folders to walk.
    pub roots: &'c [Root],
    /// Files and folders to skip.
    pub exclude: &'c Globs,
    /// The locale that the others are translated from, if configured.
    pub source: Option<&'c Locale>,
    /// The locales to check, each including more specific ones; empty for all.
    pub locales: &'c [Locale],
    /// The locales that must have documents.
    pub required: BTreeSet<&'c Locale>,
    /// How paths encode locale and page.
    pub layout: &'c layout::Choice,
    /// Front matter keys that may hold a page's id.
    pub id_keys: &'c [String],
    /// Front matter keys that may hold a source commit.
    pub pin_keys: &'c [String],
    /// A pattern for source commits in documents where no key has one.
    pub pin_pattern: Option<&'c PinPattern>,
}

/// The pages of a run.
pub struct Found {
    /// All pages.
    pub corpus: Corpus,
    /// The folders that were walked.
    pub roots: Vec<Root>,
    /// Notices about files and layout.
    pub notices: Vec<Notice>,
    /// The change that the run is limited to, if it is.
    pub change: Option<Change>,
}

/// Reports if nothing can be compared and no other notice says why, and which requested or configured locales and folders have no
/// documents.
pub(crate) fn note_missing(corpus: &Corpus, request: &Request<'_>, notices: &mut Vec<Notice>) {
    if !corpus.has_pairs() && notices.iter().all(|notice| notice.level != NoticeLevel::Incomplete) {
        notices.push(nothing_to_compare(corpus));
    }
    if corpus.locales.is_empty() {
        return;
    }
    notices.extend(request.required.iter().filter_map(|locale| no_documents(corpus, locale)));
    notices.extend(request.roots.iter().filter_map(|root| empty_root(corpus, root)));
}

/// The notice that a requested folder or file has no documents in any locale.
fn empty_root(corpus: &Corpus, root: &Root) -> Option<Notice> {
    let mut members = corpus.members();
    if members.any(|member| member.path.starts_with(&root.path)) {
        return None;
    }
    let message = "no documents found; check the path, or remove it from the roots".to_owned();
    Some(Notice::incomplete(Some(root.path.clone()), message))
}

/// The notice that a requested locale has no documents.
fn no_documents(corpus: &Corpus, locale: &Locale) -> Option<Notice> {
    if corpus.locales.iter().any(|known| locale.covers(known)) {
        return None;
    }
    let known: Vec<&str> = corpus.locales.iter().map(Locale::as_str).collect();
    let message = format!("no {} documents found; available locales: {}", locale.name(), known.join(", "));
    Some(Notice::incomplete(None, message))
}

fn nothing_to_compare(corpus: &Corpus) -> Notice {
    let message = match &corpus.locales[..] {
        [] => "no Markdown documents with a known locale found; name the folders, as in `isogloss check en=docs fr=docs.fr`"
            .to_owned(),
        [only] => format!(
            "nothing to compare: only {} documents found; also name a folder of another locale",
            only.name()
        ),
        _ => "nothing to compare: no page found in two locales; name the folders, as in `isogloss check en=docs fr=docs.fr`".to_owned(),
    };
    Notice { level: NoticeLevel::Incomplete, path: None, message }
}
