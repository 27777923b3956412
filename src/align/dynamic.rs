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

/// What it costs beside when one block is missing and another stands in its place: mostly it is the same one after all.
pub(super) const REPLACE: f32 = -2.0;

/// What it costs less when the first block that is missing is a heading: sections are left out whole.
pub(super) const SECTION: f32 = 1.0;

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
        let mut table = Self { source, translation, width, from: vec![0; (n + 1) * width], last: PAIR };
        let mut above = vec![IMPOSSIBLE; width];
        let mut row = vec![IMPOSSIBLE; width];
        for i in 0..=n {
            let first = table.first(i);
            let shift = first - if i == 0 { 0 } else { table.first(i - 1) };
            for column in 0..width {
                let j = first + column;
                let upper =
                    |column: usize| if i == 0 { IMPOSSIBLE } else { above.get(column).copied().unwrap_or(IMPOSSIBLE) };
                let diagonal = if j == 0 || column + shift == 0 { IMPOSSIBLE } else { upper(column + shift - 1) };
                let left = if column == 0 { IMPOSSIBLE } else { row[column - 1] };
                let (here, from) = if i == 0 && j == 0 {
                    ([0.0, IMPOSSIBLE[0], IMPOSSIBLE[0]], [PAIR; 3])
                } else {
                    table.cell(scorer, (i, j), [diagonal, upper(column + shift), left])
                };
                row[column] = here;
                table.from[i * width + column] = from[0] | from[1] << 2 | from[2] << 4;
            }
            std::mem::swap(&mut above, &mut row);
        }
        table.last = best(above[m - table.first(n)], [0.0; 3]).1;
        table
    }

    /// Scores of the three layers of a cell and where they come from.
    fn cell(
        &self,
        scorer: &Scorer<'_>,
        (i, j): (usize, usize),
        [diagonal, up, left]: [Layers; 3],
    ) -> (Layers, [u8; 3]) {
        let (reached, pair) = best(diagonal, [0.0; 3]);
        let paired = if reached > IMPOSSIBLE[0] / 2.0 {
            reached + scorer.pair(self.source.start + i - 1, self.translation.start + j - 1)
        } else {
            IMPOSSIBLE[0]
        };
        let open = |profile: &Profile<'_>, block: usize| OPEN + if profile.is_heading(block) { SECTION } else { 0.0 };
        let (mut skipped_source, mut source) = (IMPOSSIBLE[0], PAIR);
        if i > 0 {
            let open = open(&scorer.source, self.source.start + i - 1);
            (skipped_source, source) = best(up, [open, EXTEND, open + REPLACE]);
        }
        let (mut skipped_translation, mut translation) = (IMPOSSIBLE[0], PAIR);
        if j > 0 {
            let open = open(&scorer.translation, self.translation.start + j - 1);
            (skipped_translation, translation) = best(left, [open, open + REPLACE, EXTEND]);
        }
        ([paired, skipped_source, skipped_translation], [pair, source, translation])
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
