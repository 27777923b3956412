//! Checking what a change touches and nothing else: `--staged` and `--changed-since`.
//!
//! Git says which files changed; the pages that these belong to are found by the names of all files, and front matter
//! is read only of documents that could be one page with them. Only if one of these has an id, or paths do not tell the
//! locales, every head has to be read. What is checked then, is checked as in a run over everything: a whole page, with
//! what its neighbours teach about its languages, and only what concerns the change is reported.

mod asked;
mod change;
mod documents;
mod examples;
mod files;
mod find;
mod narrow;
mod pages;
mod tracked;

pub use asked::{Asked, Error};
pub use change::Change;
pub use find::find;
pub(crate) use tracked::add_tracked;
