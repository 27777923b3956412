//! isogloss: a linter that keeps translated Markdown documentation consistent.
pub mod document;
pub mod finding;
pub mod head;
pub mod layout;
pub mod locale;
pub mod page;
pub mod rules;
pub mod text;
pub mod walk;
