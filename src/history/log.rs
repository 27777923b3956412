//! The two questions that need a walk through history: where a document was moved from, and how often it was touched.

use camino::Utf8Path;
use rustc_hash::FxHashMap;

use super::{Commit, History, HistoryError, Verdict};

/// What no configuration may change about what `git log` prints or runs.
const LOG: &[&str] = &["-c", "log.follow=false", "log", "-z", "--no-show-signature", "--no-mailmap", "--no-color"];

/// Renames, newest first.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// From, to.
    moves: Vec<(String, String)>,
    /// Where each new name stands in `moves`, newest first.
    by_new_name: FxHashMap<String, Vec<usize>>,
}

impl Moves {
    /// The names that a document had before this one, newest first.
    pub(super) fn former_places(&self, place: &str) -> impl Iterator<Item = String> {
        let mut found = Vec::new();
        let (mut name, mut from) = (place, 0);
        while let Some(&index) = self.by_new_name.get(name).and_then(|at| at.get(at.partition_point(|&i| i < from))) {
            name = &self.moves[index].0;
            from = index + 1;
            found.push(name.to_owned());
        }
        found.into_iter()
    }
}

/// The renames after a commit that may concern `places` below `prefix`, as git detects them; none if git cannot tell.
pub(super) fn moves(history: &History, since: &Commit, prefix: &str, places: &[&str]) -> Moves {
    let exclude = format!("^{}", since.id);
    let patterns = patterns(prefix, places);
    // Similar texts first; in a partial clone git fails for want of them, and can still tell equal ones by their ids.
    for similarity in ["--find-renames", "--find-renames=100%"] {
        let mut arguments = LOG.to_vec();
        arguments.extend(["--format=", "--diff-filter=R", "--name-status", similarity, "HEAD", &exclude, "--"]);
        arguments.extend(patterns.iter().map(String::as_str));
        if let Ok(output) = history.git.output(&arguments) {
            return read_moves(&String::from_utf8_lossy(&output));
        }
    }
    Moves::default()
}

/// Path patterns for every file below `prefix` that ends like one of `places`.
///
/// Without them git would compare every moved image and program too.
fn patterns(prefix: &str, places: &[&str]) -> Vec<String> {
    let mut endings: Vec<&str> = places.iter().filter_map(|place| Utf8Path::new(place).extension()).collect();
    endings.sort_unstable();
    endings.dedup();
    endings.iter().map(|ending| format!(":(top,glob){}**/*.{}", literal(prefix), literal(ending))).collect()
}

/// The text as a pattern that matches nothing else.
fn literal(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '*' | '?' | '[' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern
}

/// Reads `R<similarity>\0<old>\0<new>\0…`.
fn read_moves(output: &str) -> Moves {
    let mut moves = Moves::default();
    let mut words = output.split('\0').map(|word| word.trim_start_matches('\n')).filter(|word| !word.is_empty());
    while let (Some(_), Some(old), Some(new)) = (words.next(), words.next(), words.next()) {
        moves.by_new_name.entry(new.to_owned()).or_default().push(moves.moves.len());
        moves.moves.push((old.to_owned(), new.to_owned()));
    }
    moves
}

/// What marks a commit in the log: no path begins like this.
const COMMIT: char = '\u{1}';

/// See [`History::commits_since`].
pub(super) fn commits_since(history: &History, verdicts: &[&Verdict]) -> Result<Vec<Option<u32>>, HistoryError> {
    let commits = verdicts.iter().filter_map(|verdict| verdict.commit.as_deref());
    let Some(oldest) = commits.min_by_key(|commit| (commit.time, &commit.id)) else {
        return Ok(vec![None; verdicts.len()]);
    };
    let exclude = format!("^{}", oldest.id);
    let mut arguments = LOG.to_vec();
    arguments.extend(["--format=%x01%H %P", "--no-renames", "--name-only", "HEAD", &exclude, "--"]);
    let output = history.git.output(&arguments)?;
    let output = String::from_utf8_lossy(&output);
    let places = verdicts.iter().filter_map(|verdict| verdict.place.as_deref());
    let stretch = Stretch::read(&output, places);

    let commits = verdicts.iter().filter_map(|verdict| verdict.commit.as_deref());
    let mut since: FxHashMap<&str, Option<Vec<bool>>> = FxHashMap::default();
    for commit in commits {
        since.entry(&commit.id).or_insert_with(|| stretch.since(&commit.id));
    }
    let count = |verdict: &Verdict| {
        let (commit, place) = (verdict.commit.as_deref()?, verdict.place.as_deref()?);
        let is_new = since.get(commit.id.as_str())?.as_ref()?;
        Some(stretch.touched.get(place)?.iter().filter(|&&index| is_new[index]).count() as u32)
    };
    Ok(verdicts.iter().map(|verdict| count(verdict)).collect())
}

/// A stretch of history, newest first.
#[derive(Debug, Default)]
struct Stretch<'a> {
    /// Where each commit stands.
    index: FxHashMap<&'a str, usize>,
    /// The ids of each commit's parents, with spaces between them; they may lie before the stretch.
    parents: Vec<&'a str>,
    /// Which commits touched each of the places that were asked for.
    touched: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Stretch<'a> {
    /// Reads `\x01<id> <parents>\0\n<path>\0…`, of which only `places` are kept.
    fn read(output: &'a str, places: impl Iterator<Item = &'a str>) -> Self {
        let mut stretch = Self { touched: places.map(|place| (place, Vec::new())).collect(), ..Self::default() };
        for word in output.split('\0') {
            if let Some(commit) = word.strip_prefix(COMMIT) {
                let (id, parents) = commit.split_once(' ').unwrap_or((commit, ""));
                stretch.index.insert(id, stretch.parents.len());
                stretch.parents.push(parents);
            } else if let Some(touched) = stretch.touched.get_mut(word.strip_prefix('\n').unwrap_or(word)) {
                touched.push(stretch.parents.len().saturating_sub(1));
            }
        }
        stretch
    }

    /// For each commit, whether it is not among the ancestors of `commit`; `None` if the stretch does not lead there.
    fn since(&self, commit: &str) -> Option<Vec<bool>> {
        let mut is_new = vec![true; self.parents.len()];
        let Some(&start) = self.index.get(commit) else {
            let leads_there = self.parents.iter().any(|parents| parents.split(' ').any(|parent| parent == commit));
            return leads_there.then_some(is_new);
        };
        let mut open = vec![start];
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut is_new[index], false) {
                open.extend(self.parents[index].split(' ').filter_map(|parent| self.index.get(parent)));
            }
        }
        Some(is_new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_followed_through_its_names_and_never_in_a_circle() {
        // Newest first: c was b, b was a; long before, a had been c for a while.
        let moves = read_moves("R100\0b\0c\0R095\0a\0b\0R100\0c\0a\0R100\0b\0c\0");
        let names = |name| moves.former_places(name).collect::<Vec<_>>();
        assert_eq!(names("c"), ["b", "a", "c", "b"]);
        assert_eq!(names("b"), ["a", "c", "b"]);
        assert!(names("d").is_empty());
    }

    #[test]
    fn patterns_mean_their_prefix_literally() {
        let cases: [(&str, &[&str], &[&str]); 3] = [
            ("", &["a.md", "b/c.md", "d.mdx"], &[":(top,glob)**/*.md", ":(top,glob)**/*.mdx"]),
            ("content/[en]/", &["content/[en]/a.md"], &[r":(top,glob)content/\[en]/**/*.md"]),
            ("help/", &["help/LICENSE"], &[]),
        ];
        for (prefix, places, expected) in cases {
            assert_eq!(patterns(prefix, places), expected);
        }
    }

    #[test]
    fn commits_are_counted_by_descent_and_not_by_date() {
        // d merges c and b, which both come from a; a and its parent lie before the stretch.
        let log = "\u{1}d c b\0\u{1}c a\0\nx.md\0y.md\0\0\u{1}b a\0\nx.md\0";
        let stretch = Stretch::read(log, ["x.md"].into_iter());
        assert_eq!(stretch.touched["x.md"], [1, 2]);
        let since = |commit| stretch.since(commit);
        assert_eq!(since("a"), Some(vec![true, true, true]));
        assert_eq!(since("b"), Some(vec![true, true, false]));
        assert_eq!(since("d"), Some(vec![false, false, false]));
        assert_eq!(since("e"), None);
    }
}
