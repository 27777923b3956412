//! Runs the rules.

use super::CHECKS;
use super::check::Check;
use super::draft::Sink;
use super::suppressions::Suppressions;
use crate::analysis::{PageView, Version};
use crate::corpus::page::Corpus;
use crate::corpus::targets::Targets;

/// Runs the rules on one page; `targets` are the documents of its corpus.
pub fn check_page(targets: &Targets<'_>, view: &PageView<'_>, sink: &mut Sink<'_>) {
    for check in CHECKS {
        match check {
            Check::Linked(check) => check(view, targets, sink),
            Check::Page(check) => check(view, sink),
            Check::Pair(check) => view.comparisons().for_each(|pair| check(&pair, sink)),
            Check::Corpus(_) | Check::Suppressions(_) => {}
        }
    }
}

/// Runs the rules on the suppressions of a page.
pub fn check_suppressions(
    view: &PageView<'_>,
    version: &Version<'_>,
    suppressions: &Suppressions,
    sink: &mut Sink<'_>,
) {
    for check in CHECKS {
        if let Check::Suppressions(check) = check {
            check(view, version, suppressions, sink);
        }
    }
}

/// Runs the rules on the whole corpus.
pub fn check_corpus(corpus: &Corpus, sink: &mut Sink<'_>) {
    for check in CHECKS {
        if let Check::Corpus(check) = check {
            check(corpus, sink);
        }
    }
}
