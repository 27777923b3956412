//! Layouts: how a path encodes locale and page. One file per layout, one list.
//!
//! Each layout claims the files that it recognises and leaves the rest to later layouts, so one tree may contain several. Unless
//! a layout is configured, folders must prove that they are locales: see `mirror.rs`.

mod by_pattern;
mod docusaurus;
mod front_matter;
mod ground;
mod kind;
mod list;
mod locale_folders;
mod mirror;
mod name;
mod pattern;
mod report;
mod request;
mod root_name;
mod script;
mod sibling_roots;
mod siblings;
mod source_at_root;
mod suffix;

pub use kind::Layout;
pub use list::{LAYOUTS, find, place};
pub use pattern::{Pattern, PatternError};
pub use request::{Choice, Placed, Placement, Request};
pub use siblings::{locale_of_root, siblings};

#[cfg(test)]
mod tests;
