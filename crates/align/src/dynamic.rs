//! The best monotone sequence of pairs and gaps: Needleman and Wunsch (1970) with the affine gaps of Gotoh (1982), in a
//! band; for stretches that would take too long, in a narrow beam that follows the best path so far.

use std::ops::Range;

use crate::alignment::Pair;
use crate::evidence::Scorer;
use crate::profile::Profile;

/// Log-probability that a gap begins: a block without a counterpart.
pub(crate) const OPEN: f32 = -3.2;
/// Log-probability that a gap continues.
pub(crate) const EXTEND: f32 = -1.0;
/// Maximum distance of the path from the diagonal, in addition to the difference in length.
const BAND: usize = 40;

/// Stretches with more cells than this use a beam: about a second's work, and many times the size of any real page.
const MOST_CELLS: usize = 1 << 19;
/// Width of a beam, in addition to its advance per row.
const BEAM: usize = 128;

/// Additional cost, in stretches of equal length, of a removal next to an addition: mostly it is the same block.
const REPLACE: f32 = -2.0;

/// Reduction of the cost of a gap that begins with a heading: whole sections are skipped together.
pub(crate) const SECTION: f32 = 1.0;

/// More than the rounding error of the score of a path.
const ROUNDING: f32 = 0.1;

/// Scores of the layers of a cell.
type Layers = [f32; 3];
const IMPOSSIBLE: Layers = [-1e9; 3];

const PAIR: u8 = 0;
const SKIP_SOURCE: u8 = 1;
const SKIP_TRANSLATION: u8 = 2;

/// The pairs of the best path through two stretches of blocks.
pub(crate) fn best_path(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>, pairs: &mut Vec<Pair>) {
    Table::fill(scorer, source, translation).trace(scorer, pairs);
}

/// The predecessor of each cell in the three layers: two bits per layer.
struct Table {
    source: Range<usize>,
    translation: Range<usize>,
    width: usize,
    from: Vec<u8>,
    /// First column of each row.
    firsts: Vec<u32>,
    /// Column and layer in which the best path ends; blocks after it are skipped.
    last: (usize, u8),
    /// Cost of a gap right after one on the other side.
    replace: f32,
}

impl Table {
    /// First column of row `i`, if the band follows the diagonal.
    fn on_diagonal(&self, i: usize) -> usize {
        let (n, m) = (self.source.len(), self.translation.len());
        let centre = (i * m).checked_div(n).unwrap_or(0);
        centre.saturating_sub(self.width / 2).min((m + 1).saturating_sub(self.width))
    }

    /// First column of the row after `row`, which begins at `first`, if the band follows the best path.
    fn after(&self, first: usize, row: &[Layers]) -> usize {
        let best = row.iter().enumerate().max_by(|a, b| best(*a.1, [0.0; 3]).0.total_cmp(&best(*b.1, [0.0; 3]).0));
        let centre = first + best.map_or(0, |(column, _)| column);
        let furthest = (self.translation.len() + 1).saturating_sub(self.width);
        (centre + 1).saturating_sub(self.width / 2).clamp(first.min(furthest), furthest)
    }

    fn fill(scorer: &Scorer<'_>, source: Range<usize>, translation: Range<usize>) -> Self {
        let (n, m) = (source.len(), translation.len());
        let full = (2 * (n.abs_diff(m) + BAND) + 1).min(m + 1);
        let beam = (BEAM + 2 * m / n.max(1)).min(m + 1);
        let is_beam = n * full > MOST_CELLS && full > beam;
        let width = if is_beam { beam } else { full };
        let replace = if n == m { REPLACE } else { 0.0 };
        let (from, firsts) = (vec![0; (n + 1) * width], vec![0; n + 1]);
        let mut table = Self { source, translation, width, from, firsts, last: (m, PAIR), replace };
        // Cost of a gap that begins with the translation block before each column.
        let mut opens = vec![0.0; m + 1];
        for (column, open) in opens.iter_mut().enumerate().skip(1) {
            *open = open_cost(&scorer.translation, table.translation.start + column - 1);
        }
        // A single row, overwritten by the next one; cells outside the band are impossible.
        let mut row = vec![IMPOSSIBLE; m + 1];
        row[0][usize::from(PAIR)] = 0.0;
        for j in 1..width {
            let (skipped, from) = skip_translation(row[j - 1], opens[j], replace);
            row[j][usize::from(SKIP_TRANSLATION)] = skipped;
            table.from[j] = from << (2 * SKIP_TRANSLATION);
        }
        for i in 1..=n {
            let before = table.firsts[i - 1] as usize;
            let first = if is_beam { table.after(before, &row[before..before + width]) } else { table.on_diagonal(i) };
            table.firsts[i] = first as u32;
            let mut diagonal = IMPOSSIBLE;
            if let Some(before) = first.checked_sub(1) {
                diagonal = std::mem::replace(&mut row[before], IMPOSSIBLE);
            }
            table.fill_row(scorer, i, diagonal, &mut row[first..first + width], &opens[first..first + width]);
        }
        // A beam may end before the last column.
        let end = table.firsts[n] as usize + width - 1;
        let ending = (table.firsts[n] as usize..=end).map(|column| {
            let (score, layer) = best(row[column], [0.0; 3]);
            (score + if column < m { OPEN + EXTEND * (m - column - 1) as f32 } else { 0.0 }, column, layer)
        });
        let whole = best(row[m], [0.0; 3]);
        table.last = if end == m {
            (m, whole.1)
        } else {
            let best = ending.reduce(|best, one| if one.0 > best.0 { one } else { best });
            best.map_or((m, whole.1), |(_, column, layer)| (column, layer))
        };
        table
    }

    /// Replaces the cells of the band with row `i`. `diagonal` is the cell before them in the previous row.
    fn fill_row(&mut self, scorer: &Scorer<'_>, i: usize, mut diagonal: Layers, row: &mut [Layers], opens: &[f32]) {
        let block = self.source.start + i - 1;
        // Wraps around in the column before any block, where nothing is paired and this is not used.
        let other = (self.translation.start + self.firsts[i] as usize).wrapping_sub(1);
        let open = open_cost(&scorer.source, block);
        let (replace, costs) = (self.replace, [open, EXTEND, open + self.replace]);
        let mut left = IMPOSSIBLE;
        let from = &mut self.from[i * self.width..][..row.len()];
        for (column, ((cell, from), &open)) in row.iter_mut().zip(from).zip(opens).enumerate() {
            let (reached, pair) = best(diagonal, [0.0; 3]);
            diagonal = *cell;
            let (skipped_source, source) = best(diagonal, costs);
            let (skipped_translation, translation) = skip_translation(left, open, replace);
            // A gap has all continuations of a pair, for at most `replace` more: below that, a pair cannot be on the best
            // path.
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
        let mut i = self.source.len();
        let (mut j, mut layer) = self.last;
        let begin = pairs.len();
        while i > 0 || j > 0 {
            let cell = self.from[i * self.width + j - self.firsts[i] as usize];
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

/// The score of skipping a translation block; a gap that begins with it costs `open`.
fn skip_translation(left: Layers, open: f32, replace: f32) -> (f32, u8) {
    best(left, [open, open + replace, EXTEND])
}

/// The best of three layers after the cost of leaving each; the first of equals.
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
