//! Checking only what a change touches: `--staged` and `--changed-since`.
//!
//! Git lists the changed files. The pages they belong to are found by the names of all files; front matter is read only for
//! documents that could be versions of the same page. Every head has to be read only if one of these has an id, or if paths do
//! not determine the locales. Pages are then checked as in a full run, whole and with what their neighbours teach about their
//! languages, but only findings that concern the change are reported.

mod change;
mod documents;
mod examples;
mod files;
mod find;
mod narrow;
mod pages;
mod selection;
mod tracked;

pub use change::Change;
pub use find::find;
pub use selection::{Error, Selection};
pub(crate) use tracked::add_tracked;
