//! Which documents there are: the walk, front matter, layouts, and pages with their locales.

pub mod changed;
pub mod contents;
mod find;
mod found;
pub(crate) mod globs;
pub mod head;
pub mod layout;
pub mod page;
pub(crate) mod paths;
pub mod pin_pattern;
pub mod targets;
pub mod walk;

pub use find::find;
pub(crate) use found::note_missing;
pub use found::{Found, Request};
