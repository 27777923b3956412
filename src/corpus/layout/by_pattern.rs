//! Places files by the pattern in the configuration.

use super::ground::Ground;
use super::pattern::Pattern;

/// Claims the files that match the pattern.
pub(super) fn claim(ground: &mut Ground<'_>, pattern: &Pattern) {
    for dir in ground.roots() {
        let family = ground.family_named("pattern".to_owned());
        for file in dir.files {
            if let Some((locale, path)) = pattern.split(ground.relative(file))
                && ground.takes_part(&locale)
            {
                ground.note("pattern", pattern.to_string().into());
                ground.claim_across_roots(file, &locale, path.into(), family);
            }
        }
    }
}
