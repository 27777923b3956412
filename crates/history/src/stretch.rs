//! Reading the history with `git log`, whole or back to where it is enough, and never less without an error.

use std::io::{BufRead, BufReader};

use rustc_hash::FxHashSet;

use crate::batch::{read_complaints, text_of};
use crate::error::HistoryError;
use crate::git::Git;
use crate::log::{COMMIT, Kept, Log};

/// What no configuration may change about what `git log` prints or runs, beside what [`Git::command`] sets. A value that git
/// does not accept ends it, and with it the reading of the log.
const LOG: &[&str] = &[
    "log",
    "-z",
    "--no-show-signature",
    "--no-mailmap",
    "--no-color",
    "--no-decorate",
    "--no-notes",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=none",
    "--diff-merges=off",
    "-O/dev/null",
];

/// What is said of a log that is not whole, though git does not say why.
const CUT_OFF: &str = "git log ended in the middle";

/// Which part of the history is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span {
    /// The full id of the commit after which it begins; all of it without one.
    pub after: Option<String>,
    /// The folder whose changes are told, with a slash at the end; empty for all.
    pub below: String,
}

/// A part of the history, as `git log` prints it: `\x01<id> <time> <parents>\0` and for each change
/// `:<modes> <old blob> <new blob> <status>\0<path>\0`. All commits are there, whatever they changed.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    pub span: Span,
    printed: String,
}

fn arguments(span: &Span) -> Vec<String> {
    let fixed =
        ["--format=%x01%H %ct %P", "--raw", "--no-abbrev", "--no-renames", "--full-history", "--sparse", "HEAD"];
    let mut arguments: Vec<String> = LOG.iter().chain(&fixed).map(|&argument| argument.to_owned()).collect();
    arguments.extend(span.after.as_ref().map(|after| format!("^{after}")));
    arguments.push("--".to_owned());
    if !span.below.is_empty() {
        arguments.push(format!(":(top,literal){}", span.below));
    }
    arguments
}

/// Reads a part of the history.
pub(crate) fn read(git: &Git, span: Span) -> Result<Stretch, HistoryError> {
    let arguments = arguments(&span);
    let output = git.output(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    // Nothing is only right where `HEAD` does not descend from where the span begins.
    let is_cut_off = if let Some(&last) = output.last() {
        last != 0
    } else {
        let mut newest = vec!["rev-list", "--max-count=1", "HEAD"];
        newest.extend(span.after.as_deref().into_iter().flat_map(|after| ["--not", after]));
        !git.quick_output(&newest)?.is_empty()
    };
    if is_cut_off {
        return Err(git.complaint(CUT_OFF));
    }
    Ok(Stretch { span, printed: text_of(output) })
}

/// The same, from the newest commit back to the one that `is_enough`; it gets each by itself. The span has no beginning.
pub(crate) fn read_until(
    git: &Git,
    span: Span,
    kept: Kept<'_>,
    mut is_enough: impl FnMut(&Log<'_>) -> bool,
) -> Result<Stretch, HistoryError> {
    let arguments = arguments(&span);
    let mut command = git.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut child = command.spawn().map_err(|error| HistoryError::from_start(&error))?;
    let complaints = child.stderr.take().map(read_complaints);
    let mut printed: Vec<u8> = Vec::new();
    let mut ends = Ends::default();
    let mut is_whole = child.stdout.is_none();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::with_capacity(1 << 16, output);
        let (mut begin, mut is_path) = (0, false);
        loop {
            let end = printed.len();
            let more = output.read_until(0, &mut printed).is_ok_and(|count| count > 0);
            let begins = !is_path && printed[end..].starts_with(COMMIT.as_bytes());
            is_path = !is_path && printed[end..].trim_ascii_start().starts_with(b":");
            if (!more || begins) && end > begin {
                let record = String::from_utf8_lossy(&printed[begin..end]);
                let commit = Log::parse(&record, kept);
                ends.see(&commit);
                if is_enough(&commit) {
                    printed.truncate(end);
                    break;
                }
                begin = end;
            }
            if !more {
                is_whole = true;
                break;
            }
        }
    }
    if !is_whole {
        let _ = child.kill();
    }
    let status = child.wait();
    let said = complaints.and_then(|reader| reader.join().ok()).unwrap_or_default();
    if is_whole && (!status.is_ok_and(|status| status.success()) || !ends.are_met(&printed)) {
        return Err(git.complaint(if said.is_empty() { CUT_OFF } else { &said }));
    }
    Ok(Stretch { span, printed: text_of(printed) })
}

/// Where a history that was read to its end has to end: each parent is a commit of it.
#[derive(Debug, Default)]
struct Ends {
    commits: FxHashSet<String>,
    parents: Vec<String>,
}

impl Ends {
    fn see(&mut self, record: &Log<'_>) {
        for (commit, parents) in record.ancestry() {
            self.commits.insert(commit.to_owned());
            self.parents.extend(parents.filter(|parent| !parent.is_empty()).map(str::to_owned));
        }
    }

    fn are_met(&self, printed: &[u8]) -> bool {
        printed.last() == Some(&0) && self.parents.iter().all(|parent| self.commits.contains(parent))
    }
}

impl Stretch {
    /// What it says of the paths that are `kept`.
    pub(crate) fn log(&self, kept: Kept<'_>) -> Log<'_> {
        Log::parse(&self.printed, kept)
    }

    /// Whether it tells all that another part would tell, if it leads as far back.
    pub(crate) fn covers(&self, below: &str) -> bool {
        below.starts_with(&self.span.below)
    }
}
