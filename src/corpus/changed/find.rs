//! Finds the pages that a change touches.

use camino::Utf8PathBuf;
use rustc_hash::FxHashSet;

use super::change::Change;
use super::documents::Documents;
use super::files::{self, Scope};
use super::narrow::narrow;
use super::pages;
use super::selection::{Error, Selection};
use crate::corpus::found::{Found, Request, note_missing};
use crate::corpus::page::Corpus;
use crate::finding::{Notice, NoticeLevel};
use isogloss_history::Checkout;

/// Finds the pages that a change touches.
///
/// # Errors
/// If a root does not exist, or git cannot determine what changed.
pub fn find(request: &Request<'_>, selection: &Selection) -> Result<Found, Error> {
    let checkout = Checkout::here()?;
    let files = match files::find(request, selection, &checkout)? {
        Scope::Documents(files) => *files,
        Scope::Nothing => return Ok(untouched(selection)),
        Scope::Elsewhere => return Ok(elsewhere(&checkout)),
    };
    let mut documents = Documents { files, checkout: &checkout, reader: None, request };
    let (mut corpus, gone) = pages::pair(&mut documents)?;
    let mut change = Change {
        changed: documents.files.changed().map(|file| file.path.clone()).collect(),
        gone: pages::losses(&corpus, &gone),
        examples: Corpus::default(),
    };
    let mut notices = std::mem::take(&mut documents.files.notices);
    note_missing(&corpus, request, &mut notices);
    narrow(&mut change, &mut corpus, &mut documents)?;
    let members = corpus.members().map(|member| &member.path);
    let about: FxHashSet<&Utf8PathBuf> = members.chain(&change.changed).chain(&documents.files.unnameable).collect();
    // In a hook, warnings about other files are noise.
    notices.retain(|notice| match notice.level {
        NoticeLevel::Incomplete => true,
        NoticeLevel::Warning => notice.path.as_ref().is_none_or(|path| about.contains(path)),
        NoticeLevel::Note => false,
    });
    Ok(Found { corpus, roots: documents.files.roots, notices, change: Some(change) })
}

/// The result if the change touches no document.
fn untouched(selection: &Selection) -> Found {
    let message = match selection {
        Selection::Staged => "no staged changes affect the documents".to_owned(),
        Selection::Since(revision) => format!("no changes since `{revision}` affect the documents"),
    };
    nothing(Notice { level: NoticeLevel::Note, path: None, message })
}

/// The result if the checkout with the change contains none of the roots.
fn elsewhere(checkout: &Checkout) -> Found {
    let message = format!("none of the folders to check is in `{}`, the repository of the change", checkout.top());
    nothing(Notice { level: NoticeLevel::Incomplete, path: None, message })
}

fn nothing(notice: Notice) -> Found {
    Found { corpus: Corpus::default(), roots: Vec::new(), notices: vec![notice], change: Some(Change::default()) }
}
