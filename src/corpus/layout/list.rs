//! The list of layouts.

use super::ground::Ground;
use super::kind::Layout;
use super::request::{Choice, Placed, Request};
use super::{
    by_pattern, docusaurus, front_matter, locale_folders, report, root_name, sibling_roots, source_at_root, suffix,
};

/// All layouts that can be detected or configured, in the order in which they are tried.
pub static LAYOUTS: &[Layout] = &[
    docusaurus::LAYOUT,
    sibling_roots::LAYOUT,
    locale_folders::LAYOUT,
    source_at_root::LAYOUT,
    suffix::LAYOUT,
    root_name::LAYOUT,
    front_matter::LAYOUT,
];

/// The layout with this name.
pub fn find(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|layout| layout.name == name)
}

/// Determines the locale and page of every file.
pub fn place(request: Request<'_>) -> Placed {
    let mut ground = Ground::new(request);
    root_name::claim_given(&mut ground);
    match request.choice {
        Choice::Pattern(pattern) => by_pattern::claim(&mut ground, pattern),
        Choice::Named(name) => {
            if let Some(layout) = find(name) {
                (layout.detect)(&mut ground);
            }
        }
        Choice::Auto => {
            for layout in LAYOUTS {
                (layout.detect)(&mut ground);
            }
        }
    }
    report::finish(ground, LAYOUTS)
}
