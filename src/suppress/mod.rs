//! Suppressions: what a document says about findings that are right to stand in it.
//!
//! They stand in comments (`comments`) and in front matter (`front_matter`) of the document that the finding is reported
//! in, and each of them names its rules. Most documents hold none, which costs one search for a word.

mod comments;
mod front_matter;
mod list;
mod named;
mod scope;
#[cfg(test)]
mod tests;

use camino::Utf8Path;
use memchr::memmem;

use crate::analysis::{PageView, Version};
use crate::rules::{self, Sink, Suppressions};
use isogloss_document::Document;

/// Without this word a document suppresses nothing.
const WORD: &[u8] = b"isogloss";

/// What the documents of a page suppress, by their paths; those that suppress nothing are left out.
pub fn read<'c>(view: &PageView<'c>) -> Vec<(&'c Utf8Path, Suppressions)> {
    let of = |version: &Version<'c>| Some((version.member.path.as_path(), read_document(&version.document)?));
    view.versions.iter().filter_map(of).collect()
}

/// Takes the findings that documents of the page suppress out of the sink, and reports the suppressions that did nothing.
pub fn suppress(view: &PageView<'_>, sink: &mut Sink<'_>) {
    for (path, mut suppressions) in sink.take_suppressions() {
        sink.retain(|finding| finding.path != path || !suppressions.cover(finding.rule, finding.range));
        let version = view.versions.iter().find(|version| version.member.path == path);
        version.into_iter().for_each(|version| rules::check_suppressions(view, version, &suppressions, sink));
    }
}

/// What a document suppresses; `None` if it says nothing about it.
pub fn read_document(document: &Document) -> Option<Suppressions> {
    memmem::find(document.text.as_bytes(), WORD)?;
    let mut found = Suppressions::default();
    front_matter::read(document, &mut found);
    comments::read(document, &mut found);
    (!found.entries.is_empty() || !found.mistakes.is_empty()).then_some(found)
}
