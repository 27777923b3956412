//! Suppressions: findings that a document marks as intended.
//!
//! They are written in comments (`comments`) or in front matter (`front_matter`) of the document in which the finding is
//! reported, and each names its rules. Most documents have none, which costs one substring search.

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

/// A document without this word suppresses nothing.
const WORD: &[u8] = b"isogloss";

/// The suppressions of the page's documents, by path. Documents without any are omitted.
pub fn read<'c>(view: &PageView<'c>) -> Vec<(&'c Utf8Path, Suppressions)> {
    let of = |version: &Version<'c>| Some((version.member.path.as_path(), read_document(&version.document)?));
    view.versions.iter().filter_map(of).collect()
}

/// Removes suppressed findings from the sink, and reports unused suppressions.
pub fn suppress(view: &PageView<'_>, sink: &mut Sink<'_>) {
    for (path, mut suppressions) in sink.take_suppressions() {
        sink.retain(|finding| finding.path != path || !suppressions.cover(finding.rule, finding.range));
        let version = view.versions.iter().find(|version| version.member.path == path);
        version.into_iter().for_each(|version| rules::check_suppressions(view, version, &suppressions, sink));
    }
}

/// The suppressions of a document; `None` if there are none.
pub fn read_document(document: &Document) -> Option<Suppressions> {
    memmem::find(document.text.as_bytes(), WORD)?;
    let mut found = Suppressions::default();
    front_matter::read(document, &mut found);
    comments::read(document, &mut found);
    (!found.entries.is_empty() || !found.mistakes.is_empty()).then_some(found)
}
