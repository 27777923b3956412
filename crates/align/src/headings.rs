//! Pairs headings by the content of their sections: a heading has little evidence, and near a removed or moved section,
//! dynamic programming may pair it with a neighbour's.

use std::collections::BTreeMap;

use crate::alignment::Pair;
use crate::evidence::Scorer;
use isogloss_document::{BlockKind, Document};

/// How much better the words of a heading must fit for it not to follow the content of its section.
const WORDS_DECIDE: f32 = 2.0;

/// Log-odds below which headings are not paired, with only a few pairs in their sections: several sections may have the same
/// few words, such as that an option takes no value.
const STRANGERS: f32 = -1.0;
const FEW: u32 = 2;
/// The same with any number of pairs: the source changed the heading.
const STRANGERS_OF_MANY: f32 = -4.0;

/// Counts of the pairs between two sections' own blocks.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    pairs: u32,
    moved: u32,
}

/// Pairs each heading with that of the section that its content is paired with, if both sides agree.
pub(crate) fn settle(scorer: &Scorer<'_>, pairs: &mut Vec<Pair>) {
    let (source, translation) = (scorer.source.document, scorer.translation.document);
    let mut votes: BTreeMap<(u32, u32), Votes> = BTreeMap::new();
    let mut add = |(sections, run): ((u32, u32), Votes)| {
        if run.pairs > 0 {
            let votes = votes.entry(sections).or_default();
            votes.pairs += run.pairs;
            votes.moved += run.moved;
        }
    };
    let mut run = ((0, 0), Votes::default());
    for pair in pairs.iter() {
        let (a, b) = (&source.blocks[pair.source.start as usize], &translation.blocks[pair.translation.start as usize]);
        if !matches!(a.kind, BlockKind::Heading(_)) && !matches!(b.kind, BlockKind::Heading(_)) {
            let sections = (a.section, b.section);
            // Most pairs are in the same sections as the previous one.
            if sections != run.0 {
                add(run);
                run = (sections, Votes::default());
            }
            run.1.pairs += 1;
            run.1.moved += u32::from(pair.moved);
        }
    }
    add(run);
    let (forth, back) = (
        favourites(source.sections.len(), &votes, |key| key),
        favourites(translation.sections.len(), &votes, |(a, b)| (b, a)),
    );
    // For the blocks of each side, the pair that begins there.
    let (mut of_source, mut of_translation) = (vec![None; source.blocks.len()], vec![None; translation.blocks.len()]);
    for (index, pair) in pairs.iter().enumerate() {
        of_source[pair.source.start as usize] = Some(index);
        of_translation[pair.translation.start as usize] = Some(index);
    }
    let mut is_displaced = vec![false; pairs.len()];
    // Twice, since a heading may become free when another one is paired.
    for (section, &favourite) in forth.iter().enumerate().chain(forth.iter().enumerate()) {
        let returned = |other: u32| back[other as usize].is_some_and(|back| back.section == section as u32);
        let Some(other) = favourite.map(|favourite| favourite.section).filter(|other| returned(*other)) else {
            continue;
        };
        let Some((i, j)) = headings(source, section as u32, translation, other) else { continue };
        let displaced = [of_source[i as usize], of_translation[j as usize]];
        if displaced[0].is_some() && displaced[0] == displaced[1] {
            continue;
        }
        let votes = votes.get(&(section as u32, other)).copied().unwrap_or_default();
        let mut pair = scorer.make_pair(i as usize, j as usize);
        if pair.log_odds < if votes.pairs <= FEW { STRANGERS } else { STRANGERS_OF_MANY } {
            continue;
        }
        // If a heading was removed, one heading has the content of two sections, and the words of the headings decide.
        let is_whole = favourite_is_all(&forth, section) && favourite_is_all(&back, other as usize);
        let slack = if is_whole { WORDS_DECIDE } else { 0.0 };
        if displaced.iter().flatten().any(|&old| pairs[old].log_odds > pair.log_odds + slack) {
            continue;
        }
        for &old in displaced.iter().flatten() {
            is_displaced[old] = true;
            of_source[pairs[old].source.start as usize] = None;
            of_translation[pairs[old].translation.start as usize] = None;
        }
        pair.moved = votes.moved * 2 > votes.pairs;
        (of_source[i as usize], of_translation[j as usize]) = (Some(pairs.len()), Some(pairs.len()));
        pairs.push(pair);
        is_displaced.push(false);
    }
    let mut displaced = is_displaced.into_iter();
    pairs.retain(|_| !displaced.next().unwrap_or(false));
}

fn headings(source: &Document, a: u32, translation: &Document, b: u32) -> Option<(u32, u32)> {
    Some((source.sections[a as usize].heading?, translation.sections[b as usize].heading?))
}

/// The section of the other side with most of a section's pairs.
#[derive(Debug, Clone, Copy)]
struct Favourite {
    section: u32,
    /// Whether it has nearly all of them.
    is_all: bool,
}

fn favourite_is_all(favourites: &[Option<Favourite>], section: usize) -> bool {
    favourites[section].is_some_and(|favourite| favourite.is_all)
}

/// For each section of one side, its favourite, if it has more than half of the pairs.
fn favourites(
    count: usize,
    votes: &BTreeMap<(u32, u32), Votes>,
    key: impl Fn((u32, u32)) -> (u32, u32),
) -> Vec<Option<Favourite>> {
    let mut totals = vec![0; count];
    let mut best: Vec<Option<(u32, u32)>> = vec![None; count];
    for (&sections, votes) in votes {
        let (own, other) = key(sections);
        totals[own as usize] += votes.pairs;
        if best[own as usize].is_none_or(|(most, _)| votes.pairs > most) {
            best[own as usize] = Some((votes.pairs, other));
        }
    }
    let favourite = |(best, total): (Option<(u32, u32)>, u32)| {
        let (most, section) = best?;
        (most * 2 > total).then_some(Favourite { section, is_all: most * 10 >= total * 9 })
    };
    best.into_iter().zip(totals).map(favourite).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Model, Outline};
    use isogloss_document::Syntax;

    /// Whether headings are paired over this many paired items.
    fn are_settled(source: &str, translation: &str, items: usize) -> bool {
        let page = |heading: &str, text: &str| {
            let items = format!("- {text}\n").repeat(items);
            Document::parse(
                format!("# Tidewater\n\n{}## {heading}\n\n{items}", "Text.\n\n".repeat(20)),
                Syntax::Markdown,
            )
        };
        let (source, translation) = (page(source, "Takes no value."), page(translation, "Nimmt keinen Wert."));
        let (a, b) = (Outline::new(&source), Outline::new(&translation));
        let model = Model::default();
        let scorer = Aligner::new((&source, &a), (&translation, &b), &model).scorer;
        let heading = scorer.source.blocks().len() - 1 - items;
        let mut pairs = (1..=items).map(|item| scorer.make_pair(heading + item, heading + item)).collect();
        settle(&scorer, &mut pairs);
        pairs.iter().any(|pair| pair.source.start == heading as u32)
    }

    #[test]
    fn unrelated_headings_are_not_paired_for_their_content() {
        let free = "`--anchor`: Wo Ihre Ordner festgemacht werden";
        assert!(are_settled("`--keep-days`", "`--keep-days`", 1));
        assert!(are_settled("Keep your folders", "Ordner behalten", 1));
        assert!(!are_settled("`--keep-days`", free, 1));
        // Much content outweighs some of it, but not other ids too.
        assert!(are_settled("`--keep-days`", free, 4));
        assert!(!are_settled("`--keep-days` {#keep}", &format!("{free} {{#anchor}}"), 4));
    }

    #[test]
    fn a_heading_is_paired_that_becomes_free_after_another_one() {
        let first = "## Keep\n\nIt keeps `a.txt`.\n\nAlso `b.txt`.\n\n";
        let second = "## Drop `it`\n\nIt drops `c.txt`.\n\nAlso `d.txt`.\n\n";
        let source = Document::parse(format!("# Tidewater\n\n{first}{second}"), Syntax::Markdown);
        let translation = Document::parse(format!("# Tidewater\n\n{second}{first}"), Syntax::Markdown);
        let (a, b) = (Outline::new(&source), Outline::new(&translation));
        let model = Model::default();
        let scorer = Aligner::new((&source, &a), (&translation, &b), &model).scorer;
        // The first section's heading was paired with that of the second one, whose content is paired.
        let taken = Pair { log_odds: scorer.pair(1, 4) + WORDS_DECIDE + 0.5, ..scorer.make_pair(1, 1) };
        assert!(taken.log_odds < scorer.pair(4, 1) + WORDS_DECIDE);
        let mut pairs = vec![taken];
        pairs.extend([(2, 5), (3, 6), (5, 2), (6, 3)].map(|(i, j)| scorer.make_pair(i, j)));
        settle(&scorer, &mut pairs);
        let paired = |i: u32, j: u32| pairs.iter().any(|pair| (pair.source.start, pair.translation.start) == (i, j));
        assert!(paired(1, 4) && paired(4, 1) && !paired(1, 1));
    }
}
