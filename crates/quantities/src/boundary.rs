//! Where words begin and end.

use crate::normalise::{is_alphanumeric, is_consonantal, is_hangul, is_mark, is_unspaced};

/// Whether a word may end before `at`.
#[inline]
pub(crate) fn ends_word(chars: &[char], at: usize) -> bool {
    let (Some(&last), Some(&next)) = (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at)) else {
        return true;
    };
    if next.is_ascii() && !next.is_ascii_alphanumeric() {
        return true;
    }
    if is_mark(next) {
        return false;
    }
    if is_unspaced(last) || is_unspaced(next) || is_hangul(next) || is_hangul(last) {
        return true;
    }
    !(is_alphanumeric(last) && is_alphanumeric(next))
}

/// Whether a word may start at `at`.
#[inline]
pub(crate) fn starts_word(chars: &[char], at: usize) -> bool {
    match (at.checked_sub(1).and_then(|at| chars.get(at)), chars.get(at)) {
        (Some(&before), Some(&first)) => starts_word_after(before, first),
        _ => true,
    }
}

/// Whether a word may start with `first` after the character `before`.
#[inline]
pub(crate) fn starts_word_after(before: char, first: char) -> bool {
    if before.is_ascii() && !before.is_ascii_alphanumeric() {
        return before != '_';
    }
    if is_mark(first) || (is_mark(before) && !is_unspaced(before)) {
        return false;
    }
    // Korean, Arabic and Hebrew join particles to digits.
    let joined = is_hangul(before) || is_consonantal(before);
    if is_unspaced(before) || is_unspaced(first) || (joined && first.is_ascii_alphanumeric()) {
        return true;
    }
    !(is_alphanumeric(before) || before == '_')
}
