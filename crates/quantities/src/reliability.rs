//! How likely it is that a difference is real, from how often readings like it have a counterpart.
//!
//! In documentation that is mostly in step, a form that is read well has a counterpart nearly every time it occurs, and
//! one that is misread, or that the other language says in a way that is not known here, has none again and again. Pages
//! are counted rather than occurrences, because those on one page are not independent.

use std::collections::BTreeMap;

use crate::charity::Text;
use crate::compare::Difference;
use crate::meaning::{Quantity, QuantityKind, Strength};

/// The odds that a difference is real if nothing is known of its form: 132 of 152 findings, judged by hand on seven
/// repositories.
const PRIOR_ODDS: f64 = 132.0 / 20.0;
/// If one quantity of a form was really lost, the share of the others that were lost too is beta distributed: what changes,
/// changes on several pages.
const LOST: Beta = Beta { alone: 1.0, paired: 4.0 };
/// The same if it was misread: what is misread once is misread most of the time.
const MISREAD: Beta = Beta { alone: 2.0, paired: 1.0 };

/// On how many pages the quantities of each form occur, and lack a counterpart, for one pair of languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reliability {
    forms: BTreeMap<Form, Count>,
}

/// How quantities are written, such as `# days`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// Whether it is the translation that has it.
    pub is_translation: bool,
    /// How it is read.
    pub kind: QuantityKind,
    /// As written, without spaces, with `#` for each number in digits.
    pub written: String,
}

/// The pages with a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// On how many pages it occurs.
    pub seen: u32,
    /// On how many of these one of its occurrences has no counterpart.
    pub alone: u32,
}

/// A beta distribution, by its two parameters.
struct Beta {
    alone: f64,
    paired: f64,
}

impl Reliability {
    /// Counts the quantities of two texts of one page that correspond to each other, whose differences are known.
    pub fn observe(&mut self, source: &Text<'_>, translation: &Text<'_>, differences: &[Difference]) {
        for (is_translation, text) in [(false, source), (true, translation)] {
            let mut is_alone = vec![false; text.quantities.len()];
            for difference in differences {
                let sides = (difference.source, difference.translation);
                let (own, other) = if is_translation { (sides.1, sides.0) } else { sides };
                let Some(at) = own else { continue };
                // Digits that changed were understood, unlike "halb zehn".
                is_alone[at] = other.is_none() || text.quantities[at].strength == Strength::Words;
            }
            for (quantity, is_alone) in text.quantities.iter().zip(is_alone) {
                if quantity.strength > Strength::Weak {
                    let count = self.forms.entry(Form::of(quantity, is_translation)).or_default();
                    count.seen = 1;
                    count.alone |= u32::from(is_alone);
                }
            }
        }
    }

    /// Adds what was counted on other pages.
    pub fn join(&mut self, other: Self) {
        for (form, count) in other.forms {
            let sum = self.forms.entry(form).or_default();
            sum.seen += count.seen;
            sum.alone += count.alone;
        }
    }

    /// The forms with their counts, in order.
    pub fn forms(&self) -> impl Iterator<Item = (&Form, Count)> {
        self.forms.iter().map(|(form, count)| (form, *count))
    }

    /// On how many pages each form of a difference has no counterpart, in a sentence each.
    pub fn explain(&self, source: &[Quantity], translation: &[Quantity], difference: &Difference) -> Vec<String> {
        let of_side = |name: &str, quantities: &[Quantity], at: Option<usize>, is_translation| {
            let form = Form::of(&quantities[at?], is_translation);
            let count = self.forms.get(&form)?;
            let pages = if count.seen == 1 { "page" } else { "pages" };
            Some(format!("{name}: “{}” has no counterpart on {} of {} {pages}", form.written, count.alone, count.seen))
        };
        let sides = [
            of_side("source", source, difference.source, false),
            of_side("translation", translation, difference.translation, true),
        ];
        sides.into_iter().flatten().collect()
    }

    /// The probability that a difference of two texts that correspond to each other is real, and no misreading.
    pub fn probability(&self, source: &[Quantity], translation: &[Quantity], difference: &Difference) -> f32 {
        let of_side = |quantities: &[Quantity], at: Option<usize>, is_translation| {
            let form = Form::of(&quantities[at?], is_translation);
            Some(self.forms.get(&form).copied().unwrap_or_default().odds())
        };
        let sides = [of_side(source, difference.source, false), of_side(translation, difference.translation, true)];
        // It takes one misreading to see a difference.
        let odds = sides.into_iter().flatten().min_by(f64::total_cmp).unwrap_or(PRIOR_ODDS);
        (odds / (1.0 + odds)) as f32
    }
}

impl Count {
    /// The odds that one quantity of a form that lacks a counterpart was lost, against its being misread.
    fn odds(self) -> f64 {
        // That it has none itself is what is to be explained, so only the others are evidence.
        let alone = self.alone.saturating_sub(1);
        let paired = self.seen - self.alone;
        PRIOR_ODDS * LOST.likelihood(alone, paired) / MISREAD.likelihood(alone, paired)
    }
}

impl Beta {
    /// The likelihood of these counts in one order: the beta-binomial distribution without its coefficient.
    fn likelihood(&self, alone: u32, paired: u32) -> f64 {
        let (mut likelihood, mut total) = (1.0, self.alone + self.paired);
        for (count, start) in [(alone, self.alone), (paired, self.paired)] {
            for further in 0..count {
                likelihood *= (start + f64::from(further)) / total;
                total += 1.0;
            }
        }
        likelihood
    }
}

impl Form {
    fn of(quantity: &Quantity, is_translation: bool) -> Self {
        let mut written = String::new();
        let mut chars = quantity.literal.chars().peekable();
        while let Some(c) = chars.next() {
            if !c.is_ascii_digit() {
                written.push(c);
                continue;
            }
            if !written.ends_with('#') {
                written.push('#');
            }
            // A separator within a number.
            let mut rest = chars.clone();
            if matches!(rest.next(), Some('.' | ',' | '\'')) && rest.next().is_some_and(|c| c.is_ascii_digit()) {
                chars.next();
            }
        }
        Self { is_translation, kind: quantity.kind, written }
    }
}
