//! The confidence that a block has no counterpart: the share of all alignments of its surroundings, weighted by their
//! scores, that skip it (the forward–backward algorithm on pair hidden Markov models; Durbin, Eddy, Krogh and Mitchison
//! 1998).

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::alignment::{Alignment, Pair, probability};
use crate::dynamic::{EXTEND, OPEN, SECTION};
use crate::evidence::{NEVER, Scorer};
use crate::merges;
use crate::profile::Profile;
use isogloss_document::{Document, Role};

/// Scores are divided by this, since the pieces of evidence are not independent.
const TEMPERATURE: f32 = 2.0;
/// Number of pairs on either side of a gap that are reconsidered with it.
const AROUND: usize = 3;
/// Gaps with more possible pairs than this are rewrites, in which nothing is certain.
const MANY: usize = 60_000;
/// Confidence for the blocks of a rewrite.
const UNSURE: f32 = 0.5;
/// Gain of blocks with the same text, in which evidence ignores words that are everywhere.
const SAME_TEXT: f32 = 8.0;
/// Prior log-odds of merging unpaired paragraphs with their neighbour: unknown words count against it. Items of a list are
/// merged less often.
const MERGED: f32 = 1.5;
const MERGED_ITEMS: f32 = -1.0;
/// Minimum length of a text that is not the same by chance, in bytes.
const SHORT: usize = 3;

/// For each block of both documents, the probability that the other has no counterpart; 1 for paired blocks, for which it is
/// not computed.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    /// For source blocks.
    pub source: Vec<f32>,
    /// For translation blocks.
    pub translation: Vec<f32>,
}

/// The confidence that unpaired blocks have no counterpart.
pub(crate) fn absence(scorer: &Scorer<'_>, alignment: &Alignment, may_be_merged: bool) -> Absence {
    let (source, translation) = (scorer.source.document, scorer.translation.document);
    let mut absence =
        Absence { source: vec![1.0; source.blocks.len()], translation: vec![1.0; translation.blocks.len()] };
    let steps = steps(alignment, source.blocks.len(), translation.blocks.len());
    for index in 0..steps.len() - 1 {
        let (gap_source, gap_translation) =
            (steps[index].0.end..steps[index + 1].0.start, steps[index].1.end..steps[index + 1].1.start);
        let rows: Vec<usize> = gap_source.filter(|&block| alignment.pair_of_source(block as u32).is_none()).collect();
        let columns: Vec<usize> =
            gap_translation.filter(|&block| alignment.pair_of_translation(block as u32).is_none()).collect();
        if rows.is_empty() && columns.is_empty() {
            continue;
        }
        let merged = || merged(scorer, alignment, (&steps[index], &steps[index + 1]), (rows.len(), columns.len()));
        let apart = 1.0 - if may_be_merged { merged() } else { 0.0 };
        let (from, to) = window(&steps, index);
        let window = Window { scorer, alignment, source: from.0..to.0, translation: from.1..to.1 };
        let (rows_paired, columns_paired) = window.paired();
        gaps(source, from.0, &rows, &rows_paired, &mut absence.source);
        gaps(translation, from.1, &columns, &columns_paired, &mut absence.translation);
        rows.iter().for_each(|&block| absence.source[block] *= apart);
        columns.iter().for_each(|&block| absence.translation[block] *= apart);
    }
    absence
}

/// The probability that the `open` numbers of unpaired blocks between two pairs are part of one of them, because the other
/// side merged or split it.
fn merged(scorer: &Scorer<'_>, alignment: &Alignment, (before, after): (&Step, &Step), open: (usize, usize)) -> f32 {
    let (source, translation) = (before.0.end..after.0.start, before.1.end..after.1.start);
    // Only blocks of one side alone can be part of a pair, and only all of them.
    if (source.len(), translation.len()) != open || !(source.is_empty() || translation.is_empty()) {
        return 0.0;
    }
    let index = alignment.pairs.partition_point(|pair| (pair.source.start as usize) < after.0.start);
    let blocks = |range: Range<usize>| range.start as u32..range.end as u32;
    let is_item = |profile: &Profile<'_>, blocks: &Range<usize>| {
        profile.shapes[blocks.clone()].iter().any(|shape| shape.role == Role::Item)
    };
    let has_items = is_item(&scorer.source, &source) || is_item(&scorer.translation, &translation);
    let prior = if has_items { MERGED_ITEMS } else { MERGED };
    let gain = merges::gain(scorer, &alignment.pairs, index, &blocks(source), &blocks(translation));
    gain.map_or(0.0, |gain| probability(gain + prior))
}

/// The probabilities that the `open` blocks have no counterpart, from those that the blocks from `first` on have one. Among
/// blocks with the same text, any one may be without.
fn gaps(document: &Document, first: usize, open: &[usize], paired: &[f32], absence: &mut [f32]) {
    let text = |block: usize| document.blocks[block].span.slice(&document.text);
    let mut twins: FxHashMap<&str, (f32, f32)> = FxHashMap::default();
    for (block, paired) in (first..).zip(paired) {
        twins.entry(text(block)).or_default().0 += 1.0 - paired;
    }
    for &block in open {
        twins.entry(text(block)).or_default().1 += 1.0;
    }
    for &block in open {
        let (expected, found) = twins.get(text(block)).copied().unwrap_or_default();
        absence[block] = if paired.is_empty() { UNSURE } else { (expected / found).clamp(0.0, 1.0) };
    }
}

/// The blocks of a pair on both sides.
type Step = (Range<usize>, Range<usize>);

/// The pairs in order, with an empty one before and after.
fn steps(alignment: &Alignment, source: usize, translation: usize) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![(0..0, 0..0)];
    let range = |range: &Range<u32>| range.start as usize..range.end as usize;
    for pair in alignment.pairs.iter().filter(|pair| !pair.moved) {
        let (_, last) = &steps[steps.len() - 1];
        if pair.translation.start as usize >= last.end {
            steps.push((range(&pair.source), range(&pair.translation)));
        }
    }
    steps.push((source..source, translation..translation));
    steps
}

/// The window around a gap after a step: some simple pairs next to it, since they may be wrong too.
fn window(steps: &[Step], gap: usize) -> ((usize, usize), (usize, usize)) {
    let is_plain = |step: &Step| step.0.len() == 1 && step.1.len() == 1;
    let (mut first, mut last) = (gap + 1, gap);
    while gap + 1 - first < AROUND && first > 0 && is_plain(&steps[first - 1]) {
        first -= 1;
    }
    while last - gap < AROUND && last + 1 < steps.len() && is_plain(&steps[last + 1]) {
        last += 1;
    }
    let from = first.checked_sub(1).map_or((0, 0), |before| (steps[before].0.end, steps[before].1.end));
    (from, (steps[last + 1].0.start, steps[last + 1].1.start))
}

/// Computes which blocks of a stretch have a counterpart.
struct Window<'a> {
    scorer: &'a Scorer<'a>,
    alignment: &'a Alignment,
    source: Range<usize>,
    translation: Range<usize>,
}

/// Logarithms of the sums for the three states of a cell: paired, source block skipped, translation block skipped.
type Layers = [f32; 3];
const NOTHING: f32 = f32::NEG_INFINITY;
const PAIR: usize = 0;
const SKIP_SOURCE: usize = 1;
const SKIP_TRANSLATION: usize = 2;

impl Window<'_> {
    /// The probabilities that each source block, and each translation block, has a counterpart; empty for rewrites.
    fn paired(&self) -> (Vec<f32>, Vec<f32>) {
        let (n, m) = (self.source.len(), self.translation.len());
        let width = m + 1;
        if (n + 1) * width > MANY {
            return (Vec::new(), Vec::new());
        }
        let pairs = (0..n).flat_map(|i| (0..m).map(move |j| (i, j)));
        let scores: Vec<f32> = pairs.map(|(i, j)| self.score(i, j)).collect();
        let (forward, backward) = (self.forward(&scores), self.backward(&scores));
        let total = backward[0][PAIR];
        let (mut rows, mut columns) = (vec![0.0; n], vec![0.0; m]);
        for (i, row) in rows.iter_mut().enumerate() {
            for (j, column) in columns.iter_mut().enumerate() {
                let cell = (i + 1) * width + j + 1;
                let probability = (forward[cell][PAIR] + backward[cell][PAIR] - total).exp();
                *row += probability;
                *column += probability;
            }
        }
        (rows, columns)
    }

    /// Log-odds of a pair, divided by the temperature.
    fn score(&self, i: usize, j: usize) -> f32 {
        let (i, j) = (self.source.start + i, self.translation.start + j);
        let moved = |pair: Option<&Pair>| pair.is_some_and(|pair| pair.moved);
        if moved(self.alignment.pair_of_source(i as u32)) || moved(self.alignment.pair_of_translation(j as u32)) {
            return NEVER;
        }
        let odds = self.scorer.pair(i, j);
        if odds <= NEVER {
            NEVER
        } else {
            (odds + likeness(&self.scorer.source, i, &self.scorer.translation, j)) / TEMPERATURE
        }
    }

    /// The cost of skipping a block of one side after each of the three states.
    fn costs(&self, block: usize, side: usize) -> Layers {
        let (profile, first) = match side {
            SKIP_SOURCE => (&self.scorer.source, self.source.start),
            _ => (&self.scorer.translation, self.translation.start),
        };
        let open = OPEN + if profile.is_heading(first + block) { SECTION } else { 0.0 };
        let mut costs = [open; 3];
        costs[side] = EXTEND;
        costs.map(|cost| cost / TEMPERATURE)
    }

    /// Sums over all paths from the start to each cell.
    fn forward(&self, scores: &[f32]) -> Vec<Layers> {
        let (n, m) = (self.source.len(), self.translation.len());
        let width = m + 1;
        let mut cells = vec![[NOTHING; 3]; (n + 1) * width];
        cells[0][PAIR] = 0.0;
        for i in 0..=n {
            for j in 0..=m {
                let at = i * width + j;
                if i > 0 && j > 0 {
                    cells[at][PAIR] = sum(cells[at - width - 1], [scores[(i - 1) * m + j - 1]; 3]);
                }
                if i > 0 {
                    cells[at][SKIP_SOURCE] = sum(cells[at - width], self.costs(i - 1, SKIP_SOURCE));
                }
                if j > 0 {
                    cells[at][SKIP_TRANSLATION] = sum(cells[at - 1], self.costs(j - 1, SKIP_TRANSLATION));
                }
            }
        }
        cells
    }

    /// Sums over all paths from each cell to the end.
    fn backward(&self, scores: &[f32]) -> Vec<Layers> {
        let (n, m) = (self.source.len(), self.translation.len());
        let width = m + 1;
        let mut cells = vec![[0.0; 3]; (n + 1) * width];
        for i in (0..=n).rev() {
            for j in (0..=m).rev() {
                let at = i * width + j;
                if i == n && j == m {
                    continue;
                }
                let pair = if i < n && j < m { scores[i * m + j] + cells[at + width + 1][PAIR] } else { NOTHING };
                let source = (i < n).then(|| (cells[at + width][SKIP_SOURCE], self.costs(i, SKIP_SOURCE)));
                let translation = (j < m).then(|| (cells[at + 1][SKIP_TRANSLATION], self.costs(j, SKIP_TRANSLATION)));
                let skip =
                    |skip: Option<(f32, Layers)>, from: usize| skip.map_or(NOTHING, |(sum, costs)| sum + costs[from]);
                cells[at] =
                    std::array::from_fn(|from| sum([pair, skip(source, from), skip(translation, from)], [0.0; 3]));
            }
        }
        cells
    }
}

/// The logarithm of the sum of three terms with their costs.
fn sum(terms: Layers, costs: Layers) -> f32 {
    let terms: Layers = std::array::from_fn(|layer| terms[layer] + costs[layer]);
    let most = terms.iter().copied().fold(NOTHING, f32::max);
    if most == NOTHING { NOTHING } else { most + terms.iter().map(|term| (term - most).exp()).sum::<f32>().ln() }
}

/// Gain of blocks with identical text.
fn likeness(source: &Profile<'_>, i: usize, translation: &Profile<'_>, j: usize) -> f32 {
    let (a, b) = (&source.blocks()[i], &translation.blocks()[j]);
    let (a, b) = (source.document.plain_of(a).trim(), translation.document.plain_of(b).trim());
    if a.len() >= SHORT && a == b { SAME_TEXT } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Model, Outline, align};
    use isogloss_document::Syntax;

    /// For the unpaired blocks of each document, the confidence that they have no counterpart, in percent.
    fn sure(source: &Document, translation: &Document, alignment: &Alignment) -> [Vec<u32>; 2] {
        let model = Model::default();
        let (a, b) = (Outline::new(source), Outline::new(translation));
        let absence = Aligner::new((source, &a), (translation, &b), &model).absence(alignment, true);
        let percent = |values: &[f32], is_open: &dyn Fn(u32) -> bool| {
            let open = (0..values.len() as u32).filter(|&block| is_open(block));
            open.map(|block| (values[block as usize] * 100.0).round() as u32).collect()
        };
        [
            percent(&absence.source, &|block| alignment.pair_of_source(block).is_none()),
            percent(&absence.translation, &|block| alignment.pair_of_translation(block).is_none()),
        ]
    }

    fn parse(text: &str) -> Document {
        Document::parse(text.to_owned(), Syntax::Markdown)
    }

    const PAGE: &str =
        "# Sync\n\nIt keeps `a.txt` for 30 days.\n\nAsk 24 people.\n\n```sh\nsync now\n```\n\nRun `sync stop`.\n";

    #[test]
    fn missing_and_extra_blocks_are_certain() {
        let page = parse(PAGE);
        let without = parse(&PAGE.replace("```sh\nsync now\n```\n\n", ""));
        let alignment = align(&page, &without, &Model::default());
        let [missing, extra] = sure(&page, &without, &alignment);
        assert!(missing.len() == 1 && missing[0] > 95 && extra.is_empty(), "{missing:?} {extra:?}");
        let alignment = align(&without, &page, &Model::default());
        let [missing, extra] = sure(&without, &page, &alignment);
        assert!(extra.len() == 1 && extra[0] > 95 && missing.is_empty(), "{missing:?} {extra:?}");
    }

    #[test]
    fn of_two_equal_blocks_either_may_be_unpaired() {
        let (page, twice) = (parse(PAGE), parse(&PAGE.replace("Ask 24 people.", "Ask 24 people.\n\nAsk 24 people.")));
        let alignment = align(&page, &twice, &Model::default());
        let [missing, extra] = sure(&page, &twice, &alignment);
        assert!(extra.len() == 1 && extra[0] > 95 && missing.is_empty(), "{missing:?} {extra:?}");
    }

    #[test]
    fn blocks_that_may_be_merged_are_doubtful() {
        let page = parse("# Sync\n\nTidewater keeps `/home` in step.\n\nIt needs no network for it, but 7 seconds.\n");
        let pair =
            |block: u32| Pair { source: block..block + 1, translation: block..block + 1, log_odds: 1.0, moved: false };
        let probability_missing = |translation: &str| {
            let translation = parse(&format!("# Sync\n\n{translation}\n"));
            let [missing, _] = sure(&page, &translation, &Alignment::new(vec![pair(0), pair(1)], 3, 2));
            missing[0]
        };
        let lost = probability_missing("Tidewater hält `/home` synchron.");
        let merged = probability_missing(
            "Tidewater hält `/home` synchron.\nDafür braucht es keine Verbindung, aber ein wenig Zeit.",
        );
        assert!(lost > 90 && merged < 50, "{lost} {merged}");
    }

    #[test]
    fn an_alignment_that_skips_a_fitting_block_is_doubtful() {
        let page = parse(PAGE);
        let mut alignment = align(&page, &page, &Model::default());
        let pairs = alignment.pairs.drain(..).filter(|pair| pair.source.start != 2).collect();
        let [missing, extra] = sure(&page, &page, &Alignment::new(pairs, page.blocks.len(), page.blocks.len()));
        assert!(missing.len() == 1 && missing[0] < 5 && extra == missing, "{missing:?} {extra:?}");
    }
}
