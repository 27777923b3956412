//! Explains why a difference remains.

use super::matching::Matching;
use super::text::Text;
use crate::compare::{Difference, compare_openly};
use crate::meaning::{Quantity, Strength};

/// How many other quantities are named.
const MOST_NAMED: usize = 5;

/// How each side of a difference was read, and which numbers have no counterpart, in a sentence each.
pub fn explain(source: &Text<'_>, translation: &Text<'_>, difference: &Difference) -> Vec<String> {
    let compared = compare_openly(source.quantities, translation.quantities);
    if compared.source.is_empty() && compared.translation.is_empty() {
        return Vec::new();
    }
    let matching = Matching::between(source, translation, &compared);
    let mut lines = Vec::new();
    let mut all_paired = true;
    let sides = [
        ("source", source, difference.source, &compared.source),
        ("translation", translation, difference.translation, &compared.translation),
    ];
    for (side, (name, text, own, open)) in sides.into_iter().enumerate() {
        let Some(at) = own else {
            lines.push(rest(name, text, open));
            all_paired = false;
            continue;
        };
        lines.push(reading(name, text, &text.quantities[at]));
        let lacking: Vec<&str> =
            matching.fates(side, at).filter(|(_, is_paired)| !is_paired).map(|(digits, _)| digits).collect();
        if !lacking.is_empty() {
            all_paired = false;
            let other = if side == 0 { "translation" } else { "source" };
            lines.push(format!("{other}: no counterpart for {}", lacking.join(", ")));
        }
    }
    if all_paired {
        lines.push("the digits agree, but what they count does not".to_owned());
    }
    lines
}

/// "source: “30 min” parsed as 30 minutes (duration, in digits)".
fn reading(name: &str, text: &Text<'_>, quantity: &Quantity) -> String {
    let written = quantity.span.slice(text.text);
    let strength = match quantity.strength {
        Strength::Digits => "in digits",
        Strength::Words => "in words",
        Strength::Weak => "often not a number",
    };
    let or: String = quantity.alternatives().iter().map(|other| format!(", or {other}")).collect();
    format!("{name}: “{written}” parsed as {}{or} ({}, {strength})", quantity.describe(), quantity.kind.as_str())
}

/// What else has no counterpart on the side that lacks the quantity.
fn rest(name: &str, text: &Text<'_>, open: &[bool]) -> String {
    let needs_counterpart = |quantity: &Quantity, open: bool| open && quantity.strength > Strength::Weak;
    let all = || text.quantities.iter().zip(open);
    let open = || all().filter(|(it, open)| needs_counterpart(it, **open)).map(|(quantity, _)| quantity);
    let named: Vec<String> = open().take(MOST_NAMED).map(|it| format!("“{}”", it.span.slice(text.text))).collect();
    let more = open().count().saturating_sub(MOST_NAMED);
    match (named.is_empty(), more) {
        (true, _) => format!("{name}: every number has a counterpart already, and no word matches"),
        (false, 0) => format!("{name}: unmatched, but no counterpart: {}", named.join(", ")),
        (false, more) => format!("{name}: unmatched, but no counterpart: {} and {more} more", named.join(", ")),
    }
}
