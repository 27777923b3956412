//! What a rule gets to see: documents that are parsed, aligned and read, never text to parse again.

use std::sync::{Arc, OnceLock};

use crate::page::{Member, Page};
use isogloss_align::changes::Changes;
use isogloss_align::{Alignment, Outline, Outlined};
use isogloss_document::{Block, Document, PLACEHOLDER};
use isogloss_history::{Judged, Revision, Verdict};
use isogloss_quantities::Reader;
use isogloss_text::Locale;
use isogloss_text::Span;

use super::origins::{Origins, Texts};
use super::quantities::{Index, Mismatch};
use super::structure::{Fault, FaultKind};

/// One locale's document of a page.
#[derive(Debug)]
pub struct Version<'c> {
    /// Where it stands in the corpus.
    pub member: &'c Member,
    /// Its content.
    pub document: Document,
    /// Its outline, made when it is first asked for.
    pub outline: OnceLock<Outline>,
    /// The source commit that it records.
    pub pin: Option<Pin>,
    /// What the history says of that commit, or of the one that is guessed in its place; `None` without history.
    pub verdict: Option<&'c Verdict>,
    /// Whether the commit is a guess: the source as it was when the translation was last changed.
    pub is_guess: bool,
    /// The history that it was looked up in.
    pub history: Option<&'c Judged>,
    /// The source at the pin, where it has changed since and can be compared.
    pub past: Option<Arc<Past>>,
    /// Reads quantities in its language.
    pub reader: &'static Reader,
}

/// The source at a recorded commit.
#[derive(Debug)]
pub struct Past {
    /// How it read.
    pub document: Document,
    /// What changed since.
    pub changes: Changes,
}

/// A recorded source commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The commit's id as written.
    pub id: String,
    /// Where it is written.
    pub span: Span,
}

impl Version<'_> {
    /// Its locale.
    pub fn locale(&self) -> &Locale {
        &self.member.locale
    }

    /// Its content, ready to be aligned.
    pub fn outlined(&self) -> Outlined<'_> {
        (&self.document, self.outline.get_or_init(|| Outline::new(&self.document)))
    }

    /// The commits that touched the source since the pin, newest first; `None` if it did not change or that is not known.
    pub fn revisions(&self) -> Option<Arc<[Revision]>> {
        self.history?.revisions(self.verdict?)
    }

    /// Where it records its source commit, or else where it would: its beginning.
    pub fn pin_span(&self) -> Span {
        let front = self.document.front_matter.as_ref();
        let top = || front.map_or(Span::at(0), |front| Span::at(front.span.start as usize));
        self.pin.as_ref().map_or_else(top, |pin| pin.span)
    }

    /// The quoted beginning of a block's text, for messages: at most about 40 characters. Code stands in it as it is written:
    /// many headings are nothing else.
    pub fn quote(&self, block: &Block) -> String {
        let plain = self.document.plain_of(block);
        let mut text = String::new();
        let mut from = 0;
        for (at, placeholder) in plain.match_indices(PLACEHOLDER) {
            if text.len() > LONGEST_QUOTED {
                break;
            }
            let start = block.plain.start as usize + at;
            let source = self.document.plain.source(Span::new(start, start + placeholder.len()));
            let written = source.slice(&self.document.text);
            text += &plain[from..at];
            text += if written.starts_with('`') && !written.contains('\n') { written } else { placeholder };
            from = at + placeholder.len();
        }
        shorten(&(text + &plain[from..]))
    }

    /// What a block is known by while the file is edited elsewhere: its readable text, or what is written where it has none.
    pub fn identity(&self, block: &Block) -> &str {
        let text = self.document.plain_of(block);
        if text.contains(char::is_alphanumeric) { text } else { block.span.slice(&self.document.text) }
    }
}

/// More text than this is never quoted, in bytes: 60 characters of at most four.
const LONGEST_QUOTED: usize = 240;

/// The beginning of a text in one line, cut at a word.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.replace(PLACEHOLDER, "…");
    let mut out = String::new();
    for word in text.split_whitespace() {
        let length = out.chars().count();
        if length > 0 && length + word.chars().count() > LONGEST {
            // What the cut leaves at the end would read as "here.…".
            out.truncate(out.trim_end_matches(['…', '.', ',', ';', ':']).trim_end().len());
            return out + "…";
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    // A language without spaces has one long word.
    if out.chars().count() > LONGEST + 20 {
        out = out.chars().take(LONGEST).collect::<String>() + "…";
    }
    out
}

/// One page with all its documents.
#[derive(Debug)]
pub struct PageView<'c> {
    /// The page.
    pub page: &'c Page,
    /// Its documents, sorted by locale.
    pub versions: Vec<Version<'c>>,
    /// Index of the one that the others are compared with.
    pub reference: usize,
    /// Whether the reference is the source that the others are translated from.
    pub has_source: bool,
    /// The other documents beside the reference, in the order of their locales.
    pub pairs: Vec<Comparison>,
}

/// A document beside the reference.
#[derive(Debug)]
pub struct Comparison {
    /// Index of the document in [`PageView::versions`].
    pub version: usize,
    /// The reference's blocks beside the document's.
    pub alignment: Alignment,
    /// The blocks of the source at the pin beside the document's, where the source has changed since.
    pub pinned: Option<Alignment>,
    /// What one side lacks or has elsewhere.
    pub faults: Vec<Fault>,
    /// Where the faults come from, once they were [traced](PageView::trace).
    pub origins: Origins,
    /// Quantities that differ.
    pub mismatches: Vec<Mismatch>,
    /// The same by their places, made when they are first looked up, after which they must not change.
    pub index: OnceLock<Index>,
}

impl Comparison {
    /// The quantities that differ by their places in the reference.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.mismatches))
    }
}

/// A document beside the reference, as a rule looks at it.
#[derive(Debug, Clone, Copy)]
pub struct PairView<'v> {
    /// The page.
    pub page: &'v PageView<'v>,
    /// What the document is compared with.
    pub reference: &'v Version<'v>,
    /// The document.
    pub translation: &'v Version<'v>,
    /// What the comparison found.
    pub comparison: &'v Comparison,
}

impl<'c> PageView<'c> {
    /// The document that the others are compared with.
    pub fn reference(&self) -> &Version<'c> {
        &self.versions[self.reference]
    }

    /// Whether the history has more to say of it than whether something changed.
    pub fn asks_history(&self) -> bool {
        self.versions.iter().any(|version| version.past.is_some())
    }

    /// Finds out where the faults come from. This may wait until git has read its log.
    pub fn trace(&mut self) {
        let Some(reference) = self.versions.get(self.reference) else { return };
        let texts = Texts::default();
        for comparison in &mut self.pairs {
            comparison.origins = Origins::of(reference, &self.versions[comparison.version], comparison, &texts);
        }
    }

    /// The other documents beside the reference.
    pub fn comparisons(&self) -> impl Iterator<Item = PairView<'_>> {
        self.pairs.iter().map(|comparison| PairView {
            page: self,
            reference: self.reference(),
            translation: &self.versions[comparison.version],
            comparison,
        })
    }
}

impl PairView<'_> {
    /// The reference's name in messages: "English source", or "English version" if no source is known.
    pub(super) fn reference_name(&self) -> String {
        let kind = if self.page.has_source { "source" } else { "version" };
        format!("{} {kind}", self.reference.locale().name())
    }

    /// The faults of structure of some kinds.
    pub fn faults(&self, wanted: impl Fn(FaultKind) -> bool) -> impl Iterator<Item = &Fault> {
        self.comparison.faults.iter().filter(move |fault| wanted(fault.kind))
    }
}
