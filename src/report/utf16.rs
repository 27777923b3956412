//! Columns in UTF-16 code units.

use std::cell::RefCell;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::sources::Sources;
use crate::finding::Finding;
use isogloss_text::{LineIndex, Position, Range};

/// Counts columns, with the files of the current finding's page cached: findings are sorted by file.
pub(super) struct Utf16Columns<'a> {
    sources: &'a Sources<'a>,
    current: RefCell<(Utf8PathBuf, Files)>,
}

/// Files by path; `None` if the text is not available.
type Files = FxHashMap<Utf8PathBuf, Option<(Arc<str>, LineIndex)>>;

impl<'a> Utf16Columns<'a> {
    pub(super) fn new(sources: &'a Sources<'a>) -> Self {
        Self { sources, current: RefCell::default() }
    }

    /// The columns, from 1, at which a range begins and ends. `path` is a file of the finding. If its text is not available, they
    /// are counted in characters.
    pub(super) fn of(&self, finding: &Finding, path: &Utf8Path, range: Range) -> (u32, u32) {
        let (page, files) = &mut *self.current.borrow_mut();
        if *page != finding.path {
            page.clone_from(&finding.path);
            files.clear();
        }
        let read = || self.sources.text(path).map(|text| (text.clone(), LineIndex::new(&text)));
        let file = files.entry(path.to_owned()).or_insert_with(read).as_ref();
        let column = |position: Position| match file {
            Some((text, lines)) => lines.utf16_position(text, position.byte).column + 1,
            None => position.column,
        };
        (column(range.start), column(range.end))
    }
}
