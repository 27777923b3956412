//! One locale's document of a page, parsed, with what its history says.

use std::sync::{Arc, OnceLock};

use isogloss_align::changes::Changes;
use isogloss_align::{Outline, Outlined};
use isogloss_document::{Block, Document, PLACEHOLDER};
use isogloss_history::{Judged, Revision, Verdict};
use isogloss_quantities::Reader;
use isogloss_text::{Locale, Span};

use crate::corpus::page::Member;

/// One locale's document of a page.
#[derive(Debug)]
pub struct Version<'c> {
    /// Its place in the corpus.
    pub member: &'c Member,
    /// Its content.
    pub document: Document,
    /// Its outline, computed when needed.
    pub outline: OnceLock<Outline>,
    /// The source commit that it records.
    pub pin: Option<Pin>,
    /// The verdict of the history on the pin or the estimated commit; `None` without history.
    pub verdict: Option<&'c Verdict>,
    /// Whether the commit is estimated: the source as it was when the translation was last changed.
    pub is_guess: bool,
    /// The history with the verdict.
    pub history: Option<&'c Judged>,
    /// The source at the pin, if it has changed since and can be compared.
    pub past: Option<Arc<Past>>,
    /// Reads quantities in its language.
    pub reader: &'static Reader,
}

/// The source at a recorded commit.
#[derive(Debug)]
pub struct Past {
    /// Its content.
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

    /// The commits that changed the source since the pin, newest first; `None` if there are none or they are not known.
    pub fn revisions(&self) -> Option<Arc<[Revision]>> {
        self.history?.revisions(self.verdict?)
    }

    /// The span of its pin, or else the place for one: the start of the document.
    pub fn pin_span(&self) -> Span {
        let front = self.document.front_matter.as_ref();
        let top = || front.map_or(Span::at(0), |front| Span::at(front.span.start as usize));
        self.pin.as_ref().map_or_else(top, |pin| pin.span)
    }

    /// The start of a block's text for quotes in messages: at most about 40 characters. Code is quoted as written,
    /// because many headings are nothing else.
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

    /// The identity of a block while the file is edited elsewhere: its plain text, or its source if it has none.
    pub fn identity(&self, block: &Block) -> &str {
        let text = self.document.plain_of(block);
        if text.contains(char::is_alphanumeric) { text } else { block.span.slice(&self.document.text) }
    }
}

/// The maximum length of quoted text in bytes: 60 characters of at most four.
const LONGEST_QUOTED: usize = 240;

/// The start of a text in one line, truncated at a word.
pub(crate) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let text = text.replace(PLACEHOLDER, "…");
    let mut out = String::new();
    for word in text.split_whitespace() {
        let length = out.chars().count();
        if length > 0 && length + word.chars().count() > LONGEST {
            // Without this, the text could end in "here.…".
            out.truncate(out.trim_end_matches(['…', '.', ',', ';', ':']).trim_end().len());
            return out + "…";
        }
        if length > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    // A language without spaces has a single long word.
    if out.chars().count() > LONGEST + 20 {
        out = out.chars().take(LONGEST).collect::<String>() + "…";
    }
    out
}
