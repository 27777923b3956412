//! The baseline: findings that stand and are known, so that a run reports what is new.
//!
//! A finding is known by its [`Fingerprint`]. What the baseline names and the run no longer finds is gone, as long as the run
//! looked for it: other rules, locales and folders than those of the run are not judged, and a new baseline keeps what the old
//! one says of them.

mod file;
#[cfg(test)]
mod tests;

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::HumanCount;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::config::{Config, HistoryChoice};
use crate::finding::{Finding, Notice, NoticeLevel};
use crate::fingerprint::Fingerprint;
use crate::page::Corpus;
use crate::rules;

pub use file::{Baseline, BaselineError, Entry};

/// The file's name, beside the configuration, unless another is given.
pub const FILE_NAME: &str = "isogloss-baseline.json";

/// What to do about a baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// There is none.
    Off,
    /// It is used if the file is there.
    IfThere(Utf8PathBuf),
    /// It is used, and must be there.
    Read(Utf8PathBuf),
    /// The same, where the command line names it: it may be anywhere.
    Named(Utf8PathBuf),
    /// All findings are written to it.
    Write {
        /// The file.
        path: Utf8PathBuf,
        /// Whether the command line names it, so that it may be anywhere.
        named: bool,
        /// Whether later runs find it without being told.
        usual: bool,
    },
}

impl Default for Choice {
    /// The one in the current folder, if it is there.
    fn default() -> Self {
        Self::IfThere(FILE_NAME.into())
    }
}

impl Choice {
    /// Its file.
    pub fn path(&self) -> Option<&Utf8Path> {
        match self {
            Self::Off => None,
            Self::IfThere(path) | Self::Read(path) | Self::Named(path) | Self::Write { path, .. } => Some(path),
        }
    }

    /// Whether the command line names its file.
    fn is_named(&self) -> bool {
        matches!(self, Self::Named(_) | Self::Write { named: true, .. })
    }
}

/// How a run stands to its baseline; the field order is that of the JSON contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaselineSummary {
    /// As it was given or found.
    pub file: Utf8PathBuf,
    /// How many findings it names that still stand: they are not among the run's.
    pub unchanged: usize,
    /// How many it names that were looked for and are no longer found.
    pub gone: usize,
}

/// What a run looked at: a finding that is not there is gone only if somebody looked for it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'r> {
    /// What was asked for.
    pub config: &'r Config,
    /// The pages that were checked.
    pub corpus: &'r Corpus,
    /// Keys of pages that could not be read as a whole.
    pub unread: &'r FxHashSet<&'r str>,
    /// Whether the run saw less than it was asked to judge.
    pub blind: bool,
}

/// The findings of a run beside its baseline.
#[derive(Debug, Default)]
pub struct Settled {
    /// What the baseline does not name, in the order of the report.
    pub new: Vec<Finding>,
    /// What it names, in the order of the report.
    pub unchanged: Vec<Finding>,
    /// The numbers; `None` without a baseline.
    pub summary: Option<BaselineSummary>,
    /// What is to be said about it.
    pub notice: Option<Notice>,
}

/// Splits `findings`, all of a run, into what is new and what `old` names, and writes the baseline if that is the choice and
/// the run was not blind.
///
/// # Errors
/// If the baseline cannot be written.
pub fn settle(old: Option<Baseline>, findings: Vec<Finding>, seen: &Seen<'_>) -> Result<Settled, BaselineError> {
    let Some(path) = seen.config.baseline.path() else { return Ok(Settled { new: findings, ..Settled::default() }) };
    let writes = matches!(seen.config.baseline, Choice::Write { .. });
    if writes && !seen.blind {
        return write(path, &old.unwrap_or_default(), findings, seen);
    }
    let unwritten = "not written: the check was incomplete";
    let unwritten = writes.then(|| note(NoticeLevel::Warning, path, unwritten.to_owned()));
    let Some(old) = old else { return Ok(Settled { new: findings, notice: unwritten, ..Settled::default() }) };
    let known: FxHashSet<Fingerprint> = old.fingerprints().collect();
    let gone = seen.gone(&old, &findings).len();
    let (unchanged, new): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| {
        let otherwise = &finding.otherwise;
        let is_known = |fingerprint| known.contains(fingerprint);
        is_known(&finding.fingerprint) || !otherwise.is_empty() && otherwise.iter().all(is_known)
    });
    let told = (gone > 0).then(|| {
        let them = if gone == 1 { "it" } else { "them" };
        let count = findings_in_words(gone);
        let message = format!(
            "{count} in the baseline no longer reported; run `isogloss check --write-baseline` to remove {them}"
        );
        note(NoticeLevel::Note, path, message)
    });
    let summary = BaselineSummary { file: path.to_owned(), unchanged: unchanged.len(), gone };
    Ok(Settled { new, unchanged, summary: Some(summary), notice: unwritten.or(told) })
}

/// Writes everything that stands, and what the old baseline says of what this run did not look at.
fn write(path: &Utf8Path, old: &Baseline, findings: Vec<Finding>, seen: &Seen<'_>) -> Result<Settled, BaselineError> {
    let gone: FxHashSet<Fingerprint> = seen.gone(old, &findings).into_iter().collect();
    let known: FxHashSet<Fingerprint> = old.fingerprints().collect();
    let added = findings.iter().filter(|finding| !known.contains(&finding.fingerprint)).count();
    let kept = old.entries().iter().filter(|entry| !gone.contains(&entry.fingerprint)).cloned();
    let baseline = Baseline::new(kept.chain(findings.iter().map(Entry::of)).collect());
    baseline.write(seen.config)?;
    let holds = findings_in_words(baseline.entries().len());
    let (added, dropped) = (HumanCount(added as u64), HumanCount(gone.len() as u64));
    let mut message = format!("wrote {holds}: {added} added, {dropped} removed");
    if let Choice::Write { usual: false, .. } = seen.config.baseline {
        message.push_str("; to use it, pass `--baseline` or set `baseline` in the configuration");
    }
    let summary = BaselineSummary { file: path.to_owned(), unchanged: findings.len(), gone: 0 };
    let notice = Some(note(NoticeLevel::Note, path, message));
    Ok(Settled { new: Vec::new(), unchanged: findings, summary: Some(summary), notice })
}

/// "1 finding", "1,392 findings".
fn findings_in_words(count: usize) -> String {
    format!("{} finding{}", HumanCount(count as u64), if count == 1 { "" } else { "s" })
}

fn note(level: NoticeLevel, path: &Utf8Path, message: String) -> Notice {
    Notice { level, path: Some(path.to_owned()), message }
}

impl Seen<'_> {
    /// What the baseline names and the run looked for in vain.
    fn gone(&self, old: &Baseline, findings: &[Finding]) -> Vec<Fingerprint> {
        if self.blind {
            return Vec::new();
        }
        let found: FxHashSet<Fingerprint> = findings.iter().map(|finding| finding.fingerprint).collect();
        let pages: FxHashSet<&str> = self.corpus.pages.iter().map(|page| page.key.as_str()).collect();
        let gone = |entry: &&Entry| !found.contains(&entry.fingerprint) && self.looked_for(entry, &pages);
        old.entries().iter().filter(gone).map(|entry| entry.fingerprint).collect()
    }

    fn looked_for(&self, entry: &Entry, pages: &FxHashSet<&str>) -> bool {
        // A rule that is not known here is one of a later version.
        let Some(rule) = rules::find(&entry.rule) else { return false };
        let Config { levels, history, narrowed, .. } = self.config;
        let page = entry.page.as_str();
        levels.runs(rule)
            && levels.reports(&entry.locale)
            && !(rules::needs_history(rule) && *history == HistoryChoice::Off)
            // A page that is not there was removed, unless only some folders were looked at.
            && (!*narrowed || pages.contains(page))
            && !self.unread.contains(page)
    }
}
