//! Reporting shared by the rules for the order of sections and blocks.

use super::draft::{Draft, Sink};
use super::rule::Rule;
use crate::analysis::{Fault, PairView};

/// Reports a fault of order; `what` is its noun.
pub(super) fn report(view: &PairView<'_>, fault: &Fault, what: &str, rule: &Rule, sink: &mut Sink<'_>) {
    let block = &view.translation.document.blocks[fault.blocks[0] as usize];
    let Some(source) = view.comparison.alignment.source_of(fault.blocks[0]) else { return };
    let there = &view.reference.document.blocks[source as usize];
    let name = view.reference_name();
    let quote = view.translation.quote(block);
    let quote = if quote.is_empty() { String::new() } else { format!(": “{quote}”") };
    let identity = view.translation.identity(block);
    let draft =
        Draft::at(view.translation, block.span, identity, format!("{what} out of order compared with {name}{quote}"))
            .label("position here")
            .related(view.reference, there.span, format!("position in {name}"))
            .data("blocks", fault.blocks.len());
    sink.report(rule, draft);
}
