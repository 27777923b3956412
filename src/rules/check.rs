//! The check of a rule, by its input.

use super::draft::Sink;
use super::suppressions::Suppressions;
use crate::analysis::{PageView, PairView, Version};
use crate::corpus::page::Corpus;
use crate::corpus::targets::Targets;

/// The input of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// A document and its reference.
    Pair(fn(&PairView<'_>, &mut Sink<'_>)),
    /// All documents of a page.
    Page(fn(&PageView<'_>, &mut Sink<'_>)),
    /// A page, and the documents of the corpus that it can be linked to.
    Linked(fn(&PageView<'_>, &Targets<'_>, &mut Sink<'_>)),
    /// The whole corpus.
    Corpus(fn(&Corpus, &mut Sink<'_>)),
    /// The suppressions of a document, after all other rules ran.
    Suppressions(fn(&PageView<'_>, &Version<'_>, &Suppressions, &mut Sink<'_>)),
}
