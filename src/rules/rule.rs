//! What a rule is.

use crate::finding::Severity;

/// What is known of a rule.
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
    /// What it needs to find something.
    pub needs: Needs,
}

/// What a rule needs to find something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The names and front matter of the files.
    Files,
    /// The text of the documents.
    Text,
    /// The text, and what the history says a recorded source commit held.
    History,
}
