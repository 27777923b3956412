//! Parses the output of `git log`: which commits touched a document, and where it was before.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::commit::Commit;

/// Starts a commit in the output; a change starts with `:`.
pub(crate) const COMMIT: &str = "\u{1}";

/// Endings that a document may have had before it was moved.
const ENDINGS: [&str; 3] = [".md", ".mdx", ".markdown"];

/// Endings of paths that matter.
#[derive(Debug)]
pub(crate) struct Endings(Vec<String>);

impl Endings {
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.iter().any(|ending| path.ends_with(ending.as_str()))
    }
}

/// The endings of these paths, and those of all documents.
pub(crate) fn endings<'p>(places: impl Iterator<Item = &'p str>) -> Endings {
    let own = places.filter_map(|place| place.rfind('.').map(|at| &place[at..]));
    let mut endings: Vec<String> = own.chain(ENDINGS).map(str::to_owned).collect();
    endings.sort_unstable();
    endings.dedup();
    Endings(endings)
}

/// Whether to keep the changes of a path.
pub(crate) type Kept<'k> = &'k dyn Fn(&str) -> bool;

/// A part of the history, newest first.
#[derive(Debug, Default)]
pub(crate) struct Log<'l> {
    commits: Vec<LoggedCommit<'l>>,
    /// The index of each commit in `commits`.
    index: FxHashMap<&'l str, u32>,
    /// The changes of each path, newest first.
    touched: FxHashMap<&'l str, Vec<Touch<'l>>>,
    /// The deletions in each commit, by its index.
    deleted: FxHashMap<u32, Vec<Deletion<'l>>>,
    /// The first path with each blob that a commit deleted.
    deleted_as: FxHashMap<(u32, &'l str), &'l str>,
    /// Whether the output ends inside a record.
    is_cut_off: bool,
}

#[derive(Debug)]
struct LoggedCommit<'l> {
    id: &'l str,
    time: i64,
    /// As printed: ids separated by spaces.
    parents: &'l str,
    /// The indexes of the parents that are in this part of the history.
    known: Vec<u32>,
}

impl<'l> LoggedCommit<'l> {
    fn parents(&self) -> impl Iterator<Item = &'l str> + use<'l> {
        self.parents.split(' ')
    }

    fn first_parent(&self) -> &'l str {
        self.parents().next().unwrap_or_default()
    }
}

/// A change of a path by a commit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Touch<'l> {
    /// The index of the commit.
    pub commit: u32,
    /// Whether the path did not exist before.
    pub added: bool,
    /// The blob at the path afterwards; `None` if it was deleted.
    pub blob: Option<&'l str>,
}

/// A path that a commit deleted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deletion<'l> {
    /// The index of the commit.
    pub commit: u32,
    pub path: &'l str,
    /// The blob that was there.
    pub blob: &'l str,
}

impl<'l> Log<'l> {
    /// Parses git's output, and keeps the changes of paths that are `kept`.
    pub(crate) fn parse(output: &'l str, kept: Kept<'_>) -> Self {
        let mut log = Self::default();
        let whole = output.strip_suffix('\0');
        // Every record ends with a NUL.
        log.is_cut_off = whole.is_none() && !output.is_empty();
        let mut words = whole.unwrap_or(output).split('\0');
        while let Some(word) = words.next() {
            let word = word.trim_start_matches('\n');
            if let Some(commit) = word.strip_prefix(COMMIT) {
                let mut parts = commit.splitn(3, ' ');
                let id = parts.next().unwrap_or_default();
                let time = parts.next().and_then(|time| time.parse().ok());
                let parents = parts.next();
                log.is_cut_off |= time.is_none() || parents.is_none();
                log.index.insert(id, log.commits.len() as u32);
                log.commits.push(LoggedCommit {
                    id,
                    time: time.unwrap_or_default(),
                    parents: parents.unwrap_or_default(),
                    known: Vec::new(),
                });
            } else if word.starts_with(':') {
                // A path may start like a commit or a change, so it is read together with its change.
                let Some(path) = words.next() else {
                    log.is_cut_off = true;
                    break;
                };
                if kept(path) {
                    log.change(word, path);
                }
            }
        }
        for entry in &mut log.commits {
            entry.known = entry.parents().filter_map(|parent| log.index.get(parent).copied()).collect();
        }
        log
    }

    /// Whether git ended in the middle of a record.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.is_cut_off
    }

    /// The parents that are not in this part of the history, sorted and without duplicates: where it starts, or where
    /// git ended early.
    pub(crate) fn missing_parents(&self) -> Vec<&'l str> {
        let parents = self.commits.iter().flat_map(LoggedCommit::parents);
        let mut missing: Vec<&str> =
            parents.filter(|parent| !parent.is_empty() && !self.index.contains_key(parent)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// `:<old mode> <new mode> <old blob> <new blob> <status>`
    fn change(&mut self, line: &'l str, path: &'l str) {
        let mut words = line.split(' ').skip(2);
        let (Some(old), Some(new), Some(status)) = (words.next(), words.next(), words.next()) else { return };
        let Some(commit) = (self.commits.len() as u32).checked_sub(1) else { return };
        let gone = status.starts_with('D');
        if gone {
            self.deleted.entry(commit).or_default().push(Deletion { commit, path, blob: old });
            self.deleted_as.entry((commit, old)).or_insert(path);
        }
        let touch = Touch { commit, added: status.starts_with('A'), blob: (!gone).then_some(new) };
        self.touched.entry(path).or_default().push(touch);
    }

    /// The changes of a path, newest first.
    pub(crate) fn touches(&self, path: &str) -> &[Touch<'l>] {
        self.touched.get(path).map_or(&[], Vec::as_slice)
    }

    /// All paths with changes.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &'l str> + '_ {
        self.touched.keys().copied()
    }

    /// What a commit deleted.
    pub(crate) fn deletions_in(&self, commit: u32) -> &[Deletion<'l>] {
        self.deleted.get(&commit).map_or(&[], Vec::as_slice)
    }

    /// The deletion of a path with this blob in a commit.
    pub(crate) fn deletion_of(&self, commit: u32, blob: &'l str) -> Option<Deletion<'l>> {
        self.deleted_as.get(&(commit, blob)).map(|path| Deletion { commit, path, blob })
    }

    /// All deletions, newest first.
    pub(crate) fn deletions(&self) -> Vec<Deletion<'l>> {
        let mut all: Vec<Deletion<'l>> = self.deleted.values().flatten().copied().collect();
        all.sort_unstable_by_key(|deletion| (deletion.commit, deletion.path));
        all
    }

    /// The commit with an index.
    pub(crate) fn commit(&self, index: u32) -> Commit {
        let entry = &self.commits[index as usize];
        Commit { id: entry.id.to_owned(), time: entry.time }
    }

    /// The newest commit: its id, its time, and the id of its first parent, which is empty if it has none.
    pub(crate) fn first(&self) -> Option<(&'l str, i64, &'l str)> {
        self.commits.first().map(|entry| (entry.id, entry.time, entry.first_parent()))
    }

    /// Whether a commit has no parents, because the history starts with it or is cut off there.
    pub(crate) fn is_first(&self, commit: u32) -> bool {
        self.commits[commit as usize].parents.is_empty()
    }

    /// The first-parent ancestors of `HEAD`, newest first.
    fn main_line(&self) -> impl Iterator<Item = u32> + '_ {
        let next = |commit: &u32| self.index.get(self.commits[*commit as usize].first_parent()).copied();
        // Guards against circles in malformed output.
        std::iter::successors((!self.commits.is_empty()).then_some(0), next).take(self.commits.len())
    }

    /// The newest commit of the main line that is at least as old as `time`; `None` if this part of the history does
    /// not go back that far.
    pub(crate) fn on_main_line(&self, time: i64) -> Option<u32> {
        self.main_line().find(|&commit| self.commits[commit as usize].time <= time)
    }

    /// For each commit, the commit of the main line that brought it there: itself, or a merge.
    pub(crate) fn landings(&self) -> Vec<Option<u32>> {
        let mut landings = vec![None; self.commits.len()];
        let line: Vec<u32> = self.main_line().collect();
        for commit in line.into_iter().rev() {
            let mut open = vec![commit];
            while let Some(index) = open.pop() {
                if landings[index as usize].is_none() {
                    landings[index as usize] = Some(commit);
                    open.extend(&self.commits[index as usize].known);
                }
            }
        }
        landings
    }

    /// The last change of a path to reach the main line; changes that only moved it are skipped.
    pub(crate) fn last_change(&self, path: &str, landings: &[Option<u32>]) -> Option<Touch<'l>> {
        let last = |path: &str, from: u32| -> Option<Touch<'l>> {
            let touches = self.touches(path).iter().filter(|touch| touch.commit >= from);
            // If one merge brought two, the newer one counts.
            touches.min_by_key(|touch| (landings[touch.commit as usize].unwrap_or(u32::MAX), touch.commit)).copied()
        };
        let mut found = last(path, 0)?;
        let mut path = path;
        while found.added
            && let Some(before) = self.moved_from(path, found.commit)
            && let Some(older) = last(before, found.commit + 1)
        {
            (path, found) = (before, older);
        }
        Some(found)
    }

    /// The path of a file before a commit that moved it unchanged.
    pub(crate) fn moved_from(&self, path: &str, commit: u32) -> Option<&'l str> {
        let touch = self.touches(path).iter().find(|touch| touch.commit == commit && touch.added)?;
        self.deletion_of(commit, touch.blob?).map(|gone| gone.path)
    }

    /// Which commits came after each of the given commits.
    pub(crate) fn since<'c>(&self, commits: impl IntoIterator<Item = &'c str>) -> Since<'c> {
        let before: FxHashSet<&str> = self.commits.iter().flat_map(LoggedCommit::parents).collect();
        let mut bits: FxHashMap<&'c str, Option<usize>> = FxHashMap::default();
        let mut starts: Vec<Option<u32>> = Vec::new();
        for commit in commits {
            bits.entry(commit).or_insert_with(|| {
                let start = self.index.get(commit).copied();
                (start.is_some() || before.contains(commit)).then(|| {
                    starts.push(start);
                    starts.len() - 1
                })
            });
        }
        let width = starts.len().div_ceil(64);
        let mut reached = vec![0_u64; width * self.commits.len()];
        for (bit, start) in starts.iter().enumerate().filter_map(|(bit, start)| Some((bit, (*start)?))) {
            reached[start as usize * width + bit / 64] |= 1 << (bit % 64);
        }
        self.pass_on(&mut reached, width);
        Since { bits, reached, width }
    }

    /// Adds the `width` words of each commit to those of all its ancestors.
    fn pass_on(&self, words: &mut [u64], width: usize) {
        let mut children = vec![0_u32; self.commits.len()];
        self.commits.iter().flat_map(|entry| &entry.known).for_each(|&parent| children[parent as usize] += 1);
        let mut open: Vec<u32> = (0..children.len() as u32).filter(|&commit| children[commit as usize] == 0).collect();
        while let Some(commit) = open.pop() {
            for &parent in &self.commits[commit as usize].known {
                let (from, to) = (commit as usize * width, parent as usize * width);
                (0..width).for_each(|word| words[to + word] |= words[from + word]);
                children[parent as usize] -= 1;
                if children[parent as usize] == 0 {
                    open.push(parent);
                }
            }
        }
    }
}

/// Which commits came after each of some given commits, that is, are not their ancestors.
#[derive(Debug)]
pub(crate) struct Since<'c> {
    /// The bit of each given commit; `None` if this part of the history does not go back that far.
    bits: FxHashMap<&'c str, Option<usize>>,
    /// `width` words of bits for each commit: whether it is an ancestor of the given commit.
    reached: Vec<u64>,
    width: usize,
}

impl Since<'_> {
    /// A test whether a commit came after `commit`; `None` if this part of the history does not go back that far.
    pub(crate) fn after(&self, commit: &str) -> Option<impl Fn(u32) -> bool + '_> {
        let bit = (*self.bits.get(commit)?)?;
        Some(move |index: u32| self.reached[index as usize * self.width + bit / 64] >> (bit % 64) & 1 == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_not_taken_for_commits_or_changes() {
        let log =
            "\u{1}b 2 a\0\n:1 1 01 02 M\0\u{1}c 9 d\0:1 1 03 04 M\0\nx.md\0:1 1 05 06 M\0:1 1 07 08 D\0\u{1}a 1 \0";
        let log = Log::parse(log, &|_| true);
        assert_eq!(log.commits.iter().map(|commit| commit.id).collect::<Vec<_>>(), ["b", "a"]);
        let mut paths: Vec<&str> = log.paths().collect();
        paths.sort_unstable();
        assert_eq!(paths, ["\u{1}c 9 d", "\nx.md", ":1 1 07 08 D"]);
    }

    #[test]
    fn output_that_ends_early_is_noticed() {
        let whole = "\u{1}c 3 b\0\n:1 1 01 02 M\0x.md\0\u{1}b 2 a\0";
        for end in 1..whole.len() {
            let log = Log::parse(&whole[..end], &|_| false);
            let is_record = whole[..end].ends_with("b\0") || whole[..end].ends_with("x.md\0");
            assert_eq!(log.is_cut_off(), !is_record, "{:?}", &whole[..end]);
        }
        let log = Log::parse(whole, &|_| false);
        assert!(!log.is_cut_off());
        assert_eq!(log.missing_parents(), ["a"]);
        assert_eq!(Log::parse("", &|_| false).missing_parents(), [""; 0]);
    }

    #[test]
    fn malformed_output_does_no_harm() {
        let log =
            Log::parse(":1 1 01 02 M\0x.md\0\u{1}a 9 b\0\u{1}b 9 a\0\u{1}\0\u{1}c x a a a\0:\0:D\0x.md", &|_| true);
        assert!(log.touches("x.md").is_empty());
        assert_eq!(log.on_main_line(0), None);
        assert_eq!(log.landings().len(), 4);
        assert!(log.since(["a", "b", ""]).after("c").is_none());
    }

    #[test]
    fn commits_are_counted_by_descent_and_not_by_date() {
        // d merges c and b, which both descend from a; a and its parent are older than the log.
        let log =
            "\u{1}d 4 c b\0\u{1}c 3 a\0\n:1 1 01 02 M\0x.md\0:0 1 00 07 A\0y.png\0\0\u{1}b 2 a\0\n:1 0 05 00 D\0x.md\0";
        let log = Log::parse(log, &|path| path == "x.md");
        let touches: Vec<_> = log.touches("x.md").iter().map(|touch| (touch.commit, touch.blob)).collect();
        assert_eq!(touches, [(1, Some("02")), (2, None)]);
        assert!(log.touches("y.png").is_empty());
        assert_eq!(log.deletions_in(2)[0].blob, "05");
        assert_eq!(log.commit(1), Commit { id: "c".to_owned(), time: 3 });
        let since = log.since(["a", "b", "d", "e", "b"]);
        let after = |commit| since.after(commit).map(|is_after| [0, 1, 2].map(is_after));
        assert_eq!(after("a"), Some([true, true, true]));
        assert_eq!(after("b"), Some([true, true, false]));
        assert_eq!(after("d"), Some([false, false, false]));
        assert_eq!(after("e"), None);
    }
}
