//! What every part of isogloss needs of texts and files: spans, lines and columns, words, locale tags, encodings, and careful
//! access to files.

pub mod encoding;
pub mod files;
mod locale;
mod position;
pub mod words;

pub use locale::Locale;
pub use position::{LineIndex, Position, Range, Span, floor_char_boundary};
