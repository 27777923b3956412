//! What blocks begin with, as evidence: rows with a cell, entries with an identifier. Most are kept in translation, and most
//! are one block's.

use std::cell::OnceCell;
use std::num::NonZeroU64;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::profile::Profile;

/// What it is worth at most that two blocks begin with the same.
const SAME: f32 = 5.0;
/// What it costs that they do not, if they are rows of a table whose first cells are kept in translation.
const OTHER: f32 = -5.0;
/// What it costs if each begins with what another block of the other document does: they are others, whatever else they say.
const ELSEWHERE: f32 = -15.0;

/// What the blocks of a source and of a translation begin with, counted when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct Leads {
    /// In how many blocks of each document each lead stands.
    counts: [OnceCell<FxHashMap<NonZeroU64, u32>>; 2],
    /// Tables of the source whose rows go by the same first cells in the translation.
    kept: OnceCell<FxHashSet<u32>>,
}

impl Leads {
    /// Evidence from what two blocks begin with. `tokens` is that from their tokens.
    pub fn odds(
        &self,
        (source, i): (&Profile<'_>, usize),
        (translation, j): (&Profile<'_>, usize),
        tokens: impl FnOnce() -> f32,
    ) -> f32 {
        let (Some(a), Some(b)) = (source.names[i].lead, translation.names[j].lead) else { return 0.0 };
        if a == b {
            let count = self.count(0, source, a).max(self.count(1, translation, a));
            return (source.names.len() as f32 / count as f32).ln().clamp(0.0, SAME);
        }
        // Links that they share say more, and so do the rows below headings.
        let is_other_row = || {
            self.keeps_cells(source, translation, i) && !head_alike((source, i), (translation, j)) && tokens() <= 0.0
        };
        if self.stand_elsewhere((source, i), (translation, j)) {
            ELSEWHERE
        } else if is_other_row() {
            OTHER
        } else {
            0.0
        }
    }

    /// Whether each of two blocks begins with what one other block of the other document does, and no more than one.
    pub fn stand_elsewhere(&self, (source, i): (&Profile<'_>, usize), (translation, j): (&Profile<'_>, usize)) -> bool {
        match (source.names[i].lead, translation.names[j].lead) {
            (Some(a), Some(b)) => a != b && [a, b].iter().all(|lead| self.is_of_one(source, translation, *lead)),
            _ => false,
        }
    }

    /// Whether one block of each document begins with a lead.
    pub fn is_of_one(&self, source: &Profile<'_>, translation: &Profile<'_>, lead: NonZeroU64) -> bool {
        self.count(0, source, lead) == 1 && self.count(1, translation, lead) == 1
    }

    /// How many blocks of one of the two documents begin with a lead.
    fn count(&self, side: usize, profile: &Profile<'_>, lead: NonZeroU64) -> u32 {
        let counts = self.counts[side].get_or_init(|| {
            let mut counts = FxHashMap::default();
            for lead in profile.names.iter().filter_map(|name| name.lead) {
                *counts.entry(lead).or_insert(0) += 1;
            }
            counts
        });
        counts.get(&lead).copied().unwrap_or(0)
    }

    /// Whether a row stands in a table of the source most of whose rows begin with a cell that the translation has too: names,
    /// versions and commands, most often.
    fn keeps_cells(&self, source: &Profile<'_>, translation: &Profile<'_>, row: usize) -> bool {
        /// Tables of fewer rows tell nothing.
        const FEWEST: u32 = 4;
        let kept = self.kept.get_or_init(|| {
            let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
            for (block, name) in source.blocks().iter().zip(source.names) {
                if let (Some(table), Some(cell)) = (block.table, name.lead) {
                    let (rows, kept) = counts.entry(table).or_default();
                    *rows += 1;
                    *kept += u32::from(self.count(1, translation, cell) > 0);
                }
            }
            let most = counts.into_iter().filter(|(_, (rows, kept))| *rows >= FEWEST && kept * 10 >= rows * 7);
            most.map(|(table, _)| table).collect()
        });
        source.blocks()[row].table.is_some_and(|table| kept.contains(&table))
    }
}

/// Whether both are the first rows of tables that go on with the same row: one of the next few, where one was added or lost.
fn head_alike((source, i): (&Profile<'_>, usize), (translation, j): (&Profile<'_>, usize)) -> bool {
    const NEXT: usize = 3;
    fn below<'p>(profile: &'p Profile<'_>, row: usize) -> impl Iterator<Item = NonZeroU64> + 'p {
        let table = profile.blocks()[row].table;
        let rows = (row + 1..profile.blocks().len()).take(NEXT);
        rows.filter(move |&row| profile.blocks()[row].table == table).filter_map(|row| profile.names[row].lead)
    }
    let is_below = |lead| below(translation, j).any(|other| other == lead);
    source.shapes[i].is_head && translation.shapes[j].is_head && below(source, i).any(is_below)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outline;
    use crate::vocabulary::Vocabulary;
    use isogloss_document::{Document, Syntax};

    /// What is read of the blocks at `i` and `j` of two documents, neither of which has tokens.
    fn odds(source: &str, translation: &str, (i, j): (usize, usize)) -> f32 {
        let [source, translation] =
            [source, translation].map(|text| Document::parse(text.to_owned(), Syntax::Markdown));
        let (a, b, side) = (Outline::new(&source), Outline::new(&translation), Vocabulary::default());
        let (source, translation) = (Profile::new((&source, &a), &side), Profile::new((&translation, &b), &side));
        Leads::default().odds((&source, i), (&translation, j), || 0.0)
    }

    fn table(head: &str, names: &[&str]) -> String {
        let rows = names.iter().map(|name| format!("| {name} | text |\n")).collect::<String>();
        format!("| {head} | A |\n| --- | --- |\n{rows}")
    }

    #[test]
    fn leads_are_counted_once_a_block() {
        // What is said below a table, without a line between, is no name.
        let note = "Days are counted from the day on which the folder was deleted, in your own time zone.";
        let table =
            format!("| Plan | Days |\n| --- | --- |\n| Basic | 7 |\n| Basic | 30 |\n| Harbour | 90 |\n{note}\n");
        let document = Document::parse(table, Syntax::Markdown);
        let (outline, side) = (Outline::new(&document), Vocabulary::default());
        let (profile, leads) = (Profile::new((&document, &outline), &side), Leads::default());
        let counts = profile.names.iter().filter_map(|name| Some(leads.count(0, &profile, name.lead?)));
        assert_eq!(counts.collect::<Vec<_>>(), [1, 2, 2, 1]);
    }

    #[test]
    fn rows_go_by_their_first_cells_where_these_are_kept() {
        let english = table("Kind", &["Tide", "Anchor", "Buoy", "Ferry", "Jetty", "Mast"]);
        let kept = table("Art", &["Tide", "Anchor", "Buoy", "Lagoon", "Jetty", "Mast"]);
        assert!(odds(&english, &kept, (2, 2)) > 0.0);
        assert_eq!(odds(&english, &kept, (4, 4)), OTHER);
        // The headings are translated, of the same table only.
        assert_eq!(odds(&english, &kept, (0, 0)), 0.0);
        assert_eq!(odds(&format!("{}\n{english}", table("Kind", &["Mole"; 3])), &kept, (4, 0)), 0.0);
        assert_eq!(odds(&english, &format!("{}\n{kept}", table("Art", &["Mole"; 3])), (0, 0)), OTHER);
        let translated = table("Art", &["Marée", "Ancre", "Bouée", "Bac", "Jetée", "Mât"]);
        assert_eq!(odds(&english, &translated, (4, 4)), 0.0);
    }

    #[test]
    fn entries_whose_identifiers_stand_elsewhere_are_others() {
        let source = "- TIDE-4431: One.\n- TIDE-4448: Two.\n- TIDE-4452: Three.\n";
        let translation = "- TIDE-4448: Zwei.\n- TIDE-4431: Eins.\n- TIDE-4499: Drei.\n";
        assert!(odds(source, translation, (0, 1)) > 0.0);
        assert_eq!(odds(source, translation, (0, 0)), ELSEWHERE);
        // It may have another number now.
        assert_eq!(odds(source, translation, (2, 2)), 0.0);
    }
}
