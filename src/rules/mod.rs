//! The rules: one file per rule, and the list.
//!
//! Rules get documents, alignments and quantities, and never parse text again. Severity is decided in [`draft::Sink`].

mod absence;
mod callouts;
mod confidence;
mod draft;
mod lacking;
mod order;
mod origins;
mod places;
mod quantities;
mod readings;
mod since;
mod structure;
mod table;
mod view;

mod block_order;
mod date_mismatch;
mod duplicate_id;
mod empty_text;
mod extra_block;
mod extra_paragraph;
mod extra_section;
mod front_matter_syntax;
mod heading_level;
mod id_mismatch;
mod missing_block;
mod missing_paragraph;
mod missing_section;
mod missing_source_commit;
mod missing_translation;
mod number_mismatch;
mod orphan_translation;
mod section_order;
mod sla_mismatch;
mod source_commit_skew;
mod stale_paragraph;
mod stale_source;
mod table_shape;
mod unknown_source_commit;
mod unused_suppression;

pub use confidence::{confirm, judge};
pub use draft::Sink;
pub use origins::{Origin, Origins};
pub use quantities::{Mismatch, mismatches};
pub use readings::Readings;
pub use since::leave_to_staleness;
pub use stale_paragraph::reworded;
pub use structure::{Fault, FaultKind, Side, faults};
pub use view::{Comparison, PageView, PairView, Past, Pin, Version};

use crate::finding::Severity;
use crate::page::{Corpus, Page};
use crate::suppress::Suppressions;

/// A rule: its description and its check.
#[derive(Debug)]
pub struct Rule {
    /// Its id, in kebab case. It never changes.
    pub id: &'static str,
    /// Severity unless configured; `None` is off.
    pub default: Option<Severity>,
    /// Summary of what it reports, in one line without a full stop.
    pub summary: &'static str,
    /// `docs/rules/<id>.md`, which `explain` and the formats show.
    pub documentation: &'static str,
    /// Its check.
    pub check: Check,
}

/// The input of a rule.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// A document and its reference.
    Pair(fn(&PairView<'_>, &mut Sink<'_>)),
    /// All documents of a page.
    Page(fn(&PageView<'_>, &mut Sink<'_>)),
    /// A page's place in the corpus, without its text.
    Place(fn(&Corpus, &Page, &mut Sink<'_>)),
    /// The corpus, once.
    Corpus(fn(&Corpus, &mut Sink<'_>)),
    /// The suppressions of a document, after all other rules.
    Suppressions(fn(&PageView<'_>, &Version<'_>, &Suppressions, &mut Sink<'_>)),
}

/// All rules, in the order in which they are documented.
pub static RULES: &[&Rule] = &[
    &missing_section::RULE,
    &extra_section::RULE,
    &missing_paragraph::RULE,
    &extra_paragraph::RULE,
    &missing_block::RULE,
    &extra_block::RULE,
    &empty_text::RULE,
    &table_shape::RULE,
    &heading_level::RULE,
    &section_order::RULE,
    &block_order::RULE,
    &stale_source::RULE,
    &stale_paragraph::RULE,
    &source_commit_skew::RULE,
    &unknown_source_commit::RULE,
    &missing_source_commit::RULE,
    &sla_mismatch::RULE,
    &number_mismatch::RULE,
    &date_mismatch::RULE,
    &missing_translation::RULE,
    &orphan_translation::RULE,
    &duplicate_id::RULE,
    &id_mismatch::RULE,
    &front_matter_syntax::RULE,
    &unused_suppression::RULE,
];

/// The rule with that id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Whether a rule depends on what the history says about recorded source commits.
pub fn needs_history(rule: &Rule) -> bool {
    matches!(rule.id, "stale-source" | "stale-paragraph" | "unknown-source-commit")
}

/// Runs the rules on one page.
pub fn check_page(corpus: &Corpus, view: &PageView<'_>, sink: &mut Sink<'_>) {
    for rule in RULES {
        match rule.check {
            Check::Place(check) => check(corpus, view.page, sink),
            Check::Page(check) => check(view, sink),
            Check::Pair(check) => view.comparisons().for_each(|pair| check(&pair, sink)),
            Check::Corpus(_) | Check::Suppressions(_) => {}
        }
    }
}

/// Runs the rules on the suppressions of a page.
pub fn check_suppressions(
    view: &PageView<'_>,
    version: &Version<'_>,
    suppressions: &Suppressions,
    sink: &mut Sink<'_>,
) {
    for rule in RULES {
        if let Check::Suppressions(check) = rule.check {
            check(view, version, suppressions, sink);
        }
    }
}

/// Runs the rules on the whole corpus.
pub fn check_corpus(corpus: &Corpus, sink: &mut Sink<'_>) {
    for rule in RULES {
        if let Check::Corpus(check) = rule.check {
            check(corpus, sink);
        }
    }
}
