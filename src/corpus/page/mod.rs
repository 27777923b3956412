//! Pages: one logical document with all its locale versions.

mod corpus;
mod pair;
#[cfg(test)]
mod tests;

pub use corpus::{Corpus, Duplicate, Family, IdMismatch, Member, Page};
pub use pair::{pair, pair_files};
