//! The weight of each piece of evidence for a pair of locales: learned from blocks that clearly correspond and from their
//! neighbours, which do not, and drawn towards priors if observations are few.

use std::array;
use std::ops::Range;

use crate::features::{Features, Tokens, Weighted, Words, shared};
use crate::profile::Profile;
use crate::vector::product;

/// Observations of each piece of evidence in corresponding blocks and in others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observations {
    lengths: [Lengths; SIZES],
    cosine: Bins<COSINES>,
    tokens: Bins<TOKENS>,
    terms: Bins<TOKENS>,
}

/// The weight of the evidence for a pair of locales: tables of log-odds.
#[derive(Debug, Clone)]
pub(crate) struct Calibration {
    lengths: [[f32; RATIOS]; SIZES],
    cosine: [f32; COSINES],
    tokens: [f32; TOKENS],
    terms: [f32; TOKENS],
    /// Minimum and maximum log-odds of words.
    words: (f32, f32),
}

/// Classes of block length: up to 20, 60, 160 characters, and more.
const SIZES: usize = 4;
/// Bins of the log ratio of lengths.
const RATIOS: usize = 81;
/// Width of a bin; the middle one is around 0.
const RATIO_STEP: f32 = 0.05;
/// Bins of the cosine between word vectors, a row for few known words and one for many.
const COSINES: usize = 2 * COSINE_STEPS;
const COSINE_STEPS: usize = 12;
/// Bins of the overlap of tokens, a row for light tokens and one for heavy ones.
const TOKENS: usize = 2 * TOKEN_STEPS;
const TOKEN_STEPS: usize = 6;

/// Probability that a piece of evidence misleads in corresponding blocks: a sentence moved into the next paragraph, a free
/// translation, localised code. By class of length: texts of a word or two vary freely, while a long text at half the
/// expected length is another one.
const MISLEADING_LENGTH: [f32; SIZES] = [0.05, 0.003, 0.002, 0.002];
/// The same without observations: one language may need three times the characters of another.
const MISLEADING_UNSEEN: f32 = 0.05;
/// Number of observations that the prior counts for.
const IMAGINED: f32 = 20.0;
/// Maximum penalty for the length of a row: if a cell has an icon instead of a word, all rows of the table do.
const WORST_ROW: f32 = -3.0;
const MISLEADING_WORDS: f32 = 0.03;
const MISLEADING_TOKENS: f32 = 0.01;
/// Few or common tokens, such as a number that one language writes as a word.
const MISLEADING_LIGHT_TOKENS: f32 = 0.05;

/// Counts of an observation in corresponding blocks and in others.
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

    fn join(&mut self, other: &Self) {
        self.together.iter_mut().zip(&other.together).for_each(|(count, more)| *count += more);
        self.chance.iter_mut().zip(&other.chance).for_each(|(count, more)| *count += more);
    }

    /// The learned log-odds of a bin, drawn towards `prior` if observations are few. `row` has the alternative bins.
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

/// Mean and variance of the log ratio of lengths, of corresponding blocks and of others.
#[derive(Debug, Clone, Copy, Default)]
struct Lengths {
    together: Moments,
    chance: Moments,
}

/// Running mean and variance of a number (Welford 1962).
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f32,
    mean: f32,
    squares: f32,
}

impl Moments {
    fn prior(deviation: f32) -> Self {
        Self { count: IMAGINED, mean: 0.1, squares: IMAGINED * deviation * deviation }
    }

    fn add(&mut self, x: f32) {
        self.count += 1.0;
        let delta = x - self.mean;
        self.mean += delta / self.count;
        self.squares += delta * (x - self.mean);
    }

    /// Combines both (Chan et al. 1979).
    fn joined(&self, other: &Self) -> Self {
        if other.count == 0.0 {
            return *self;
        }
        let count = self.count + other.count;
        let delta = other.mean - self.mean;
        Self {
            count,
            mean: self.mean + delta * other.count / count,
            squares: self.squares + other.squares + delta * delta * self.count * other.count / count,
        }
    }

    fn log_density(&self, x: f32) -> f32 {
        let variance = (self.squares / self.count).max(0.01);
        -0.5 * ((x - self.mean).powi(2) / variance + variance.ln())
    }
}

impl Lengths {
    /// The prior for all languages.
    fn prior() -> Self {
        Self { together: Moments::prior(0.3), chance: Moments::prior(1.0) }
    }

    fn joined(&self, other: &Self) -> Self {
        Self { together: self.together.joined(&other.together), chance: self.chance.joined(&other.chance) }
    }
}

impl Observations {
    /// Adds other observations.
    pub(crate) fn join(&mut self, other: &Self) {
        self.lengths.iter_mut().zip(&other.lengths).for_each(|(lengths, more)| *lengths = lengths.joined(more));
        self.cosine.join(&other.cosine);
        self.tokens.join(&other.tokens);
        self.terms.join(&other.terms);
    }

    /// Observes blocks `i` and `j`, which correspond, and their neighbours, which do not.
    pub(crate) fn observe(&mut self, a: &Profile<'_>, i: usize, b: &Profile<'_>, j: usize) {
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
        if let Some(bin) = term_bin(a.words(i), b.words(j)) {
            self.terms.add(bin, together);
        }
    }

    /// The weight of the evidence after the observations.
    pub(crate) fn calibrate(&self) -> Calibration {
        let lengths = self.lengths.map(|lengths| Lengths::prior().joined(&lengths));
        let length = |size: usize, bin: usize| {
            let x = (bin as f32 - (RATIOS / 2) as f32) * RATIO_STEP;
            let Lengths { together, chance } = &lengths[size];
            let seen = self.lengths[size].together.count;
            let misleading = (MISLEADING_UNSEEN * IMAGINED + MISLEADING_LENGTH[size] * seen) / (IMAGINED + seen);
            outlier(together.log_density(x) - chance.log_density(x), misleading)
        };
        let cosine = |bin: usize| {
            let step = bin % COSINE_STEPS;
            let row = bin - step;
            let prior = (step as f32 - 3.5) * if row == 0 { 0.4 } else { 0.8 };
            outlier(self.cosine.log_odds(bin, prior, row..row + COSINE_STEPS), MISLEADING_WORDS)
        };
        let tokens = |bins: &Bins<TOKENS>, bin: usize| {
            let step = bin % TOKEN_STEPS;
            let row = bin - step;
            let prior =
                if row == 0 { [-2.0, -1.0, 0.0, 0.5, 1.0, 2.0][step] } else { [-4.0, -1.5, 0.5, 2.0, 3.0, 5.0][step] };
            let misleading = if row == 0 { MISLEADING_LIGHT_TOKENS } else { MISLEADING_TOKENS };
            outlier(bins.log_odds(bin, prior, row..row + TOKEN_STEPS), misleading)
        };
        let (cosine, terms) = (array::from_fn(cosine), array::from_fn(|bin| tokens(&self.terms, bin)));
        // Unknown words have no weight.
        let least = |odds: &[f32]| odds.iter().copied().fold(0.0, f32::min);
        let most = |odds: &[f32]| odds.iter().copied().fold(0.0, f32::max);
        Calibration {
            lengths: array::from_fn(|size| array::from_fn(|bin| length(size, bin))),
            tokens: array::from_fn(|bin| tokens(&self.tokens, bin)),
            words: (least(&cosine) + least(&terms), most(&cosine) + most(&terms)),
            cosine,
            terms,
        }
    }
}

impl Default for Calibration {
    fn default() -> Self {
        Observations::default().calibrate()
    }
}

impl Calibration {
    pub(crate) fn length_odds(&self, source: &Features, translation: &Features) -> f32 {
        match (source.has_text(), translation.has_text()) {
            (true, true) => {
                let bin = (translation.log_length - source.log_length) / RATIO_STEP + (RATIOS / 2) as f32 + 0.5;
                let odds = self.lengths[source.size][bin.clamp(0.0, (RATIOS - 1) as f32) as usize];
                if source.cells > 0 { odds.max(WORST_ROW) } else { odds }
            }
            (false, false) => 0.0,
            _ => -2.0,
        }
    }

    pub(crate) fn word_odds(&self, source: &Words, translation: &Words) -> f32 {
        cosine_bin(source, translation).map_or(0.0, |bin| self.cosine[bin])
            + term_bin(source, translation).map_or(0.0, |bin| self.terms[bin])
    }

    /// Minimum and maximum of [`Self::word_odds`].
    pub(crate) fn word_bounds(&self) -> (f32, f32) {
        self.words
    }

    pub(crate) fn token_odds(&self, source: Tokens<'_>, translation: Tokens<'_>) -> f32 {
        token_bin(source, translation).map_or(0.0, |bin| self.tokens[bin])
    }
}

/// Log-odds of an observation that, with some probability, is uninformative even in corresponding blocks.
fn outlier(log_odds: f32, probability: f32) -> f32 {
    ((1.0 - probability) * log_odds.min(20.0).exp() + probability).ln()
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

#[inline]
fn token_bin(source: Tokens<'_>, translation: Tokens<'_>) -> Option<usize> {
    // Most text has no tokens.
    if source.1.is_empty() && translation.1.is_empty() {
        return None;
    }
    overlap_bin(f32::midpoint(source.0.token_weight, translation.0.token_weight), source.1, translation.1)
}

fn term_bin(source: &Words, translation: &Words) -> Option<usize> {
    let weight = f32::midpoint(source.term_weight, translation.term_weight);
    if weight == 0.0 { None } else { overlap_bin(weight, source.terms(), translation.terms()) }
}

/// The bin of the overlap of two sorted lists whose mean weight is `weight`.
fn overlap_bin(weight: f32, source: &[Weighted], translation: &[Weighted]) -> Option<usize> {
    if weight == 0.0 {
        return None;
    }
    let overlap = if source.is_empty() || translation.is_empty() { 0.0 } else { shared(source, translation) / weight };
    let step = [0.1, 0.3, 0.6, 0.85, 0.99].iter().filter(|&&limit| overlap >= limit).count();
    Some(if weight < 2.5 { step } else { TOKEN_STEPS + step })
}
