//! Which quantities need a counterpart in a translation.

use crate::meaning::{Meaning, Quantity, QuantityKind, Strength};
use crate::same::plain;

/// The remaining quantities of a side that need no counterpart, by kind; none if there are several of a kind.
pub(crate) struct Unsaid(Vec<(QuantityKind, Option<usize>)>);

impl Unsaid {
    pub(crate) fn new(quantities: &[Quantity], open: &[bool]) -> Self {
        let mut found: Vec<(QuantityKind, Option<usize>)> = Vec::new();
        let is_unsaid = |at: &usize| open[*at] && quantities[*at].strength == Strength::Weak;
        for at in (0..quantities.len()).filter(is_unsaid) {
            let kind = quantities[at].kind;
            match found.iter_mut().find(|(known, _)| *known == kind) {
                // One of several could match any.
                Some((_, only)) => *only = None,
                None => found.push((kind, Some(at))),
            }
        }
        Self(found)
    }

    /// The quantity that needs no counterpart and that one of this kind changed into: "an hour" for "1 minute".
    pub(crate) fn of(&self, kind: QuantityKind) -> Option<usize> {
        let (_, only) = self.0.iter().find(|(known, _)| *known == kind && !plain(kind))?;
        *only
    }
}

/// Whether a quantity needs a counterpart: "two" may be repeated or dropped, but "two hours" are as firm as digits.
pub(crate) fn is_firm(quantity: &Quantity) -> bool {
    match quantity.strength {
        Strength::Weak => false,
        Strength::Words => !plain(quantity.kind) && quantity.kind != QuantityKind::Identifier,
        Strength::Digits => true,
    }
}

/// Whether it is a part of something, which no article or idiom is: "two thirds".
pub(crate) fn is_fraction(quantity: &Quantity) -> bool {
    quantity.strength > Strength::Weak
        && match &quantity.meaning {
            Meaning::Number(amount) => amount.value.fract() != 0.0,
            Meaning::Ratio(parts) => parts.len() == 2,
            _ => false,
        }
}

/// Whether only the first side has a zero in words: "non-zero".
pub(crate) fn lost_zero(side: &[Quantity], other: &[Quantity]) -> bool {
    let is_zero = |quantity: &Quantity| match quantity.meaning {
        Meaning::Number(amount) => amount.value == 0.0,
        _ => false,
    };
    side.iter().any(|quantity| is_zero(quantity) && quantity.strength == Strength::Words) && !other.iter().any(is_zero)
}

/// Whether the first is a word for one that is usually no number, and the other the digit.
pub(crate) fn is_article_for(article: &Quantity, digit: &Quantity) -> bool {
    article.strength == Strength::Weak && digit.strength == Strength::Digits && digit.literal == "1"
}
