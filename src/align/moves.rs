//! What is left over on both sides: blocks that stand elsewhere, and paragraphs that were merged or split.

use super::Pair;
use super::evidence::Scorer;

/// Evidence of content from which a left-over pair is a move and not a coincidence.
const MOVED: f32 = 4.0;
/// More left-over blocks than this on both sides are a rewrite, in which nothing is looked for.
const MANY: usize = 40_000;

/// Pairs left-over blocks that belong together though they stand in another order.
pub(super) fn find(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (n, m) = (scorer.source.blocks().len(), scorer.translation.blocks().len());
    let mut source = vec![true; n];
    let mut translation = vec![true; m];
    for pair in pairs.iter() {
        pair.source.iter().for_each(|&block| source[block as usize] = false);
        pair.translation.iter().for_each(|&block| translation[block as usize] = false);
    }
    let left = |free: &[bool]| -> Vec<usize> { (0..free.len()).filter(|&block| free[block]).collect() };
    let (rows, columns) = (left(&source), left(&translation));
    if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > MANY {
        return;
    }
    let mut candidates = Vec::new();
    for &i in &rows {
        for &j in &columns {
            if scorer.source.kind(i) == scorer.translation.kind(j) && scorer.speaks(i, j) {
                let odds = scorer.content(i, j);
                if odds >= MOVED {
                    candidates.push((odds, i, j));
                }
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (log_odds, i, j) in candidates {
        if source[i] && translation[j] {
            source[i] = false;
            translation[j] = false;
            pairs.push(Pair { source: vec![i as u32], translation: vec![j as u32], log_odds, moved: true });
        }
    }
}
