//! Sanitizes untrusted text: what a terminal or a CI runner would interpret is displayed instead.
//!
//! Documents, file names, configuration, baselines and git's messages all end up on terminals and in CI logs. Every field goes
//! through [`visible`], or is escaped where [`first_unsafe`] says so; text for people also goes through a [`Sanitized`] writer,
//! which knows where lines begin.

use std::borrow::Cow;
use std::io::{self, Write};

/// Replaces a `#` that would start a command such as `##vso[…]` (Azure Pipelines) or `##[…]` (GitHub Actions).
const NUMBER_SIGN: char = '\u{266F}';
/// Replaces the first colon of a line that would be a command such as `::error::…` (GitHub Actions).
const COLON: char = '\u{2236}';

/// Whether the character affects a terminal or the display order of text instead of being displayed: control characters, line
/// separators and bidirectional overrides and isolates (Unicode TR 36, "Trojan source").
pub fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first character of a text that must be escaped, and its byte offset: an unsafe character other than the control characters
/// below U+0020, which every format escapes anyway, or the `#` of a log command.
pub fn first_unsafe(text: &str) -> Option<(usize, char)> {
    // All of them start with one of three bytes, which most text does not contain.
    let mut places = memchr::memchr3_iter(0x7F, 0xC2, 0xE2, text.as_bytes());
    let character = places.find_map(|at| Some((at, text[at..].chars().next().filter(|&c| is_unsafe(c))?)));
    let command = log_command(text).map(|at| (at, '#'));
    character.into_iter().chain(command).min()
}

/// The replacement for an unsafe character, one column wide; other characters are returned unchanged.
pub fn replacement(c: char) -> char {
    match c {
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// `text` on one line, without anything that a terminal or a CI runner would interpret.
pub fn visible(text: &str) -> Cow<'_, str> {
    let shown: Cow<'_, str> = if text.chars().any(is_unsafe) {
        text.chars().map(replacement).collect::<String>().into()
    } else {
        text.into()
    };
    without_commands(shown, true)
}

/// Neutralizes log commands, including one at the start of the text if it `begins_line`.
fn without_commands(mut text: Cow<'_, str>, begins_line: bool) -> Cow<'_, str> {
    let mut from = 0;
    while let Some(at) = log_command(&text[from..]).map(|at| from + at) {
        text.to_mut().replace_range(at..=at, NUMBER_SIGN.encode_utf8(&mut [0; 4]));
        from = at + NUMBER_SIGN.len_utf8();
    }
    if begins_line && let Some(at) = workflow_command(&text) {
        text.to_mut().replace_range(at..=at, COLON.encode_utf8(&mut [0; 4]));
    }
    text
}

/// The position of the second `#` in `##`, a word of ASCII letters and `[`: a command of Azure Pipelines, of `TeamCity` or of the
/// first version of GitHub Actions, which is interpreted anywhere in a line.
/// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands>
fn log_command(text: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"#")
        .map(|at| at + 1)
        .filter(|&at| text.as_bytes().get(at) == Some(&b'#'))
        .find(|&at| text[at + 1..].trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['))
}

/// The position of the first colon in a GitHub Actions workflow command: a line with `::` after optional white space, and a word.
/// <https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands>
fn workflow_command(line: &str) -> Option<usize> {
    let mut rest = line;
    // A log viewer may strip colours first.
    loop {
        let trimmed = rest.trim_start();
        rest = &trimmed[style_length(trimmed)..];
        if rest.len() == trimmed.len() {
            break;
        }
    }
    let command = rest.strip_prefix("::")?;
    command.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(line.len() - rest.len())
}

/// The length in bytes of a colour or style sequence at the start of a text: `ESC [`, numbers, `m`; 0 if there is none.
fn style_length(text: &str) -> usize {
    let Some(numbers) = text.strip_prefix("\u{1B}[") else { return 0 };
    let rest = numbers.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
    if rest.starts_with('m') { text.len() - rest.len() + 1 } else { 0 }
}

/// A writer for terminals and logs. Line breaks, tabs and colours pass through; anything else that would be interpreted is
/// displayed instead. Output is buffered until the end of a line or a flush.
#[derive(Debug)]
pub struct Sanitized<W: Write> {
    inner: W,
    line: Vec<u8>,
    /// Whether the buffer starts a line, as opposed to continuing one that was flushed.
    begins_line: bool,
}

impl<W: Write> Sanitized<W> {
    /// A writer to `inner`, which is at the start of a line.
    pub fn new(inner: W) -> Self {
        Self { inner, line: Vec::new(), begins_line: true }
    }

    fn write_line(&mut self) -> io::Result<()> {
        if self.line.is_empty() {
            return Ok(());
        }
        let ends = self.line.ends_with(b"\n");
        let text = String::from_utf8_lossy(&self.line);
        let shown = without_commands(shown(&text), self.begins_line);
        self.inner.write_all(shown.as_bytes())?;
        self.line.clear();
        self.begins_line = ends;
        Ok(())
    }
}

/// Replaces the unsafe characters of a line, except for line breaks, tabs and colours.
fn shown(line: &str) -> Cow<'_, str> {
    if !line.chars().any(|c| is_unsafe(c) && !matches!(c, '\n' | '\t')) {
        return line.into();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let style = style_length(rest);
        if style > 0 {
            out.push_str(&rest[..style]);
        } else {
            out.push(if matches!(c, '\n' | '\t') { c } else { replacement(c) });
        }
        rest = &rest[style.max(c.len_utf8())..];
    }
    out.into()
}

impl<W: Write> Write for Sanitized<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_line()?;
        self.inner.flush()
    }
}

impl<W: Write> Drop for Sanitized<W> {
    fn drop(&mut self) {
        // Callers that care about errors flush first.
        let _ = self.flush();
    }
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

    #[test]
    fn nothing_is_a_command_to_a_log() {
        for (text, shown) in [
            ("::error::x", "∶:error::x"),
            (" \u{3000}::add-mask::x", " \u{3000}∶:add-mask::x"),
            ("a ::error::x", "a ::error::x"),
            ("::: warning", "::: warning"),
            ("x ##vso[task.setvariable variable=PATH]x", "x #♯vso[task.setvariable variable=PATH]x"),
            ("##[group]a##[endgroup]", "#♯[group]a#♯[endgroup]"),
            ("###[x]", "##♯[x]"),
            ("##teamcity[x]", "#♯teamcity[x]"),
            ("## [x] and ##", "## [x] and ##"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(first_unsafe("é \u{85} ##[x]"), Some((3, '\u{85}')));
        assert_eq!(first_unsafe("é ##[x] \u{85}"), Some((4, '#')));
    }

    #[test]
    fn a_sanitized_writer_passes_lines_and_colours_only() {
        let written = |parts: &[&[u8]]| {
            let mut out = Vec::new();
            let mut writer = Sanitized::new(&mut out);
            for part in parts {
                writer.write_all(part).unwrap();
            }
            drop(writer);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(&[b"a\tb\n\x1b[1;31mred\x1b[0m\r\n"]), "a\tb\n\u{1B}[1;31mred\u{1B}[0m␍\n");
        assert_eq!(written(&[b"\x1b[2J\x1b]0;x\x07\x1b[", b"1m\xff"]), "␛[2J␛]0;x␇\u{1B}[1m\u{FFFD}");
        assert_eq!(written(&[b"x\n  ::er", b"ror::a\n\x1b[1m ::error::b"]), "x\n  ∶:error::a\n\u{1B}[1m ∶:error::b");
        assert_eq!(written(&["é ".as_bytes(), b"##v", b"so[a]\n"]), "é #♯vso[a]\n");
    }

    #[test]
    fn a_flushed_line_goes_on() {
        let mut out = Vec::new();
        let mut writer = Sanitized::new(&mut out);
        writer.write_all(b"at ").unwrap();
        writer.flush().unwrap();
        writer.write_all(b"::1\n::one::\n").unwrap();
        drop(writer);
        assert_eq!(String::from_utf8(out).unwrap(), "at ::1\n∶:one::\n");
    }
}
