//! Quantities that differ between counterparts, and the findings of the three rules about them.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Draft, Sink};
use super::readings::{Part, Reading, Readings};
use super::view::{Comparison, PairView, Version};
use super::{Rule, confidence};
use crate::fingerprint::Shared;
use isogloss_align::{Alignment, Pair, probability};
use isogloss_document::{Block, Document, Kind};
use isogloss_quantities::{Class, Difference, Quantity, Texts, compare};
use isogloss_text::Span;

/// A quantity that differs, or that one side lacks.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// The class, which determines the rule.
    pub class: Class,
    /// The reference's block.
    pub source_block: u32,
    /// The translation's block.
    pub translation_block: u32,
    /// The cell of a row that contains it, or 0.
    pub cell: usize,
    /// The reference's reading, if it has one.
    pub source: Option<Reading>,
    /// The translation's reading, if it has one.
    pub translation: Option<Reading>,
    /// The cell or block on each side, for a side without a reading.
    pub around: (Span, Span),
    /// The probability that the two blocks are counterparts, if that is doubtful.
    pub confidence: Option<f32>,
}

/// All quantities that differ between the two documents, in the order of the reference.
pub fn mismatches(source: &Readings<'_>, translation: &Readings<'_>, alignment: &Alignment) -> Vec<Mismatch> {
    let mut found = Vec::new();
    for (index, pair) in alignment.pairs.iter().enumerate() {
        let blocks = (pair.source.start, pair.translation.start);
        if !comparable(source.document, blocks.0) || !comparable(translation.document, blocks.1) {
            continue;
        }
        let begin = found.len();
        compare_pair(source, translation, pair, &mut found);
        if found.len() > begin {
            let doubt = doubt(alignment, index, translation.blocks());
            found[begin..].iter_mut().for_each(|mismatch| mismatch.confidence = doubt);
        }
    }
    doubt_entries(source.document, translation.document, &mut found);
    found
}

/// Several headings that are nothing but a date and that differ are entries of a news list that grew: each may be the
/// counterpart of any other one, or of none.
fn doubt_entries(source: &Document, translation: &Document, found: &mut [Mismatch]) {
    let is_all = |document: &Document, block: u32, reading: &Option<Reading>| {
        let block = &document.blocks[block as usize];
        matches!(block.kind, Kind::Heading(_))
            && reading.as_ref().is_some_and(|reading| reading.span.len() >= block.plain.len())
    };
    let is_entry = |mismatch: &Mismatch| {
        mismatch.class == Class::Date
            && is_all(source, mismatch.source_block, &mismatch.source)
            && is_all(translation, mismatch.translation_block, &mismatch.translation)
    };
    let entries = found.iter().filter(|mismatch| is_entry(mismatch)).count();
    if entries > 1 {
        let chance = 1.0 / entries as f32;
        for mismatch in found.iter_mut().filter(|mismatch| is_entry(mismatch)) {
            mismatch.confidence = Some(mismatch.confidence.map_or(chance, |confidence| confidence.min(chance)));
        }
    }
}

fn compare_pair(source: &Readings<'_>, translation: &Readings<'_>, pair: &Pair, found: &mut Vec<Mismatch>) {
    let blocks = (pair.source.start, pair.translation.start);
    if pair.source.len() + pair.translation.len() > 2 {
        let items = (source.document.list_items(&pair.source), translation.document.list_items(&pair.translation));
        let parts = (source.joined(&pair.source, items.1), translation.joined(&pair.translation, items.0));
        differences((source, parts.0), (translation, parts.1), (pair, 0), found);
        return;
    }
    let count = source.count(blocks.0);
    // Rows of different widths are reported by another rule, and it is unknown which cells are counterparts.
    if count == translation.count(blocks.1) {
        for index in 0..count {
            let parts = (source.part(blocks.0, index), translation.part(blocks.1, index));
            differences((source, parts.0), (translation, parts.1), (pair, index), found);
        }
    }
}

/// The probability that the blocks of a pair are counterparts, if that is doubtful: they moved, or match poorly next to
/// something that one side lacks. Blocks in step with both neighbors are counterparts however poorly they match: a
/// number that differs is itself a reason to match poorly.
fn doubt(alignment: &Alignment, index: usize, blocks: usize) -> Option<f32> {
    let pair = &alignment.pairs[index];
    if pair.moved {
        // The search covered the whole document, so as many other blocks could have matched by chance.
        let log_odds = pair.log_odds - (blocks.max(1) as f32).ln();
        return Some(probability(log_odds));
    }
    let follows = |before: &Pair, after: &Pair| {
        before.source.end == after.source.start && before.translation.end == after.translation.start
    };
    let after_another = index.checked_sub(1).is_none_or(|before| follows(&alignment.pairs[before], pair));
    let before_another = alignment.pairs.get(index + 1).is_none_or(|after| follows(pair, after));
    (pair.log_odds < 0.0 && !(after_another && before_another)).then(|| pair.probability())
}

fn differences(
    (source, here): (&Readings<'_>, Part),
    (translation, there): (&Readings<'_>, Part),
    (pair, cell): (&Pair, usize),
    found: &mut Vec<Mismatch>,
) {
    // Identical text has the same meaning in every language.
    if source.text(here) == translation.text(there) {
        return;
    }
    let texts = source.texts(here, (translation, there));
    if texts.is_some_and(Texts::agree) {
        return;
    }
    if source.gist(here).agrees(|| translation.gist(there)) {
        texts.into_iter().for_each(Texts::remember);
        return;
    }
    let (source_block, translation_block) = (pair.source.start, pair.translation.start);
    let (ours, theirs) = (source.quantities(here), translation.quantities(there));
    let differences = compare(&ours, &theirs);
    if differences.is_empty() {
        texts.into_iter().for_each(Texts::remember);
        return;
    }
    let lost = differences.iter().filter(|difference| difference.translation.is_none());
    let gained = differences.iter().filter(|difference| difference.source.is_none());
    let lost = lost.filter_map(|difference| Some(&*ours[difference.source?].literal));
    let gained = gained.filter_map(|difference| Some(&*theirs[difference.translation?].literal));
    let (code_there, code_here) = (translation.as_code(translation_block, lost), source.as_code(source_block, gained));
    let is_excused = |difference: &Difference| match (difference.source, difference.translation) {
        (Some(index), None) => translation.may_lack(&code_there, &ours[index]),
        (None, Some(index)) => source.may_gain(&code_here, &theirs[index]),
        _ => false,
    };
    let torn = (
        torn(source.text(here), &ours, differences.iter().filter_map(|difference| difference.source)),
        torn(translation.text(there), &theirs, differences.iter().filter_map(|difference| difference.translation)),
    );
    let is_told = |difference: &Difference| match (difference.source, difference.translation) {
        (Some(index), None) => torn.0[index],
        (None, Some(index)) => torn.1[index],
        _ => false,
    };
    let told = differences.iter().filter(|difference| !is_excused(difference) && !is_told(difference));
    found.extend(told.map(|difference| Mismatch {
        class: difference.class,
        source_block,
        translation_block,
        cell,
        source: difference.source.map(|index| source.reading(here, &ours[index])),
        translation: difference.translation.map(|index| translation.reading(there, &theirs[index])),
        around: (here.span, there.span),
        confidence: None,
    }));
}

/// For each quantity of a text, in order, whether it continues the previous one, which differs too, with a single
/// character in between: in `2,4,5` for the version 2.4.5, the 5 is reported with the 2,4. A slash separates
/// alternatives. `differing` are indexes.
fn torn(text: &str, quantities: &[Quantity], differing: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut differs = vec![false; quantities.len()];
    differing.for_each(|index| differs[index] = true);
    let is_joined = |pair: &[Quantity]| {
        let (sign, start) = (pair[0].span.end as usize, pair[1].span.start as usize);
        sign + 1 == start && matches!(text.as_bytes()[sign], b',' | b'.' | b':' | b'-')
    };
    let joined = quantities.windows(2).zip(differs).map(|(pair, differs)| differs && is_joined(pair));
    std::iter::once(false).chain(joined).collect()
}

/// Whether a block's text is compared on its own: the contents of a row are compared as the row's cells.
fn comparable(document: &Document, block: u32) -> bool {
    let block: &Block = &document.blocks[block as usize];
    !block.plain.is_empty() && !document.is_in_row(block)
}

/// Reports the mismatches of one class. If all translations differ from the reference in the same way, that is one
/// finding in the reference, unless the reference is not reported.
pub(super) fn report(view: &PairView<'_>, class: Class, rule: &Rule, sink: &mut Sink<'_>) {
    let of_reference = sink.runs(rule, view.reference);
    let mut columns = Columns::of(view, class);
    // The text that a block's findings share, computed once for consecutive ones.
    let mut shared: Option<(u32, Rc<Shared>)> = None;
    for mismatch in view.comparison.mismatches.iter().filter(|mismatch| mismatch.class == class) {
        let Some(rows) = columns.told_by(view, mismatch) else { continue };
        let block = mismatch.source_block;
        let (_, text) = match shared.take().filter(|(known, _)| *known == block) {
            Some(known) => shared.insert(known),
            None => shared.insert((block, text_of(view.reference, block))),
        };
        let against = saying_the_same(view, mismatch);
        if against.is_empty() || !of_reference {
            sink.report(rule, draft(view, mismatch, &against, rows).sharing(text));
        } else if against.iter().all(|(other, _)| view.comparison.version < other.version) {
            sink.report(rule, draft_of_reference(view, mismatch, &against).sharing(text));
        }
    }
}

/// The table columns in which rows of the translation lack what the reference has, with those rows.
struct Columns(FxHashMap<(u32, usize), FxHashSet<u32>>);

impl Columns {
    /// With more rows than this that lack something in one column, they have a common cause and are one finding.
    const MOST_SINGLE: usize = 2;

    fn of(view: &PairView<'_>, class: Class) -> Self {
        let mut columns = FxHashMap::<_, FxHashSet<u32>>::default();
        for mismatch in view.comparison.mismatches.iter().filter(|mismatch| mismatch.class == class) {
            if let Some(column) = Self::column(view, mismatch) {
                columns.entry(column).or_default().insert(mismatch.translation_block);
            }
        }
        Self(columns)
    }

    /// Table and cell of a mismatch, if its row certainly lacks something.
    fn column(view: &PairView<'_>, mismatch: &Mismatch) -> Option<(u32, usize)> {
        let lacks = mismatch.translation.is_none() && mismatch.confidence.is_none();
        let table = view.translation.document.blocks[mismatch.translation_block as usize].table;
        table.filter(|_| lacks).map(|table| (table, mismatch.cell))
    }

    /// The number of rows that the finding about a mismatch covers; `None` if a finding about an earlier row covers it.
    fn told_by(&mut self, view: &PairView<'_>, mismatch: &Mismatch) -> Option<usize> {
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

/// The finding in a translation. `against` are the other translations that differ in the same way; `rows` is the number
/// of rows that it covers.
fn draft(view: &PairView<'_>, mismatch: &Mismatch, against: &[(&Comparison, &Reading)], rows: usize) -> Draft {
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
    let mut draft = Draft::at(translation, span, &identity(mismatch), message).label(label);
    draft = match &mismatch.source {
        Some(reading) => draft.related(reference, reading.span, reading.said.clone()),
        None => draft.related(reference, mismatch.around.0, "counterpart"),
    };
    draft = with_readings(draft, mismatch);
    if let Some(confidence) = mismatch.confidence {
        draft = confidence::doubtful(draft, confidence);
    }
    if rows > 1 {
        draft = draft.data("rows", rows);
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

/// The finding in the reference, from which this translation and all others, `against`, differ in the same way.
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
    with_readings(draft, mismatch).data("against", locales).data("suspect", view.reference.locale().as_str())
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

/// The other translations that differ from the reference here in the same way, with their readings, if all of them do:
/// then the reference is the odd one out.
fn saying_the_same<'v>(view: &PairView<'v>, mismatch: &Mismatch) -> Vec<(&'v Comparison, &'v Reading)> {
    let (Some(here), Some(_)) = (&mismatch.translation, &mismatch.source) else { return Vec::new() };
    let differing_alike = |other: &'v Comparison| {
        let alike = |theirs: &&Mismatch| {
            theirs.source == mismatch.source
                && theirs.translation.as_ref().is_some_and(|reading| reading.said == here.said)
        };
        Some((other, other.index().about(other, mismatch).find(alike)?.translation.as_ref()?))
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
                .about(other, mismatch)
                .any(|theirs| theirs.source_block == mismatch.source_block && theirs.source == mismatch.source)
    };
    let others = view.page.pairs.iter().filter(agrees);
    others.map(|other| locale(view, other)).collect()
}

/// The mismatches of a comparison by their place in the reference, for lookup by the other comparisons.
#[derive(Debug, Default)]
pub struct Index {
    /// By the span of the reference's reading, or else by block.
    by_place: FxHashMap<(Option<Span>, u32), Vec<u32>>,
    /// Blocks, with their cells or surrounding blocks.
    around: FxHashSet<(u32, Span)>,
}

impl Index {
    /// Indexes the mismatches of one comparison.
    pub(super) fn new(mismatches: &[Mismatch]) -> Self {
        let mut index = Self::default();
        for (number, mismatch) in mismatches.iter().enumerate() {
            index.by_place.entry(Self::place(mismatch)).or_default().push(number as u32);
            index.around.insert((mismatch.source_block, mismatch.around.0));
        }
        index
    }

    fn place(mismatch: &Mismatch) -> (Option<Span>, u32) {
        match &mismatch.source {
            Some(reading) => (Some(reading.span), 0),
            None => (None, mismatch.source_block),
        }
    }

    /// The mismatches of `comparison`, which this indexes, at the same place of the reference.
    fn about<'c>(&'c self, comparison: &'c Comparison, mismatch: &Mismatch) -> impl Iterator<Item = &'c Mismatch> {
        let numbers = self.by_place.get(&Self::place(mismatch)).into_iter().flatten();
        numbers.map(|&number| &comparison.mismatches[number as usize])
    }

    /// Whether there are mismatches in the same block and cell of the reference.
    fn is_around(&self, mismatch: &Mismatch) -> bool {
        self.around.contains(&(mismatch.source_block, mismatch.around.0))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(source: u32, translation: u32, log_odds: f32, moved: bool) -> Pair {
        Pair { source: source..source + 1, translation: translation..translation + 1, log_odds, moved }
    }

    #[test]
    fn a_pair_is_in_doubt_if_it_moved_or_fits_poorly_beside_a_gap() {
        let pairs = vec![
            pair(0, 0, 9.0, false),
            pair(1, 1, -3.0, false),
            pair(2, 2, 4.0, false),
            pair(4, 3, -3.0, false),
            pair(5, 4, 4.0, false),
            pair(6, 9, 2.0, true),
        ];
        let alignment = Alignment::new(pairs, 7, 10);
        let doubts: Vec<bool> = (0..6).map(|index| doubt(&alignment, index, 10).is_some()).collect();
        assert_eq!(doubts, [false, false, false, true, false, true]);
        // A block that fits by 2 nats was chosen out of ten: less sure than not.
        assert!(doubt(&alignment, 5, 10).is_some_and(|confidence| (0.4..0.5).contains(&confidence)));
    }
}
