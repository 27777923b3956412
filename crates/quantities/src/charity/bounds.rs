//! Bounds that one language includes and another excludes: "more than 60 days" are `61日以上`, "61 days or more".

use super::text::Text;
use crate::meaning::{Amount, Meaning, Quantity, QuantityKind};

/// What follows a number that is within its bound.
const INCLUDED: &[&str] = &[
    "以上",
    "以下",
    "以内",
    "以降",
    "或更多",
    "或更高",
    "이상",
    "이하",
    "or more",
    "or higher",
    "or older",
    "or fewer",
    "or less",
    "oder mehr",
    "ou plus",
    "o más",
    "ou mais",
    "o più",
    "of meer",
    "lub więcej",
    "nebo více",
    "alebo viac",
    "или более",
    "или больше",
    "або більше",
    "eller mer",
    "eller fler",
    "tai enemmän",
    "veya daha",
    "trở lên",
    "ขึ้นไป",
    "या अधिक",
];
/// What precedes a number that is beyond its bound.
const EXCLUDED: &[&str] =
    &["than", "over", "under", "beyond", "exceed", "超过", "超過", "大于", "大於", "小于", "小於", "不到", "未满"];
/// What follows one.
const EXCLUDED_AFTER: &[&str] = &["を超える", "を超え", "未満", "초과", "미만"];

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

/// The characters around a quantity.
fn around(text: &Text<'_>, quantity: &Quantity) -> (String, String) {
    /// How many are read on each side.
    const NEAR: usize = 12;
    let (start, end) = (quantity.span.start as usize, quantity.span.end as usize);
    let before: Vec<char> = text.text[..start].chars().rev().take(NEAR).collect();
    let after = text.text[end..].chars().take(NEAR).flat_map(char::to_lowercase).collect();
    (before.into_iter().rev().flat_map(char::to_lowercase).collect(), after)
}

fn includes(text: &Text<'_>, quantity: &Quantity) -> bool {
    let (_, after) = around(text, quantity);
    INCLUDED.iter().any(|sign| after.contains(sign))
}

fn excludes(text: &Text<'_>, quantity: &Quantity) -> bool {
    let (before, after) = around(text, quantity);
    EXCLUDED.iter().any(|sign| before.contains(sign)) || EXCLUDED_AFTER.iter().any(|sign| after.contains(sign))
}
