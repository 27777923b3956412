//! Compares the quantities of two texts that should say the same.

use std::ops::Range;

use crate::firmness::{Unsaid, is_article_for, is_firm, is_fraction, lost_zero};
use crate::meaning::{Amount, Category, Date, Meaning, Quantity, QuantityKind, Strength, close};
use crate::same::{compatible, plain, same};

/// A quantity that one side lacks, or has with another meaning.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// What sort of quantity differs.
    pub category: Category,
    /// The index of the quantity in the source; `None` if the translation adds one.
    pub source: Option<usize>,
    /// The index of the quantity in the translation; `None` if it lacks one.
    pub translation: Option<usize>,
}

/// Longer lists are not prose: counterparts are searched only nearby, so that the work stays linear, and a quantity
/// that moved further counts as missing.
const LONG: usize = 512;
/// How many quantities are nearby in a long list.
const NEARBY: usize = 128;

/// The degrees in which two quantities may be the same, closest first; pairs are made in this order.
const DEGREES: [fn(&Quantity, &Quantity) -> bool; 4] = [
    |a, b| a.is_in_digits() && b.is_in_digits() && a.kind == b.kind && same(a, b),
    // An article is an article before it is a figure.
    |a, b| !a.is_in_digits() && !b.is_in_digits() && a.kind == b.kind && same(a, b),
    |a, b| a.kind == b.kind && same(a, b),
    |a, b| a.literal == b.literal,
];

/// Compares two lists of quantities as multisets of meanings.
///
/// Equal meanings are paired first, then those that two languages may write for each other. The strong quantities that
/// remain pair up in order within their category, as changed values; the rest was lost or added. Quantities that are
/// optional by idiom never cause a difference.
pub fn compare(source: &[Quantity], translation: &[Quantity]) -> Vec<Difference> {
    compare_openly(source, translation).differences
}

/// The differences of two lists, and what of each has no counterpart: what differs, what is optional, and what repeats
/// something that has one.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    pub differences: Vec<Difference>,
    /// For each quantity of the source, whether it has no counterpart; empty if there are no differences.
    pub source: Vec<bool>,
    /// The same for the translation.
    pub translation: Vec<bool>,
}

/// Compares like [`compare`].
pub(crate) fn compare_openly(source: &[Quantity], translation: &[Quantity]) -> Compared {
    let mut sides = Sides {
        source,
        translation,
        left: vec![true; source.len()],
        right: vec![true; translation.len()],
        lost_zero: lost_zero(source, translation) || lost_zero(translation, source),
    };
    for degree in DEGREES {
        sides.pair(degree);
        if sides.is_settled() {
            return Compared::default();
        }
    }
    // "1 in 10" is a ratio of two numbers; combine them before one is taken for the whole.
    sides.combine();
    sides.pair_across_kinds();
    sides.combine();
    sides.close_articles();
    let (source, translation) = (sides.left.clone(), sides.right.clone());
    sides.excuse_repeats();
    Compared { differences: sides.differences(), source, translation }
}

/// How far to search for a counterpart, in lists of these lengths.
fn reach(source: usize, translation: usize) -> usize {
    if source.max(translation) <= LONG { LONG } else { NEARBY }
}

/// Both lists, with what has no counterpart yet.
struct Sides<'a> {
    source: &'a [Quantity],
    translation: &'a [Quantity],
    left: Vec<bool>,
    right: Vec<bool>,
    /// Whether only one side says "non-zero". Articles of that side are no counterparts of a 1 then, which may stand for it.
    lost_zero: bool,
}

impl Sides<'_> {
    /// Whether nothing remains that could be a difference.
    fn is_settled(&self) -> bool {
        let open = |quantities: &[Quantity], open: &[bool]| {
            quantities.iter().zip(open).any(|(quantity, open)| *open && quantity.strength > Strength::Weak)
        };
        !open(self.source, &self.left) && !open(self.translation, &self.right)
    }

    /// Pairs what two languages may write for each other. An article or a number in words does not pair with one hour
    /// while another duration has no counterpart.
    fn pair_across_kinds(&mut self) {
        let waiting = |of: &[Quantity], open: &[bool]| -> Vec<QuantityKind> {
            let waits =
                of.iter().zip(open).filter(|(quantity, open)| **open && is_firm(quantity) && !plain(quantity.kind));
            waits.map(|(quantity, _)| quantity.kind).collect()
        };
        let (left, right) = (waiting(self.source, &self.left), waiting(self.translation, &self.right));
        let is_loose = |quantity: &Quantity| plain(quantity.kind) && quantity.strength < Strength::Digits;
        let is_taken = |a: &Quantity, b: &Quantity| {
            is_loose(a) && left.contains(&b.kind) || is_loose(b) && right.contains(&a.kind)
        };
        self.pair(|a, b| compatible(a, b) && !is_taken(a, b));
    }

    fn pair(&mut self, fits: impl Fn(&Quantity, &Quantity) -> bool) {
        let reach = self.reach();
        let hides_zero = |a: &Quantity, b: &Quantity| is_article_for(a, b) || is_article_for(b, a);
        let lost_zero = self.lost_zero;
        let fits = |a: &Quantity, b: &Quantity| fits(a, b) && !(lost_zero && hides_zero(a, b));
        let mut first_open = 0;
        for (at, quantity) in self.source.iter().enumerate() {
            if !self.left[at] {
                continue;
            }
            while self.right.get(first_open) == Some(&false) {
                first_open += 1;
            }
            let found = (first_open..self.translation.len())
                .take(reach)
                .find(|&other| self.right[other] && fits(quantity, &self.translation[other]));
            if let Some(other) = found {
                self.left[at] = false;
                self.right[other] = false;
            }
        }
    }

    fn reach(&self) -> usize {
        reach(self.source.len(), self.translation.len())
    }

    /// Pairs one quantity of a side with several of the other.
    fn combine(&mut self) {
        let reach = self.reach();
        for at in 0..self.source.len() {
            let near = nearby(at, self.translation.len(), reach);
            if self.left[at] && take_parts(&self.source[at], &self.translation[near.clone()], &mut self.right[near]) {
                self.left[at] = false;
            }
        }
        for at in 0..self.translation.len() {
            let near = nearby(at, self.source.len(), reach);
            if self.right[at] && take_parts(&self.translation[at], &self.source[near.clone()], &mut self.left[near]) {
                self.right[at] = false;
            }
        }
    }

    /// Leaves articles out of what has no counterpart, if one of them would stand for a 1 instead of "non-zero".
    fn close_articles(&mut self) {
        if !self.lost_zero {
            return;
        }
        for (quantities, open) in [(self.source, &mut self.left), (self.translation, &mut self.right)] {
            for (quantity, open) in quantities.iter().zip(open) {
                *open &= quantity.strength > Strength::Weak;
            }
        }
    }

    /// Excuses what repeats something that has a counterpart: a translator may write a number twice, or once for two.
    /// If both sides have something of a kind left, one of them changed.
    fn excuse_repeats(&mut self) {
        let reach = self.reach();
        let excused = |of: &[Quantity], open: &[bool], other: &[Quantity], other_open: &[bool]| -> Vec<bool> {
            let mut rivals: Vec<QuantityKind> = Vec::new();
            for (rival, _) in other.iter().zip(other_open).filter(|(rival, open)| **open && is_firm(rival)) {
                if !rivals.contains(&rival.kind) {
                    rivals.push(rival.kind);
                }
            }
            let repeats = |at: usize, quantity: &Quantity| {
                let near = nearby(at, other.len(), reach);
                other[near.clone()].iter().zip(&other_open[near]).any(|(twin, open)| {
                    // An article is repeated by an article, not by a figure.
                    let as_strong = twin.strength > Strength::Weak || quantity.strength < Strength::Digits;
                    !open && as_strong && (same(quantity, twin) || compatible(quantity, twin))
                })
            };
            let excuse = |at: usize| !rivals.contains(&of[at].kind) && repeats(at, &of[at]);
            (0..of.len()).map(|at| open[at] && !excuse(at)).collect()
        };
        let left = excused(self.source, &self.left, self.translation, &self.right);
        let right = excused(self.translation, &self.right, self.source, &self.left);
        (self.left, self.right) = (left, right);
    }

    fn differences(&self) -> Vec<Difference> {
        let open = |quantities: &[Quantity], open: &[bool]| -> Vec<usize> {
            (0..quantities.len()).filter(|&at| open[at] && quantities[at].strength > Strength::Weak).collect()
        };
        let (left, right) = (open(self.source, &self.left), open(self.translation, &self.right));
        let mut right = Open { taken: vec![false; right.len()], quantities: right, first: 0, reach: self.reach() };
        let unsaid = [Unsaid::new(self.source, &self.left), Unsaid::new(self.translation, &self.right)];
        let mut found = Vec::new();
        for &at in &left {
            let quantity = &self.source[at];
            if let Some(other) = right.take_closest(quantity, self.translation) {
                let kind = self.translation[other].kind;
                found.push(Difference {
                    category: category(quantity.kind, kind),
                    source: Some(at),
                    translation: Some(other),
                });
            } else if quantity.strength == Strength::Digits {
                let translation = unsaid[1].of(quantity.kind);
                found.push(Difference { category: quantity.kind.category(), source: Some(at), translation });
            }
        }
        for other in right.rest() {
            let quantity = &self.translation[other];
            if quantity.strength == Strength::Digits {
                let source = unsaid[0].of(quantity.kind);
                found.push(Difference { category: quantity.kind.category(), source, translation: Some(other) });
            }
        }
        found
    }
}

/// The range of indexes to search for the counterpart of the quantity at `at`, among `count` others.
fn nearby(at: usize, count: usize, reach: usize) -> Range<usize> {
    let first = at.saturating_sub(reach / 2).min(count.saturating_sub(reach));
    first..(first + reach).min(count)
}

/// The indexes of the remaining quantities of a side.
struct Open {
    quantities: Vec<usize>,
    /// Which have been taken since.
    taken: Vec<bool>,
    /// All before this one have been taken.
    first: usize,
    /// How many to search.
    reach: usize,
}

impl Open {
    /// Takes the quantity that corresponds to `quantity` with another meaning: of its kind, or else of its category.
    /// One of the two must need a counterpart.
    fn take_closest(&mut self, quantity: &Quantity, others: &[Quantity]) -> Option<usize> {
        while self.taken.get(self.first) == Some(&true) {
            self.first += 1;
        }
        let firm = |other: &Quantity| {
            // "3rd" may be "tertiary", but is not "2nd".
            quantity.is_in_digits() && other.is_in_digits()
                || is_fraction(quantity) && is_fraction(other)
                || quantity.strength == Strength::Digits
                || other.strength == Strength::Digits
                || (quantity.kind == other.kind
                    && quantity.kind != QuantityKind::Number
                    && quantity.kind != QuantityKind::Ordinal)
        };
        let near = self.first..self.quantities.len().min(self.first + self.reach);
        let by = |fits: &dyn Fn(&Quantity) -> bool| {
            let fits = |at: &usize| {
                let other = &others[self.quantities[*at]];
                !self.taken[*at] && fits(other) && firm(other)
            };
            near.clone().find(fits)
        };
        let found = by(&|other| other.kind == quantity.kind)
            .or_else(|| by(&|other| other.kind.category() == quantity.kind.category()))
            .or_else(|| by(&|other| plain(other.kind) || plain(quantity.kind)))?;
        self.taken[found] = true;
        Some(self.quantities[found])
    }

    /// The quantities that were not taken.
    fn rest(self) -> impl Iterator<Item = usize> {
        self.quantities.into_iter().zip(self.taken).filter(|(_, taken)| !taken).map(|(at, _)| at)
    }
}

/// The category of a pair, where anything is more specific than a bare number.
pub(crate) fn category(source: QuantityKind, translation: QuantityKind) -> Category {
    if source.category() == Category::Number { translation.category() } else { source.category() }
}

/// Pairs `whole` with several open quantities of the other side that mean the same together.
fn take_parts(whole: &Quantity, others: &[Quantity], open: &mut [bool]) -> bool {
    let wanted: Vec<Meaning> = match &whole.meaning {
        Meaning::TimeRange(a, b) => vec![Meaning::Time(*a), Meaning::Time(*b)],
        Meaning::Duration(parts) if parts.len() > 1 => {
            parts.iter().map(|part| Meaning::Duration(vec![*part])).collect()
        }
        Meaning::Availability(hours, days) => {
            [hours, days].map(|n| Meaning::Number(Amount::exact(f64::from(*n)))).into()
        }
        Meaning::Ratio(parts) => parts.iter().map(|part| Meaning::Number(Amount::exact(*part))).collect(),
        Meaning::Percent(amount) => return take_quotient(amount.value, others, open),
        Meaning::Date(date) => date_parts(*date),
        _ => return false,
    };
    if wanted.len() < 2 {
        return false;
    }
    let mut taken = Vec::new();
    for meaning in wanted {
        let kind = whole.kind;
        let part = Quantity { kind: part_kind(&meaning, kind), meaning, literal: String::new(), ..whole.clone() };
        let found = (0..others.len()).find(|at| {
            open[*at]
                && !taken.contains(at)
                && (same(&part, &others[*at]) || (part.kind != others[*at].kind && compatible(&part, &others[*at])))
        });
        match found {
            Some(at) => taken.push(at),
            None => return false,
        }
    }
    for at in taken {
        open[at] = false;
    }
    true
}

/// The day and month of a date with its year separate, and each alone.
fn date_parts(date: Date) -> Vec<Meaning> {
    let year = date.year.map(|year| Meaning::Date(Date { year: Some(year), ..Date::default() }));
    let rest = Date { year: None, ..date };
    match (year, date.month) {
        (Some(year), Some(_)) => vec![year, Meaning::Date(rest)],
        _ => Vec::new(),
    }
}

fn part_kind(meaning: &Meaning, whole: QuantityKind) -> QuantityKind {
    match meaning {
        Meaning::Time(_) => QuantityKind::Time,
        Meaning::Number(_) => QuantityKind::Number,
        _ => whole,
    }
}

/// "6 in 10" for 60 %: two adjacent numbers with this quotient.
fn take_quotient(percent: f64, others: &[Quantity], open: &mut [bool]) -> bool {
    let number = |at: usize| match others.get(at).map(|other| &other.meaning) {
        Some(Meaning::Number(amount)) if open[at] => Some(amount.value),
        _ => None,
    };
    let found = (1..others.len()).find(|&at| {
        matches!((number(at - 1), number(at)), (Some(part), Some(whole)) if whole != 0.0
            && (close(part / whole * 100.0, percent) || close(whole / part * 100.0, percent)))
    });
    let Some(at) = found else { return false };
    open[at - 1] = false;
    open[at] = false;
    true
}
