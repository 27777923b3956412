//! Paragraphs and items that one side merged or split: unpaired blocks next to a pair, or next to a single block, that fit
//! it.

use std::ops::Range;

use crate::alignment::Pair;
use crate::evidence::Scorer;
use crate::features::{Features, Weighted, Words};
use crate::profile::{Profile, token_key};
use isogloss_document::{BlockKind, Token, TokenKind};
use isogloss_text::Span;

/// Minimum gain, in log-odds, of joining an unpaired neighbour to a pair.
const GAIN: f32 = 3.0;
/// Minimum log-odds of pairing a run of unpaired blocks with a single unpaired one.
const WHOLE: f32 = 0.5;
/// Mean log-odds below which blocks in the same position do not correspond.
const UNLIKE: f32 = -6.0;
/// The same if one side has other blocks among them.
const UNLIKE_AMONG: f32 = -4.5;
/// Maximum sum of log-odds below [`UNLIKE`]: a single block in the place of another is mostly a free translation.
const FREELY: f32 = -2.4;
/// Maximum number of blocks that are a paragraph with the markers around it.
const MOST_MARKS: usize = 4;
/// Maximum number of blocks that are one paragraph.
const MOST: usize = 12;
/// Maximum number of blocks joined to a pair.
const MOST_JOINED: usize = MOST - 1;

/// Joins unpaired text to pairs; `pairs` are in source order.
pub(crate) fn find(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (n, m) = (scorer.source.blocks().len(), scorer.translation.blocks().len());
    let mut taken = vec![false; m];
    pairs.iter().for_each(|pair| taken[pair.translation.start as usize] = true);
    let mut found = Vec::new();
    for index in 0..=pairs.len() {
        let (i, j) =
            index.checked_sub(1).map_or((0, 0), |before| (pairs[before].source.end, pairs[before].translation.end));
        let (x, y) = pairs.get(index).map_or((n as u32, m as u32), |pair| (pair.source.start, pair.translation.start));
        let (source, translation) = (i..x, j..y);
        // Next to swapped pairs, the blocks in between may already be paired.
        if translation.clone().any(|block| taken[block as usize]) {
            continue;
        }
        match (source.len(), translation.len()) {
            (0, 0) => {}
            (2..=MOST, 1) | (1, 2..=MOST) => found.extend(whole(scorer, &source, &translation)),
            (1..=MOST_JOINED, 0) | (0, 1..=MOST_JOINED) => extend(scorer, pairs, index, &source, &translation),
            (0, _) | (_, 0) => {}
            (rows, columns) => {
                let pairs = replaced(scorer, source.clone(), translation.clone());
                let few = 2..=MOST_MARKS;
                if pairs.is_empty() && few.contains(&rows) && few.contains(&columns) {
                    found.extend(facing(scorer, source, translation));
                }
                found.extend(pairs);
            }
        }
    }
    if !found.is_empty() {
        pairs.extend(found);
        pairs.sort_by_key(|pair| pair.source.start);
    }
}

/// Equal numbers of blocks of the same kinds in the same position on both sides correspond unless the evidence is strongly
/// against it; dynamic programming underestimates the cost of a long run of gaps. The same next to kinds that only one side
/// has there, such as images between paragraphs, except headings, which represent their whole section.
fn replaced(scorer: &Scorer<'_>, source: Range<u32>, translation: Range<u32>) -> Vec<Pair> {
    let blocks = |range: Range<u32>| range.start as usize..range.end as usize;
    let (source, translation) = (blocks(source), blocks(translation));
    let (here, there) = (kinds(&scorer.source, source.clone()), kinds(&scorer.translation, translation.clone()));
    let rows: Vec<usize> = source.clone().filter(|&i| there.contains(&scorer.source.kind(i))).collect();
    let columns: Vec<usize> = translation.clone().filter(|&j| here.contains(&scorer.translation.kind(j))).collect();
    let is_all = rows.len() == source.len() && columns.len() == translation.len();
    let has_heading = here.iter().chain(&there).any(|kind| matches!(kind, BlockKind::Heading(_)));
    let alike = rows.len() == columns.len() && rows.iter().zip(&columns).all(|(&i, &j)| scorer.kind_is(i, j));
    if !alike || (!is_all && has_heading) {
        return Vec::new();
    }
    let pairs: Vec<Pair> = rows.into_iter().zip(columns).map(|(i, j)| scorer.make_pair(i, j)).collect();
    let total: f32 = pairs.iter().map(|pair| pair.log_odds).sum();
    let least = if is_all { UNLIKE * pairs.len() as f32 + FREELY } else { UNLIKE_AMONG * pairs.len() as f32 };
    if total >= least { pairs } else { Vec::new() }
}

/// The kinds of some blocks.
fn kinds(profile: &Profile<'_>, blocks: Range<usize>) -> Vec<BlockKind> {
    let mut kinds = Vec::new();
    for kind in blocks.map(|block| profile.kind(block)) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// The paragraph of a callout on both sides, if one side writes its markers in another dialect, or machine translation broke
/// one, which becomes a paragraph: the best pair, the first of equals. Dynamic programming counts the markers on either side
/// as separate gaps, and prefers to skip everything.
fn facing(scorer: &Scorer<'_>, source: Range<u32>, translation: Range<u32>) -> Option<Pair> {
    let lengths = (source.len(), translation.len());
    let (rows, columns) = (texts(&scorer.source, source)?, texts(&scorer.translation, translation)?);
    let pairs = rows.iter().flat_map(|&i| columns.iter().map(move |&j| scorer.make_pair(i, j)));
    let best = pairs.reduce(|best, pair| if pair.log_odds > best.log_odds { pair } else { best })?;
    let is_plain = match (rows.len(), columns.len()) {
        (1, 1) => lengths.0 != lengths.1,
        (1, 2) | (2, 1) => lengths == (2, 2),
        _ => false,
    };
    (best.log_odds >= if is_plain { UNLIKE } else { 0.0 }).then_some(best)
}

/// The paragraphs among callout markers, if there is nothing else.
fn texts(profile: &Profile<'_>, blocks: Range<u32>) -> Option<Vec<usize>> {
    let is_mark = |kind: BlockKind| matches!(kind, BlockKind::Callout | BlockKind::Component | BlockKind::Close);
    let texts: Vec<usize> = blocks.map(|block| block as usize).filter(|&block| !is_mark(profile.kind(block))).collect();
    texts.iter().all(|&block| profile.kind(block) == BlockKind::Paragraph).then_some(texts)
}

/// An unpaired run of blocks and an unpaired single block.
fn whole(scorer: &Scorer<'_>, source: &Range<u32>, translation: &Range<u32>) -> Option<Pair> {
    let log_odds = joined(scorer, source, translation)?.log_odds;
    let pair = Pair { source: source.clone(), translation: translation.clone(), log_odds, moved: false };
    (log_odds >= WHOLE).then_some(pair)
}

/// Unpaired blocks of one side, joined to the pair before or after them, whichever gains more. The pair after them may also
/// absorb the blocks that follow it, since a merged text may be paired with one from its middle.
fn extend(scorer: &Scorer<'_>, pairs: &mut [Pair], index: usize, source: &Range<u32>, translation: &Range<u32>) {
    if let Some(Joint { gain, at, pair, .. }) = joint(scorer, pairs, index, source, translation)
        && gain >= GAIN
    {
        pairs[at] = pair;
    }
}

/// The gain, in log-odds, of joining unpaired blocks of one side to the pair before or after them, if it is text in the same
/// container, and its lengths fit better too. They are before the pair at `index`, and one of the ranges is empty.
pub(crate) fn gain(
    scorer: &Scorer<'_>,
    pairs: &[Pair],
    index: usize,
    source: &Range<u32>,
    translation: &Range<u32>,
) -> Option<f32> {
    let is_short = source.len().max(translation.len()) <= MOST_JOINED;
    let neighbours = &pairs[index.saturating_sub(1)..pairs.len().min(index + 1)];
    if !is_short || neighbours.iter().any(|pair| pair.moved) {
        return None;
    }
    let Joint { gain, fills, pair, .. } = joint(scorer, pairs, index, source, translation)?;
    let is_alike = |profile: &Profile<'_>, blocks: &Range<u32>| {
        let mut shapes = profile.shapes[blocks.start as usize..blocks.end as usize].iter();
        let first = shapes.next().map(|shape| (shape.role, shape.depth));
        shapes.all(|shape| Some((shape.role, shape.depth)) == first)
    };
    // The introduction of a list has the same names as its items.
    let is_alike = is_alike(&scorer.source, &pair.source) && is_alike(&scorer.translation, &pair.translation);
    (fills && is_alike).then_some(gain)
}

/// A pair joined with unpaired neighbours.
struct Joint {
    /// Gain in log-odds.
    gain: f32,
    /// Whether its lengths fit better.
    fills: bool,
    /// Its index.
    at: usize,
    /// The joined pair.
    pair: Pair,
}

/// The best pair for unpaired blocks of one side before the pair at `index`.
fn joint(
    scorer: &Scorer<'_>,
    pairs: &[Pair],
    index: usize,
    source: &Range<u32>,
    translation: &Range<u32>,
) -> Option<Joint> {
    let mut best: Option<Joint> = None;
    let mut consider = |at: usize, source: &Range<u32>, translation: &Range<u32>| {
        let Some(pair) = pairs.get(at) else { return };
        let hull = |a: &Range<u32>, b: &Range<u32>| a.start.min(b.start)..a.end.max(b.end);
        let (from, to) = (hull(&pair.source, source), hull(&pair.translation, translation));
        // Only one side may have several blocks.
        if from.len().min(to.len()) > 1 || from.len().max(to.len()) > MOST {
            return;
        }
        let (Some(with), Some(without)) = (joined(scorer, &from, &to), joined(scorer, &pair.source, &pair.translation))
        else {
            return;
        };
        let gain = with.log_odds - without.log_odds;
        if best.as_ref().is_none_or(|best| gain > best.gain) {
            let pair = Pair { source: from, translation: to, log_odds: with.log_odds, moved: pair.moved };
            best = Some(Joint { gain, fills: with.of_lengths > without.of_lengths, at, pair });
        }
    };
    consider(index.wrapping_sub(1), source, translation);
    consider(index, source, translation);
    if let (Some(pair), Some(after)) = (pairs.get(index), pairs.get(index + 1)) {
        let (rows, columns) = (pair.source.end..after.source.start, pair.translation.end..after.translation.start);
        let is_one_sided = |left: &Range<u32>, kept: &Range<u32>| left.start < left.end && kept.start == kept.end;
        if source.is_empty() && is_one_sided(&columns, &rows) {
            consider(index, source, &(translation.start..columns.end));
        } else if translation.is_empty() && is_one_sided(&rows, &columns) {
            consider(index, &(source.start..rows.end), translation);
        }
    }
    best
}

/// Log-odds that two runs of text correspond.
struct Joined {
    log_odds: f32,
    /// The share of their lengths.
    of_lengths: f32,
}

/// Compares two runs of text, of which one is a single block; `None` if they are not text, or not in one section.
fn joined(scorer: &Scorer<'_>, source: &Range<u32>, translation: &Range<u32>) -> Option<Joined> {
    let (mut a, mut x) = join(&scorer.source, source)?;
    let (mut b, mut y) = join(&scorer.translation, translation)?;
    if source.len() > 1 {
        drop_marks(scorer.source.document.list_items(source), &x, (&mut b, &mut y));
    } else {
        drop_marks(scorer.translation.document.list_items(translation), &y, (&mut a, &mut x));
    }
    let words = if source.len() > 1 {
        let parts = stretches(&scorer.source, source, &scorer.translation, translation.start as usize);
        parts.map(|(part, stretch)| scorer.compare_words(part, &stretch)).sum::<f32>()
    } else {
        let parts = stretches(&scorer.translation, translation, &scorer.source, source.start as usize);
        parts.map(|(part, stretch)| scorer.compare_words(&stretch, part)).sum()
    };
    let log_odds = scorer.compare((&a, &x), (&b, &y)) + words;
    Some(Joined { log_odds, of_lengths: scorer.compare_lengths(&a, &b) })
}

/// Removes the numbers of list items from the sorted tokens of a single text with this many items: the list has them too,
/// but not in its text.
fn drop_marks(items: usize, list: &[Weighted], (features, tokens): (&mut Features, &mut Vec<Weighted>)) {
    for number in 1..=items {
        let key = token_key(&Token::new(TokenKind::Number, &number.to_string(), Span::default()));
        if list.iter().all(|token| token.0 != key)
            && let Some(at) = tokens.iter().position(|token| token.0 == key)
        {
            features.token_weight -= tokens.remove(at).1;
        }
    }
}

/// The words of several blocks, each next to the words of the single block on the other side in the same relative position:
/// the last of several merged texts would not match the start of the merged one.
fn stretches<'p>(
    many: &'p Profile<'_>,
    range: &Range<u32>,
    single: &'p Profile<'_>,
    block: usize,
) -> impl Iterator<Item = (&'p Words, Words)> {
    let blocks = range.start as usize..range.end as usize;
    let count = |block: usize| many.word_hashes(block).len();
    let (total, all) = (blocks.clone().map(count).sum::<usize>().max(1), single.word_hashes(block));
    let mut before = 0;
    blocks.map(move |part| {
        let from = before * all.len() / total;
        before += count(part);
        (many.words(part), single.read(&all[from..before * all.len() / total]))
    })
}

/// The features and tokens of several blocks as if they were one.
fn join(profile: &Profile<'_>, range: &Range<u32>) -> Option<(Features, Vec<Weighted>)> {
    let blocks = range.start as usize..range.end as usize;
    let section = profile.blocks()[blocks.start].section;
    let is_text =
        |block: usize| profile.kind(block) == BlockKind::Paragraph && profile.blocks()[block].section == section;
    if !blocks.clone().all(is_text) {
        return None;
    }
    let mut tokens: Vec<Weighted> = blocks.clone().flat_map(|block| profile.tokens(block).iter().copied()).collect();
    tokens.sort_unstable_by_key(|token| token.0);
    Some((Features::joined(blocks.map(|block| &profile.features[block])), tokens))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Model, Outline};
    use isogloss_document::{Document, Syntax};

    /// The pairs found in two pages without any pairs, as block indexes.
    fn found(source: &str, translation: &str) -> Vec<(u32, u32)> {
        let [source, translation] =
            [source, translation].map(|text| Document::parse(text.to_owned(), Syntax::Markdown));
        let (a, b) = (Outline::new(&source), Outline::new(&translation));
        let model = Model::default();
        let scorer = Aligner::new((&source, &a), (&translation, &b), &model).scorer;
        let mut pairs = Vec::new();
        find(&scorer, &mut pairs);
        pairs.iter().map(|pair| (pair.source.start, pair.translation.start)).collect()
    }

    #[test]
    fn images_do_not_separate_paragraphs() {
        let english = "You queue at the quay.\n\n![](1.png)\n\nThe crew calls you.\n\n![](2.png)\n\nYou board.\n";
        let german = "Sie stehen am Kai an.\n\nDie Mannschaft ruft Sie.\n\nSie gehen an Bord.\n";
        assert_eq!(found(english, german), [(0, 0), (2, 1), (4, 2)]);
        assert_eq!(found(german, english), [(0, 0), (1, 2), (2, 4)]);
        // One more paragraph may belong to either.
        assert_eq!(found(&format!("{english}\nThe end.\n"), german), []);
        // Text under another heading does not match.
        assert_eq!(found(&english.replace("![](1.png)", "## Crew"), german), []);
    }
}
