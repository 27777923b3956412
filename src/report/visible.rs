//! Text of documents made harmless: what a terminal would obey is shown instead.

use std::borrow::Cow;

/// Whether a terminal, or the order in which text is displayed, would obey the character rather than show it: control
/// characters, line separators and the bidirectional overrides and isolates (Unicode TR 36, "Trojan source").
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first unsafe character of a text, and where it stands, if there is any beside the control characters of ASCII before
/// the space, which nobody passes.
pub fn first_unsafe(text: &str) -> Option<(usize, char)> {
    // All of them begin with one of three bytes, that most text has none of.
    let mut places = memchr::memchr3_iter(0x7F, 0xC2, 0xE2, text.as_bytes());
    places.find_map(|at| Some((at, text[at..].chars().next().filter(|&c| is_unsafe(c))?)))
}

/// What is shown in place of an unsafe character, one column wide; every other character as it is.
pub fn stand_in(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// `text` in one line, its unsafe characters replaced.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) { Cow::Owned(text.chars().map(stand_in).collect()) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_replaced_and_the_rest_is_kept() {
        for (text, shown) in [
            ("plain, 日本語, العربية, e\u{301}, 👩\u{200D}💻", "plain, 日本語, العربية, e\u{301}, 👩\u{200D}💻"),
            ("\u{1B}[31mred\u{1B}[0m", "␛[31mred␛[0m"),
            ("\u{9B}31m", "\u{FFFD}31m"),
            ("a\r\nb\tc\0", "a␍␊b␉c␀"),
            ("rm \u{202E}txt.exe\u{2066}", "rm \u{FFFD}txt.exe\u{FFFD}"),
            ("\u{7F}\u{2028}", "␡\u{FFFD}"),
        ] {
            assert_eq!(visible(text), shown);
            let passed: String = text.chars().filter(|c| *c >= ' ').collect();
            assert_eq!(first_unsafe(&passed), passed.char_indices().find(|&(_, c)| is_unsafe(c)));
        }
    }
}
