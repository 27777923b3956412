//! Alignment: which block of a translation corresponds to which block of its source.
//!
//! Two documents are two sequences of blocks. Each pair of blocks gets a log-odds score from independent evidence (`evidence`),
//! calibrated for the pair of locales on the corpus ([`Trainer`], [`Model`]). Dynamic programming finds the best monotone sequence
//! of pairs and gaps (`dynamic`); unpaired blocks on both sides that match are moves (`moves`). `docs/alignment.md` has the
//! formulas and their sources.
//!
//! ```
//! use isogloss_align::{Model, align};
//! use isogloss_document::{Document, Syntax};
//!
//! let parse = |text: &str| Document::parse(text.to_owned(), Syntax::Markdown);
//! let source = parse("# Set up\n\nRun `sync init`.\n\nThen open `tides.toml`.\n");
//! let translation = parse("# Einrichten\n\nÖffnen Sie `tides.toml`.\n");
//!
//! let alignment = align(&source, &translation, &Model::default());
//! assert_eq!(alignment.translation_of(1), None);
//! assert_eq!(alignment.translation_of(2), Some(1));
//! ```
//!
//! [`changes`] compares two versions of one document.

mod aligner;
mod alignment;
mod calibration;
pub mod changes;
mod confidence;
mod dynamic;
mod evidence;
mod features;
mod headings;
mod leads;
mod merges;
mod model;
mod moves;
mod names;
mod profile;
mod sections;
mod segment;
mod train;
mod vector;
mod vocabulary;

pub use aligner::{Aligner, align};
pub use alignment::{Alignment, Pair, probability};
pub use confidence::Absence;
pub use model::Model;
pub use profile::{Outline, Outlined};
pub use train::{Trainer, sure_pairs};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
