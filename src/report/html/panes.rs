//! Both sides of a finding, with the text in question marked.

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
    /// The side: `here` or `there`, and for reworded text `was` and `now`.
    role: &'static str,
    locale: String,
    /// Its place; none for text that no longer exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// The label of the marked text.
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    /// The text; none if it is not available, or if the finding is about a whole file.
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

/// Builds panes, with the files of the current page cached: findings are sorted by file.
pub(super) struct Panes<'a> {
    sources: &'a Sources<'a>,
    current: RefCell<(Utf8PathBuf, Texts)>,
}

type Texts = HashMap<Utf8PathBuf, Option<Arc<str>>>;

impl<'a> Panes<'a> {
    pub(super) fn new(sources: &'a Sources<'a>) -> Self {
        Self { sources, current: RefCell::default() }
    }

    /// The place of the finding, then the related ones.
    pub(super) fn of(&self, finding: &Finding) -> Vec<Pane> {
        // An empty place without a label means the whole file.
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
                // One other text is enough; further places are only named.
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
