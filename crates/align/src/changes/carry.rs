//! Transfers the alignment of an old version of the source to the current one.

use super::change::Changes;
use crate::alignment::{Alignment, Pair};

/// Pairs of the old source with at most these log-odds, in nats, are dropped if their source block is gone.
const LOOSE: f32 = 2.0;

/// The alignment of the new source with a translation, from that of the old source (`pinned`) and the changes between the
/// two. Blocks unpaired on both sides are then paired as in `directly`: the translation may be newer than its pin. `(source,
/// translation)` are the numbers of blocks of the new source and the translation.
pub fn carry(
    pinned: &Alignment,
    changes: &Changes,
    (source, translation): (usize, usize),
    directly: impl FnOnce() -> Alignment,
) -> Alignment {
    let mut pairs: Vec<Pair> = Vec::with_capacity(pinned.pairs.len());
    let mut free = vec![true; translation];
    for pair in &pinned.pairs {
        let news: Vec<u32> = pair.source.clone().filter_map(|old| changes.new_of(old)).collect();
        let (Some(&first), Some(&last)) = (news.iter().min(), news.iter().max()) else {
            if pair.log_odds >= LOOSE {
                pair.translation.clone().for_each(|block| free[block as usize] = false);
            }
            continue;
        };
        pair.translation.clone().for_each(|block| free[block as usize] = false);
        // Blocks that the translation merged may have been separated since.
        let source = if (last - first) as usize + 1 == news.len() { first..last + 1 } else { news[0]..news[0] + 1 };
        let moved = pair.moved || pair.source.clone().any(|old| changes.moved[old as usize]);
        pairs.push(Pair { source, moved, ..pair.clone() });
    }
    let mut added = vec![true; source];
    for pair in &pairs {
        pair.source.clone().for_each(|block| added[block as usize] = false);
    }
    if added.contains(&true) && free.contains(&true) {
        let open = |pair: &&Pair| {
            pair.source.clone().all(|block| added[block as usize])
                && pair.translation.clone().all(|block| free[block as usize])
        };
        let new: Vec<Pair> = directly().pairs.iter().filter(open).filter(|pair| fits(pair, &pairs)).cloned().collect();
        pairs.extend(new);
    }
    Alignment::new(pairs, source, translation)
}

/// Whether a pair is in order with others that did not move.
fn fits(pair: &Pair, others: &[Pair]) -> bool {
    let in_order =
        |other: &Pair| (other.source.start < pair.source.start) == (other.translation.start < pair.translation.start);
    pair.log_odds > 0.0 && others.iter().filter(|other| !other.moved).all(in_order)
}
