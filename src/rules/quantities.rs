//! Quantities that differ between aligned blocks, and what the three rules about them say alike.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Draft, Sink};
use super::readings::{Part, Reading, Readings};
use super::view::{Comparison, PairView, Version};
use super::{Rule, confidence};
use crate::fingerprint::Shared;
use isogloss_align::{Alignment, Pair, probability};
use isogloss_document::{Block, Document, Kind};
use isogloss_quantities::{Category, Difference, Quantity, TextPair, compare};
use isogloss_text::Span;

/// A quantity that one side has and the other has not, or has otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatch {
    /// Which rule it belongs to.
    pub class: Category,
    /// The reference's block.
    pub source_block: u32,
    /// The translation's block.
    pub translation_block: u32,
    /// Which of a row's cells it stands in, or 0.
    pub cell: usize,
    /// The reference's reading, if it has one.
    pub source: Option<Reading>,
    /// The translation's reading, if it has one.
    pub translation: Option<Reading>,
    /// Where to look in the reference and in the translation when there is no reading: the cell or block.
    pub around: (Span, Span),
    /// How sure it is, from 0 to 1, that the two blocks belong together, where that is in doubt.
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

/// Several headings that say nothing but a date, and another one here than there, are entries of a list of news that went on: one
/// of the others may be any one's counterpart, or none.
fn doubt_entries(source: &Document, translation: &Document, found: &mut [Mismatch]) {
    let is_all = |document: &Document, block: u32, reading: &Option<Reading>| {
        let block = &document.blocks[block as usize];
        matches!(block.kind, Kind::Heading(_))
            && reading.as_ref().is_some_and(|reading| reading.span.len() >= block.plain.len())
    };
    let is_entry = |mismatch: &Mismatch| {
        mismatch.class == Category::Date
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
    // Rows of different widths are another rule's; which cell belongs to which is not known.
    if count == translation.count(blocks.1) {
        for index in 0..count {
            let parts = (source.part(blocks.0, index), translation.part(blocks.1, index));
            differences((source, parts.0), (translation, parts.1), (pair, index), found);
        }
    }
}

/// How sure it is that the blocks of a pair belong together, where that is in doubt: they stand elsewhere, or fit poorly beside
/// something that one side lacks. What stands in step with both neighbours does belong together, however it reads: a number
/// that differs is what makes it fit poorly.
fn doubt(alignment: &Alignment, index: usize, blocks: usize) -> Option<f32> {
    let pair = &alignment.pairs[index];
    if pair.moved {
        // It was looked for all over the document, so that as many other blocks might have fitted by chance.
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
    // The same text says the same, whatever the language.
    if source.text(here) == translation.text(there) {
        return;
    }
    let texts = source.texts(here, (translation, there));
    if texts.is_some_and(TextPair::is_known_to_agree) {
        return;
    }
    if source.gist(here).agrees(|| translation.gist(there)) {
        texts.into_iter().for_each(TextPair::remember);
        return;
    }
    let (source_block, translation_block) = (pair.source.start, pair.translation.start);
    let (ours, theirs) = (source.quantities(here), translation.quantities(there));
    let differences = compare(&ours, &theirs);
    if differences.is_empty() {
        texts.into_iter().for_each(TextPair::remember);
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
        class: difference.category,
        source_block,
        translation_block,
        cell,
        source: difference.source.map(|index| source.reading(here, &ours[index])),
        translation: difference.translation.map(|index| translation.reading(there, &theirs[index])),
        around: (here.span, there.span),
        confidence: None,
    }));
}

/// For each quantity of a text, in order, whether it goes on with the one before it, which differs too, with one sign between: of
/// `2,4,5` for the version 2.4.5, the 5 is told with the 2,4. A slash stands between alternatives. `differing` are indexes.
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

/// Whether a block's text is compared by itself: what stands in a row is compared with the row's cell.
fn comparable(document: &Document, block: u32) -> bool {
    let block: &Block = &document.blocks[block as usize];
    !block.plain.is_empty() && !document.is_in_row(block)
}

/// Reports the mismatches of one class. Where all translations differ from the reference alike, it is the suspect, and they are
/// one finding in it, unless that is not asked for.
pub(super) fn report(view: &PairView<'_>, class: Category, rule: &Rule, sink: &mut Sink<'_>) {
    let of_reference = sink.runs(rule, view.reference);
    let mut columns = Columns::of(view, class);
    // What a block's findings share, made once for those that follow one another.
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

/// The columns of tables in which rows of the translation lack what the reference has there, with how many they are.
struct Columns(FxHashMap<(u32, usize), FxHashSet<u32>>);

impl Columns {
    /// So many rows that lack something in one column are one fault: what made the column lost it in all of them.
    const MOST_SINGLE: usize = 2;

    fn of(view: &PairView<'_>, class: Category) -> Self {
        let mut columns = FxHashMap::<_, FxHashSet<u32>>::default();
        for mismatch in view.comparison.mismatches.iter().filter(|mismatch| mismatch.class == class) {
            if let Some(column) = Self::column(view, mismatch) {
                columns.entry(column).or_default().insert(mismatch.translation_block);
            }
        }
        Self(columns)
    }

    /// Table and cell of a mismatch, if it stands in a row that surely lacks something.
    fn column(view: &PairView<'_>, mismatch: &Mismatch) -> Option<(u32, usize)> {
        let lacks = mismatch.translation.is_none() && mismatch.confidence.is_none();
        let table = view.translation.document.blocks[mismatch.translation_block as usize].table;
        table.filter(|_| lacks).map(|table| (table, mismatch.cell))
    }

    /// How many rows the finding about a mismatch is about; `None` if the one about a row above it is about this one too.
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

/// The finding in a translation. `against` are the others that differ as it does; `rows` is how many rows it is about.
fn draft(view: &PairView<'_>, mismatch: &Mismatch, against: &[(&Comparison, &Reading)], rows: usize) -> Draft {
    let (reference, translation) = (view.reference, view.translation);
    let others = agreeing(view, mismatch);
    let name = with_others(reference, others.len());
    let there = mismatch.source.as_ref().map_or("nothing like it", |reading| &reading.said);
    let (span, label, message) = if let Some(reading) = &mismatch.translation {
        let message = match against.len() {
            0 => format!("{} here, {there} in {name}", reading.said),
            count => {
                let others = other_languages(count);
                format!("{} here and in {others}, {there} in {name}, which may be wrong", reading.said)
            }
        };
        (reading.span, format!("read as {}", reading.said), message)
    } else {
        let rest = if rows > 1 { format!(", nor are those of {} rows below it", rows - 1) } else { String::new() };
        (mismatch.around.1, format!("{there} is not here"), format!("{there} in {name} is not here{rest}"))
    };
    let mut draft = Draft::at(translation, span, &identity(mismatch), message).label(label);
    draft = match &mismatch.source {
        Some(reading) => draft.related(reference, reading.span, reading.said.clone()),
        None => draft.related(reference, mismatch.around.0, "the same text"),
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

/// The finding in the reference, which this translation and all others, `against`, differ from alike.
fn draft_of_reference(view: &PairView<'_>, mismatch: &Mismatch, against: &[(&Comparison, &Reading)]) -> Draft {
    let said = |reading: &Option<Reading>| reading.as_ref().map_or(String::new(), |reading| reading.said.clone());
    let (here, there) = (said(&mismatch.source), said(&mismatch.translation));
    let message = format!("{here} here, {there} in {}, which agree", other_languages(against.len() + 1));
    let span = mismatch.source.as_ref().map_or(mismatch.around.0, |reading| reading.span);
    let mut draft = Draft::at(view.reference, span, &identity(mismatch), message).label(format!("read as {here}"));
    let own = mismatch.translation.iter().map(|reading| (view.comparison, reading));
    let mut locales = Vec::new();
    for (other, reading) in own.chain(against.iter().copied()) {
        draft = draft.related(&view.page.versions[other.version], reading.span, reading.said.clone());
        locales.push(locale(view, other));
    }
    with_readings(draft, mismatch).data("against", locales).data("suspect", view.reference.locale().as_str())
}

/// What stays the same of a mismatch while the files are edited elsewhere, before the text of its block in the reference.
fn identity(mismatch: &Mismatch) -> String {
    let there = mismatch.source.as_ref().map_or("nothing like it", |reading| &reading.said);
    let here = mismatch.translation.as_ref().map_or("", |reading| &reading.said);
    format!("{there} {here}")
}

/// The text of a block of the reference, as it goes into fingerprints.
fn text_of(reference: &Version<'_>, block: u32) -> Rc<Shared> {
    Rc::new(Shared::new(reference.document.plain_of(&reference.document.blocks[block as usize])))
}

/// Adds what was read on both sides.
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

/// The other translations that differ from the reference at that place as this one does, with what they say, if all of them
/// do: then the reference is the odd one out.
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

/// The locales of other translations that say what the reference says at that place.
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

/// The mismatches of a comparison by where they stand in the reference, for the other comparisons to look them up.
#[derive(Debug, Default)]
pub struct Index {
    /// By the place of the reference's reading; those without one by their block instead.
    by_place: FxHashMap<(Option<Span>, u32), Vec<u32>>,
    /// Blocks, and cells or blocks around.
    around: FxHashSet<(u32, Span)>,
}

impl Index {
    /// Puts down the mismatches of one comparison.
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

    /// The mismatches of `comparison`, which this is the index of, about the same place of the reference.
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
