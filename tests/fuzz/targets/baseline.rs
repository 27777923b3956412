//! The text of a baseline.

use camino::Utf8Path;
use isogloss::baseline::{Baseline, BaselineError};

pub(super) fn run(text: &str) {
    match Baseline::parse(Utf8Path::new("isogloss-baseline.json"), text) {
        Ok(baseline) => {
            assert!(baseline.entries().is_sorted());
            assert_eq!(Baseline::new(baseline.entries().to_vec()), baseline);
        }
        Err(error) => {
            let line = match &error {
                BaselineError::Broken { line, .. } | BaselineError::Version { line, .. } => *line,
                BaselineError::Unreadable { .. } | BaselineError::Unwritable { .. } => 1,
                #[allow(unreachable_patterns, reason = "further errors have no line to check")]
                _ => 1,
            };
            assert!(1 <= line && line <= text.split('\n').count(), "{error}");
        }
    }
}
