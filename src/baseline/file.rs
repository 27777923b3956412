//! The baseline file: JSON with one line per finding, sorted by page, so that changes are easy to review.

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

/// The key that identifies a baseline; its value is the version of the format.
const KEY: &str = "isogloss-baseline";
/// The current version, and the only supported one.
const VERSION: u64 = 1;

/// The maximum length in characters of the parser's message, which may quote the file.
const LONGEST_REASON: usize = 200;

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// It does not exist, cannot be read or is not UTF-8 text.
    #[error("cannot read the baseline `{path}`: {error}{}", remedy(.error))]
    Unreadable {
        /// The path as given or found.
        path: Utf8PathBuf,
        /// The system's message.
        error: io::Error,
    },
    /// It is not a baseline, or is damaged.
    #[error("{path}:{line}: invalid baseline: {reason}; restore the file, or delete it and write a new one")]
    Broken {
        /// The path as given or found.
        path: Utf8PathBuf,
        /// The line, from 1.
        line: usize,
        /// The parser's message, without a full stop.
        reason: String,
    },
    /// It has another version of the format.
    #[error("{path}:{line}: unsupported baseline version {version}, expected {VERSION}; update isogloss")]
    Version {
        /// The path as given or found.
        path: Utf8PathBuf,
        /// The line, from 1.
        line: usize,
        /// The version in the file.
        version: u64,
    },
    /// It cannot be written.
    #[error("cannot write the baseline `{path}`: {error}")]
    Unwritable {
        /// The path as given.
        path: Utf8PathBuf,
        /// The system's message.
        error: io::Error,
    },
}

/// Advice for a baseline that cannot be read.
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

/// The tree that contains the baseline: that of the current folder if the command line names the file, or else that of the
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
    // A pipe or device that is only written to has nothing to read.
    let is_written = matches!(location.choice, Choice::Write { .. });
    if is_written && fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::ErrorKind::NotFound.into());
    }
    files::into_text(tree.read_named(&path, LARGEST_BASELINE)?)
}

/// A known finding. Entries are sorted by these fields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The page's key.
    pub page: String,
    /// The locale of the document at fault.
    pub locale: Locale,
    /// Id of the rule; those of later versions are kept.
    pub rule: String,
    /// The fingerprint that identifies it. The other fields are for people who read the file.
    pub fingerprint: Fingerprint,
}

impl Entry {
    /// Creates the entry for a finding.
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            page: finding.page.clone(),
            locale: finding.locale.clone(),
            rule: finding.rule.to_owned(),
            fingerprint: finding.fingerprint,
        }
    }
}

/// The known findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// Sorted, without duplicates.
    entries: Vec<Entry>,
}

/// The part of the file that all versions share.
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
    /// Creates the baseline of these findings, which may be in any order.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self { entries }
    }

    /// Reads the existing baseline; `None` if there is none to use.
    ///
    /// # Errors
    /// If it exists or is required and cannot be read, or is not a baseline. A file that will be overwritten is read too, so that
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

    /// Parses the text of the file at `path`.
    ///
    /// # Errors
    /// If it is not a baseline of this version; the error has the line.
    pub fn parse(path: &Utf8Path, text: &str) -> Result<Self, BaselineError> {
        let broken = |error: &serde_json::Error| {
            let message = error.to_string();
            let reason = message.split(" at line ").next().unwrap_or(&message).chars().take(LONGEST_REASON).collect();
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

    /// The entries, sorted by page, locale and rule.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The fingerprints of the entries.
    pub fn fingerprints(&self) -> impl Iterator<Item = Fingerprint> {
        self.entries.iter().map(|entry| entry.fingerprint)
    }

    /// Writes the file atomically.
    ///
    /// # Errors
    /// If the file may not be written, or the file system reports an error.
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

    /// The file to write, if any.
    ///
    /// # Errors
    /// If it may not be written: a file named in the configuration must be in the same repository.
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
