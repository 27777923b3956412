//! The rules: one file per rule, and the list.
//!
//! Rules receive documents, alignments and quantities, and never parse text again. [`Sink`] decides the severity.

mod absence;
mod check;
mod doubt;
mod draft;
mod lacking;
mod levels;
mod mismatches;
mod moved;
mod removal;
mod rule;
mod run;
mod suppressions;

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

use crate::nearest::nearest;
use check::Check;

pub use draft::Sink;
pub(crate) use levels::Override;
pub use levels::{Level, Levels};
pub use rule::{Needs, Rule};
pub use run::{check_corpus, check_page, check_suppressions};
pub use stale_paragraph::reworded;
pub(crate) use suppressions::{Form, Listing, Name, Part, Scope};
pub use suppressions::{Mistake, Suppression, Suppressions};

/// The rules that compare numbers.
pub(crate) static NUMBERS: [&Rule; 3] = [&sla_mismatch::RULE, &number_mismatch::RULE, &date_mismatch::RULE];

/// Lists rules by the names of their modules.
macro_rules! list {
    ($($rule:ident)*) => {
        /// All rules, in the order in which they are documented.
        pub static RULES: &[&Rule] = &[$(&$rule::RULE),*];
        /// The check of each, in the same order.
        static CHECKS: &[Check] = &[$($rule::CHECK),*];
    };
}

list! {
    missing_section
    extra_section
    missing_paragraph
    extra_paragraph
    missing_block
    extra_block
    empty_text
    table_shape
    heading_level
    section_order
    block_order
    stale_source
    stale_paragraph
    source_commit_skew
    unknown_source_commit
    missing_source_commit
    sla_mismatch
    number_mismatch
    date_mismatch
    missing_translation
    orphan_translation
    duplicate_id
    id_mismatch
    front_matter_syntax
    unused_suppression
}

/// The rule with this id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// The error message for an unknown rule id.
pub(crate) fn suggestion(written: &str) -> String {
    match nearest(written, RULES.iter().map(|rule| rule.id)) {
        Some(id) => format!("did you mean `{id}`?"),
        None => "`isogloss rules` lists them all".to_owned(),
    }
}
