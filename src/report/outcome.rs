//! What a run found.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::sources::Sources;
use super::summary::Summary;
use crate::corpus::contents::Contents;
use crate::finding::{Finding, Notice, NoticeLevel};

/// What a run found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Counts over the whole run.
    pub summary: Summary,
    /// In the order of [`Finding::sort_key`], with their severities after configuration; without what the baseline names.
    pub findings: Vec<Finding>,
    /// What the baseline names and still stands, in the same order.
    pub unchanged: Vec<Finding>,
    /// What is worth telling besides.
    pub notices: Vec<Notice>,
    /// Where the documents were read.
    pub contents: Contents,
}

impl Report {
    /// What could not be seen, though it was asked for: the run must not pass.
    pub fn blind(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.level == NoticeLevel::Blind)
    }
}

/// What formats that know findings only call the rule of what could not be seen.
pub(super) const INCOMPLETE: &str = "incomplete";

/// What the services that know the repository call the file of a notice.
pub(super) fn path_in_repository<'n>(notice: &'n Notice, sources: &Sources<'_>) -> Option<Cow<'n, str>> {
    notice.path.as_deref().map(|path| sources.in_repository(path))
}

/// The worst first, and those of one severity as they were.
pub(super) fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| Reverse(finding.severity));
    sorted
}
