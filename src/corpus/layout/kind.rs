//! What a layout is.

use super::ground::Ground;

/// One way in which paths encode locale and page.
#[derive(Debug)]
pub struct Layout {
    /// As it is configured, in kebab case.
    pub name: &'static str,
    /// What it looks like, in one line without a full stop.
    pub summary: &'static str,
    /// Claims the files that follow it.
    pub(super) detect: fn(&mut Ground<'_>),
}
