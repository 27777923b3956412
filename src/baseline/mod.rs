//! The baseline: known findings, so that a run only reports new ones.
//!
//! A finding is identified by its [`Fingerprint`]. An entry that the run no longer finds is gone, provided that the run looked
//! for it. Entries for rules, locales and folders that the run did not cover are not judged, and a new baseline keeps them.

mod choice;
mod file;
#[cfg(test)]
mod tests;

use camino::{Utf8Path, Utf8PathBuf};
use indicatif::HumanCount;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::corpus::page::Corpus;
use crate::finding::fingerprint::Fingerprint;
use crate::finding::{Finding, Notice, NoticeLevel};
use crate::rules::{self, Levels, Needs};

pub use choice::{Choice, FILE_NAME, Location};
pub use file::{Baseline, BaselineError, Entry};

/// The result of comparing a run with its baseline; the field order is that of the JSON contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaselineSummary {
    /// The path as given or found.
    pub file: Utf8PathBuf,
    /// Number of entries that were found again and are not reported.
    pub unchanged: usize,
    /// Number of entries that the run looked for and did not find.
    pub gone: usize,
}

/// What a run covered: a finding that is not found is only gone if the run looked for it.
#[derive(Debug, Clone, Copy)]
pub struct Coverage<'r> {
    /// The baseline file.
    pub file: Location<'r>,
    /// The rules that ran, where, and for which locales.
    pub levels: &'r Levels,
    /// Whether rules that need the history ran.
    pub has_history: bool,
    /// Whether the run covered only part of what is configured.
    pub narrowed: bool,
    /// The pages that were checked.
    pub corpus: &'r Corpus,
    /// Keys of pages that could not be read completely.
    pub unread: &'r FxHashSet<&'r str>,
    /// Whether the check was incomplete.
    pub is_incomplete: bool,
}

/// The findings of a run, split by its baseline.
#[derive(Debug, Default)]
pub struct Settled {
    /// Findings that are not in the baseline, in report order.
    pub new: Vec<Finding>,
    /// Findings that are in the baseline, in report order.
    pub unchanged: Vec<Finding>,
    /// The counts; `None` without a baseline.
    pub summary: Option<BaselineSummary>,
    /// A notice about the baseline, if any.
    pub notice: Option<Notice>,
}

/// Splits `findings`, all of a run, into those that are new and those that are in `old`. Writes the baseline if requested, unless
/// the check was incomplete.
///
/// # Errors
/// If the baseline cannot be written.
pub fn settle(
    old: Option<Baseline>,
    findings: Vec<Finding>,
    coverage: &Coverage<'_>,
) -> Result<Settled, BaselineError> {
    let Some(path) = coverage.file.choice.path() else { return Ok(Settled { new: findings, ..Settled::default() }) };
    let writes = matches!(coverage.file.choice, Choice::Write { .. });
    if writes && !coverage.is_incomplete {
        return write(path, &old.unwrap_or_default(), findings, coverage);
    }
    let unwritten = "not written: the check was incomplete";
    let unwritten = writes.then(|| note(NoticeLevel::Warning, path, unwritten.to_owned()));
    let Some(old) = old else { return Ok(Settled { new: findings, notice: unwritten, ..Settled::default() }) };
    let known: FxHashSet<Fingerprint> = old.fingerprints().collect();
    let gone = coverage.gone(&old, &findings).len();
    let (unchanged, new): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| {
        let otherwise = &finding.otherwise;
        let is_known = |fingerprint| known.contains(fingerprint);
        is_known(&finding.fingerprint) || !otherwise.is_empty() && otherwise.iter().all(is_known)
    });
    let removal = (gone > 0).then(|| {
        let them = if gone == 1 { "it" } else { "them" };
        let count = findings_in_words(gone);
        let message = format!(
            "{count} in the baseline no longer reported; run `isogloss check --write-baseline` to remove {them}"
        );
        note(NoticeLevel::Note, path, message)
    });
    let summary = BaselineSummary { file: path.to_owned(), unchanged: unchanged.len(), gone };
    Ok(Settled { new, unchanged, summary: Some(summary), notice: unwritten.or(removal) })
}

/// Writes all current findings, and the entries of the old baseline that this run did not cover.
fn write(
    path: &Utf8Path,
    old: &Baseline,
    findings: Vec<Finding>,
    coverage: &Coverage<'_>,
) -> Result<Settled, BaselineError> {
    let gone: FxHashSet<Fingerprint> = coverage.gone(old, &findings).into_iter().collect();
    let known: FxHashSet<Fingerprint> = old.fingerprints().collect();
    let added = findings.iter().filter(|finding| !known.contains(&finding.fingerprint)).count();
    let kept = old.entries().iter().filter(|entry| !gone.contains(&entry.fingerprint)).cloned();
    let baseline = Baseline::new(kept.chain(findings.iter().map(Entry::of)).collect());
    baseline.write(coverage.file)?;
    let holds = findings_in_words(baseline.entries().len());
    let (added, dropped) = (HumanCount(added as u64), HumanCount(gone.len() as u64));
    let mut message = format!("wrote {holds}: {added} added, {dropped} removed");
    if let Choice::Write { usual: false, .. } = coverage.file.choice {
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

impl Coverage<'_> {
    /// Entries of the baseline that the run looked for and did not find.
    fn gone(&self, old: &Baseline, findings: &[Finding]) -> Vec<Fingerprint> {
        if self.is_incomplete {
            return Vec::new();
        }
        let found: FxHashSet<Fingerprint> = findings.iter().map(|finding| finding.fingerprint).collect();
        let pages: FxHashSet<&str> = self.corpus.pages.iter().map(|page| page.key.as_str()).collect();
        let gone = |entry: &&Entry| !found.contains(&entry.fingerprint) && self.looked_for(entry, &pages);
        old.entries().iter().filter(gone).map(|entry| entry.fingerprint).collect()
    }

    fn looked_for(&self, entry: &Entry, pages: &FxHashSet<&str>) -> bool {
        // An unknown rule belongs to a later version.
        let Some(rule) = rules::find(&entry.rule) else { return false };
        let page = entry.page.as_str();
        self.levels.runs(rule)
            && self.levels.reports(&entry.locale)
            && (rule.needs != Needs::History || self.has_history)
            // A page that is not in the corpus was removed, unless only some folders were checked.
            && (!self.narrowed || pages.contains(page))
            && !self.unread.contains(page)
    }
}
