//! The best monotone sequence of pairs and gaps: Needleman and Wunsch (1970) with the affine gaps of Gotoh (1982), in a band.

use super::Pair;
use super::evidence::{NEVER, P, Scorer};

/// Log-probability that a gap begins: a block that the other side lacks.
const OPEN: f32 = -3.2;
/// Log-probability that the next block is missing too.
const EXTEND: f32 = -1.0;
/// How far from the diagonal the path may stray, beside the difference in length.
const BAND: usize = 40;

const PAIR: u8 = 0;
const SKIP_SOURCE: u8 = 1;
const SKIP_TRANSLATION: u8 = 2;

/// The pairs of the best path.
pub(super) fn best_path(scorer: &Scorer<'_>) -> Vec<Pair> {
    let (n, m) = (scorer.source.blocks().len(), scorer.translation.blocks().len());
    Table::fill(scorer, n, m).trace(scorer)
}

/// Where each cell of the three layers came from: two bits a layer.
struct Table {
    n: usize,
    m: usize,
    width: usize,
    from: Vec<u8>,
}

impl Table {
    /// First column of row `i`: the band follows the diagonal.
    fn first(&self, i: usize) -> usize {
        let centre = if self.n == 0 { 0 } else { i * self.m / self.n };
        centre.saturating_sub(self.width / 2).min((self.m + 1).saturating_sub(self.width))
    }

    fn fill(scorer: &Scorer<'_>, n: usize, m: usize) -> Self {
        let width = (2 * (n.abs_diff(m) + BAND) + 1).min(m + 1);
        let mut table = Self { n, m, width, from: vec![0; (n + 1) * width] };
        let impossible = [NEVER * 1000.0; 3];
        let mut above = vec![impossible; width];
        let mut row = vec![impossible; width];
        for i in 0..=n {
            let first = table.first(i);
            let shift = first - if i == 0 { 0 } else { table.first(i - 1) };
            for column in 0..width {
                let j = first + column;
                let up = if i > 0 { above.get(column + shift).copied().unwrap_or(impossible) } else { impossible };
                let diagonal = if i > 0 && j > 0 && column + shift > 0 {
                    above.get(column + shift - 1).copied().unwrap_or(impossible)
                } else {
                    impossible
                };
                let left = if column > 0 { row[column - 1] } else { impossible };
                let mut here = impossible;
                let mut from = [PAIR; 3];
                if i == 0 && j == 0 {
                    here[PAIR as usize] = 0.0;
                } else {
                    if i > 0 && j > 0 {
                        let (best, layer) = best(diagonal, [0.0; 3]);
                        if best > NEVER * 500.0 {
                            here[PAIR as usize] = best + scorer.pair(i - 1, j - 1);
                            from[PAIR as usize] = layer;
                        }
                    }
                    let (skipped, layer) =
                        best(up, [P("OPEN", OPEN), P("EXTEND", EXTEND), P("OPEN", OPEN) + P("SWAP", 0.0)]);
                    (here[SKIP_SOURCE as usize], from[SKIP_SOURCE as usize]) = (skipped, layer);
                    let (skipped, layer) =
                        best(left, [P("OPEN", OPEN), P("OPEN", OPEN) + P("SWAP", 0.0), P("EXTEND", EXTEND)]);
                    (here[SKIP_TRANSLATION as usize], from[SKIP_TRANSLATION as usize]) = (skipped, layer);
                }
                row[column] = here;
                table.from[i * width + column] = from[0] | from[1] << 2 | from[2] << 4;
            }
            std::mem::swap(&mut above, &mut row);
            row.fill(impossible);
            if i == n {
                let last = above[m - first];
                table.from.push(best(last, [0.0; 3]).1);
            }
        }
        table
    }

    fn trace(&self, scorer: &Scorer<'_>) -> Vec<Pair> {
        let (mut i, mut j) = (self.n, self.m);
        let mut layer = self.from.last().copied().unwrap_or(PAIR);
        let mut pairs = Vec::with_capacity(self.n.min(self.m));
        while i > 0 || j > 0 {
            let cell = self.from[i * self.width + j - self.first(i)];
            let next = cell >> (2 * layer) & 3;
            match layer {
                PAIR => {
                    i -= 1;
                    j -= 1;
                    let log_odds = scorer.pair(i, j);
                    pairs.push(Pair { source: vec![i as u32], translation: vec![j as u32], log_odds, moved: false });
                }
                SKIP_SOURCE => i -= 1,
                _ => j -= 1,
            }
            layer = next;
        }
        pairs.reverse();
        pairs
    }
}

/// The best of three layers after the cost of leaving each, the first of equals.
fn best(layers: [f32; 3], costs: [f32; 3]) -> (f32, u8) {
    let mut found = (layers[0] + costs[0], 0);
    for layer in 1..3 {
        let score = layers[layer] + costs[layer];
        if score > found.0 {
            found = (score, layer as u8);
        }
    }
    found
}
