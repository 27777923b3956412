//! Rules that are named in suppressions.

use isogloss_text::Span;

use crate::rules::{self, Scope, Suppressions};

/// Adds a suppression of the rule that is named at `span`, or a mistake if there is no such rule. Returns the index of the
/// suppression.
pub(super) fn add(found: &mut Suppressions, name: &str, span: Span, scope: Scope) -> Option<usize> {
    if let Some(rule) = rules::find(name) {
        return Some(found.add(rule, span, scope));
    }
    found.mistake(span, format!("unknown rule `{name}`; {}", rules::suggestion(name)));
    None
}
