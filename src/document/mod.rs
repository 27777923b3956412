//! Documents: what is read out of one file.
pub mod front_matter;
