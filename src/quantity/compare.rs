//! Compares the quantities of two texts that should say the same.

use super::meaning::{Amount, Class, Date, Kind, Meaning, Quantity, Strength, close};
use super::same::{compatible, plain, same};

/// A quantity that one side has and the other has not, or has with another meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// Which rule it belongs to.
    pub class: Class,
    /// Index of the source's quantity; `None` if the translation added one.
    pub source: Option<usize>,
    /// Index of the translation's quantity; `None` if it lost one.
    pub translation: Option<usize>,
}

/// How two quantities with the same meaning are the same, the closest first; pairs are made in this order.
const DEGREES: [fn(&Quantity, &Quantity) -> bool; 3] = [
    |a, b| a.strength == Strength::Digits && b.strength == Strength::Digits && a.kind == b.kind && same(a, b),
    |a, b| a.kind == b.kind && same(a, b),
    |a, b| a.literal == b.literal,
];

/// Compares two lists of quantities as multisets of meanings.
///
/// Equal meanings pair first, then those that two languages may write for each other. Of what is left, strong
/// quantities of a class pair up in order as changed values; the rest was lost or added. Quantities that languages say or
/// leave out as they like never raise a difference.
pub fn compare(source: &[Quantity], translation: &[Quantity]) -> Vec<Difference> {
    let mut sides = Sides { source, translation, left: vec![true; source.len()], right: vec![true; translation.len()] };
    for degree in DEGREES {
        sides.pair(degree);
        if sides.is_settled() {
            return Vec::new();
        }
    }
    // "1 in 10" are two numbers of a ratio, before one of them is taken for all of it.
    sides.combine();
    sides.pair_across_kinds();
    sides.combine();
    sides.excuse_repeats();
    sides.differences()
}

/// Both lists, and what of them has no counterpart yet.
struct Sides<'a> {
    source: &'a [Quantity],
    translation: &'a [Quantity],
    left: Vec<bool>,
    right: Vec<bool>,
}

impl Sides<'_> {
    /// Whether nothing is left that could be a difference.
    fn is_settled(&self) -> bool {
        let open = |quantities: &[Quantity], open: &[bool]| {
            quantities.iter().zip(open).any(|(quantity, open)| *open && quantity.strength > Strength::Weak)
        };
        !open(self.source, &self.left) && !open(self.translation, &self.right)
    }

    /// Pairs what two languages may write for each other. An article, or a number in words, does not stand for one hour while
    /// another duration waits for its counterpart.
    fn pair_across_kinds(&mut self) {
        let waiting = |of: &[Quantity], open: &[bool]| -> Vec<Kind> {
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
        /// How far ahead a counterpart is looked for; only lists that are no prose are longer.
        const WINDOW: usize = 2048;
        let mut first_open = 0;
        for (at, quantity) in self.source.iter().enumerate() {
            if !self.left[at] {
                continue;
            }
            while self.right.get(first_open) == Some(&false) {
                first_open += 1;
            }
            let found = (first_open..self.translation.len())
                .take(WINDOW)
                .find(|&other| self.right[other] && fits(quantity, &self.translation[other]));
            if let Some(other) = found {
                self.left[at] = false;
                self.right[other] = false;
            }
        }
    }

    /// Pairs one quantity of a side with several of the other.
    fn combine(&mut self) {
        for at in 0..self.source.len() {
            if self.left[at] && take_parts(&self.source[at], self.translation, &mut self.right) {
                self.left[at] = false;
            }
        }
        for at in 0..self.translation.len() {
            if self.right[at] && take_parts(&self.translation[at], self.source, &mut self.left) {
                self.right[at] = false;
            }
        }
    }

    /// What repeats something that did pair is no difference: a translator says a number twice, or once for two. Where both
    /// sides have something of a kind left, one of them changed.
    fn excuse_repeats(&mut self) {
        let excused = |of: &[Quantity], open: &[bool], other: &[Quantity], other_open: &[bool]| -> Vec<bool> {
            let rivals = |quantity: &Quantity| {
                let is_rival = |rival: &Quantity| rival.kind == quantity.kind && is_firm(rival);
                other.iter().zip(other_open).any(|(rival, open)| *open && is_rival(rival))
            };
            let repeats = |quantity: &Quantity| {
                other
                    .iter()
                    .zip(other_open)
                    .any(|(twin, open)| !open && (same(quantity, twin) || compatible(quantity, twin)))
            };
            let excuse = |quantity: &Quantity| !rivals(quantity) && repeats(quantity);
            of.iter().zip(open).map(|(quantity, &open)| open && !excuse(quantity)).collect()
        };
        let left = excused(self.source, &self.left, self.translation, &self.right);
        let right = excused(self.translation, &self.right, self.source, &self.left);
        (self.left, self.right) = (left, right);
    }

    fn differences(&self) -> Vec<Difference> {
        let open = |quantities: &[Quantity], open: &[bool]| -> Vec<usize> {
            (0..quantities.len()).filter(|&at| open[at] && quantities[at].strength > Strength::Weak).collect()
        };
        let (left, mut right) = (open(self.source, &self.left), open(self.translation, &self.right));
        let mut found = Vec::new();
        for &at in &left {
            let quantity = &self.source[at];
            let partner = closest(quantity, self.translation, &right);
            if let Some(position) = partner {
                let other = right.remove(position);
                let kind = self.translation[other].kind;
                found.push(Difference {
                    class: class(quantity.kind, kind),
                    source: Some(at),
                    translation: Some(other),
                });
            } else if quantity.strength == Strength::Digits {
                let translation = unsaid(quantity, self.translation, &self.right);
                found.push(Difference { class: quantity.kind.class(), source: Some(at), translation });
            }
        }
        for other in right {
            let quantity = &self.translation[other];
            if quantity.strength == Strength::Digits {
                let source = unsaid(quantity, self.source, &self.left);
                found.push(Difference { class: quantity.kind.class(), source, translation: Some(other) });
            }
        }
        found
    }
}

/// What a quantity changed that needs no counterpart of its own: "an hour" for "1 minute".
fn unsaid(quantity: &Quantity, others: &[Quantity], open: &[bool]) -> Option<usize> {
    let is_unsaid = |other: &Quantity| other.strength == Strength::Weak && other.kind == quantity.kind;
    let mut found = (0..others.len()).filter(|&at| open[at] && is_unsaid(&others[at]));
    // One of several may be any one's.
    let only = found.next().filter(|_| found.next().is_none());
    only.filter(|_| !plain(quantity.kind))
}

/// Whether a quantity needs a counterpart of its own: "two" may be said again or left out, "two hours" are as good as digits.
fn is_firm(quantity: &Quantity) -> bool {
    match quantity.strength {
        Strength::Weak => false,
        Strength::Words => !plain(quantity.kind) && quantity.kind != Kind::Identifier,
        Strength::Digits => true,
    }
}

/// The position in `open` of the quantity that stands for `quantity` with another meaning: of its kind, or else of its
/// class; one of the two must be sure to need a counterpart.
fn closest(quantity: &Quantity, others: &[Quantity], open: &[usize]) -> Option<usize> {
    let firm = |other: &Quantity| {
        quantity.strength == Strength::Digits
            || other.strength == Strength::Digits
            || (quantity.kind == other.kind && quantity.kind != Kind::Number && quantity.kind != Kind::Ordinal)
    };
    let by = |fits: &dyn Fn(&Quantity) -> bool| open.iter().position(|&at| fits(&others[at]) && firm(&others[at]));
    by(&|other| other.kind == quantity.kind)
        .or_else(|| by(&|other| other.kind.class() == quantity.kind.class()))
        .or_else(|| by(&|other| plain(other.kind) || plain(quantity.kind)))
}

/// The class of a pair: the one that says more than a bare number.
fn class(source: Kind, translation: Kind) -> Class {
    if source.class() == Class::Number { translation.class() } else { source.class() }
}

/// Pairs `whole` with several open quantities of the other side that together say it.
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

/// The day and month of a date beside its year, and each alone.
fn date_parts(date: Date) -> Vec<Meaning> {
    let year = date.year.map(|year| Meaning::Date(Date { year: Some(year), ..Date::default() }));
    let rest = Date { year: None, ..date };
    match (year, date.month) {
        (Some(year), Some(_)) => vec![year, Meaning::Date(rest)],
        _ => Vec::new(),
    }
}

fn part_kind(meaning: &Meaning, whole: Kind) -> Kind {
    match meaning {
        Meaning::Time(_) => Kind::Time,
        Meaning::Number(_) => Kind::Number,
        _ => whole,
    }
}

/// "6 in 10" for 60 %: two numbers beside each other whose quotient it is.
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
