//! The history since the oldest recorded commit, from one `git log`: which commits touched a document, and where it was before.

use rustc_hash::FxHashMap;

use super::git::Git;
use super::{Commit, HistoryError};

/// What no configuration may change about what `git log` prints or runs.
const LOG: &[&str] = &["-c", "log.follow=false", "log", "-z", "--no-show-signature", "--no-mailmap", "--no-color"];

/// What marks a commit in the log: no path begins like this, and neither does a change (`:`).
const COMMIT: char = '\u{1}';

/// Which part of the history is read.
#[derive(Debug, Clone)]
pub(super) struct Span {
    /// The full id of the commit after which it begins.
    pub after: String,
    /// The folder whose changes are told, with a slash at the end; empty for all.
    pub below: String,
}

/// What `git log` prints of a part of the history: `\x01<id> <time> <parents>\0` and for each change
/// `:<modes> <old blob> <new blob> <status>\0<path>\0`. All commits are there, whatever they changed.
pub(super) fn read(git: &Git, span: &Span) -> Result<String, HistoryError> {
    let exclude = format!("^{}", span.after);
    let below = format!(":(top,literal){}", span.below);
    let mut arguments = LOG.to_vec();
    arguments.extend(["--format=%x01%H %ct %P", "--raw", "--no-abbrev", "--no-renames", "--full-history", "--sparse"]);
    arguments.extend(["HEAD", &exclude, "--"]);
    if !span.below.is_empty() {
        arguments.push(&below);
    }
    git.output(&arguments).map(|output| String::from_utf8_lossy(&output).into_owned())
}

/// A stretch of history, newest first.
#[derive(Debug, Default)]
pub(super) struct Log<'l> {
    commits: Vec<Entry<'l>>,
    /// Where each commit stands in `commits`.
    index: FxHashMap<&'l str, u32>,
    /// What was done to each path, newest first.
    touched: FxHashMap<&'l str, Vec<Touch<'l>>>,
    /// What each commit deleted, by where the commit stands.
    deleted: FxHashMap<u32, Vec<Deletion<'l>>>,
}

#[derive(Debug)]
struct Entry<'l> {
    id: &'l str,
    time: i64,
    /// As printed: ids with spaces between them.
    parents: &'l str,
    /// Where the parents stand, as far as they are part of the stretch.
    known: Vec<u32>,
}

/// What a commit did to a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touch<'l> {
    /// Where the commit stands in the stretch.
    pub commit: u32,
    /// Whether the path was not there before.
    pub added: bool,
    /// What stood there afterwards; `None` if it was deleted.
    pub blob: Option<&'l str>,
}

/// A path that a commit deleted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletion<'l> {
    /// Where the commit stands in the stretch.
    pub commit: u32,
    pub path: &'l str,
    /// What stood there.
    pub blob: &'l str,
}

impl<'l> Log<'l> {
    /// Reads what [`read`] printed; of the paths, those that end in one of `endings` are kept.
    pub(super) fn parse(output: &'l str, endings: &[String]) -> Self {
        let mut log = Self::default();
        let mut words = output.split('\0').map(|word| word.trim_start_matches('\n'));
        while let Some(word) = words.next() {
            if let Some(commit) = word.strip_prefix(COMMIT) {
                let mut parts = commit.splitn(3, ' ');
                let id = parts.next().unwrap_or_default();
                let time = parts.next().and_then(|time| time.parse().ok()).unwrap_or_default();
                log.index.insert(id, log.commits.len() as u32);
                log.commits.push(Entry { id, time, parents: parts.next().unwrap_or_default(), known: Vec::new() });
            } else if word.starts_with(':')
                && let Some(path) = words.next()
                && endings.iter().any(|ending| path.ends_with(ending.as_str()))
            {
                log.change(word, path);
            }
        }
        for entry in &mut log.commits {
            entry.known = entry.parents.split(' ').filter_map(|parent| log.index.get(parent).copied()).collect();
        }
        log
    }

    /// `:<old mode> <new mode> <old blob> <new blob> <status>`
    fn change(&mut self, line: &'l str, path: &'l str) {
        let mut words = line.split(' ').skip(2);
        let (Some(old), Some(new), Some(status)) = (words.next(), words.next(), words.next()) else { return };
        let commit = (self.commits.len() as u32).saturating_sub(1);
        let gone = status.starts_with('D');
        if gone {
            self.deleted.entry(commit).or_default().push(Deletion { commit, path, blob: old });
        }
        let touch = Touch { commit, added: status.starts_with('A'), blob: (!gone).then_some(new) };
        self.touched.entry(path).or_default().push(touch);
    }

    /// What was done to a path, newest first.
    pub(super) fn touches(&self, path: &str) -> &[Touch<'l>] {
        self.touched.get(path).map_or(&[], Vec::as_slice)
    }

    /// What a commit deleted.
    pub(super) fn deletions_in(&self, commit: u32) -> &[Deletion<'l>] {
        self.deleted.get(&commit).map_or(&[], Vec::as_slice)
    }

    /// All that was deleted, newest first.
    pub(super) fn deletions(&self) -> Vec<Deletion<'l>> {
        let mut all: Vec<Deletion<'l>> = self.deleted.values().flatten().copied().collect();
        all.sort_unstable_by_key(|deletion| (deletion.commit, deletion.path));
        all
    }

    /// A commit of the stretch.
    pub(super) fn commit(&self, index: u32) -> Commit {
        let entry = &self.commits[index as usize];
        Commit { id: entry.id.to_owned(), time: entry.time }
    }

    /// For each commit, whether it is not among the ancestors of `commit`; `None` if the stretch does not lead there.
    pub(super) fn since(&self, commit: &str) -> Option<Vec<bool>> {
        let mut is_new = vec![true; self.commits.len()];
        let Some(&start) = self.index.get(commit) else {
            let leads_there = self.commits.iter().any(|entry| entry.parents.split(' ').any(|parent| parent == commit));
            return leads_there.then_some(is_new);
        };
        let mut open = vec![start];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut is_new[index as usize], false) {
                open.extend(&self.commits[index as usize].known);
            }
        }
        Some(is_new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_are_counted_by_descent_and_not_by_date() {
        // d merges c and b, which both come from a; a and its parent lie before the stretch.
        let log =
            "\u{1}d 4 c b\0\u{1}c 3 a\0\n:1 1 01 02 M\0x.md\0:0 1 00 07 A\0y.png\0\0\u{1}b 2 a\0\n:1 0 05 00 D\0x.md\0";
        let log = Log::parse(log, &[".md".to_owned()]);
        let touches: Vec<_> = log.touches("x.md").iter().map(|touch| (touch.commit, touch.blob)).collect();
        assert_eq!(touches, [(1, Some("02")), (2, None)]);
        assert!(log.touches("y.png").is_empty());
        assert_eq!(log.deletions_in(2)[0].blob, "05");
        assert_eq!(log.commit(1), Commit { id: "c".to_owned(), time: 3 });
        assert_eq!(log.since("a"), Some(vec![true, true, true]));
        assert_eq!(log.since("b"), Some(vec![true, true, false]));
        assert_eq!(log.since("d"), Some(vec![false, false, false]));
        assert_eq!(log.since("e"), None);
    }
}
