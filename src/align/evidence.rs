//! Evidence that two blocks say the same, as log-odds in nats: ln P(observed | they belong together) − ln P(observed | they met
//! by chance). Pieces of evidence are taken as independent, so they add up (naive Bayes).

use std::array;
use std::cmp::Ordering;
use std::ops::Range;

use super::model::{Model, product};
use super::profile::{Features, Profile, Weighted, Words};
use super::{Pair, compatible};
use crate::document::{Kind, Role};

/// From these log-odds on, blocks at the same place are believed to belong together without looking further.
pub(super) const SURE: f32 = -1.0;
/// Blocks that can never belong together.
pub(super) const NEVER: f32 = -1000.0;

/// The features of a block with its tokens, sorted.
type Tokens<'a> = (&'a Features, &'a [Weighted]);

/// What a name that stands in both is worth, and all of them at most, in nats.
const NAME: f32 = 1.5;
const NAMES: f32 = 5.0;

/// How much better two neighbours must fit crosswise than straight.
const CROSSED: f32 = 2.0;

/// How much the content of rows of different widths counts.
const OTHER_WIDTH: f32 = 0.25;

/// What was seen of each piece of evidence in blocks that belong together and in blocks that do not.
#[derive(Debug, Clone, Default)]
pub(super) struct Observations {
    lengths: [Lengths; SIZES],
    cosine: Bins<COSINES>,
    tokens: Bins<TOKENS>,
}

/// How much the evidence is worth for a pair of locales: log-odds, ready to be looked up.
#[derive(Debug, Clone)]
pub(super) struct Calibration {
    lengths: [[f32; RATIOS]; SIZES],
    cosine: [f32; COSINES],
    tokens: [f32; TOKENS],
}

/// Classes of block length: up to 20, 60, 160 characters, and more.
const SIZES: usize = 4;
/// Bins of the log ratio of lengths.
const RATIOS: usize = 81;
/// Width of one of them; the middle one is around 0.
const RATIO_STEP: f32 = 0.05;
/// Bins of the cosine between word vectors, a row for few known words and one for many.
const COSINES: usize = 2 * COSINE_STEPS;
const COSINE_STEPS: usize = 12;
/// Bins of the overlap of tokens, a row for light tokens and one for heavy ones.
const TOKENS: usize = 2 * TOKEN_STEPS;
const TOKEN_STEPS: usize = 6;

/// In how many of the blocks that belong together a piece of evidence misleads: a sentence that was moved into the next
/// paragraph, a text that was translated freely, code that was localized.
const MISLEADING_LENGTH: f32 = 0.05;
const MISLEADING_WORDS: f32 = 0.03;
const MISLEADING_TOKENS: f32 = 0.01;
/// Few or common tokens, such as a number that one language writes as a word.
const MISLEADING_LIGHT_TOKENS: f32 = 0.05;

/// Counts of an observation in blocks that belong together and in blocks that do not.
#[derive(Debug, Clone)]
struct Bins<const N: usize> {
    together: [u32; N],
    chance: [u32; N],
}

impl<const N: usize> Default for Bins<N> {
    fn default() -> Self {
        Self { together: [0; N], chance: [0; N] }
    }
}

impl<const N: usize> Bins<N> {
    fn add(&mut self, bin: usize, together: bool) {
        let counts = if together { &mut self.together } else { &mut self.chance };
        counts[bin] += 1;
    }

    /// The learned log-odds of a bin, drawn towards `prior` where little was seen. `row` are the bins that are alternatives.
    fn log_odds(&self, bin: usize, prior: f32, row: Range<usize>) -> f32 {
        const PRIOR_WEIGHT: f32 = 30.0;
        let together: u32 = self.together[row.clone()].iter().sum();
        let chance: u32 = self.chance[row].iter().sum();
        let seen = (self.together[bin] + self.chance[bin]) as f32;
        if together == 0 || chance == 0 {
            return prior;
        }
        let p = (self.together[bin] as f32 + 0.5) / (together as f32 + 1.0);
        let q = (self.chance[bin] as f32 + 0.5) / (chance as f32 + 1.0);
        ((p / q).ln() * seen + prior * PRIOR_WEIGHT) / (seen + PRIOR_WEIGHT)
    }
}

/// Mean and variance of the log ratio of lengths, of blocks that belong together and of blocks that do not.
#[derive(Debug, Clone, Copy)]
struct Lengths {
    together: Moments,
    chance: Moments,
}

/// Running mean and variance of a number (Welford 1962), begun with a prior.
#[derive(Debug, Clone, Copy)]
struct Moments {
    count: f32,
    mean: f32,
    squares: f32,
}

impl Moments {
    fn prior(deviation: f32) -> Self {
        const PRIOR_WEIGHT: f32 = 20.0;
        Self { count: PRIOR_WEIGHT, mean: 0.1, squares: PRIOR_WEIGHT * deviation * deviation }
    }

    fn add(&mut self, x: f32) {
        self.count += 1.0;
        let delta = x - self.mean;
        self.mean += delta / self.count;
        self.squares += delta * (x - self.mean);
    }

    fn log_density(&self, x: f32) -> f32 {
        let variance = (self.squares / self.count).max(0.01);
        -0.5 * ((x - self.mean).powi(2) / variance + variance.ln())
    }
}

impl Default for Lengths {
    fn default() -> Self {
        Self { together: Moments::prior(0.3), chance: Moments::prior(1.0) }
    }
}

impl Observations {
    /// Takes the blocks at `i` and `j`, which belong together, and their neighbours, which do not.
    pub fn observe(&mut self, a: &Profile<'_>, i: usize, b: &Profile<'_>, j: usize) {
        self.observe_one(a, i, b, j, true);
        for other in [j + 1, j + 2, j + 5, j.wrapping_sub(1), j.wrapping_sub(3)] {
            if other < b.features.len() && b.kind(other) == a.kind(i) {
                self.observe_one(a, i, b, other, false);
            }
        }
    }

    fn observe_one(&mut self, a: &Profile<'_>, i: usize, b: &Profile<'_>, j: usize, together: bool) {
        let (x, y) = (&a.features[i], &b.features[j]);
        if x.has_text() && y.has_text() {
            let lengths = &mut self.lengths[x.size];
            let moments = if together { &mut lengths.together } else { &mut lengths.chance };
            moments.add(y.log_length - x.log_length);
        }
        if let Some(bin) = cosine_bin(a.words(i), b.words(j)) {
            self.cosine.add(bin, together);
        }
        if let Some(bin) = token_bin((x, a.tokens(i)), (y, b.tokens(j))) {
            self.tokens.add(bin, together);
        }
    }

    /// What the observations are worth.
    pub fn calibrate(&self) -> Calibration {
        let length = |size: usize, bin: usize| {
            let x = (bin as f32 - (RATIOS / 2) as f32) * RATIO_STEP;
            let Lengths { together, chance } = &self.lengths[size];
            outlier(together.log_density(x) - chance.log_density(x), MISLEADING_LENGTH)
        };
        let cosine = |bin: usize| {
            let step = bin % COSINE_STEPS;
            let row = bin - step;
            let prior = (step as f32 - 3.5) * if row == 0 { 0.4 } else { 0.8 };
            outlier(self.cosine.log_odds(bin, prior, row..row + COSINE_STEPS), MISLEADING_WORDS)
        };
        let tokens = |bin: usize| {
            let step = bin % TOKEN_STEPS;
            let row = bin - step;
            let prior =
                if row == 0 { [-2.0, -1.0, 0.0, 0.5, 1.0, 2.0][step] } else { [-4.0, -1.5, 0.5, 2.0, 3.0, 5.0][step] };
            let misleading = if row == 0 { MISLEADING_LIGHT_TOKENS } else { MISLEADING_TOKENS };
            outlier(self.tokens.log_odds(bin, prior, row..row + TOKEN_STEPS), misleading)
        };
        Calibration {
            lengths: array::from_fn(|size| array::from_fn(|bin| length(size, bin))),
            cosine: array::from_fn(cosine),
            tokens: array::from_fn(tokens),
        }
    }
}

impl Default for Calibration {
    fn default() -> Self {
        Observations::default().calibrate()
    }
}

impl Calibration {
    fn length_odds(&self, source: &Features, translation: &Features) -> f32 {
        match (source.has_text(), translation.has_text()) {
            (true, true) => {
                let bin = (translation.log_length - source.log_length) / RATIO_STEP + (RATIOS / 2) as f32 + 0.5;
                self.lengths[source.size][bin.clamp(0.0, (RATIOS - 1) as f32) as usize]
            }
            (false, false) => 0.0,
            _ => -2.0,
        }
    }

    fn word_odds(&self, source: &Words, translation: &Words) -> f32 {
        cosine_bin(source, translation).map_or(0.0, |bin| self.cosine[bin])
    }

    fn token_odds(&self, source: Tokens<'_>, translation: Tokens<'_>) -> f32 {
        token_bin(source, translation).map_or(0.0, |bin| self.tokens[bin])
    }
}

/// Whether one side may be a callout's text in a quote, and the other the same between shortcodes.
fn is_other_dialect(a: Role, b: Role) -> bool {
    matches!((a, b), (Role::Callout, Role::Body) | (Role::Body, Role::Callout))
}

/// Log-odds of an observation that misleads, and says nothing, with some probability even in blocks that belong together.
fn outlier(log_odds: f32, probability: f32) -> f32 {
    ((1.0 - probability) * log_odds.min(20.0).exp() + probability).ln()
}

/// The class of a length in characters.
pub(super) fn size(length: f32) -> usize {
    [20.0, 60.0, 160.0].iter().filter(|&&limit| length > limit).count()
}

fn cosine_bin(source: &Words, translation: &Words) -> Option<usize> {
    let known = source.known.min(translation.known);
    if known == 0.0 {
        return None;
    }
    let lengths = source.length * translation.length;
    let cosine = if lengths > 0.0 { product(&source.vector, &translation.vector) as f32 / lengths } else { 0.0 };
    let step = ((cosine + 0.2) * 10.0).clamp(0.0, COSINE_STEPS as f32 - 1.0) as usize;
    Some(if known < 15.0 { step } else { COSINE_STEPS + step })
}

fn token_bin(source: Tokens<'_>, translation: Tokens<'_>) -> Option<usize> {
    let weight = f32::midpoint(source.0.token_weight, translation.0.token_weight);
    if weight == 0.0 {
        return None;
    }
    let overlap = shared(source.1, translation.1) / weight;
    let step = match overlap {
        x if x < 0.1 => 0,
        x if x < 0.3 => 1,
        x if x < 0.6 => 2,
        x if x < 0.85 => 3,
        x if x < 0.99 => 4,
        _ => 5,
    };
    Some(if weight < 2.5 { step } else { TOKEN_STEPS + step })
}

/// Summed weight of the tokens that stand in both sorted lists, with multiplicity.
fn shared(a: &[Weighted], b: &[Weighted]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                sum += a[i].1.min(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// Scores pairs of blocks of two documents.
pub(super) struct Scorer<'a> {
    model: &'a Model,
    pub source: Profile<'a>,
    pub translation: Profile<'a>,
    /// For each kind, minus the logarithm of its share of the translation's blocks.
    rarity: Vec<(Kind, f32)>,
}

impl<'a> Scorer<'a> {
    pub fn new(model: &'a Model, source: Profile<'a>, translation: Profile<'a>) -> Self {
        let total = translation.blocks().len().max(1) as f32;
        let mut rarity: Vec<(Kind, f32)> = Vec::new();
        for block in translation.blocks() {
            match rarity.iter_mut().find(|(kind, _)| *kind == block.kind) {
                Some((_, count)) => *count += 1.0,
                None => rarity.push((block.kind, 1.0)),
            }
        }
        rarity.iter_mut().for_each(|(_, count)| *count = (total / *count).ln().min(3.0));
        Self { model, source, translation, rarity }
    }

    /// Log-odds that source block `i` and translation block `j` belong together.
    pub fn pair(&self, i: usize, j: usize) -> f32 {
        let form = self.form(i, j);
        if form <= NEVER { NEVER } else { form + self.content(i, j) }
    }

    /// The same without the words, if they could not bring it below `floor`: they cost the most to look at.
    pub fn pair_above(&self, i: usize, j: usize, floor: f32) -> Option<f32> {
        let form = self.form(i, j);
        if form <= NEVER {
            return None;
        }
        let odds = form + self.weigh(i, j, self.without_words(i, j));
        (odds + MISLEADING_WORDS.ln() >= floor).then_some(odds)
    }

    /// Evidence from what the blocks are.
    fn form(&self, i: usize, j: usize) -> f32 {
        let (a, b) = (&self.source.blocks()[i], &self.translation.blocks()[j]);
        let mut odds = if a.kind == b.kind {
            self.rarity.iter().find(|(kind, _)| *kind == b.kind).map_or(0.0, |(_, odds)| *odds)
        } else if !compatible(a.kind, b.kind) {
            return NEVER;
        } else if let (Kind::Heading(x), Kind::Heading(y)) = (a.kind, b.kind) {
            -f32::from(x.abs_diff(y))
        } else {
            -5.0
        };
        let mut depth = a.depth.abs_diff(b.depth);
        if is_other_dialect(a.role, b.role) {
            // The text stands in a quote where the callout is one, and in nothing where it is a shortcode.
            odds -= 0.5;
            depth = depth.saturating_sub(1);
        } else if a.role != b.role {
            odds -= 1.5;
        }
        odds -= 0.7 * f32::from(depth.min(3));
        if let (Some(x), Some(y)) = (a.id, b.id) {
            let same = x.slice(&self.source.document.text) == y.slice(&self.translation.document.text);
            odds += if same { 6.0 } else { -2.0 };
        }
        odds
    }

    /// Evidence from what the blocks say.
    pub fn content(&self, i: usize, j: usize) -> f32 {
        let (source, translation) = (self.source.words(i), self.translation.words(j));
        // Rare words that the model does not know and that stand in both are names, most often.
        let names = (shared(&source.names, &translation.names) * NAME).min(NAMES);
        let words = self.model.calibration.word_odds(source, translation) + names;
        self.weigh(i, j, self.without_words(i, j) + words)
    }

    fn without_words(&self, i: usize, j: usize) -> f32 {
        let (x, y) = (&self.source.features[i], &self.translation.features[j]);
        self.compare((x, self.source.tokens(i)), (y, self.translation.tokens(j)))
    }

    /// Rows of different widths lack a column: what else they hold says less.
    fn weigh(&self, i: usize, j: usize, odds: f32) -> f32 {
        let same = self.source.features[i].cells == self.translation.features[j].cells;
        if same { odds } else { odds * OTHER_WIDTH }
    }

    /// Evidence from lengths and tokens.
    pub fn compare(&self, source: Tokens<'_>, translation: Tokens<'_>) -> f32 {
        let calibration = &self.model.calibration;
        calibration.length_odds(source.0, translation.0) + calibration.token_odds(source, translation)
    }

    /// Evidence from words.
    pub fn compare_words(&self, source: &Words, translation: &Words) -> f32 {
        self.model.calibration.word_odds(source, translation)
    }

    /// The pair of two blocks, with its log-odds.
    pub fn make_pair(&self, i: usize, j: usize) -> Pair {
        self.pair_with(i, j, self.pair(i, j))
    }

    /// The pair of two blocks whose log-odds are known.
    pub fn pair_with(&self, i: usize, j: usize, log_odds: f32) -> Pair {
        Pair { source: i as u32..i as u32 + 1, translation: j as u32..j as u32 + 1, log_odds, moved: false }
    }

    /// Whether two blocks are of one kind.
    pub fn kind_is(&self, i: usize, j: usize) -> bool {
        self.source.kind(i) == self.translation.kind(j)
    }

    /// Like [`Self::pair`], for indexes that may lie outside.
    pub fn pair_or_never(&self, i: usize, j: usize) -> f32 {
        let inside = i < self.source.blocks().len() && j < self.translation.blocks().len();
        if inside { self.pair(i, j) } else { NEVER }
    }

    /// Whether blocks `i` and `j` and those after them fit better crosswise than straight.
    pub fn prefers_swap(&self, i: usize, j: usize) -> bool {
        let (x, y) = (i + 1, j + 1);
        if x >= self.source.blocks().len()
            || y >= self.translation.blocks().len()
            || self.source.kind(i) != self.source.kind(x)
        {
            return false;
        }
        let straight = self.content(i, j) + self.content(x, y);
        let crossed = self.content(i, y) + self.content(x, j);
        // A word or two say little: lists of them would seem to be shuffled.
        let is_short = self.source.features[i].size.min(self.source.features[x].size) == 0;
        crossed > straight + if is_short { 2.0 * CROSSED } else { CROSSED }
    }
}
