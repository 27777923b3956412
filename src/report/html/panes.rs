//! Both sides of a finding: what stands where, with what is at fault marked.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use serde_json::Value;

use super::runs::{Runs, changes, excerpt};
use crate::finding::Finding;
use crate::report::sources::Sources;
use crate::sanitize::visible;
use isogloss_text::Range;

/// One side of a finding, or one state of it.
#[derive(Serialize)]
pub(super) struct Pane {
    /// Which side it is: `here`, `there`, and of a text that was reworded `was` and `now`.
    role: &'static str,
    locale: String,
    /// Where it stands; of a text that is no more, nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// What is to be said about what is marked.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// The text; none where it is not at hand, or where the finding is about a whole file.
    #[serde(skip_serializing_if = "Option::is_none")]
    runs: Option<Runs>,
}

/// A place in a file.
#[derive(Serialize)]
struct Place {
    path: String,
    line: u32,
    column: u32,
}

/// Makes panes, with the files of the current page at hand: findings come file by file.
pub(super) struct Panes<'a> {
    sources: &'a Sources<'a>,
    current: RefCell<(Utf8PathBuf, Texts)>,
}

type Texts = HashMap<Utf8PathBuf, Option<Arc<str>>>;

impl<'a> Panes<'a> {
    pub(super) fn new(sources: &'a Sources<'a>) -> Self {
        Self { sources, current: RefCell::default() }
    }

    /// The place of the finding, then those that explain it.
    pub(super) fn of(&self, finding: &Finding) -> Vec<Pane> {
        // An empty place that nothing is to be said about stands for the whole file.
        let runs = |path: &Utf8Path, range: Range| {
            let is_file = range.start == range.end && finding.label.is_empty();
            if is_file { None } else { Some(excerpt(&self.text(finding, path)?, bytes(range))) }
        };
        let mut panes = vec![Pane {
            role: "here",
            locale: finding.locale.to_string(),
            place: Some(self.place(&finding.path, finding.range)),
            note: visible(&finding.label).into_owned(),
            runs: runs(&finding.path, finding.range),
        }];
        let word = |key: &str| finding.data.get(key).and_then(Value::as_str);
        let mut reworded = word("old").zip(word("new")).map(|(old, new)| changes(old, new));
        for (index, related) in finding.related.iter().enumerate() {
            let changed = reworded.take();
            let role = if changed.is_some() { "now" } else { "there" };
            let locale = related.locale.to_string();
            let (was, now) = changed.unzip();
            if let Some(was) = was {
                panes.push(Pane {
                    role: "was",
                    locale: locale.clone(),
                    place: None,
                    note: String::new(),
                    runs: Some(was),
                });
            }
            panes.push(Pane {
                role,
                locale,
                place: Some(self.place(&related.path, related.range)),
                note: visible(&related.message).into_owned(),
                // One text beside the other is enough; further places are named.
                runs: now.or_else(|| if index == 0 { runs(&related.path, related.range) } else { None }),
            });
        }
        panes
    }

    fn place(&self, path: &Utf8Path, range: Range) -> Place {
        let path = visible(&self.sources.in_repository(path)).into_owned();
        Place { path, line: range.start.line, column: range.start.column }
    }

    fn text(&self, finding: &Finding, path: &Utf8Path) -> Option<Arc<str>> {
        let (of, texts) = &mut *self.current.borrow_mut();
        if *of != finding.path {
            finding.path.clone_into(of);
            texts.clear();
        }
        texts.entry(path.to_owned()).or_insert_with(|| self.sources.text(path)).clone()
    }
}

fn bytes(range: Range) -> std::ops::Range<usize> {
    range.start.byte as usize..range.end.byte as usize
}
