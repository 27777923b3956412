//! Leads: the first cell of a row, or the identifier at the start of an entry. Translations keep most of them, and most
//! belong to a single block.

use std::cell::OnceCell;
use std::num::NonZeroU64;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::profile::Profile;

/// Maximum evidence for two blocks with the same lead.
const SAME: f32 = 5.0;
/// Penalty for different leads of rows in a table whose first cells are kept in translation.
const OTHER: f32 = -5.0;
/// Penalty if each block shares its lead with another block of the other document: they do not correspond, whatever their
/// content.
const ELSEWHERE: f32 = -15.0;

/// The leads of a source and a translation, counted on first use.
#[derive(Debug, Default)]
pub(crate) struct Leads {
    /// For each document, the number of blocks with each lead.
    counts: [OnceCell<FxHashMap<NonZeroU64, u32>>; 2],
    /// Tables of the source whose rows keep their first cells in the translation.
    kept: OnceCell<FxHashSet<u32>>,
}

impl Leads {
    /// Evidence from the leads of two blocks; `tokens` is the evidence from their tokens.
    pub(crate) fn odds(
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
        // Shared links are stronger evidence, and so are the rows below header rows.
        let is_other_row = || {
            self.keeps_cells(source, translation, i) && !head_alike((source, i), (translation, j)) && tokens() <= 0.0
        };
        if self.are_elsewhere((source, i), (translation, j)) {
            ELSEWHERE
        } else if is_other_row() {
            OTHER
        } else {
            0.0
        }
    }

    /// Whether each of two blocks shares its lead with exactly one other block of the other document.
    pub(crate) fn are_elsewhere(
        &self,
        (source, i): (&Profile<'_>, usize),
        (translation, j): (&Profile<'_>, usize),
    ) -> bool {
        match (source.names[i].lead, translation.names[j].lead) {
            (Some(a), Some(b)) => a != b && [a, b].iter().all(|lead| self.is_of_one(source, translation, *lead)),
            _ => false,
        }
    }

    /// Whether a lead belongs to one block of each document.
    pub(crate) fn is_of_one(&self, source: &Profile<'_>, translation: &Profile<'_>, lead: NonZeroU64) -> bool {
        self.count(0, source, lead) == 1 && self.count(1, translation, lead) == 1
    }

    /// Number of blocks of one document with a lead.
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

    /// Whether a row is in a table of the source most of whose rows have a first cell that the translation has too, such as
    /// names, versions and commands.
    fn keeps_cells(&self, source: &Profile<'_>, translation: &Profile<'_>, row: usize) -> bool {
        /// Smaller tables are not conclusive.
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

/// Whether both are the first rows of tables with a row in common among the next few.
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

    /// The evidence from leads for blocks `i` and `j` of two documents without tokens.
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
    fn leads_are_counted_once_per_block() {
        // Text right below a table is not a name.
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
    fn rows_match_by_first_cells_that_are_kept() {
        let english = table("Kind", &["Tide", "Anchor", "Buoy", "Ferry", "Jetty", "Mast"]);
        let kept = table("Art", &["Tide", "Anchor", "Buoy", "Lagoon", "Jetty", "Mast"]);
        assert!(odds(&english, &kept, (2, 2)) > 0.0);
        assert_eq!(odds(&english, &kept, (4, 4)), OTHER);
        // The header rows are translated, of the same table only.
        assert_eq!(odds(&english, &kept, (0, 0)), 0.0);
        assert_eq!(odds(&format!("{}\n{english}", table("Kind", &["Mole"; 3])), &kept, (4, 0)), 0.0);
        assert_eq!(odds(&english, &format!("{}\n{kept}", table("Art", &["Mole"; 3])), (0, 0)), OTHER);
        let translated = table("Art", &["Marée", "Ancre", "Bouée", "Bac", "Jetée", "Mât"]);
        assert_eq!(odds(&english, &translated, (4, 4)), 0.0);
    }

    #[test]
    fn entries_whose_identifiers_are_elsewhere_do_not_correspond() {
        let source = "- TIDE-4431: One.\n- TIDE-4448: Two.\n- TIDE-4452: Three.\n";
        let translation = "- TIDE-4448: Zwei.\n- TIDE-4431: Eins.\n- TIDE-4499: Drei.\n";
        assert!(odds(source, translation, (0, 1)) > 0.0);
        assert_eq!(odds(source, translation, (0, 0)), ELSEWHERE);
        // It may have another number now.
        assert_eq!(odds(source, translation, (2, 2)), 0.0);
    }
}
