//! Tests of the whole program: fixtures, command lines, formats, properties and bad input.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

mod address;
mod adopt;
mod bad_input;
mod baseline;
mod cases;
mod changed;
mod commands;
mod confidence;
mod conventions;
mod determinism;
mod documents;
mod elsewhere;
mod explanation;
mod faults;
mod fixes;
mod foreign_files;
mod guesses;
mod history;
mod incomplete;
mod injection;
mod lacking;
mod long_pages;
mod merges;
mod pinned;
mod repositories;
mod sections;
mod services;
mod staleness;
mod status;
mod strangers;
mod support;
mod suppression;
mod suspect;
mod tables;
mod wording;
