//! Evidence that two blocks say the same, as log-odds in nats: ln P(observed | they belong together) − ln P(observed | they met
//! by chance). Pieces of evidence are taken as independent, so they add up (naive Bayes).

use super::compatible;
use super::model::{DIMENSIONS, Model};
use super::profile::{Features, Profile};
use crate::document::Kind;

/// From these log-odds on, blocks at the same place are believed to belong together without looking further.
pub(super) const SURE: f32 = -1.0;
/// Blocks that can never belong together.
pub(super) const NEVER: f32 = -1000.0;

/// How much the evidence is worth for a pair of locales.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibration {
    lengths: [Lengths; SIZES],
    cosine: Bins<COSINES>,
    tokens: Bins<TOKENS>,
}

/// Classes of block length: up to 20, 60, 160 characters, and more.
const SIZES: usize = 4;
/// Bins of the cosine between word vectors, a row for few known words and one for many.
const COSINES: usize = 2 * COSINE_STEPS;
const COSINE_STEPS: usize = 12;
/// Bins of the overlap of tokens, a row for light tokens and one for heavy ones.
const TOKENS: usize = 2 * TOKEN_STEPS;
const TOKEN_STEPS: usize = 6;

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
    fn log_odds(&self, bin: usize, prior: f32, row: std::ops::Range<usize>) -> f32 {
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

impl Calibration {
    /// Takes the blocks at `i` and `j`, which belong together, and their neighbours, which do not, as observations.
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
        if x.length > 0.0 && y.length > 0.0 {
            let lengths = &mut self.lengths[size(x.length)];
            let moments = if together { &mut lengths.together } else { &mut lengths.chance };
            moments.add(log_ratio(x.length, y.length));
        }
        if let Some(bin) = cosine_bin(x, y) {
            self.cosine.add(bin, together);
        }
        if let Some(bin) = token_bin(a, i, b, j) {
            self.tokens.add(bin, together);
        }
    }

    #[doc(hidden)]
    pub fn dump(&self) {
        for b in 0..COSINES {
            let s = b % COSINE_STEPS;
            println!(
                "cos {b} {} {} {:.2}",
                self.cosine.together[b],
                self.cosine.chance[b],
                self.cosine.log_odds(b, (s as f32 - 3.5) * 0.8, b - s..b - s + COSINE_STEPS)
            );
        }
        for b in 0..TOKENS {
            let s = b % TOKEN_STEPS;
            println!(
                "tok {b} {} {} {:.2}",
                self.tokens.together[b],
                self.tokens.chance[b],
                self.tokens.log_odds(b, 0.0, b - s..b - s + TOKEN_STEPS)
            );
        }
        for l in &self.lengths {
            println!("len {:?}", l);
        }
    }

    fn length_odds(&self, source: f32, translation: f32) -> f32 {
        if source == 0.0 || translation == 0.0 {
            return if source == translation { 0.0 } else { -2.0 };
        }
        let lengths = &self.lengths[size(source)];
        let x = log_ratio(source, translation);
        outlier(lengths.together.log_density(x) - lengths.chance.log_density(x), P("EL", 0.05))
    }

    fn word_odds(&self, source: &Features, translation: &Features) -> f32 {
        let Some(bin) = cosine_bin(source, translation) else { return 0.0 };
        let step = bin % COSINE_STEPS;
        let row = bin - step;
        let strength = if row == 0 { 0.5 } else { 1.0 };
        let prior = (step as f32 - 3.5) * 0.8 * strength;
        outlier(self.cosine.log_odds(bin, prior, row..row + COSINE_STEPS), P("EC", 0.03))
    }

    fn token_odds(&self, a: &Profile<'_>, i: usize, b: &Profile<'_>, j: usize) -> f32 {
        let Some(bin) = token_bin(a, i, b, j) else { return 0.0 };
        let step = bin % TOKEN_STEPS;
        let row = bin - step;
        let prior =
            if row == 0 { [-2.0, -1.0, 0.0, 0.5, 1.0, 2.0][step] } else { [-4.0, -1.5, 0.5, 2.0, 3.0, 5.0][step] };
        outlier(self.tokens.log_odds(bin, prior, row..row + TOKEN_STEPS), P("ET", 0.01))
    }
}

pub(super) fn P(name: &str, default: f32) -> f32 {
    use std::collections::HashMap;
    use std::sync::OnceLock;
    static M: OnceLock<HashMap<String, f32>> = OnceLock::new();
    M.get_or_init(|| {
        std::env::vars().filter_map(|(k, v)| Some((k.strip_prefix("P_")?.to_owned(), v.parse().ok()?))).collect()
    })
    .get(name)
    .copied()
    .unwrap_or(default)
}

/// Log-odds of an observation that is an outlier, and says nothing, with some probability even in blocks that belong together.
fn outlier(log_odds: f32, probability: f32) -> f32 {
    ((1.0 - probability) * log_odds.min(20.0).exp() + probability).ln()
}

fn size(length: f32) -> usize {
    [20.0, 60.0, 160.0].iter().filter(|&&limit| length > limit).count()
}

/// Two lengths as a log ratio; three characters more on each side keep short texts from looking far apart.
fn log_ratio(source: f32, translation: f32) -> f32 {
    ((translation + 3.0) / (source + 3.0)).ln()
}

fn cosine_bin(source: &Features, translation: &Features) -> Option<usize> {
    let known = source.known.min(translation.known);
    if known == 0.0 {
        return None;
    }
    let mut cosine = 0.0;
    for dimension in 0..DIMENSIONS {
        cosine += source.vector[dimension] * translation.vector[dimension];
    }
    let step = ((cosine + 0.2) * 10.0).clamp(0.0, COSINE_STEPS as f32 - 1.0) as usize;
    Some(if known < 15.0 { step } else { COSINE_STEPS + step })
}

fn token_bin(a: &Profile<'_>, i: usize, b: &Profile<'_>, j: usize) -> Option<usize> {
    let weight = (a.features[i].token_weight + b.features[j].token_weight) / 2.0;
    if weight == 0.0 {
        return None;
    }
    let overlap = shared(a.tokens(i), b.tokens(j)) / weight;
    let step = match overlap {
        x if x < 0.01 => 0,
        x if x < 0.3 => 1,
        x if x < 0.6 => 2,
        x if x < 0.85 => 3,
        x if x < 0.99 => 4,
        _ => 5,
    };
    Some(if weight < 2.5 { step } else { TOKEN_STEPS + step })
}

/// Summed weight of the tokens that stand in both sorted lists, with multiplicity.
fn shared(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
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
        if form <= NEVER {
            return NEVER;
        }
        form + self.content(i, j)
    }

    /// Evidence from what the blocks are.
    fn form(&self, i: usize, j: usize) -> f32 {
        let (a, b) = (&self.source.blocks()[i], &self.translation.blocks()[j]);
        let mut odds = if a.kind == b.kind {
            self.rarity.iter().find(|(kind, _)| *kind == b.kind).map_or(0.0, |(_, odds)| *odds)
        } else if !compatible(a.kind, b.kind) {
            return NEVER;
        } else if let (Kind::Heading(x), Kind::Heading(y)) = (a.kind, b.kind) {
            -1.0 * f32::from(x.abs_diff(y))
        } else {
            -5.0
        };
        if a.role != b.role {
            odds -= 1.5;
        }
        odds -= 0.7 * f32::from(a.depth.abs_diff(b.depth).min(3));
        if let (Some(x), Some(y)) = (a.id, b.id) {
            let same = x.slice(&self.source.document.text) == y.slice(&self.translation.document.text);
            odds += if same { 6.0 } else { -2.0 };
        }
        odds
    }

    /// Evidence from what the blocks say.
    pub fn content(&self, i: usize, j: usize) -> f32 {
        let calibration = &self.model.calibration;
        let (x, y) = (&self.source.features[i], &self.translation.features[j]);
        calibration.length_odds(x.length, y.length)
            + calibration.word_odds(x, y)
            + calibration.token_odds(&self.source, i, &self.translation, j)
            + self.common_names(i, j)
    }

    /// Rare words that the model does not know and that stand in both: names, most often.
    fn common_names(&self, i: usize, j: usize) -> f32 {
        let common = shared(self.source.names(i), self.translation.names(j));
        (common * 1.5).min(5.0)
    }

    #[doc(hidden)]
    pub fn explain(&self, i: usize, j: usize) -> (f32, f32, f32, f32, f32) {
        let c = &self.model.calibration;
        let (x, y) = (&self.source.features[i], &self.translation.features[j]);
        (
            self.form(i, j),
            c.length_odds(x.length, y.length),
            c.word_odds(x, y),
            c.token_odds(&self.source, i, &self.translation, j),
            self.common_names(i, j),
        )
    }

    /// Whether the blocks say enough to be recognised elsewhere.
    pub fn speaks(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.source.features[i], &self.translation.features[j]);
        a.known.min(b.known) >= 8.0 || a.token_weight.min(b.token_weight) >= 2.0
    }

    /// Whether blocks `index` and `index + 1` fit better crosswise than straight.
    pub fn prefers_swap(&self, index: usize) -> bool {
        let next = index + 1;
        if next >= self.source.blocks().len() || self.source.kind(index) != self.source.kind(next) {
            return false;
        }
        let straight = self.content(index, index) + self.content(next, next);
        let crossed = self.content(index, next) + self.content(next, index);
        crossed > straight + 2.0
    }
}
