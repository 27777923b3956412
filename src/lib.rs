//! isogloss: a linter that keeps translated Markdown documentation consistent.
pub mod cli;
pub mod config;
pub mod finding;
pub mod locale;
pub mod page;
pub mod rules;
pub mod text;
