//! Paragraphs and items that one side merged or split: what is left over beside a pair, or beside a single block, and fits it.

use std::ops::Range;

use super::Pair;
use super::evidence::Scorer;
use super::profile::{Features, Profile, Stretch, Weighted, Words};
use crate::document::Kind;

/// How much better a pair must fit with a left-over neighbour than without.
const GAIN: f32 = 3.0;
/// Log-odds from which a run of blocks and a single one that are both left over are one text.
const WHOLE: f32 = 0.5;
/// Mean log-odds below which blocks at the same place are strangers all the same.
const UNLIKE: f32 = -6.0;
/// By how much they may fall below that in all: a single block in the place of another is a free translation, mostly.
const FREELY: f32 = -2.4;
/// More blocks than this are more than a paragraph and the marks around it.
const MOST_MARKS: usize = 4;
/// More blocks than this are not one paragraph.
const MOST: usize = 12;

/// Joins left-over text to pairs; `pairs` are in the order of the source.
pub(super) fn find(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (n, m) = (scorer.source.blocks().len(), scorer.translation.blocks().len());
    let mut taken = vec![false; m];
    pairs.iter().for_each(|pair| taken[pair.translation.start as usize] = true);
    let mut found = Vec::new();
    for index in 0..=pairs.len() {
        let (i, j) =
            index.checked_sub(1).map_or((0, 0), |before| (pairs[before].source.end, pairs[before].translation.end));
        let (x, y) = pairs.get(index).map_or((n as u32, m as u32), |pair| (pair.source.start, pair.translation.start));
        let (source, translation) = (i..x, j..y);
        // Beside pairs that changed places, what lies between may be paired already.
        if translation.clone().any(|block| taken[block as usize]) {
            continue;
        }
        match (source.len(), translation.len()) {
            (0, 0) => {}
            (2..=MOST, 1) | (1, 2..=MOST) => found.extend(whole(scorer, &source, &translation)),
            (rows, columns) if rows == columns => found.extend(replaced(scorer, source, translation)),
            (1..=3, 0) | (0, 1..=3) => extend(scorer, pairs, index, &source, &translation),
            (2..=MOST_MARKS, 2..=MOST_MARKS) => found.extend(facing(scorer, source, translation)),
            _ => {}
        }
    }
    if !found.is_empty() {
        pairs.extend(found);
        pairs.sort_by_key(|pair| pair.source.start);
    }
}

/// As many blocks of the same kinds on both sides, at the same place: they are each other's unless much speaks against it.
/// (The dynamic programme finds a long run of gaps cheap for each of its blocks.)
fn replaced(scorer: &Scorer<'_>, source: Range<u32>, translation: Range<u32>) -> Vec<Pair> {
    let pairs: Vec<Pair> = source.zip(translation).map(|(i, j)| scorer.make_pair(i as usize, j as usize)).collect();
    let total: f32 = pairs.iter().map(|pair| pair.log_odds).sum();
    let alike = pairs.iter().all(|pair| scorer.kind_is(pair.source.start as usize, pair.translation.start as usize));
    if alike && total >= UNLIKE * pairs.len() as f32 + FREELY { pairs } else { Vec::new() }
}

/// The only paragraphs among the marks of a callout that one side writes in another dialect.
fn facing(scorer: &Scorer<'_>, source: Range<u32>, translation: Range<u32>) -> Option<Pair> {
    let is_mark = |kind: Kind| matches!(kind, Kind::Callout | Kind::Component | Kind::Close);
    let only = |profile: &Profile<'_>, blocks: Range<u32>| {
        let mut others = blocks.map(|block| block as usize).filter(|&block| !is_mark(profile.kind(block)));
        let text = others.next().filter(|&block| profile.kind(block) == Kind::Paragraph)?;
        others.next().is_none().then_some(text)
    };
    let pair = scorer.make_pair(only(&scorer.source, source)?, only(&scorer.translation, translation)?);
    (pair.log_odds >= UNLIKE).then_some(pair)
}

/// A run of blocks and a single one, both left over.
fn whole(scorer: &Scorer<'_>, source: &Range<u32>, translation: &Range<u32>) -> Option<Pair> {
    let log_odds = joined(scorer, source, translation)?;
    let pair = Pair { source: source.clone(), translation: translation.clone(), log_odds, moved: false };
    (log_odds >= WHOLE).then_some(pair)
}

/// Left-over blocks of one side, joined to the pair before or after them, whichever gains more.
fn extend(scorer: &Scorer<'_>, pairs: &mut [Pair], index: usize, source: &Range<u32>, translation: &Range<u32>) {
    let mut best: Option<(f32, usize, Pair)> = None;
    for at in [index.wrapping_sub(1), index] {
        let Some(pair) = pairs.get(at) else { continue };
        let start = |a: &Range<u32>, b: &Range<u32>| a.start.min(b.start)..a.end.max(b.end);
        let (from, to) = (start(&pair.source, source), start(&pair.translation, translation));
        // Only one side may hold several blocks.
        if from.len().min(to.len()) > 1 {
            continue;
        }
        let (Some(with), Some(without)) = (joined(scorer, &from, &to), joined(scorer, &pair.source, &pair.translation))
        else {
            continue;
        };
        if with >= without + GAIN && best.as_ref().is_none_or(|(gain, ..)| with - without > *gain) {
            best =
                Some((with - without, at, Pair { source: from, translation: to, log_odds: with, moved: pair.moved }));
        }
    }
    if let Some((_, at, pair)) = best {
        pairs[at] = pair;
    }
}

/// Log-odds that two runs of text say the same, of which one is a single block; `None` if they are not text, or not of one
/// section.
fn joined(scorer: &Scorer<'_>, source: &Range<u32>, translation: &Range<u32>) -> Option<f32> {
    let (a, x) = join(&scorer.source, source)?;
    let (b, y) = join(&scorer.translation, translation)?;
    let words = if source.len() > 1 {
        let parts = stretches(&scorer.source, source, &scorer.translation, translation.start as usize);
        parts.map(|(part, stretch)| scorer.compare_words(part, stretch.words())).sum::<f32>()
    } else {
        let parts = stretches(&scorer.translation, translation, &scorer.source, source.start as usize);
        parts.map(|(part, stretch)| scorer.compare_words(stretch.words(), part)).sum()
    };
    Some(scorer.compare((&a, &x), (&b, &y)) + words)
}

/// The words of several blocks, each beside those of the single block on the other side that stand where its own should: as
/// long a part of all. The last of several texts that were merged would not be known by how the merged one begins.
fn stretches<'p>(
    many: &'p Profile<'_>,
    range: &Range<u32>,
    single: &'p Profile<'_>,
    block: usize,
) -> impl Iterator<Item = (Words<'p>, Stretch)> {
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

/// The features and tokens of several blocks as of one.
fn join(profile: &Profile<'_>, range: &Range<u32>) -> Option<(Features, Vec<Weighted>)> {
    let blocks = range.start as usize..range.end as usize;
    let section = profile.blocks()[blocks.start].section;
    let is_text = |block: usize| profile.kind(block) == Kind::Paragraph && profile.blocks()[block].section == section;
    if !blocks.clone().all(is_text) {
        return None;
    }
    let mut tokens: Vec<Weighted> = blocks.clone().flat_map(|block| profile.tokens(block).iter().copied()).collect();
    tokens.sort_unstable_by_key(|token| token.0);
    Some((Features::joined(blocks.map(|block| &profile.features[block])), tokens))
}
