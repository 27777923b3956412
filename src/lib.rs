//! isogloss: a linter that keeps translated Markdown documentation consistent.
pub mod finding;
pub mod locale;
pub mod page;
pub mod quantity;
pub mod rules;
pub mod text;
