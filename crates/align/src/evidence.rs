//! Evidence that two blocks correspond, as log-odds in nats: ln P(observed | corresponding) − ln P(observed | chance).
//! Pieces of evidence are taken as independent, so they add up (naive Bayes).

use std::num::NonZeroU64;

use isogloss_document::{BlockKind, Role};

use crate::alignment::Pair;
use crate::features::{Features, Tokens, Words, shared};
use crate::leads::Leads;
use crate::model::Model;
use crate::names::is_derived_from;
use crate::profile::Profile;

/// Log-odds from which blocks in the same position are paired without further checks.
pub(crate) const SURE: f32 = -1.0;
/// Log-odds of blocks that can never correspond.
pub(crate) const NEVER: f32 = -1000.0;

/// Evidence of one shared name, and of all of them at most, in nats.
const NAME: f32 = 1.5;
const NAMES: f32 = 5.0;

/// Penalty for each level between two headings: translations keep levels, and if the source changed them, words, code and
/// ids outweigh it.
const LEVEL: f32 = -1.5;
/// Penalty if only one row is the first of its table.
const HEAD: f32 = -1.5;
/// Penalty for headings with different ids.
const OTHER_ID: f32 = -2.0;
/// Evidence of a heading's id that is derived from the text of the other. If it is not, the other one effectively has
/// another id.
const DERIVED_ID: f32 = 5.0;
/// Evidence of the same first code, renamed.
const RENAMED: f32 = 2.5;

/// How much better two neighbours must fit crosswise than straight.
const CROSSED: f32 = 2.0;
/// How much better they must fit straight by lengths and tokens alone to skip the comparison of words.
const SETTLED: f32 = 8.0;

/// Weight of the content of rows with different numbers of cells.
const OTHER_WIDTH: f32 = 0.25;

/// For each kind of the source and each kind of the translation, the log-odds that blocks of them correspond; for equal
/// kinds, minus the logarithm of the kind's share of the translation.
fn kind_odds(source: &Profile<'_>, translation: &Profile<'_>) -> Vec<f32> {
    let mut counts = vec![0.0; translation.kinds.len()];
    translation.shapes.iter().for_each(|shape| counts[usize::from(shape.kind)] += 1.0);
    let total = translation.shapes.len().max(1) as f32;
    let odds = |a: BlockKind, b: BlockKind, count: f32| match (a, b) {
        _ if a == b => (total / count).ln().min(3.0),
        _ if !compatible(a, b) => NEVER,
        (BlockKind::Heading(x), BlockKind::Heading(y)) => LEVEL * f32::from(x.abs_diff(y)),
        _ => -5.0,
    };
    let others = || translation.kinds.iter().zip(&counts);
    source.kinds.iter().flat_map(|&a| others().map(move |(&b, &count)| odds(a, b, count))).collect()
}

/// Whether blocks of these kinds may correspond.
fn compatible(source: BlockKind, translation: BlockKind) -> bool {
    use BlockKind::{Component, Heading, Html, Image, Include, Paragraph, Video};
    source == translation
        || matches!(
            (source, translation),
            (Heading(_), Heading(_) | Paragraph)
                | (Paragraph, Heading(_))
                | (Paragraph | Html | Component | Image, Paragraph | Html | Component | Image)
                | (Image | Html | Video | Include | Component, Image | Html | Video | Include | Component)
        )
}

/// Whether one side may be the text of a callout in a quote, and the other the same between shortcodes.
fn is_other_dialect(a: Role, b: Role) -> bool {
    matches!((a, b), (Role::Callout, Role::Body) | (Role::Body, Role::Callout))
}

/// Scores pairs of blocks of two documents.
pub(crate) struct Scorer<'a> {
    model: &'a Model,
    pub source: Profile<'a>,
    pub translation: Profile<'a>,
    /// For each kind of the source and each kind of the translation, the log-odds of the pair.
    kinds: Vec<f32>,
    /// The leads of the blocks of both documents.
    leads: Leads,
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(model: &'a Model, source: Profile<'a>, translation: Profile<'a>) -> Self {
        let kinds = kind_odds(&source, &translation);
        Self { model, source, translation, kinds, leads: Leads::default() }
    }

    /// Log-odds that source block `i` and translation block `j` correspond, if they can reach `least`; otherwise [`NEVER`].
    pub(crate) fn pair_from(&self, i: usize, j: usize, least: f32) -> f32 {
        let Some((form, others, name)) = self.wordless(i, j) else { return NEVER };
        let (_, words) = self.model.calibration.word_bounds();
        if form + self.weigh(i, j, others + words + NAMES) + name < least
            || form + self.at_most(i, j, others) + name < least
        {
            return NEVER;
        }
        form + self.with_words(i, j, others) + name
    }

    /// Log-odds that source block `i` and translation block `j` correspond.
    pub(crate) fn pair(&self, i: usize, j: usize) -> f32 {
        self.wordless(i, j).map_or(NEVER, |(form, others, name)| form + self.with_words(i, j, others) + name)
    }

    /// Log-odds that source block `i` and translation block `j` correspond. Skips the comparison of words if the log-odds
    /// are clearly at least `enough`.
    pub(crate) fn pair_unless(&self, i: usize, j: usize, enough: f32) -> f32 {
        let Some((form, others, name)) = self.wordless(i, j) else { return NEVER };
        // Shared names only add to the log-odds.
        let (least, _) = self.model.calibration.word_bounds();
        let is_enough = form + self.weigh(i, j, others + least) + name >= enough;
        form + if is_enough { self.weigh(i, j, others) } else { self.with_words(i, j, others) } + name
    }

    /// Evidence without words: from kinds and containers, from lengths and tokens, and from names; `None` if the blocks can
    /// never correspond.
    fn wordless(&self, i: usize, j: usize) -> Option<(f32, f32, f32)> {
        let form = self.form(i, j);
        (form > NEVER).then(|| (form, self.without_words(i, j), self.name(i, j)))
    }

    /// Evidence from kinds, containers and ids.
    fn form(&self, i: usize, j: usize) -> f32 {
        let (a, b) = (self.source.shapes[i], self.translation.shapes[j]);
        let mut odds = self.kinds[usize::from(a.kind) * self.translation.kinds.len() + usize::from(b.kind)];
        if odds <= NEVER {
            return NEVER;
        }
        let mut depth = a.depth.abs_diff(b.depth);
        if is_other_dialect(a.role, b.role) {
            // The text is in a quote in the callout, and in nothing between shortcodes.
            odds -= 0.5;
            depth = depth.saturating_sub(1);
        } else if a.role != b.role {
            odds -= 1.5;
        }
        if a.is_head != b.is_head {
            odds += HEAD;
        }
        odds -= 0.7 * f32::from(depth.min(3));
        if a.has_id && b.has_id {
            odds += if self.source.id(i) == self.translation.id(j) { 6.0 } else { OTHER_ID };
        }
        if a.has_id == b.has_id { odds } else { odds + self.id(i, j) }
    }

    /// Evidence from the id of one heading and the text of the other: translations keep the source's anchors like that.
    fn id(&self, i: usize, j: usize) -> f32 {
        let (a, b) = (&self.source.document.blocks[i], &self.translation.document.blocks[j]);
        if !matches!((a.kind, b.kind), (BlockKind::Heading(_), BlockKind::Heading(_))) {
            return 0.0;
        }
        let (source, translation) = (self.source.document, self.translation.document);
        let is_derived_from = match (a.id, b.id) {
            (None, Some(id)) => is_derived_from(id.slice(&translation.text), source.plain_of(a)),
            (Some(id), None) => is_derived_from(id.slice(&source.text), translation.plain_of(b)),
            _ => return 0.0,
        };
        if is_derived_from { DERIVED_ID } else { OTHER_ID }
    }

    /// Evidence from names: leads and code.
    fn name(&self, i: usize, j: usize) -> f32 {
        let (source, translation) = (&self.source, &self.translation);
        let is_renamed =
            source.names[i].is_renamed(&translation.names[j], &source.document.text, &translation.document.text);
        let leads = self.leads.odds((source, i), (translation, j), || self.tokens(i, j));
        leads + if is_renamed { RENAMED } else { 0.0 }
    }

    /// Whether a lead belongs to one block of each document.
    pub(crate) fn is_of_one(&self, lead: NonZeroU64) -> bool {
        self.leads.is_of_one(&self.source, &self.translation, lead)
    }

    /// Whether each block shares its lead with another block of the other document.
    pub(crate) fn are_elsewhere(&self, i: usize, j: usize) -> bool {
        self.leads.are_elsewhere((&self.source, i), (&self.translation, j))
    }

    /// Whether both are the first rows of tables.
    pub(crate) fn are_headers(&self, i: usize, j: usize) -> bool {
        self.source.shapes[i].is_head && self.translation.shapes[j].is_head
    }

    /// Evidence from tokens alone.
    fn tokens(&self, i: usize, j: usize) -> f32 {
        let (source, translation) = self.features(i, j);
        self.model.calibration.token_odds(source, translation)
    }

    fn features(&self, i: usize, j: usize) -> (Tokens<'_>, Tokens<'_>) {
        let (source, translation) = (&self.source, &self.translation);
        ((&source.features[i], source.tokens(i)), (&translation.features[j], translation.tokens(j)))
    }

    /// Evidence from content; `others` is that from lengths and tokens.
    fn with_words(&self, i: usize, j: usize, others: f32) -> f32 {
        let words = self.compare_words(self.source.words(i), self.translation.words(j));
        self.weigh(i, j, others + words)
    }

    /// Upper bound of [`Self::with_words`], without comparing words.
    fn at_most(&self, i: usize, j: usize, others: f32) -> f32 {
        let (_, mut words) = self.model.calibration.word_bounds();
        if self.source.words(i).has_names() && self.translation.words(j).has_names() {
            words += NAMES;
        }
        self.weigh(i, j, others + words)
    }

    fn without_words(&self, i: usize, j: usize) -> f32 {
        let (source, translation) = self.features(i, j);
        self.compare(source, translation)
    }

    /// Reduces the evidence from rows with different numbers of cells: one lacks a column.
    fn weigh(&self, i: usize, j: usize, odds: f32) -> f32 {
        if self.same_width(i, j) { odds } else { odds * OTHER_WIDTH }
    }

    /// Whether both have the same number of cells.
    fn same_width(&self, i: usize, j: usize) -> bool {
        self.source.features[i].cells == self.translation.features[j].cells
    }

    /// Evidence from lengths alone.
    pub(crate) fn compare_lengths(&self, source: &Features, translation: &Features) -> f32 {
        self.model.calibration.length_odds(source, translation)
    }

    /// Evidence from lengths and tokens.
    pub(crate) fn compare(&self, source: Tokens<'_>, translation: Tokens<'_>) -> f32 {
        self.compare_lengths(source.0, translation.0) + self.model.calibration.token_odds(source, translation)
    }

    /// Evidence from words.
    pub(crate) fn compare_words(&self, source: &Words, translation: &Words) -> f32 {
        let mut words = self.model.calibration.word_odds(source, translation);
        // Rare words that the model does not know and that are on both sides are mostly names.
        if source.has_names() && translation.has_names() {
            words += (shared(source.names(), translation.names()) * NAME).min(NAMES);
        }
        words
    }

    /// The pair of two blocks, with its log-odds.
    pub(crate) fn make_pair(&self, i: usize, j: usize) -> Pair {
        self.pair_with(i, j, self.pair(i, j))
    }

    /// The pair of two blocks with the given log-odds.
    pub(crate) fn pair_with(&self, i: usize, j: usize, log_odds: f32) -> Pair {
        Pair { source: i as u32..i as u32 + 1, translation: j as u32..j as u32 + 1, log_odds, moved: false }
    }

    /// Whether two blocks have the same kind.
    pub(crate) fn kind_is(&self, i: usize, j: usize) -> bool {
        self.source.kind(i) == self.translation.kind(j)
    }

    /// Like [`Self::pair_from`], for indexes that may be out of range.
    pub(crate) fn pair_or_never(&self, i: usize, j: usize, least: f32) -> f32 {
        let inside = i < self.source.blocks().len() && j < self.translation.blocks().len();
        if inside { self.pair_from(i, j, least) } else { NEVER }
    }

    /// Whether blocks `i` and `j` and the next ones fit better crosswise than straight.
    pub(crate) fn prefers_swap(&self, i: usize, j: usize) -> bool {
        let (x, y) = (i + 1, j + 1);
        if x >= self.source.blocks().len()
            || y >= self.translation.blocks().len()
            || self.source.kind(i) != self.source.kind(x)
        {
            return false;
        }
        // Rows of another width would fit badly, which must not favour a poor fit.
        if !self.same_width(i, y) || !self.same_width(x, j) {
            return false;
        }
        let (up, down) = (self.without_words(i, y), self.without_words(x, j));
        let (first, second) = (self.without_words(i, j), self.without_words(x, y));
        if first + second >= up + down + SETTLED {
            return false;
        }
        // One or two words are weak evidence: lists of them would seem shuffled.
        let is_short = self.source.features[i].size.min(self.source.features[x].size) == 0;
        let straight = self.with_words(i, j, first) + self.with_words(x, y, second);
        let least = straight + if is_short { 2.0 * CROSSED } else { CROSSED };
        self.at_most(i, y, up) + self.at_most(x, j, down) > least
            && self.with_words(i, y, up) + self.with_words(x, j, down) > least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Outline};
    use isogloss_document::{Document, Syntax};

    #[test]
    fn words_are_not_compared_if_code_is_enough() {
        let page = |text: &str| Document::parse(format!("{}{text}\n", "# Step\n\n".repeat(20)), Syntax::Markdown);
        let (source, translation) =
            (page("Run `sync --all` in Tidewater."), page("`sync --all` in Tidewater starten."));
        let model = Model::default();
        let (a, b) = (Outline::new(&source), Outline::new(&translation));
        let scorer = Aligner::new((&source, &a), (&translation, &b), &model).scorer;
        // The shared name is evidence too.
        assert!((SURE..scorer.pair(20, 20)).contains(&scorer.pair_unless(20, 20, SURE)));
        assert_eq!(scorer.pair_unless(20, 20, 100.0), scorer.pair(20, 20));
        // Headings have only kinds and lengths.
        assert_eq!(scorer.pair_unless(0, 0, SURE), scorer.pair(0, 0));
    }

    #[test]
    fn headings_of_different_levels_need_more_evidence() {
        let page = |text: &str| Document::parse(text.to_owned(), Syntax::Markdown);
        let (source, translation) = (page("## Folders\n\n### Sharing"), page("## Ordner\n\n#### Teilen"));
        let model = Model::default();
        let (a, b) = (Outline::new(&source), Outline::new(&translation));
        let scorer = Aligner::new((&source, &a), (&translation, &b), &model).scorer;
        assert_eq!(scorer.form(1, 1), LEVEL);
        assert_eq!(scorer.form(0, 1), 2.0 * LEVEL);
        assert!(scorer.pair(0, 0) > 0.0 && scorer.pair(1, 1) < 0.0);
    }

    #[test]
    fn a_heading_whose_id_is_derived_from_another_text_is_another_one() {
        let model = Model::default();
        let form = |source: &str, translation: &str| {
            let (source, translation) = (
                Document::parse(source.to_owned(), Syntax::Markdown),
                Document::parse(translation.to_owned(), Syntax::Markdown),
            );
            let (a, b) = (Outline::new(&source), Outline::new(&translation));
            Aligner::new((&source, &a), (&translation, &b), &model).scorer.form(0, 0)
        };
        let plain = form("# Keep your folders", "# Ordner behalten");
        assert_eq!(form("# Keep your folders", "# Ordner behalten {#keep-your-folders}"), plain + DERIVED_ID);
        assert_eq!(form("# Keep your files", "# Ordner behalten {#keep-your-folders}"), plain + OTHER_ID);
        assert_eq!(form("# Keep your files {#files}", "# Ordner behalten {#keep-your-folders}"), plain + OTHER_ID);
    }

    #[test]
    fn rows_of_another_width_are_not_swapped() {
        let (a, b) = ("<code>sync --keep-all</code> keeps all", "<code>anchor --fast</code> is quick");
        let prefers_swap = |neighbor: &str| {
            let table = |first: &str, second: &str| {
                let rows = format!("<tr><td>{first}</td></tr><tr>{neighbor}<td>{second}</td></tr>");
                Document::parse(format!("<table>{rows}</table>\n"), Syntax::Markdown)
            };
            let (source, translation) = (table(a, b), table(b, a));
            let (x, y) = (Outline::new(&source), Outline::new(&translation));
            let model = Model::default();
            let scorer = Aligner::new((&source, &x), (&translation, &y), &model).scorer;
            let row = source.blocks.iter().position(|block| block.kind == BlockKind::TableRow).unwrap();
            scorer.prefers_swap(row, row)
        };
        assert!(prefers_swap("") && !prefers_swap("<td>Keep</td>"));
    }
}
