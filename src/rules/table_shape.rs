//! `table-shape`: a row or column of a table that one side lacks.

use super::absence;
use super::absence::Noun;
use super::check::Check;
use super::draft::{Draft, Sink};
use super::lacking::{self, Words};
use super::rule::{Needs, Rule};
use crate::analysis::{Fault, FaultKind, Side};
use crate::analysis::{PageView, PairView, shorten};
use crate::finding::Severity;

/// The rule.
pub(super) static RULE: Rule = Rule {
    id: "table-shape",
    default: Some(Severity::Error),
    summary: "A table row or column is missing or has no counterpart",
    documentation: include_str!("../../docs/rules/table-shape.md"),
    needs: Needs::Text,
};

/// Its check.
pub(super) const CHECK: Check = Check::Page(check);

fn check(page: &PageView<'_>, sink: &mut Sink<'_>) {
    let words = |view: &PairView<'_>, fault: &Fault| row_words(view, fault, Side::Missing);
    lacking::report(page, &RULE, |kind| kind == FaultKind::Row(Side::Missing), words, sink);
    for view in page.comparisons() {
        for fault in view.faults(|kind| kind == FaultKind::Row(Side::Extra)) {
            let words = row_words(&view, fault, Side::Extra);
            sink.report(&RULE, words.draft(&view, fault, Side::Extra));
        }
        for fault in view.faults(|kind| matches!(kind, FaultKind::Column(..))) {
            if let FaultKind::Column(side, column) = fault.kind {
                sink.report(&RULE, column_draft(&view, fault, side, column));
            }
        }
    }
}

fn row_words(view: &PairView<'_>, fault: &Fault, side: Side) -> Words {
    let row = row_number(view, fault, side);
    let data = vec![("row", row.into()), ("kind", word(side).into())];
    Words { data, ..Words::of(Noun::Name(format!("table row {row}"))) }
}

fn word(side: Side) -> &'static str {
    match side {
        Side::Missing => "missing",
        Side::Extra => "extra",
    }
}

/// The number of a row in its table, from 1 after the head.
fn row_number(view: &PairView<'_>, fault: &Fault, side: Side) -> u32 {
    let (here, _) = absence::sides(view, side);
    here.document.rows_before(fault.blocks[0])
}

fn column_draft(view: &PairView<'_>, fault: &Fault, side: Side, column: u32) -> Draft {
    let (here, _) = absence::sides(view, side);
    let row = &here.document.blocks[fault.blocks[0] as usize];
    let cell = here.document.cells_of(row).get(column as usize - 1);
    let title = cell.map_or("", |cell| cell.plain.slice(here.document.plain.as_str()).trim());
    let title = if title.is_empty() { String::new() } else { format!(": “{}”", shorten(title)) };
    let identity = format!("column {column} {}", here.document.plain_of(row));
    let span = cell.map_or(row.span, |cell| cell.span);
    let (mark, message, label) = match side {
        Side::Missing => {
            (fault.place, format!("missing table column {column}{title}"), "column expected here".to_owned())
        }
        Side::Extra => {
            let name = view.reference_name();
            (span, format!("table column {column} not in {name}{title}"), format!("not in {name}"))
        }
    };
    let draft = Draft::at(view.translation, mark, &identity, message).label(label).data("column", column);
    match side {
        Side::Missing => draft.related(view.reference, span, "present here"),
        Side::Extra => draft.related(view.reference, fault.place, "same row"),
    }
    .data("kind", word(side))
}
