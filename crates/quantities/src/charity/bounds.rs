//! Bounds that one language includes and another excludes: "more than 60 days" are `61日以上`, "61 days or more".

use super::text::{Side, Text};
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};
use crate::sense::Word;

/// Whether two whole numbers differ by one because one text includes the bound and the other one excludes it.
pub(super) fn are_one_bound((a, x): (&Text<'_>, &Quantity), (b, y): (&Text<'_>, &Quantity)) -> bool {
    let (Some(m), Some(n)) = (whole(x), whole(y)) else { return false };
    let of_one_kind = x.kind == y.kind || [x, y].iter().any(|it| it.kind == QuantityKind::Number);
    let differ_by_one = of_one_kind && (m - n).abs() == 1.0;
    differ_by_one && (includes(a, x) && excludes(b, y) || includes(b, y) && excludes(a, x))
}

fn whole(quantity: &Quantity) -> Option<f64> {
    let amount: Amount = match &quantity.meaning {
        Meaning::Number(amount) | Meaning::Measure(amount, _) | Meaning::Percent(amount) => *amount,
        Meaning::Duration(parts) if parts.len() == 1 => parts[0].0,
        _ => return None,
    };
    (amount.value.fract() == 0.0).then_some(amount.value)
}

fn includes(text: &Text<'_>, quantity: &Quantity) -> bool {
    text.has_near(quantity, Word::OrMore, Side::After) || text.has_near(quantity, Word::AtLeast, Side::Before)
}

fn excludes(text: &Text<'_>, quantity: &Quantity) -> bool {
    text.has_near(quantity, Word::BeyondBefore, Side::Before) || text.has_near(quantity, Word::BeyondAfter, Side::After)
}
