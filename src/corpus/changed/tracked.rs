//! Documents that git tracks although a `.gitignore` matches them.
//!
//! To git, a tracked file is never ignored. If such documents were skipped, a pull request could hide an error from the check by
//! adding a line to a `.gitignore`.

use std::path::PathBuf;

use camino::Utf8Path;

use crate::corpus::found::Request;
use crate::corpus::walk::{WalkError, Walked, add_tracked as add};
use crate::finding::{Notice, NoticeLevel};
use isogloss_document::is_markdown;
use isogloss_history::{HistoryError, tracked_files};

/// Adds tracked documents that the walk skipped because of a `.gitignore`.
///
/// # Errors
/// As [`crate::corpus::walk::walk`].
pub(crate) fn add_tracked(walked: &mut Walked, request: &Request<'_>) -> Result<(), WalkError> {
    if !walked.skipped_by_gitignore {
        return Ok(());
    }
    // Submodules and other nested checkouts track their documents themselves.
    let checkouts = walked.checkouts.iter().filter_map(|folder| Utf8Path::from_path(folder));
    let roots: Vec<&Utf8Path> = walked.roots.iter().map(|root| root.path.as_path()).chain(checkouts).collect();
    let (files, failures) = tracked_files(&roots);
    walked.notices.extend(failures.iter().map(failure));
    let documents: Vec<PathBuf> = files.into_iter().filter(|path| is_markdown(path)).collect();
    let before = walked.files.len();
    let count = add(walked, request.roots, request.exclude, documents)?;
    debug_assert_eq!(walked.files.len(), before + count);
    if count > 0 {
        let noun = if count == 1 { "document" } else { "documents" };
        let message = format!("checked {count} {noun} despite .gitignore: tracked by git");
        walked.notices.push(Notice { level: NoticeLevel::Note, path: None, message });
    }
    walked.notices.sort_unstable();
    Ok(())
}

/// The notice for a checkout that git cannot list.
fn failure(error: &HistoryError) -> Notice {
    let message = format!("cannot determine which ignored documents git tracks: {error}");
    Notice::incomplete(None, message)
}
