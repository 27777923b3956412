//! The best monotone sequence of pairs and gaps: Needleman and Wunsch (1970) with the affine gaps of Gotoh (1982), in a band.

use std::ops::Range;

use super::Pair;
use super::evidence::Scorer;
use super::profile::Profile;

/// Log-probability that a gap begins: a block that the other side lacks.
pub(super) const OPEN: f32 = -3.2;
/// Log-probability that the next block is missing too.
pub(super) const EXTEND: f32 = -1.0;
/// How far from the diagonal the path may stray, beside the difference in length.
const BAND: usize = 40;

/// What it costs beside, in stretches of one length, when one block is missing and another stands in its place: mostly it is the
/// same one after all.
const REPLACE: f32 = -2.0;

/// What it costs less when the first block that is missing is a heading: sections are left out whole.
pub(super) const SECTION: f32 = 1.0;

/// More than rounding can make of the scores of a path.
const ROUNDING: f32 = 0.1;

/// Scores of a cell's layers.
type Layers = [f32; 3];
const IMPOSSIBLE: Layers = [-1e9; 3];

const PAIR: u8 = 0;
const SKIP_SOURCE: u8 = 1;
const SKIP_TRANSLATION: u8 = 2;

/// The pairs of the best path through two stretches of blocks.
pub(super) fn best_path(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>, pairs: &mut Vec<Pair>) {
    Table::fill(scorer, source, translation).trace(scorer, pairs);
}

/// Where each cell of the three layers came from: two bits a layer.
struct Table {
    source: Range<usize>,
    translation: Range<usize>,
    width: usize,
    from: Vec<u8>,
    last: u8,
    /// What it costs that a gap follows one on the other side.
    replace: f32,
}

impl Table {
    /// First column of row `i`: the band follows the diagonal.
    fn first(&self, i: usize) -> usize {
        let (n, m) = (self.source.len(), self.translation.len());
        let centre = (i * m).checked_div(n).unwrap_or(0);
        centre.saturating_sub(self.width / 2).min((m + 1).saturating_sub(self.width))
    }

    fn fill(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>) -> Self {
        let (n, m) = (source.len(), translation.len());
        let width = (2 * (n.abs_diff(m) + BAND) + 1).min(m + 1);
        let replace = if n == m { REPLACE } else { 0.0 };
        let mut table = Self { source, translation, width, from: vec![0; (n + 1) * width], last: PAIR, replace };
        // What it costs to leave out the translation's block before each column.
        let mut opens = vec![0.0; m + 1];
        for (column, open) in opens.iter_mut().enumerate().skip(1) {
            *open = open_cost(&scorer.translation, table.translation.start + column - 1);
        }
        // One row, written over by the next one; what lies outside the band is impossible.
        let mut row = vec![IMPOSSIBLE; m + 1];
        row[0][usize::from(PAIR)] = 0.0;
        for j in 1..width {
            let (skipped, from) = skip_translation(row[j - 1], opens[j], replace);
            row[j][usize::from(SKIP_TRANSLATION)] = skipped;
            table.from[j] = from << (2 * SKIP_TRANSLATION);
        }
        for i in 1..=n {
            let first = table.first(i);
            let mut diagonal = IMPOSSIBLE;
            if let Some(before) = first.checked_sub(1) {
                diagonal = std::mem::replace(&mut row[before], IMPOSSIBLE);
            }
            table.fill_row(scorer, i, diagonal, &mut row[first..first + width], &opens[first..first + width]);
        }
        table.last = best(row[m], [0.0; 3]).1;
        table
    }

    /// Replaces the band's part of a row by that of row `i`. `diagonal` is what stood before it.
    fn fill_row(&mut self, scorer: &Scorer<'_>, i: usize, mut diagonal: Layers, row: &mut [Layers], opens: &[f32]) {
        let block = self.source.start + i - 1;
        // In the column before any block, nothing is paired, and this does not come to be looked at.
        let other = (self.translation.start + self.first(i)).wrapping_sub(1);
        let open = open_cost(&scorer.source, block);
        let (replace, costs) = (self.replace, [open, EXTEND, open + self.replace]);
        let mut left = IMPOSSIBLE;
        let from = &mut self.from[i * self.width..][..row.len()];
        for (column, ((cell, from), &open)) in row.iter_mut().zip(from).zip(opens).enumerate() {
            let (reached, pair) = best(diagonal, [0.0; 3]);
            diagonal = *cell;
            let (skipped_source, source) = best(diagonal, costs);
            let (skipped_translation, translation) = skip_translation(left, open, replace);
            // From a gap, all goes on that goes on from a pair, for no more than `replace`: below that, a pair leads nowhere.
            let least = skipped_source.max(skipped_translation) + replace - ROUNDING;
            let paired = if reached > IMPOSSIBLE[0] / 2.0 {
                reached + scorer.pair_from(block, other.wrapping_add(column), least - reached)
            } else {
                IMPOSSIBLE[0]
            };
            left = [paired, skipped_source, skipped_translation];
            *cell = left;
            *from = pair | source << (2 * SKIP_SOURCE) | translation << (2 * SKIP_TRANSLATION);
        }
    }

    fn trace(&self, scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
        let (mut i, mut j) = (self.source.len(), self.translation.len());
        let mut layer = self.last;
        let begin = pairs.len();
        while i > 0 || j > 0 {
            let cell = self.from[i * self.width + j - self.first(i)];
            match layer {
                PAIR => {
                    i -= 1;
                    j -= 1;
                    pairs.push(scorer.make_pair(self.source.start + i, self.translation.start + j));
                }
                SKIP_SOURCE => i -= 1,
                _ => j -= 1,
            }
            layer = cell >> (2 * layer) & 3;
        }
        pairs[begin..].reverse();
    }
}

/// The cost of a gap that begins with a block.
fn open_cost(profile: &Profile<'_>, block: usize) -> f32 {
    OPEN + if profile.is_heading(block) { SECTION } else { 0.0 }
}

/// The score of leaving out a block of the translation, where a gap that begins with it costs `open`.
fn skip_translation(left: Layers, open: f32, replace: f32) -> (f32, u8) {
    best(left, [open, open + replace, EXTEND])
}

/// The best of three layers after the cost of leaving each, the first of equals.
fn best(layers: Layers, costs: Layers) -> (f32, u8) {
    let mut found = (layers[0] + costs[0], PAIR);
    for layer in [SKIP_SOURCE, SKIP_TRANSLATION] {
        let score = layers[layer as usize] + costs[layer as usize];
        if score > found.0 {
            found = (score, layer);
        }
    }
    found
}
