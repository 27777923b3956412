//! What the history says of the source commits that translations record.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::config::{Config, HistoryChoice, Root};
use crate::finding::{Notice, NoticeLevel};
use crate::head::find_id;
use crate::history::{History, HistoryError, Judged, PinState, Query, Verdict};
use crate::page::{Corpus, Member};

/// Verdicts by the path of the translation.
#[derive(Debug, Default)]
pub struct Pins {
    /// Where each stands: in which of `histories`, and there.
    verdicts: FxHashMap<Utf8PathBuf, (usize, usize)>,
    /// Kept open, so that older versions of a page can be read.
    histories: Vec<Judged>,
    /// Why some could not be judged.
    pub notices: Vec<Notice>,
}

impl Pins {
    /// What the history says of a document's recorded commit.
    pub fn verdict(&self, path: &Utf8Path) -> Option<&Verdict> {
        let (history, index) = self.verdicts.get(path)?;
        self.histories.get(*history)?.verdicts.get(*index)
    }

    /// The history that a document's recorded commit was looked up in.
    pub fn history(&self, path: &Utf8Path) -> Option<&Judged> {
        self.verdicts.get(path).and_then(|(history, _)| self.histories.get(*history))
    }
}

/// Judges every recorded commit of the corpus, with one git process for each folder that holds sources: one, as a rule.
pub fn judge(corpus: &Corpus, roots: &[Root], config: &Config) -> Pins {
    let mut pins = Pins::default();
    let given = match &config.history {
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
        if let Err(error) = pins.judge_root(root, given, &members, config) {
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
    fn judge_root<'a>(
        &mut self,
        root: &Utf8Path,
        given: Option<&Utf8Path>,
        members: &[(&'a Member, &'a Member)],
        config: &Config,
    ) -> Result<(), HistoryError> {
        let folder = if root.as_str().is_empty() { Utf8Path::new(".") } else { root };
        let history = History::open(folder, given)?;
        let history = if config.change.is_some() { history.uncounted() } else { history };
        let query = |(member, source): &(&'a Member, &'a Member)| Query {
            pin: member.pin.as_deref().unwrap_or_default(),
            path: &source.path,
            id: source.id.as_deref(),
        };
        let queries: Vec<Query<'a>> = members.iter().map(query).collect();
        let judged = history.judge(&queries, &|text| find_id(text, &config.id_keys))?;
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for (index, ((member, _), verdict)) in members.iter().zip(&judged.verdicts).enumerate() {
            if let PinState::Unavailable(why) = &verdict.state {
                *reasons.entry(why.to_string()).or_default() += 1;
            }
            self.verdicts.insert(member.path.clone(), (self.histories.len(), index));
        }
        for (reason, count) in reasons {
            let message = format!(
                "{count} recorded source commit{} cannot be judged: {reason}",
                if count == 1 { "" } else { "s" }
            );
            self.notices.push(Notice { level: NoticeLevel::Blind, path: None, message });
        }
        self.histories.push(judged);
        Ok(())
    }
}
