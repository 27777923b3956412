//! What a layout is.

use super::ground::Ground;

/// One way in which paths encode locale and page.
#[derive(Debug)]
pub struct Layout {
    /// Its name in the configuration, in kebab case.
    pub name: &'static str,
    /// Its description, in one line without a full stop.
    pub summary: &'static str,
    /// Claims the files that follow the layout.
    pub(super) detect: fn(&mut Ground<'_>),
}
