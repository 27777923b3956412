//! The result of a run.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::sources::Sources;
use super::summary::Summary;
use crate::corpus::contents::Contents;
use crate::finding::{Finding, Notice, NoticeLevel};

/// The result of a run.
#[derive(Debug, Clone)]
pub struct Report {
    /// Counts over the whole run.
    pub summary: Summary,
    /// New findings in the order of [`Finding::sort_key`], with their final severities.
    pub findings: Vec<Finding>,
    /// Known findings that still occur, in the same order.
    pub unchanged: Vec<Finding>,
    /// Notices.
    pub notices: Vec<Notice>,
    /// The contents of the documents.
    pub contents: Contents,
}

impl Report {
    /// Notices about what could not be checked, with which the run must not pass.
    pub fn incomplete_notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(|notice| notice.level == NoticeLevel::Incomplete)
    }
}

/// The rule id of such notices in formats that only have findings.
pub(super) const INCOMPLETE: &str = "incomplete";

/// The path of a notice's file for services that know the repository.
pub(super) fn path_in_repository<'n>(notice: &'n Notice, sources: &Sources<'_>) -> Option<Cow<'n, str>> {
    notice.path.as_deref().map(|path| sources.in_repository(path))
}

/// The most severe first, otherwise in the given order.
pub(super) fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| Reverse(finding.severity));
    sorted
}
