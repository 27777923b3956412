//! The baseline's file: JSON, one line a finding, sorted by page, so that what changes in it can be reviewed.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};

use super::choice::{Choice, Location};
use crate::finding::Finding;
use crate::finding::fingerprint::Fingerprint;
use crate::json::write_line as write_json_line;
use isogloss_text::Locale;
use isogloss_text::files::{self, LARGEST_BASELINE, Output, Refusal, Tree};

/// The key that tells a baseline from any other file; its value is the version of the format.
const KEY: &str = "isogloss-baseline";
/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// The most characters of what the parser says, which may quote what is written.
const LONGEST_REASON: usize = 200;

/// Why there is no baseline to work with.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It is not there, or is not UTF-8 text.
    #[error("cannot read the baseline `{path}`: {error}{}", remedy(.error))]
    Unreadable {
        /// As it was given or found.
        path: Utf8PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is no baseline, or one that was damaged.
    #[error("{path}:{line}: invalid baseline: {reason}; restore the file, or delete it and write a new one")]
    Broken {
        /// As it was given or found.
        path: Utf8PathBuf,
        /// From 1.
        line: usize,
        /// What the parser says, without a full stop.
        reason: String,
    },
    /// It was written by a version that writes it otherwise.
    #[error("{path}:{line}: unsupported baseline version {version}, expected {VERSION}; update isogloss")]
    Version {
        /// As it was given or found.
        path: Utf8PathBuf,
        /// From 1.
        line: usize,
        /// What is written there.
        version: u64,
    },
    /// It cannot be written.
    #[error("cannot write the baseline `{path}`: {error}")]
    Unwritable {
        /// As it was given.
        path: Utf8PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// What to do about a baseline that cannot be read.
fn remedy(error: &io::Error) -> &'static str {
    match Refusal::of(error) {
        None => "; run `isogloss check --write-baseline` to create it",
        Some(Refusal::Link) => "; pass the link's target with `--baseline`",
        Some(Refusal::Outside(_)) => "; pass it with `--baseline` if this is intended",
        Some(_) => "",
    }
}

fn unwritable(location: Location<'_>, error: io::Error) -> BaselineError {
    BaselineError::Unwritable { path: location.choice.path().map(Utf8Path::to_owned).unwrap_or_default(), error }
}

/// What the baseline's file is in: the tree of the current folder where the command line names it, or else that of the
/// configuration.
fn tree(location: Location<'_>) -> io::Result<Tree> {
    let current = Path::new(".");
    let folder = location.configuration.and_then(Utf8Path::parent).filter(|_| !location.choice.is_named());
    Tree::around_file(folder.map_or(current, Utf8Path::as_std_path), current)
}

fn read(location: Location<'_>, path: &Utf8Path) -> io::Result<String> {
    let tree = tree(location)?;
    let path = std::path::absolute(path)?;
    if !location.choice.is_named() {
        return files::into_text(tree.read(&path, LARGEST_BASELINE)?);
    }
    // There is nothing to be read in a pipe or a device that is to be written to.
    let is_written = matches!(location.choice, Choice::Write { .. });
    if is_written && fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::ErrorKind::NotFound.into());
    }
    files::into_text(tree.read_named(&path, LARGEST_BASELINE)?)
}

/// A finding that is known. The order is that of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The page's key.
    pub page: String,
    /// The locale of the document at fault.
    pub locale: Locale,
    /// Id of the rule; one of a later version is kept as it is.
    pub rule: String,
    /// What it is known by. The rest is for those who read the file.
    pub fingerprint: Fingerprint,
}

impl Entry {
    /// The entry of a finding.
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            page: finding.page.clone(),
            locale: finding.locale.clone(),
            rule: finding.rule.to_owned(),
            fingerprint: finding.fingerprint,
        }
    }
}

/// The findings that are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted, none of them twice.
    entries: Vec<Entry>,
}

/// The file, of which only the version is understood yet.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "isogloss-baseline")]
    version: u64,
}

/// The file in version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    #[serde(rename = "isogloss-baseline")]
    _version: u64,
    findings: Vec<Entry>,
}

impl Baseline {
    /// The baseline of these findings, in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// The baseline to start from; `None` if there is none to be used.
    ///
    /// # Errors
    /// If it cannot be read, though it is there or must be, or is no baseline. One that is to be written over is read too:
    /// no other file is overwritten by mistake.
    pub fn load(location: Location<'_>) -> Result<Option<Self>, BaselineError> {
        let choice = location.choice;
        let Some(path) = choice.path() else { return Ok(None) };
        let must_be_there = matches!(choice, Choice::Read(_) | Choice::Named(_));
        match read(location, path) {
            Ok(text) => Self::parse(path, &text).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound && !must_be_there => Ok(None),
            Err(error) => Err(BaselineError::Unreadable { path: path.to_owned(), error }),
        }
    }

    /// Reads the text of the file at `path`.
    ///
    /// # Errors
    /// If it is no baseline of this version, with its line.
    pub fn parse(path: &Utf8Path, text: &str) -> Result<Self, BaselineError> {
        let broken = |error: &serde_json::Error| {
            let said = error.to_string();
            let reason = said.split(" at line ").next().unwrap_or(&said).chars().take(LONGEST_REASON).collect();
            BaselineError::Broken { path: path.to_owned(), line: error.line().max(1), reason }
        };
        let Head { version } = serde_json::from_str(text).map_err(|error| broken(&error))?;
        if version != VERSION {
            let line = text.lines().position(|line| line.contains(KEY)).unwrap_or(0) + 1;
            return Err(BaselineError::Version { path: path.to_owned(), line, version });
        }
        let Whole { findings, .. } = serde_json::from_str(text).map_err(|error| broken(&error))?;
        Ok(Self::new(findings))
    }

    /// What is known, sorted by page, locale and rule.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// By what it is known.
    pub fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.entries.iter().map(|entry| entry.fingerprint)
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    /// If it may not be written, or what the file system says.
    pub fn write(&self, location: Location<'_>) -> Result<(), BaselineError> {
        let Some(output) = Self::output(location)? else { return Ok(()) };
        let written = self.to_text().and_then(|text| {
            if text.len() as u64 > LARGEST_BASELINE {
                return Err(Refusal::TooLarge(LARGEST_BASELINE).into());
            }
            output.write(|out| out.write_all(text.as_bytes()))
        });
        written.map_err(|error| unwritable(location, error))
    }

    /// The file that is to be written; `None` if none is.
    ///
    /// # Errors
    /// If it may not be written: what a configuration names is in the same repository.
    pub fn output(location: Location<'_>) -> Result<Option<Output>, BaselineError> {
        let Choice::Write { path, named, .. } = location.choice else { return Ok(None) };
        let output = tree(location).and_then(|tree| tree.output(path.as_std_path(), *named));
        output.map(Some).map_err(|error| unwritable(location, error))
    }

    /// The text of the file.
    pub(super) fn to_text(&self) -> io::Result<String> {
        let mut text = String::with_capacity(120 * (self.entries.len() + 1));
        let _ = write!(text, "{{\"{KEY}\": {VERSION}, \"findings\": [");
        for (index, entry) in self.entries.iter().enumerate() {
            let mut line = Vec::new();
            write_json_line(entry, &mut line)?;
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(String::from_utf8_lossy(&line).trim_end());
        }
        text.push_str("\n]}\n");
        Ok(text)
    }
}
