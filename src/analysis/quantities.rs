//! Finds the quantities that differ between aligned blocks.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::cells;
use super::keys::RowPair;
use super::mismatch::{Cause, Mismatch};
use super::neighbors::drop_moved;
use super::readings::{Part, Reading, Readings};
use isogloss_align::{Alignment, Pair, probability};
use isogloss_document::{Block, BlockKind, Document};
use isogloss_quantities::{
    Category, Difference, Gist, Quantity, Reliability, Text, TextPair, compare_texts, differ_in_having_year, explain,
    is_often_added, is_often_left_out,
};

/// What only one side has is no finding if it is more likely that the blocks do not belong together.
const LEAST_IF_LACKING: f32 = 0.5;
/// What changed is itself a reason for two blocks to match poorly, so less is enough.
const LEAST_IF_CHANGED: f32 = 0.25;

/// How quantities are compared.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'m> {
    /// Which forms of them can be relied upon.
    pub reliability: &'m Reliability,
    /// Whether to explain mismatches.
    pub explain: bool,
}

impl Manner<'_> {
    /// Why a difference was found, if asked for.
    fn explanation(self, (source, translation): (&Text<'_>, &Text<'_>), difference: &Difference) -> Vec<String> {
        if !self.explain {
            return Vec::new();
        }
        let mut explanation = explain(source, translation, difference);
        explanation.extend(self.reliability.explain(source.quantities, translation.quantities, difference));
        explanation
    }
}

/// All quantities that differ between the two documents, in the order of the reference.
pub fn mismatches(
    source: &Readings<'_>,
    translation: &Readings<'_>,
    alignment: &Alignment,
    manner: Manner<'_>,
) -> Vec<Mismatch> {
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for (index, pair) in alignment.pairs.iter().enumerate() {
        let blocks = (pair.source.start, pair.translation.start);
        if !comparable(source.document, blocks.0) || !comparable(translation.document, blocks.1) {
            continue;
        }
        let begin = found.len();
        compare_pair(source, translation, (pair, manner), &mut found);
        if found.len() > begin {
            let doubt = doubt(alignment, index, translation.blocks());
            found[begin..].iter_mut().for_each(|mismatch| mismatch.doubt = doubt);
        }
        if source.document.blocks[blocks.0 as usize].table.is_some() {
            rows.push(RowPair { source: blocks.0, translation: blocks.1, index: Some(index) });
        }
    }
    let compare = |pair: RowPair, cells: (usize, usize), found: &mut Vec<Mismatch>| {
        let parts = (source.part(pair.source, cells.0), translation.part(pair.translation, cells.1));
        let begin = found.len();
        differences(
            (source, parts.0),
            (translation, parts.1),
            ((pair.source, pair.translation), cells.0, manner),
            found,
        );
        if found.len() > begin {
            let doubt = pair.index.and_then(|index| doubt(alignment, index, translation.blocks()));
            found[begin..].iter_mut().for_each(|mismatch| mismatch.doubt = doubt);
        }
    };
    let mut found = cells::settle((source, translation), &rows, found, &compare);
    doubt_entries(source.document, translation.document, &mut found);
    drop_moved(source, translation, alignment, &mut found);
    found.retain(|mismatch| {
        let least = if mismatch.is_one_sided() { LEAST_IF_LACKING } else { LEAST_IF_CHANGED };
        mismatch.reliability >= LEAST_IF_LACKING && mismatch.confidence() >= least
    });
    found
}

/// Counts how often the quantities of two blocks that are counterparts have a counterpart.
pub(super) fn observe(
    source: &Readings<'_>,
    translation: &Readings<'_>,
    (from, to): (u32, u32),
    reliability: &mut Reliability,
) {
    let count = source.count(from);
    if !comparable(source.document, from) || !comparable(translation.document, to) || count != translation.count(to) {
        return;
    }
    for index in 0..count {
        let (here, there) = (source.part(from, index), translation.part(to, index));
        let is_silent = source.gist(here) == Gist::Nothing && translation.gist(there) == Gist::Nothing;
        if is_silent || source.text(here) == translation.text(there) {
            continue;
        }
        let (ours, theirs) = (source.quantities(here), translation.quantities(there));
        let (ours, theirs, differences) = compare_parts((source, here, ours), (translation, there, theirs));
        let (ours, theirs) = (source.as_side(here, &ours), translation.as_side(there, &theirs));
        let differences = without_code((source, &ours), (translation, &theirs), (from, to), &differences);
        reliability.observe(&ours, &theirs, &differences);
    }
}

/// Several headings that are nothing but a date and that differ are entries of a news list that grew: each may be the
/// counterpart of any other one, or of none.
fn doubt_entries(source: &Document, translation: &Document, found: &mut [Mismatch]) {
    let is_all = |document: &Document, block: u32, reading: &Option<Reading>| {
        let block = &document.blocks[block as usize];
        matches!(block.kind, BlockKind::Heading(_))
            && reading.as_ref().is_some_and(|reading| reading.span.len() >= block.plain.len())
    };
    let is_entry = |mismatch: &Mismatch| {
        mismatch.category == Category::Date
            && is_all(source, mismatch.source_block, &mismatch.source)
            && is_all(translation, mismatch.translation_block, &mismatch.translation)
    };
    let entries = found.iter().filter(|mismatch| is_entry(mismatch)).count();
    if entries > 1 {
        let chance = 1.0 / entries as f32;
        for mismatch in found.iter_mut().filter(|mismatch| is_entry(mismatch)) {
            mismatch.doubt = Some(mismatch.doubt.map_or(chance, |doubt| doubt.min(chance)));
        }
    }
}

fn compare_pair(
    source: &Readings<'_>,
    translation: &Readings<'_>,
    (pair, manner): (&Pair, Manner<'_>),
    found: &mut Vec<Mismatch>,
) {
    let blocks = (pair.source.start, pair.translation.start);
    if pair.source.len() + pair.translation.len() > 2 {
        let items = (source.document.list_items(&pair.source), translation.document.list_items(&pair.translation));
        let parts = (source.joined(&pair.source, items.1), translation.joined(&pair.translation, items.0));
        differences((source, parts.0), (translation, parts.1), (blocks, 0, manner), found);
        return;
    }
    let count = source.count(blocks.0);
    // In rows of different widths, which another rule reports, it is not clear yet which cells are counterparts.
    if count == translation.count(blocks.1) {
        for index in 0..count {
            let parts = (source.part(blocks.0, index), translation.part(blocks.1, index));
            differences((source, parts.0), (translation, parts.1), (blocks, index, manner), found);
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
    (blocks, cell, manner): ((u32, u32), usize, Manner<'_>),
    found: &mut Vec<Mismatch>,
) {
    // Identical text has the same meaning in every language.
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
    let (ours, theirs) = (source.quantities(here), translation.quantities(there));
    let (ours, theirs, differences) = compare_parts((source, here, ours), (translation, there, theirs));
    if differences.is_empty() {
        texts.into_iter().for_each(TextPair::remember);
        return;
    }
    if is_untranslated((source, here), (translation, there)) {
        return;
    }
    let sides = (source.as_side(here, &ours), translation.as_side(there, &theirs));
    let remaining = without_code((source, &sides.0), (translation, &sides.1), blocks, &differences);
    let remaining = remaining.into_iter().map(|difference| Mismatch {
        category: difference.category,
        source_block: blocks.0,
        translation_block: blocks.1,
        cell,
        source: difference.source.map(|index| source.reading(here, &ours[index])),
        translation: difference.translation.map(|index| translation.reading(there, &theirs[index])),
        around: (here.span, there.span),
        is_soft: match (difference.source, difference.translation) {
            (None, Some(index)) => is_often_added(&theirs[index]),
            (Some(index), None) => is_often_left_out(&sides.0, index),
            (Some(at), Some(other)) => differ_in_having_year(&ours[at], &theirs[other]),
            (None, None) => false,
        },
        doubt: None,
        cause: Cause::Single,
        reliability: manner.reliability.probability(&ours, &theirs, &difference),
        explanation: manner.explanation((&sides.0, &sides.1), &difference),
    });
    found.extend(remaining);
}

/// Whether the translation is still in the language of the source, as another version of it: most of its words are the source's,
/// several of them in a row.
fn is_untranslated((source, here): (&Readings<'_>, Part), (translation, there): (&Readings<'_>, Part)) -> bool {
    /// Fewer words in a row may be names.
    const LEAST_RUN: usize = 5;
    let (Some(ours), Some(theirs)) = (source.words(here), translation.words(there)) else { return false };
    let known: FxHashSet<u32> = ours.iter().copied().collect();
    let shared = theirs.iter().filter(|word| known.contains(word)).count();
    let runs: FxHashSet<&[u32]> = ours.windows(LEAST_RUN).collect();
    shared * 3 > theirs.len() * 2 && theirs.windows(LEAST_RUN).any(|run| runs.contains(run))
}

/// The differences of two parts. If there are any, the descriptions of images are compared only if they have equally many
/// quantities, since translators word them freely; also returns the quantities that were compared.
fn compare_parts<'q>(
    (source, here, ours): (&Readings<'_>, Part, Cow<'q, [Quantity]>),
    (translation, there, theirs): (&Readings<'_>, Part, Cow<'q, [Quantity]>),
) -> (Cow<'q, [Quantity]>, Cow<'q, [Quantity]>, Vec<Difference>) {
    let compare = |ours: &[Quantity], theirs: &[Quantity]| {
        compare_texts(&source.as_side(here, ours), &translation.as_side(there, theirs))
    };
    let differences = compare(&ours, &theirs);
    if differences.is_empty() {
        return (ours, theirs, differences);
    }
    let bare = (source.without_images(here, &ours), translation.without_images(there, &theirs));
    if ours.len() - bare.0.len() == theirs.len() - bare.1.len() {
        return (ours, theirs, differences);
    }
    let differences = compare(&bare.0, &bare.1);
    (Cow::Owned(bare.0), Cow::Owned(bare.1), differences)
}

/// The differences of two blocks' texts, without what one side has as code, and without the rest of a number that is torn.
fn without_code(
    (source, ours): (&Readings<'_>, &Text<'_>),
    (translation, theirs): (&Readings<'_>, &Text<'_>),
    blocks: (u32, u32),
    differences: &[Difference],
) -> Vec<Difference> {
    let lost = differences.iter().filter(|difference| difference.translation.is_none());
    let gained = differences.iter().filter(|difference| difference.source.is_none());
    let lost = lost.filter_map(|difference| Some(&*ours.quantities[difference.source?].literal));
    let gained = gained.filter_map(|difference| Some(&*theirs.quantities[difference.translation?].literal));
    let (code_there, code_here) = (translation.as_code(blocks.1, lost), source.as_code(blocks.0, gained));
    let torn = (
        torn(ours, differences.iter().filter_map(|difference| difference.source)),
        torn(theirs, differences.iter().filter_map(|difference| difference.translation)),
    );
    let is_real = |difference: &Difference| match (difference.source, difference.translation) {
        (Some(at), None) => !torn.0[at] && !Readings::may_lack(&code_there, &ours.quantities[at]),
        (None, Some(at)) => !torn.1[at] && !source.may_gain(&code_here, &theirs.quantities[at]),
        _ => true,
    };
    differences.iter().copied().filter(is_real).collect()
}

/// For each quantity of a text, in order, whether it continues the previous one, which differs too, with a single
/// character in between: in `2,4,5` for the version 2.4.5, the 5 is reported with the 2,4. A slash separates
/// alternatives. `differing` are indexes.
fn torn(text: &Text<'_>, differing: impl Iterator<Item = usize>) -> Vec<bool> {
    let (text, quantities) = (text.text, text.quantities);
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
        // A match that is 2 nats better was chosen from ten, so it is more likely wrong than right.
        assert!(doubt(&alignment, 5, 10).is_some_and(|confidence| (0.4..0.5).contains(&confidence)));
    }
}
