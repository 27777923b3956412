//! Text that a translation leaves in the language of the source.

use super::text::Text;
use crate::compare::Difference;
use crate::meaning::Quantity;

/// With more differences, text is not compared letter by letter, so that the work stays linear.
const MOST: usize = 64;

/// Whether both texts have what a quantity was read from letter by letter, equally often: it is the other language's, so it
/// was read by the rules of the wrong one. Digits on their own are the same in all languages.
pub(super) fn is_verbatim(text: &Text<'_>, quantity: &Quantity, other: &Text<'_>, differences: &[Difference]) -> bool {
    let surface = surface(text.text, quantity);
    differences.len() <= MOST && surface.contains(char::is_alphabetic) && {
        let theirs = count(other.text, surface);
        theirs > 0 && count(text.text, surface) <= theirs
    }
}

/// What a quantity was read from, with the next word if that has no letters: "$1.25 million" where the word is not known.
fn surface<'t>(text: &'t str, quantity: &Quantity) -> &'t str {
    let own = quantity.span.slice(text);
    let (start, end) = (quantity.span.start as usize, quantity.span.end as usize);
    match text[end..].strip_prefix(' ') {
        Some(rest) if !own.contains(char::is_alphabetic) => {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            &text[start..end + 1 + length]
        }
        _ => own,
    }
}

/// How often a text has these words.
fn count(text: &str, words: &str) -> usize {
    let is_apart = |at: usize| {
        let (before, after) = (text[..at].chars().next_back(), text[at + words.len()..].chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(words).filter(|(at, _)| is_apart(*at)).count()
}
