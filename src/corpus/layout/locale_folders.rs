//! One folder per locale, anywhere in the path: `content/fr/guide.md`, `docs/fr/docs/guide.md`.

use super::ground::Ground;
use super::kind::Layout;
use super::mirror::{claim_folders, take_groups};

pub(super) const LAYOUT: Layout = Layout {
    name: "locale-folders",
    summary: "A folder named after the locale anywhere in the path: `content/fr/…`, `docs/fr/docs/…`",
    detect,
};

fn detect(ground: &mut Ground<'_>) {
    for group in take_groups(ground, |group| group.stem.is_empty() && group.base.is_none()) {
        claim_folders(ground, LAYOUT.name, &group);
    }
}
