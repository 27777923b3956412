//! Reporting shared by the rules for quantities.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::doubt;
use super::draft::{Draft, Sink};
use super::rule::Rule;
use crate::analysis::{Cause, Comparison, Extent, Mismatch, PairView, Reading, Version};
use crate::finding::Severity;
use crate::finding::fingerprint::Shared;
use isogloss_quantities::Category;
use isogloss_text::Span;

/// With fewer translations, they may be wrong as well as the reference that they differ from.
const LEAST_AGAINST: usize = 3;

/// Reports the mismatches of one category. If all translations differ from the reference in the same way, reports one finding in
/// the reference instead, unless findings in the reference are not reported.
pub(super) fn report(view: &PairView<'_>, category: Category, rule: &Rule, sink: &mut Sink<'_>) {
    let of_reference = sink.runs(rule, view.reference);
    let mut columns = Columns::of(view, category);
    let mut own = Vec::new();
    // The text that findings in one block share, computed once for consecutive findings.
    let mut shared: Option<(u32, Rc<Shared>)> = None;
    for mismatch in reported(view, category) {
        let Some(rows) = columns.rows_covered_by(view, mismatch) else { continue };
        let against = with_same_value(view, mismatch);
        if against.len() + 1 < LEAST_AGAINST || !of_reference {
            if has_evidence(view, mismatch) {
                own.push((mismatch, against, rows));
            }
        } else if against.iter().all(|(other, _)| view.comparison.version < other.version) {
            let draft = draft_of_reference(view, mismatch, &against);
            sink.report(rule, draft.sharing(shared_text(view, mismatch, &mut shared)));
        }
    }
    let texts = Texts::of(own.iter().map(|(mismatch, ..)| *mismatch));
    for (mismatch, against, rows) in own {
        if let Some(more) = texts.more_covered_by(mismatch) {
            let draft = draft(view, mismatch, &against, rows, more);
            sink.report(rule, draft.sharing(shared_text(view, mismatch, &mut shared)));
        }
    }
}

/// The text of a mismatch's block in the reference, for fingerprints; `last` is the one that was computed last.
fn shared_text<'s>(
    view: &PairView<'_>,
    mismatch: &Mismatch,
    last: &'s mut Option<(u32, Rc<Shared>)>,
) -> &'s Rc<Shared> {
    let block = mismatch.source_block;
    if last.as_ref().is_some_and(|(known, _)| *known != block) {
        *last = None;
    }
    &last.get_or_insert_with(|| (block, text_of(view.reference, block))).1
}

/// The mismatches of a category, without those that another one is reported for.
fn reported<'v>(view: &PairView<'v>, category: Category) -> impl Iterator<Item = &'v Mismatch> {
    let mismatches = view.comparison.mismatches.iter();
    mismatches.filter(move |mismatch| mismatch.category == category && mismatch.cause != Cause::Covered)
}

/// Whether there is evidence that the translation is at fault: if the source of a page is gone, nothing says which of two
/// translations is right about what only one of them has.
fn has_evidence(view: &PairView<'_>, mismatch: &Mismatch) -> bool {
    !view.page.lacks_source || !mismatch.is_one_sided() || agreeing(view, mismatch).len() + 1 >= LEAST_AGAINST
}

/// Table columns in which rows of the translation lack something that the reference has, with those rows.
struct Columns(FxHashMap<(u32, usize), FxHashSet<u32>>);

impl Columns {
    /// If more rows than this lack something in the same column, there is a common cause, and they are one finding.
    const MOST_SINGLE: usize = 2;

    fn of(view: &PairView<'_>, category: Category) -> Self {
        let mut columns = FxHashMap::<_, FxHashSet<u32>>::default();
        for mismatch in reported(view, category) {
            if let Some(column) = Self::column(view, mismatch) {
                columns.entry(column).or_default().insert(mismatch.translation_block);
            }
        }
        Self(columns)
    }

    /// The table and cell of a mismatch, if the row certainly lacks something.
    fn column(view: &PairView<'_>, mismatch: &Mismatch) -> Option<(u32, usize)> {
        let lacks = mismatch.translation.is_none() && mismatch.doubt.is_none();
        let table = view.translation.document.blocks[mismatch.translation_block as usize].table;
        table.filter(|_| lacks).map(|table| (table, mismatch.cell))
    }

    /// The number of rows that the finding for a mismatch covers; `None` if the finding for an earlier row covers it.
    fn rows_covered_by(&mut self, view: &PairView<'_>, mismatch: &Mismatch) -> Option<usize> {
        let Some(rows) = Self::column(view, mismatch).and_then(|column| self.0.get_mut(&column)) else {
            return Some(1);
        };
        match rows.len() {
            0 => None,
            1..=Self::MOST_SINGLE => Some(1),
            _ => Some(std::mem::take(rows).len()),
        }
    }
}

/// Texts in which several quantities differ: they say something else, or are broken, and are one finding each.
struct Texts(FxHashMap<(u32, u32, usize), Text>);

/// A text in which quantities differ.
struct Text {
    /// The place of the first one whose difference weighs most.
    first: (Option<Span>, Option<Span>),
    weight: u8,
    /// How many differ.
    count: usize,
}

impl Texts {
    fn of<'m>(mismatches: impl Iterator<Item = &'m Mismatch>) -> Self {
        let mut texts = FxHashMap::<_, Text>::default();
        for mismatch in mismatches {
            let (first, weight) = (Self::place(mismatch), Self::weight(mismatch));
            let text = texts.entry(Self::text(mismatch)).or_insert(Text { first, weight, count: 0 });
            text.count += 1;
            if weight > text.weight {
                (text.first, text.weight) = (first, weight);
            }
        }
        Self(texts)
    }

    /// The pair of blocks and the cell of a mismatch.
    fn text(mismatch: &Mismatch) -> (u32, u32, usize) {
        (mismatch.source_block, mismatch.translation_block, mismatch.cell)
    }

    fn place(mismatch: &Mismatch) -> (Option<Span>, Option<Span>) {
        let span = |reading: &Option<Reading>| reading.as_ref().map(|reading| reading.span);
        (span(&mismatch.source), span(&mismatch.translation))
    }

    /// What changed says most, and what translators often add or leave out says least.
    fn weight(mismatch: &Mismatch) -> u8 {
        if mismatch.is_one_sided() { u8::from(!mismatch.is_soft) } else { 2 }
    }

    /// The number of further mismatches that the finding for a mismatch covers; `None` if the finding for another one
    /// covers it.
    fn more_covered_by(&self, mismatch: &Mismatch) -> Option<usize> {
        let text = self.0.get(&Self::text(mismatch))?;
        (text.first == Self::place(mismatch)).then_some(text.count - 1)
    }
}

/// The finding in a translation. `against` are the other translations that differ in the same way; `rows` is the number of rows
/// that the finding covers, and `more` that of further mismatches in the same text.
fn draft(
    view: &PairView<'_>,
    mismatch: &Mismatch,
    against: &[(&Comparison, &Reading)],
    rows: usize,
    more: usize,
) -> Draft {
    let (reference, translation) = (view.reference, view.translation);
    let others = agreeing(view, mismatch);
    let name = with_others(reference, others.len());
    let there = mismatch.source.as_ref().map_or("no counterpart", |reading| &reading.said);
    let (span, label, message) = if let Some(reading) = &mismatch.translation {
        let message = match against.len() {
            0 => format!("{} here, {there} in {name}", reading.said),
            count => {
                let others = other_languages(count);
                format!("{} here and in {others}, {there} in {name}, which may be wrong", reading.said)
            }
        };
        (reading.span, format!("parsed as {}", reading.said), message)
    } else {
        let rest = if rows > 1 { format!(" and in {} rows below", rows - 1) } else { String::new() };
        (mismatch.around.1, format!("no {there} here"), format!("{there} in {name}, missing here{rest}"))
    };
    let message = also(message, more, "this text");
    let (message, more) = match mismatch.cause {
        Cause::First(others, extent) => (also(message, others, place(extent)), more + others),
        Cause::Single | Cause::Covered => (message, more),
    };
    let mut draft = Draft::at(translation, span, &identity(mismatch), message).label(label);
    draft = match &mismatch.source {
        Some(reading) => draft.related(reference, reading.span, reading.said.clone()),
        None => draft.related(reference, mismatch.around.0, "counterpart"),
    };
    draft = with_readings(draft, mismatch);
    draft = explained(doubt::of_mismatch(draft, mismatch), mismatch);
    if mismatch.is_soft {
        draft = draft.at_most(Severity::Info);
    }
    if rows > 1 {
        draft = draft.data("rows", rows);
    }
    if more > 0 {
        draft = draft.data("more", more);
    }
    if !others.is_empty() {
        draft = draft.data("agree", others);
    }
    if !against.is_empty() {
        let locales: Vec<String> = against.iter().map(|(other, _)| locale(view, other)).collect();
        draft = draft.data("against", locales).data("suspect", reference.locale().as_str());
    }
    draft
}

/// The finding in the reference if this translation and all others, `against`, differ from it in the same way.
fn draft_of_reference(view: &PairView<'_>, mismatch: &Mismatch, against: &[(&Comparison, &Reading)]) -> Draft {
    let said = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), |reading| reading.said.clone());
    let (here, there) = (said(&mismatch.source), said(&mismatch.translation));
    let message = format!("{here} here, {there} in {}, which agree", other_languages(against.len() + 1));
    let span = mismatch.source.as_ref().map_or(mismatch.around.0, |reading| reading.span);
    let mut draft = Draft::at(view.reference, span, &identity(mismatch), message).label(format!("parsed as {here}"));
    let own = mismatch.translation.iter().map(|reading| (view.comparison, reading));
    let mut locales = Vec::new();
    for (other, reading) in own.chain(against.iter().copied()) {
        draft = draft.related(&view.page.versions[other.version], reading.span, reading.said.clone());
        locales.push(locale(view, other));
    }
    explained(doubt::of_mismatch(with_readings(draft, mismatch), mismatch), mismatch)
        .data("against", locales)
        .data("suspect", view.reference.locale().as_str())
}

/// Adds why nothing agreed, if asked for.
fn explained(draft: Draft, mismatch: &Mismatch) -> Draft {
    if mismatch.explanation.is_empty() { draft } else { draft.data("explanation", mismatch.explanation.clone()) }
}

/// A message with "; 3 more differ in this row", if there are more.
fn also(message: String, more: usize, place: &str) -> String {
    match more {
        0 => message,
        1 => format!("{message}; 1 more differs in {place}"),
        _ => format!("{message}; {more} more differ in {place}"),
    }
}

fn place(extent: Extent) -> &'static str {
    match extent {
        Extent::Row => "this row",
        Extent::Column => "this column",
        Extent::Columns => "these columns",
    }
}

/// The identity of a mismatch, before the text of its block in the reference.
fn identity(mismatch: &Mismatch) -> String {
    let there = mismatch.source.as_ref().map_or("nothing like it", |reading| &reading.said);
    let here = mismatch.translation.as_ref().map_or("", |reading| &reading.said);
    format!("{there} {here}")
}

/// The text of a block of the reference, for fingerprints.
fn text_of(reference: &Version<'_>, block: u32) -> Rc<Shared> {
    Rc::new(Shared::new(reference.document.plain_of(&reference.document.blocks[block as usize])))
}

/// Adds the readings of both sides.
fn with_readings(mut draft: Draft, mismatch: &Mismatch) -> Draft {
    for (key, reading) in [("source", &mismatch.source), ("translation", &mismatch.translation)] {
        if let Some(reading) = reading {
            draft = draft.data(key, reading.said.clone());
        }
    }
    draft
}

fn locale(view: &PairView<'_>, comparison: &Comparison) -> String {
    view.page.versions[comparison.version].locale().to_string()
}

/// The other translations that differ from the reference here in the same way, with their readings, if all of them do. In that
/// case the reference is the outlier.
fn with_same_value<'v>(view: &PairView<'v>, mismatch: &Mismatch) -> Vec<(&'v Comparison, &'v Reading)> {
    let (Some(here), Some(_)) = (&mismatch.translation, &mismatch.source) else { return Vec::new() };
    let differing_alike = |other: &'v Comparison| {
        let alike = |theirs: &&Mismatch| {
            theirs.source == mismatch.source
                && theirs.translation.as_ref().is_some_and(|reading| reading.said == here.said)
        };
        Some((other, other.index().about(&other.mismatches, mismatch).find(alike)?.translation.as_ref()?))
    };
    let has_it = |other: &&Comparison| {
        other.version != view.comparison.version && other.alignment.translation_of(mismatch.source_block).is_some()
    };
    view.page.pairs.iter().filter(has_it).map(differing_alike).collect::<Option<_>>().unwrap_or_default()
}

/// The locales of other translations that agree with the reference here.
fn agreeing(view: &PairView<'_>, mismatch: &Mismatch) -> Vec<String> {
    let agrees = |other: &&Comparison| {
        other.version != view.comparison.version
            && other.alignment.translation_of(mismatch.source_block).is_some()
            && !other.index().is_around(mismatch)
            && !other
                .index()
                .about(&other.mismatches, mismatch)
                .any(|theirs| theirs.source_block == mismatch.source_block && theirs.source == mismatch.source)
    };
    let others = view.page.pairs.iter().filter(agrees);
    others.map(|other| locale(view, other)).collect()
}

/// "English", "English and 3 other languages".
fn with_others(reference: &Version<'_>, others: usize) -> String {
    let name = reference.locale().name();
    if others == 0 { name } else { format!("{name} and {}", other_languages(others)) }
}

/// "1 other language", "3 other languages".
fn other_languages(count: usize) -> String {
    if count == 1 { "1 other language".to_owned() } else { format!("{count} other languages") }
}
