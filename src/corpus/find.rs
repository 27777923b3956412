//! Finds the documents below the roots and pairs them into pages.

use super::changed::add_tracked;
use super::contents::Contents;
use super::found::{Found, Request};
use super::page::{Corpus, pair_files};
use super::walk::WalkError;
use super::{head, layout, walk};

/// Walks the roots and pairs the documents into pages; documents are read through `contents`.
///
/// # Errors
/// If a root does not exist.
pub fn find(request: &Request<'_>, contents: Contents) -> Result<Found, WalkError> {
    let mut walked = walk::walk(request.roots, request.exclude)?;
    add_tracked(&mut walked, request)?;
    let (mut heads, unreadable) = head::read_heads(&contents, &walked.files, request.id_keys, request.pin_keys);
    if let Some(pattern) = request.pin_pattern {
        head::read_body_pins(&contents, &walked.files, &mut heads, pattern);
    }
    let mut placed = layout::place(layout::Request {
        roots: &walked.roots,
        files: &walked.files,
        heads: &heads,
        source: request.source,
        locales: request.locales,
        choice: request.layout,
    });
    let mut notices = walked.notices;
    notices.extend(unreadable);
    notices.append(&mut placed.notices);
    let corpus = Corpus { contents, ..pair_files(&walked.files, heads, placed) };
    Ok(Found { corpus, roots: walked.roots, notices, change: None })
}
