//! Neighbouring sections that changed places: for the dynamic programme, two sections that are left out cost more than some
//! poor pairs, so that it pairs them as they stand.

use std::ops::Range;

use super::Pair;
use super::dynamic::{EXTEND, best_path};
use super::evidence::Scorer;
use crate::document::Document;

/// Log-odds below which a pair makes its section suspect.
const POOR: f32 = -1.0;
/// How much better two sections must fit crosswise than straight.
const CROSSED: f32 = 4.0;
/// Sections of more pairs of blocks than this are not tried.
const LONG: usize = 2500;

/// Exchanges neighbouring sections that were paired straight but fit crosswise.
pub(super) fn uncross(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (source, translation) = (scorer.source.document, scorer.translation.document);
    if !pairs.iter().any(|pair| pair.log_odds < POOR) {
        return;
    }
    for first in 1..source.sections.len() {
        let Some((a, b)) = neighbours(source, first) else { continue };
        let Some(other) = section_of(translation, pairs, a.start) else { continue };
        let Some((x, y)) = neighbours(translation, other) else { continue };
        let follows = pairs
            .iter()
            .any(|pair| pair.source.start as usize == b.start && pair.translation.start as usize == y.start);
        if !follows || a.len() * y.len() > LONG || b.len() * x.len() > LONG {
            continue;
        }
        let inside = |pair: &Pair, from: &Range<usize>, to: &Range<usize>| {
            from.contains(&(pair.source.start as usize)) && to.contains(&(pair.translation.start as usize))
        };
        let straight: Vec<&Pair> = pairs.iter().filter(|pair| inside(pair, &a, &x) || inside(pair, &b, &y)).collect();
        let suspect = |from: &Range<usize>| {
            straight.iter().any(|pair| from.contains(&(pair.source.start as usize)) && pair.log_odds < POOR)
        };
        if !suspect(&a) || !suspect(&b) || straight.len() * 2 < a.len() + b.len() + x.len() + y.len() {
            continue;
        }
        let straight: f32 = straight.iter().map(|pair| pair.log_odds).sum();
        let mut crossed = Vec::new();
        best_path(scorer, a.clone(), y.clone(), &mut crossed);
        let kept = crossed.len();
        best_path(scorer, b.clone(), x.clone(), &mut crossed);
        // What is left out is not for nothing, or the poorest pairs would speak for the exchange.
        let left_out = a.len() + b.len() + x.len() + y.len() - 2 * crossed.len();
        let crossed_odds = crossed.iter().map(|pair| pair.log_odds).sum::<f32>() + EXTEND * left_out as f32;
        if crossed_odds > straight + CROSSED {
            crossed[kept..].iter_mut().for_each(|pair| pair.moved = true);
            pairs.retain(|pair| !inside(pair, &a, &x) && !inside(pair, &b, &y));
            pairs.extend(crossed);
        }
    }
    pairs.sort_by_key(|pair| pair.source.start);
}

/// The blocks of a section and of the one that follows it at the same level.
fn neighbours(document: &Document, section: usize) -> Option<(Range<usize>, Range<usize>)> {
    let first = &document.sections[section];
    let next = document.sections[section + 1..].iter().find(|next| next.heading == Some(first.end))?;
    if next.level != first.level {
        return None;
    }
    Some((first.heading? as usize..first.end as usize, first.end as usize..next.end as usize))
}

/// The translation's section whose heading is paired with the source's heading.
fn section_of(translation: &Document, pairs: &[Pair], heading: usize) -> Option<usize> {
    let pair = pairs.iter().find(|pair| pair.source.start as usize == heading)?;
    let block = pair.translation.start;
    let section = translation.blocks[block as usize].section as usize;
    (translation.sections[section].heading == Some(block)).then_some(section)
}
