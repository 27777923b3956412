//! What the history says of the source commits that translations record.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::config::{HistoryChoice, Root};
use crate::finding::{Notice, NoticeLevel};
use crate::history::{History, PinState, Query, Verdict};
use crate::page::{Corpus, Member};

/// Verdicts by the path of the translation.
#[derive(Debug, Default)]
pub struct Pins {
    verdicts: FxHashMap<Utf8PathBuf, (Verdict, Option<u32>)>,
    /// Why some could not be judged.
    pub notices: Vec<Notice>,
}

impl Pins {
    /// What the history says of a document's recorded commit.
    pub fn verdict(&self, path: &Utf8Path) -> Option<&Verdict> {
        self.verdicts.get(path).map(|(verdict, _)| verdict)
    }

    /// How many commits touched the source since, where that was counted.
    pub fn commits(&self, path: &Utf8Path) -> Option<u32> {
        self.verdicts.get(path).and_then(|(_, commits)| *commits)
    }
}

/// Judges every recorded commit of the corpus, with one git process for each folder that holds sources: one, as a rule.
pub fn judge(corpus: &Corpus, roots: &[Root], choice: &HistoryChoice) -> Pins {
    judge_with(corpus, roots, choice, true)
}

/// The same without counting commits, which reads the history back to the oldest of them: longer than all else takes for a
/// page or two.
pub fn judge_uncounted(corpus: &Corpus, roots: &[Root], choice: &HistoryChoice) -> Pins {
    judge_with(corpus, roots, choice, false)
}

fn judge_with(corpus: &Corpus, roots: &[Root], choice: &HistoryChoice, counted: bool) -> Pins {
    let mut pins = Pins::default();
    let given = match choice {
        HistoryChoice::Off => return pins,
        HistoryChoice::Discover => None,
        HistoryChoice::Repository(path) => Some(path.as_path()),
    };
    let mut by_root: BTreeMap<&Utf8Path, Vec<(&Member, &Member)>> = BTreeMap::new();
    let mut without_source = 0;
    for page in &corpus.pages {
        let source = corpus.source.as_ref().and_then(|source| page.member(source));
        for member in page.members.iter().filter(|member| member.pin.is_some() && Some(*member) != source) {
            match source {
                Some(source) => by_root.entry(root_of(roots, &source.path)).or_default().push((member, source)),
                None => without_source += 1,
            }
        }
    }
    if by_root.is_empty() && without_source > 0 {
        let message = format!(
            "{without_source} documents record a source commit, but no source documents are at hand to compare; check the \
             source's folder too, or pass --no-history"
        );
        pins.notices.push(Notice { level: NoticeLevel::Blind, path: None, message });
    }
    for (root, members) in by_root {
        if let Err(error) = pins.judge_root(root, given, &members, counted) {
            pins.notices.push(Notice { level: NoticeLevel::Blind, path: None, message: error.to_string() });
        }
    }
    pins
}

/// The root that holds a document: the longest one that its path begins with.
fn root_of<'r>(roots: &'r [Root], path: &Utf8Path) -> &'r Utf8Path {
    let holding = roots.iter().filter(|root| path.starts_with(&root.path));
    holding.max_by_key(|root| root.path.as_str().len()).map_or(Utf8Path::new(""), |root| &root.path)
}

impl Pins {
    fn judge_root(
        &mut self,
        root: &Utf8Path,
        given: Option<&Utf8Path>,
        members: &[(&Member, &Member)],
        counted: bool,
    ) -> Result<(), crate::history::HistoryError> {
        let folder = if root.as_str().is_empty() { Utf8Path::new(".") } else { root };
        let history = History::open(folder, given)?;
        let queries: Vec<Query<'_>> = members
            .iter()
            .map(|(member, source)| Query { pin: member.pin.as_deref().unwrap_or_default(), path: &source.path })
            .collect();
        let verdicts = history.judge(&queries)?;
        let changed: Vec<&Verdict> =
            verdicts.iter().filter(|verdict| matches!(verdict.state, PinState::Changed { .. })).collect();
        // How many commits there were is a remark in a message: a history too short to count is no reason to stop.
        let counts = if changed.is_empty() || !counted {
            Vec::new()
        } else {
            history.commits_since(&changed).unwrap_or_default()
        };
        let mut counts = counts.into_iter();
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for ((member, _), verdict) in members.iter().zip(verdicts) {
            let is_changed = matches!(verdict.state, PinState::Changed { .. });
            let commits = if is_changed { counts.next().flatten() } else { None };
            if let PinState::Unavailable(why) = &verdict.state {
                *reasons.entry(why.to_string()).or_default() += 1;
            }
            self.verdicts.insert(member.path.clone(), (verdict, commits));
        }
        for (reason, count) in reasons {
            let message = format!(
                "{count} recorded source commit{} cannot be judged: {reason}",
                if count == 1 { "" } else { "s" }
            );
            self.notices.push(Notice { level: NoticeLevel::Blind, path: None, message });
        }
        Ok(())
    }
}
