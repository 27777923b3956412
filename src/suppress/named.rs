//! Rules that a document names.

use isogloss_text::Span;

use crate::rules::{self, Scope, Suppressions};

/// Adds the rule that is named at `span`, or the mistake that there is none of that name. Returns the index of what was added.
pub(super) fn add(found: &mut Suppressions, name: &str, span: Span, scope: Scope) -> Option<usize> {
    let index = found.entries.len();
    match rules::find(name) {
        Some(rule) => found.add(rule, span, scope),
        None => found.mistake(span, format!("unknown rule `{name}`; {}", rules::suggestion(name))),
    }
    (found.entries.len() > index).then_some(index)
}
