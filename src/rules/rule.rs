//! The description of a rule.

use crate::finding::Severity;

/// The description of a rule.
#[derive(Debug)]
pub struct Rule {
    /// Its id, in kebab case. It never changes.
    pub id: &'static str,
    /// The default severity; `None` if it is off by default.
    pub default: Option<Severity>,
    /// A one-line summary of what it reports, without a full stop.
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
    /// The text, and the contents of recorded source commits.
    History,
}
