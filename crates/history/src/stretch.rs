//! Reads the history with `git log`, whole or as far back as needed. A history that is cut off is an error.

use std::io::{BufRead, BufReader};

use crate::batch::{read_stderr, text_of};
use crate::error::HistoryError;
use crate::git::Git;
use crate::log::{COMMIT, Kept, Log};

/// Options that keep the configuration from changing what `git log` prints or runs, in addition to those of
/// [`Git::command`]. Git fails on values that it does not accept, and then the log is not read.
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

/// The error for a log that is not whole, although git does not say why.
const CUT_OFF: &str = "git log ended early";

/// The part of the history to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span {
    /// The full id of the commit after which it starts; `None` for everything.
    pub after: Option<String>,
    /// The folder whose changes are listed, with a slash at the end; empty for all.
    pub below: String,
}

/// A part of the history, as `git log` prints it: `\x01<id> <time> <parents>\0`, and for each change `:<modes> <old
/// blob> <new blob> <status>\0<path>\0`. All commits are included, whatever they changed.
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
    let stretch = Stretch { span, printed: text_of(output) };
    if stretch.is_whole(git)? { Ok(stretch) } else { Err(git.error(CUT_OFF)) }
}

/// Reads the history from the newest commit back to one for which `is_enough` holds; it is called for each commit. The
/// span must not have a start.
pub(crate) fn read_until(
    git: &Git,
    span: Span,
    kept: Kept<'_>,
    mut is_enough: impl FnMut(&Log<'_>) -> bool,
) -> Result<Stretch, HistoryError> {
    let arguments = arguments(&span);
    let mut command = git.command(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    let mut child = command.spawn().map_err(|error| HistoryError::from_start(&error))?;
    let stderr = child.stderr.take().map(read_stderr);
    let mut printed: Vec<u8> = Vec::new();
    let mut is_read_to_end = child.stdout.is_none();
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
                if !commit.is_cut_off() && is_enough(&commit) {
                    printed.truncate(end);
                    break;
                }
                begin = end;
            }
            if !more {
                is_read_to_end = true;
                break;
            }
        }
    }
    if !is_read_to_end {
        let _ = child.kill();
    }
    let status = child.wait();
    let stderr = stderr.and_then(|reader| reader.join().ok()).unwrap_or_default();
    let stretch = Stretch { span, printed: text_of(printed) };
    if is_read_to_end && !(status.is_ok_and(|status| status.success()) && stretch.is_whole(git)?) {
        return Err(git.error(if stderr.is_empty() { CUT_OFF } else { &stderr }));
    }
    Ok(stretch)
}

/// The most commits on one command line.
const MOST_COMMITS: usize = 1_000;

impl Stretch {
    /// Whether git printed all commits of the span: each parent is part of it or older than its start. The exit status
    /// is not enough, because `git` may be a script.
    fn is_whole(&self, git: &Git) -> Result<bool, HistoryError> {
        let log = self.log(&|_| false);
        if log.is_cut_off() {
            return Ok(false);
        }
        let missing = if log.first().is_none() { vec!["HEAD"] } else { log.missing_parents() };
        let after = self.span.after.as_deref();
        let unknown: Vec<&str> = missing.into_iter().filter(|&parent| Some(parent) != after).collect();
        if after.is_none() && log.first().is_some() {
            return Ok(unknown.is_empty());
        }
        for commits in unknown.chunks(MOST_COMMITS) {
            let mut newer = vec!["rev-list", "--max-count=1"];
            newer.extend(commits);
            newer.extend(after.into_iter().flat_map(|after| ["--not", after]));
            if !git.quick_output(&newer)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Parses the changes of paths that are `kept`.
    pub(crate) fn log(&self, kept: Kept<'_>) -> Log<'_> {
        Log::parse(&self.printed, kept)
    }

    /// Whether it includes all changes of the files below a folder, as far back as it goes.
    pub(crate) fn covers(&self, below: &str) -> bool {
        below.starts_with(&self.span.below)
    }
}
