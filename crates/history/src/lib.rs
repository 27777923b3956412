//! What git knows about the source commits that translations record: is the source still the same, and if not, what did it
//! say?
//!
//! ```no_run
//! use camino::Utf8Path;
//! use isogloss_history::{History, PinState, Query};
//!
//! # fn main() -> Result<(), isogloss_history::HistoryError> {
//! let history = History::open(Utf8Path::new("docs/en"), None)?;
//! let query = Query { pin: "1f01970", path: Utf8Path::new("docs/en/sync.md"), id: None };
//! let judged = history.judge(&[query], |_| None)?;
//! if let Some(verdict) = judged.verdict(0) {
//!     match &verdict.state {
//!         PinState::Fresh => println!("up to date"),
//!         PinState::Changed { old, .. } => println!("the translation was made from:\n{old}"),
//!         PinState::Unavailable(reason) => println!("unknown: {reason}"),
//!         other => println!("{other:?}"),
//!     }
//!     for revision in judged.revisions(verdict).iter().flat_map(|revisions| revisions.iter()) {
//!         println!("changed in {} on {}", revision.commit.short(), revision.commit.date());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A single `git cat-file` process answers all questions about objects while the history is open. `git log` runs at most once,
//! on a thread of its own, and only if a page has changed or was not at its path at the recorded commit. Nothing is fetched,
//! nothing is written, and no program that the repository names is run.

mod batch;
mod changes;
mod commit;
mod deferred;
mod document_state;
mod environment;
mod error;
#[doc(hidden)]
pub mod fuzz;
mod git;
mod guess;
mod history;
mod index;
mod judge;
mod judged;
mod location;
mod log;
mod missing;
mod moves;
mod paths;
mod question;
mod stretch;
#[cfg(test)]
mod tests;
mod tracked;
mod tree;
mod verdict;

pub use changes::{BlobReader, ChangeError, Checkout, Touched, TouchedFiles};
pub use commit::Commit;
pub use deferred::Revision;
pub use error::HistoryError;
pub use guess::{Guess, Guesses, Unpinned};
pub use history::History;
pub use index::{Index, IndexEntry};
pub use judged::Judged;
pub use tracked::tracked_files;
pub use verdict::{PinState, Query, Unavailable, Verdict};

/// Compiles the example of the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
