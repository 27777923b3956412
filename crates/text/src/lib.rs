//! Text and files: byte spans, lines and columns, locale tags, words, encodings, and careful access to files.
//!
//! ```
//! use isogloss_text::{LineIndex, Locale, Position, Span, Utf16Position};
//!
//! let text = "# Été\n\n🌊 Tides\n";
//! let lines = LineIndex::new(text);
//! let tides = Span::new(14, 19);
//! assert_eq!(tides.slice(text), "Tides");
//! assert_eq!(lines.position(text, tides.start), Position { line: 3, column: 3, byte: 14 });
//! assert_eq!(lines.utf16_position(text, tides.start), Utf16Position { line: 2, column: 3 });
//!
//! let locale = Locale::parse("pt_br").expect("a registered tag");
//! assert_eq!(locale.as_str(), "pt-BR");
//! ```

pub mod encoding;
pub mod files;
mod locale;
mod position;
mod span;
pub mod words;

pub use locale::Locale;
pub use position::{LineIndex, Position, Range, Utf16Position};
pub use span::{Span, floor_char_boundary};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
