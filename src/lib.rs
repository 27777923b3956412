//! isogloss: a linter that keeps translated Markdown documentation consistent.

pub mod align;
pub mod cli;
pub mod config;
pub mod document;
pub mod finding;
pub mod head;
pub mod history;
pub mod layout;
pub mod locale;
pub mod page;
pub mod quantity;
pub mod report;
pub mod rules;
pub mod text;
pub mod walk;
